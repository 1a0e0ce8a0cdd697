"""接待标准: what a reception of each kind may and must, as the office keeps it: with article and dates.

公务接待 ships with the rules of 《党政机关国内公务接待管理规定》（中办发〔2013〕22号）: 第七条 (no letter, no
reception; 接待清单), 第九条 (标准间, guests pay their own night), 第十条 (one 工作餐; 陪餐 3 for up to 10 guests,
beyond that a third; no tobacco), 第十四条 (the price of a meal is the locality's own), 第十五条 (receipts: 票据,
公函, 接待清单); and of 《党政机关厉行节约反对浪费条例》（2025年5月2日修订）第二十三条 (no alcohol either).
招商接待 is by 第二十三条 of the former the county's own affair ("单独管理，明确标准，控制经费总额"): nothing ships
but the empty lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.kinds import Choice, Day, Number, Text
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.reception import RECEPTION_KINDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words
from zhaoshang_desktop.domain.validity import in_force

LETTER = "须有来函"
SMALL_PARTY, SMALL_COMPANY, SHARE = "陪餐分界", "分界内陪餐", "超过分界陪餐"
WORKING_MEALS, MEAL_PRICE = "工作餐次数", "每人每餐"
ALCOHOL, TOBACCO = "可以上酒", "可以供烟"
SUITES, LODGING, ROOM_PRICE = "可以住套间", "可列住宿费", "每间每晚"
RULE_ITEMS = (
    LETTER,
    SMALL_PARTY,
    SMALL_COMPANY,
    SHARE,
    WORKING_MEALS,
    MEAL_PRICE,
    ALCOHOL,
    TOBACCO,
    SUITES,
    LODGING,
    ROOM_PRICE,
)
"""A number, or 1 for yes and 0 for no; 超过分界陪餐 is the divisor: 3 means a third of the guests, rounded down."""


@dataclass(kw_only=True, slots=True)
class ReceptionRule(Record):
    """One rule of one kind of reception; without a value nothing is checked by it."""

    NOUN: ClassVar[str] = "reception_rule"
    TITLE: ClassVar[str] = "item"

    kind: Annotated[str, Spec("接待类别", Choice(RECEPTION_KINDS), required=True, column=1, aliases=("类别",))] = ""
    item: Annotated[str, Spec("标准", Choice(RULE_ITEMS), required=True, column=2, aliases=("项目",))] = ""
    value: Annotated[Decimal | None, Spec("数值", Number(), column=3, hint="是为1，否为0；空着就不检查这一条")] = None
    unit: Annotated[str, Spec("单位", Text(), column=4, hint="只作说明")] = ""
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=5, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=6, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据条款", Text(), column=7, aliases=words("依据 文号 条款 来源"))] = ""


@cache
def shipped_rules() -> tuple[ReceptionRule, ...]:
    """What comes with the program, for an office that keeps none of its own."""
    return tuple(reference.records(ReceptionRule, "reception_rules"))


@dataclass(frozen=True)
class Standard:
    """The rules of one kind that are in force on one day."""

    kind: str
    rules: Mapping[str, ReceptionRule] = field(default_factory=dict)

    def value(self, item: str) -> Decimal | None:
        """The number of a rule; None where there is none."""
        rule = self.rules.get(item)
        return rule.value if rule else None

    def price(self, item: str) -> Money | None:
        """The same as an amount of 元."""
        value = self.value(item)
        return None if value is None else Money(int(value * 100))

    def forbids(self, item: str) -> bool:
        """Whether a rule of yes and no says no."""
        return self.value(item) == 0

    def cited(self, item: str) -> str:
        """（《……》第十条）, or nothing when nobody wrote where it stands."""
        rule = self.rules.get(item)
        return f"（{rule.source}）" if rule and rule.source else ""

    def companions(self, guests: int) -> int | None:
        """How many of ours may eat along with so many guests; None when nothing says so."""
        party, few, share = self.value(SMALL_PARTY), self.value(SMALL_COMPANY), self.value(SHARE)
        if guests <= 0:
            return 0 if few is not None else None
        if party is not None and guests > party:
            return guests // int(share) if share else None
        return None if few is None else int(few)


def standard_of(rules: Iterable[ReceptionRule], kind: str, day: date) -> Standard:
    """The rules of that kind on that day; of two for the same thing the later one."""
    held = in_force((rule for rule in rules if rule.kind == kind), day)
    return Standard(kind, {rule.item: rule for rule in held})
