"""Tables as offices lay them out: a title, a head of one or two rows, groups, sums, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from zhaoshang_desktop.exchange.sample_book import Line, Page, Style
from zhaoshang_desktop.exchange.sheet import Cell, Merge

T = TypeVar("T")
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column with its heading and, if it stands under a wider one, that one; `write` fills a cell.

    `total` gives what a row adds to the sums, in the unit of the column.
    """

    head: str
    write: Callable[[T], Cell]
    above: str = ""
    width: float = 12
    total: Callable[[T], float] | None = None


@dataclass(frozen=True)
class Group(Generic[T]):
    """Rows under a heading; without one they follow the head at once."""

    name: str
    rows: Sequence[T]


class Table(Generic[T]):
    """Builds a page row by row; the first column is 序号."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        self._columns = columns
        self._width = len(columns) + 1
        self._lines: list[Line] = []
        self._merges: list[Merge] = []

    def page(
        self,
        name: str,
        title: str,
        groups: Sequence[Group[T]],
        *,
        under_title: str = "",
        counted: str = "家",
        notes: Sequence[str] = (),
    ) -> Page:
        """The sheet; `under_title` is the line such as 单位：万元, `counted` the word after a group's count."""
        if title:
            self._across("title", title)
        if under_title:
            self._across("unit", under_title)
        self._head()
        number = 0
        for place, group in enumerate(groups, 1):
            if group.name:
                self._across("group", f"{_numeral(place)}、{group.name}（{len(group.rows)}{counted}）")
            for row in group.rows:
                number += 1
                self._lines.append(Line("row", (number, *(column.write(row) for column in self._columns))))
            if group.name and self._has_sums():
                self._sum("小计", group.rows)
        if self._has_sums():
            self._sum("合计", [row for group in groups for row in group.rows])
        for note in notes:
            self._across("note", note)
        return Page(name, self._lines, self._merges, [6, *(column.width for column in self._columns)])

    def _across(self, style: Style, text: str) -> None:
        line = Line(style, (text, *("" for _ in range(self._width - 1))))
        self._merges.append(Merge(len(self._lines), 0, len(self._lines), self._width - 1))
        self._lines.append(line)

    def _head(self) -> None:
        top = len(self._lines)
        if not any(column.above for column in self._columns):
            self._lines.append(Line("head", ("序号", *(column.head for column in self._columns))))
            return
        upper, lower = ["序号"], [""]
        self._merges.append(Merge(top, 0, top + 1, 0))
        for above, columns in groupby(self._columns, key=lambda column: column.above):
            heads, left = [column.head for column in columns], len(upper)
            if above:
                upper += [above, *("" for _ in heads[1:])]
                lower += heads
                self._merges.append(Merge(top, left, top, left + len(heads) - 1))
            else:
                upper += heads
                lower += ["" for _ in heads]
                self._merges += [Merge(top, index, top + 1, index) for index in range(left, len(upper))]
        self._lines += [Line("head", tuple(upper)), Line("head", tuple(lower))]

    def _has_sums(self) -> bool:
        return any(column.total for column in self._columns)

    def _sum(self, word: str, rows: Sequence[T]) -> None:
        cells = [round(sum(map(column.total, rows)), 2) if column.total else "" for column in self._columns]
        self._lines.append(Line("sum", (word, *cells)))


def _numeral(number: int) -> str:
    """一 … 九十九."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
