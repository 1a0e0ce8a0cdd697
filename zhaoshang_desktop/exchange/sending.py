"""The workbook that a department gets: a table to fill in that knows, hidden, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.kinds import Kind
from zhaoshang_desktop.exchange.formats import format_of
from zhaoshang_desktop.exchange.seal import TICKET_SHEET
from zhaoshang_desktop.exchange.sheet import Cell
from zhaoshang_desktop.exchange.streaming import BodyRow, save_book
from zhaoshang_desktop.exchange.writing import BODY, FRAME, TITLE, put_heading, put_text, set_up_page, sheet_name

OPTIONS_SHEET = "zs_options"
TICKET_HEAD = "招商桌面下发表，请勿改动本页"
CODES_HEAD = "#zs"
MARK_HEADING = "记号"
MARK_COLUMN, FIRST_COLUMN = 2, 3
CODES_ROW, HEAD_ROW = 3, 4
_SPARE_ROWS, _CHECKED_ROWS = 5, 1000
_LONGEST_LIST = 250
_NUMBERING_WIDTH, _MARK_WIDTH = 6, 12
_LOCKED_FILL = PatternFill("solid", fgColor="EDEFF2")
_HOW = "灰色的列由招商部门填写；可以排序、在下面加行，请不要删掉隐藏的列。"


@dataclass(frozen=True)
class SentColumn:
    """A column of the table; `options` become a dropdown."""

    path: str
    heading: str
    kind: Kind
    fillable: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class SentRow:
    mark: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SentBook:
    """Everything in the workbook; `ticket` is its text and signature, `lines` stand below the title."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[SentColumn, ...]
    rows: tuple[SentRow, ...]
    ticket: tuple[str, str]
    protected: bool = False


def write_sent(path: Path, sent: SentBook) -> None:
    """Writes it. Locked columns refuse to be typed into; with `protected` the sheet's own protection holds them
    as well, which Excel pays for with sorting."""
    book = openpyxl.Workbook()
    book.properties.creator = "招商桌面"
    sheet: Any = book.active
    sheet.title = sheet_name(sent.title) or "填报表"
    widths = [_NUMBERING_WIDTH, _MARK_WIDTH, *(_width(column) for column in sent.columns)]
    last = get_column_letter(len(widths))
    set_up_page(sheet, widths)
    sheet.freeze_panes = f"D{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + max(len(sent.rows), 1)}"
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    _put_head(sheet, sent, last)
    _dress_columns(sheet, sent)
    options = book.create_sheet(OPTIONS_SHEET)
    _add_checks(sheet, options, sent)
    if sent.protected:
        _protect(sheet)
    body = _body(sheet, sent)
    ticket = book.create_sheet(TICKET_SHEET)
    for row, text in enumerate((TICKET_HEAD, *sent.ticket), 1):
        ticket.cell(row, 1, text).data_type = "s"
    options.sheet_state, ticket.sheet_state = "veryHidden", "veryHidden"
    wrapped = [0.0, 0.0, *(_width(one) if format_of(one.kind).wrap else 0.0 for one in sent.columns)]
    save_book(path, book, {sheet.title: body}, {sheet.title: wrapped})
    book.close()


def _width(column: SentColumn) -> float:
    return min(max(format_of(column.kind).width, 2 * len(column.heading) + 2), 40)


def _put_head(sheet: Any, sent: SentBook, last: str) -> None:
    put_text(sheet, 1, 1, sent.title, TITLE)
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = 28
    lines = "\n".join((*sent.lines, _HOW))
    put_text(sheet, 2, 1, lines, BODY, align="left").alignment = Alignment(vertical="center", wrap_text=True)
    sheet.merge_cells(f"A2:{last}2")
    sheet.row_dimensions[2].height = 15 * (len(sent.lines) + 1)
    put_text(sheet, CODES_ROW, 1, CODES_HEAD, BODY)
    for place, column in enumerate(sent.columns, FIRST_COLUMN):
        put_text(sheet, CODES_ROW, place, column.path, BODY)
    sheet.row_dimensions[CODES_ROW].hidden = True
    for place, heading in enumerate(("序号", MARK_HEADING, *(column.heading for column in sent.columns)), 1):
        put_heading(sheet, HEAD_ROW, place, heading)
    sheet.column_dimensions[get_column_letter(MARK_COLUMN)].hidden = True


def _dress_columns(sheet: Any, sent: SentBook) -> None:
    """Rows that are added later look like the others, and keep a telephone number a text."""
    for place, column in enumerate(sent.columns, FIRST_COLUMN):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.number_format = format_of(column.kind).number_format
        dimension.font = BODY
        dimension.protection = Protection(locked=False)


def _add_checks(sheet: Any, options: Any, sent: SentBook) -> None:
    first, lists = HEAD_ROW + 1, 0
    sent_to = HEAD_ROW + len(sent.rows)
    for place, column in enumerate(sent.columns, FIRST_COLUMN):
        letter = get_column_letter(place)
        if not column.fillable and sent.rows:
            locked = DataValidation("custom", formula1="FALSE", showErrorMessage=True, errorStyle="stop")
            locked.errorTitle, locked.error = "这一列不用填", "这一列由招商部门填写；有不对的地方请写在备注里或打电话。"
            locked.add(f"{letter}{first}:{letter}{sent_to}")
            sheet.add_data_validation(locked)
        check = _check(column)
        if column.options:
            lists += 1
            for row, option in enumerate(column.options, 1):
                options.cell(row, lists, option).data_type = "s"
            check = _list_check(column.options, get_column_letter(lists))
        if check is not None:
            begin = first if column.fillable else sent_to + 1
            check.add(f"{letter}{begin}:{letter}{sent_to + _CHECKED_ROWS}")
            sheet.add_data_validation(check)


def _list_check(options: Sequence[str], letter: str) -> DataValidation:
    short = ",".join(options)
    plain = len(short) <= _LONGEST_LIST and not any(sign in option for option in options for sign in ',"\n')
    formula = f'"{short}"' if plain else f"{OPTIONS_SHEET}!${letter}$1:${letter}${len(options)}"
    check = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True, errorStyle="stop")
    check.errorTitle, check.error = "请从下拉里选", "这一格只能从下拉列表里选一项，或者留空。"
    return check


def _check(column: SentColumn) -> DataValidation | None:
    make = _CHECKS.get(type(column.kind))
    if make is None:
        return None
    rule, style, words = make
    check = DataValidation(**rule, allow_blank=True, showErrorMessage=True, errorStyle=style)
    check.errorTitle, check.error = "请核对", words
    return check


_CHECKS: Mapping[type[Kind], tuple[Mapping[str, str], str, str]] = {
    kinds.Day: (
        {"type": "date", "operator": "between", "formula1": "18264", "formula2": "73050"},
        "stop",
        "这一格要填日期，如 2026-11-28。",
    ),
    kinds.When: (
        {"type": "date", "operator": "between", "formula1": "18264", "formula2": "73050"},
        "warning",
        "这一格一般填日期，如 2026-11-28；只知道年或月时可以写 2026 或 2026-11。",
    ),
    kinds.Amount: (
        {"type": "decimal", "operator": "between", "formula1": "-1000000000000", "formula2": "1000000000000"},
        "warning",
        "这一格一般填数字，单位见表头；外币请写全，如 500万美元。",
    ),
    kinds.Number: (
        {"type": "decimal", "operator": "between", "formula1": "-1000000000000", "formula2": "1000000000000"},
        "stop",
        "这一格要填数字，单位见表头。",
    ),
    kinds.Whole: (
        {"type": "whole", "operator": "between", "formula1": "-1000000000", "formula2": "1000000000"},
        "stop",
        "这一格要填整数，单位见表头。",
    ),
}


def _protect(sheet: Any) -> None:
    """Everything but the locked cells stays possible, as far as Excel knows a permission for it."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _style(sheet: Any, column: SentColumn, *, text: bool, locked: bool) -> int:
    format_ = format_of(column.kind)
    cell: Any = WriteOnlyCell(sheet)
    cell.font, cell.border = BODY, FRAME
    cell.number_format = "@" if text else format_.number_format
    cell.alignment = Alignment(horizontal=format_.align, vertical="center", wrap_text=format_.wrap)
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = _LOCKED_FILL
    return int(cell.style_id)


def _body(sheet: Any, sent: SentBook) -> Iterator[BodyRow]:
    """The rows that are sent, then a few blank ones; their styles are in the book before it is saved."""
    plain: Any = WriteOnlyCell(sheet)
    plain.font, plain.border, plain.alignment = BODY, FRAME, Alignment(horizontal="center", vertical="center")
    numbering = int(plain.style_id)
    styles = [
        {text: _style(sheet, column, text=text, locked=not column.fillable) for text in (False, True)}
        for column in sent.columns
    ]
    spare = [_style(sheet, column, text=False, locked=False) for column in sent.columns]
    rows: list[BodyRow] = [
        [
            (numbering, number),
            (numbering, row.mark),
            *((of[type(cell) is str and cell != ""], cell) for of, cell in zip(styles, row.cells, strict=True)),
        ]
        for number, row in enumerate(sent.rows, 1)
    ]
    blank: BodyRow = [(numbering, ""), (numbering, ""), *((style, "") for style in spare)]
    return iter([*rows, *([blank] * _SPARE_ROWS)])
