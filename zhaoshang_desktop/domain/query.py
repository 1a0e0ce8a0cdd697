"""A question to the store: which records, in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from zhaoshang_desktop.domain.record import Record

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "in", "has", "empty", "filled", "under", "not after"]


@dataclass(frozen=True)
class Where:
    """One condition. `has` asks a list field for a member, `under` a place for being inside another
    or inside one of several (行政区划代码 prefix), `empty` and `filled` take no value;
    `not after` is up to a day, or without any."""

    field: str
    operator: Operator
    value: Any = None


@dataclass(frozen=True)
class Query:
    """`words` are searched as typed (Chinese, pinyin, initials, digits); `order` names fields,
    a leading minus turns one around; `bin` asks the recycle bin instead of the library."""

    record: type[Record]
    words: str = ""
    where: tuple[Where, ...] = ()
    order: tuple[str, ...] = ()
    bin: bool = False
