"""The office's records become the planner's question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.planning.asking import placed
from zhaoshang_desktop.domain.allowance import TravelRule
from zhaoshang_desktop.domain.trip import Leg, Team, Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.asked import Office, Target, problem_of
from zhaoshang_desktop.planning.check import problems
from zhaoshang_desktop.planning.problem import Pin, Slot
from zhaoshang_desktop.planning.solve import solve
from zhaoshang_desktop.planning.travel import rules_of

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)
TRIP = Trip(id=1, name="长三角小分队", start=MONDAY, end=date(2026, 9, 11), base="370400")
TEAMS = [Team(id=21, trip=1, name="一队"), Team(id=22, trip=1, name="二队", mode="高铁")]
OFFICE = Office(frozenset(date(2026, 9, day) for day in range(7, 12)))


def visit(number: int, **values: object) -> Visit:
    return Visit(id=number, investor=number, trip=1, **({"place": "320200"} | values))  # type: ignore[arg-type]


def test_stops_and_teams_keep_the_keys_of_their_records() -> None:
    problem = problem_of(TRIP, TEAMS, [Target(visit(5)), Target(visit(6))], OFFICE)
    assert [stop.id for stop in problem.stops] == [5, 6]
    assert [team.id for team in problem.teams] == [21, 22]
    assert len(problem.days) == 5


def test_cancelled_visits_are_not_asked_for() -> None:
    assert problem_of(TRIP, TEAMS, [Target(visit(5, state="取消"))], OFFICE).stops == ()


def test_a_confirmed_visit_is_an_appointment() -> None:
    agreed = visit(5, fixed=True, day=TUESDAY, start=600, team=21, state="已排")
    (stop,) = problem_of(TRIP, TEAMS, [Target(agreed)], OFFICE).stops
    assert (stop.appointment, stop.pin, stop.team) == (Slot(1, 600), None, None)


def test_a_visit_that_was_dragged_is_pinned_with_its_team() -> None:
    dragged = visit(5, pinned=True, day=TUESDAY, start=600, team=22, state="已排")
    (stop,) = problem_of(TRIP, TEAMS, [Target(dragged)], OFFICE).stops
    assert stop.pin == Pin(1, 600, 22)


def test_a_visit_that_has_taken_place_does_not_move() -> None:
    done = visit(5, state="已完成", day=MONDAY, start=600, team=21)
    (stop,) = problem_of(TRIP, TEAMS, [Target(done)], OFFICE).stops
    assert stop.pin == Pin(0, 600, 21)


def test_the_last_plans_team_may_change_and_the_only_team_may_not() -> None:
    targets = [Target(visit(5, only_team=22)), Target(visit(6, team=22, state="已排", day=MONDAY, start=600))]
    assert [stop.team for stop in problem_of(TRIP, TEAMS, targets, OFFICE).stops] == [22, None]


def test_a_visit_of_no_minutes_stays_one_and_an_unknown_length_is_the_usual() -> None:
    targets = [Target(visit(5, minutes=0)), Target(visit(6, minutes=None))]
    assert [stop.minutes for stop in problem_of(TRIP, TEAMS, targets, OFFICE).stops] == [0, 90]


def test_an_appointment_outside_the_trips_dates_is_left_out() -> None:
    agreed = visit(5, fixed=True, day=date(2026, 10, 1), start=600)
    plan = solve(problem_of(TRIP, TEAMS, [Target(agreed)], OFFICE), iterations=10)
    assert [left.stop for left in plan.left_out] == [5]


def test_a_ticket_replaces_the_estimate_between_its_cities() -> None:
    ticket = Leg(
        trip=1, team=22, start=480, end=600, origin="370400", destination="320200", mode="高铁", estimated=False
    )
    guess = Leg(trip=1, team=21, start=480, end=481, origin="370400", destination="320200", mode="驾车")
    problem = problem_of(TRIP, TEAMS, [Target(visit(5, place="320205"))], OFFICE, [ticket, guess])
    assert problem.travel["高铁"][0][1] == 120
    assert problem.travel["驾车"][0][1] > 120


def test_a_flight_that_lands_before_it_leaves_by_the_clock_is_still_a_way() -> None:
    problem = problem_of(TRIP, TEAMS, [Target(visit(1, place="X:美国"))], OFFICE)
    assert problem.travel["驾车"][0][1] == 1
    assert problem.travel["驾车"][1][0] > 12 * 60


def test_only_a_team_by_car_keeps_drivers_hours() -> None:
    problem = problem_of(TRIP, TEAMS, [], OFFICE)
    assert [problem.hours_of(team).drive_spell for team in problem.teams] == [240, 0]


def test_the_offices_own_hours_are_kept() -> None:
    rules = rules_of([TravelRule(item="上午开始", value=Decimal("9.5"))], MONDAY)
    problem = problem_of(TRIP, TEAMS, [Target(visit(5))], Office(OFFICE.workdays, rules))
    assert problem.windows_of(problem.stops[0])[0].opens == 570


def test_a_trip_without_dates_cannot_be_planned() -> None:
    with pytest.raises(ValueError, match="without dates"):
        problem_of(Trip(name="未定"), TEAMS, [], OFFICE)


def test_a_trip_from_records_is_planned_and_passes_the_checker() -> None:
    cities = ("320200", "320500", "320400", "330100", "310000", "320583")
    targets = [Target(visit(number, place=city), prize=number) for number, city in enumerate(cities, start=10)]
    problem = problem_of(TRIP, TEAMS, targets, OFFICE)
    plan = solve(problem, iterations=300)
    assert problems(problem, plan) == []
    assert set(placed(plan)) == {10, 11, 12, 13, 14, 15}


def test_a_visit_whose_place_nobody_knows_is_still_planned() -> None:
    plan = solve(problem_of(TRIP, TEAMS, [Target(visit(5, place=""))], OFFICE), iterations=20)
    assert set(placed(plan)) == {5}
