"""出发与回程: a team that sets out elsewhere, on its own days, or sleeps at home."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.trip.conftest import MONDAY, book_of
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import Travels, check_trip, move_visit, plan_trip, set_travels
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.purpose import PurposeStep
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep
from zhaoshang_desktop.ui.trip.travels_dialog import TravelsDialog


@pytest.fixture
def step(page: TripPage, planned: int) -> TeamsStep:
    page.show_record(planned, "teams")
    step = page.view.step
    assert isinstance(step, TeamsStep)
    return step


def opened(step: TeamsStep, number: int) -> TravelsDialog:
    step.cards[number].travels.click()
    return next(one for one in step.findChildren(TravelsDialog) if one.isVisible())


def test_a_teams_own_ends_and_days_are_kept_and_shown_on_its_card(
    step: TeamsStep, office: Office, planned: int
) -> None:
    dialog = opened(step, 1)
    dialog.fields["origin"].put("320300", "")
    dialog.fields["origin"].editor.touched = True
    dialog.fields["first_day"].put(date(2026, 12, 8), "")
    dialog.fields["first_day"].editor.touched = True
    dialog.home.setChecked(True)
    dialog._save()
    team = book_of(office, planned).teams[1]
    assert (team.origin, team.first_day, team.home_nights) == ("320300", date(2026, 12, 8), True)
    assert step.cards[1].travels.text() == "徐州出发 · 12-08 起 · 每晚回家"
    step.cards[1].car.click()
    assert book_of(office, planned).teams[1].origin == "320300"


def test_days_outside_the_trip_are_refused_in_the_window(step: TeamsStep, office: Office, planned: int) -> None:
    dialog = opened(step, 0)
    dialog.fields["last_day"].put(date(2026, 12, 20), "")
    dialog.fields["last_day"].editor.touched = True
    dialog._save()
    assert "不在这次外出的日子里" in dialog.said.text()
    assert dialog.isVisible()
    dialog.reject()


def test_the_plan_sets_out_from_there_on_that_day(office: Office, planned: int) -> None:
    team = book_of(office, planned).teams[1]
    set_travels(office, team.id, Travels(origin="320300", goal="320900", first_day=date(2026, 12, 8)))
    plan_trip(office, planned, iterations=60)
    own = [leg for leg in book_of(office, planned).legs if leg.team == team.id]
    assert own[0].origin == "320300"
    assert own[-1].destination == "320900"
    assert all(leg.day and leg.day > MONDAY for leg in own)


def test_a_meeting_before_the_team_sets_out_is_a_conflict_at_once(office: Office, planned: int) -> None:
    book = book_of(office, planned)
    visit = min((one for one in book.visits if one.day), key=lambda one: str(one.day))
    assert visit.day is not None
    set_travels(office, visit.team, Travels(first_day=date(2026, 12, 11)))
    assert any("这个队那天不在外" in clash.text for clash in check_trip(office, planned))


def test_dates_years_apart_are_answered_and_nothing_hangs(page: TripPage, office: Office, planned: int) -> None:
    trip = book_of(office, planned).trip
    edit_record(office, Trip, planned, {"end": date(2062, 12, 11)}, trip.version)
    page.show_record(planned, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    assert step.empty.isVisible()
    team = book_of(office, planned).teams[0]
    set_travels(office, team.id, Travels(last_day=date(2026, 12, 10)))
    move_visit(office, book_of(office, planned).visits[0].id, team.id, date(2026, 12, 9), 600)
    assert check_trip(office, planned) == ()
    with pytest.raises(KnownError, match="最多 60 天"):
        plan_trip(office, planned, iterations=5)
    page.view.go("purpose")
    assert isinstance(page.view.step, PurposeStep)
    assert "最多 60 天" in page.view.step.said.text()


def test_without_dates_a_team_can_still_be_changed(office: Office, planned: int) -> None:
    trip = book_of(office, planned).trip
    edit_record(office, Trip, planned, {"start": date(2026, 12, 20)}, trip.version)
    team = book_of(office, planned).teams[0]
    set_travels(office, team.id, Travels(last_day=date(2026, 12, 10)))
    assert book_of(office, planned).teams[0].last_day == date(2026, 12, 10)
