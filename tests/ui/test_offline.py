"""A server that goes away and comes back: said, read on, edits kept in order and sent; others' edits appear."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW, names
from tests.wire import Wire, wired
from zhaoshang_desktop.actions.record import edit_record, new_record
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.affair.page import AffairPage
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.ledger import LedgerPart
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.worker import Worker

SOON = 15_000


@pytest.fixture
def colleague(postgres_database: str) -> Iterator[Office]:
    """Another PC, whose cable stays whole."""
    made = create_office(postgres_database, name="清岚县投资促进局", actor="王磊")
    with made.transaction("准备") as tx:
        tx.save_all([Investor(name=f"青禾{number}号") for number in range(3)])
    yield made
    made.close()


@pytest.fixture
def cable(colleague: Office) -> Iterator[tuple[Wire, str]]:
    with wired(colleague.where) as found:
        yield found


@pytest.fixture
def window(qtbot: QtBot, cable: tuple[Wire, str]) -> Iterator[MainWindow]:
    office = open_office(cable[1], actor="张敏")
    window = MainWindow(Settings(), FixedClock(NOW))
    qtbot.addWidget(window)
    window.show()
    window.set_office(office, Worker(office), Reader(office))
    window.follow(office)
    qtbot.waitUntil(lambda: rows(window) == 3, timeout=SOON)
    yield window
    window.desk.worker.outbox.stop() if window.desk.is_open else None
    window.close()
    office.close()


def page_of(window: MainWindow) -> LibraryPage:
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    return page


def rows(window: MainWindow) -> int:
    return page_of(window).list.model.rowCount()


def test_what_a_colleague_writes_appears(qtbot: QtBot, window: MainWindow, colleague: Office) -> None:
    new_record(colleague, Investor(name="云帆智能"))
    qtbot.waitUntil(lambda: rows(window) == 4, timeout=SOON)


def test_edits_made_offline_are_kept_and_sent_in_order_when_the_server_is_back(
    qtbot: QtBot, window: MainWindow, colleague: Office, cable: tuple[Wire, str]
) -> None:
    (shown,) = colleague.find(Query(Investor, words="青禾1"))
    cable[0].cut()
    qtbot.waitUntil(lambda: "离线" in window.status.reach, timeout=SOON)
    told = [one.toolTip() for one in window.ui.status.findChildren(QLabel)]
    assert "与服务器的连接断了。已经打开的内容还可以看。" in told
    for note in ("第一次", "第二次"):
        window.desk.run(edit_record, Investor, shown.id, {"note": note}, shown.version)
    window.desk.run(new_record, Investor(name="路上记的"))
    qtbot.waitUntil(lambda: "待送 3" in window.status.reach, timeout=SOON)
    assert rows(window) == 3
    window.desk.run(edit_record, Investor, shown.id, {"name": "青禾一号"}, shown.version)
    qtbot.waitUntil(lambda: "青禾一号" in names(page_of(window)), timeout=SOON)
    model = page_of(window).list.model
    index = model.index(names(page_of(window)).index("青禾一号"), 1)
    assert "还没有送到服务器" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "留在这个窗口里" in window.notice.text

    cable[0].mend()
    window.call("undo")
    assert "还没有送到服务器" in window.notice.text
    qtbot.waitUntil(lambda: window.status.reach == "已连接服务器", timeout=2 * SOON)
    lines = colleague.history(Investor, shown.id)[1:-1]
    assert [line.changes["note"][1] for line in lines] == ["第二次", "第一次"]
    qtbot.waitUntil(lambda: rows(window) == 4, timeout=SOON)
    assert "还没有送到" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_a_window_with_unsent_edits_asks_before_it_closes(
    qtbot: QtBot, window: MainWindow, cable: tuple[Wire, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(reply: bool) -> Callable[..., bool]:
        def confirm(_parent: object, question: str, _button: str) -> bool:
            asked.append(question)
            return reply

        return confirm

    cable[0].cut()
    window.desk.run(new_record, Investor(name="路上记的"))
    qtbot.waitUntil(lambda: "待送 1" in window.status.reach, timeout=SOON)
    monkeypatch.setattr("zhaoshang_desktop.ui.asking.confirm", answer(False))
    window.close()
    assert window.isVisible()
    assert "1 处修改没有送到服务器" in asked[0]
    monkeypatch.setattr("zhaoshang_desktop.ui.asking.confirm", answer(True))
    window.close()
    assert not window.isVisible()


def test_a_record_that_cannot_be_fetched_is_no_empty_form(
    qtbot: QtBot, window: MainWindow, cable: tuple[Wire, str]
) -> None:
    page = page_of(window)
    keys = page.list.model.all_keys()
    cable[0].cut()
    qtbot.waitUntil(lambda: "离线" in window.status.reach, timeout=SOON)
    page.open_record(keys[0])
    assert not page.in_form
    assert "连上以后才能打开" in window.notice.text
    cable[0].mend()
    qtbot.waitUntil(lambda: window.status.reach == "已连接服务器", timeout=2 * SOON)
    page.open_record(keys[0])
    qtbot.waitUntil(lambda: page.in_form and page.form.key == keys[0], timeout=SOON)


def test_what_another_page_asked_for_while_the_server_was_away_comes_when_it_is_back(
    qtbot: QtBot, window: MainWindow, colleague: Office, cable: tuple[Wire, str]
) -> None:
    (key,) = new_record(colleague, Trip(name="新材料小分队", start=NOW.date(), end=NOW.date())).of("trip")
    trips = window.go("trips")
    assert isinstance(trips, AffairPage)
    cable[0].cut()
    qtbot.waitUntil(lambda: "离线" in window.status.reach, timeout=SOON)
    trips.show_record(key)
    experts = window.go("experts")
    window.go("investors")
    cable[0].mend()
    qtbot.waitUntil(lambda: window.status.reach == "已连接服务器", timeout=2 * SOON)
    qtbot.waitUntil(lambda: trips.view.sight is not None, timeout=SOON)
    assert isinstance(experts, LibraryPage)
    qtbot.waitUntil(lambda: experts.list.model.complete, timeout=SOON)


def test_the_loss_of_the_server_is_said_and_what_cannot_be_listed_then_is_listed_when_it_is_back(
    qtbot: QtBot, window: MainWindow, colleague: Office, cable: tuple[Wire, str]
) -> None:
    colleague.note(Deed(Act.PRINT, 1, "名单.pdf"))
    page = window.go("office")
    assert isinstance(page, OfficePage)
    cable[0].cut()
    qtbot.waitUntil(lambda: "离线" in window.status.reach, timeout=SOON)
    assert "与服务器的连接断了" in window.notice.text
    window.call("office.ledger")
    ledger = page.parts["ledger"]
    assert isinstance(ledger, LedgerPart)
    qtbot.waitUntil(page.away.isVisible, timeout=SOON)
    assert page.away.text() == "服务器连不上，连上后再列出。"
    assert not ledger.isVisible()
    cable[0].mend()
    qtbot.waitUntil(lambda: ledger.isVisible() and ledger.list.rowCount() > 0, timeout=2 * SOON)
    assert not page.away.isVisible()
