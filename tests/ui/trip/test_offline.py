"""A trip on a server that is out of reach: every step keeps what was typed, shows it, and says what it could not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import Stock, book_of, write
from tests.ui.trip.test_purpose import purpose, type_into
from tests.wire import Wire
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip.budget import BudgetStep
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.page import TripPage

SOON = 15_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(far_office: Office) -> Office:
    return far_office


@pytest.fixture
def page(open_window: Callable[[Office], MainWindow], office: Office, stock: Stock) -> Iterator[TripPage]:
    window = open_window(office)
    crashes: list[Exception] = []
    window.desk.worker.crashed.connect(crashes.append)
    window.desk.reader.crashed.connect(crashes.append)
    found = window.go("trips")
    assert isinstance(found, TripPage)
    yield found
    assert crashes == []


def send(qtbot: QtBot, page: TripPage, cable: tuple[Wire, str]) -> None:
    """The cable is whole again, and everything has gone."""
    cable[0].mend()
    page.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(page.desk.worker.outbox), timeout=SOON)


def said(page: TripPage) -> str:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.notice.text


def test_what_is_typed_into_a_step_is_there_when_one_comes_back_to_it(
    qtbot: QtBot, page: TripPage, office: Office, trip: int, cable: tuple[Wire, str]
) -> None:
    step = purpose(page, trip)
    cable[0].cut()
    type_into(step, "name", "苏南三日")
    type_into(step, "fund_limit", "1.2万元")
    page.view.go("targets")
    page.view.go("purpose")
    assert step.fields["name"].editor.focusProxy().text() == "苏南三日"  # type: ignore[union-attr]
    assert page.view.head.name.text() == "苏南三日"
    type_into(step, "name", "走访新材料企业")  # as it is stored: typed back, and sent all the same
    type_into(step, "name", "苏南四日")
    send(qtbot, page, cable)
    stored = book_of(office, trip).trip
    assert (stored.name, stored.fund_limit) == ("苏南四日", Money(1_200_000))


def test_visits_typed_up_in_a_hotel_without_network_are_seen_and_sent(
    qtbot: QtBot, page: TripPage, office: Office, planned: int, cable: tuple[Wire, str]
) -> None:
    page.show_record(planned, "log")
    step = page.view.step
    assert isinstance(step, LogStep)
    first = step.form.visit
    assert first is not None
    cable[0].cut()
    write(step.ui.said, "二期要看蒸汽价格。")
    QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    write(step.ui.said, "写到一半")
    page.view.go("targets")
    page.view.go("log")
    states = [step.list.item(row).data(Qt.ItemDataRole.UserRole)[2] for row in range(step.list.count())]
    assert sorted(states) == ["已记", "未记", "未记", "草稿"]
    keys = [step.list.item(row).data(Qt.ItemDataRole.UserRole)[0] for row in range(step.list.count())]
    step.list.setCurrentRow(keys.index(str(first.id)))
    assert step.ui.said.toPlainText() == "二期要看蒸汽价格。"
    send(qtbot, page, cable)
    assert sorted(one.said for one in book_of(office, planned).visits if one.said) == ["二期要看蒸汽价格。", "写到一半"]


def test_money_typed_into_the_budget_stays_on_screen(
    qtbot: QtBot, page: TripPage, office: Office, planned: int, cable: tuple[Wire, str]
) -> None:
    page.show_record(planned, "budget")
    step = page.view.step
    assert isinstance(step, BudgetStep)
    step.reckon()
    line = book_of(office, planned).budget[0]
    cable[0].cut()
    step._set(line, "actual", Money(123_400))
    step._set(line, "planned", Money(567_800))
    texts = [
        str(step.lines.index(row, column).data())
        for row in range(step.lines.rowCount())
        for column in range(step.lines.columnCount())
    ]
    assert any("1,234" in text for text in texts)
    assert any("5,678" in text for text in texts)
    send(qtbot, page, cable)
    stored = next(one for one in book_of(office, planned).budget if one.id == line.id)
    assert (stored.planned, stored.actual) == (Money(567_800), Money(123_400))


def test_a_step_that_no_page_can_show_yet_says_that_it_waits(
    qtbot: QtBot, page: TripPage, office: Office, planned: int, cable: tuple[Wire, str]
) -> None:
    page.show_record(planned, "targets")
    cable[0].cut()
    visit = page.view.sight.targets[0]  # type: ignore[union-attr]
    page.view.step._drop([visit.id])  # type: ignore[attr-defined]
    assert "留在这个窗口里" in said(page)
    send(qtbot, page, cable)
    assert visit.id not in {one.id for one in book_of(office, planned).wished}


def test_what_cannot_wait_says_so_and_changes_nothing(
    page: TripPage, office: Office, planned: int, cable: tuple[Wire, str]
) -> None:
    cable[0].cut()
    page.new()
    assert "没有保存" in said(page) or "没有应答" in said(page)
    assert not len(page.desk.worker.outbox)
    page.show_record(planned, "budget")
    cable[0].mend()
    assert office.count(Query(Trip)) == 1
