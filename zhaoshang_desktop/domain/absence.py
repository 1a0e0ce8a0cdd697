"""不在的日子: when one of ours cannot travel, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choice, Day, Link, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

ABSENCE_KINDS = ("休假", "值班", "培训", "会议", "借调", "其他")


@dataclass(kw_only=True, slots=True)
class Absence(Record):
    """Leave, duty, a course: without `end` it is the one day of `start`. Illness is 休假: nobody's health is noted."""

    NOUN: ClassVar[str] = "absence"
    TITLE: ClassVar[str] = "kind"
    OWNER: ClassVar[str] = "member"

    member: Annotated[int, Spec("人员", Link("member"), required=True)] = 0
    kind: Annotated[
        str,
        Spec(
            "事由",
            Choice(
                ABSENCE_KINDS,
                (("年休假", "休假"), ("请假", "休假"), ("事假", "休假"), ("病假", "休假"), ("学习", "培训")),
            ),
            required=True,
            column=1,
            aliases=words("原因 类型"),
        ),
    ] = "休假"
    start: Annotated[date | None, Spec("从", Day(), required=True, column=2, aliases=words("开始日期 起"))] = None
    end: Annotated[
        date | None, Spec("到", Day(), column=3, aliases=words("结束日期 止"), hint="空着就是只有这一天")
    ] = None
    note: Annotated[str, Spec("备注", Text(), column=4, aliases=("说明",))] = ""

    def holds(self, first: date, last: date) -> bool:
        """Whether it falls into these days."""
        return self.start is not None and self.start <= last and (self.end or self.start) >= first
