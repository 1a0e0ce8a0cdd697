"""The list of trips: what it says of each, and the way into one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from tests.ui.trip.conftest import MONDAY, Stock, book_of, visit_of
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.actions.trip import log_visit, move_visit
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.trip import Team, Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.commands import READS
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.sight import sight
from zhaoshang_desktop.ui.trip.trip_list import DAYS, NAME, PEOPLE, STATE, VISITS


def row(page: TripPage, number: int = 0) -> dict[int, str]:
    line = page.list.model.lines[number]
    return {column: line.texts[column] for column in (NAME, STATE, DAYS, PEOPLE, VISITS)}


def test_an_office_without_trips_is_told_what_a_trip_is_for(page: TripPage) -> None:
    assert "还没有外出" in page.list.empty.sentence.text()
    assert page.list.empty.button.text() == "新建外出"


def test_the_list_says_state_days_teams_and_how_many_are_to_be_seen(page: TripPage, planned: int) -> None:
    page.list.ask()
    assert row(page) == {
        NAME: "长三角小分队",
        STATE: "● 已排",
        DAYS: "2026-12-07 — 12-11",
        PEOPLE: "张敏、王磊；李想、陈燕",
        VISITS: "4 家",
    }


def test_the_list_names_the_experts_who_go_along(page: TripPage, office: Office, stock: Stock, planned: int) -> None:
    second = book_of(office, planned).teams[1]
    edit_record(office, Team, second.id, {"experts": (stock.expert,)}, second.version)
    page.list.ask()
    assert row(page)[PEOPLE] == "张敏、王磊；李想、陈燕、褚文博"


def test_enter_opens_a_trip_at_its_days_and_escape_leads_back(page: TripPage, planned: int) -> None:
    page.list.ask()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.inside
    assert page.view.step.KEY == "schedule"
    assert page.back()
    assert not page.inside
    assert page.list.current_key == planned


def test_a_new_trip_is_a_draft_from_its_first_moment(page: TripPage, office: Office) -> None:
    page.list.empty.button.click()
    trips = office.find(Query(Trip))
    assert [trip.state for trip in trips] == ["草稿"]
    assert page.view.step.KEY == "purpose"
    assert str(trips[0].start) == "2026-11-23"


def test_undoing_a_new_trip_leads_back_to_the_list(page: TripPage, office: Office) -> None:
    page.new()
    page.window().call("undo")  # type: ignore[attr-defined]
    assert not page.inside
    assert office.find(Query(Trip)) == []


def test_a_state_shows_only_its_trips(page: TripPage, planned: int) -> None:
    page.list.ask()
    draft = next(chip for chip in page.list.findChildren(QPushButton) if chip.text() == "草稿")
    draft.click()
    assert page.list.model.lines == []
    assert "没有符合条件" in page.list.empty.sentence.text()
    page.list.empty.button.click()
    assert len(page.list.model.lines) == 1


def test_a_trip_is_under_way_in_its_days_and_back_after_them_without_anybody_saying_so(
    page: TripPage, office: Office, planned: int
) -> None:
    page.list.ask()
    for days, state in ((0, "已排"), (17, "在途"), (4, "在途"), (1, "已归")):
        for clock in (office.clock, page.desk.clock):
            assert isinstance(clock, FixedClock)
            clock.advance(timedelta(days=days))
        page.arrive()
        assert row(page)[STATE] == f"● {state}"
        page.show_record(planned)
        assert page.view.head.state.text() == f"{state} ▾"
        page.back()
        page.list.bar.chips[state].click()
        assert len(page.list.model.lines) == 1
        page.list.clear()
    assert office.get(Trip, planned).state == "已排"


def test_a_state_that_the_calendar_gainsays_is_not_offered(page: TripPage, office: Office, planned: int) -> None:
    for clock in (office.clock, page.desk.clock):
        assert isinstance(clock, FixedClock)
        clock.advance(timedelta(days=18))
    page.show_record(planned)
    page.view.head.state.click()
    (menu,) = page.view.head.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["草稿", "已归", "已结算", "取消"]
    menu.actions()[1].trigger()  # back early
    assert (page.view.head.state.text(), office.get(Trip, planned).state) == ("已归 ▾", "已归")
    menu.close()


def test_a_visit_put_on_a_day_by_hand_makes_a_draft_a_planned_trip(page: TripPage, office: Office, trip: int) -> None:
    book = book_of(office, trip)
    move_visit(office, book.visits[0].id, book.teams[0].id, MONDAY, 10 * 60)
    assert office.get(Trip, trip).state == "已排"


def test_a_removed_trip_can_be_had_back(page: TripPage, office: Office, planned: int) -> None:
    page.list.ask()
    page.handlers()["record.remove"]()
    assert page.list.model.lines == []
    page.window().call("undo")  # type: ignore[attr-defined]
    assert len(page.list.model.lines) == 1


def test_what_was_removed_lies_in_the_bin_and_comes_back_from_there(
    page: TripPage, office: Office, planned: int
) -> None:
    page.list.ask()
    page.handlers()["record.remove"]()
    page.list.bar.chips["回收站"].click()
    assert row(page)[NAME] == "长三角小分队"
    offered = [name for name, button in page.list.bar.buttons.items() if button.isVisible()]
    assert offered == ["record.restore", "record.erase"]
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert not page.inside
    page.list.bar.buttons["record.restore"].click()
    assert "回收站是空的" in page.list.empty.sentence.text()
    page.list.bar.chips["回收站"].click()
    assert row(page)[NAME] == "长三角小分队"
    assert page.list.bar.buttons["trip.new"].isVisible()


def test_an_erased_trip_leaves_what_was_held_with_its_investors(
    page: TripPage, office: Office, planned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhaoshang_desktop.ui.affair.page.confirm", lambda *_: True)
    held, count = visit_of(office, planned, "青禾"), office.count(Query(Visit))
    log_visit(office, held.id, said="二期要看蒸汽价格。", intention="B")
    page.list.ask()
    page.handlers()["record.remove"]()
    page.list.show_bin()
    page.handlers()["record.erase"]()
    assert page.list.model.lines == []
    assert office.rows(Trip, [planned]) == []
    (left,) = office.find(Query(Visit))
    assert (left.id, left.trip, left.team, left.said) == (held.id, 0, 0, "二期要看蒸汽价格。")
    assert check(office).wrong == []
    assert office.undo()
    assert (office.count(Query(Visit)), office.get(Visit, held.id).trip) == (count, planned)
    assert len(book_of(office, planned).teams) == 2
    assert check(office).wrong == []


def test_a_new_trip_sets_out_from_where_the_last_one_did(page: TripPage, office: Office, trip: int) -> None:
    page.new()
    assert book_of(office, page.view.key).trip.base == "320900"


def test_a_step_chosen_while_the_trip_is_on_its_way_is_where_it_opens(
    page: TripPage, planned: int, office: Office
) -> None:
    page.show_record(planned, "purpose")
    view = page.view
    view.sight = None  # as between the click on a trip and the reader's answer
    view.go("budget")
    view._arrive(sight(planned)(office))
    assert view.step.KEY == "budget"


def test_a_trip_is_shown_to_a_leader_and_takes_nothing(page: TripPage, office: Office, planned: int) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    page.desk.rights_changed.emit()
    page.show_record(planned, "purpose")
    lines = page.view.step.findChildren(QLineEdit)
    assert lines
    assert all(line.isReadOnly() or not line.isEnabled() for line in lines)
    office.sign_in("张敏", "qinglan-1")
    page.view.refresh()
    assert not all(line.isReadOnly() for line in lines)
    office.sign_in("局长", "qinglan-3")
    page.view.refresh()
    assert all(line.isReadOnly() or not line.isEnabled() for line in lines)
    page.view.go("material")
    assert {name for _, name in page.view.head.offered()} <= READS
