"""Writing workbooks the way offices make them, for the sample county: titles, merged heads, sums, notes."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, Literal, get_args

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from zhaoshang_desktop.domain.errors import not_written
from zhaoshang_desktop.exchange.sheet import Cell, Merge
from zhaoshang_desktop.runtime.files import replace_file

Style = Literal["title", "unit", "head", "row", "group", "sum", "note"]
_THIN = Side(style="thin", color="808080")
_FRAMED = frozenset({"head", "row", "group", "sum"})
_FONTS = {
    "title": Font(name="宋体", size=18, bold=True),
    "head": Font(name="黑体", size=11),
    "group": Font(name="宋体", size=11, bold=True),
    "sum": Font(name="宋体", size=11, bold=True),
}
_FILLS = {"head": PatternFill("solid", fgColor="DDEBF7"), "sum": PatternFill("solid", fgColor="FFF2CC")}


@dataclass(frozen=True)
class Line:
    """One row of a sheet and what it is there for; the reader is told nothing of it."""

    style: Style
    cells: tuple[Cell, ...]


@dataclass
class Page:
    """One sheet as it is to be written; `widths` are Excel's, in characters."""

    name: str
    lines: list[Line]
    merges: list[Merge] = field(default_factory=list)
    widths: Sequence[float] = ()
    visible: bool = True


def write_pages(path: Path, pages: Sequence[Page]) -> None:
    """An .xlsx with these sheets, the first visible one in front."""
    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    for page in pages:
        sheet = book.create_sheet(page.name)
        _fill(sheet, page)
        sheet.sheet_state = "visible" if page.visible else "hidden"
    book.active = next(index for index, page in enumerate(pages) if page.visible)
    whole = io.BytesIO()
    book.save(whole)
    _put(path, lambda file: file.write(whole.getvalue()))


def write_web_table(path: Path, page: Page) -> None:
    """What web systems hand out as .xls: in truth an HTML table in GB18030."""
    covered = {(merge.top, merge.left): merge for merge in page.merges}
    hidden = {
        (row, column)
        for merge in page.merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    } - covered.keys()
    rows = []
    for top, line in enumerate(page.lines):
        cells = [
            _web_cell(cell, covered.get((top, left)))
            for left, cell in enumerate(line.cells)
            if (top, left) not in hidden
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    body = "\n".join(rows)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset=gb18030"><title>{page.name}</title>'
    text = f'<html><head>{head}</head><body><table border="1">\n{body}\n</table></body></html>\n'
    _put(path, lambda file: file.write(text.encode("gb18030")))


def _put(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, write)
    except OSError as error:
        raise not_written(path, error) from error


def _web_cell(cell: Cell, merge: Merge | None) -> str:
    text = html.escape(cell.isoformat() if isinstance(cell, date) else str(cell))
    if merge is None:
        return f"<td>{text}</td>"
    return f'<td colspan="{merge.right - merge.left + 1}" rowspan="{merge.bottom - merge.top + 1}">{text}</td>'


def _fill(sheet: Any, page: Page) -> None:
    for index, line in enumerate(page.lines, 1):
        for column, value in enumerate(line.cells, 1):
            cell = sheet.cell(index, column, None if value == "" else value)
            cell.style = _look(line.style, value)
    for merge in page.merges:
        sheet.merge_cells(
            start_row=merge.top + 1,
            start_column=merge.left + 1,
            end_row=merge.bottom + 1,
            end_column=merge.right + 1,
        )
    for column, width in enumerate(page.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _look(style: Style, value: Cell) -> str:
    if style == "row" and isinstance(value, date):
        return "row-date"
    return "row-number" if style == "row" and isinstance(value, int) else style


def _styles() -> list[NamedStyle]:
    """Registered once a book: setting fonts and borders cell by cell takes ten times as long."""
    return [_style(look) for look in (*get_args(Style), "row-number", "row-date")]


def _style(look: str) -> NamedStyle:
    style = look.partition("-")[0]
    centred = look in {"title", "head", "row-number"}
    side = "right" if style == "unit" else "center" if centred else "left"
    named = NamedStyle(look, font=_FONTS.get(style, Font(name="宋体", size=11)))
    named.alignment = Alignment(horizontal=side, vertical="center", wrap_text=style in {"head", "row"})
    if style in _FRAMED:
        named.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    if style in _FILLS:
        named.fill = _FILLS[style]
    if look == "row-date":
        named.number_format = 'yyyy"年"m"月"d"日"'
    return named
