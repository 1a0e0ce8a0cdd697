"""接待台账 as .xlsx: one kind of reception, one period, one line a reception; the sum at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.exchange.sheet import Cell
from zhaoshang_desktop.exchange.streaming import BodyRow, save_book
from zhaoshang_desktop.exchange.writing import BODY, TITLE, cell_style, put_heading, put_text, set_up_page, sheet_name

COLUMNS = (
    ("序号", 6.0),
    ("开始", 11.0),
    ("结束", 11.0),
    ("来访单位", 26.0),
    ("事由", 26.0),
    ("来函文号", 18.0),
    ("客人", 7.0),
    ("陪同", 7.0),
    ("用餐次数", 9.0),
    ("预算（元）", 12.0),
    ("限额（元）", 12.0),
    ("实际（元）", 12.0),
    ("票据", 8.0),
    ("经办人", 14.0),
    ("状态", 9.0),
)
_AMOUNTS = range(9, 12)
_HEAD_ROW = 3


@dataclass(frozen=True)
class LedgerRow:
    """One reception; amounts in 元, None where nothing was entered."""

    start: date | None
    end: date | None
    visitor: str
    purpose: str
    letter: str
    guests: int
    ours: int
    meals: int
    planned: Money | None
    allowed: Money | None
    actual: Money | None
    receipts: str
    by: str
    state: str


def write_reception_ledger(path: Path, rows: Sequence[LedgerRow], *, title: str, period: str, made_by: str) -> None:
    """Writes the ledger; it prints on A4 across as it comes."""
    book = openpyxl.Workbook()
    book.properties.creator = "招商桌面"
    sheet: Any = book.active
    sheet.title = sheet_name(title) or "台账"
    widths = [width for _, width in COLUMNS]
    set_up_page(sheet, widths)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"1:{_HEAD_ROW}"
    put_text(sheet, 1, 1, title, TITLE)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    put_text(sheet, 2, 1, f"单位：{made_by}　期间：{period}　共 {len(rows)} 次", BODY, align="left")
    for place, (heading, _) in enumerate(COLUMNS, 1):
        put_heading(sheet, _HEAD_ROW, place, heading)
    wrapped = [width if heading in ("来访单位", "事由", "经办人") else 0.0 for heading, width in COLUMNS]
    save_book(path, book, {sheet.title: _body(sheet, rows)}, {sheet.title: wrapped})
    book.close()


def _body(sheet: Any, rows: Sequence[LedgerRow]) -> Iterator[BodyRow]:
    """Every row, then the sums; styles are made now, before the book is saved."""
    text = cell_style(sheet, "@", "left", wrap=True)
    day, number = cell_style(sheet, "yyyy-mm-dd", "center"), cell_style(sheet, "0", "center")
    amount = cell_style(sheet, "#,##0.00", "right")
    made = [_row(at, one, text, day, number, amount) for at, one in enumerate(rows, 1)]
    return iter([*made, _sums(rows, text, number, amount)])


def _row(at: int, one: LedgerRow, text: int, day: int, number: int, amount: int) -> BodyRow:
    days: list[tuple[int, Cell] | None] = [(day, one.start or ""), (day, one.end or "")]
    texts: list[tuple[int, Cell] | None] = [(text, one.visitor), (text, one.purpose), (text, one.letter)]
    counts: list[tuple[int, Cell] | None] = [(number, one.guests), (number, one.ours), (number, one.meals)]
    amounts = [(amount, _yuan(value)) for value in (one.planned, one.allowed, one.actual)]
    last: list[tuple[int, Cell] | None] = [(text, one.receipts), (text, one.by), (text, one.state)]
    return [(number, at), *days, *texts, *counts, *amounts, *last]


def _sums(rows: Sequence[LedgerRow], text: int, number: int, amount: int) -> BodyRow:
    """Whole 分 are added, so that the sum is that of the lines to the last 分."""
    cells: BodyRow = [(text, "")] * len(COLUMNS)
    cells[3] = (text, "合计")
    for place, name in ((6, "guests"), (7, "ours"), (8, "meals")):
        cells[place] = (number, sum(getattr(one, name) for one in rows))
    for place, name in zip(_AMOUNTS, ("planned", "allowed", "actual"), strict=True):
        fen = [value.fen for one in rows if (value := getattr(one, name)) is not None]
        cells[place] = (amount, _yuan(Money(sum(fen)) if fen else None))
    return cells


def _yuan(value: Money | None) -> Cell:
    return "" if value is None else float(Decimal(value.fen).scaleb(-2))
