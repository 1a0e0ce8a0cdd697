"""Rows on their way from the reading process to the program: column by column, in blocks.

The frames do not know dates, so columns that hold some are coded. What is no number, as a damaged file may have
in the place of one, is a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import repeat
from math import isfinite
from typing import Any

from zhaoshang_desktop.exchange.sheet import Cell, Row

BLOCK_ROWS = 4096
_PLAIN: set[type] = {str, float, int, bool}

Column = None | tuple[bool, tuple[Any, ...]]


def pack_rows(rows: Iterable[list[Any] | tuple[Any, ...]]) -> tuple[int, list[Column]]:
    """One block: how many rows, and its columns without empty ones at the end; all rows equally wide."""
    columns = list(zip(*rows, strict=True))
    count = len(columns[0]) if columns else 0
    packed = [_pack(column) for column in columns]
    while packed and packed[-1] is None:
        packed.pop()
    return count, packed


def unpack_rows(count: int, packed: list[Column]) -> list[Row]:
    if not packed:
        return [()] * count
    return list(zip(*(_unpack(column, count) for column in packed), strict=False))


def _pack(column: tuple[Any, ...]) -> Column:
    kinds = set(map(type, column))
    if float in kinds and not isfinite(sum(cell for cell in column if type(cell) is float)):
        column = tuple(str(cell) if type(cell) is float and not isfinite(cell) else cell for cell in column)
    if kinds == {str}:
        texts = set(column)
        if texts == {""}:
            return None
        if len(texts) * 2 < len(column):
            same = {text: text for text in texts}
            return False, tuple(map(same.__getitem__, column))
        return False, column
    if kinds <= _PLAIN:
        return False, column
    return True, tuple(cell if type(cell) in _PLAIN else _code(cell) for cell in column)


def _unpack(column: Column, count: int) -> Iterable[Cell]:
    if column is None:
        return repeat("", count)
    coded, cells = column
    if not coded:
        return cells
    return (_DECODE[cell[0]](cell) if type(cell) is tuple else cell for cell in cells)


def _code(cell: Any) -> tuple[int, ...] | str:
    if isinstance(cell, datetime):
        return 2, cell.year, cell.month, cell.day, cell.hour, cell.minute, cell.second, cell.microsecond
    if isinstance(cell, date):
        return 1, cell.year, cell.month, cell.day
    if isinstance(cell, time):
        return 3, cell.hour, cell.minute, cell.second, cell.microsecond
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if cell is None else str(cell)


def _moment(code: tuple[int, int, int, int, int, int, int, int]) -> datetime:
    return datetime(*code[1:])  # noqa: DTZ001 - a cell's time has no zone


_DECODE: dict[int, Callable[[Any], Cell]] = {
    1: lambda code: date(*code[1:]),
    2: _moment,
    3: lambda code: time(*code[1:]),
}
