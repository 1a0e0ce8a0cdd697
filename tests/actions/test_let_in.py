"""What the planner proposes for a visit it left out is granted with the plan that follows: one change, one undo."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.let_in import Change, granting, unpinning
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import TargetWish, check_trip, move_visit, plan_trip, remove_targets
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.meeting_times import read_times
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.plan import LetIn, Remedy

STEPS, TEN = 200, 600


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Three firms, two teams, five days, planned."""
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:3]])
    plan_trip(stocked.office, key, iterations=STEPS)
    return key


def visits(stocked: Stocked, trip: int) -> list[Visit]:
    return sorted(load_trip(stocked.office, trip).visits, key=lambda one: one.id)


def again(stocked: Stocked, trip: int, change: Change) -> None:
    """Plans after the change, and holds that one undo takes both back."""
    before, count = visits(stocked, trip), len(stocked.office.batches())
    end = load_trip(stocked.office, trip).trip.end
    plan_trip(stocked.office, trip, iterations=STEPS, change=change)
    assert len(stocked.office.batches()) == count + 1
    stocked.office.undo()
    now = visits(stocked, trip)
    assert [(v.state, v.team, v.day, v.start, v.minutes, v.pinned) for v in now] == [
        (v.state, v.team, v.day, v.start, v.minutes, v.pinned) for v in before
    ]
    assert load_trip(stocked.office, trip).trip.end == end
    stocked.office.redo()


def test_a_shorter_meeting(stocked: Stocked, trip: int) -> None:
    again(stocked, trip, granting(visits(stocked, trip)[0].id, LetIn(Remedy.SHORTEN, minutes=45)))
    assert visits(stocked, trip)[0].minutes == 45


def test_another_gives_way(stocked: Stocked, trip: int) -> None:
    first, second, _ = visits(stocked, trip)
    again(stocked, trip, granting(first.id, LetIn(Remedy.GIVE_WAY, stop=second.id)))
    assert [one.state for one in visits(stocked, trip)] == ["已排", "取消", "已排"]


def test_one_day_more(stocked: Stocked, trip: int) -> None:
    again(stocked, trip, granting(visits(stocked, trip)[0].id, LetIn(Remedy.ANOTHER_DAY)))
    assert load_trip(stocked.office, trip).trip.end == date(2026, 12, 12)


@pytest.mark.parametrize("remedy", [Remedy.OTHER_TIME, Remedy.OTHER_TEAM])
def test_another_time_or_team_pins_it_there(stocked: Stocked, trip: int, remedy: Remedy) -> None:
    first, second = load_trip(stocked.office, trip).teams
    visit = visits(stocked, trip)[0]
    edit_record(stocked.office, Visit, visit.id, {"only_team": first.id}, visit.version)
    again(stocked, trip, granting(visit.id, LetIn(remedy, team=second.id, day=2, start=TEN)))
    stored = visits(stocked, trip)[0]
    assert (stored.team, stored.day, stored.start, stored.pinned) == (second.id, date(2026, 12, 9), TEN, True)
    assert (stored.only_team == 0) == (remedy is Remedy.OTHER_TEAM)


def test_a_pinned_visit_is_let_go(stocked: Stocked, trip: int) -> None:
    visit = visits(stocked, trip)[0]
    move_visit(stocked.office, visit.id, visit.team, MONDAY, TEN)
    again(stocked, trip, unpinning(visit.id))
    assert visits(stocked, trip)[0].pinned is None


def test_a_plan_that_is_given_up_grants_nothing(stocked: Stocked, trip: int) -> None:
    visit = visits(stocked, trip)[0]
    with pytest.raises(KnownError, match="没有改动"):
        plan_trip(
            stocked.office,
            trip,
            iterations=STEPS,
            cancelled=lambda: True,
            change=granting(visit.id, LetIn(Remedy.SHORTEN, minutes=45)),
        )
    assert visits(stocked, trip)[0].minutes == visit.minutes


def test_a_visit_that_is_gone_is_said_so(stocked: Stocked, trip: int) -> None:
    visit = visits(stocked, trip)[0]
    remove_targets(stocked.office, [visit.id])
    with pytest.raises(KnownError, match="不在这次外出"):
        plan_trip(stocked.office, trip, iterations=STEPS, change=unpinning(visit.id))


def test_after_all_on_the_same_day(stocked: Stocked, trip: int) -> None:
    first, second, _ = visits(stocked, trip)
    edit_record(stocked.office, Visit, first.id, {"apart": (second.id,)}, first.version)
    again(stocked, trip, granting(second.id, LetIn(Remedy.TOGETHER, stop=first.id)))
    assert [one.apart for one in visits(stocked, trip)] == [(), (), ()]


def test_at_any_time_after_all(stocked: Stocked, trip: int) -> None:
    first = visits(stocked, trip)[0]
    edit_record(stocked.office, Visit, first.id, {"windows": read_times("12月20日")}, first.version)
    outcome = plan_trip(stocked.office, trip, iterations=STEPS)
    (left,) = outcome.left_out
    assert [way.text for way in left.ways] == ["不限对方给的时间"]
    again(stocked, trip, granting(first.id, left.ways[0].remedy))
    assert visits(stocked, trip)[0].state == "已排"


def test_an_hour_too_short_is_met_by_a_shorter_talk(stocked: Stocked, trip: int) -> None:
    first = visits(stocked, trip)[0]
    edit_record(stocked.office, Visit, first.id, {"windows": read_times("周三 9:00-10:00")}, first.version)
    (left,) = plan_trip(stocked.office, trip, iterations=STEPS).left_out
    assert left.ways[0].text == "缩短到 60 分钟"
    again(stocked, trip, granting(first.id, left.ways[0].remedy))
    own = visits(stocked, trip)[0]
    assert (own.day, own.start, own.minutes) == (date(2026, 12, 9), 540, 60)


def test_two_visits_apart_are_on_two_days(stocked: Stocked, trip: int) -> None:
    first, second, _ = visits(stocked, trip)
    edit_record(stocked.office, Visit, first.id, {"apart": (second.id,)}, first.version)
    plan_trip(stocked.office, trip, iterations=STEPS)
    first, second, _ = visits(stocked, trip)
    assert first.day != second.day
    move_visit(stocked.office, second.id, second.team, first.day or MONDAY, 15 * 60)
    assert any("同一天" in clash.text for clash in check_trip(stocked.office, trip))


def test_a_meeting_outside_the_named_times_is_a_conflict_that_names_them(stocked: Stocked, trip: int) -> None:
    first = visits(stocked, trip)[0]
    edit_record(stocked.office, Visit, first.id, {"windows": read_times("周二上午")}, first.version)
    move_visit(stocked.office, first.id, first.team, date(2026, 12, 10), 14 * 60)
    assert any("（周二上午）" in clash.text for clash in check_trip(stocked.office, trip))


def test_a_pin_on_a_day_that_the_trip_has_no_more_is_a_conflict(stocked: Stocked, trip: int) -> None:
    first = visits(stocked, trip)[0]
    move_visit(stocked.office, first.id, first.team, date(2026, 12, 11), 10 * 60)
    own = load_trip(stocked.office, trip).trip
    edit_record(stocked.office, Trip, trip, {"end": date(2026, 12, 9)}, own.version)
    assert any("不在这次外出的日子里" in clash.text for clash in check_trip(stocked.office, trip))
