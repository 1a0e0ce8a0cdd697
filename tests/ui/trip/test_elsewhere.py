"""What others do to a trip that stands open here: nothing crashes, and nothing is done to what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.trip.conftest import ITERATIONS, book_of
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.actions.trip import plan_trip, set_teams
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning_job, "SECONDS", 0.2)


@pytest.fixture
def other(office: Office) -> Iterator[Office]:
    """The same file in another window."""
    found = open_office(Path(office.where), actor="李想")
    yield found
    found.close()


@pytest.fixture
def step(page: TripPage, planned: int) -> ScheduleStep:
    page.show_record(planned, "schedule")
    found = page.view.step
    assert isinstance(found, ScheduleStep)
    return found


def test_a_trip_thrown_away_elsewhere_is_planned_no_more(step: ScheduleStep, other: Office, planned: int) -> None:
    remove_records(other, Trip, [planned])
    batches = len(other.batches())
    step.plan()
    assert len(other.batches()) == batches


def test_a_plan_made_here_goes_on_from_one_made_elsewhere(step: ScheduleStep, other: Office, planned: int) -> None:
    plan_trip(other, planned, iterations=ITERATIONS, seed=2)
    step.plan()
    ways = sorted((leg.team, str(leg.day), leg.start or 0) for leg in book_of(other, planned).legs)
    assert len(ways) == len(set(ways))


def test_teams_people_and_hosts_that_are_gone_are_no_crash(
    page: TripPage, step: ScheduleStep, other: Office, planned: int
) -> None:
    book = book_of(other, planned)
    remove_records(other, Member, [key for team in book.teams for key in team.members])
    remove_records(other, Investor, [visit.investor for visit in book.visits])
    set_teams(other, planned, [])
    step.plan()
    for one in page.view.STEPS:
        page.view.go(one.KEY)
