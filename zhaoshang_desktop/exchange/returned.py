"""A workbook that came back, whatever was done to it: what it says it is, and its rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.formats import FindId
from zhaoshang_desktop.exchange.heading import header_key, split_unit
from zhaoshang_desktop.exchange.layout import Column, Layout, Role, guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping as Columns
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.people import DASHES
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.exchange.seal import TICKET_SHEET, Mark, Seal, Ticket, read_ticket
from zhaoshang_desktop.exchange.sending import (
    CODES_HEAD,
    HEAD_ROW,
    MARK_HEADING,
    TICKET_HEAD,
    SentColumn,
)
from zhaoshang_desktop.exchange.sheet import Cell, Row, Sheet, Workbook, cell_text
from zhaoshang_desktop.exchange.targets import known_headings

_LOOKED_AT = 60
_NUMBERING = "序号"


@dataclass(frozen=True)
class Recognised:
    """What a book says of itself before anybody knows the sending; `marks` are those of the sheet, by its row.

    `ticket` is None where the hidden page is gone; `genuine` is False where it is there and was changed.
    """

    name: str
    sheet: Sheet
    marks: Mapping[int, Mark]
    mark_column: int
    ticket: Ticket | None
    genuine: bool
    digest: str

    @property
    def unit(self) -> int:
        """Whose sheet it is: what the ticket says, else most of the marks; 0 for nobody's."""
        return self.ticket.unit if self.ticket else self.marked_unit

    @property
    def marked_unit(self) -> int:
        """Whose rows most of its rows are."""
        units = Counter(mark.unit for mark in self.marks.values() if mark.genuine)
        units = units or Counter(mark.unit for mark in self.marks.values())
        return units.most_common(1)[0][0] if units else 0


@dataclass(frozen=True)
class ReturnedRow:
    """A row with a mark: `number` counts from 1 as Excel shows it, `cells` are by path."""

    number: int
    mark: Mark
    cells: Mapping[str, Cell]
    unread: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        return all(is_blank(cell) for cell in self.cells.values())


@dataclass(frozen=True)
class Returned:
    """The table: which columns are still there (path → its unit and letter), its marked rows, what else was found.

    `own` is the layout by which the rows without a mark are read as new ones.
    """

    columns: Mapping[str, Column]
    rows: tuple[ReturnedRow, ...]
    unknown: tuple[str, ...]
    new: Layout
    by_name: bool = False


def recognise(book: Workbook, seal: Seal) -> Recognised | None:
    """What the book is; None when nothing in it is ours."""
    ticket, genuine = _ticket(book, seal)
    best: tuple[Sheet, int, dict[int, Mark]] | None = None
    for sheet in book.sheets:
        if sheet.name != TICKET_SHEET and sheet.rows:
            column, marks = _marks(sheet, seal)
            if best is None or len(marks) > len(best[2]):
                best = sheet, column, marks
    if best is None or (ticket is None and not best[2]):
        return None
    sheet, column, marks = best
    digest = hashlib.sha256(repr([row for row in sheet.rows if any(cell != "" for cell in row)]).encode()).hexdigest()
    return Recognised(book.name, sheet, marks, column, ticket, genuine, digest)


def _ticket(book: Workbook, seal: Seal) -> tuple[Ticket | None, bool]:
    """By its first words, since the page may have been renamed."""
    for sheet in book.sheets:
        texts = [cell_text(row[0]) for row in sheet.rows[:3] if row]
        if texts and texts[0].strip() == TICKET_HEAD:
            ticket = read_ticket(texts[1]) if len(texts) > 1 else None
            genuine = ticket is not None and len(texts) > 2 and seal.is_genuine(texts[1], texts[2])
            return ticket, genuine
    return None, True


def _marks(sheet: Sheet, seal: Seal) -> tuple[int, dict[int, Mark]]:
    """The column with most marks, and the marks in it."""
    found: dict[int, dict[int, Mark]] = {}
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if type(cell) is str and cell[:1] in "zZ " and (mark := seal.read_mark(cell)):
                found.setdefault(column, {})[number] = mark
    column = max(found, key=lambda one: len(found[one]), default=-1)
    return column, found.get(column, {})


def is_blank(cell: Cell) -> bool:
    """Nothing, or a dash that stands for nothing."""
    return type(cell) is str and (not cell.strip() or cell.strip() in DASHES)


def read_returned(found: Recognised, columns: Sequence[SentColumn], record: type[Record]) -> Returned:
    """The table of a recognised book as the columns of its sending say."""
    sheet = found.sheet
    codes = _codes_row(sheet, columns)
    head = _head_row(sheet, codes, columns)
    headings = [cell_text(cell).strip() for cell in sheet.rows[head]] if head >= 0 else [""] * sheet.width
    places = _by_codes(sheet.rows[codes], columns) if codes >= 0 else _by_headings(headings, columns, record)
    known = {path: Column(index, *split_unit(headings[index])) for path, index in places.items()}
    layout = guess_layout(sheet, {head: Role.HEADER} if head >= 0 else None)
    filled = dict(layout.data(sheet))
    rows = tuple(
        _row(sheet, number, filled.get(number, sheet.rows[number]), mark, known)
        for number, mark in sorted(found.marks.items())
    )
    others = set(range(sheet.width)) - set(places.values()) - {found.mark_column}
    unknown = tuple(
        headings[index]
        for index in sorted(others)
        if headings[index]
        and headings[index] not in (_NUMBERING, MARK_HEADING)
        and any(sheet.rows[number][index] != "" for number in range(head + 1, len(sheet.rows)))
    )
    return Returned(known, rows, unknown, _only_new(sheet, layout, found, known, head), by_name=not found.marks)


def _row(sheet: Sheet, number: int, cells: Row, mark: Mark, known: Mapping[str, Column]) -> ReturnedRow:
    own = {path: cells[column.index] for path, column in known.items()}
    unread = {}
    if sheet.unread:
        at = {path: (number, column.index) for path, column in known.items()}
        unread = {path: sheet.unread[place] for path, place in at.items() if place in sheet.unread}
    return ReturnedRow(number + 1, mark, own, unread)


def _codes_row(sheet: Sheet, columns: Sequence[SentColumn]) -> int:
    """The hidden row that says which column is which, -1 when it is gone."""
    paths = {column.path for column in columns}
    for number, row in enumerate(islice(sheet.rows, _LOOKED_AT)):
        texts = [cell for cell in row if isinstance(cell, str) and cell]
        if CODES_HEAD in texts or (len(texts) > 1 and paths.issuperset(texts)):
            return number
    return -1


def _head_row(sheet: Sheet, codes: int, columns: Sequence[SentColumn]) -> int:
    """The row of headings, -1 when there is none."""
    wanted = {header_key(column.heading) for column in columns} | {header_key(MARK_HEADING)}
    scores = {
        number: sum(header_key(cell) in wanted for cell in row if isinstance(cell, str) and cell)
        for number, row in enumerate(islice(sheet.rows, _LOOKED_AT))
        if number != codes
    }
    best = max(scores, key=lambda number: scores[number], default=-1)
    if best >= 0 and scores[best] > 0:
        return best
    return codes + 1 if 0 <= codes < len(sheet.rows) - 1 else min(HEAD_ROW - 1, len(sheet.rows) - 1)


def _by_codes(row: Row, columns: Sequence[SentColumn]) -> dict[str, int]:
    paths = {column.path for column in columns}
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        if isinstance(cell, str) and cell.strip() in paths:
            found.setdefault(cell.strip(), index)
    return found


def _by_headings(headings: Sequence[str], columns: Sequence[SentColumn], record: type[Record]) -> dict[str, int]:
    """By the very heading, else by another name of the field."""
    keys = [header_key(heading) for heading in headings]
    found = {column.path: keys.index(key) for column in columns if (key := header_key(column.heading)) in keys}
    aliases = known_headings(record)
    wanted = {column.path for column in columns} - found.keys()
    for index, key in enumerate(keys):
        path = aliases.get(key, ("", 0.0))[0]
        if path in wanted and index not in found.values():
            found.setdefault(path, index)
    return found


def _only_new(sheet: Sheet, layout: Layout, found: Recognised, known: Mapping[str, Column], head: int) -> Layout:
    """The layout in which only the rows without a mark, and with something in a column of ours, are data."""
    places = [column.index for column in known.values()]
    roles = [
        Role.BLANK
        if role is Role.DATA
        and (number in found.marks or number <= head or all(is_blank(sheet.rows[number][place]) for place in places))
        else role
        for number, role in enumerate(layout.roles)
    ]
    return replace(layout, roles=tuple(roles))


def new_rows(
    found: Recognised, returned: Returned, record: type[Record], find: FindId
) -> Iterator[tuple[Draft, Mapping[str, Cell]]]:
    """The rows that were added, as drafts, with the cells of those columns that are no field of the record itself."""
    own = {path: column for path, column in returned.columns.items() if "." not in path}
    matches = tuple(Match(column, path, unit=column.unit) for path, column in own.items())
    rows = dict(returned.new.data(found.sheet))
    for draft in rows_to_records(found.sheet, returned.new, Columns(record, matches), find):
        cells = rows[draft.row - 1]
        yield draft, {path: cells[column.index] for path, column in returned.columns.items() if "." in path}
