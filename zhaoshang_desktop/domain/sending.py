"""下发与汇总: a workbook for every department, and what has come back of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import When as WhenValue
from zhaoshang_desktop.domain.kinds import Choice, Day, Flag, Link, Note, Phone, Tags, Text, When, Whole
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

SENDING_STATES = ("未回", "已回", "有问题")
OUT, BACK, IN_DOUBT = SENDING_STATES
EVERYBODY = "全部"
"""What the one workbook of a sending that is not parted by departments is called."""
SHEET_SECRET = "sheet_secret"
"""The fact of an office with which its sheets are signed."""
_COUNTED = re.compile(r"[0-9０-９零〇一二三四五六七八九十]+|[上下]半年|第?[一二三四]季度")


@dataclass(kw_only=True, slots=True)
class Sending(Record):
    """One sending; `line` is the journal's last line when it left: what every cell held is told from there on.

    `columns` and `fillable` are the paths of all columns and of those to be filled in.
    """

    NOUN: ClassVar[str] = "sending"
    TITLE: ClassVar[str] = "title"

    title: Annotated[str, Spec("下发表名称", Text(), required=True, column=1)] = ""
    library: Annotated[str, Spec("下发的库", Text(), required=True)] = ""
    day: Annotated[date | None, Spec("下发日期", Day(), column=2)] = None
    due: Annotated[date | None, Spec("应回日期", Day(), column=3)] = None
    by: Annotated[str, Spec("下发分组", Text())] = ""
    month: Annotated[WhenValue | None, Spec("填报期", When())] = None
    columns: Annotated[tuple[str, ...], Spec("下发的列", Tags())] = ()
    fillable: Annotated[tuple[str, ...], Spec("可填的列", Tags())] = ()
    masked: Annotated[bool | None, Spec("隐去个人信息", Flag())] = None
    line: Annotated[int | None, Spec("下发时的流水", Whole())] = None
    note: Annotated[str, Spec("填表要求", Note())] = ""

    @property
    def series(self) -> str:
        """What the sendings of every month or year have in common: the title without its figures."""
        return _COUNTED.sub("", self.title)


@dataclass(kw_only=True, slots=True)
class SendingUnit(Record):
    """What one department got, and whether it is back; `rows` are the keys that left, as texts."""

    NOUN: ClassVar[str] = "sending_unit"
    OWNER: ClassVar[str] = "sending"

    sending: Annotated[int, Spec("下发", Link("sending"), required=True)] = 0
    name: Annotated[str, Spec("下发单位", Text(), required=True, column=1)] = ""
    unit: Annotated[int, Spec("下发单位记录", Link("unit"))] = 0
    contact: Annotated[str, Spec("下发联系人", Text(), column=5)] = ""
    phone: Annotated[str, Spec("下发联系电话", Phone(), column=6, sensitive=True)] = ""
    state: Annotated[str, Spec("回收状态", Choice(SENDING_STATES), column=2)] = OUT
    returned: Annotated[date | None, Spec("收回日期", Day(), column=3)] = None
    rows: Annotated[tuple[str, ...], Spec("下发的记录", Tags())] = ()
    file: Annotated[str, Spec("收回的文件", Text(), column=4)] = ""
    digest: Annotated[str, Spec("收回文件的指纹", Text())] = ""
    remark: Annotated[str, Spec("收回情况", Note())] = ""

    @property
    def keys(self) -> tuple[int, ...]:
        """The records that left, as keys."""
        return tuple(int(text) for text in self.rows)
