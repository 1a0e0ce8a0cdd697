"""Rows drafted while the rest of their file is still being read: two processes work at once.

What the first rows look like is taken for what all look like. Once the sheet is whole it is understood anew, and
what was drafted counts only if that says the same; else the rows are drafted as if nothing had been done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.formats import FindId
from zhaoshang_desktop.exchange.layout import Layout, Role
from zhaoshang_desktop.exchange.mapping import Mapping
from zhaoshang_desktop.exchange.records import Draft, Reading
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.understanding import understand

_LEAST_ROWS = 1_000


@dataclass
class _Guess:
    """What the first rows of a sheet were taken for; without `reading` nothing is drafted ahead."""

    layout: Layout
    mapping: Mapping
    width: int
    reading: Reading | None
    drafts: dict[int, Draft] = field(default_factory=dict)
    seen: int = 0


class Ahead:
    """Called with a sheet whenever more of its rows have come."""

    def __init__(self, record: type[Record], find: FindId) -> None:
        self._record, self._find = record, find
        self._guesses: dict[int, _Guess] = {}

    def __call__(self, sheet: Sheet) -> None:
        guess = self._guesses.get(id(sheet))
        if guess is None:
            if len(sheet.rows) < _LEAST_ROWS or not sheet.visible:
                return
            guess = self._guesses[id(sheet)] = self._guessed(sheet)
        if guess.reading is None:
            return
        for number in range(guess.seen, len(sheet.rows)):
            row = sheet.rows[number]
            if len(row) < guess.width:
                row = (*row, *[""] * (guess.width - len(row)))
            if row.count("") < len(row):
                guess.drafts[number] = guess.reading.draft(number, row)
        guess.seen = len(sheet.rows)

    def _guessed(self, sheet: Sheet) -> _Guess:
        width = max(map(len, sheet.rows))
        rows = [(*row, *[""] * (width - len(row))) for row in sheet.rows]
        layout, mapping = understand(Sheet(sheet.name, rows), self._record)
        plain = not mapping.missing and not any(column.is_group for column in layout.columns)
        reading = Reading(sheet, mapping, self._find) if plain else None
        seen = max(layout.header_rows, default=-1) + 1
        return _Guess(layout, mapping, width, reading, seen=seen)

    def drafts(self, sheet: Sheet, layout: Layout, mapping: Mapping) -> Iterator[Draft] | None:
        """The drafts of a sheet that is whole, once; None when they have to be made from the beginning."""
        guess = self._guesses.pop(id(sheet), None)
        if guess is None or guess.reading is None or mapping != guess.mapping or layout.columns != guess.layout.columns:
            return None
        first = max(layout.header_rows, default=-1) + 1
        filled_down = any(merge.bottom > merge.top and merge.bottom >= first for merge in sheet.merged)
        if filled_down or sheet.width != guess.width or Role.CONTINUED in layout.roles:
            return None
        return self._kept(guess, guess.reading, sheet, layout)

    @staticmethod
    def _kept(guess: _Guess, reading: Reading, sheet: Sheet, layout: Layout) -> Iterator[Draft]:
        unread = {row for row, _ in sheet.unread}
        for number, row in layout.data(sheet):
            draft = guess.drafts.pop(number, None)
            yield reading.draft(number, row) if draft is None or number in unread else draft
