"""Rows become records: every cell is read by the field it goes to, and none is lost.

What cannot be read stays as text in the record's `raw` beside its field, and is listed. The readers are
made once for each column, so that fifty thousand rows take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhaoshang_desktop.domain import kinds, region
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.snippet import subject_of
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.text import tidy
from zhaoshang_desktop.exchange.cells import CellProblem, Cells, ColumnReader, column_reader
from zhaoshang_desktop.exchange.formats import FindId, no_record
from zhaoshang_desktop.exchange.layout import Layout
from zhaoshang_desktop.exchange.mapping import Mapping
from zhaoshang_desktop.exchange.row_parts import Parts
from zhaoshang_desktop.exchange.sheet import Row, Sheet, cell_text, column_letter
from zhaoshang_desktop.exchange.targets import UNIT, targets_of, told_by
from zhaoshang_desktop.exchange.units import sources

_PLACE, _ADDRESS = "place", "address"
_NOTE = "note"


@dataclass(slots=True)
class Draft:
    """A row as a record that is not yet saved, with what belongs to it (their owner is still 0).

    `row` counts from 1 as Excel shows it; `continued` is how many rows below it go on with it. `rejected` says why
    the row cannot be a record. `reading` knows where it was read from, `lines` (from 0) are its rows there;
    `picture` is the photo of the person it tells of.
    """

    record: Record
    row: int
    children: list[Record] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    rejected: str = ""
    continued: int = 0
    reading: Reading | None = field(default=None, compare=False, repr=False)
    lines: tuple[int, ...] = ()
    picture: bytes = field(default=b"", repr=False)

    def place_of(self, told: Record, name: str) -> tuple[str, int, str] | None:
        """Sheet, row (from 1) and column of the cell that told a field of the record or of one of its children.

        "" is the child as a whole.
        """
        return self.reading.place_of(self, told, name) if self.reading is not None else None

    def named_at(self) -> tuple[str, int, str] | None:
        """Sheet, row (from 1) and column of the cell that says, or should say, what the record is called."""
        return self.reading.named_at(self) if self.reading is not None else None

    def told_in(self, part: str, child: Record) -> bool:
        """Whether the columns of that part of the path ("contacts2") tell of that child."""
        return self.reading is None or self.reading.told_in(self, part, child)


def rows_to_records(sheet: Sheet, layout: Layout, mapping: Mapping, find: FindId = no_record) -> Iterator[Draft]:
    """A draft for every data row; `find` gives the id of a record named in a cell (units, members, investors)."""
    reading = Reading(sheet, mapping, find)
    for (number, row), *more in layout.records(sheet):
        draft = reading.draft(number, row)
        for number, row in more:
            reading.go_on(draft, number, row)
        yield draft


class Reading:
    """What is resolved once a sheet and used for every row."""

    def __init__(self, sheet: Sheet, mapping: Mapping, find: FindId) -> None:
        self._sheet = sheet
        self._type = mapping.record
        self._cells = Cells(sheet)
        self._parts = Parts(mapping.record, self._cells)
        targets = targets_of(mapping.record)
        self._own: list[ColumnReader] = []
        self._point: list[ColumnReader] = []
        self._places: list[ColumnReader] = []
        unit_at = sources({match.path: match.column.index for match in mapping.used})
        for match in mapping.used:
            target = targets[match.path]
            if match.path.startswith(f"{UNIT}."):
                continue
            amount = isinstance(target.kind, kinds.Amount) and not target.part
            beside = unit_at.get(match.path, -1) if amount else -1
            reader = column_reader(match, target.label, target.kind, find, beside)
            part = target.part
            if match.path in ("point.lon", "point.lat"):
                self._point.append(reader)
            elif part:
                self._parts.readers.setdefault(part, []).append(reader)
            else:
                self._own.append(reader)
                if isinstance(target.kind, kinds.Place):
                    self._places.append(reader)
        self._names = {f.name for f in fields_of(self._type)}
        self._told_by = told_by(self._type)
        self._required = [f for f in fields_of(self._type) if f.spec.required and not f.spec.derived]

    def draft(self, number: int, row: Row) -> Draft:
        problems: list[CellProblem] = []
        raw: dict[str, str] = {}
        values = self._cells.values(self._own, number, row, raw, problems)
        if self._point:
            self._read_point(number, row, values, raw, problems)
        for reader in self._places:
            self._keep_what_is_besides(reader, number, row, values, raw, problems)
        for name, source in self._told_by.items():
            if name not in values and name not in raw and source in values:
                values[name] = subject_of(values[source])
        children = self._parts.children(number, row, problems)
        record = self._type(**values, raw=raw)
        draft = Draft(record, number + 1, children, problems, reading=self, lines=(number,))
        if self._sheet.pictures:
            draft.picture = self._sheet.pictures.get(number, b"")
        missing = [f.label for f in self._required if f.name not in values and f.name not in raw]
        if missing:
            draft.rejected = f"没有{'、'.join(missing)}"
        elif self._type.TITLE in raw:
            label = next(f.label for f in self._required if f.name == self._type.TITLE)
            draft.rejected = f"{label}没有看懂：{raw[self._type.TITLE]}"
        return draft

    def place_of(self, draft: Draft, told: Record, name: str) -> tuple[str, int, str] | None:
        """Where a draft's field stands: in the first of its rows where a column for it says something."""
        rows = [self._sheet.rows[number] for number in draft.lines]
        own = [(place, reader) for reader in self._own if reader.name == name for place in range(len(rows))]
        for place, reader in own if told is draft.record else self._parts.telling(told, name, rows):
            if cell_text(rows[place][reader.index]).strip():
                sheet, row, column = self._sheet.place(draft.lines[place], reader.index)
                return sheet, row + 1, column_letter(column)
        return None

    def named_at(self, draft: Draft) -> tuple[str, int, str]:
        """Where a draft's name stands or is wanting; where no column holds it, the first that is read."""
        named = next((reader for reader in self._own if reader.name == self._type.TITLE), self._own[0])
        sheet, row, column = self._sheet.place(draft.lines[0], named.index)
        return sheet, row + 1, column_letter(column)

    def told_in(self, draft: Draft, part: str, child: Record) -> bool:
        """Whether it is the columns of that part ("contacts2") that tell of a draft's child."""
        return any(self._parts.names(part, child, self._sheet.rows[number]) for number in draft.lines)

    def go_on(self, draft: Draft, number: int, row: Row) -> None:
        """Takes another row of the same record: its people and steps too, its texts below those of the first.

        What it says otherwise than the first row is kept in the note, and listed.
        """
        more = self.draft(number, row)
        record, new = draft.record, more.record
        draft.continued += 1
        draft.lines += (number,)
        draft.problems += more.problems
        draft.children += [child for child in more.children if not any(_alike(child, one) for one in draft.children)]
        for reader in self._own:
            name, empty = reader.name, reader.kind.empty
            said, had = getattr(new, name), getattr(record, name)
            raw = new.raw.get(name, "")
            if (said == empty and not raw) or said == had or name == self._type.TITLE:
                continue
            if had == empty and name not in record.raw:
                record.raw.update({name: raw} if raw else {})
                setattr(record, name, said)
            elif isinstance(reader.kind, kinds.Note) and said:
                setattr(record, name, f"{had}\n{said}" if had else said)
            else:
                self._keep_apart(draft, reader, number, row, raw or reader.kind.write(said))
        if _ADDRESS in self._names and not record.address:  # type: ignore[attr-defined]
            record.address = new.address  # type: ignore[attr-defined]
        self._say_it_goes_on(draft, number, row)

    def _say_it_goes_on(self, draft: Draft, number: int, row: Row) -> None:
        """Where no merged cell and no form says so it is a guess."""
        title = next(reader for reader in self._own if reader.path == self._type.TITLE)
        if not cell_text(row[title.index]).strip() and not self._sheet.origin:
            readers = [*self._own, *(reader for part in self._parts.readers.values() for reader in part)]
            told = next((reader for reader in readers if cell_text(row[reader.index]).strip()), title)
            reason = f"没有写{title.label}，算作第 {draft.row} 行的续行"
            draft.problems.append(self._cells.problem(told, number, row[told.index], reason, warning=True))

    def _keep_apart(self, draft: Draft, reader: ColumnReader, number: int, row: Row, said: str) -> None:
        text = f"{reader.label}：{said}"
        reason = f"与第 {draft.row} 行是同一条，这里另有说法"
        if _NOTE in self._names:
            draft.record.note = "\n".join(filter(None, (draft.record.note, text)))  # type: ignore[attr-defined]
            reason += "，记在备注里"
        draft.problems.append(self._cells.problem(reader, number, row[reader.index], reason, warning=True))

    def _read_point(
        self, number: int, row: Row, values: dict[str, Any], raw: dict[str, str], problems: list[CellProblem]
    ) -> None:
        """Longitude and latitude from two columns; one without the other is no point."""
        texts = {reader.path: cell_text(row[reader.index]).strip() for reader in self._point}
        if not any(texts.values()):
            return
        both = f"{texts.get('point.lon', '')}, {texts.get('point.lat', '')}"
        try:
            values["point"] = kinds.Point().read(both)
        except NotUnderstood as reason:
            raw["point"] = both
            problems.append(self._cells.problem(self._point[0], number, both, str(reason)))

    def _keep_what_is_besides(
        self,
        reader: ColumnReader,
        number: int,
        row: Row,
        values: dict[str, Any],
        raw: dict[str, str],
        problems: list[CellProblem],
    ) -> None:
        """A place's text that says more (韩国首尔, a street) becomes the address where none is told, else is listed."""
        text = cell_text(row[reader.index])
        if reader.name not in values or not (rest := region.said_besides(text)):
            return
        if reader.name == _PLACE and _ADDRESS in self._names and not {_ADDRESS} & {*values, *raw}:
            values[_ADDRESS] = tidy(text)
        elif _ADDRESS not in values or rest not in values[_ADDRESS]:
            problems.append(self._cells.problem(reader, number, text, f"“{rest}”没有用上", warning=True))


def _alike(child: Record, other: Record) -> bool:
    """Whether a row repeats what the one above says of a person or a step, as merged cells do."""
    return type(child) is type(other) and child == other
