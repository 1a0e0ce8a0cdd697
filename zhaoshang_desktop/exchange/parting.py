"""Several tables on one sheet, below or beside each other: each becomes a sheet, its cells where they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from zhaoshang_desktop.exchange import forms
from zhaoshang_desktop.exchange.header import header_around, header_rows_of
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.sheet import Row, Sheet, Workbook, cell_text, column_letter
from zhaoshang_desktop.exchange.wording import are_labels, is_note, vocabulary

_LONE = 2
_LEAST_KNOWN = 2
_ALL_TEXT = frozenset({str})


def parted(book: Workbook) -> Workbook:
    """The workbook with every table as a sheet, and its forms as one list."""
    return replace(book, sheets=[part for sheet in forms.gathered(book.sheets) for part in parts(sheet)])


def parts(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet; the sheet itself when it has only one."""
    if sheet.origin or sheet.apart or not sheet.rows:
        return [sheet]
    first = header_rows_of(sheet)
    if not first:
        return [sheet]
    heads = [first, *_further_heads(sheet, first)]
    tops = [0, *(_top_of(sheet, head[0], before[-1]) for before, head in pairwise(heads))]
    found: list[Sheet] = []
    for place, top in enumerate(tops):
        bottom = tops[place + 1] if place + 1 < len(tops) else len(sheet.rows)
        for left, right in _beside(sheet, heads[place][0], bottom):
            found.append(_cut(sheet, top, bottom, left, right))
    if len(found) == 1:
        return [sheet]
    return [replace(part, part=f"第 {number} 张表（{part.part}）") for number, part in enumerate(found, 1)]


def _further_heads(sheet: Sheet, first: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Headers below the first that say other things than the one before; a repeated one is of the same table."""
    words, last = vocabulary(), first
    for number in range(first[-1] + 2, len(sheet.rows) - 1):
        row, above = sheet.rows[number], sheet.rows[number - 1]
        if not _ALL_TEXT.issuperset(map(type, row)):
            continue
        sparse = above.count("") >= sheet.width - _LONE
        start = row[0] if row[0] != "" else row[1] if sheet.width > 1 else ""
        if not (sparse or (type(start) is str and header_key(start) in words)) or not _is_head(row):
            continue
        head = header_around(sheet, number, frozenset(range(last[-1] + 2, len(sheet.rows))))
        if _keys(sheet, head) - _keys(sheet, last) and _has_data(sheet, head[-1]):
            yield head
            last = head


def _has_data(sheet: Sheet, head: int) -> bool:
    return any(row.count("") < len(row) and not _is_head(row) for row in sheet.rows[head + 1 : head + 4])


def _is_head(row: Row) -> bool:
    filled = [cell for cell in row if cell != ""]
    if len(filled) < _LEAST_KNOWN or not are_labels(row):
        return False
    known = sum(header_key(cell_text(cell)) in vocabulary() for cell in filled)
    return known >= _LEAST_KNOWN and known * 2 >= len(filled)


def _keys(sheet: Sheet, head: tuple[int, ...]) -> set[str]:
    return {header_key(cell_text(cell)) for row in head for cell in sheet.rows[row] if cell != ""}


def _top_of(sheet: Sheet, head: int, before: int) -> int:
    """Where the table of that header begins: its titles stand above it, as far as the next blank or full row."""
    top = head
    while top - 1 > before + 1:
        row = sheet.rows[top - 1]
        filled = sheet.width - row.count("")
        text = next((cell_text(cell).strip() for cell in row if cell != ""), "")
        if not 0 < filled <= _LONE or is_note(text) or (filled > 1 and not are_labels(row)):
            break
        top -= 1
    return top


def _beside(sheet: Sheet, head: int, bottom: int) -> list[tuple[int, int]]:
    """The columns (first, one behind the last) of the tables that stand side by side under a header."""
    row = sheet.rows[head]
    keys = [header_key(cell_text(cell)) if cell != "" else "" for cell in row]
    first = next((column for column, key in enumerate(keys) if key), 0)
    starts = [column for column, key in enumerate(keys) if key == keys[first]]
    if len(starts) == 1:
        starts = [first, *_behind_gaps(sheet, keys, head, bottom)]
    edges = [0, *starts[1:], sheet.width]
    spans = list(pairwise(edges))
    known = [sum(key in vocabulary() for key in keys[left:right]) for left, right in spans]
    return spans if len(spans) > 1 and min(known) >= _LEAST_KNOWN else [(0, sheet.width)]


def _behind_gaps(sheet: Sheet, keys: list[str], head: int, bottom: int) -> Iterator[int]:
    """Where something begins again behind a column that is empty from top to bottom."""
    for column in range(2, sheet.width - 1):
        if keys[column] and not keys[column - 1] and not any(row[column - 1] != "" for row in sheet.rows[head:bottom]):
            yield column


def _cut(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> Sheet:
    """That part of the sheet alone; every cell stays where it stands."""
    blank = ("",) * sheet.width
    whole = left == 0 and right == sheet.width
    before, behind = ("",) * left, ("",) * (sheet.width - right)
    rows = [blank] * top + [row if whole else (*before, *row[left:right], *behind) for row in sheet.rows[top:bottom]]
    while rows and rows[-1].count("") == len(rows[-1]):
        rows.pop()
    inside = [m for m in sheet.merged if top <= m.top < bottom and left <= m.left < right]
    unread = {(r, c): text for (r, c), text in sheet.unread.items() if top <= r < bottom and left <= c < right}
    where = f"第 {top + 1} 行起" if whole else f"{column_letter(left)}–{column_letter(right - 1)} 列"
    return replace(sheet, rows=rows, merged=tuple(inside), unread=unread, part=where)
