"""Rows become records: every cell is read by the field it goes to, and none is lost.

What cannot be read stays as text in the record's `raw` beside its field, and is listed. The readers are
made once for each column, so that fifty thousand rows take seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from zhaoshang_desktop.domain import kinds, region
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import BASIS_FIRST, Contact
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.person import unstretched
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import tidy
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.exchange.formats import FindId, Reader, format_of, no_record, warner_of
from zhaoshang_desktop.exchange.layout import Layout
from zhaoshang_desktop.exchange.mapping import Mapping, Match
from zhaoshang_desktop.exchange.people import DASHES, people_as_contacts, read_numbers, read_people
from zhaoshang_desktop.exchange.sheet import Cell, Row, Sheet, cell_text, column_letter
from zhaoshang_desktop.exchange.targets import PARTS, targets_of

_PEOPLE = (Expert, Member)
NAMELESS = "未署名"
UNSAID = "未写明"
_LIST_MARKS = re.compile(r"[、，,；;/|\n]")
_INVISIBLE = " \t\r\n\u3000\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLACE, _ADDRESS = "place", "address"
_PLANNED = "计划"
_NOTE = "note"


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


@dataclass(slots=True)
class Draft:
    """A row as a record that is not yet saved, with what belongs to it (their owner is still 0).

    `row` counts from 1 as Excel shows it; `continued` is how many rows below it go on with it. `rejected` says why
    the row cannot be a record.
    """

    record: Record
    row: int
    children: list[Record] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    rejected: str = ""
    continued: int = 0


def rows_to_records(sheet: Sheet, layout: Layout, mapping: Mapping, find: FindId = no_record) -> Iterator[Draft]:
    """A draft for every data row; `find` gives the id of a record named in a cell (units, members, investors)."""
    reading = Reading(sheet, mapping, find)
    for (number, row), *more in layout.records(sheet):
        draft = reading.draft(number, row)
        for number, row in more:
            reading.go_on(draft, number, row)
        yield draft


@dataclass(frozen=True)
class _ColumnReader:
    """How one column is read; `name` is the field's, `path` where it goes."""

    index: int
    path: str
    name: str
    label: str
    letter: str
    kind: kinds.Kind
    read: Reader
    warn: Callable[[Any], str] | None


class Reading:
    """What is resolved once a sheet and used for every row."""

    def __init__(self, sheet: Sheet, mapping: Mapping, find: FindId) -> None:
        self._sheet = sheet
        self._type = mapping.record
        targets = targets_of(mapping.record)
        self._own: list[_ColumnReader] = []
        self._parts: dict[str, list[_ColumnReader]] = {}
        self._point: list[_ColumnReader] = []
        self._places: list[_ColumnReader] = []
        for match in mapping.used:
            reader = _column_reader(match, targets[match.path].label, targets[match.path].kind, find)
            if self._type in _PEOPLE and match.path == self._type.TITLE:
                reader = replace(reader, read=_read_name)
            part = targets[match.path].part
            if match.path in ("point.lon", "point.lat"):
                self._point.append(reader)
            elif part:
                self._parts.setdefault(part, []).append(reader)
            else:
                self._own.append(reader)
                if isinstance(targets[match.path].kind, kinds.Place):
                    self._places.append(reader)
        self._names = {f.name for f in fields_of(self._type)}
        self._required = [f for f in fields_of(self._type) if f.spec.required and not f.spec.derived]

    def draft(self, number: int, row: Row) -> Draft:
        problems: list[CellProblem] = []
        raw: dict[str, str] = {}
        values = self._values(self._own, number, row, raw, problems)
        if self._point:
            self._read_point(number, row, values, raw, problems)
        for reader in self._places:
            self._keep_what_is_besides(reader, number, row, values, raw, problems)
        children = [child for part in self._parts for child in self._children(part, number, row, problems)]
        draft = Draft(self._type(**values, raw=raw), number + 1, children, problems)
        missing = [f.label for f in self._required if f.name not in values and f.name not in raw]
        if missing:
            draft.rejected = f"没有{'、'.join(missing)}"
        elif self._type.TITLE in raw:
            label = next(f.label for f in self._required if f.name == self._type.TITLE)
            draft.rejected = f"{label}没有看懂：{raw[self._type.TITLE]}"
        return draft

    def go_on(self, draft: Draft, number: int, row: Row) -> None:
        """Takes another row of the same record: its people and steps too, its texts below those of the first.

        What it says otherwise than the first row is kept in the note, and listed.
        """
        more = self.draft(number, row)
        record, new = draft.record, more.record
        draft.continued += 1
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
            readers = [*self._own, *(reader for part in self._parts.values() for reader in part)]
            told = next((reader for reader in readers if cell_text(row[reader.index]).strip()), title)
            reason = f"没有写{title.label}，算作第 {draft.row} 行的续行"
            draft.problems.append(self._problem(told, number, row[told.index], reason, warning=True))

    def _keep_apart(self, draft: Draft, reader: _ColumnReader, number: int, row: Row, said: str) -> None:
        text = f"{reader.label}：{said}"
        reason = f"与第 {draft.row} 行是同一条，这里另有说法"
        if _NOTE in self._names:
            draft.record.note = "\n".join(filter(None, (draft.record.note, text)))  # type: ignore[attr-defined]
            reason += "，记在备注里"
        draft.problems.append(self._problem(reader, number, row[reader.index], reason, warning=True))

    def _values(
        self, readers: list[_ColumnReader], number: int, row: Row, raw: dict[str, str], problems: list[CellProblem]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        unread = self._sheet.unread
        for reader in readers:
            cell = row[reader.index]
            if cell == "" or (type(cell) is str and (cell in DASHES or not cell.strip(_INVISIBLE))):
                continue
            if unread and (number, reader.index) in unread:
                raw[reader.name] = unread[number, reader.index]
                problems.append(self._problem(reader, number, cell, _unread_reason(raw[reader.name])))
                continue
            try:
                value = reader.read(cell)
            except NotUnderstood as reason:
                raw[reader.name] = cell_text(cell).strip()
                problems.append(self._problem(reader, number, cell, str(reason)))
                continue
            if not value and value in ("", ()):
                continue
            values[reader.name] = value
            if reader.warn is not None and (doubt := reader.warn(value)):
                problems.append(self._problem(reader, number, cell, doubt, warning=True))
        return values

    def _problem(
        self, reader: _ColumnReader, number: int, cell: Cell, reason: str, warning: bool = False
    ) -> CellProblem:
        text = cell_text(cell).strip()
        sheet, row, column = self._sheet.place(number, reader.index)
        letter = column_letter(column) if self._sheet.origin else reader.letter
        return CellProblem(sheet, row + 1, letter, reader.label, text, reason, warning)

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
            problems.append(self._problem(self._point[0], number, both, str(reason)))

    def _keep_what_is_besides(
        self,
        reader: _ColumnReader,
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
            problems.append(self._problem(reader, number, text, f"“{rest}”没有用上", warning=True))

    def _children(self, part: str, number: int, row: Row, problems: list[CellProblem]) -> list[Record]:
        child = PARTS[self._type][part]
        readers = self._parts[part]
        if child is Milestone:
            return self._milestones(readers, number, row, problems)
        if child is Contact:
            return self._contacts(readers, number, row, problems)
        found: list[Record] = []
        for one in _dealt(child, readers, row):
            raw: dict[str, str] = {}
            values = self._values(readers, number, one, raw, problems)
            if values or raw:
                self._own_up_unsaid(child, readers, number, row, {*values, *raw}, raw, problems)
                found.append(child(**values, raw=raw))
        return found

    def _own_up_unsaid(
        self,
        child: type[Record],
        readers: list[_ColumnReader],
        number: int,
        row: Row,
        said: set[str],
        raw: dict[str, str],
        problems: list[CellProblem],
    ) -> None:
        """What the row tells of a child without saying whose or which it is stays, as that of one not named."""
        for unsaid in _required_of(child):
            if unsaid.name not in said:
                raw[unsaid.name] = UNSAID
                reader = next(reader for reader in readers if reader.name in said)
                reason = f"没有写{unsaid.label}，记为“{UNSAID}”"
                problems.append(self._problem(reader, number, row[reader.index], reason, warning=True))

    def _contacts(
        self, readers: list[_ColumnReader], number: int, row: Row, problems: list[CellProblem]
    ) -> list[Record]:
        raw: dict[str, str] = {}
        values = self._values(readers, number, row, raw, problems)
        if not values and not raw:
            return []
        self._leave_out_sensitive(readers, number, values, problems)
        people = values.pop("person", ())
        if "person" in raw:
            raw["name"] = raw.pop("person")
        elif not people and values:
            reader = next(reader for reader in readers if reader.name in values or reader.name in raw)
            reason = f"有联系方式，没有姓名，联系人记为“{NAMELESS}”"
            problems.append(self._problem(reader, number, row[reader.index], reason, warning=True))
        return list(people_as_contacts(values, raw, people or ((NAMELESS, "", ""),)))

    def _leave_out_sensitive(
        self, readers: list[_ColumnReader], number: int, values: dict[str, Any], problems: list[CellProblem]
    ) -> None:
        """What may tell a faith or a health is taken only with its legal basis (个人信息保护法 第二十九条)."""
        for reader in readers:
            if reader.name in BASIS_FIRST and reader.name in values and not values.get("basis"):
                del values[reader.name]
                problems.append(self._problem(reader, number, "（不显示）", "没有写明处理依据，这一格没有导入"))

    def _milestones(
        self, readers: list[_ColumnReader], number: int, row: Row, problems: list[CellProblem]
    ) -> list[Record]:
        """The stage said, and the days of steps; a stage with its own day is one milestone."""
        raw: dict[str, str] = {}
        values = self._values(readers, number, row, raw, problems)
        found: dict[str, Milestone] = {}
        for name in [*values, *raw]:
            if name not in _MILESTONE_FIELDS:
                step = name.removeprefix(_PLANNED)
                milestone = found.setdefault(step, Milestone(step=step))
                when = "planned" if name.startswith(_PLANNED) else "actual"
                if name in values:
                    setattr(milestone, when, values[name])
                else:
                    milestone.raw[when] = raw[name]
        told = {name: value for name, value in values.items() if name in _MILESTONE_FIELDS}
        own = {name: text for name, text in raw.items() if name in _MILESTONE_FIELDS}
        if told or own:
            self._own_up_unsaid(Milestone, readers, number, row, {*told, *own}, own, problems)
            milestone = found.setdefault(told.get("step", ""), Milestone(step=told.get("step", "")))
            for name, value in told.items():
                setattr(milestone, name, value)
            milestone.reached = True if milestone.reached is None else milestone.reached
            milestone.raw.update(own)
        return list(found.values())


_MILESTONE_FIELDS = frozenset(f.name for f in fields_of(Milestone))


def _column_reader(match: Match, label: str, kind: kinds.Kind, find: FindId) -> _ColumnReader:
    name = match.path.rpartition(".")[2]
    read: Reader = format_of(kind).reader(kind, match.unit, find)
    if match.path in ("contacts.person", "contacts.name"):
        name, read = "person", read_people
    elif match.path in ("contacts.mobile", "contacts.phone"):
        read = read_numbers
    letter = match.column.letter
    return _ColumnReader(match.column.index, match.path, name, label, letter, kind, read, warner_of(kind))


def _alike(child: Record, other: Record) -> bool:
    """Whether a row repeats what the one above says of a person or a step, as merged cells do."""
    return type(child) is type(other) and child == other


def _read_name(cell: Cell) -> str:
    return tidy(unstretched(cell_text(cell)))


def _dealt(child: type[Record], readers: list[_ColumnReader], row: Row) -> list[Row]:
    """The row once for each record named in it ("甲公司、乙公司"); the other cells are dealt out where they suffice."""
    required = {field.name for field in _required_of(child)}
    key = next((reader for reader in readers if reader.name in required), None)
    count = len(_pieces(row[key.index])) if key is not None else 1
    if count < 2 or key is None or _is_understood(key, row[key.index]):
        return [row]
    rows = [list(row) for _ in range(count)]
    for reader in readers:
        pieces = _pieces(row[reader.index])
        for place, cells in enumerate(rows):
            if len(pieces) == count:
                cells[reader.index] = pieces[place]
            elif place:
                cells[reader.index] = ""
    return [tuple(cells) for cells in rows]


def _pieces(cell: Cell) -> list[str]:
    return [piece for piece in (tidy(piece) for piece in _LIST_MARKS.split(cell_text(cell))) if piece]


def _is_understood(reader: _ColumnReader, cell: Cell) -> bool:
    """Whether the whole cell is one value, as the name of a firm with a comma in it."""
    try:
        reader.read(cell)
    except NotUnderstood:
        return False
    return True


def _required_of(child: type[Record]) -> list[Field]:
    """What a child cannot be without, besides its owner."""
    return [field for field in fields_of(child) if field.spec.required and field.name != child.OWNER]


def _unread_reason(text: str) -> str:
    if text.startswith("="):
        return "是公式，文件里没有保存它的计算结果，请用 Excel 打开后保存再导入"
    return f"是出错的公式（{text}）"
