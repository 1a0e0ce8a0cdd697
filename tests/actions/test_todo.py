"""待办: what is open, what is late, the office's fifteen days; done, put off, handed over, and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.todo import count_late, finish, hand_over, put_off, todos
from zhaoshang_desktop.domain.follow_rule import FollowRule, clock_of
from zhaoshang_desktop.domain.followup import Concern
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.todo import Todo
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.check import check

TODAY = date(2026, 11, 23)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def busy(stocked: Stocked) -> Stocked:
    """An open next step, one that is late, a silent visit, one turned down, a problem and a lead."""
    firms, mine, other = stocked.investors, stocked.members[0].id, stocked.members[1].id
    held = {"state": "已完成", "members": (mine,)}
    with stocked.office.transaction("准备") as tx:
        tx.save(Visit(investor=firms[0].id, day=ago(3), next_step="寄图", next_due=TODAY, next_owner=mine, **held))
        tx.save(
            Visit(
                investor=firms[1].id,
                day=ago(30),
                next_step="报价",
                next_due=ago(10),
                next_owner=other,
                intention="B",
                **held,
            )
        )
        tx.save(Visit(investor=firms[2].id, day=ago(20), intention="B", **held))
        tx.save(Visit(investor=firms[3].id, day=ago(20), intention="D", **held))
        tx.save(Visit(investor=firms[4].id, day=ago(400), **held))
        tx.save(Visit(investor=firms[5].id, day=ago(20), **held))
        tx.save(Visit(investor=firms[5].id, day=ago(5), **held))
        tx.save(Concern(investor=firms[6].id, need="用电容量不够", due=ago(1), owner=other))
        tx.save(Lead(subject="拟外迁", due=TODAY + timedelta(days=5), owner=mine))
    return stocked


def told(found: list[Todo]) -> list[tuple[str, str, int, int]]:
    return [(one.kind, one.what, one.late(TODAY), one.overrun) for one in found]


def test_what_is_late_stands_first_and_says_by_how_much(busy: Stocked) -> None:
    assert told(todos(busy.office)) == [
        ("下一步", "报价", 10, 0),
        ("跟进", "11-03 拜访后还没有跟进", 5, 5),
        ("护商", "用电容量不够", 1, 0),
        ("下一步", "寄图", 0, 0),
        ("核实", "拟外迁", 0, 0),
        ("跟进", "11-18 拜访后还没有跟进", 0, 0),
    ]
    assert count_late(busy.office) == 3
    assert [one.what for one in todos(busy.office, busy.members[1].id)] == ["报价", "用电容量不够"]


def test_fifteen_days_are_the_office_s_to_change_from_a_day_on(busy: Stocked) -> None:
    with busy.office.transaction("规则") as tx:
        tx.save(FollowRule(item="拜访后跟进", value=Decimal(2), valid_from=ago(10)))
    late = [one.what for one in todos(busy.office) if one.overrun and one.kind == "跟进"]
    assert late == ["11-03 拜访后还没有跟进", "11-18 拜访后还没有跟进"]


def test_a_next_step_is_late_by_its_own_day_and_by_the_limit_only_without_one(busy: Stocked) -> None:
    quoted = next(one for one in todos(busy.office) if one.what == "报价")
    put_off(busy.office, [quoted], TODAY + timedelta(days=9))
    (later,) = [one for one in todos(busy.office) if one.what == "报价"]
    assert not later.is_late(TODAY)
    with busy.office.transaction("没有日子") as tx:
        visit = tx.get(Visit, quoted.key)
        visit.next_due = None
        tx.save(visit)
    (open_,) = [one for one in todos(busy.office) if one.what == "报价"]
    assert (open_.late(TODAY), open_.overrun) == (0, 15)


def test_an_office_without_rules_goes_by_what_ships() -> None:
    assert clock_of([]).days("拜访后跟进", TODAY) == 15


def test_done_with_a_note(busy: Stocked) -> None:
    first = todos(busy.office)[0]
    finish(busy.office, first, "已寄出报价单")
    visit = busy.office.get(Visit, first.key)
    assert (visit.next_done, visit.next_done_on, visit.next_note) == (True, TODAY, "已寄出报价单")
    assert "报价" not in [one.what for one in todos(busy.office)]
    assert busy.office.get(Investor, visit.investor).next_step == ""
    for one in todos(busy.office):
        finish(busy.office, one, "好了")
    assert todos(busy.office) == []
    busy.office.undo()
    assert len(todos(busy.office)) == 1
    assert check(busy.office).wrong == []


def test_put_off_and_handed_over_as_one_change(busy: Stocked) -> None:
    chosen = todos(busy.office)[:3]
    later = TODAY + timedelta(days=7)
    put_off(busy.office, chosen, later)
    again = {one.key: one for one in todos(busy.office)}
    assert {again[one.key].due for one in chosen} == {later}
    hand_over(busy.office, chosen, busy.members[2].id)
    assert {one.key for one in todos(busy.office, busy.members[2].id)} == {one.key for one in chosen}
    busy.office.undo()
    busy.office.undo()
    assert told(todos(busy.office))[0] == ("下一步", "报价", 10, 0)
