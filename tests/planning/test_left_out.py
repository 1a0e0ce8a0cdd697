"""Why a visit is not in the plan, and what would let it in."""

from __future__ import annotations

from collections.abc import Sequence

from tests.planning.asking import ELEVEN, MONDAY, NINE, TEN, TWO, asked, trip_like
from zhaoshang_desktop.planning.left_out import MOST_HELPED
from zhaoshang_desktop.planning.plan import LeftOut, LetIn, Reason, Remedy
from zhaoshang_desktop.planning.problem import Pin, Slot, Stop, Team, Window
from zhaoshang_desktop.planning.solve import solve


def left_out(stops: Sequence[Stop], points: Sequence[int], **how: object) -> LeftOut:
    """The one visit that is left out."""
    (left,) = solve(asked(stops, points, **how), iterations=150).left_out  # type: ignore[arg-type]
    return left


def remedy(left: LeftOut, kind: Remedy) -> LetIn:
    return next(let_in for let_in in left.let_in if let_in.remedy is kind)


def test_no_room_names_the_gap_and_what_lies_around_it() -> None:
    agreed = [Stop(1, 1, 150, appointment=Slot(0, NINE)), Stop(2, 2, 210, appointment=Slot(0, TWO))]
    filler = Stop(3, 1, 90, prize=5, windows=(Window(0, 690, 735),))
    late = Stop(4, 1, 60, prize=1, windows=(Window(0, 690, 720),))
    left = left_out([*agreed, filler, late], [0, 10, 20])
    assert left.stop == 4
    assert left.reason is Reason.NO_ROOM
    assert remedy(left, Remedy.GIVE_WAY).stop == 3
    assert left.given < left.needed == 60


def test_a_shorter_meeting_may_fit() -> None:
    first, last = Stop(1, 1, 60, appointment=Slot(0, NINE)), Stop(3, 1, 60, appointment=Slot(0, ELEVEN))
    between = Stop(2, 2, 60, windows=(Window(0, NINE, ELEVEN),))
    left = left_out([first, between, last], [0, 10, 20])
    assert left.reason is Reason.CLASH
    assert remedy(left, Remedy.SHORTEN).minutes == 30


def test_another_hour_is_proposed_where_the_host_named_one() -> None:
    busy = Stop(1, 1, 90, appointment=Slot(0, NINE))
    same = Stop(2, 2, 60, windows=(Window(0, NINE, NINE),))
    left = left_out([busy, same], [0, 10, 20], days=2)
    found = remedy(left, Remedy.OTHER_TIME)
    assert (found.team, found.day, found.start) == (0, 0, 645)


def test_another_team_is_proposed_where_it_could_go() -> None:
    busy = Stop(1, 1, 210, appointment=Slot(0, NINE), team=0)
    late = Stop(2, 2, 60, windows=(Window(0, NINE, TEN),), team=0)
    left = left_out([busy, late], [0, 10, 20], teams=2)
    assert remedy(left, Remedy.OTHER_TEAM).team == 1


def test_another_day_is_proposed_where_only_time_is_short() -> None:
    stops = [Stop(number, 1, 180, prize=number) for number in (1, 2, 3)]
    left = left_out(stops, [0, 10])
    assert (left.stop, left.reason) == (1, Reason.NO_ROOM)
    assert Remedy.ANOTHER_DAY in {let_in.remedy for let_in in left.let_in}


def test_two_appointments_at_one_hour_name_each_other() -> None:
    left = left_out([Stop(n, n, 60, appointment=Slot(0, TEN)) for n in (1, 2)], [0, 10, 20])
    assert left.reason is Reason.CLASH
    assert set(left.others) == {1, 2} - {left.stop}


def test_only_holidays_means_no_day() -> None:
    assert left_out([Stop(1, 1, 60)], [0, 10], off=[MONDAY]).reason is Reason.NO_DAY


def test_an_appointment_outside_the_trip_means_no_day() -> None:
    left = left_out([Stop(1, 1, 60, appointment=Slot(-1, NINE))], [0, 10])
    assert (left.reason, left.day) == (Reason.NO_DAY, -1)


def test_a_team_that_is_not_on_the_trip_is_named() -> None:
    left = left_out([Stop(1, 1, 60, team=9)], [0, 10])
    assert (left.reason, left.team) == (Reason.NO_TEAM, 9)


def test_a_team_that_has_left_by_then_is_named() -> None:
    teams = [Team(0, 0, 0, days=(0,)), Team(1, 0, 0)]
    left = left_out([Stop(1, 1, 60, pin=Pin(1, NINE, 0))], [0, 10], days=2, teams=teams)
    assert (left.reason, left.team) == (Reason.NO_TEAM, 0)


def test_too_far_says_how_long_the_way_is() -> None:
    left = left_out([Stop(1, 1, 60)], [0, 800])
    assert (left.reason, left.needed) == (Reason.TOO_FAR, 800)
    assert left.given < 800


def test_too_far_to_be_home_again_says_how_long_the_way_back_is() -> None:
    left = left_out([Stop(1, 1, 60, windows=(Window(0, 1000, 1000),))], [0, 400])
    assert (left.reason, left.needed, left.given) == (Reason.TOO_FAR, 400, 1320 - 1060)


def test_too_long_for_any_session_says_the_longest() -> None:
    left = left_out([Stop(1, 1, 240)], [0, 10])
    assert (left.reason, left.needed, left.given) == (Reason.TOO_LONG, 240, 210)
    assert remedy(left, Remedy.SHORTEN).minutes == 210


def test_of_a_crowd_every_one_has_a_reason_and_the_most_valuable_a_way_in() -> None:
    problem = trip_like(6, stops=120, days=2, windows=2)
    plan = solve(problem, iterations=20)
    worth = {stop.id: (not stop.wished, -stop.prize, number) for number, stop in enumerate(problem.stops)}
    helped = {left.stop for left in plan.left_out if left.let_in}
    ranked = sorted((left.stop for left in plan.left_out), key=worth.__getitem__)
    assert len(plan.left_out) + sum(len(route.calls) for route in plan.routes) == 120
    assert len(plan.left_out) > MOST_HELPED
    assert helped
    assert helped <= set(ranked[:MOST_HELPED])
