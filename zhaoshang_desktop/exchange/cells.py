"""The cells of a row are read by the fields they go to; what cannot be read stays as text and is listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.money import unit_beside
from zhaoshang_desktop.exchange.formats import FindId, Reader, format_of, no_record, warner_of
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.people import DASHES, read_numbers, read_people
from zhaoshang_desktop.exchange.sheet import Cell, Row, Sheet, cell_text, column_letter
from zhaoshang_desktop.exchange.targets import CONTACTS

_INVISIBLE = " \t\r\n\u3000\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NOTHING = object()
_MOST_KNOWN = 16_384
_BARE = re.compile(r"\d[\d,]*(?!.*\.\d\d$)(?:\.\d+)?")  # 12,000.50 has its 分: it is in 元
_SURELY_YUAN = 100_000


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell to look at: its place (row from 1), the field it was meant for, its text and what is wrong.

    A `warning` was understood and is kept; anything else stays as text beside the field.
    """

    sheet: str
    row: int
    column: str
    field: str
    text: str
    reason: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is to be said of a cell; `value` is kept all the same, None where there is none."""

    reason: str
    value: Any = None


class Known(dict[Cell, Any]):
    """What the texts and numbers of a column say: a value, _NOTHING, or a Trouble; what repeats is kept.

    (True and 1 are the same key, so nothing else may be looked up.)
    """

    def __init__(
        self, read: Reader, warn: Callable[[Any], str] | None, keeps: bool, doubt: Callable[[Cell], str] | None = None
    ) -> None:
        super().__init__(dict.fromkeys(DASHES | {""}, _NOTHING))
        self._read, self._warn, self._keeps, self._doubt = read, warn, keeps, doubt

    def __missing__(self, cell: Cell) -> Any:
        said = self.told(cell)
        if self._keeps and cell and len(self) < _MOST_KNOWN:
            self[cell] = said
        return said

    def told(self, cell: Cell) -> Any:
        """The same of any cell."""
        if type(cell) is str and not cell.strip(_INVISIBLE):
            return _NOTHING
        try:
            value = self._read(cell)
        except NotUnderstood as reason:
            return Trouble(str(reason))
        if not value and value in ("", ()):
            return _NOTHING
        doubt = self._warn(value) if self._warn is not None else self._doubt(cell) if self._doubt is not None else ""
        return Trouble(doubt, value) if doubt else value


@dataclass(frozen=True)
class ColumnReader:
    """How one column is read; `name` is the field's, `path` where it goes.

    `doubted` says that the unit of all its figures is in doubt, which is told once. `unit_at` is the column that says,
    row by row, the unit of its figures; -1 for none. `units` keeps how each is read.
    """

    index: int
    path: str
    name: str
    label: str
    letter: str
    kind: kinds.Kind
    read: Reader
    warn: Callable[[Any], str] | None
    unit: str = ""
    doubted: bool = False
    unit_at: int = -1
    units: dict[str, Known] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        amount = isinstance(self.kind, kinds.Amount) and not self.unit
        doubt = _bare_amount if amount and not self.doubted else None
        return Known(self.read, self.warn, format_of(self.kind).repeats, doubt)

    def known_beside(self, said: str) -> Known:
        """The same of figures beside which stands what their unit is."""
        if said not in self.units:
            self.units[said] = Known(self._read_beside(said), self.warn, format_of(self.kind).repeats)
        return self.units[said]

    def _read_beside(self, said: str) -> Reader:
        try:
            return format_of(self.kind).reader(self.kind, unit_beside(said, self.unit), no_record)
        except NotUnderstood as reason:
            return _refuse(str(reason))


class Cells:
    """Reads the cells of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def values(
        self, readers: Sequence[ColumnReader], number: int, row: Row, raw: dict[str, str], problems: list[CellProblem]
    ) -> dict[str, Any]:
        """What these columns say, by field; texts that are not understood go to `raw`."""
        values: dict[str, Any] = {}
        unread = self.sheet.unread
        for reader in readers:
            cell = row[reader.index]
            kind = type(cell)
            known = reader.known
            unit = cell_text(row[reader.unit_at]).strip(_INVISIBLE) if reader.unit_at >= 0 and cell != "" else ""
            if unit and unit not in DASHES:
                known = reader.known_beside(unit)
            said = known[cell] if kind is str or kind is float else known.told(cell)
            if unread and (number, reader.index) in unread and cell_text(cell).strip(_INVISIBLE):
                raw[reader.name] = unread[number, reader.index]
                problems.append(self.problem(reader, number, cell, _unread_reason(raw[reader.name])))
                continue
            if type(said) is Trouble:
                problems.append(self.problem(reader, number, cell, said.reason, warning=said.value is not None))
                if said.value is None:
                    text = cell_text(cell).strip()
                    raw[reader.name] = text + unit if any(map(str.isdigit, text)) else text
                    continue
                said = said.value
            if said is not _NOTHING:
                values[reader.name] = said
        return values

    def problem(self, reader: ColumnReader, number: int, cell: Cell, reason: str, warning: bool = False) -> CellProblem:
        """What is wrong with a cell, told where it stands in the file."""
        text = cell_text(cell).strip()
        sheet, row, column = self.sheet.place(number, reader.index)
        letter = column_letter(column) if self.sheet.origin else reader.letter
        return CellProblem(sheet, row + 1, letter, reader.label, text, reason, warning)


def _bare_amount(cell: Cell) -> str:
    """A small number without a unit, in a column where others have one, is hardly meant in 元."""
    text = cell_text(cell).strip()
    if not _BARE.fullmatch(text) or float(text.replace(",", "")) >= _SURELY_YUAN:
        return ""
    return "没有写单位，按元读入，请核对"


def _refuse(reason: str) -> Reader:
    def read(_cell: Cell) -> Any:
        raise NotUnderstood(reason)

    return read


def column_reader(match: Match, label: str, kind: kinds.Kind, find: FindId, unit_at: int = -1) -> ColumnReader:
    """How that column is read."""
    part, _, name = match.path.rpartition(".")
    read: Reader = format_of(kind).reader(kind, match.unit, find)
    if part in CONTACTS and name in ("person", "name"):
        name, read = "person", read_people
    elif part in CONTACTS and name in ("mobile", "phone"):
        read = read_numbers
    letter = match.column.letter
    warn = warner_of(kind)
    return ColumnReader(
        match.column.index, match.path, name, label, letter, kind, read, warn, match.unit, bool(match.doubt), unit_at
    )


def _unread_reason(text: str) -> str:
    if text.startswith("="):
        return "是公式，文件里没有保存它的计算结果，请用 Excel 打开后保存再导入"
    return f"是出错的公式（{text}）"
