"""外出: a trip, its teams, the ways between meetings and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.course import course_on
from zhaoshang_desktop.domain.kinds import (
    Amount,
    Choice,
    Day,
    Flag,
    Hour,
    Link,
    Links,
    Note,
    Number,
    Place,
    Text,
    Whole,
)
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

TRIP_KINDS = ("小分队", "领导带队", "专项活动")
DRAFT, PLANNED, UNDER_WAY, BACK, SETTLED, GIVEN_UP = TRIP_STATES = ("草稿", "已排", "在途", "已归", "已结算", "取消")
MODES = ("驾车", "高铁")
_NUMERALS = "一二三四五六七八九十"
LEG_MODES = (*MODES, "飞机")


@dataclass(kw_only=True, slots=True)
class Trip(Record):
    """一次外出招商."""

    NOUN: ClassVar[str] = "trip"

    name: Annotated[str, Spec("名称", Text(), required=True, search=True, column=1)] = ""
    kind: Annotated[str, Spec("类别", Choice(TRIP_KINDS), column=2)] = "小分队"
    purpose: Annotated[str, Spec("目的", Note(), search=True)] = ""
    chain: Annotated[str, Spec("产业链", Text(), column=5)] = ""
    start: Annotated[date | None, Spec("出发日期", Day(), required=True, column=3)] = None
    end: Annotated[date | None, Spec("返回日期", Day(), required=True, column=4)] = None
    base: Annotated[str, Spec("出发地", Place())] = ""
    approval: Annotated[str, Spec("审批文号", Text())] = ""
    fund_limit: Annotated[Money | None, Spec("经费限额", Amount())] = None
    state: Annotated[str, Spec("状态", Choice(TRIP_STATES), column=6)] = DRAFT
    note: Annotated[str, Spec("备注", Note())] = ""

    def state_on(self, today: date) -> str:
        """Where it stands on that day: planned, it is under way from its first day on and back after its last."""
        return course_on((PLANNED, UNDER_WAY, BACK), self.state, self.start, self.end, today)


@dataclass(kw_only=True, slots=True)
class Team(Record):
    """A group that travels together; a 小分队 is two to five people."""

    NOUN: ClassVar[str] = "team"
    OWNER: ClassVar[str] = "trip"

    trip: Annotated[int, Spec("外出", Link("trip"), required=True)] = 0
    name: Annotated[str, Spec("队名", Text(), required=True)] = ""
    mode: Annotated[str, Spec("交通方式", Choice(MODES))] = "驾车"
    official_car: Annotated[bool | None, Spec("公务用车", Flag(), hint="用公务车的不发市内交通费")] = None
    members: Annotated[tuple[int, ...], Spec("队员", Links("member"))] = ()
    experts: Annotated[tuple[int, ...], Spec("专家", Links("expert"))] = ()
    origin: Annotated[str, Spec("从哪出发", Place(), hint="空：外出的出发地")] = ""
    goal: Annotated[str, Spec("回到哪里", Place(), hint="空：出发的地方")] = ""
    first_day: Annotated[date | None, Spec("出发日", Day(), hint="空：外出的出发日期")] = None
    last_day: Annotated[date | None, Spec("返回日", Day(), hint="空：外出的返回日期")] = None
    home_nights: Annotated[bool | None, Spec("每晚回家", Flag(), hint="当天去当天回，不在外过夜")] = None


@dataclass(kw_only=True, slots=True)
class Leg(Record):
    """From one place to the next, estimated until a ticket is typed in."""

    NOUN: ClassVar[str] = "leg"
    TITLE: ClassVar[str] = "ticket"
    OWNER: ClassVar[str] = "trip"

    trip: Annotated[int, Spec("外出", Link("trip"), required=True)] = 0
    team: Annotated[int, Spec("队", Link("team"), required=True)] = 0
    day: Annotated[date | None, Spec("日期", Day())] = None
    start: Annotated[int | None, Spec("出发", Hour())] = None
    end: Annotated[int | None, Spec("到达", Hour())] = None
    origin: Annotated[str, Spec("从", Place())] = ""
    destination: Annotated[str, Spec("到", Place())] = ""
    mode: Annotated[str, Spec("方式", Choice(LEG_MODES))] = "驾车"
    distance: Annotated[Decimal | None, Spec("里程", Number("公里"))] = None
    ticket: Annotated[str, Spec("车次/票号", Text())] = ""
    cost: Annotated[Money | None, Spec("费用", Amount())] = None
    estimated: Annotated[bool | None, Spec("估算", Flag())] = True


@dataclass(kw_only=True, slots=True)
class Road(Record):
    """What somebody knows better than the estimate: the minutes from door to door between two places.

    It holds for all that lies in them, and for the way back too unless that is told apart.
    """

    NOUN: ClassVar[str] = "road"
    TITLE: ClassVar[str] = "note"
    OWNER: ClassVar[str] = "trip"

    trip: Annotated[int, Spec("外出", Link("trip"), required=True)] = 0
    origin: Annotated[str, Spec("从", Place(), required=True)] = ""
    destination: Annotated[str, Spec("到", Place(), required=True)] = ""
    mode: Annotated[str, Spec("方式", Choice(MODES))] = "驾车"
    minutes: Annotated[int | None, Spec("用时", Whole("分钟"), required=True)] = None
    note: Annotated[str, Spec("说明", Text())] = ""


@dataclass(kw_only=True, slots=True)
class BudgetLine(Record):
    """One line of the trip's budget: planned before, actual after."""

    NOUN: ClassVar[str] = "budget_line"
    TITLE: ClassVar[str] = "item"
    OWNER: ClassVar[str] = "trip"

    trip: Annotated[int, Spec("外出", Link("trip"), required=True)] = 0
    number: Annotated[int | None, Spec("序号", Whole())] = None
    item: Annotated[str, Spec("项目", Text(), required=True)] = ""
    basis: Annotated[str, Spec("依据与算法", Note())] = ""
    planned: Annotated[Money | None, Spec("预算", Amount())] = None
    actual: Annotated[Money | None, Spec("实际", Amount())] = None
    reckoned: Annotated[bool | None, Spec("测算", Flag(), hint="由程序按标准测算；改过的不再重算")] = None


def goes_on(leg: Leg, legs: Iterable[Leg]) -> bool:
    """Whether a way is too long for its day: the next one of its team is the rest of it, on a later day."""
    if leg.day is None or leg.origin == leg.destination:
        return False
    at = leg.day, leg.start or 0
    later = [((one.day, one.start or 0), one) for one in legs if one.team == leg.team and one.day]
    (day, _), rest = min((two for two in later if two[0] > at), key=lambda two: two[0], default=(at, leg))
    return day > leg.day and (rest.origin, rest.destination) == (leg.origin, leg.destination)


def team_name(number: int) -> str:
    """As teams are called, from 1 on: 一队, and by figures from the eleventh on."""
    return f"{_NUMERALS[number - 1] if number <= len(_NUMERALS) else number}队"
