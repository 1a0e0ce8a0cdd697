"""跟进期限: within how many days a visit has to be followed up, as the office keeps it: with dates and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.kinds import Choice, Day, Number, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words
from zhaoshang_desktop.domain.validity import in_force

WITHIN, UNTIL = "拜访后跟进", "不再提醒"
FOLLOW_ITEMS = (WITHIN, UNTIL)


@dataclass(kw_only=True, slots=True)
class FollowRule(Record):
    """拜访后跟进: by then something must have been done; 不再提醒: after so long an old visit is left in peace."""

    NOUN: ClassVar[str] = "follow_rule"
    TITLE: ClassVar[str] = "item"

    item: Annotated[str, Spec("期限", Choice(FOLLOW_ITEMS), required=True, column=1, aliases=("项目", "参数"))] = ""
    value: Annotated[Decimal | None, Spec("天数", Number("天"), required=True, column=2, aliases=("数值",))] = None
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=3, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=4, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据", Text(), column=5, aliases=words("依据文号 文号 来源"))] = ""


@dataclass(frozen=True)
class Clock:
    """The rule in force on any day; the latest that has begun wins."""

    rules: tuple[FollowRule, ...]

    def days(self, item: str, on: date) -> int | None:
        """So many days, None where the office has no such limit on that day."""
        held = in_force((rule for rule in self.rules if rule.item == item and rule.value is not None), on)
        return int(held[-1].value) if held and held[-1].value is not None else None


def clock_of(rules: Iterable[FollowRule]) -> Clock:
    """The office's own limits; what ships while it has none."""
    return Clock(tuple(rules) or shipped())


@cache
def shipped() -> tuple[FollowRule, ...]:
    """The limits a new office begins with."""
    return tuple(reference.records(FollowRule, "follow_rules"))
