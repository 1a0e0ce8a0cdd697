"""The trips of the sample county: two that were made, and one that is to be made next week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhaoshang_desktop.actions.sample.model import BASE
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.region import is_within
from zhaoshang_desktop.domain.unit import Member

DELTA = ("310000", "320000", "330000", "340000")
"""长三角."""
_TARGETS = 16
_MUST = 3
_FIXED = ((1, 9 * 60 + 30), (3, 14 * 60 + 30))
"""Appointments: days after the first, and minutes since midnight."""


@dataclass(frozen=True)
class Outing:
    """A chain's trip with those who go, as two teams; `weeks_ago` 0 is the coming one."""

    chain: str
    weeks_ago: int
    purpose: str
    first: tuple[str, ...]
    second: tuple[str, ...]


OUTINGS = (
    Outing("高端装备", 21, "走访减速机、机床企业，邀请参加县装备产业对接会", ("朱建川", "秦海峤"), ("李想", "严书桓")),
    Outing("电子信息", 8, "对接封装测试、连接器企业，推介电子产业园标准厂房", ("秦海峤", "何振声"), ("陈燕", "曹映雪")),
    Outing(
        "新材料",
        0,
        "走访长三角新材料目标企业，推介化工集中区和集中供汽条件",
        ("张敏", "王磊", "吕采薇"),
        ("李想", "陈燕"),
    ),
)


def wish_for(
    outing: Outing,
    today: date,
    calendar: Calendar,
    investors: Sequence[Investor],
    members: Sequence[Member],
    experts: Sequence[Expert],
) -> TripWish:
    """The trip as somebody would ask for it; the second team goes by train and takes an expert along."""
    start = next_full_week(today - timedelta(weeks=outing.weeks_ago), calendar)
    keys = {member.name: member.id for member in members}
    skilled = next(expert.id for expert in experts if "产业技术" in expert.skills)
    return TripWish(
        name=f"{outing.chain}链长三角小分队 {start:%m-%d}",
        purpose=outing.purpose,
        chain=outing.chain,
        start=start,
        end=start + timedelta(days=4),
        base=BASE,
        targets=tuple(_targets(outing.chain, start, investors)),
        teams=(
            TeamWish("一队", tuple(keys[name] for name in outing.first), mode="驾车", official_car=True),
            TeamWish("二队", tuple(keys[name] for name in outing.second), (skilled,), mode="高铁"),
        ),
    )


def next_full_week(after: date, calendar: Calendar) -> date:
    """The next Monday that five workdays begin with."""
    monday = after + timedelta(days=7 - after.weekday())
    while len(calendar.workdays(monday, monday + timedelta(days=4))) < 5:
        monday += timedelta(days=7)
    return monday


def _targets(chain: str, start: date, investors: Sequence[Investor]) -> list[TargetWish]:
    """The most important of the chain in the region: some must be seen, two have agreed to an hour."""
    near = [one for one in investors if one.chain == chain and any(is_within(one.place, area) for area in DELTA)]
    chosen = sorted(near, key=lambda one: (one.level or "Z", not one.head_target, one.name))[:_TARGETS]
    wishes = []
    for place, investor in enumerate(chosen):
        day, hour = _FIXED[place] if place < len(_FIXED) else (None, None)
        wishes.append(
            TargetWish(
                investor.id,
                must=place < _MUST,
                minutes=90 if investor.level == "A" else 60,
                day=start + timedelta(days=day) if day is not None else None,
                start=hour,
            )
        )
    return wishes
