"""A plan says when a team is on the road and where it sleeps."""

from __future__ import annotations

from datetime import timedelta

from tests.planning.asking import ELEVEN, MONDAY, NINE, NOON, TEN, TWO, asked, put
from zhaoshang_desktop.planning.plan import Ride
from zhaoshang_desktop.planning.problem import Slot, Stop, Team


def test_in_the_morning_they_leave_just_in_time() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 40])
    (route,) = put(problem, v1=(0, TEN)).routes
    assert route.rides[0] == Ride(0, 1, TEN - 40, TEN, 40)


def test_between_two_meetings_they_leave_at_once() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 40, 60])
    (route,) = put(problem, v1=(0, NINE), v2=(0, ELEVEN)).routes
    assert route.rides[1] == Ride(1, 2, TEN, TEN + 20, 20)


def test_a_ride_over_noon_is_longer_by_the_lunch() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 40, 70])
    (route,) = put(problem, v1=(0, 645), v2=(0, TWO)).routes
    assert route.rides[1] == Ride(1, 2, 705, 705 + 30 + 45, 30)


def test_to_a_lunch_appointment_there_is_no_lunch_stop() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60, appointment=Slot(0, NOON + 15))], [0, 40, 60])
    (route,) = put(problem, v1=(0, 645), v2=(0, NOON + 15)).routes
    assert route.rides[1].arrive == 725


def test_they_sleep_at_the_last_meeting_until_they_are_home() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 100, 200], days=4)
    plan = put(problem, v1=(0, TEN), v2=(2, NINE))
    assert [route.night for route in plan.routes] == [1, 1, None, None]
    assert plan.travel == 100 + 100 + 200


def test_before_they_leave_they_are_at_home() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 100], days=3)
    assert [route.night for route in put(problem, v1=(1, TEN)).routes] == [None, None, None]


def test_a_long_way_is_done_on_the_empty_day_before() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 100, 700], days=4)
    plan = put(problem, v1=(0, TEN), v2=(2, NINE))
    assert [ride.minutes for ride in plan.routes[1].rides] == [600]
    assert [route.night for route in plan.routes] == [1, 2, 2, None]
    assert plan.routes[3].rides[0].origin == 2


def test_who_cannot_be_home_the_same_evening_comes_the_next_day() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 400], days=2)
    plan = put(problem, v1=(0, 990))
    assert [route.night for route in plan.routes] == [1, None]
    assert plan.routes[1].rides[0].depart == 390


def test_a_meeting_at_home_needs_no_ride() -> None:
    problem = asked([Stop(1, 0, 60)], [0])
    (route,) = put(problem, v1=(0, NINE)).routes
    assert (route.rides, route.night) == ((), None)


def test_meetings_that_overlap_are_laid_out_all_the_same() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 40, 60])
    (route,) = put(problem, v1=(0, NINE), v2=(0, NINE + 10)).routes
    assert [call.stop for call in route.calls] == [1, 2]


def test_a_team_that_sleeps_at_home_leaves_from_home_every_day() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 1, 60)], [0, 40], days=2, teams=[Team(0, 0, 0, home_nights=True)])
    plan = put(problem, v1=(0, NINE), v2=(1, NINE))
    assert [[ride.origin for ride in route.rides] for route in plan.routes] == [[0, 1], [0, 1]]


def test_a_day_outside_the_teams_days_still_shows_what_was_put_there() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 40], days=2, teams=[Team(0, 0, 0, days=(1,))])
    plan = put(problem, v1=(0, NINE))
    assert [(route.day, len(route.calls)) for route in plan.routes] == [(0, 1), (1, 0)]


def test_days_of_a_plan_are_the_days_of_the_trip() -> None:
    problem = asked([], [0], days=3)
    assert [problem.days[route.day] for route in put(problem).routes] == [MONDAY + timedelta(days=n) for n in range(3)]
