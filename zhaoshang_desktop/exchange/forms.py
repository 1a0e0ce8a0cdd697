"""Forms (登记表): labels with their values beside or below them, one record a sheet, made into one list.

Every label becomes a column, every form a row; people in a small table within a form become rows that continue it.
Where each cell came from is kept, so that what is wrong with it is told where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import count

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.exchange.heading import again, clean_heading, header_key
from zhaoshang_desktop.exchange.sheet import Cell, Merge, Place, Row, Sheet, cell_text
from zhaoshang_desktop.exchange.wording import is_firm, is_label, is_note, vocabulary

_MOST_ROWS, _MOST_COLUMNS, _LOOK_ROWS = 5_000, 60, 60
_LEAST_PAIRS = 3
_LONGEST_LABEL = 20
_INLINE = re.compile(r"\s*([^：:]{2,20})[：:]\s*(\S.*)", re.DOTALL)
_BOX = re.compile(r"([□☐○◯]|[☑■√✓✔☒●▣])\s*([^□☐○◯☑■√✓✔☒●▣]*)")
_EMPTY_BOXES = "□☐○◯"
LIST_NAME = "登记表"
BESIDE, BELOW = "右边", "下面"
"""The sides of a label on which its value may stand, as the wizard calls them."""

At = tuple[int, int]
Told = tuple[str, Cell, At, At]
"""A label with its value, and where each of them stands (the same cell where both are in one)."""


@dataclass
class _Form:
    """`lines` are what the rows of the list will say: the first the record, the others its further people."""

    sheet: Sheet
    lines: list[dict[str, tuple[Cell, At]]] = field(default_factory=lambda: [{}])
    labels: dict[At, str] = field(default_factory=dict)


def gathered(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, with the forms among them made into one list; hidden forms into one of their own."""
    found: dict[bool, list[_Form]] = {}
    others: list[Sheet] = []
    for sheet in sheets:
        if sheet.rows and is_form(sheet):
            found.setdefault(sheet.visible, []).extend(_forms_of(sheet))
        else:
            others.append(sheet)
    return [*(_list_of(forms) for _, forms in sorted(found.items(), reverse=True)), *others]


def with_labels(listed: Sheet, named: Mapping[str, str]) -> Sheet:
    """The list made anew from its forms, with these words as labels too, each with the side of its value; itself
    when they are those it has."""
    if not listed.forms or named == listed.named:
        return listed
    sides = {_bare(words): side for words, side in named.items()}
    forms = [form for sheet in listed.forms for form in _forms_of(sheet, sides)]
    return replace(_list_of(forms), name=listed.name, part=listed.part, named=dict(named))


def blocks_of(sheet: Sheet) -> dict[At, Merge]:
    """The merged blocks by their first cell."""
    return {(merge.top, merge.left): merge for merge in sheet.merged}


def cell_below(sheet: Sheet, blocks: Mapping[At, Merge], at: At) -> At | None:
    """Where what stands under a cell (merged or not) begins; None where nothing is there, or only a note."""
    row = (blocks[at].bottom if at in blocks else at[0]) + 1
    text = cell_text(sheet.rows[row][at[1]]).strip() if row < len(sheet.rows) else ""
    return (row, at[1]) if text and not is_note(text) else None


def is_form(sheet: Sheet) -> bool:
    """More labels with a value at their right than any row has headings; or a firm's name beside its label, above a
    small table of people (回执)."""
    if len(sheet.rows) > _MOST_ROWS or sheet.width > _MOST_COLUMNS:
        return False
    told: set[str] = set()
    headings = rows = 0
    names_a_firm, table = False, 0
    for number, row in enumerate(sheet.rows[:_LOOK_ROWS]):
        labels = [column for column, cell in enumerate(row) if _is_known(cell)]
        values = [column for column in labels if column not in _followed_by_label(row, labels)]
        beside = values if len(values) * 2 >= len(labels) else []  # else one row of a header in several
        table = max(table, len(_table_heads(sheet, number)))
        names_a_firm |= any(_key(row[column]) in _titles() and _is_firm(row, column) for column in beside)
        own = {_key(row[column]) for column in beside} | {_key(one[0]) for one in _inline(row)}
        filled = len(row) - row.count("")
        if len(labels) == filled and filled > 1:
            headings = max(headings, filled)
        elif own:
            told |= own
            rows += 1
    if names_a_firm and len(told) + table >= _LEAST_PAIRS and table:
        return True
    return len(told) >= _LEAST_PAIRS and rows >= _LEAST_PAIRS - 1 and len(told) > headings and bool(told & _titles())


def _is_firm(row: Row, column: int) -> bool:
    """Whether a firm's full name, and no label, is what stands next right of a cell."""
    value = next((cell for cell in row[column + 1 :] if cell != ""), "")
    return isinstance(value, str) and is_firm(value.strip())


def _followed_by_label(row: Row, labels: list[int]) -> set[int]:
    """Those labels that have another label, or nothing more, at their right."""
    following = {column: next((c for c in range(column + 1, len(row)) if row[c] != ""), None) for column in labels}
    return {column for column, after in following.items() if after is None or after in labels}


def _forms_of(sheet: Sheet, named: Mapping[str, str] | None = None) -> Iterator[_Form]:
    """A form begins where what names the record is told again, or has a column of values of its own.

    Another label that is told again with another value (a second 联系人) becomes a column of its own.
    """
    if side_by_side := _side_by_side(sheet):
        yield from side_by_side
        return
    form, title = _Form(sheet), ""
    for line, (label, value, beside, at) in _told(sheet, named or {}):
        key = header_key(label)
        if key == title and line == 0:
            yield form
            form = _Form(sheet)
        title = title or (key if key in _titles() else "")
        while len(form.lines) <= line:
            form.lines.append({})
        told = form.lines[line]
        name = next(name for name in _numbered(label) if name not in told or told[name][0] in ("", value))
        if name not in told or told[name][0] == "":
            told[name], form.labels[beside] = (value, at), name
    yield form


def _numbered(label: str) -> Iterator[str]:
    yield label
    yield from (again(label, number) for number in count(2))


def _side_by_side(sheet: Sheet) -> list[_Form]:
    """Records in columns: labels in one column, and the values of each record in a column right of them."""
    rows = [number for number, row in enumerate(sheet.rows) if any(_is_known(cell) for cell in row)]
    lead = {next(column for column, cell in enumerate(sheet.rows[n]) if _is_known(cell)) for n in rows}
    title = next((n for n in rows if any(_key(cell) in _titles() for cell in sheet.rows[n] if _is_known(cell))), None)
    if len(rows) < _LEAST_PAIRS or len(lead) != 1 or title is None:
        return []
    label = lead.pop()
    columns = [column for column in range(label + 1, sheet.width) if sheet.rows[title][column] != ""]
    others = [sheet.rows[n][c] for n in rows for c in range(label + 1, sheet.width) if c not in columns]
    values = [sheet.rows[n][c] for n in rows for c in columns]
    if len(columns) < 2 or any(map(_is_known, values)) or any(cell != "" for cell in others):
        return []
    forms = [_Form(sheet) for _ in columns]
    for number in rows:
        named = _bare(sheet.rows[number][label])
        for form, column in zip(forms, columns, strict=True):
            form.lines[0].setdefault(named, (_ticked(sheet.rows[number][column]), (number, column)))
            form.labels[number, label] = named
    return forms


def _told(sheet: Sheet, named: Mapping[str, str]) -> Iterator[tuple[int, Told]]:
    """Line (0, or 1 and more for the further rows of a small table) and what is told, from top to bottom."""
    look = _Look(sheet, named)
    below: set[int] = set()
    for number, row in enumerate(sheet.rows):
        if number in below:
            continue
        if heads := _table_heads(sheet, number):
            yield from _of_table(sheet, number, heads, below)
            continue
        yield from ((0, (label, text, (number, at), (number, at))) for label, text, at in _inline(row))
        yield from ((0, told) for told in look.told_in(number))


class _Look:
    """Looks at one row of a form after the other; `named` are labels that somebody said, with the side of the value."""

    def __init__(self, sheet: Sheet, named: Mapping[str, str]) -> None:
        self._sheet, self._named, self._blocks = sheet, named, blocks_of(sheet)
        self._columns = {column for row in sheet.rows for column, cell in enumerate(row) if _is_known(cell)}
        self._values: set[At] = set()

    def told_in(self, number: int) -> Iterator[Told]:
        row, column = self._sheet.rows[number], 0
        while column < len(row):
            at = (number, column)
            after = self._behind(at)
            value = None if at in self._values else self._below(at) or self._beside(at, after)
            column = after
            if value is not None:
                self._values.add(value)
                yield _bare(row[at[1]]), _ticked(self._sheet.rows[value[0]][value[1]]), at, value
                column = max(after, self._behind(value) if value[0] == number else 0)

    def _behind(self, at: At) -> int:
        """The column after a cell, merged or not."""
        return self._blocks[at].right + 1 if at in self._blocks else at[1] + 1

    def _beside(self, at: At, after: int) -> At | None:
        """Where the value of a label stands that is right of it; it may be empty."""
        row = self._sheet.rows[at[0]]
        if after >= len(row) or _is_known(row[after]):
            return None
        cell = row[at[1]]
        if self._named and self._named.get(_bare(cell)) == BESIDE:
            return at[0], next((place for place in range(after, len(row)) if row[place] != ""), after)
        may_be = _may_be_named(cell, at[1], self._columns) and row[after] != ""
        return (at[0], after) if _is_known(cell) or may_be else None

    def _below(self, at: At) -> At | None:
        """Where the value of a label stands that is under it: so somebody said, or both are alone in their rows."""
        row = self._sheet.rows[at[0]]
        cell = row[at[1]]
        side = self._named.get(_bare(cell)) if self._named else None
        if side == BESIDE or not (side or _is_known(cell)):
            return None
        under = cell_below(self._sheet, self._blocks, at)
        if side or under is None:
            return under
        below = self._sheet.rows[under[0]]
        value = below[under[1]]
        lone = all(line.count("") == len(line) - 1 for line in (row, below))
        return None if not lone or _is_known(value) or _inline(below) else under


def _may_be_named(cell: Cell, column: int, columns: set[int]) -> bool:
    """A short word in a column that has labels which we know."""
    text = cell_text(cell).strip()
    return column in columns and is_label(cell) and 2 <= len(text) <= _LONGEST_LABEL and not is_note(text)


def _table_heads(sheet: Sheet, number: int) -> list[int]:
    """The columns of a small table's heading: labels side by side with no values among them, values below them."""
    row = sheet.rows[number]
    labels = [column for column, cell in enumerate(row) if _is_known(cell)]
    filled = [column for column, cell in enumerate(row) if cell != ""]
    if len(labels) < 2 or number + 1 >= len(sheet.rows):
        return []
    others = [column for column in filled if column not in labels and column != filled[0]]
    if len(others) > len(labels) - 2 or not all(is_label(row[column]) for column in others):
        return []
    under = sheet.rows[number + 1]
    values = [column for column in labels if under[column] != "" and not _is_known(under[column])]
    beside = [column for column in labels if column + 1 < sheet.width and column + 1 in labels]
    return sorted([*labels, *others]) if len(values) >= 2 and beside else []


def _of_table(sheet: Sheet, number: int, heads: list[int], below: set[int]) -> Iterator[tuple[int, Told]]:
    lead = next(column for column, cell in enumerate(sheet.rows[number]) if cell != "")
    besides = sheet.rows[number + 1][lead] == ""  # the first cell is the table's title, merged down beside it
    for line, under in enumerate(range(number + 1, len(sheet.rows))):
        row = sheet.rows[under]
        if besides and row[lead] != "":
            return
        cells = [(column, row[column]) for column in heads if row[column] != ""]
        others = [column for column, cell in enumerate(row) if cell != "" and column not in heads]
        if not cells or any(_is_known(cell) for _, cell in cells) or any(_is_known(row[c]) for c in others):
            return
        below.add(under)
        for column, cell in cells:
            yield line, (_bare(sheet.rows[number][column]), _ticked(cell), (number, column), (under, column))


def _inline(row: Row) -> list[tuple[str, str, int]]:
    """What is told with its label in one cell: 企业名称：青禾新材料有限公司."""
    told = []
    for column, cell in enumerate(row):
        found = _INLINE.fullmatch(cell) if isinstance(cell, str) else None
        if found and header_key(found[1]) in vocabulary():
            told.append((found[1].strip(), found[2].strip(), column))
    return told


def _list_of(forms: list[_Form]) -> Sheet:
    """One row a form, with the rows that continue it."""
    labels = list(dict.fromkeys(label for form in forms for line in form.lines for label in line))
    rows: list[Row] = [tuple(labels)]
    origin: dict[tuple[int, int], Place] = {}
    unread: dict[tuple[int, int], str] = {}
    beside: dict[Place, int] = {}
    for form in forms:
        beside |= {(form.sheet.name, *at): labels.index(label) for at, label in form.labels.items()}
        for line in form.lines:
            for column, label in enumerate(labels):
                if label in line:
                    at = line[label][1]
                    origin[len(rows), column] = (form.sheet.name, *at)
                    if at in form.sheet.unread:
                        unread[len(rows), column] = form.sheet.unread[at]
            rows.append(tuple(line[label][0] if label in line else "" for label in labels))
    sheets = {form.sheet.name: form.sheet for form in forms}
    first = forms[0].sheet
    warning = "".join(sheet.warning for sheet in sheets.values())
    name = first.name if len(sheets) == 1 else LIST_NAME
    part = f"{len(forms)} 份登记表" if len(forms) > 1 else "登记表"
    made = Sheet(name, rows, first.visible, unread=unread, warning=warning, part=part, origin=origin, labels=beside)
    made.forms = tuple(sheets.values())
    return replace(made, part="") if name == LIST_NAME and len(forms) == 1 else made


@cache
def _titles() -> frozenset[str]:
    """What names a record of any library."""
    fields = [field_of(record, record.TITLE) for record in RECORDS.values()]
    return frozenset(header_key(word) for one in fields for word in (one.label, *one.spec.aliases))


def _is_known(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= _LONGEST_LABEL * 2 and _key(cell) in vocabulary()


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return header_key(_bare(text))


def _bare(cell: Cell) -> str:
    return clean_heading(cell_text(cell)).rstrip("：:").strip()


def _ticked(cell: Cell) -> Cell:
    """Of boxes to tick (□国企 ☑民企) what is ticked."""
    if not isinstance(cell, str) or not any(sign in cell for sign in _EMPTY_BOXES):
        return cell
    chosen: Iterable[str] = (text.strip(" 、，,;；") for sign, text in _BOX.findall(cell) if sign not in _EMPTY_BOXES)
    return "、".join(filter(None, chosen))
