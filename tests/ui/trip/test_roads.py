"""路程与车票: what a way takes and which train was bought, typed where the ways are seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.trip.conftest import book_of
from zhaoshang_desktop.actions.trip import check_trip
from zhaoshang_desktop.domain.trip import Leg
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.roads_dialog import COST, MODE, START, STATE, TICKET, RoadsDialog
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep


@pytest.fixture
def step(page: TripPage, planned: int) -> ScheduleStep:
    page.show_record(planned, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    return step


@pytest.fixture
def dialog(step: ScheduleStep) -> RoadsDialog:
    step.handlers()["roads"]()
    return next(one for one in step.findChildren(RoadsDialog) if one.isVisible())


def write(dialog: RoadsDialog, row: int, column: int, text: str) -> None:
    item = dialog.tickets.item(row, column)
    assert item is not None
    item.setText(text)


def shown(dialog: RoadsDialog, row: int, column: int) -> str:
    item = dialog.tickets.item(row, column)
    return item.text() if item else ""


def by_rail(dialog: RoadsDialog) -> int:
    return next(row for row in range(dialog.tickets.rowCount()) if shown(dialog, row, MODE) == "高铁")


def ticket(office: Office, trip: int) -> Leg:
    return next(leg for leg in book_of(office, trip).legs if leg.ticket)


def test_a_ticket_is_typed_and_stays_through_planning(
    dialog: RoadsDialog, step: ScheduleStep, office: Office, planned: int
) -> None:
    row = by_rail(dialog)
    write(dialog, row, TICKET, "G123")
    write(dialog, row, COST, "318.5")
    assert shown(dialog, row, STATE) == "已填"
    leg = ticket(office, planned)
    assert (leg.ticket, leg.estimated, leg.cost and leg.cost.fen) == ("G123", False, 31850)
    dialog.accept()
    step.plan()
    assert ticket(office, planned).ticket == "G123"


def test_a_train_that_leaves_during_a_meeting_is_a_conflict_in_words(
    dialog: RoadsDialog, office: Office, planned: int
) -> None:
    book = book_of(office, planned)
    rail = next(team for team in book.teams if team.mode == "高铁")
    own = [visit for visit in book.visits if visit.team == rail.id and visit.day]
    visit = next(one for one in own if any(leg.day == one.day and leg.team == rail.id for leg in book.legs))
    leg = next(leg for leg in book.legs if (leg.team, leg.day) == (rail.id, visit.day))
    assert visit.start is not None
    at = {"start": visit.start + 15, "end": visit.start + 60}
    dialog.ticket_wanted.emit(leg.id, {"mode": "高铁", "ticket": "G7", **at})
    assert any("G7" in clash.text for clash in check_trip(office, planned))


def test_del_gives_a_ticket_back_to_the_estimate(dialog: RoadsDialog, office: Office, planned: int) -> None:
    row = by_rail(dialog)
    write(dialog, row, TICKET, "G123")
    dialog.tickets.setCurrentCell(row, TICKET)
    QTest.keyClick(dialog.tickets, Qt.Key.Key_Delete)
    assert not any(leg.ticket for leg in book_of(office, planned).legs)
    assert all(leg.estimated for leg in book_of(office, planned).legs)


def test_an_hour_nobody_understands_is_said_and_not_stored(dialog: RoadsDialog, office: Office, planned: int) -> None:
    row = by_rail(dialog)
    write(dialog, row, START, "一大早")
    assert "没有改" in dialog.said.text()
    write(dialog, row, MODE, "轮船")
    assert "方式可以是" in dialog.said.text()
    assert all(leg.estimated for leg in book_of(office, planned).legs)


def test_a_way_is_known_better_and_the_days_follow(dialog: RoadsDialog, office: Office, planned: int) -> None:
    dialog.mode.setCurrentText("驾车")
    places = dialog.roads._places
    there = places.index("320200")
    base = places.index("320900")
    item = dialog.roads.item(base, there)
    assert item is not None
    item.setText("3小时")
    road = book_of(office, planned).roads[0]
    assert (road.origin, road.destination, road.minutes) == ("320900", "320200", 180)
    back = dialog.roads.item(there, base)
    assert back is not None
    assert back.text() == "3 小时"
    again = dialog.roads.item(base, there)
    assert again is not None
    again.setText("")
    assert book_of(office, planned).roads == []


def test_a_double_click_on_a_way_opens_its_ticket(step: ScheduleStep, office: Office, planned: int) -> None:
    leg = book_of(office, planned).legs[-1]
    step.timeline.leg_opened.emit(leg.id)
    dialog = next(one for one in step.findChildren(RoadsDialog) if one.isVisible())
    assert dialog.tickets._legs[dialog.tickets.currentRow()].id == leg.id
    dialog.reject()
