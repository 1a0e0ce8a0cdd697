"""One map from the kind of a field to its cells: how they are written, how they look, how they are read.

A reader is made once for a column and then called for every cell; it gets what the file had (a number, a
date, a text) and gives the field's value, or raises NotUnderstood with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zhaoshang_desktop.domain import code, day, kinds
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.kinds import Kind
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.numeral import trimmed
from zhaoshang_desktop.domain.text import unstretched
from zhaoshang_desktop.exchange.sheet import EXACT_DIGITS, Cell, cell_text

FindTitle = Callable[[str, int], str]
"""(noun, id) → what a person calls that record."""
FindId = Callable[[str, str], int]
"""(noun, title) → the record of that name; raises NotUnderstood when there is none or more than one."""

AMOUNT_UNIT = "万元"
_AMOUNT_POWER = 6
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 73_051)
_TEXT = "@"
_CACHE = 4_096

Writer = Callable[[Any], Cell]
Reader = Callable[[Cell], Any]


@dataclass(frozen=True)
class Format:
    """`writer` and `reader` make the functions for one column; `width` is in characters.

    `repeats` says that cells of a column are often the same, so that it is worth keeping what they say.
    """

    writer: Callable[[Any, FindTitle], Writer]
    reader: Callable[[Any, str, FindId], Reader]
    number_format: str = _TEXT
    width: int = 14
    align: str = "left"
    wrap: bool = False
    unit: Callable[[Any], str] = lambda _kind: ""
    repeats: bool = True


def no_title(_noun: str, key: int) -> str:
    """Outside the program a key is a text: it does not fit into a spreadsheet's number."""
    return str(key)


def no_record(_noun: str, _title: str) -> int:
    raise NotUnderstood("应从库里选")


def format_of(kind: Kind) -> Format:
    return FORMATS[type(kind)]


def write_cell(kind: Kind, value: Any, find: FindTitle = no_title) -> Cell:
    """The cell of one value; "" for the kind's empty."""
    return "" if value == kind.empty or value is None else format_of(kind).writer(kind, find)(value)


def read_cell(kind: Kind, cell: Cell, unit: str = "", find: FindId = no_record) -> Any:
    """The value of one cell that is not blank."""
    return format_of(kind).reader(kind, unit, find)(cell)


def warner_of(kind: Kind) -> Callable[[Any], str] | None:
    """What says what is doubtful about a value that was understood and kept; None where nothing can be."""
    return _WARNERS.get(type(kind))


def _as_text(kind: Kind, _find: FindTitle) -> Writer:
    return kind.write


def _as_known_text(kind: Kind, _find: FindTitle) -> Writer:
    """For values that repeat and take their time to be written."""
    return lru_cache(maxsize=_CACHE)(kind.write)


def _amount(_kind: Kind, _find: FindTitle) -> Writer:
    def write(value: Money) -> Cell:
        if value.currency != "CNY":
            return kinds.Amount().write(value)
        whole, rest = divmod(value.fen, 10**_AMOUNT_POWER)
        if not rest:
            return whole
        return _number(Decimal(value.fen).scaleb(-_AMOUNT_POWER), "元" if abs(value.fen) >= 10**EXACT_DIGITS else "")

    return write


def _decimal(_kind: Kind, _find: FindTitle) -> Writer:
    return lambda value: _number(Decimal(value), "")


def exact(value: Decimal) -> Cell:
    """A number where Excel keeps all its digits, else a text that says the same."""
    return _number(value, "")


def _number(value: Decimal, unit: str) -> Cell:
    """A number where Excel keeps all its digits, else a text that says the same."""
    if len(value.normalize().as_tuple().digits) <= EXACT_DIGITS:
        return int(value) if value == value.to_integral_value() else float(value)
    return f"{trimmed(value.scaleb(4) if unit else value)}{unit}"


def _same(_kind: Kind, _find: FindTitle) -> Writer:
    return lambda value: value


def _when(_kind: Kind, _find: FindTitle) -> Writer:
    return lambda value: value.earliest if value.day else str(value)


def _hour(_kind: Kind, _find: FindTitle) -> Writer:
    return lambda minutes: time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else kinds.Hour().write(minutes)


def _point(_kind: Kind, _find: FindTitle) -> Writer:
    return lambda value: f"{Decimal(repr(value[0])):f}, {Decimal(repr(value[1])):f}"


def _link(kind: kinds.Link, find: FindTitle) -> Writer:
    return lambda key: find(kind.noun, key)


def _links(kind: kinds.Links, find: FindTitle) -> Writer:
    return lambda keys: "、".join(find(kind.noun, key) for key in keys)


def _from_text(kind: Kind, unit: str, _find: FindId) -> Reader:
    """Any cell through its text; texts that repeat are read once."""
    known = lru_cache(maxsize=_CACHE)(lambda text: kind.read(text, unit))
    return lambda cell: known(cell if type(cell) is str else cell_text(cell))


def _plain_text(kind: Kind, unit: str, _find: FindId) -> Reader:
    """Texts seldom repeat: no cache."""
    return lambda cell: kind.read(cell if type(cell) is str else cell_text(cell), unit)


def _digits(kind: Kind, unit: str, _find: FindId) -> Reader:
    """Codes and telephone numbers: a number too long for Excel has lost its end."""

    def read(cell: Cell) -> Any:
        if type(cell) is str:
            return kind.read(cell, unit)
        if isinstance(cell, (int, float)) and abs(cell) >= 10**EXACT_DIGITS:
            raise NotUnderstood("号码被表格当成了数字，15 位以后已经丢失，请向来源核对")
        return kind.read(cell_text(cell), unit)

    return read


def _figures(kind: Kind, unit: str, _find: FindId) -> Reader:
    """Numbers and amounts; a date in such a column is a typing error of the sheet."""
    known = lru_cache(maxsize=_CACHE)(lambda text: kind.read(text, unit))

    def read(cell: Cell) -> Any:
        if type(cell) is float:
            return kind.read(repr(cell)[:-2] if cell.is_integer() and abs(cell) < 1e15 else cell_text(cell), unit)
        if isinstance(cell, (date, time, bool)):
            raise NotUnderstood("应是数字，这里是日期或是否")
        return known(cell if type(cell) is str else cell_text(cell))

    return read


def _days(kind: Kind, unit: str, _find: FindId) -> Reader:
    known = lru_cache(maxsize=_CACHE)(lambda text: kind.read(text, unit))

    def read(cell: Cell) -> Any:
        if isinstance(cell, datetime):
            cell = cell.date()
        if type(cell) is date:
            return cell if day.FIRST_YEAR <= cell.year <= day.LAST_YEAR else known(cell.isoformat())
        return known(_date_text(cell))

    return read


def _whens(kind: Kind, unit: str, _find: FindId) -> Reader:
    known = lru_cache(maxsize=_CACHE)(lambda text: kind.read(text, unit))

    def read(cell: Cell) -> Any:
        if isinstance(cell, date):
            return day.When(cell.year, cell.month, cell.day)
        return known(_date_text(cell))

    return read


def _date_text(cell: Cell) -> str:
    """The text of a cell in a column of dates; a number may be Excel's count of days since 1900."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell in _SERIALS:
            return (_SERIAL_ZERO + timedelta(days=int(cell))).isoformat()
        text = cell_text(float(cell))
        if len(text.partition(".")[2]) == 1 and text.endswith("1"):
            raise NotUnderstood("分不清是1月还是10月：表格把它当成了数字")
        return text
    return cell_text(cell)


def _hours(kind: Kind, unit: str, _find: FindId) -> Reader:
    def read(cell: Cell) -> Any:
        if isinstance(cell, (time, datetime)):
            return cell.hour * 60 + cell.minute
        return kind.read(cell_text(cell), unit)

    return read


def _flags(kind: Kind, unit: str, _find: FindId) -> Reader:
    known = lru_cache(maxsize=_CACHE)(lambda text: kind.read(text, unit))
    return lambda cell: cell if isinstance(cell, bool) else known(cell_text(cell))


def _record(kind: kinds.Link, _unit: str, find: FindId) -> Reader:
    known = lru_cache(maxsize=_CACHE)(lambda text: find(kind.noun, unstretched(text)))
    return lambda cell: known(cell_text(cell).strip())


def _records(kind: kinds.Links, _unit: str, find: FindId) -> Reader:
    known = lru_cache(maxsize=_CACHE)(lambda text: find(kind.noun, unstretched(text)))

    def read(cell: Cell) -> tuple[int, ...]:
        text = cell_text(cell)
        try:
            return (known(text.strip()),)
        except NotUnderstood:
            return tuple(known(part) for part in kinds.split_list(text))

    return read


def _own_unit(kind: kinds.Number | kinds.Whole) -> str:
    return kind.unit


FORMATS: dict[type[Kind], Format] = {
    kinds.Text: Format(_as_text, _plain_text, width=16, wrap=True, repeats=False),
    kinds.Note: Format(_as_text, _plain_text, width=28, wrap=True, repeats=False),
    kinds.CreditCode: Format(_as_text, _digits, width=21, repeats=False),
    kinds.Phone: Format(_as_text, _digits, width=15, wrap=True, repeats=False),
    kinds.Amount: Format(_amount, _figures, "#,##0.######", 13, "right", unit=lambda _kind: AMOUNT_UNIT),
    kinds.Number: Format(_decimal, _figures, "#,##0.######", 11, "right", unit=_own_unit),
    kinds.Whole: Format(_same, _figures, "0", 9, "right", unit=_own_unit),
    kinds.Day: Format(_same, _days, "yyyy-mm-dd", 12, "center"),
    kinds.When: Format(_when, _whens, "yyyy-mm-dd", 12, "center"),
    kinds.Period: Format(_as_text, _from_text, width=24),
    kinds.Hour: Format(_hour, _hours, "hh:mm", 8, "center"),
    kinds.Times: Format(_as_text, _from_text, width=24, wrap=True),
    kinds.Choice: Format(_as_text, _from_text, width=11, align="center"),
    kinds.Choices: Format(_as_text, _from_text, width=14, wrap=True),
    kinds.Tags: Format(_as_text, _from_text, width=14, wrap=True),
    kinds.Honours: Format(_as_text, _from_text, width=20, wrap=True),
    kinds.Flag: Format(_as_text, _flags, width=8, align="center"),
    kinds.Place: Format(_as_known_text, _from_text, width=15, wrap=True),
    kinds.Point: Format(_point, _from_text, width=22),
    kinds.Link: Format(_link, _record, width=16, wrap=True),
    kinds.Links: Format(_links, _records, width=20, wrap=True),
}

_WARNERS: dict[type[Kind], Callable[[Any], str]] = {kinds.CreditCode: code.warning}
