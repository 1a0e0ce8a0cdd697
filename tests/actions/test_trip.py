"""A trip from the wish to the log."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.brief import briefing_of
from zhaoshang_desktop.actions.candidates import candidates
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import (
    TargetWish,
    TeamWish,
    TripWish,
    add_targets,
    cancel_visit,
    check_trip,
    log_visit,
    move_visit,
    new_trip,
    plan_trip,
    remove_targets,
    set_teams,
)
from zhaoshang_desktop.actions.trip_book import find_trip, load_trip
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.trip import Leg, Trip
from zhaoshang_desktop.store.check import check

STEPS = 60


def targets(stocked: Stocked, count: int) -> list[TargetWish]:
    return [TargetWish(one.id) for one in stocked.investors[:count]]


def test_a_plan_is_kept_with_its_legs_and_its_budget(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 8))
    outcome = plan_trip(stocked.office, trip, iterations=2_500)
    book = load_trip(stocked.office, trip)
    assert (outcome.placed, outcome.clashes, outcome.left_out) == (8, (), ())
    assert {visit.state for visit in book.visits} == {"已排"}
    assert all(visit.day and visit.start and visit.team for visit in book.visits)
    assert book.trip.state == "已排"
    assert {leg.team for leg in book.legs} == {visit.team for visit in book.visits}
    assert "伙食补助" in [line.item for line in book.budget]
    assert check_trip(stocked.office, trip) == ()
    assert check(stocked.office).wrong == []


def test_undo_takes_a_whole_plan_back(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 4))
    plan_trip(stocked.office, trip, iterations=STEPS)
    stocked.office.undo()
    book = load_trip(stocked.office, trip)
    assert {visit.state for visit in book.visits} == {"待排"}
    assert (book.legs, book.budget, book.trip.state) == ([], [], "草稿")


def test_a_fixed_appointment_keeps_its_hour(stocked: Stocked) -> None:
    fixed = TargetWish(stocked.investors[3].id, day=date(2026, 12, 8), start=9 * 60 + 30)
    trip = stocked.trip(*targets(stocked, 3), fixed)
    plan_trip(stocked.office, trip, iterations=STEPS)
    kept = next(one for one in load_trip(stocked.office, trip).visits if one.investor == fixed.investor)
    assert (kept.day, kept.start) == (date(2026, 12, 8), 9 * 60 + 30)


def test_a_visit_put_somewhere_by_hand_is_planned_around(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 6))
    plan_trip(stocked.office, trip, iterations=STEPS)
    book = load_trip(stocked.office, trip)
    visit, team = book.visits[0], book.teams[1].id
    move_visit(stocked.office, visit.id, team, date(2026, 12, 9), 14 * 60)
    plan_trip(stocked.office, trip, iterations=STEPS)
    again = next(one for one in load_trip(stocked.office, trip).visits if one.id == visit.id)
    assert (again.team, again.day, again.start, again.pinned) == (team, date(2026, 12, 9), 14 * 60, True)


def test_a_pin_that_could_not_be_kept_is_not_given_up_by_planning_again(stocked: Stocked) -> None:
    office = stocked.office
    trip = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:3]], teams=1)
    book = load_trip(office, trip)
    for visit in book.visits:
        move_visit(office, visit.id, book.teams[0].id, date(2026, 12, 9), 10 * 60)
    for _ in range(2):
        outcome = plan_trip(office, trip, iterations=100)
        assert outcome.placed == 1
        assert "钉住的时间" in outcome.clashes[0].text
    assert {(one.day, one.start) for one in load_trip(office, trip).visits} == {(date(2026, 12, 9), 10 * 60)}


def test_two_visits_at_the_same_hour_are_a_clash_with_a_sentence(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 2), teams=1)
    plan_trip(stocked.office, trip, iterations=STEPS)
    book = load_trip(stocked.office, trip)
    first, second = book.visits
    assert first.day is not None
    assert first.start is not None
    move_visit(stocked.office, second.id, first.team, first.day, first.start)
    clashes = check_trip(stocked.office, trip)
    assert any("重叠" in clash.text for clash in clashes)


def test_a_leg_with_a_ticket_stays_when_the_plan_is_made_again(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 2), teams=1)
    plan_trip(stocked.office, trip, iterations=STEPS)
    leg = load_trip(stocked.office, trip).legs[0]
    edit_record(stocked.office, Leg, leg.id, {"ticket": "G33 05车", "estimated": False}, leg.version)
    plan_trip(stocked.office, trip, iterations=STEPS)
    assert [one.ticket for one in load_trip(stocked.office, trip).legs if one.id == leg.id] == ["G33 05车"]


def test_what_cannot_be_seen_says_why(stocked: Stocked) -> None:
    long = TargetWish(stocked.investors[0].id, minutes=20 * 60)
    trip = stocked.trip(long, *targets(stocked, 3)[1:])
    outcome = plan_trip(stocked.office, trip, iterations=STEPS)
    assert "最长只能给" in outcome.left_out[0].text
    left = next(one for one in load_trip(stocked.office, trip).visits if one.investor == long.investor)
    assert (left.state, left.left_out) == ("待排", outcome.left_out[0].text)


def test_a_trip_without_teams_or_targets_says_what_is_missing(stocked: Stocked) -> None:
    with pytest.raises(KnownError, match="拜访对象"):
        plan_trip(stocked.office, stocked.trip())
    with pytest.raises(KnownError, match="分队"):
        plan_trip(stocked.office, stocked.trip(*targets(stocked, 1), teams=0))


def test_a_cancelled_planning_changes_nothing(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 3))
    with pytest.raises(KnownError, match="取消"):
        plan_trip(stocked.office, trip, iterations=STEPS, cancelled=lambda: True)
    assert {visit.state for visit in load_trip(stocked.office, trip).visits} == {"待排"}


def test_a_trip_that_ends_before_it_begins_is_refused(stocked: Stocked) -> None:
    with pytest.raises(KnownError, match="早于"):
        new_trip(stocked.office, TripWish("走访", MONDAY, date(2026, 12, 1)))


def test_who_is_on_the_list_already_is_not_put_on_it_twice(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 2))
    add_targets(stocked.office, trip, targets(stocked, 3))
    book = load_trip(stocked.office, trip)
    assert len(book.visits) == 3
    remove_targets(stocked.office, [book.visits[0].id])
    assert len(load_trip(stocked.office, trip).visits) == 2


def test_the_visits_of_a_team_that_is_gone_wait_again(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 4))
    plan_trip(stocked.office, trip, iterations=STEPS)
    first = load_trip(stocked.office, trip).teams[0]
    set_teams(stocked.office, trip, [TeamWish("一队", first.members, key=first.id)])
    book = load_trip(stocked.office, trip)
    assert [team.id for team in book.teams] == [first.id]
    assert {visit.team for visit in book.visits} <= {first.id, 0}


def test_a_cancelled_visit_frees_its_time_and_stays_on_record(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 3), teams=1)
    plan_trip(stocked.office, trip, iterations=STEPS)
    visit = load_trip(stocked.office, trip).visits[1]
    cancel_visit(stocked.office, visit.id)
    book = load_trip(stocked.office, trip)
    assert [one.state for one in book.visits if one.id == visit.id] == ["取消"]
    assert plan_trip(stocked.office, trip, iterations=STEPS).placed == 2


def test_the_log_reaches_the_investor(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 2), teams=1)
    plan_trip(stocked.office, trip, iterations=STEPS)
    visit = load_trip(stocked.office, trip).visits[0]
    log_visit(stocked.office, visit.id, said="谈了二期", intention="B", next_step="寄图纸", next_due=date(2026, 12, 20))
    investor = stocked.office.get(Investor, visit.investor)
    assert (investor.last_contact, investor.next_step) == (visit.day, "寄图纸")
    logged = next(one for one in load_trip(stocked.office, trip).visits if one.id == visit.id)
    assert logged.members == load_trip(stocked.office, trip).teams[0].members
    plan_trip(stocked.office, trip, iterations=STEPS)
    kept = next(one for one in load_trip(stocked.office, trip).visits if one.id == visit.id)
    assert (kept.state, kept.day, kept.start) == ("已完成", visit.day, visit.start)


def test_a_trip_is_found_by_id_or_a_unique_part_of_its_name(stocked: Stocked) -> None:
    trip = stocked.trip()
    assert find_trip(stocked.office, str(trip)).id == trip
    assert find_trip(stocked.office, "新材料小分队").id == trip
    stocked.trip()
    with pytest.raises(KnownError, match="2 次"):
        find_trip(stocked.office, "新材料")
    with pytest.raises(KnownError, match="没有"):
        find_trip(stocked.office, "珠三角")


def test_candidates_leave_out_who_is_on_the_trip_and_say_why(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 2))
    found = candidates(stocked.office, trip)
    assert {one.investor.id for one in found} == {one.id for one in stocked.investors[2:]}
    assert all(one.because for one in found)


def test_the_pack_gathers_history_and_people(stocked: Stocked) -> None:
    before = stocked.trip(*targets(stocked, 1), teams=1)
    plan_trip(stocked.office, before, iterations=STEPS)
    log_visit(stocked.office, load_trip(stocked.office, before).visits[0].id, result="有意向")
    trip = stocked.trip(*targets(stocked, 1))
    pack = briefing_of(stocked.office, trip)
    assert [visit.result for visit in pack.past_of(pack.investors[0])] == ["有意向"]  # type: ignore[index]
    assert [contact.name for contact in pack.contacts] == ["周远航"]
    assert {member.name for member in pack.members} == {"张敏", "王磊", "李想", "陈燕"}


def test_a_trip_in_the_bin_is_not_found(stocked: Stocked) -> None:
    trip = stocked.trip()
    with stocked.office.transaction("删除") as tx:
        tx.remove(tx.get(Trip, trip))
    with pytest.raises(KnownError):
        find_trip(stocked.office, "新材料")


@pytest.mark.parametrize("place", ["", "999999"])
def test_a_place_nobody_knows_the_way_to_is_planned_by_a_guess_that_is_told(stocked: Stocked, place: str) -> None:
    with stocked.office.transaction("准备") as tx:
        one = tx.save(Investor(name="海拓半导体有限公司", short_name="海拓", place=place))
    trip = stocked.trip(TargetWish(one.id), *targets(stocked, 1))
    outcome = plan_trip(stocked.office, trip, iterations=STEPS)
    assert outcome.placed == 2
    told = [clash.text for clash in check_trip(stocked.office, trip)]
    assert told == [clash.text for clash in outcome.clashes]
    assert [text.partition("，")[0] for text in told] == ["海拓：所在城市不清楚"]


def test_a_trip_from_nowhere_says_so(stocked: Stocked) -> None:
    wish = TripWish("看看", MONDAY, MONDAY, targets=(TargetWish(stocked.investors[0].id),), teams=(TeamWish("一队"),))
    trip, _ = new_trip(stocked.office, wish)
    assert [one.text.partition("，")[0] for one in plan_trip(stocked.office, trip, iterations=STEPS).clashes] == [
        "出发地不清楚"
    ]


def test_a_trip_over_a_holiday_says_that_nobody_works(stocked: Stocked) -> None:
    holiday = date(2026, 10, 1)
    whom = (TargetWish(stocked.investors[0].id),)
    wish = TripWish("看看", holiday, holiday, "371300", targets=whom, teams=(TeamWish("一队"),))
    trip, _ = new_trip(stocked.office, wish)
    outcome = plan_trip(stocked.office, trip, iterations=STEPS)
    assert outcome.placed == 0
    assert "工作日" in outcome.left_out[0].text


def test_a_trip_whose_visits_are_all_held_has_nothing_to_plan_and_says_so(stocked: Stocked) -> None:
    key = stocked.trip(TargetWish(stocked.investors[0].id))
    plan_trip(stocked.office, key, iterations=20)
    log_visit(stocked.office, load_trip(stocked.office, key).visits[0].id, said="谈过了")
    with pytest.raises(KnownError, match="都已经见过了"):
        plan_trip(stocked.office, key, iterations=20)


def test_twelve_teams_without_a_name_are_called_by_their_numbers(stocked: Stocked) -> None:
    trip = stocked.trip(*targets(stocked, 1))
    set_teams(stocked.office, trip, [TeamWish("") for _ in range(12)])
    names = [team.name for team in load_trip(stocked.office, trip).teams]
    assert names == [*(f"{numeral}队" for numeral in "一二三四五六七八九十"), "11队", "12队"]
