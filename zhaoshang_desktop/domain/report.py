"""外出招商报告: what is said of a trip when it is over, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choices, Link, Note, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

SECTIONS: Mapping[str, str] = {
    "overview": "基本情况",
    "visits": "走访洽谈情况",
    "outcome": "主要成果",
    "following": "下一步工作",
    "cost": "经费使用情况",
    "lessons": "体会和建议",
}
"""The sections of a report in their order: field and heading."""


@dataclass(kw_only=True, slots=True)
class Report(Record):
    """One for a trip. Every section is drafted from the log until somebody writes in it: from then on it is
    `by_hand`, and a new draft leaves it alone."""

    NOUN: ClassVar[str] = "report"
    OWNER: ClassVar[str] = "trip"

    trip: Annotated[int, Spec("外出", Link("trip"), required=True)] = 0
    name: Annotated[str, Spec("标题", Text(), required=True)] = ""
    addressee: Annotated[str, Spec("主送机关", Text(), hint="如：县委、县政府；空着不印")] = ""
    overview: Annotated[str, Spec("基本情况", Note())] = ""
    visits: Annotated[str, Spec("走访洽谈情况", Note())] = ""
    outcome: Annotated[str, Spec("主要成果", Note())] = ""
    following: Annotated[str, Spec("下一步工作", Note())] = ""
    cost: Annotated[str, Spec("经费使用情况", Note())] = ""
    lessons: Annotated[str, Spec("体会和建议", Note())] = ""
    by_hand: Annotated[tuple[str, ...], Spec("手写的部分", Choices(("标题", *SECTIONS.values())))] = ()
