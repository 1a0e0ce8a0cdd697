"""Whom to see and who goes: through the window, with its real threads, on a real file.

The office changes a weight, the candidates change their order; a filter narrows them; somebody is on leave; the program
proposes a team, the clerk takes a part of it, sees what is lacking, and takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.trip import TripWish, new_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.standards import TABLES, StandardsPart
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = 60_000
CLOCK = FixedClock(datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI))
MONDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 11)
HOSTS = (
    ("青禾新材料股份有限公司", "320200", "新材料", "C"),
    ("临浦智能装备有限公司", "330100", "高端装备", "A"),
    ("东瀛精工株式会社", "X:日本", "高端装备", "B"),
)
OURS = (("张敏", ("谈判", "产业技术"), ()), ("王磊", ("材料撰写",), ()), ("李想", ("谈判",), ("日语",)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Three hosts, one of them in Japan, and three of ours."""
    made = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=CLOCK)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        for name, skills, languages in OURS:
            tx.save(Member(name=name, unit=unit.id, skills=skills, languages=languages))
        for name, place, chain, level in HOSTS:
            tx.save(Investor(name=name, place=place, chain=chain, level=level))
    new_trip(made, TripWish("走访", MONDAY, FRIDAY, "320900", "东行小分队", "新材料"))
    yield made
    made.close()


@pytest.fixture
def wait(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    return lambda until: qtbot.waitUntil(lambda: bool(until()), timeout=LONG)


Wait = Callable[[Callable[[], object]], None]


def test_whom_to_see_and_who_goes(window: MainWindow, office: Office, wait: Wait) -> None:
    targets = open_targets(window, wait)
    wait(lambda: names(targets) == ["青禾新材料股份有限公司", "临浦智能装备有限公司", "东瀛精工株式会社"])
    change_the_weight_of_the_chain(window, office, wait)
    targets = open_targets(window, wait)
    wait(lambda: names(targets) == ["临浦智能装备有限公司", "东瀛精工株式会社", "青禾新材料股份有限公司"])
    take_those_of_one_chain(targets, office, wait)
    note_leave(window, office, wait)
    go_with_what_is_suggested(window, office, wait)


def open_targets(window: MainWindow, wait: Wait) -> TargetsStep:
    page = window.go("trips")
    assert isinstance(page, TripPage)
    wait(lambda: page.list.table.model().rowCount())
    page.show_record(load_key(window.desk.office), "targets")
    wait(lambda: page.view.sight)
    step = page.view.step
    assert isinstance(step, TargetsStep)
    return step


def load_key(office: Office) -> int:
    from zhaoshang_desktop.actions.trip_book import find_trip

    return find_trip(office, "东行").id


def names(step: TargetsStep) -> list[str]:
    return [row.investor.name for row in step.list.rows.rows]


def change_the_weight_of_the_chain(window: MainWindow, office: Office, wait: Wait) -> None:
    window.call("office.standards")
    page = window.stack.current
    assert isinstance(page, OfficePage)
    part = page.parts["standards"]
    assert isinstance(part, StandardsPart)
    part.tabs.setCurrentIndex(list(TABLES).index("target_rule"))
    table = part.tables["target_rule"]
    wait(lambda: table.model.rowCount() == 15)
    assert table.model.index(0, 0).data() == "同一产业链"
    table.model.setData(table.model.index(0, 1), (Decimal(1), ""))
    wait(lambda: [one.value for one in office.find(Query(TargetRule)) if one.item == "同一产业链"] == [Decimal(1)])


def take_those_of_one_chain(step: TargetsStep, office: Office, wait: Wait) -> None:
    step.sieve._set("chain", "高端装备")
    wait(lambda: names(step) == ["临浦智能装备有限公司", "东瀛精工株式会社"])
    step.list.selectAll()
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    wait(lambda: len(step.chosen.rows.visits) == 2)


def note_leave(window: MainWindow, office: Office, wait: Wait) -> None:
    page = window.go("members")
    assert isinstance(page, LibraryPage)
    (li,) = [one for one in office.find(Query(Member)) if one.name == "李想"]
    page.show_record(li.id)
    window.desk.run(_leave, li.id)
    wait(lambda: office.count(Query(Absence)))


def _leave(office: Office, member: int) -> object:
    with office.transaction("请假") as tx:
        tx.save(Absence(member=member, start=MONDAY, end=date(2026, 12, 8)))
    return tx.changes


def go_with_what_is_suggested(window: MainWindow, office: Office, wait: Wait) -> None:
    page = window.go("trips")
    assert isinstance(page, TripPage)
    page.view.go("teams")
    step = page.view.step
    assert isinstance(step, TeamsStep)
    wait(lambda: step.members.rows.people)
    step.handlers()["suggest"]()
    wait(lambda: step.choice.dialog is not None and step.choice.dialog.isVisible())
    dialog = step.choice.dialog
    assert dialog is not None
    picked = [dialog.table.item(row, 2).text() for row in range(dialog.table.rowCount())]  # type: ignore[union-attr]
    assert picked == ["谈判；产业技术", "增加人手"]
    assert dialog.lacking.text() == "没有人会日语（东瀛精工株式会社：境外客商）。本来可以：李想（12-07 至 12-08 休假）"
    dialog.take.click()
    wait(lambda: [len(team.members) for team in load_trip(office, page.view.key).teams] == [2])
    wait(lambda: any("没有人会日语" in label.text() for label in step.lacking.findChildren(QLabel)))
    window.call("undo")
    wait(lambda: load_trip(office, page.view.key).teams == [])
