"""The report of an import: what came of it, which cells to look at or changed something, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.sheet import Cell, Sheet, Workbook, column_letter
from zhaoshang_desktop.exchange.streaming import LONGEST_CELL, BodyRow, save_book
from zhaoshang_desktop.exchange.writing import BODY, TITLE, cell_style, put_heading, put_text, set_up_page, sheet_name

SUMMARY, CELLS, CHANGED = "汇总", "要看的单元格", "改动的单元格"
_HEADINGS = ("工作表", "行", "列", "字段", "单元格里写的", "说明", "处理")
_CHANGED_HEADINGS = ("工作表", "行", "列", "记录", "字段", "库里原来", "导入后")
_ERROR_FILL = PatternFill("solid", fgColor="FFC7CE")
_WARNING_FILL = PatternFill("solid", fgColor="FFEB9C")
_CHANGED_FILL = PatternFill("solid", fgColor="C6EFCE")
_FILLS = {"": None, "error": _ERROR_FILL, "warning": _WARNING_FILL, "changed": _CHANGED_FILL}
_REASON_GAP = 1
_DATE_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "time": "hh:mm"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that has changed a field of a known record; the column is "" where no single cell says so."""

    sheet: str
    row: int
    column: str
    title: str
    field: str
    had: str
    now: str

    @property
    def reason(self) -> str:
        return f"{self.field}由“{self.had}”改为“{self.now}”" if self.had else f"补充了{self.field}：{self.now}"


def write_report(
    path: Path,
    source: Workbook,
    problems: Sequence[CellProblem],
    summary: Sequence[tuple[str, str | int]],
    changed: Sequence[Changed] = (),
    left_out: Sequence[CellProblem] = (),
    *,
    sheets: Sequence[str] = (),
) -> None:
    """Writes the report: the counts of `summary`, the problem cells, those that changed something, and the original
    sheets with these coloured.

    `left_out` are the names of rows that were not imported: coloured, but not told once more among the cells. `sheets`
    names the sheets that were imported, all visible ones when empty. Right of each original row stand the reasons of
    its coloured cells.
    """
    book = openpyxl.Workbook()
    book.properties.creator = "招商桌面"
    page: Any = book.active
    page.title = SUMMARY
    _put_summary(page, source, summary)
    cells: Any = book.create_sheet(CELLS)
    bodies = {CELLS: _problem_rows(cells, problems)}
    if changed:
        bodies[CHANGED] = _changed_rows(book.create_sheet(CHANGED), changed)
    taken = {SUMMARY, CELLS, CHANGED}
    for sheet in source.sheets:
        if sheet.rows and (sheet.name in sheets if sheets else sheet.visible):
            copy: Any = book.create_sheet(_free_name(f"原表 {sheet.name}", taken))
            _set_up_original(copy, sheet)
            bodies[copy.title] = _original_rows(copy, sheet, [*changed, *problems, *left_out])
    save_book(path, book, bodies)
    book.close()


def _put_summary(page: Any, source: Workbook, summary: Sequence[tuple[str, str | int]]) -> None:
    set_up_page(page, (24, 64))
    put_text(page, 1, 1, f"导入结果：{source.name}", TITLE)
    page.merge_cells("A1:B1")
    warnings = [("请核对", sheet.warning) for sheet in source.sheets if sheet.warning]
    for row, (label, value) in enumerate([*summary, *warnings], 3):
        put_text(page, row, 1, label, BODY, align="left")
        if isinstance(value, int):
            page.cell(row, 2, value).font = BODY
        else:
            put_text(page, row, 2, value, BODY, align="left")


def _problem_rows(page: Any, problems: Sequence[CellProblem]) -> Iterator[BodyRow]:
    set_up_page(page, (16, 8, 8, 20, 36, 44, 22))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:G{len(problems) + 1}"
    page.print_title_rows = "1:1"
    for place, heading in enumerate(_HEADINGS, 1):
        put_heading(page, 1, place, heading)
    text, number = cell_style(page, "@", "left", wrap=True), cell_style(page, "0", "center")
    return (
        [
            (text, problem.sheet),
            (number, problem.row),
            (text, problem.column),
            (text, problem.field),
            (text, problem.text[:LONGEST_CELL]),
            (text, problem.reason),
            (text, "已导入，请核对" if problem.warning else "没有导入，原文留在字段旁"),
        ]
        for problem in problems
    )


def _changed_rows(page: Any, changed: Sequence[Changed]) -> Iterator[BodyRow]:
    set_up_page(page, (16, 8, 8, 30, 22, 40, 40))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:G{len(changed) + 1}"
    page.print_title_rows = "1:1"
    for place, heading in enumerate(_CHANGED_HEADINGS, 1):
        put_heading(page, 1, place, heading)
    text, number = cell_style(page, "@", "left", wrap=True), cell_style(page, "0", "center")
    return (
        [
            (number if isinstance(value, int) else text, _cut(value))
            for value in (one.sheet, one.row, one.column, one.title, one.field, one.had, one.now)
        ]
        for one in changed
    )


def _set_up_original(page: Any, sheet: Sheet) -> None:
    set_up_page(page, [16] * sheet.width + [3] * _REASON_GAP + [60])
    page.sheet_view.showGridLines = True


def _original_rows(page: Any, sheet: Sheet, marks: Sequence[CellProblem | Changed]) -> Iterator[BodyRow]:
    """Where a cell is to be looked at and has changed something the former counts: it stands behind."""
    found: dict[int, dict[str, CellProblem | Changed]] = {}
    for problem in marks:
        if problem.sheet == sheet.name and problem.column:
            found.setdefault(problem.row, {})[problem.column] = problem
    styles = {
        (kind, fill): cell_style(page, code, "left", fill=fill_of, frame=False)
        for kind, code in {"str": "@", "float": "General", "int": "General", "bool": "General", **_DATE_FORMATS}.items()
        for fill, fill_of in (
            ("", None),
            ("error", _ERROR_FILL),
            ("warning", _WARNING_FILL),
            ("changed", _CHANGED_FILL),
        )
    }
    letters = [column_letter(number) for number in range(sheet.width)]
    none: dict[str, CellProblem | Changed] = {}

    def rows() -> Iterator[BodyRow]:
        for number, row in enumerate(sheet.rows, 1):
            marked = found.get(number, none)
            cells: BodyRow = [
                (styles[type(value).__name__, _fill_name(marked.get(letter))], _cut(value))
                if value != "" or letter in marked
                else None
                for letter, value in zip(letters, row, strict=True)
            ]
            if marked:
                reasons = "；".join(f"{letter} 列：{problem.reason}" for letter, problem in marked.items())
                cells += [None] * _REASON_GAP + [(styles["str", ""], reasons[:LONGEST_CELL])]
            yield cells

    return rows()


def _fill_name(problem: CellProblem | Changed | None) -> str:
    if isinstance(problem, Changed):
        return "changed"
    return "" if problem is None else "warning" if problem.warning else "error"


def _cut(value: Cell) -> Cell:
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def _free_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name that no other has, whatever its case."""
    base = sheet_name(wanted)[:28]
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base}{number}"
    taken.add(name.lower())
    return name
