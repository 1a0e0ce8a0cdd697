"""The plan that comes out: whole, kept to what was settled, as good as trying everything, and in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings

from tests.planning.asking import (
    ELEVEN,
    FOUR,
    MONDAY,
    NINE,
    NOON,
    TEN,
    TWO,
    asked,
    heaviest,
    left_out,
    placed,
    problems_of,
    trip_like,
)
from zhaoshang_desktop.planning.check import Clash, Kind, problems
from zhaoshang_desktop.planning.model import weights_of
from zhaoshang_desktop.planning.plan import Plan, Reason
from zhaoshang_desktop.planning.problem import Hours, Pin, Problem, Slot, Stop, Team, Window
from zhaoshang_desktop.planning.solve import solve


def weight(problem: Problem, plan: Plan) -> int:
    inside = placed(plan)
    return sum(weight for stop, weight in zip(problem.stops, weights_of(problem), strict=True) if stop.id in inside)


def is_by_hand(problem: Problem, clash: Clash) -> bool:
    """Whether somebody has pinned a visit to an hour that nobody named: shown, but theirs to decide."""
    pinned = {stop.id for stop in problem.stops if stop.pin}
    return clash.kind in (Kind.HOLIDAY, Kind.OUTSIDE_HOURS) and set(clash.stops) <= pinned


@given(problems_of())
@settings(max_examples=150)
def test_every_plan_passes_the_checker_but_for_wishes_it_reports(problem: Problem) -> None:
    plan = solve(problem, iterations=60)
    clashes = [clash for clash in problems(problem, plan) if not is_by_hand(problem, clash)]
    broken = {stop for clash in clashes if clash.kind is Kind.MISSING for stop in clash.stops}
    assert [clash for clash in clashes if clash.kind is not Kind.MISSING] == []
    assert broken <= left_out(plan)
    assert bool(broken) == (plan.conflict is not None)
    assert {*placed(plan), *left_out(plan)} == {stop.id for stop in problem.stops}


@given(problems_of())
@settings(max_examples=150)
def test_every_appointment_in_a_plan_is_where_it_was_agreed(problem: Problem) -> None:
    where = placed(solve(problem, iterations=60))
    for stop in problem.stops:
        if stop.settled and stop.id in where:
            assert where[stop.id][1:] == (stop.settled.day, stop.settled.start)


@given(problems_of())
@settings(max_examples=60, derandomize=True)
def test_up_to_five_visits_are_planned_as_well_as_by_trying_everything(problem: Problem) -> None:
    assert weight(problem, solve(problem, iterations=2000)) == heaviest(problem)


@given(problems_of(most=8))
@settings(max_examples=30)
def test_the_same_seed_and_number_of_iterations_give_the_same_plan(problem: Problem) -> None:
    assert solve(problem, iterations=80, seed=7) == solve(problem, iterations=80, seed=7)


def test_a_plan_made_by_the_clock_can_be_made_again_by_its_number_of_iterations() -> None:
    problem = trip_like(1)
    by_clock = solve(problem, seconds=0.2, seed=3)
    assert by_clock.iterations > 0
    assert solve(problem, iterations=by_clock.iterations, seed=3) == by_clock


def test_more_iterations_never_make_it_worse() -> None:
    problem = trip_like(2)
    plans = [solve(problem, iterations=iterations) for iterations in (0, 50, 200, 800)]
    weights = [weight(problem, plan) for plan in plans]
    assert weights == sorted(weights)


def test_the_night_is_in_the_city_of_the_last_meeting_and_the_next_day_starts_there() -> None:
    stops = [Stop(number, number, 150, prize=1) for number in (1, 2, 3)]
    plan = solve(asked(stops, [0, 200, 210, 300], days=2), iterations=300)
    assert left_out(plan) == set()
    first, second = plan.routes
    assert sorted(len(route.calls) for route in plan.routes) == [1, 2]
    last_place = {stop.id: stop.place for stop in stops}[first.calls[-1].stop]
    assert first.night == last_place
    assert second.rides[0].origin == last_place
    assert second.rides[-1].destination == 0
    assert second.night is None


def test_the_dearer_visit_is_kept_when_only_one_fits() -> None:
    stops = [
        Stop(1, 1, 90, prize=2, windows=(Window(0, NINE, NINE),)),
        Stop(2, 2, 90, prize=3, windows=(Window(0, NINE, NINE),)),
    ]
    plan = solve(asked(stops, [0, 10, 20]), iterations=100)
    assert set(placed(plan)) == {2}


def test_a_must_comes_before_any_number_of_prizes() -> None:
    must = Stop(1, 1, 480, prize=0, must=True, windows=(Window(0, NINE, NINE),))
    others = [Stop(number, 2, 60, prize=100) for number in range(2, 6)]
    plan = solve(asked([must, *others], [0, 10, 10]), iterations=200)
    assert set(placed(plan)) == {1}


def test_an_appointment_comes_before_a_must() -> None:
    agreed = Stop(1, 1, 480, appointment=Slot(0, NINE))
    must = Stop(2, 2, 90, must=True)
    plan = solve(asked([agreed, must], [0, 10, 20]), iterations=200)
    assert placed(plan) == {1: (0, 0, NINE)}
    assert plan.conflict is not None
    assert set(plan.conflict.stops) == {1, 2}


def test_a_pinned_visit_stays_and_the_others_go_around_it() -> None:
    pinned = Stop(1, 1, 60, pin=Pin(0, TEN, 1))
    others = [Stop(number, number, 60) for number in (2, 3, 4)]
    plan = solve(asked([pinned, *others], [0, 30, 30, 30, 30], teams=2), iterations=200)
    assert placed(plan)[1] == (1, 0, TEN)
    assert set(placed(plan)) == {1, 2, 3, 4}


def test_a_visit_for_one_team_goes_to_that_team() -> None:
    stops = [Stop(number, number, 60, team=1) for number in (1, 2)]
    plan = solve(asked(stops, [0, 10, 20], teams=2), iterations=50)
    assert {team for team, _, _ in placed(plan).values()} == {1}


def test_two_teams_share_the_work_when_balance_is_worth_something() -> None:
    stops = [Stop(number, number, 60) for number in range(1, 7)]
    problem = replace(asked(stops, [0, *range(100, 106)], days=5, teams=2), balance=60)
    plan = solve(problem, iterations=500)
    counts = [sum(len(route.calls) for route in plan.routes if route.team == team) for team in (0, 1)]
    assert counts == [3, 3]


def test_meetings_begin_on_the_quarter_hour() -> None:
    stops = [Stop(number, number, 50) for number in (1, 2, 3)]
    plan = solve(asked(stops, [0, 13, 29, 37]), iterations=100)
    assert {start % 15 for _, _, start in placed(plan).values()} == {0}


def test_an_appointment_off_the_quarter_hour_is_kept_to_the_minute() -> None:
    plan = solve(asked([Stop(1, 1, 60, appointment=Slot(0, 547))], [0, 13]), iterations=10)
    assert placed(plan) == {1: (0, 0, 547)}


def test_nothing_to_see_is_an_empty_plan() -> None:
    plan = solve(asked([], [0], days=2), seconds=5)
    assert [(route.calls, route.rides, route.night) for route in plan.routes] == [((), (), None)] * 2
    assert plan.left_out == ()


def test_without_a_team_everything_is_left_out_and_says_so() -> None:
    plan = solve(asked([Stop(1, 1, 60)], [0, 5], teams=0), seconds=5)
    assert [left.reason for left in plan.left_out] == [Reason.NO_TEAM]


def test_a_visit_of_no_minutes_is_planned() -> None:
    plan = solve(asked([Stop(1, 1, 0)], [0, 5]), iterations=20)
    assert set(placed(plan)) == {1}


def test_a_visit_of_twenty_hours_is_left_out_and_says_how_long_it_may_be() -> None:
    plan = solve(asked([Stop(1, 1, 20 * 60), Stop(2, 2, 60)], [0, 5, 6]), iterations=20)
    assert set(placed(plan)) == {2}
    (left,) = plan.left_out
    assert (left.reason, left.needed, left.given) == (Reason.TOO_LONG, 1200, 210)


def test_a_trip_across_new_year_meets_nobody_on_the_holiday() -> None:
    start = date(2025, 12, 30)
    stops = [Stop(number, number, 150) for number in range(1, 7)]
    problem = asked(stops, [0, *range(10, 16)], days=4, start=start, off=[date(2026, 1, 1)])
    plan = solve(problem, iterations=300)
    days = {problem.days[day] for _, day, _ in placed(plan).values()}
    assert len(placed(plan)) == 6
    assert days == {date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 2)}


def test_over_a_weekend_the_team_travels_far() -> None:
    friday = MONDAY + timedelta(days=4)
    weekend = [friday + timedelta(days=1), friday + timedelta(days=2)]
    stops = [Stop(1, 1, 120, windows=(Window(0, TWO, TWO),)), Stop(2, 2, 120, windows=(Window(3, NINE, NINE),))]
    problem = asked(stops, [0, 60, 800], days=5, start=friday, off=weekend)
    plan = solve(problem, iterations=100)
    assert set(placed(plan)) == {1, 2}
    assert problems(problem, plan) == []
    assert [route.day for route in plan.routes if route.rides] == [0, 2, 4]


def test_a_team_that_sleeps_at_home_comes_back_every_evening() -> None:
    stops = [Stop(number, 1, 180) for number in range(1, 5)]
    plan = solve(asked(stops, [0, 40], days=2, teams=[Team(0, 0, 0, home_nights=True)]), iterations=200)
    assert len(placed(plan)) == 4
    assert [route.night for route in plan.routes] == [None, None]
    assert [route.rides[-1].destination for route in plan.routes] == [0, 0]


def test_a_team_that_sleeps_at_home_ends_elsewhere_only_on_the_last_day() -> None:
    stops = [Stop(number, 1, 180) for number in range(1, 5)]
    team = Team(0, 0, 2, home_nights=True)
    problem = asked(stops, [0, 40, 60], days=2, teams=[team])
    plan = solve(problem, iterations=200)
    assert [route.rides[-1].destination for route in plan.routes] == [0, 2]
    assert [route.rides[0].origin for route in plan.routes] == [0, 0]
    assert problems(problem, plan) == []


def test_a_team_starts_at_its_start_and_ends_at_its_end() -> None:
    stops = [Stop(number, 1, 180) for number in range(1, 5)]
    teams = [Team(0, 0, 2), Team(1, 2, 0)]
    problem = asked(stops, [0, 40, 60], days=1, teams=teams)
    plan = solve(problem, iterations=200)
    assert [(route.rides[0].origin, route.rides[-1].destination) for route in plan.routes] == [(0, 2), (2, 0)]
    assert problems(problem, plan) == []


def test_a_lunch_appointment_needs_no_lunch_stop_on_the_way() -> None:
    stops = [Stop(1, 1, 120, appointment=Slot(0, NINE + 30)), Stop(2, 2, 60, appointment=Slot(0, NOON + 30))]
    plan = solve(asked(stops, [0, 10, 55]), iterations=30)
    assert set(placed(plan)) == {1, 2}


def test_teams_with_days_of_their_own_are_used_on_those_days() -> None:
    teams = [Team(0, 0, 0, days=(0,)), Team(1, 0, 0, days=(2,))]
    stops = [Stop(number, 1, 180) for number in range(1, 5)]
    plan = solve(asked(stops, [0, 10], days=3, teams=teams), iterations=200)
    assert {(team, day) for team, day, _ in placed(plan).values()} == {(0, 0), (1, 2)}


def test_a_team_without_days_goes_nowhere_and_the_other_does_what_it_can() -> None:
    teams = [Team(0, 0, 0, days=(-1,)), Team(1, 0, 0), Team(2, 0, 0, days=(7,), home_nights=True)]
    stops = [Stop(1, 1, 60, team=0), Stop(2, 1, 60)]
    plan = solve(asked(stops, [0, 10], teams=teams), iterations=20)
    assert placed(plan) == {2: (1, 0, NINE)}
    assert [(left.stop, left.reason, left.team) for left in plan.left_out] == [(1, Reason.NO_TEAM, 0)]


def test_cancelling_gives_the_best_so_far_at_once() -> None:
    asked_for = count()
    plan = solve(trip_like(4), seconds=600, cancelled=lambda: next(asked_for) >= 20)
    assert plan.iterations == 20
    assert placed(plan)


def test_better_plans_are_reported_as_they_come() -> None:
    problem = trip_like(5)
    seen: list[Plan] = []
    last = solve(problem, iterations=400, on_better=seen.append)
    weights = [weight(problem, plan) for plan in seen]
    assert len(seen) > 1
    assert weights == sorted(weights)
    assert placed(seen[-1]) == placed(last)


def test_the_first_plan_is_reported_before_anything_becomes_better() -> None:
    seen: list[Plan] = []
    solve(trip_like(5), iterations=0, on_better=seen.append)
    assert len(seen) == 1
    assert placed(seen[0])


def test_a_finished_little_question_does_not_use_up_its_time() -> None:
    began = time.monotonic()
    solve(asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 10, 20]), seconds=60)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("must", [False, True])
def test_three_hundred_visits_in_three_days_come_back_in_time(must: bool) -> None:
    problem = trip_like(6, stops=300, days=3, windows=2)
    problem = replace(problem, stops=tuple(replace(stop, must=must) for stop in problem.stops))
    ticks: Iterator[float] = (tick * 0.05 for tick in count())
    plan = solve(problem, seconds=2, clock=lambda: next(ticks))
    assert len(placed(plan)) >= 12
    assert len(placed(plan)) + len(plan.left_out) == 300
    assert (plan.conflict is not None) == must


def test_everything_pinned_in_contradiction_is_answered() -> None:
    stops = [Stop(number, number, 120, pin=Pin(0, TEN, 0)) for number in range(1, 6)]
    plan = solve(asked(stops, [0, *range(10, 15)]), seconds=30)
    assert len(placed(plan)) == 1
    assert plan.conflict is not None
    assert len(plan.conflict.wishes) == 2
    assert {left.reason for left in plan.left_out} == {Reason.CLASH}


def test_places_without_a_way_are_said_to_be_too_far() -> None:
    plan = solve(asked([Stop(1, 1, 60)], [0, 3000], hours=Hours()), iterations=10)
    assert [left.reason for left in plan.left_out] == [Reason.TOO_FAR]


def test_windows_on_several_days_are_alternatives() -> None:
    both = (Window(0, TEN, ELEVEN), Window(1, TWO, FOUR))
    stops = [Stop(1, 1, 120, windows=(Window(0, TEN, TEN),)), Stop(2, 2, 60, windows=both)]
    plan = solve(asked(stops, [0, 10, 12], days=2), iterations=50)
    assert placed(plan)[2][1:] == (1, TWO)


def test_windows_within_one_another_are_the_widest_of_them() -> None:
    windows = (Window(0, TEN, TEN), Window(0, NINE, ELEVEN), Window(0, 390, 450))
    problem = asked([Stop(1, 1, 60, must=True, windows=windows)], [0, 268])
    assert placed(solve(problem, iterations=50)) == {1: (0, 0, ELEVEN)}


def test_two_that_may_not_be_on_one_day_are_on_two_days_whichever_teams_go() -> None:
    stops = [Stop(1, 1, 60, apart=frozenset({2})), Stop(2, 2, 60), Stop(3, 3, 60)]
    plan = solve(asked(stops, [0, 10, 12, 14], days=2, teams=2), iterations=100)
    where = placed(plan)
    assert set(where) == {1, 2, 3}
    assert where[1][1] != where[2][1]


def test_three_apart_from_one_another_need_three_days() -> None:
    stops = [Stop(number, 1, 60, apart=frozenset({1, 2, 3}) - {number}) for number in (1, 2, 3)]
    plan = solve(asked(stops, [0, 10], days=2), iterations=100)
    (left,) = plan.left_out
    assert left.reason is Reason.APART
    assert set(left.others) == {1, 2, 3} - {left.stop}
    assert len(placed(solve(asked(stops, [0, 10], days=3), iterations=100))) == 3


def test_who_drives_rests_and_so_is_later_than_who_is_driven() -> None:
    late = Stop(1, 1, 30, windows=(Window(0, 390 + 330, 390 + 330),))
    hours = Hours(lunch_minutes=0, drive_spell=240, drive_rest=20)
    teams = [Team(0, 0, 1, drives=True)], [Team(0, 0, 1, drives=False)]
    drives, driven = (solve(asked([late], [0, 325], teams=one, hours=hours), iterations=20) for one in teams)
    assert (left_out(drives), left_out(driven)) == ({1}, set())


def test_nobody_drives_longer_on_a_day_than_a_driver_may() -> None:
    stops = [Stop(1, 1, 60, windows=(Window(0, TEN, TWO),)), Stop(2, 2, 60)]
    hours = Hours(drive_spell=240, drive_rest=20, drive_day=300)
    problem = asked(stops, [0, -100, 150], days=3, hours=hours)
    plan = solve(problem, iterations=50)
    assert {stop: day for stop, (_, day, _) in placed(plan).items()} == {1: 0, 2: 1}
    assert problems(problem, plan) == []
    assert max(sum(ride.minutes for ride in route.rides) for route in plan.routes) <= 300


def test_what_only_the_driver_stands_in_the_way_of_says_so() -> None:
    stops = [Stop(number, number, 60, prize=number) for number in (1, 2)]
    plan = solve(asked(stops, [0, 100, -100], hours=Hours(drive_day=300)), iterations=50)
    (left,) = plan.left_out
    assert (left.stop, left.reason, left.needed, left.given) == (1, Reason.DRIVERS, 400, 300)
