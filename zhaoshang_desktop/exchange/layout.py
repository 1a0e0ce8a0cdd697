"""What is what on a sheet: title, header, groups, data, sums and notes.

`guess_layout` is a pure function of the sheet and the clerk's corrections: the wizard shows its guess,
adds a correction and asks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.heading import JOINT, Heading, header_key, heading_of, unit_of_sheet
from zhaoshang_desktop.exchange.sheet import Cell, Merge, Row, Sheet, cell_text, column_letter

_SEARCH_ROWS = 60
_MOST_HEADER_ROWS = 3
_AS_GOOD = 0.75  # of the best: the first such row is the header, later ones repeat it
_SUM = re.compile(
    r"(本页|全部|以上|全市|全县|各?项目?)?(合计|小计|总计|共计|累计|总和)(数|额|金额)?([（(:：].*)?|(其中|共)[:：].*"
)
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[)）]?\s*[、.．)）]?\s*\S+|第[一二三四五六七八九十]+(部分|类|批)\S*"
)
_COUNTED = re.compile(r".+[（(]\s*(共\s*)?\d+\s*(家|个|所|户|项|名|人|条|件|位)\s*[)）]")
_GROUP_NUMBER = re.compile(r"^([（(]\s*[一二三四五六七八九十百]+\s*[)）]|[一二三四五六七八九十百]+\s*[、.．])\s*")
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_GROUP_COUNT = re.compile(r"\s*[（(]\s*(共\s*)?\d+\s*\S{1,2}\s*[)）]\s*$")
_NOTE = re.compile(r"[*＊※★●]?\s*(注|备注|说明|附注|附|填表说明|填报说明|数据来源|资料来源)\s*\d*\s*[:：.．、]|[*＊※]")
_SIGNED = re.compile(r"(填表|填报|制表|审核|审批|统计|报送|经办|单位负责)人?\S{0,6}\s*[:：]")
_PART = "其中"  # such a column is counted as the one before it
_NUMBER_HEADERS = {"序号", "编号", "序", "no", "no.", "行号", "顺序号", "#"}
_COMMON_HEADERS = {
    "备注",
    "名称",
    "日期",
    "时间",
    "金额",
    "姓名",
    "单位",
    "电话",
    "联系人及电话",
    "联系人",
    "地址",
    "手机",
}


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
        return tuple(row for row, role in enumerate(self.roles[: _SEARCH_ROWS * 2]) if role is Role.HEADER)

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
    told = {row: Role.DATA if row else Role.HEADER for row in range(len(sheet.rows))} if sheet.apart else {}
    corrections = {**told, **(corrections or {})}
    header = header_rows_of(sheet, corrections)
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


@cache
def vocabulary() -> frozenset[str]:
    """Every heading the libraries know."""
    words = {
        word
        for record in RECORDS.values()
        for field in fields_of(record)
        for word in (field.label, *field.spec.aliases)
    }
    return frozenset(header_key(word) for word in words | _NUMBER_HEADERS | _COMMON_HEADERS)


def header_rows_of(sheet: Sheet, corrections: Mapping[int, Role]) -> tuple[int, ...]:
    """The rows of the header of the first table."""
    told = tuple(sorted(row for row, role in corrections.items() if role is Role.HEADER and row < len(sheet.rows)))
    if told:
        return told
    allowed = [row for row in range(min(len(sheet.rows), _SEARCH_ROWS)) if row not in corrections]
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
    if not filled or _is_sum(filled[0]):
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


def is_label(cell: Cell) -> bool:
    """Short, and no value: a phone, a date, a code or a sentence is none."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return (
        len(text) <= 30 and not re.search(r"\d{5}|\d+[.-]\d+|[。；！？]", text) and not re.fullmatch(r"[\d\W]+", text)
    )


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
    if all(_is_unit_line(cell) for cell in below if cell != ""):
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


def are_labels(row: Row) -> bool:
    """Whether all that a row holds are short words and no values."""
    cells = [cell for cell in row if cell != ""]
    return bool(cells) and all(is_label(cell) or _is_unit_line(cell) for cell in cells)


def is_note(text: str) -> bool:
    """Whether a text is a note about the table (注：…) or says who filled it in."""
    return bool(_NOTE.match(text) or _SIGNED.match(text))


def _is_unit_line(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(re.fullmatch(r"[（(].{1,8}[)）]", cell.strip()))


def _is_sum(text: str) -> bool:
    return ("计" in text or "和" in text or ":" in text or "：" in text) and bool(_SUM.fullmatch("".join(text.split())))


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
        while lead in self._names and header_key(self._names[lead]) in _NUMBER_HEADERS:
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
        if any(_is_sum(text) for text in texts if len(text) < 40):
            return Role.SUM
        if self._repeats(row):
            return Role.REPEAT
        if filled == 1:
            return self._lone(number, row)
        if filled == 2 and self._is_group_beside_number(row):
            return Role.GROUP
        if texts and filled <= 6 and _NOTE.match(texts[0]):
            return Role.NOTE
        if filled <= 6 and any(isinstance(cell, str) and _SIGNED.match(cell.strip()) for cell in row):
            return Role.NOTE
        if texts and self._is_numbered_group(row, texts[0]):
            return Role.GROUP
        return Role.DATA

    def _repeats(self, row: Row) -> bool:
        """Whether a row is one of the header's, printed again on another page."""
        for headings in self._headings:
            first, text = headings[0]
            if row[first] == text and sum(row[c] == cell for c, cell in headings) >= len(headings) * 0.8:
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
        if _NOTE.match(text) or _SIGNED.match(text) or len(text) > 60:
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
    """The data rows under a cell merged downwards, with its value."""
    changed: dict[int, list[Cell]] = {}
    for merge in sheet.merged:
        if merge.bottom > merge.top and merge.top < len(roles) and roles[merge.top] is Role.DATA:
            _fill(sheet, merge, changed)
    return {number: tuple(cells) for number, cells in changed.items()}


def _fill(sheet: Sheet, merge: Merge, changed: dict[int, list[Cell]]) -> None:
    value = sheet.rows[merge.top][merge.left] if merge.left < sheet.width else ""
    for number in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows))):
        cells = changed.setdefault(number, list(sheet.rows[number]))
        if value != "" and cells[merge.left] == "":
            cells[merge.left] = value


def is_numbering(column: Column) -> bool:
    return header_key(column.header) in _NUMBER_HEADERS
