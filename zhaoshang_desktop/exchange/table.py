"""A plain table of texts and numbers as a workbook: a title, headings, rows, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from zhaoshang_desktop.exchange.streaming import BodyRow, save_book
from zhaoshang_desktop.exchange.writing import TITLE, cell_style, put_heading, put_text, set_up_page, sheet_name

TOP = 3


def write_table(
    path: Path, title: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str | int | Decimal]]
) -> None:
    """A Decimal is an amount in 元. Whole or not at all; KnownError when the file cannot be written."""
    book = openpyxl.Workbook()
    book.properties.creator = "招商桌面"
    sheet: Any = book.active
    sheet.title = sheet_name(title)
    set_up_page(sheet, widths)
    put_text(sheet, 1, 1, title, TITLE)
    sheet.merge_cells(f"A1:{get_column_letter(len(heads))}1")
    for column, head in enumerate(heads, 1):
        put_heading(sheet, TOP, column, head)
    sheet.freeze_panes = f"A{TOP + 1}"
    sheet.print_title_rows = f"{TOP}:{TOP}"
    text, number = cell_style(sheet, "@", "left", wrap=True), cell_style(sheet, "#,##0", "right")
    styles = {str: text, int: number, Decimal: cell_style(sheet, "#,##0.00", "right")}
    body: list[BodyRow] = [
        [(styles[type(value)], float(value) if isinstance(value, Decimal) else value) for value in row] for row in rows
    ]
    save_book(path, book, {sheet.title: body}, {sheet.title: widths})
    book.close()
