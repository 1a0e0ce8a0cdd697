"""What is what on a sheet: title, header, groups, data, sums and notes.

`guess_layout` is a pure function of the sheet and the clerk's corrections: the wizard shows its guess,
adds a correction and asks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhaoshang_desktop.exchange.header import SEARCH_ROWS, header_rows_of, headings
from zhaoshang_desktop.exchange.heading import JOINT, header_key, unit_of_sheet
from zhaoshang_desktop.exchange.sheet import Cell, Merge, Row, Sheet, cell_text, column_letter
from zhaoshang_desktop.exchange.wording import NUMBER_HEADERS, is_note, is_signed, is_sum

_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[)）]?\s*[、.．)）]?\s*\S+|第[一二三四五六七八九十]+(部分|类|批)\S*"
)
_COUNTED = re.compile(r".+[（(]\s*(共\s*)?\d+\s*(家|个|所|户|项|名|人|条|件|位)\s*[)）]")
_GROUP_NUMBER = re.compile(r"^([（(]\s*[一二三四五六七八九十百]+\s*[)）]|[一二三四五六七八九十百]+\s*[、.．])\s*")
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_GROUP_COUNT = re.compile(r"\s*[（(]\s*(共\s*)?\d+\s*\S{1,2}\s*[)）]\s*$")
_PART = "其中"  # such a column is counted as the one before it


class Role(StrEnum):
    """What a row is; the values are the words the wizard shows."""

    TITLE = "标题"
    HEADER = "表头"
    REPEAT = "重复表头"
    GROUP = "分组"
    DATA = "数据"
    SUM = "合计"
    NOTE = "附注"
    BLANK = "空行"
    CONTINUED = "续行"
    HIDDEN = "隐藏"


@dataclass(frozen=True)
class Column:
    """A column of the table; `header` is joined over the header rows, `unit` was cut off from it or said above.

    The column behind the last one, with `is_group`, holds each row's group.
    """

    index: int
    header: str
    unit: str = ""
    is_group: bool = False

    @property
    def letter(self) -> str:
        return "分组行" if self.is_group else column_letter(self.index)


@dataclass(frozen=True)
class Layout:
    """`roles[i]` is what row i (from 0) is; `unit` is the amount unit said above the table."""

    roles: tuple[Role, ...]
    columns: tuple[Column, ...]
    unit: str = ""

    def count(self, role: Role) -> int:
        return self.roles.count(role)

    @property
    def header_rows(self) -> tuple[int, ...]:
        return tuple(row for row, role in enumerate(self.roles[: SEARCH_ROWS * 2]) if role is Role.HEADER)

    def data(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """The data rows with their place (from 0), merged cells filled down, the group as last cell if any."""
        return ((number, row) for number, row, role in self.told(sheet) if role is Role.DATA)

    def records(self, sheet: Sheet) -> Iterator[list[tuple[int, Row]]]:
        """The same, each with the rows that continue it; these are nobody's where the first of them is corrected."""
        found: list[tuple[int, Row]] = []
        for number, row, role in self.told(sheet):
            if role is Role.DATA and found:
                yield found
                found = []
            found.append((number, row))
        if found:
            yield found

    def told(self, sheet: Sheet) -> Iterator[tuple[int, Row, Role]]:
        """Rows of data and those that continue them."""
        filled = _filled_down(sheet, self.roles)
        grouped = any(column.is_group for column in self.columns)
        group = ""
        for number, (row, role) in enumerate(zip(sheet.rows, self.roles, strict=True)):
            if role is Role.GROUP:
                group = group_name(row)
            elif role is Role.DATA or role is Role.CONTINUED:
                cells = filled.get(number, row)
                yield number, (*cells, group) if grouped else cells, role


def guess_layout(sheet: Sheet, corrections: Mapping[int, Role] | None = None, with_hidden: bool = False) -> Layout:
    """The layout, with the rows the clerk has corrected (row from 0 → role) as he said.

    Rows that Excel does not show are no data, unless `with_hidden`.
    """
    apart = {row: Role.DATA if row else Role.HEADER for row in range(len(sheet.rows))} if sheet.apart else {}
    corrections = {**apart, **(corrections or {})}
    told = tuple(sorted(row for row, role in corrections.items() if role is Role.HEADER and row < len(sheet.rows)))
    header = told or header_rows_of(sheet, corrections)
    roles = _roles(sheet, header, corrections)
    if not with_hidden:
        for row in sheet.hidden:
            if row < len(roles) and roles[row] in (Role.DATA, Role.GROUP) and row not in corrections:
                roles[row] = Role.HIDDEN
    above = sheet.rows[: header[0]] if header else []
    unit = unit_of_sheet(cell_text(cell) for row in above for cell in row if cell != "")
    columns: list[Column] = []
    for index, heading in enumerate(headings(sheet, header)):
        part_of = columns[-1].unit if columns and heading.text.rpartition(JOINT)[2].startswith(_PART) else ""
        columns.append(Column(index, heading.text, heading.unit or part_of))
    if Role.GROUP in roles:
        columns.append(Column(sheet.width, "分组行", is_group=True))
    return Layout(tuple(roles), tuple(columns), unit)


def group_name(row: Row) -> str:
    """ "无锡市" of "一、无锡市（2家）"."""
    texts = [text for text in (cell_text(cell).strip() for cell in row) if text]
    named = texts[1:] if len(texts) > 1 and _NUMERAL.fullmatch(texts[0]) else texts
    text = " ".join("".join(named[:1]).split())
    return _GROUP_COUNT.sub("", _GROUP_NUMBER.sub("", text)) or text


def _roles(sheet: Sheet, header: tuple[int, ...], corrections: Mapping[int, Role]) -> list[Role]:
    judge = _RowJudge(sheet, header)
    roles = [judge.role(number, row) for number, row in enumerate(sheet.rows)]
    for number, role in corrections.items():
        if number < len(roles):
            roles[number] = role
    _settle_lone_rows(roles, corrections)
    return roles


class _RowJudge:
    """Judges single rows; a row with one lone cell is only called GROUP here and settled by its neighbours later."""

    def __init__(self, sheet: Sheet, header: tuple[int, ...]) -> None:
        self._width = sheet.width
        self._header = set(header)
        self._first = header[0] if header else 0
        rows = [[(column, cell) for column, cell in enumerate(sheet.rows[row]) if cell != ""] for row in header]
        self._headings = [row for row in rows if row]
        self._names = {column: cell for row in self._headings for column, cell in row if isinstance(cell, str)}
        self._wide = {m.top for m in sheet.merged if m.right - m.left + 1 >= max(self._width / 2, 2)}
        self._lead = self._numbering_columns()

    def _numbering_columns(self) -> int:
        """How many columns stand before the one that names the record (序号)."""
        lead = 0
        while lead in self._names and header_key(self._names[lead]) in NUMBER_HEADERS:
            lead += 1
        return lead

    def role(self, number: int, row: Row) -> Role:
        filled = self._width - row.count("")
        if filled == 0 or (filled <= 3 and all(cell_text(cell).strip() == "" for cell in row)):
            return Role.BLANK
        if number in self._header:
            return Role.HEADER
        if number < self._first:
            return Role.TITLE
        texts = [cell.strip() for cell in row[: self._lead + 2] if isinstance(cell, str) and cell]
        if any(is_sum(text) for text in texts if len(text) < 40):
            return Role.SUM
        if self._repeats(row):
            return Role.REPEAT
        if filled == 1:
            return self._lone(number, row)
        if filled == 2 and self._is_group_beside_number(row):
            return Role.GROUP
        if texts and filled <= 6 and is_note(texts[0]):
            return Role.NOTE
        if filled <= 6 and any(isinstance(cell, str) and is_signed(cell.strip()) for cell in row):
            return Role.NOTE
        if texts and self._is_numbered_group(row, texts[0]):
            return Role.GROUP
        return Role.DATA

    def _repeats(self, row: Row) -> bool:
        """Whether a row is one of the header's, printed again on another page."""
        for said in self._headings:
            first, text = said[0]
            if row[first] == text and sum(row[c] == cell for c, cell in said) >= len(said) * 0.8:
                return True
        return False

    def _is_numbered_group(self, row: Row, text: str) -> bool:
        """ "一、无锡市" with subtotals to the right of it: only numbers stand beside it."""
        others = [cell for cell in row if cell != ""][1:]
        return bool(_GROUP_NUMBER.match(text)) and all(isinstance(cell, (int, float)) for cell in others)

    def _is_group_beside_number(self, row: Row) -> bool:
        """ "一" under 序号 and 签约项目 under the name, and nothing more."""
        lead = self._lead
        return bool(
            0 < lead < len(row) - 1
            and isinstance(row[lead], str)
            and row[lead] != ""
            and _NUMERAL.fullmatch(cell_text(row[lead - 1]).strip())
        )

    def _lone(self, number: int, row: Row) -> Role:
        column = next(index for index, cell in enumerate(row) if cell != "")
        text = cell_text(row[column]).strip()
        if column < self._lead and text.isdecimal():
            return Role.BLANK  # numbered beforehand, and nothing written there
        if is_note(text) or len(text) > 60:
            return Role.NOTE
        if self._width < 3 or not isinstance(row[column], str):
            return Role.DATA
        marked = number in self._wide or bool(_NUMBERED.fullmatch(text) and _GROUP_NUMBER.match(text))
        if marked or _COUNTED.fullmatch(text) or column < self._lead:
            return Role.GROUP
        return Role.DATA


def _settle_lone_rows(roles: list[Role], corrections: Mapping[int, Role]) -> None:
    """A group that no data follows is a note."""
    for number in range(len(roles) - 1, -1, -1):
        if roles[number] is Role.DATA:
            return
        if roles[number] is Role.GROUP and number not in corrections:
            roles[number] = Role.NOTE


def _filled_down(sheet: Sheet, roles: tuple[Role, ...]) -> dict[int, Row]:
    """The data rows under a cell merged downwards, with its value; how many it stands for (（3家）) is none of it."""
    changed: dict[int, list[Cell]] = {}
    for merge in sheet.merged:
        if merge.bottom > merge.top and merge.top < len(roles) and roles[merge.top] is Role.DATA:
            _fill(sheet, merge, changed)
    return {number: tuple(cells) for number, cells in changed.items()}


def _fill(sheet: Sheet, merge: Merge, changed: dict[int, list[Cell]]) -> None:
    said = sheet.rows[merge.top][merge.left] if merge.left < sheet.width else ""
    value = _GROUP_COUNT.sub("", said) if isinstance(said, str) else said
    first = merge.top + (value == said)
    for number in range(first, min(merge.bottom + 1, len(sheet.rows))):
        cells = changed.setdefault(number, list(sheet.rows[number]))
        if value != "" and cells[merge.left] in ("", said):
            cells[merge.left] = value


def is_numbering(column: Column) -> bool:
    return header_key(column.header) in NUMBER_HEADERS
