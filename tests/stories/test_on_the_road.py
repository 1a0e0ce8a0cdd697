"""On the road, in a pack and without a network: the day first seen, a log by keyboard with a photo, a boss who cancels,
somebody new; and all of it comes home, becomes a report and to-dos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.actions.attachment import files_of
from zhaoshang_desktop.actions.homecoming import bring_home, look_into
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.pack import pack_out, unlocking
from zhaoshang_desktop.actions.report import drafted
from zhaoshang_desktop.actions.todo import todos
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.app import dress
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import unlock_file
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.replan_dialog import ReplanDialog
from zhaoshang_desktop.ui.trip.today import TodayStep
from zhaoshang_desktop.ui.trip.unplanned import UnplannedDialog
from zhaoshang_desktop.ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PASSPHRASE = "青山绿水带回家"
BEFORE = FixedClock(datetime(2026, 12, 4, 9, 0, tzinfo=SHANGHAI))
CTRL = Qt.KeyboardModifier.ControlModifier
HOSTS = (
    ("青禾新材料股份有限公司", "320200", "周远航"),
    ("华澄新材料科技有限公司", "320500", "顾清"),
    ("北塘精密铸造有限公司", "320200", "许立"),
    ("太湖环保设备厂", "330500", "沈亦"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Four hosts, two of ours, a trip of a week that is planned."""
    made = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=BEFORE)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        ours = [tx.save(Member(name=name, unit=unit.id, duty="科长")).id for name in ("张敏", "王磊")]
        hosts = []
        for name, place, person in HOSTS:
            hosts.append(tx.save(Investor(name=name, place=place, chain="新材料", level="A")).id)
            tx.save(Contact(investor=hosts[-1], name=person, post="董事长", mobile="13800000000", decides=True))
    wish = TripWish(
        "走访新材料企业",
        date(2026, 12, 7),
        date(2026, 12, 11),
        "320300",
        "新材料小分队",
        "新材料",
        tuple(TargetWish(host) for host in hosts),
        (TeamWish("一队", tuple(ours)),),
    )
    plan_trip(made, new_trip(made, wish)[0], iterations=100)
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Office, FixedClock], MainWindow]]:
    """The window on an office at a moment, with everything done at once."""
    dress(qapp, Settings())
    windows: list[MainWindow] = []

    def opening(office: Office, clock: FixedClock) -> MainWindow:
        window = MainWindow(Settings(), clock)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.set_office(office, Worker(office, AtOnce()), Reader(office, AtOnce()))
        return window

    yield opening
    for window in windows:
        window.close()


def write(widget: QWidget | None, text: str) -> None:
    assert widget is not None
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_a_day_on_the_road_comes_home(
    office: Office, open_window: Callable[[Office, FixedClock], MainWindow], tmp_path: Path
) -> None:
    trip = office.find(Query(Trip))[0].id
    done = pack_out(office, tmp_path / "U盘.pack", {Trip: [trip]}, PASSPHRASE, holder="王磊")
    first = min((v for v in load_trip(office, trip).visits if v.day), key=lambda v: (v.day, v.start or 0))
    assert first.day is not None
    assert first.start is not None
    begin = datetime(first.day.year, first.day.month, first.day.day, tzinfo=SHANGHAI)
    clock = FixedClock(begin.replace(hour=first.start // 60, minute=first.start % 60))
    pack = open_office(done.path, actor="王磊", clock=clock, key=unlock_file(done.path, PASSPHRASE))
    window = open_window(pack, clock)
    page = window.stack.current
    assert isinstance(page, TripPage)
    today = page.view.step
    assert isinstance(today, TodayStep)  # the first thing that is seen
    assert today.left.text() == "现在开始"
    _log_with_a_photo(page, today)
    cancelled = _cancel_the_next(window, page, today)
    _visit_somebody_new(window, today)
    window.close()
    pack.close()
    home = look_into(office, done.path, unlocking(PASSPHRASE))
    home.same.clear()
    assert list(home.conflicts()) == []
    bring_home(office, home)
    home.close()
    _all_of_it_is_here(office, trip, first.id, cancelled)


def _log_with_a_photo(page: TripPage, today: TodayStep) -> None:
    QTest.keyClick(today.list, Qt.Key.Key_Return)
    log = page.view.step
    assert isinstance(log, LogStep)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(log.ui.said, Qt.Key.Key_V, CTRL)
    write(log.ui.said, "二期要看蒸汽价格。")
    write(log.ui.result, "同意来县里看地")
    QTest.keyClick(log.intention, Qt.Key.Key_A)
    for name, text in (("next_step", "寄送园区图"), ("next_due", "+7"), ("next_owner", "张敏")):
        write(log.form.fields[name].editor.focusProxy(), text)
    QTest.keyClick(log.ui.said, Qt.Key.Key_Return, CTRL)


def _cancel_the_next(window: MainWindow, page: TripPage, today: TodayStep) -> int:
    page.view.go("today")
    for number in range(today.days.count()):
        today.days.itemAt(number).widget().click()  # type: ignore[union-attr]
        coming = [one for one in (today.found.meetings if today.found else ()) if one.visit.state == "已排"]
        if coming:
            break
    today.list.setCurrentRow([one.visit.id for one in today.found.meetings].index(coming[0].visit.id))  # type: ignore[union-attr]
    today._cancel()
    dialog = next(one for one in today.findChildren(ReplanDialog) if one.isVisible())
    write(dialog.reason, "董事长临时出国")
    dialog.take.click()
    return coming[0].visit.id


def _visit_somebody_new(window: MainWindow, today: TodayStep) -> None:
    window.call("visit.add")
    dialog = next(one for one in today.findChildren(UnplannedDialog) if one.isVisible())
    write(dialog.who.editor.focusProxy(), "澄榕膜材料有限公司")
    dialog.contact.setText("沈一帆")
    dialog.store()


def _all_of_it_is_here(office: Office, trip: int, first: int, cancelled: int) -> None:
    assert check(office).wrong == []
    visit = office.get(Visit, first)
    assert (visit.state, visit.intention, visit.next_step) == ("已完成", "A", "寄送园区图")
    assert visit.leader == "科级干部"
    assert visit.host_rank == "董事长或总经理"
    assert [one.attachment.media_type for one in files_of(office, Visit, first)] == ["image/png"]
    assert (office.get(Visit, cancelled).state, office.get(Visit, cancelled).reason) == ("取消", "董事长临时出国")
    book = load_trip(office, trip)
    new = next(one for one in book.visits if one.unplanned)
    assert book.investors[new.investor].name == "澄榕膜材料有限公司"
    assert [contact.name for contact in book.contacts[new.investor]] == ["沈一帆"]
    report, figures = drafted(office, trip)
    assert (figures.visits, figures.intentions["A"], figures.dropped) == (1, 1, 1)
    assert "董事长临时出国" in report.outcome
    open_ = todos(office)
    assert [(one.what, one.about) for one in open_][:1] == [("寄送园区图", book.name_of(visit))]
