"""Lines of a table of policy, and which of them holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.follow_rule import WITHIN, Clock, FollowRule
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.validity import holds, in_force
from zhaoshang_desktop.planning.lodging import limit_for

DAY = date(2026, 12, 1)


def rule(key: int, first: int | None = None, last: int | None = None) -> FollowRule:
    """Valid so many days before or after the day."""
    start, end = (None if days is None else DAY + timedelta(days=days) for days in (first, last))
    return FollowRule(id=key, item=WITHIN, value=Decimal(key), valid_from=start, valid_to=end)


def test_both_ends_are_days_on_which_it_holds_and_an_open_end_is_for_ever() -> None:
    assert [holds(rule(1, first, last), DAY) for first, last in ((0, 0), (None, 0), (0, None), (None, None))] == [
        True
    ] * 4
    assert not holds(rule(1, 1, None), DAY)
    assert not holds(rule(1, None, -1), DAY)
    assert not holds(rule(1, 1, -1), DAY)


def test_of_overlapping_lines_the_later_beginning_counts_and_of_equals_the_later_line() -> None:
    lines = [rule(9), rule(2, -5), rule(4, -5, 3), rule(3, -9), rule(8, 1)]
    assert [line.id for line in in_force(lines, DAY)] == [9, 3, 2, 4]


def test_every_table_decides_so() -> None:
    place = {"region": "江苏", "places": "无锡"}
    limits = [LodgingLimit(id=key, third=Money(key), valid_from=DAY, **place) for key in (1, 2)]  # type: ignore[arg-type]
    found = limit_for(limits, "320200", "三类", DAY)
    assert found is not None
    assert found.amount == Money(2)
    assert Clock((rule(1), rule(2))).days(WITHIN, DAY) == 2
