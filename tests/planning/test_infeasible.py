"""Wishes that cannot hold together are named, as few as explain it."""

from __future__ import annotations

from tests.planning.asking import NINE, TEN, TWO, asked
from zhaoshang_desktop.planning.infeasible import conflict
from zhaoshang_desktop.planning.plan import Wish
from zhaoshang_desktop.planning.problem import Pin, Slot, Stop, Window


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


def test_cancelling_gives_an_answer_all_the_same() -> None:
    stops = [Stop(number, number, 60, appointment=Slot(0, TEN)) for number in (1, 2)]
    found = conflict(asked(stops, [0, 10, 20]), cancelled=lambda: True)
    assert found is not None
    assert not found.proven
