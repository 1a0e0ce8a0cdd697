"""支出: what somebody spent on a line of a trip's budget, with the receipts that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Amount, Link, Note, Text
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec


@dataclass(kw_only=True, slots=True)
class Expense(Record):
    """One person's share of a line; neither member nor expert: the team's as a whole."""

    NOUN: ClassVar[str] = "expense"
    TITLE: ClassVar[str] = "receipts"
    OWNER: ClassVar[str] = "line"

    line: Annotated[int, Spec("预算行", Link("budget_line"), required=True)] = 0
    member: Annotated[int, Spec("招商人员", Link("member"))] = 0
    expert: Annotated[int, Spec("专家", Link("expert"))] = 0
    amount: Annotated[Money | None, Spec("实际", Amount(), column=1)] = None
    receipts: Annotated[str, Spec("票据号码", Text(), column=2, aliases=("票据", "发票号码"))] = ""
    reason: Annotated[str, Spec("说明", Note(), column=3, hint="超出限额的原因")] = ""
