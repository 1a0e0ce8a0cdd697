"""Wishes that cannot hold together are named, as few as explain it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.asking import ELEVEN, NINE, TEN, TWO, asked, heaviest, problems_of
from zhaoshang_desktop.planning.infeasible import conflict
from zhaoshang_desktop.planning.model import weights_of
from zhaoshang_desktop.planning.plan import Conflict, Wish
from zhaoshang_desktop.planning.problem import Hours, Pin, Problem, Slot, Stop, Window
from zhaoshang_desktop.planning.solve import solve


def test_wishes_that_hold_together_are_no_conflict() -> None:
    stops = [Stop(1, 1, 60, must=True), Stop(2, 2, 60, appointment=Slot(0, TWO)), Stop(3, 1, 60)]
    assert conflict(asked(stops, [0, 10, 20])) is None


def test_one_wish_alone_can_be_impossible() -> None:
    stops = [Stop(1, 1, 60, must=True), Stop(2, 2, 20 * 60, must=True)]
    found = conflict(asked(stops, [0, 10, 20]))
    assert found is not None
    assert (found.wishes, found.proven) == (((2, Wish.MUST),), True)


def test_two_appointments_at_one_hour_are_the_conflict_among_many_wishes() -> None:
    fine = [Stop(number, 1, 30, must=True) for number in range(10, 14)]
    clash = [Stop(1, 1, 60, appointment=Slot(0, TEN)), Stop(2, 2, 60, pin=Pin(0, TEN, 0))]
    found = conflict(asked([*fine, *clash], [0, 10, 20]))
    assert found is not None
    assert found.wishes == ((1, Wish.APPOINTED), (2, Wish.PINNED))
    assert found.proven


def test_with_a_second_team_the_same_appointments_are_no_conflict() -> None:
    stops = [Stop(number, number, 60, appointment=Slot(0, TEN)) for number in (1, 2)]
    assert conflict(asked(stops, [0, 10, 20], teams=2)) is None


def test_three_musts_for_two_places_are_one_conflict() -> None:
    stops = [Stop(number, 1, 100, must=True, windows=(Window(0, NINE, 680),)) for number in (1, 2, 3)]
    found = conflict(asked([*stops, Stop(4, 1, 60, must=True)], [0, 10]))
    assert found is not None
    assert (set(found.stops), found.proven) == ({1, 2, 3}, True)


def test_too_many_musts_are_narrowed_to_a_set_without_a_spare_one() -> None:
    stops = [Stop(number, 1, 60, must=True, windows=(Window(0, NINE, 720),)) for number in range(1, 9)]
    found = conflict(asked(stops, [0, 10]))
    assert found is not None
    assert len(found.wishes) == 5
    assert not found.proven


def test_what_is_only_hard_to_plan_is_no_conflict() -> None:
    both = (Window(0, NINE, ELEVEN), Window(1, NINE, ELEVEN))
    late = (Window(0, TWO, 900), Window(1, TWO, 900))
    kinds = ((90, both), (120, late), (60, ()), (60, both[:1]), (90, ()), (90, ()))
    stops = [Stop(n, n, minutes, must=True, windows=windows) for n, (minutes, windows) in enumerate(kinds, 1)]
    problem = asked(stops, [0, 1, -24, 119, -36, 96, -101], days=2)
    assert solve(problem, iterations=3000).left_out == ()
    assert conflict(problem) is None


def test_cancelling_gives_an_answer_all_the_same() -> None:
    stops = [Stop(number, number, 60, appointment=Slot(0, TEN)) for number in (1, 2)]
    found = conflict(asked(stops, [0, 10, 20]), cancelled=lambda: True)
    assert found is not None
    assert not found.proven


def test_a_pair_that_may_not_be_on_one_day_is_part_of_the_conflict() -> None:
    pinned = [Stop(1, 1, 60, pin=Pin(0, TEN, 0), apart=frozenset({2})), Stop(2, 2, 60, pin=Pin(0, TWO, 1))]
    found = conflict(asked([*pinned, Stop(3, 1, 60, must=True)], [0, 10, 20], teams=2))
    assert found is not None
    assert (found.wishes, found.apart) == (((1, Wish.PINNED), (2, Wish.PINNED)), ((1, 2),))
    assert (found.proven, found.drivers) == (True, False)


def test_drivers_hours_are_part_of_the_conflict_where_they_are_the_reason() -> None:
    far = [Stop(1, 1, 60, must=True), Stop(2, 2, 60, must=True, apart=frozenset({1, 3})), Stop(3, 1, 60)]
    found = conflict(asked([far[0], replace(far[1], apart=frozenset())], [0, 100, -100], hours=Hours(drive_day=300)))
    assert found is not None
    assert (set(found.stops), found.drivers, found.apart) == ({1, 2}, True, ())
    assert conflict(asked(far, [0, 100, -100], hours=Hours(drive_day=300), days=2)) is None


def smaller(problem: Problem, found: Conflict) -> Iterator[Problem]:
    """The conflict's own visits and rules, without one of them."""
    inside = [stop for stop in problem.stops if stop.id in found.stops]
    hours = problem.hours if found.drivers else problem.hours.riding

    def put(stops: list[Stop], pairs: tuple[tuple[int, int], ...], hours: Hours) -> Problem:
        apart = {stop.id: frozenset(b for a, b in pairs if a == stop.id) for stop in stops}
        return replace(problem, stops=tuple(replace(s, apart=apart[s.id]) for s in stops), hours=hours)

    yield put(inside, found.apart, hours)
    for stop in inside:
        yield put([other for other in inside if other != stop], found.apart, hours)
    for pair in found.apart:
        yield put(inside, tuple(other for other in found.apart if other != pair), hours)
    if found.drivers:
        yield put(inside, found.apart, hours.riding)


@given(problems_of(most=5), st.sets(st.integers(1, 5)))
@settings(max_examples=150)
def test_without_any_one_of_them_the_wishes_of_a_conflict_hold_together(problem: Problem, musts: set[int]) -> None:
    stops = tuple(replace(stop, must=stop.must or stop.id in musts) for stop in problem.stops)
    problem = replace(problem, stops=stops)
    found = conflict(problem)
    if found is None:
        assert solve(replace(problem, stops=tuple(s for s in stops if s.wished)), iterations=300).left_out == ()
        return
    whole, *fewer = smaller(problem, found)
    assert heaviest(whole) < sum(weights_of(whole))
    assert all(heaviest(one) == sum(weights_of(one)) for one in fewer)
