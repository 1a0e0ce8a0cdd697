"""The rest of a trip planned anew: what is over stays, what comes can be kept, and it is told whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.replan import Upset, only_this, replan, take
from zhaoshang_desktop.actions.road import Unplanned, add_unplanned, day_out, trip_under_way
from zhaoshang_desktop.actions.roads import set_ticket
from zhaoshang_desktop.actions.trip import TargetWish, check_trip, log_visit, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.actions.what_if import WhatIf, compare
from zhaoshang_desktop.actions.what_if import take as take_other
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI
from zhaoshang_desktop.store.check import check

STEPS = 150
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Eight firms, two teams, five days."""
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:8]])
    plan_trip(stocked.office, key, iterations=400)
    return key


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def visits(stocked: Stocked, trip: int) -> list[Visit]:
    return load_trip(stocked.office, trip).visits


def where(visits: Sequence[Visit]) -> dict[int, tuple[object, ...]]:
    return {one.id: (one.state, one.team, one.day, one.start) for one in visits}


def ahead(stocked: Stocked, trip: int, moment: datetime) -> list[Visit]:
    now = (moment.date(), moment.hour * 60 + moment.minute)
    return [one for one in visits(stocked, trip) if one.day and (one.day, one.start or 0) > now]


def test_nothing_moves_when_nothing_has_happened(stocked: Stocked, trip: int) -> None:
    found = replan(stocked.office, trip, Upset(), at(TUESDAY, 8), iterations=STEPS)
    assert found.keeping
    assert not found.shifts
    assert found.kept == len(ahead(stocked, trip, at(TUESDAY, 8)))


def test_a_boss_cancels_and_the_others_stay_at_their_hours(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    before = where(visits(stocked, trip))
    off = ahead(stocked, trip, moment)[0]
    found = replan(stocked.office, trip, Upset("cancel", off.id, "董事长临时出国"), moment, iterations=STEPS)
    assert [shift.text for shift in found.shifts] == [f"{_name(stocked, off)}：取消（董事长临时出国）"]
    assert where(visits(stocked, trip)) == before  # nothing is stored until it is taken
    take(stocked.office, found)
    after = where(visits(stocked, trip))
    assert after[off.id][0] == "取消"
    assert {key: value for key, value in after.items() if key != off.id} == {
        key: value for key, value in before.items() if key != off.id
    }
    assert stocked.office.get(Visit, off.id).reason == "董事长临时出国"
    assert check_trip(stocked.office, trip) == ()
    stocked.office.undo()
    assert where(visits(stocked, trip)) == before
    assert check(stocked.office).wrong == []


def test_a_free_hand_moves_whom_it_likes_and_says_whom_to_call(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    off = ahead(stocked, trip, moment)[0]
    found = replan(stocked.office, trip, Upset("cancel", off.id), moment, keep=False, iterations=400)
    assert not found.keeping
    for shift in found.shifts:
        if " 改到 " in shift.text and "08:" not in shift.text:
            assert all(contact.mobile for contact in shift.call)
    take(stocked.office, found)
    assert check_trip(stocked.office, trip) == ()


def test_who_was_skipped_is_seen_on_another_day(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    today = next(one for one in ahead(stocked, trip, moment) if one.day == TUESDAY)
    found = replan(stocked.office, trip, Upset("skip", today.id, "堵车"), moment, iterations=400)
    take(stocked.office, found)
    now = stocked.office.get(Visit, today.id)
    assert now.reason == "堵车"
    assert now.state == "待排" or (now.day is not None and now.day > TUESDAY)


def test_a_visit_moved_by_its_host_is_an_appointment(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    moved = ahead(stocked, trip, moment)[0]
    thursday = MONDAY + timedelta(days=3)
    found = replan(stocked.office, trip, Upset("move", moved.id, day=thursday, start=600), moment, iterations=400)
    take(stocked.office, found)
    now = stocked.office.get(Visit, moved.id)
    assert (now.day, now.start, now.fixed, now.state) == (thursday, 600, True, "已排")


def test_an_hour_that_cannot_be_kept_is_said(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    moved = ahead(stocked, trip, moment)[0]
    late = MONDAY + timedelta(days=4)
    found = replan(stocked.office, trip, Upset("move", moved.id, day=late, start=1020), moment, iterations=100)
    assert any("赶不上" in shift.text for shift in found.shifts)


@pytest.mark.parametrize(
    ("upset", "sentence"),
    [
        (Upset("move", 1, day=MONDAY, start=480), "已经过了"),
        (Upset("move", 1, day=MONDAY + timedelta(days=30), start=600), "不在这次外出的日子里"),
        (Upset("move", 1), "还没有说"),
        (Upset("cancel", 7), "已经不在"),
    ],
)
def test_what_cannot_be_is_a_sentence(stocked: Stocked, trip: int, upset: Upset, sentence: str) -> None:
    own = ahead(stocked, trip, at(TUESDAY, 8))[0].id if upset.visit == 1 else upset.visit
    wrong = Upset(upset.what, own, upset.reason, upset.day, upset.start)
    with pytest.raises(KnownError, match=sentence):
        replan(stocked.office, trip, wrong, at(TUESDAY, 8), iterations=10)


def test_when_the_trip_is_over_only_the_one_visit_changes(stocked: Stocked, trip: int) -> None:
    late = at(MONDAY + timedelta(days=7), 9)
    last = visits(stocked, trip)[-1]
    with pytest.raises(KnownError, match="没有剩下的时间"):
        replan(stocked.office, trip, Upset("cancel", last.id), late, iterations=10)
    only_this(stocked.office, Upset("cancel", last.id, "没有去"), late)
    assert (stocked.office.get(Visit, last.id).state, stocked.office.get(Visit, last.id).reason) == ("取消", "没有去")


def test_what_is_typed_up_cannot_be_called_off(stocked: Stocked, trip: int) -> None:
    first = visits(stocked, trip)[0]
    log_visit(stocked.office, first.id, said="谈了")
    with pytest.raises(KnownError, match="记录为见过面"):
        replan(stocked.office, trip, Upset("cancel", first.id), at(TUESDAY, 8), iterations=10)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 4),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["cancel", "skip", "late"]),
    st.integers(0, 7),
    st.booleans(),
)
def test_at_any_moment_the_past_stays_and_nothing_is_planned_into_it(
    stocked: Stocked, trip: int, days: int, hour: int, minute: int, what: str, which: int, keep: bool
) -> None:
    moment = at(MONDAY + timedelta(days=days), hour, minute)
    now = (moment.date(), moment.hour * 60 + moment.minute)
    before = {one.id: one for one in visits(stocked, trip)}
    target = list(before.values())[which]
    upset = Upset(what, 0 if what == "late" else target.id)  # type: ignore[arg-type]
    try:
        found = replan(stocked.office, trip, upset, moment, keep=keep, iterations=60)
    except KnownError:
        return
    done = take(stocked.office, found)
    for visit in visits(stocked, trip):
        was = before[visit.id]
        behind = was.day is not None and (was.day, was.start or 0) <= now
        if behind and visit.id != upset.visit:
            assert (visit.state, visit.day, visit.start, visit.team) == (was.state, was.day, was.start, was.team)
        elif visit.state == "已排":
            assert visit.day is not None
            assert (visit.day, visit.start) >= now
    assert {leg.team for leg in load_trip(stocked.office, trip).legs if leg.id < 0} == set()
    if done:
        stocked.office.undo()
    assert where(visits(stocked, trip)) == where(list(before.values()))


def test_a_visit_nobody_planned_is_there_with_its_new_investor_and_the_rest_gives_way(
    stocked: Stocked, trip: int
) -> None:
    book = load_trip(stocked.office, trip)
    moment = at(TUESDAY, 9, 7)
    wish = Unplanned(name="澄榕膜材料有限公司", place="320200", contact="沈一帆", mobile="13900000000")
    key = add_unplanned(stocked.office, trip, book.teams[0].id, wish, moment).key
    visit = stocked.office.get(Visit, key)
    assert (visit.day, visit.start, visit.state, visit.unplanned) == (TUESDAY, 9 * 60 + 5, "已排", True)
    assert visit.members == book.teams[0].members
    investor = stocked.office.get(Investor, visit.investor)
    assert (investor.name, investor.place) == ("澄榕膜材料有限公司", "320200")
    assert stocked.office.get(Contact, visit.contacts[0]).name == "沈一帆"
    take(stocked.office, replan(stocked.office, trip, Upset(), moment, iterations=STEPS))
    again = stocked.office.get(Visit, key)
    assert (again.day, again.start) == (TUESDAY, 9 * 60 + 5)
    with pytest.raises(KnownError, match="见的是谁"):
        add_unplanned(stocked.office, trip, 0, Unplanned(), moment)


def test_the_day_says_who_is_next_and_how_long_it_is(stocked: Stocked, trip: int) -> None:
    first = min((one for one in visits(stocked, trip) if one.day == TUESDAY), key=lambda one: (one.start or 0, one.id))
    start = first.start or 0
    moment = at(TUESDAY, 0) + timedelta(minutes=start - 80)
    found = day_out(stocked.office, trip, moment, first.team)
    assert found.next is not None
    assert (found.next.visit.id, found.minutes_left, found.day) == (first.id, 80, TUESDAY)
    assert found.dossier is not None
    assert found.dossier.investor.id == first.investor
    assert found.next.hosts[0].mobile == "13800000000"
    assert any("迁移注册" in point.text for point in found.dossier.avoid)
    assert trip_under_way(stocked.office, TUESDAY) == trip
    assert trip_under_way(stocked.office, MONDAY + timedelta(days=20)) == 0


def test_on_another_day_of_the_trip_its_own_list_is_shown(stocked: Stocked, trip: int) -> None:
    found = day_out(stocked.office, trip, at(TUESDAY, 8), day=MONDAY)
    assert {one.visit.day for one in found.meetings} <= {MONDAY}
    assert len(found.days) == 5


def _name(stocked: Stocked, visit: Visit) -> str:
    return stocked.office.get(Investor, visit.investor).name


def test_a_cancelled_meeting_before_the_trip_begins_moves_nobody_else(stocked: Stocked, trip: int) -> None:
    for visit in [one for one in visits(stocked, trip) if one.state == "已排"]:
        upset = Upset("cancel", visit.id)
        found = replan(stocked.office, trip, upset, at(MONDAY - timedelta(days=1), 10), iterations=STEPS)
        assert found.keeping
        assert [shift.visit for shift in found.shifts] == [visit.id]


def test_of_two_who_plan_the_rest_at_once_the_second_plans_again(stocked: Stocked, trip: int) -> None:
    moment = at(TUESDAY, 8)
    first, second = ahead(stocked, trip, moment)[:2]
    mine, theirs = (
        replan(stocked.office, trip, Upset("cancel", one.id), moment, iterations=STEPS) for one in (first, second)
    )
    take(stocked.office, theirs)
    ways = load_trip(stocked.office, trip).legs
    with pytest.raises(KnownError, match="刚刚被别人改过"):
        take(stocked.office, mine)
    assert load_trip(stocked.office, trip).legs == ways
    take(stocked.office, replan(stocked.office, trip, Upset("cancel", first.id), moment, iterations=STEPS))
    assert check_trip(stocked.office, trip) == ()


def test_a_ticket_bought_while_another_plan_was_looked_at_is_not_lost(stocked: Stocked, trip: int) -> None:
    found = compare(stocked.office, trip, WhatIf(unpin=True), iterations=STEPS)
    leg = load_trip(stocked.office, trip).legs[0]
    set_ticket(stocked.office, leg.id, {"ticket": "G1234", "start": leg.start, "end": leg.end})
    with pytest.raises(KnownError, match="刚刚被别人改过"):
        take_other(stocked.office, found)
    assert "G1234" in {one.ticket for one in load_trip(stocked.office, trip).legs}


def test_a_visit_put_in_while_the_rest_is_planned_stands_in_nobodys_way(stocked: Stocked, trip: int) -> None:
    moment, added = at(TUESDAY, 8), []

    def meanwhile() -> bool:
        if not added:
            added.append(add_unplanned(stocked.office, trip, 0, Unplanned(name="路遇公司"), moment).key)
        return False

    found = replan(stocked.office, trip, Upset(), moment, iterations=STEPS, cancelled=meanwhile)
    with pytest.raises(KnownError, match="刚刚被别人改过"):
        take(stocked.office, found)
    assert added[0] in {one.id for one in visits(stocked, trip)}


def test_a_ticket_for_a_day_that_the_trip_has_no_more_is_told(stocked: Stocked, trip: int) -> None:
    leg = load_trip(stocked.office, trip).legs[-1]
    set_ticket(stocked.office, leg.id, {"mode": "高铁", "ticket": "G1234", "start": leg.start, "end": leg.end})
    own = stocked.office.get(Trip, trip)
    assert leg.day is not None
    edit_record(stocked.office, Trip, trip, {"end": leg.day - timedelta(days=1)}, own.version)
    assert any("G1234：不在这次外出的日子里" in clash.text for clash in check_trip(stocked.office, trip))
