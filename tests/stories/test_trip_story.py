"""A trip from the wish to the log: through the window, with its real threads, on a real file.

Purpose, whom to see, who goes, the days, one meeting moved by hand, the money, the pack on paper,
what came of it — and the investor's own page tells of the visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.budget import BudgetStep
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.material import MaterialStep
from zhaoshang_desktop.ui.trip.member_table import FIRST_TEAM
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.purpose import PurposeStep
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep
from zhaoshang_desktop.ui.trip.what_if_dialog import WhatIfDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = 30_000
CLOCK = FixedClock(datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI))
HOSTS = (
    ("青禾新材料股份有限公司", "320200", "周远航"),
    ("华澄新材料科技有限公司", "320500", "顾清"),
    ("北塘精密铸造有限公司", "320200", "许立"),
    ("太湖环保设备厂", "330500", "沈亦"),
)
OURS = ("张敏", "王磊", "李想", "陈燕")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Four hosts, four of ours."""
    made = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=CLOCK)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        for name in OURS:
            tx.save(Member(name=name, unit=unit.id, skills=("谈判", "产业技术")))
        for name, place, person in HOSTS:
            investor = tx.save(Investor(name=name, place=place, chain="新材料", level="A"))
            tx.save(Contact(investor=investor.id, name=person, post="董事长", decides=True))
    yield made
    made.close()


class Clerk:
    """Hands and eyes on the page of trips."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot) -> None:
        self.window, self.office, self._qtbot = window, office, qtbot
        page = window.go("trips")
        assert isinstance(page, TripPage)
        self.page = page

    def wait(self, until: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(until()), timeout=LONG)

    def write(self, widget: QWidget | None, text: str) -> None:
        assert widget is not None
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def book(self) -> TripBook:
        return load_trip(self.office, self.page.view.key)

    def visit(self, host: str) -> Visit:
        book = self.book()
        return next(visit for visit in book.visits if host in book.investors[visit.investor].name)

    def next_step(self) -> None:
        """The primary button."""
        self.page.view.go_on()

    def settled(self) -> None:
        """Everything that was done is stored and on screen."""
        self.wait(lambda: not self.window.desk.worker.busy)


@pytest.fixture
def clerk(window: MainWindow, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setattr(planning_job, "SECONDS", 0.3)
    return Clerk(window, office, qtbot)


def test_a_trip_from_the_wish_to_the_log(clerk: Clerk, tmp_path: Path) -> None:
    begin(clerk)
    choose_targets(clerk)
    choose_people(clerk)
    plan_the_days(clerk)
    move_one_by_hand(clerk)
    ask_what_if(clerk)
    reckon(clerk)
    print_the_pack(clerk, tmp_path)
    type_up(clerk)
    find_it_with_the_investor(clerk)


def begin(clerk: Clerk) -> None:
    clerk.window.call("trip.new")
    clerk.wait(lambda: clerk.page.inside and clerk.page.view.sight)
    step = clerk.page.view.step
    assert isinstance(step, PurposeStep)
    name = step.fields["name"].editor.focusProxy()
    clerk.write(name, "新材料链长三角小分队")
    clerk.write(step.fields["chain"].editor.focusProxy(), "新材料")
    clerk.write(step.fields["purpose"].editor.focusProxy(), "走访新材料企业")
    clerk.write(step.fields["base"].editor.focusProxy(), "盐城")
    clerk.write(step.fields["fund_limit"].editor.focusProxy(), "3万元")
    clerk.next_step()
    clerk.settled()
    trip = clerk.book().trip
    assert (trip.name, trip.chain, trip.base) == ("新材料链长三角小分队", "新材料", "320900")
    assert trip.state == "草稿"


def choose_targets(clerk: Clerk) -> None:
    step = clerk.page.view.step
    assert isinstance(step, TargetsStep)
    clerk.wait(lambda: len(step.list.rows.rows) == len(HOSTS))
    step.list.selectAll()
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    clerk.wait(lambda: len(step.chosen.rows.visits) == len(HOSTS))
    step.chosen.setCurrentIndex(step.chosen.rows.index(0, 0))
    QTest.keyClick(step.chosen, Qt.Key.Key_Space)
    clerk.settled()
    assert [visit.must for visit in clerk.book().visits].count(True) == 1


def choose_people(clerk: Clerk) -> None:
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, TeamsStep)
    clerk.wait(lambda: step.members.rows.people)
    step._add_team()
    clerk.wait(lambda: len(clerk.book().teams) == 2)
    clerk.wait(lambda: step.members.rows.columnCount() == FIRST_TEAM + 2)
    for number, name in enumerate(OURS):
        row = [one.name for one in step.members.rows.people].index(name)
        step.members.setCurrentIndex(step.members.rows.index(row, 0))
        QTest.keyClick(step.members, Qt.Key.Key_1 if number < 2 else Qt.Key.Key_2)
    clerk.wait(lambda: [len(team.members) for team in clerk.book().teams] == [2, 2])


def plan_the_days(clerk: Clerk) -> None:
    clerk.settled()
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, ScheduleStep)
    clerk.wait(lambda: step.empty.isVisible() and step.empty.button.text() == "排日程")
    clerk.window.call("reload")
    clerk.wait(lambda: len(step.timeline.picture.visits) == len(HOSTS))  # the first plan, before it is stored
    clerk.wait(lambda: clerk.book().trip.state == "已排")
    clerk.settled()
    clerk.wait(lambda: step.sight is not None and len(step.sight.placed) == len(HOSTS))
    clerk.wait(lambda: len(step.timeline.picture.visits) == len(HOSTS))
    assert step.sight is not None
    assert step.sight.clashes == ()


def move_one_by_hand(clerk: Clerk) -> None:
    step = clerk.page.view.step
    assert isinstance(step, ScheduleStep)
    visit = clerk.visit("太湖")
    timeline = step.timeline
    timeline.choose(visit.id)
    rect, scale, view = timeline.rect_of(visit.id), timeline.scale, timeline.viewport()
    scroll = QPointF(timeline.horizontalScrollBar().value(), timeline.verticalScrollBar().value())
    goal = QPointF(scale.x(8) + scale.column_width / 2, scale.y(10 * 60) + 6) - scroll
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPointF(rect.center().x(), rect.top() + 6).toPoint())
    QTest.mouseMove(view, (rect.center() + QPointF(0, 30)).toPoint())
    QTest.mouseMove(view, goal.toPoint())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=goal.toPoint())
    clerk.wait(lambda: clerk.visit("太湖").pinned)
    assert clerk.visit("太湖").start == 10 * 60
    clerk.settled()
    clerk.window.call("reload")
    clerk.wait(lambda: not clerk.window.desk.worker.busy and step._job is None)
    assert (clerk.visit("太湖").day, clerk.visit("太湖").start) == (step.timeline.picture.columns[8].day, 10 * 60)


def ask_what_if(clerk: Clerk) -> None:
    """What if one of them cancels? Both plans are seen, the present one is kept; then the other is taken and undone."""
    clerk.settled()
    before = [(visit.id, visit.state, visit.day, visit.start) for visit in clerk.book().visits]
    for taken in (False, True):
        clerk.window.findChild(QPushButton, "what_if").click()
        dialog = clerk.page.view.step.findChildren(WhatIfDialog)[-1]
        row = [visit.id for visit in dialog._rows].index(clerk.visit("北塘").id)
        tick = dialog.visits.cellWidget(row, 0)
        assert isinstance(tick, QCheckBox)
        tick.click()
        dialog.again.click()
        clerk.wait(dialog.taken.isEnabled)
        assert "见不到了：北塘" in dialog.said.text()
        (dialog.taken if taken else dialog.keep).click()
        clerk.settled()
        clerk.wait(lambda now="取消" if taken else "已排": clerk.visit("北塘").state == now)
    clerk.window.call("undo")
    clerk.wait(lambda: [(v.id, v.state, v.day, v.start) for v in clerk.book().visits] == before)


def reckon(clerk: Clerk) -> None:
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, BudgetStep)
    clerk.window.call("reload")
    clerk.wait(lambda: "结余" in step.verdict.text())
    assert any(line.item == "伙食补助" for line in clerk.book().budget)


def print_the_pack(clerk: Clerk, folder: Path) -> None:
    clerk.settled()
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, MaterialStep)
    clerk.wait(lambda: step.pages.has(0))
    step.save_to(folder / "资料.pdf")
    clerk.wait(step.open.isVisible)
    document = pypdfium2.PdfDocument(folder / "资料.pdf")
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    document.close()
    assert all(name in text for name, _, _ in HOSTS)
    assert "— 1 —" in text


def type_up(clerk: Clerk) -> None:
    clerk.page.view.go("log")
    step = clerk.page.view.step
    assert isinstance(step, LogStep)
    clerk.wait(lambda: step.list.count() == len(HOSTS))
    for number in range(len(HOSTS)):
        clerk.write(step.ui.said, f"第 {number + 1} 家：二期要看蒸汽价格。")
        QTest.keyClick(step.intention, Qt.Key.Key_B)
        QTest.keyClick(step.ui.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clerk.wait(lambda done=number + 1: sum(v.state == "已完成" for v in clerk.book().visits) == done)
        clerk.settled()
    assert {visit.intention for visit in clerk.book().visits} == {"B"}


def find_it_with_the_investor(clerk: Clerk) -> None:
    visit = clerk.visit("青禾")
    clerk.window.show_record(Investor, visit.investor)
    page = clerk.window.stack.current
    assert isinstance(page, LibraryPage)
    clerk.wait(lambda: any(visit.said[:6] in label.text() for label in page.detail.findChildren(QLabel)))
    assert clerk.office.get(Investor, visit.investor).last_contact == visit.day
    assert len(clerk.office.find(Query(Trip))) == 1


def test_a_step_chosen_while_the_trip_is_on_its_way_is_the_one_that_opens(clerk: Clerk) -> None:
    with clerk.office.transaction("新建外出") as tx:
        first = tx.save(Trip(name="长三角小分队", start=date(2026, 12, 7), end=date(2026, 12, 11)))
        second = tx.save(Trip(name="珠三角小分队", start=date(2026, 12, 14), end=date(2026, 12, 18)))
    for trip in (first, second):
        clerk.page.show_record(trip.id)
        clerk.page.view.go("budget")
        clerk.wait(lambda key=trip.id: clerk.page.view.sight is not None and clerk.page.view.sight.key == key)
        assert clerk.page.view.step.KEY == "budget"
        assert clerk.page.view.step.isVisible()
