"""Rows that go on with the record above them: one company, several rounds, people or lines.

Whether a row is one is only known when it is known which column names the record: its cell is merged with that of
the row above, or is empty in a row that says less than the one it continues. Where rows are numbered, one without
a number goes on; where they are not, only one that says nothing twice: a second person, a further round.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as MappingOf

from zhaoshang_desktop.exchange.layout import Layout, Role, is_numbering
from zhaoshang_desktop.exchange.mapping import Mapping
from zhaoshang_desktop.exchange.sheet import Row, Sheet, cell_text

_OWN = ("credit_code", "code")
"""What only a record of its own has."""


def with_continued(sheet: Sheet, layout: Layout, mapping: Mapping, corrections: MappingOf[int, Role]) -> Layout:
    """The layout with the rows that continue others, those apart that the clerk has corrected."""
    title = next((match.column.index for match in mapping.used if match.path == mapping.record.TITLE), -1)
    if sheet.apart or not 0 <= title < sheet.width:
        return layout
    roles = list(layout.roles)
    below = _merged_below(sheet, roles, title)
    numbers = [column.index for column in layout.columns if is_numbering(column)]
    own = [match.column.index for match in mapping.used if match.path in _OWN and match.column.index < sheet.width]
    used = [match.column.index for match in mapping.used if match.column.index < sheet.width]
    single = [] if numbers else [m.column.index for m in mapping.used if _is_single(m.path) and m.column.index in used]
    head: Row = ()
    for number, row in enumerate(sheet.rows):
        if roles[number] is not Role.DATA:
            head = head if roles[number] is Role.CONTINUED else ()
        elif number in corrections:
            head = row
        elif head and (
            number in below
            or _is_of_form(sheet, number, title)
            or _goes_on(row, head, [title, *own, *numbers], used, single)
        ):
            roles[number] = Role.CONTINUED
        else:
            head = row if _filled(row[title]) else ()
    return dataclasses.replace(layout, roles=tuple(roles))


def _merged_below(sheet: Sheet, roles: list[Role], title: int) -> set[int]:
    """The rows below the first of each block of cells that names a record."""
    found: set[int] = set()
    for merge in sheet.merged:
        names = merge.left <= title <= merge.right and merge.top < len(roles) and roles[merge.top] is Role.DATA
        if names and merge.bottom > merge.top:
            found.update(range(merge.top + 1, merge.bottom + 1))
    return found


def _is_of_form(sheet: Sheet, number: int, title: int) -> bool:
    """Whether a row of a list made from forms is no form's first: that would say, if emptily, what its record is."""
    return bool(sheet.origin) and (number, title) not in sheet.origin


def _is_single(path: str) -> bool:
    """Whether a record has one of it only: not a person's, a step's or the note."""
    return "." not in path and path != "note"


def _goes_on(row: Row, head: Row, own: list[int], used: list[int], single: list[int]) -> bool:
    if any(_filled(row[column]) for column in own):
        return False
    if any(_filled(row[column]) and _filled(head[column]) for column in single):
        return False
    said = sum(_filled(row[column]) for column in used)
    return 0 < said < sum(_filled(head[column]) for column in used)


def _filled(cell: object) -> bool:
    return cell != "" and bool(cell_text(cell).strip())  # type: ignore[arg-type]
