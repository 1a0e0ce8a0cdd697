"""How a number format shows a value, where that is more than the value: zeros in front, per cent, a month, a unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from zhaoshang_desktop.exchange.sheet import Cell, cell_text

Shown = Callable[[Cell], Cell]

_BUILT_IN_PERCENTS = {9, 10}
_BUILT_IN_MONTHS = {17, 27, 36, 50, 52, 57}
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_BRACKETS = re.compile(r"\[[^\]]*\]|_.|\*.")
_UNIT = re.compile(r"[十百千]?[万亿]?(?:元|美元|欧元|港元|日元|亩|人|家|㎡|平方米|公里|万|亿)?")
_FOREIGN = ("US$", "HK$", "NT$", "USD", "EUR", "HKD", "JPY", "GBP", "$", "€", "£")
_DIGITS = re.compile(r"[#0?,.]+")


@dataclass
class SheetScan:
    """What a file says of a sheet beside its values.

    `values` is how many cells with something it claims, `shown` maps a cell to how its format shows it,
    `unread` is as in `Sheet`, `hidden` are the rows nobody sees, `columns_hidden` the columns; positions count from 0.
    """

    values: int = 0
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], Shown] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    columns_hidden: set[int] = field(default_factory=set)


def shown_by(code: str, built_in: int = 0) -> Shown | None:
    """What a format makes of a value; None where that says no more than the value does.

    `built_in` is the number of the format where the file has no code for it.
    """
    first = code.partition(";")[0]
    bare = _BRACKETS.sub("", _QUOTED.sub("", first)).strip().lower()
    if "%" in bare or (not code and built_in in _BUILT_IN_PERCENTS):
        return per_cent
    if re.fullmatch(r"00+", bare):
        return lambda cell: cell_text(cell).zfill(len(bare)) if _is_whole(cell) else cell
    letters = set(bare) & set("ymdhs")
    if letters == {"y", "m"} or (not code and built_in in _BUILT_IN_MONTHS):
        return lambda cell: f"{cell.year}-{cell.month:02}" if isinstance(cell, date) else cell
    if letters == {"y"}:
        return lambda cell: str(cell.year) if isinstance(cell, date) else cell
    return _with_unit(first, bare)


def _with_unit(code: str, bare: str) -> Shown | None:
    """A number whose unit stands in its format only: 0.0"亿元", [$$-409]#,##0. Scaled ones (0!.0,"万") are left."""
    words = "".join(found[0] or found[1] or found[2] for found in _QUOTED.findall(code)).strip()
    if not words or not _DIGITS.fullmatch(bare.replace(" ", "")) or bare.rstrip().endswith(","):
        return None
    if _UNIT.fullmatch(words):
        return lambda cell: f"{cell_text(cell)}{words}" if _is_number(cell) else cell
    if words.upper() in _FOREIGN:
        return lambda cell: f"{words.upper()}{cell_text(cell)}" if _is_number(cell) else cell
    return None


def per_cent(cell: Cell) -> Cell:
    """12.5% of 0.125; with the fifteen digits that a number has."""
    return f"{cell_text(cell * 100.0)}%" if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


def as_written(text: str) -> Shown:
    """For a cell whose text in the file is what is seen."""
    return lambda _cell: text


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _is_whole(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 0
