"""The whole library ranked for a trip, with what the records beside an investor tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.candidates import Sieve, candidates, wanted_of
from zhaoshang_desktop.actions.trip import TargetWish
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.ranking import score_of
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.suggest import terms_of


def put(stocked: Stocked, *records: Record) -> None:
    with stocked.office.transaction("添加") as tx:
        tx.save_all(list(records))


def names(stocked: Stocked, trip: int, sieve: Sieve = Sieve()) -> list[str]:  # noqa: B008 - a frozen value
    return [found.investor.name for found in candidates(stocked.office, trip, sieve)]


def reasons(stocked: Stocked, trip: int, investor: Investor) -> list[str]:
    found = next(one for one in candidates(stocked.office, trip) if one.investor.id == investor.id)
    return [because.words for because in found.because]


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """A trip that sees the first firm already."""
    return stocked.trip(TargetWish(stocked.investors[0].id))


def test_those_on_the_trip_and_those_in_the_bin_are_not_named(stocked: Stocked, trip: int) -> None:
    with stocked.office.transaction("删除") as tx:
        tx.remove(stocked.investors[1])
    found = names(stocked, trip)
    assert len(found) == 8
    assert not {"青禾0新材料有限公司", "青禾1新材料有限公司"} & set(found)


def test_the_order_is_that_of_the_whole_score(stocked: Stocked, trip: int) -> None:
    put(
        stocked,
        *[
            Investor(
                name=f"试{n}", level="ABC"[n % 3], chain=("新材料", "")[n % 2], place=("320281", "440300")[n // 2 % 2]
            )
            for n in range(40)
        ],
    )
    book = load_trip(stocked.office, trip)
    terms = terms_of(wanted_of(stocked.office, book))
    everybody = [
        one for one in stocked.office.find(Query(Investor, order=("id",))) if one.id != stocked.investors[0].id
    ]
    best = sorted(everybody, key=lambda one: (-score_of(one, terms), one.id))
    assert names(stocked, trip) == [one.name for one in best if score_of(one, terms) > 0]
    assert [one.investor.name for one in candidates(stocked.office, trip, limit=3)] == [one.name for one in best[:3]]


def test_what_other_records_tell_is_said(stocked: Stocked, trip: int) -> None:
    second, third, fourth, fifth = stocked.investors[1:5]
    zhang, wang = stocked.members[:2]
    project = Project(name="二期")
    put(stocked, project)
    put(
        stocked,
        replace(stocked.office.get(Member, zhang.id), school="吴越科技大学"),
        replace(stocked.office.get(Member, wang.id), home_place="370400"),
        Contact(investor=second.id, name="周立", school="吴越科技大学"),
        Contact(investor=third.id, name="林珊", home_place="370402"),
        Lead(subject="拟扩产", investor=fourth.id, channel="同学", provider="何振", state="跟进中"),
        Lead(subject="旧事", investor=fifth.id, channel="同学", provider="何振", state="失效"),
        Visit(investor=fifth.id, day=date(2026, 3, 1), state="已完成", members=(zhang.id,)),
        Visit(investor=fifth.id, day=date(2026, 5, 10), state="已完成", members=(wang.id, zhang.id)),
        Stake(project=project.id, investor=second.id),
    )
    put(
        stocked,
        Stake(project=project.id, investor=third.id),
        Milestone(project=project.id, step="签约", actual=When(2026)),
    )
    assert "周立与张敏同校（吴越科技大学）" in reasons(stocked, trip, second)
    assert "林珊与王磊同乡（枣庄）" in reasons(stocked, trip, third)
    assert "项目已到签约阶段" in reasons(stocked, trip, third)
    assert {"有信息待跟进：拟扩产", "同学何振牵线"} <= set(reasons(stocked, trip, fourth))
    assert "王磊2026-05-10见过" in reasons(stocked, trip, fifth)
    assert not [said for said in reasons(stocked, trip, fifth) if "信息" in said]


def test_the_office_changes_the_weights_where_they_stand(stocked: Stocked, trip: int) -> None:
    put(
        stocked, Investor(name="外链", place="440300", level="A"), Investor(name="同链", chain="新材料", place="440300")
    )
    before = names(stocked, trip)
    assert before.index("同链") < before.index("外链")
    (line,) = [one for one in stocked.office.find(Query(TargetRule)) if one.item == "同一产业链"]
    put(stocked, replace(line, value=Decimal(0)))
    after = names(stocked, trip)
    assert after.index("外链") < after.index("同链")


def test_an_office_without_the_table_ranks_by_what_ships(stocked: Stocked, trip: int) -> None:
    before = names(stocked, trip)
    with stocked.office.transaction("清空") as tx:
        tx.erase(TargetRule, [one.id for one in stocked.office.find(Query(TargetRule))])
    assert names(stocked, trip) == before


def test_filters_narrow_what_is_ranked(stocked: Stocked, trip: int) -> None:
    a, b, c = stocked.investors[1:4]
    project = Project(name="二期")
    day = date(2026, 11, 1)
    put(stocked, project)
    put(
        stocked,
        replace(stocked.office.get(Investor, a.id), chain="高端装备", level="B"),
        Visit(investor=b.id, day=day, state="已完成"),
        Lead(subject="拟扩产", investor=c.id, state="待核实"),
        Stake(project=project.id, investor=c.id),
        Milestone(project=project.id, step="对接", actual=When(2026)),
    )
    assert names(stocked, trip, Sieve(chain="高端装备")) == [a.name]
    assert names(stocked, trip, Sieve(levels=("B", "C"))) == [a.name]
    assert names(stocked, trip, Sieve(places=("310000", "440000"))) == [stocked.investors[2].name]
    assert b.name not in names(stocked, trip, Sieve(silent=30))
    assert b.name in names(stocked, trip, Sieve(silent=20))
    assert names(stocked, trip, Sieve(with_lead=True)) == names(stocked, trip, Sieve(in_talk=True)) == [c.name]
    assert names(stocked, trip, Sieve(with_lead=True, levels=("C",))) == []


def test_words_find_those_too_for_whom_nothing_speaks(stocked: Stocked, trip: int) -> None:
    met = stocked.office.clock.now().date() - timedelta(days=3)
    put(stocked, stranger := Investor(name="远方机械", place="440300"))
    put(stocked, Visit(investor=stranger.id, day=met, state="已完成"))
    assert "远方机械" not in names(stocked, trip)
    (found,) = candidates(stocked.office, trip, Sieve(words="yfjx"))
    assert (found.investor.name, found.because) == ("远方机械", ())
    assert names(stocked, trip, Sieve(words="青禾3")) == ["青禾3新材料有限公司"]


def test_an_empty_library_has_no_candidates(stocked: Stocked, trip: int) -> None:
    with stocked.office.transaction("清空") as tx:
        for one in stocked.office.find(Query(Investor)):
            tx.remove(one)
    assert names(stocked, trip) == []
    assert names(stocked, trip, Sieve(words="青禾", with_lead=True, silent=30)) == []
