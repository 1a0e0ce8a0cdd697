"""Where the header of a table is, and what its headings are."""

from __future__ import annotations

from collections.abc import Collection

from zhaoshang_desktop.exchange.heading import Heading, header_key, heading_of
from zhaoshang_desktop.exchange.sheet import Sheet, cell_text
from zhaoshang_desktop.exchange.wording import are_labels, is_label, is_sum, is_unit_line, vocabulary

SEARCH_ROWS = 60
_MOST_HEADER_ROWS = 3
_AS_GOOD = 0.75  # of the best: the first such row is the header, later ones repeat it


def header_rows_of(sheet: Sheet, settled: Collection[int] = ()) -> tuple[int, ...]:
    """The rows of the header of the first table, none of which is among those `settled` to be something else."""
    allowed = [row for row in range(min(len(sheet.rows), SEARCH_ROWS)) if row not in settled]
    scores = {row: score for row in allowed if (score := _header_score(sheet, row)) > 0}
    if not scores:
        return ()
    best = next(row for row, score in scores.items() if score >= max(scores.values()) * _AS_GOOD)
    return header_around(sheet, best, frozenset(allowed))


def header_around(sheet: Sheet, row: int, allowed: frozenset[int]) -> tuple[int, ...]:
    """A row of a header with those above and below it that belong to the header too."""
    top = bottom = row
    while bottom - top < _MOST_HEADER_ROWS - 1 and top - 1 in allowed and _heads(sheet, top - 1, top):
        top -= 1
    while bottom - top < _MOST_HEADER_ROWS - 1 and bottom + 1 in allowed and _heads(sheet, bottom, bottom + 1):
        bottom += 1
    return tuple(range(top, bottom + 1))


def _header_score(sheet: Sheet, row: int) -> float:
    """How much a row looks like a header: known words count most, then short texts and a wide reach."""
    texts = [cell_text(cell).strip() for cell in sheet.rows[row]]
    filled = [text for text in texts if text]
    if not filled or is_sum(filled[0]):
        return 0
    known = sum(header_key(text) in vocabulary() for text in filled)
    plain = sum(is_label(cell) for cell in sheet.rows[row] if cell != "")
    alike = len(set(filled)) < len(filled) * 0.7 and known * 2 < len(
        filled
    )  # headings repeat too: 电话, 电话, 备注, 备注
    if len(filled) < min(2, sheet.width) or plain < len(filled) * 0.75 or alike:
        return 0
    usual = max((sheet.width - r.count("") for r in sheet.rows[row + 1 : row + 6]), default=0)
    reach = len(filled) / max(usual, len(filled))
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()
    contrast = sum(not isinstance(cell, str) for cell in below) / max(len(filled), 1)
    return known * 3 + (reach - 0.45) * 4 + contrast * 2 - row * 0.05


def _heads(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two neighbouring rows are both header: merged together, or the lower one fills the upper one's gaps."""
    blocks = [m for m in sheet.merged if m.top <= upper <= m.bottom and m.right < sheet.width]
    if any(m.bottom >= lower for m in blocks) and are_labels(sheet.rows[lower]) and _is_heading(sheet, upper):
        return True
    above, below = sheet.rows[upper], sheet.rows[lower]
    if not (are_labels(above) and are_labels(below)) or not _is_heading(sheet, upper):
        return False
    wide = [m for m in blocks if m.top == upper and m.right > m.left]
    if wide and all(
        any(m.left <= c <= m.right for m in wide) or above[c] == "" for c, cell in enumerate(below) if cell != ""
    ):
        return True
    if all(is_unit_line(cell) for cell in below if cell != ""):
        return True
    first = next((c for c, cell in enumerate(above) if cell != ""), 0)
    known = any(header_key(cell_text(cell)) in vocabulary() for cell in below if cell != "")
    return known and below[first] == "" and any(cell == "" for cell in above[first:])


def _is_heading(sheet: Sheet, row: int) -> bool:
    """More than a title: several cells, none merged over nearly the whole width without a known word beside it."""
    filled = sheet.width - sheet.rows[row].count("")
    wide = [m for m in sheet.merged if m.top == row and m.right - m.left + 1 >= sheet.width - 1 > 1]
    beside = [c for m in wide for n, c in enumerate(sheet.rows[row]) if c != "" and not m.left <= n <= m.right]
    return filled >= 2 and (not wide or any(header_key(cell_text(cell)) in vocabulary() for cell in beside))


def headings(sheet: Sheet, rows: tuple[int, ...]) -> list[Heading]:
    """The heading of every column, joined from the header rows with what is merged over it."""
    across: dict[tuple[int, int], str] = {}
    for merge in sheet.merged:
        if merge.top in rows and merge.left < sheet.width:
            text = cell_text(sheet.rows[merge.top][merge.left])
            across.update(
                {(merge.top, column): text for column in range(merge.left, min(merge.right + 1, sheet.width))}
            )
    found = []
    for column in range(sheet.width):
        parts = []
        for place, row in enumerate(rows):
            text = across.get((row, column)) or cell_text(sheet.rows[row][column])
            if not text and place < len(rows) - 1:
                text = _from_left(sheet, rows[place], rows[place + 1], column)
            parts.append(text)
        found.append(heading_of(parts))
    return found


def _from_left(sheet: Sheet, row: int, below: int, column: int) -> str:
    """The upper heading of an unmerged block: an empty cell with something below it, right of one that has both."""
    cells, lower = sheet.rows[row], sheet.rows[below]
    while column > 0 and cells[column] == "" and lower[column] != "":
        column -= 1
    return cell_text(cells[column]) if lower[column] != "" and cells[column] != "" else ""
