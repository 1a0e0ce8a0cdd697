"""The rules of travel money and of the calendar, as the office keeps them: with dates and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Amount, Choice, Day, Flag, Number, Text
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

ALLOWANCE_ITEMS = ("伙食补助", "市内交通")
DAY_KINDS = ("休", "班")


@dataclass(kw_only=True, slots=True)
class Allowance(Record):
    """So much a person and day; without `places` it holds wherever no other line names the place."""

    NOUN: ClassVar[str] = "allowance"
    TITLE: ClassVar[str] = "item"

    item: Annotated[str, Spec("项目", Choice(ALLOWANCE_ITEMS), required=True, column=1, aliases=("补助项目",))] = ""
    places: Annotated[
        str, Spec("适用地区", Text(), column=2, aliases=("地区",), hint="如：西藏、青海、新疆；空为其他地区")
    ] = ""
    amount: Annotated[
        Money | None, Spec("每人每天", Amount(), required=True, column=3, aliases=words("标准 补助标准 金额"))
    ] = None
    official_car: Annotated[bool | None, Spec("用公务车的也发", Flag(), column=4, hint="否：用公务车的不发这一项")] = (
        None
    )
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=5, aliases=("生效日期", "起"))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=6, aliases=("止", "废止日期"))] = None
    source: Annotated[str, Spec("依据文号", Text(), column=7, aliases=words("依据 文号 来源"))] = ""


@dataclass(kw_only=True, slots=True)
class LodgingLimit(Record):
    """The most a night may cost: by region, places in it, season, and rank of the traveller.

    Without `season` the line is the limit outside every season named for the same places.
    """

    NOUN: ClassVar[str] = "lodging_limit"
    TITLE: ClassVar[str] = "region"

    region: Annotated[str, Spec("地区", Text(), required=True, search=True, column=1, aliases=("省份", "省"))] = ""
    places: Annotated[str, Spec("市县", Text(), search=True, column=2, aliases=("城市", "适用市县"))] = ""
    season: Annotated[str, Spec("旺季期间", Text(), column=3, aliases=("旺季",), hint="如：7-9月、11-3月")] = ""
    first: Annotated[Money | None, Spec("一类", Amount(), column=4, aliases=("部级",))] = None
    second: Annotated[Money | None, Spec("二类", Amount(), column=5, aliases=("司局级", "厅局级"))] = None
    third: Annotated[Money | None, Spec("三类", Amount(), column=6, aliases=("其他人员", "其余人员"))] = None
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=7, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=8, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据文号", Text(), column=9, aliases=words("依据 文号 来源"))] = ""


@dataclass(kw_only=True, slots=True)
class CalendarDay(Record):
    """A day that is not what its weekday says: a holiday 休, or a weekend worked 班."""

    NOUN: ClassVar[str] = "calendar_day"

    day: Annotated[date | None, Spec("日期", Day(), required=True, column=1)] = None
    kind: Annotated[
        str,
        Spec(
            "休班",
            Choice(DAY_KINDS, (("放假", "休"), ("休息", "休"), ("假", "休"), ("上班", "班"), ("调休上班", "班"))),
            required=True,
            column=2,
            aliases=("类型", "休/班"),
        ),
    ] = ""
    name: Annotated[str, Spec("名称", Text(), column=3, aliases=("节日", "节假日"))] = ""
    source: Annotated[str, Spec("依据文号", Text(), column=4, aliases=words("依据 文号 来源"))] = ""


@dataclass(kw_only=True, slots=True)
class Rate(Record):
    """What one unit of a foreign currency was worth in 元 on a day; amounts are shown converted by it."""

    NOUN: ClassVar[str] = "rate"
    TITLE: ClassVar[str] = "currency"

    currency: Annotated[str, Spec("币种", Text(), required=True, column=1, hint="三个字母，如 USD")] = ""
    day: Annotated[date | None, Spec("日期", Day(), required=True, column=2)] = None
    cny: Annotated[
        Decimal | None, Spec("折合人民币", Number("元"), required=True, column=3, aliases=("汇率", "中间价"))
    ] = None
    source: Annotated[str, Spec("来源", Text(), column=4, aliases=("依据",))] = ""


def in_yuan(amount: Money, rates: Iterable[Rate], day: date) -> Money | None:
    """What an amount was worth on that day, by the newest rate until then; None where the office has none."""
    if amount.currency == "CNY":
        return amount
    known = [rate for rate in rates if rate.currency.upper() == amount.currency and rate.day and rate.day <= day]
    newest = max(known, key=lambda rate: (rate.day or date.min, rate.id), default=None)
    return Money(round(amount.fen * newest.cny)) if newest is not None and newest.cny else None


SEATS = ("商务座", "一等座", "二等座", "头等舱", "公务舱", "经济舱")


@dataclass(kw_only=True, slots=True)
class SeatRule(Record):
    """What each travel rank may ride in, by train or plane."""

    NOUN: ClassVar[str] = "seat_rule"
    TITLE: ClassVar[str] = "mode"

    mode: Annotated[
        str, Spec("交通工具", Choice(("高铁", "飞机")), required=True, column=1, aliases=("交通方式", "方式"))
    ] = ""
    first: Annotated[str, Spec("一类", Choice(SEATS), column=2, aliases=("部级",))] = ""
    second: Annotated[str, Spec("二类", Choice(SEATS), column=3, aliases=("司局级", "厅局级"))] = ""
    third: Annotated[str, Spec("三类", Choice(SEATS), column=4, aliases=("其他人员", "其余人员"))] = ""
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=5, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=6, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据文号", Text(), column=7, aliases=words("依据 文号 来源"))] = ""


TRAVEL_ITEMS = (
    "道路系数",
    "驾车时速",
    "出车准备",
    "连续驾驶上限",
    "停车休息",
    "铁路系数",
    "高铁时速",
    "高铁起算距离",
    "进站",
    "出站",
    "同城路程",
    "未知路程",
    "出境路程",
    "进机场",
    "出机场",
    "高铁票价",
    "一等座票价",
    "商务座票价",
    "用车费用",
    "全天驾驶上限",
    "最早出发",
    "最晚到达",
    "上午开始",
    "上午结束",
    "下午开始",
    "下午结束",
    "午餐开始",
    "午餐时间",
    "约见间隔",
    "租车日租",
    "高优先的分量",
    "中优先的分量",
    "低优先的分量",
)
"""What estimates of a way and hours of a plan rest on; `planning/travel.py` says what each does."""


@dataclass(kw_only=True, slots=True)
class TravelRule(Record):
    """One number that ways and days are reckoned by; a speed by car holds up to so many kilometres of the way."""

    NOUN: ClassVar[str] = "travel_rule"
    TITLE: ClassVar[str] = "item"

    item: Annotated[str, Spec("参数", Choice(TRAVEL_ITEMS), required=True, column=1)] = ""
    up_to: Annotated[
        Decimal | None, Spec("里程至", Number("公里"), column=2, hint="驾车时速按里程分段；空为再远的路")
    ] = None
    value: Annotated[Decimal | None, Spec("数值", Number(), required=True, column=3)] = None
    unit: Annotated[str, Spec("单位", Text(), column=4, hint="只作说明，如：公里/小时")] = ""
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=5, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=6, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据", Text(), column=7, aliases=words("依据文号 文号 来源"))] = ""
