"""What a row tells of others: an investor's people, a project's investors and steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.investor import BASIS_FIRST, Contact
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.person import split_person
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import tidy
from zhaoshang_desktop.exchange.cells import CellProblem, Cells, ColumnReader
from zhaoshang_desktop.exchange.people import NAMELESS, people_as_contacts, told_once
from zhaoshang_desktop.exchange.sheet import Cell, Row, cell_text
from zhaoshang_desktop.exchange.targets import read_parts

UNSAID = "未写明"
PLANNED = "计划"
_LIST_MARKS = re.compile(r"[、，,；;/|\n]")
_MILESTONE_FIELDS = frozenset(f.name for f in fields_of(Milestone))


class Parts:
    """Reads the columns of a sheet that tell of what belongs to its records."""

    def __init__(self, record: type[Record], cells: Cells) -> None:
        self.readers: dict[str, list[ColumnReader]] = {}
        self._record, self._cells = record, cells
        self._kinds = read_parts(record)

    def children(self, number: int, row: Row, problems: list[CellProblem]) -> list[Record]:
        """All that a row brings along."""
        found = [child for part in self.readers for child in self._children(part, number, row, problems)]
        return told_once(found) if len(self.readers) > 1 else found

    def telling(self, child: Record, name: str, rows: Sequence[Row]) -> list[tuple[int, ColumnReader]]:
        """The places in these rows that may have told a field of a child, the likeliest first: row and column.

        "" asks for the child as a whole.
        """
        parts = [part for part in self.readers if self._kinds[part] is type(child)]
        naming = [(place, part) for place, row in enumerate(rows) for part in parts if self.names(part, child, row)]
        names = [name, "person", child.TITLE] if name else [child.TITLE, "person"]
        if isinstance(child, Milestone):
            names = [name, PLANNED + child.step if name == "planned" else child.step, "step"]
        places = [(place, reader) for place, part in naming for reader in self.readers[part]]
        wanted = [(place, reader) for place, reader in places if reader.name in names]
        return sorted(wanted, key=lambda one: names.index(one[1].name)) or places

    def names(self, part: str, child: Record, row: Row) -> bool:
        """Whether a row names the child in the columns of that part; where it names nobody, all that it says may do."""
        told = [row[reader.index] for reader in self.readers[part] if reader.name in ("person", child.TITLE)]
        called = ["".join(cell_text(cell).split()) for cell in told if cell != ""]
        if not isinstance(child, Contact) or not called:
            return True
        names = [name for name in (child.name, child.raw.get("name", "")) if name]
        return any(name in text for name in names for text in called)

    def _children(self, part: str, number: int, row: Row, problems: list[CellProblem]) -> list[Record]:
        child = self._kinds[part]
        readers = self.readers[part]
        if child is Milestone:
            return self._milestones(readers, number, row, problems)
        if child is Contact:
            return self._contacts(readers, number, row, problems)
        found: list[Record] = []
        for one in _dealt(child, readers, row):
            raw: dict[str, str] = {}
            values = self._cells.values(readers, number, one, raw, problems)
            if values or raw:
                self._own_up_unsaid(child, readers, number, row, {*values, *raw}, raw, problems)
                found.append(child(**values, raw=raw))
        return found

    def _own_up_unsaid(
        self,
        child: type[Record],
        readers: list[ColumnReader],
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
                problems.append(self._cells.problem(reader, number, row[reader.index], reason, warning=True))

    def _contacts(
        self, readers: list[ColumnReader], number: int, row: Row, problems: list[CellProblem]
    ) -> list[Record]:
        raw: dict[str, str] = {}
        before = len(problems)
        values = self._cells.values(readers, number, row, raw, problems)
        if not values and not raw:
            return []
        if "person" not in values and "person" not in raw:
            self._find_people_among_numbers(values, raw, problems, before)
        self._leave_out_sensitive(readers, number, values, problems)
        people = values.pop("person", ())
        if "person" in raw:
            raw["name"] = raw.pop("person")
        elif not people and values:
            reader = next(reader for reader in readers if reader.name in values or reader.name in raw)
            reason = f"有联系方式，没有姓名，联系人记为“{NAMELESS}”"
            problems.append(self._cells.problem(reader, number, row[reader.index], reason, warning=True))
        return list(people_as_contacts(values, raw, people or ((NAMELESS, "", ""),)))

    def _find_people_among_numbers(
        self, values: dict[str, Any], raw: dict[str, str], problems: list[CellProblem], before: int
    ) -> None:
        """Where nobody is named elsewhere, a cell of numbers may say whose they are: 张总：138…；李经理：0510-…"""
        for name in ("phone", "mobile"):
            if name in raw and "person" not in values:
                try:
                    people = split_person(raw[name])
                except NotUnderstood:
                    continue
                values["person"], told = people, raw.pop(name)
                problems[before:] = [one for one in problems[before:] if one.text != told]

    def _leave_out_sensitive(
        self, readers: list[ColumnReader], number: int, values: dict[str, Any], problems: list[CellProblem]
    ) -> None:
        """What may tell a faith or a health is taken only with its legal basis (个人信息保护法 第二十九条)."""
        for reader in readers:
            if reader.name in BASIS_FIRST and reader.name in values and not values.get("basis"):
                del values[reader.name]
                problems.append(self._cells.problem(reader, number, "（不显示）", "没有写明处理依据，这一格没有导入"))

    def _milestones(
        self, readers: list[ColumnReader], number: int, row: Row, problems: list[CellProblem]
    ) -> list[Record]:
        """The stage said, and the days of steps; a stage with its own day is one milestone.

        A stage that is said is reached, unless all that is said of it is when it is planned.
        """
        raw: dict[str, str] = {}
        values = self._cells.values(readers, number, row, raw, problems)
        found: dict[str, Milestone] = {}
        for name in [*values, *raw]:
            if name not in _MILESTONE_FIELDS:
                step = name.removeprefix(PLANNED)
                milestone = found.setdefault(step, Milestone(step=step))
                when = "planned" if name.startswith(PLANNED) else "actual"
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
            only_planned = "planned" in {*told, *own} and "actual" not in {*told, *own}
            if milestone.reached is None and not only_planned:
                milestone.reached = True
            milestone.raw.update(own)
        return list(found.values())


def _dealt(child: type[Record], readers: list[ColumnReader], row: Row) -> list[Row]:
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


def _is_understood(reader: ColumnReader, cell: Cell) -> bool:
    """Whether the whole cell is one value, as the name of a firm with a comma in it."""
    try:
        reader.read(cell)
    except NotUnderstood:
        return False
    return True


def _required_of(child: type[Record]) -> list[Field]:
    """What a child cannot be without, besides its owner."""
    return [field for field in fields_of(child) if field.spec.required and field.name != child.OWNER]
