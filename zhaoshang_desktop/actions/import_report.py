"""The report of an import as a workbook: the counts, and the original sheets with what is wrong in colour."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.actions.importing import Fate, ImportPlan
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.report import write_report

_WORDS = {
    "rows_read": "读到的行",
    "created": "新建",
    "updated": "补充了空白",
    "unchanged": "没有变化",
    "duplicates": "疑似重复，没有导入",
    "rejected": "没有名称，没有导入",
}


def write_import_report(path: Path, plan: ImportPlan, source: Path, *, password: str | None = None) -> None:
    """Writes it beside or far from the source, which is read once more and not changed."""
    summary: list[tuple[str, str | int]] = [("导入到", RECORD_TITLES[plan.record.NOUN])]
    summary += [(_WORDS[name], count) for name, count in plan.counts.items()]
    for decision in plan.decisions:
        if decision.fate in (Fate.DUPLICATE, Fate.REJECTED):
            where = f"{decision.sheet} 第 {decision.draft.row} 行"
            summary.append((where, "：".join(filter(None, (decision.draft.record.title, decision.reason)))))
    summary += [("没有用上的列", column) for column in plan.unused]
    summary += [("说明", note) for note in plan.notes]
    sheets = tuple(dict.fromkeys(decision.sheet for decision in plan.decisions))
    write_report(path, read_workbook(source, password=password), plan.problems, summary, sheets=sheets)
