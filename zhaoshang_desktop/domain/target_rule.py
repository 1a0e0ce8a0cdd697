"""推荐权重: what speaks for a visit, and how much, as the office keeps it: with dates and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choice, Day, Number, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

TARGET_ITEMS = (
    "同一产业链",
    "同一行业",
    "行程地区",
    "关注等级",
    "下一步超期",
    "项目阶段",
    "信息待跟进",
    "久未联系",
    "头部目标",
    "有熟人",
    "队员见过",
    "失信被执行",
    "顺路范围",
    "久未联系起算",
    "久未联系算足",
)
"""The reasons with their weights, then the numbers they are reckoned by (`planning/suggest.py`)."""


@dataclass(kw_only=True, slots=True)
class TargetRule(Record):
    """One weight or number of the ranking: 0 leaves a reason out, a negative one speaks against a visit."""

    NOUN: ClassVar[str] = "target_rule"
    TITLE: ClassVar[str] = "item"

    item: Annotated[str, Spec("理由", Choice(TARGET_ITEMS), required=True, column=1, aliases=("项目", "参数"))] = ""
    value: Annotated[Decimal | None, Spec("分值", Number(), required=True, column=2, aliases=("权重", "数值"))] = None
    unit: Annotated[str, Spec("单位", Text(), column=3, hint="只作说明，如：分、公里、天")] = ""
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=4, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=5, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据", Text(), column=6, aliases=words("依据文号 文号 来源"))] = ""
