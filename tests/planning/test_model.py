"""The rules of time: earliest and latest agree with each other, whatever the hours."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.planning.asking import ELEVEN, NINE, NOON, TEN, TWO, asked, problems_of, trip_like
from zhaoshang_desktop.planning.model import Model, Route, Tour
from zhaoshang_desktop.planning.problem import Hours, Problem, Stop, Team, Window
from zhaoshang_desktop.planning.search import Search

HOURS = Hours()
DRIVEN = replace(HOURS, drive_spell=240, drive_rest=20, drive_day=480)


@given(st.integers(300, 1200), st.integers(0, 400), st.booleans(), st.sampled_from((HOURS, DRIVEN)))
def test_leaving_at_the_last_minute_is_just_in_time(there: int, ride: int, meal: bool, hours: Hours) -> None:
    leave = hours.leave_by(there, ride, meal)
    assert hours.arrive(leave, ride, meal) <= there
    assert hours.arrive(leave + 1, ride, meal) > there


@given(st.integers(300, 1200), st.integers(0, 900), st.sampled_from((HOURS, DRIVEN)))
def test_who_leaves_later_is_never_there_sooner(leave: int, ride: int, hours: Hours) -> None:
    assert hours.arrive(leave, ride) <= hours.arrive(leave + 1, ride)


@given(st.integers(300, 1200), st.integers(0, 240), st.booleans())
def test_a_driver_who_needs_no_rest_is_there_when_anybody_is(leave: int, ride: int, meal: bool) -> None:
    assert DRIVEN.drive(leave, ride, meal)[0] == HOURS.arrive(leave, ride, meal)


def test_a_driver_rests_after_four_hours_and_lunch_is_a_rest() -> None:
    assert DRIVEN.drive(TWO, 240) == (TWO + 240, 240)
    assert DRIVEN.drive(TWO, 241) == (TWO + 241 + 20, 1)
    assert DRIVEN.drive(480, 300) == (480 + 300 + 45, 60)
    assert DRIVEN.drive(420, 300) == (420 + 300 + 20 + 45, 20)
    assert DRIVEN.drive(TWO, 100, driven=200) == (TWO + 100 + 20, 60)


def test_a_day_on_the_road_is_as_long_as_the_driver_may_drive() -> None:
    assert (HOURS.road_day, DRIVEN.road_day) == (885, 480)
    short = replace(DRIVEN, drive_day=0, latest=800)
    assert short.arrive(short.earliest, short.road_day) <= 800 < short.arrive(short.earliest, short.road_day + 1)


def test_whoever_is_on_the_road_at_noon_stops_for_lunch() -> None:
    assert HOURS.arrive(ELEVEN, 30) == ELEVEN + 30
    assert HOURS.arrive(ELEVEN, 90) == ELEVEN + 90 + 45
    assert HOURS.arrive(NOON + 20, 30) == NOON + 45 + 30
    assert HOURS.arrive(ELEVEN, 90, meal=True) == ELEVEN + 90


def _agrees(model: Model, tour: Tour, route: Route) -> bool:
    """Whether each latest moment is one from which the rest can still be done, and no earlier than the earliest."""
    begins = [ready - model.minutes[node] for ready, node in zip(route.ready, route.nodes, strict=True)]
    if any(begin > latest for begin, latest in zip(begins, route.latest, strict=True)):
        return False
    return all(
        model.in_time(
            route.latest[i] + model.minutes[route.nodes[i]],
            tour.rides[route.nodes[i]][route.nodes[i + 1]],
            tour,
            route.nodes[i + 1],
            route.latest[i + 1],
        )
        for i in range(1, len(route.nodes) - 1)
    )


@given(problems_of(most=6), st.randoms(use_true_random=False))
def test_earliest_and_latest_moments_of_a_route_agree(problem: Problem, random: st.DataObject) -> None:
    model = Model(problem)
    assume(model.size and model.tours)
    order = list(range(model.size))
    random.shuffle(order)  # type: ignore[attr-defined]
    for tour in model.tours:
        for length in range(1, model.size + 1):
            route = model.route(tour, order[:length])
            assert route is None or _agrees(model, tour, route)


def test_what_the_search_finds_agrees_on_larger_trips() -> None:
    for seed in range(3):
        model = Model(trip_like(seed))
        search = Search(model, seed)
        for _ in range(60):
            search.step()
            pairs = zip(model.tours, search.routes, strict=True)
            assert all(_agrees(model, tour, route) for tour, route in pairs if len(route.nodes) > 2)


def test_a_window_missed_today_may_be_open_tomorrow() -> None:
    stop = Stop(1, 1, 60, windows=(Window(0, NINE, TEN), Window(1, TWO, TWO)))
    model = Model(asked([stop], [0, 600], days=3))
    route = model.route(model.tours[0], [0])
    assert route is not None
    assert divmod(route.ready[1] - 60, 1440) == (1, TWO)


def test_a_team_that_sleeps_at_home_has_a_tour_for_each_day() -> None:
    model = Model(asked([], [0], days=3, teams=[Team(0, 0, 0, home_nights=True), Team(1, 0, 0)]))
    assert [(tour.team, tour.days) for tour in model.tours] == [(0, (0,)), (0, (1,)), (0, (2,)), (1, (0, 1, 2))]
