"""Registers 登记册 as .xlsx that print on A4 as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from zhaoshang_desktop.domain import kinds, phone
from zhaoshang_desktop.domain.kinds import Kind
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.exchange.formats import FindTitle, Format, Writer, format_of, no_title
from zhaoshang_desktop.exchange.sheet import Cell
from zhaoshang_desktop.exchange.streaming import LINE_HEIGHT, BodyRow, lines_of, safe_text, save_book
from zhaoshang_desktop.exchange.targets import PARTS, targets_of
from zhaoshang_desktop.exchange.units import CURRENCY

BODY, BOLD, TITLE = (
    Font(name="宋体", size=10),
    Font(name="宋体", size=10, bold=True),
    Font(name="宋体", size=16, bold=True),
)
HIDDEN = "＊＊＊"
_NONE = "—"
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]']")
_LINE = Side(style="thin", color="808080")
FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="E8ECF4")
_NUMBERING, _NUMBERING_WIDTH = "序号", 6
_NAME_WIDTH = 28.0
_PORTRAIT_WIDTH, _LANDSCAPE_WIDTH = 88, 230
"""So many characters are still legible when they are made to fit an A4 page, upright or across."""
_HEAD_ROW = 3
_MASKS: dict[type[Kind], Writer] = {kinds.Phone: phone.mask}


@dataclass(frozen=True)
class RegisterColumn:
    """A column of a register: its heading with the unit, how its cells look, and how a record gives its cell."""

    heading: str
    format: Format
    cell: Callable[[Record], Cell]

    @property
    def width(self) -> float:
        return min(max(self.format.width, 2 * len(self.heading) + 2), 40)


def write_register(
    path: Path,
    record: type[Record],
    records: Sequence[Record],
    fields: Sequence[str] = (),
    *,
    title: str,
    made_on: date | None = None,
    made_by: str = "",
    parts: Mapping[str, Mapping[int, Sequence[Record]]] | None = None,
    find: FindTitle = no_title,
    masked: bool = False,
) -> None:
    """Writes a register that prints as it comes and is read back to the same records.

    `fields` are code names or paths such as "contacts.mobile" (all of the record's own when empty);
    `parts` gives what belongs to the records, {"contacts": {record id: [...]}}; `find` names linked
    records; `masked` hides personal information; `made_by` is the office's name.
    """
    names = tuple(fields) or tuple(field.name for field in fields_of(record))
    columns = register_columns(record, names, parts or {}, find, masked)
    book = openpyxl.Workbook()
    book.properties.creator = "招商桌面"
    sheet: Any = book.active
    sheet.title = sheet_name(title) or "登记册"
    widths = [
        _NUMBERING_WIDTH,
        *(_NAME_WIDTH if name == record.TITLE else c.width for name, c in zip(names, columns, strict=True)),
    ]
    last = get_column_letter(len(widths))
    set_up_page(sheet, widths)
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + len(records)}"
    sheet.print_title_rows = f"1:{_HEAD_ROW}"
    by = f"制表单位：{made_by}　" if made_by else ""
    made = f"制表日期：{made_on.isoformat()}　" if made_on else ""
    _put_top(sheet, title, f"{by}{made}共 {len(records)} 条", last, widths)
    for place, heading in enumerate((_NUMBERING, *(column.heading for column in columns)), 1):
        put_heading(sheet, _HEAD_ROW, place, heading)
    wrapped = [0.0, *(w if c.format.wrap else 0.0 for w, c in zip(widths[1:], columns, strict=True))]
    save_book(path, book, {sheet.title: _body(sheet, columns, records)}, {sheet.title: wrapped})
    book.close()


def _put_top(sheet: Any, title: str, below: str, last: str, widths: Sequence[float]) -> None:
    """Title and the line below it; over several pages both stand above the columns that each page repeats."""
    one_page = sheet.page_setup.fitToWidth == 1
    first = put_text(sheet, 1, 1, title, TITLE, align="center" if one_page else "left")
    second = put_text(sheet, 2, 1, below, BODY, align="left")
    sheet.merge_cells(f"A1:{last if one_page else 'B'}1")
    if one_page:
        return
    sheet.merge_cells("A2:B2")
    for row, cell in ((1, first), (2, second)):
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        size = cell.font.size / BODY.size
        sheet.row_dimensions[row].height = lines_of(cell.value, sum(widths[:2]) / size) * LINE_HEIGHT * size + 3


def register_columns(
    record: type[Record],
    names: Sequence[str],
    parts: Mapping[str, Mapping[int, Sequence[Record]]],
    find: FindTitle,
    masked: bool,
) -> list[RegisterColumn]:
    """The columns of a register; beside a 币种 that is not 人民币, amounts that are in 人民币 say so."""
    return [_with_its_currency(register_column(record, name, parts, find, masked), record, name) for name in names]


def _with_its_currency(column: RegisterColumn, record: type[Record], name: str) -> RegisterColumn:
    """The column with what `exchange/units.py` would otherwise take for amounts in the currency of the record."""
    own = {field.name: field for field in fields_of(record)}
    if CURRENCY not in own or name not in own or not isinstance(own[name].kind, kinds.Amount):
        return column

    def cell_of(one: Record) -> Cell:
        value = getattr(one, name)
        foreign = value is not None and value.currency == "CNY" and getattr(one, CURRENCY) not in ("", "人民币")
        return own[name].kind.write(value) if foreign else column.cell(one)

    return replace(column, cell=cell_of)


def register_column(
    record: type[Record], name: str, parts: Mapping[str, Mapping[int, Sequence[Record]]], find: FindTitle, masked: bool
) -> RegisterColumn:
    part, _, own = name.rpartition(".")
    field = field_of(PARTS[record][part] if part else record, own)
    hidden = masked and field.spec.sensitive
    format_ = format_of(field.kind)
    write = hidden_writer(field.kind) if hidden else format_.writer(field.kind, find)
    label = targets_of(record)[name].label.replace(" · ", "") if part else field.label
    unit = format_.unit(field.kind)
    heading = f"{label}（{unit}）" if unit else label
    empty = field.kind.empty

    def cell_of(one: Record) -> Cell:
        value = getattr(one, own)
        if value or value != empty:  # what counts as true is never empty, and need not be compared
            return write(value)
        return HIDDEN if hidden and own in one.raw else one.raw.get(own, "")

    def joined(owner: Record) -> Cell:
        """In the same order in every column, with a dash where one of several has nothing."""
        group = parts.get(part, {}).get(owner.id, ())
        cells = [str(cell_of(one)) for one in group]
        if len(cells) < 2 or not any(cells):
            return "".join(cells)
        several = (cell.replace("、", "/") if isinstance(field.kind, kinds.Phone) else cell for cell in cells)
        return "、".join(cell or _NONE for cell in several)

    return RegisterColumn(heading, format_, joined if part else cell_of)


def hidden_writer(kind: Kind) -> Writer:
    """How a personal value is shown in what leaves the office."""
    return _MASKS.get(type(kind), lambda _value: HIDDEN)


def _body(sheet: Any, columns: Sequence[RegisterColumn], records: Sequence[Record]) -> Iterator[BodyRow]:
    """The rows; their styles have to be in the book before it is saved, so these are made at once."""
    numbering = cell_style(sheet, "0", "center")
    cells = [
        (
            column.cell,
            cell_style(sheet, "@", column.format.align, wrap=column.format.wrap),
            cell_style(sheet, column.format.number_format, column.format.align, wrap=column.format.wrap),
        )
        for column in columns
    ]

    def row(number: int, record: Record) -> BodyRow:
        styled = [(text if type(value := cell(record)) is str else typed, value) for cell, text, typed in cells]
        return [(numbering, number), *styled]

    return (row(number, record) for number, record in enumerate(records, 1))


def set_up_page(sheet: Any, widths: Sequence[float]) -> None:
    """A4, as wide as the paper, with page numbers; what is too wide to be read so goes over several pages, each with
    the first two columns."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if sum(widths) > _PORTRAIT_WIDTH else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    pages = max(1, -int(-sum(widths) // _LANDSCAPE_WIDTH))
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    if pages > 1:
        sheet.print_title_cols = "A:B"
        sheet.page_setup.pageOrder = "overThenDown"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def cell_style(
    sheet: Any,
    number_format: str,
    align: str,
    *,
    wrap: bool = False,
    fill: PatternFill | None = None,
    frame: bool = True,
) -> int:
    """The number of a style in the book, for `BodyRow`."""
    cell: Any = WriteOnlyCell(sheet)
    cell.font, cell.number_format = BODY, number_format
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
    if frame:
        cell.border = FRAME
    if fill is not None:
        cell.fill = fill
    return int(cell.style_id)


def put_text(sheet: Any, row: int, column: int, text: str, font: Font, *, align: str = "center") -> Any:
    cell = sheet.cell(row, column)
    cell.value = safe_text(text) if text[:1] in "=+-@" else text
    cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=align == "center")
    return cell


def put_heading(sheet: Any, row: int, column: int, text: str) -> None:
    cell = put_text(sheet, row, column, text, BOLD)
    cell.border, cell.fill = FRAME, _HEAD_FILL


def sheet_name(wanted: str) -> str:
    """A name Excel takes: at most 31 characters, none of its own signs."""
    return _NOT_IN_NAMES.sub(" ", wanted)[:31].strip()
