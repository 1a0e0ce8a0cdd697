"""The report of an import as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.import_plan import Fate
from zhaoshang_desktop.actions.importing import ImportResult
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.sheet import Workbook

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.importing.work import Progress

_WORDS = {
    Fate.CREATED: "新建",
    Fate.UPDATED: "补充",
    Fate.UNCHANGED: "没有变化",
    Fate.DUPLICATE: "重复，跳过",
    Fate.REJECTED: "不导入",
}


def save_report(
    office: Office, path: Path, book: Workbook, sheets: tuple[str, ...], result: ImportResult, *, progress: Progress
) -> Path:
    """Writes the counts, the cells to look at and the sheet with these coloured; gives back the path."""
    from zhaoshang_desktop.exchange.report import write_report  # openpyxl, only when somebody wants a report

    progress("正在写导入报告")
    counts = result.plan.counts
    summary: list[tuple[str, str | int]] = [("读入的行", counts["rows_read"])]
    summary += [(words, counts[fate.value]) for fate, words in _WORDS.items()]
    summary += [(f"没有用到的列：{name}", "") for name in result.plan.unused]
    summary += [
        (f"第 {one.draft.row} 行没有导入", f"{one.draft.record.title} {one.reason}".strip())
        for one in result.plan.decisions
        if one.fate in (Fate.DUPLICATE, Fate.REJECTED)
    ]
    problems: list[CellProblem] = result.plan.problems
    write_report(path, book, problems, summary, sheets=sheets)
    return path
