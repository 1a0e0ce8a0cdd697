"""The checker says what is wrong with a plan that somebody has dragged about, and by how much."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.asking import ELEVEN, MONDAY, NINE, NOON, TEN, TWO, asked, left_out, problems_of, put
from zhaoshang_desktop.planning.check import Clash, Kind, problems
from zhaoshang_desktop.planning.layout import lay_out
from zhaoshang_desktop.planning.plan import Call, LeftOut, Plan, Reason, Route
from zhaoshang_desktop.planning.problem import Hours, Pin, Problem, Slot, Stop, Team, Window
from zhaoshang_desktop.planning.solve import solve

ELSEWHERE = {Kind.MISSING, Kind.UNACCOUNTED}
NEAR = [0, 10, 60]
TWO_STOPS = [Stop(1, 1, 60), Stop(2, 2, 60)]


def found(problem: Problem, plan: Plan) -> list[tuple[Kind, tuple[int, ...], int, int]]:
    return [(clash.kind, clash.stops, clash.needed, clash.given) for clash in problems(problem, plan)]


def test_a_plan_that_can_be_kept_has_no_clash() -> None:
    problem = asked(TWO_STOPS, NEAR)
    assert found(problem, put(problem, v1=(0, NINE), v2=(0, 660))) == []


def test_second_visit_at_the_same_hour_is_a_clash() -> None:
    problem = asked(TWO_STOPS, NEAR)
    assert found(problem, put(problem, v1=(0, NINE), v2=(0, 570))) == [(Kind.OVERLAP, (1, 2), 60, 30)]


def test_too_little_time_on_the_road_says_how_much_is_missing() -> None:
    problem = asked(TWO_STOPS, NEAR)
    (clash,) = problems(problem, put(problem, v1=(0, NINE), v2=(0, 630)))
    assert clash == Clash(Kind.TRAVEL, (1, 2), team=0, day=0, needed=50, given=30)
    assert clash.missing == 20


def test_a_way_over_noon_leaves_time_for_lunch() -> None:
    problem = asked([Stop(1, 1, 60), Stop(2, 2, 60)], [0, 10, 110])
    assert found(problem, put(problem, v1=(0, ELEVEN), v2=(0, TWO))) == [(Kind.LUNCH, (1, 2), 145, 120)]


def test_two_that_may_not_be_on_one_day_are_named_whoever_said_so() -> None:
    stops = [Stop(1, 1, 60), Stop(2, 2, 60, apart=frozenset({1, 9}))]
    problem = asked(stops, NEAR, days=2, teams=2)
    (clash,) = problems(problem, put(problem, v1=(1, NINE, 0), v2=(1, NINE, 1)))
    assert clash == Clash(Kind.SAME_DAY, (1, 2), day=1)
    assert found(problem, put(problem, v1=(0, NINE), v2=(1, NINE))) == []


def test_a_drive_without_its_rest_is_named() -> None:
    hours = Hours(lunch_minutes=0, drive_spell=120, drive_rest=20)
    problem = asked(TWO_STOPS, [0, 10, 180], hours=hours)
    assert found(problem, put(problem, v1=(0, 600), v2=(0, 840))) == [(Kind.REST, (1, 2), 190, 180)]
    assert found(problem, put(problem, v1=(0, 590), v2=(0, 840))) == []


def test_a_short_meeting_is_no_rest() -> None:
    hours = Hours(drive_spell=120, drive_rest=20)
    brief = [Stop(1, 1, 10), Stop(2, 2, 60)]
    problem = asked(brief, [0, 100, 150], hours=hours)
    assert found(problem, put(problem, v1=(0, NINE), v2=(0, 615))) == []
    early = replace(problem, hours=replace(hours, earliest=440))
    assert found(early, put(early, v1=(0, NINE), v2=(0, 600))) == [(Kind.REST, (1, 2), 70, 50)]


def test_too_long_a_day_at_the_wheel_is_named() -> None:
    problem = asked(TWO_STOPS, [0, 100, 200], hours=Hours(drive_day=300))
    assert found(problem, put(problem, v1=(0, NINE), v2=(0, TWO))) == [(Kind.DRIVE_DAY, (1, 2), 400, 300)]


def test_a_holiday_is_named() -> None:
    problem = asked(TWO_STOPS[:1], NEAR, days=2, off=[MONDAY])
    assert found(problem, put(problem, v1=(0, NINE))) == [(Kind.HOLIDAY, (1,), 0, 0)]


def test_an_appointment_on_a_holiday_is_the_hosts_own_wish() -> None:
    problem = asked([Stop(1, 1, 60, appointment=Slot(0, NINE))], NEAR, off=[MONDAY])
    assert found(problem, put(problem, v1=(0, NINE))) == []


def test_a_meeting_into_the_lunch_break_is_outside_working_hours() -> None:
    problem = asked(TWO_STOPS[:1], NEAR)
    assert found(problem, put(problem, v1=(0, 690))) == [(Kind.OUTSIDE_HOURS, (1,), 60, 30)]


def test_a_time_the_host_did_not_name_is_outside_their_windows() -> None:
    problem = asked([Stop(1, 1, 60, windows=(Window(0, TEN, ELEVEN),))], NEAR)
    assert found(problem, put(problem, v1=(0, NINE))) == [(Kind.OUTSIDE_WINDOWS, (1,), 0, 0)]


def test_a_visit_of_another_team_is_named() -> None:
    problem = asked([Stop(1, 1, 60, team=1)], NEAR, teams=2)
    assert found(problem, put(problem, v1=(0, NINE, 0))) == [(Kind.WRONG_TEAM, (1,), 0, 0)]


def test_an_appointment_that_was_moved_is_named() -> None:
    problem = asked([Stop(1, 1, 60, appointment=Slot(0, NINE))], NEAR)
    assert found(problem, put(problem, v1=(0, TEN))) == [(Kind.MOVED, (1,), 0, 0)]


def test_a_pin_that_contradicts_the_appointment_is_named() -> None:
    problem = asked([Stop(1, 1, 60, appointment=Slot(0, NINE), pin=Pin(0, TEN, 0))], NEAR)
    assert found(problem, put(problem, v1=(0, TEN))) == [(Kind.MOVED, (1,), 0, 0)]


def test_leaving_before_half_past_six_is_too_early() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 200])
    assert found(problem, put(problem, v1=(0, NINE))) == [(Kind.EARLY_START, (1,), 200, 150)]


def test_the_morning_starts_where_the_night_was() -> None:
    problem = asked(TWO_STOPS, [0, 200, 210], days=2)
    plan = put(problem, v1=(0, TEN), v2=(1, NINE))
    assert found(problem, plan) == []


def test_coming_home_late_says_how_long_the_way_is() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 320])
    assert found(problem, put(problem, v1=(0, 990))) == [(Kind.LATE_HOME, (1,), 320, 270)]


def test_a_day_left_is_enough_to_come_home() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 320], days=2)
    assert found(problem, put(problem, v1=(0, 990))) == []


def test_a_team_that_sleeps_at_home_must_be_back_the_same_evening() -> None:
    problem = asked([Stop(1, 1, 60)], [0, 320], days=2, teams=[Team(0, 0, 0, home_nights=True)])
    assert [kind for kind, *_ in found(problem, put(problem, v1=(0, 990)))] == [Kind.LATE_HOME]


def test_an_empty_day_carries_a_long_way() -> None:
    problem = asked(TWO_STOPS, [0, 10, 900], days=5)
    assert found(problem, put(problem, v1=(0, TWO), v2=(2, NINE))) == []
    assert [kind for kind, *_ in found(problem, put(problem, v1=(0, TWO), v2=(1, NINE)))] == [Kind.EARLY_START]


def test_a_day_on_which_the_team_is_not_away_is_named() -> None:
    problem = asked([Stop(1, 1, 60)], NEAR, days=2, teams=[Team(0, 0, 0, days=(1,))])
    assert [kind for kind, *_ in found(problem, put(problem, v1=(0, NINE)))] == [Kind.NOT_AWAY]


def test_a_must_that_is_not_in_the_plan_is_missing() -> None:
    problem = asked([Stop(1, 1, 60, must=True)], NEAR)
    plan = replace(put(problem), left_out=(LeftOut(1, Reason.NO_ROOM),))
    assert found(problem, plan) == [(Kind.MISSING, (1,), 0, 0)]


def test_a_visit_nobody_speaks_of_is_noticed() -> None:
    problem = asked([Stop(1, 1, 60)], NEAR)
    assert found(problem, put(problem)) == [(Kind.UNACCOUNTED, (1,), 0, 0)]


def test_one_visit_twice_or_from_nowhere_is_noticed() -> None:
    problem = asked([Stop(1, 1, 60)], NEAR)
    route = Route(0, 0, (Call(1, NINE, TEN), Call(9, ELEVEN, NOON), Call(1, TWO, 900)))
    kinds = {kind for kind, *_ in found(problem, Plan((route,)))}
    assert {Kind.TWICE, Kind.UNKNOWN} <= kinds


def test_a_team_that_was_not_asked_for_is_noticed() -> None:
    problem = asked([Stop(1, 1, 60)], NEAR)
    assert found(problem, Plan((Route(7, 0, (Call(1, NINE, TEN),)),))) == [(Kind.UNKNOWN, (1,), 0, 0)]


def test_a_visit_cut_short_is_noticed() -> None:
    problem = asked([Stop(1, 1, 60)], NEAR)
    assert found(problem, Plan((Route(0, 0, (Call(1, NINE, 570),)),))) == [(Kind.WRONG_LENGTH, (1,), 60, 30)]


def test_a_meeting_past_midnight_is_outside_hours_even_if_agreed() -> None:
    problem = asked([Stop(1, 1, 20 * 60, appointment=Slot(0, NINE))], NEAR, days=2)
    kinds = [kind for kind, *_ in found(problem, put(problem, v1=(0, NINE)))]
    assert Kind.OUTSIDE_HOURS in kinds


@st.composite
def dragged(draw: st.DrawFn) -> tuple[Problem, dict[int, Pin]]:
    """A small question and an arrangement of some of its visits as a clerk might leave it."""
    problem = draw(problems_of(most=4))
    pins = {}
    for stop in problem.stops:
        if draw(st.booleans()):
            day, team = draw(st.integers(0, len(problem.days) - 1)), draw(st.integers(0, len(problem.teams) - 1))
            agreed = stop.appointment
            start = draw(st.sampled_from((480, NINE, TEN, 690, TWO, 900, 960)))
            pins[stop.id] = Pin(agreed.day, agreed.start, team) if agreed else Pin(day, start, team)
    return problem, pins


@given(dragged())
@settings(max_examples=200, derandomize=True)
def test_what_the_checker_lets_pass_the_planner_can_keep(arrangement: tuple[Problem, dict[int, Pin]]) -> None:
    problem, pins = arrangement
    clashes = problems(problem, lay_out(problem, pins))
    if all(clash.kind in ELSEWHERE for clash in clashes):
        kept = tuple(replace(stop, pin=pins[stop.id]) for stop in problem.stops if stop.id in pins)
        plan = solve(replace(problem, stops=kept), iterations=200)
        assert left_out(plan) == set()
        assert problems(replace(problem, stops=kept), plan) == []
