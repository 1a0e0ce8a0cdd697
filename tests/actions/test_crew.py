"""建议人选 on an office: who is free, who knows whom, what it costs, and the teams that are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.crew import people_of, propose_crew, take_crew
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.crew import Person, Proposal


def put(stocked: Stocked, *records: Record) -> None:
    with stocked.office.transaction("添加") as tx:
        tx.save_all(list(records))


def member(stocked: Stocked, name: str) -> Member:
    return next(one for one in stocked.office.find(Query(Member)) if one.name == name)


def give(stocked: Stocked, name: str, **values: object) -> None:
    put(stocked, replace(member(stocked, name), **values))  # type: ignore[arg-type]


def empty_trip(stocked: Stocked, *targets: TargetWish, days: int = 5) -> int:
    return new_trip(stocked.office, TripWish("对接", MONDAY, date(2026, 12, 6 + days), name="本次", targets=targets))[0]


def other_trip(stocked: Stocked, start: date, end: date, *names: str) -> int:
    members = tuple(member(stocked, name).id for name in names)
    wish = TripWish("对接", start, end, name="别的外出", teams=(TeamWish("一队", members),))
    return new_trip(stocked.office, wish)[0]


def who(proposal: Proposal) -> list[list[str]]:
    return [[pick.person.name for pick in team.picks] for team in proposal.teams]


def person(stocked: Stocked, trip: int, name: str) -> Person:
    book = load_trip(stocked.office, trip)
    return next(one for one in people_of(stocked.office, book.trip, list(book.investors.values())) if one.name == name)


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Two hosts, one of them in Japan; 李想 speaks Japanese, 陈燕 talks."""
    give(stocked, "李想", languages=("日语 熟练",))
    give(stocked, "陈燕", skills=("谈判",))
    put(stocked, replace(stocked.investors[1], name="东瀛精工", place="X:日本"))
    hosts = (TargetWish(stocked.investors[0].id), TargetWish(stocked.investors[1].id))
    return empty_trip(stocked, *hosts)


def test_the_smallest_team_is_proposed_and_stored_as_one_change(stocked: Stocked, trip: int) -> None:
    proposal = propose_crew(stocked.office, trip)
    assert who(proposal) == [["李想", "陈燕"]]
    take_crew(stocked.office, trip, proposal, [(n, pick.person.who) for n, pick in proposal.fresh])
    (team,) = load_trip(stocked.office, trip).teams
    assert (team.name, team.members) == ("一队", (member(stocked, "李想").id, member(stocked, "陈燕").id))
    stocked.office.undo()
    assert load_trip(stocked.office, trip).teams == []


def test_some_can_be_taken_and_the_rest_is_proposed_around_them(stocked: Stocked, trip: int) -> None:
    take_crew(stocked.office, trip, propose_crew(stocked.office, trip), [(0, (False, member(stocked, "陈燕").id))])
    again = propose_crew(stocked.office, trip)
    assert [(pick.person.name, pick.fresh) for pick in again.teams[0].picks] == [("陈燕", False), ("李想", True)]
    take_crew(stocked.office, trip, again, [(n, pick.person.who) for n, pick in again.fresh])
    assert [len(team.members) for team in load_trip(stocked.office, trip).teams] == [2]


def test_who_was_chosen_can_be_set_aside(stocked: Stocked, trip: int) -> None:
    give(stocked, "王磊")
    with stocked.office.transaction("分队") as tx:
        tx.save(Team(trip=trip, name="一队", members=(member(stocked, "王磊").id,)))
    anew = propose_crew(stocked.office, trip, anew=True)
    assert who(anew) == [["李想", "陈燕"]]
    take_crew(stocked.office, trip, anew, [(n, pick.person.who) for n, pick in anew.fresh], anew=True)
    assert [len(team.members) for team in load_trip(stocked.office, trip).teams] == [2]


def test_whoever_is_on_leave_is_not_proposed_and_named_with_the_reason(stocked: Stocked, trip: int) -> None:
    absence = Absence(member=member(stocked, "李想").id, start=date(2026, 12, 9), end=date(2026, 12, 20))
    put(stocked, absence)
    proposal = propose_crew(stocked.office, trip)
    assert "李想" not in who(proposal)[0]
    (gap,) = proposal.teams[0].gaps
    assert (gap.need.skill, [(one.name, why) for one, why in gap.could]) == (
        "日语",
        [("李想", "12-09 至 12-20 休假")],
    )
    edit_record(stocked.office, Absence, stocked.office.find(Query(Absence))[0].id, {"start": date(2026, 12, 14)}, 1)
    assert "李想" in who(propose_crew(stocked.office, trip))[0]


def test_a_member_on_two_trips_at_once_is_taken_by_the_first(stocked: Stocked, trip: int) -> None:
    other = other_trip(stocked, date(2026, 12, 10), date(2026, 12, 15), "李想")
    assert person(stocked, trip, "李想").busy == "12-10 至 12-15 在“别的外出”"
    put(stocked, replace(stocked.office.get(Trip, other), state="取消"))
    assert person(stocked, trip, "李想").busy == ""


def test_who_was_away_much_of_late_stays_at_home_where_another_will_do(stocked: Stocked, trip: int) -> None:
    give(stocked, "张敏", skills=("谈判",))
    other_trip(stocked, date(2026, 11, 16), date(2026, 11, 20), "陈燕")
    assert person(stocked, trip, "陈燕").load == 5
    assert who(propose_crew(stocked.office, trip)) == [["张敏", "李想"]]


def test_the_term_of_an_expert_must_hold_these_days(stocked: Stocked, trip: int) -> None:
    put(
        stocked,
        Expert(name="旧译员", languages=("日语",), term=Period(When(2024), When(2026, 11))),
        Expert(name="新译员", languages=("日语",), term=Period(When(2025), When(2026))),
        Absence(member=member(stocked, "李想").id, start=MONDAY),
    )
    proposal = propose_crew(stocked.office, trip)
    assert "新译员" in who(proposal)[0]
    assert person(stocked, trip, "旧译员").busy == "聘期 2024 至 2026-11，不含这几天"


def test_how_somebody_knows_a_host_is_said(stocked: Stocked, trip: int) -> None:
    first = stocked.investors[0]
    zhang, wang, chen = (member(stocked, name) for name in ("张敏", "王磊", "陈燕"))
    put(
        stocked,
        replace(first, owner=chen.id, version=stocked.office.get(Investor, first.id).version),
        Visit(investor=first.id, members=(zhang.id,), state="已完成", day=date(2026, 5, 10)),
        Visit(investor=first.id, members=(zhang.id, wang.id), state="已完成", day=date(2026, 3, 1)),
        Contact(investor=stocked.investors[1].id, name="周立", school="吴越科技大学", home_place="320205"),
    )
    give(stocked, "王磊", home_place="320200")
    give(stocked, "李想", school="吴越科技大学", home_place="320200")
    knows = {name: list(person(stocked, trip, name).knows.values()) for name in ("张敏", "王磊", "李想", "陈燕")}
    assert knows == {
        "张敏": ["2026-05-10见过"],
        "王磊": ["2026-03-01见过", "与周立同乡（无锡）"],
        "李想": ["与周立同校（吴越科技大学）"],
        "陈燕": ["责任人"],
    }


def test_what_the_stage_of_a_project_calls_for_is_covered(stocked: Stocked) -> None:
    give(stocked, "王磊", authority="代办立项和注册登记")
    project = Project(name="二期")
    put(stocked, project)
    put(
        stocked,
        Stake(project=project.id, investor=stocked.investors[0].id),
        Milestone(project=project.id, step="签约", actual=When(2026, 6)),
    )
    trip = empty_trip(stocked, TargetWish(stocked.investors[0].id))
    (team,) = propose_crew(stocked.office, trip).teams
    assert [pick.words for pick in team.picks if pick.person.name == "王磊"] == ["经营主体登记（授权事项）"]


def test_what_a_team_costs_and_the_limit_of_the_fund(stocked: Stocked, trip: int) -> None:
    cost = propose_crew(stocked.office, trip).cost.fen
    assert cost > 2 * 5 * 18_000
    stored = stocked.office.get(Trip, trip)
    put(stocked, replace(stored, fund_limit=Money(cost - 1)))
    assert len(who(propose_crew(stocked.office, trip))[0]) == 1
    put(stocked, replace(stocked.office.get(Trip, trip), fund_limit=Money(0)))
    assert who(propose_crew(stocked.office, trip)) == [[]]


def test_two_teams_share_the_hosts_by_where_they_are(stocked: Stocked) -> None:
    for name in ("张敏", "王磊", "李想", "陈燕"):
        give(stocked, name, skills=("谈判",))
    trip = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:4]])
    with stocked.office.transaction("清空") as tx:
        for team in load_trip(stocked.office, trip).teams:
            tx.save(replace(team, members=()))
    proposal = propose_crew(stocked.office, trip)
    assert [[host.where for host in team.hosts] for team in proposal.teams] == [
        ["310000", "320200"],
        ["320500", "330100"],
    ]
    assert sorted(map(len, who(proposal))) == [2, 2]


def test_a_trip_without_targets_says_what_to_do_first(stocked: Stocked) -> None:
    with pytest.raises(KnownError, match="还没有拜访对象"):
        propose_crew(stocked.office, empty_trip(stocked))


def test_a_trip_without_days_and_a_trip_nobody_can_make(stocked: Stocked, trip: int) -> None:
    unread = replace(stocked.office.get(Trip, trip), start=None, end=None, raw={"start": "年底", "end": "年底"})
    put(stocked, unread)
    assert who(propose_crew(stocked.office, trip)) == [["李想", "陈燕"]]
    with stocked.office.transaction("都走了") as tx:
        for one in stocked.office.find(Query(Member)):
            tx.remove(one)
    assert who(propose_crew(stocked.office, trip)) == [[]]


def test_a_proposal_for_teams_that_have_changed_is_not_stored(stocked: Stocked, trip: int) -> None:
    proposal = propose_crew(stocked.office, trip)
    put(stocked, Team(trip=trip, name="先遣队"), Team(trip=trip, name="一队"))
    with pytest.raises(KnownError, match="分队已经变了"):
        take_crew(stocked.office, trip, proposal, [(n, pick.person.who) for n, pick in proposal.fresh])


def test_three_hundred_hosts_and_two_hundred_people_are_answered(stocked: Stocked) -> None:
    unit = stocked.members[0].unit
    hosts = [Investor(name=f"客商{n}", place="320200", chain=f"链{n % 9}") for n in range(300)]
    ours = [Member(name=f"人{n}", unit=unit, skills=("谈判",) if n % 5 else (f"链{n % 9}",)) for n in range(200)]
    put(stocked, *hosts, *ours)
    put(stocked, *[Visit(investor=one.id, state="已完成", members=(ours[n % 200].id,)) for n, one in enumerate(hosts)])
    trip = empty_trip(stocked, *[TargetWish(one.id) for one in hosts])
    (team,) = propose_crew(stocked.office, trip).teams
    assert len(team.picks) == 5
    assert any("谈判" in pick.words for pick in team.picks)
