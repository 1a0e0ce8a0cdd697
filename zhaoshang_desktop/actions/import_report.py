"""The report of an import as a workbook: the counts, and the original sheets with what is wrong or new in colour."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.changed_cells import changed_cells, titles_in
from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.report import Changed, write_report
from zhaoshang_desktop.exchange.sheet import Workbook

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_WORDS = {
    "rows_read": "读到的行",
    "created": "新建",
    "updated": "更新",
    "unchanged": "没有变化",
    "duplicates": "重复，没有导入",
    "rejected": "没有名称，没有导入",
}


def write_import_report(
    office: Office, path: Path, plan: ImportPlan, source: Workbook, sheets: Sequence[str] = ()
) -> None:
    """Writes it beside or far from the workbook that was imported, which is not changed; `sheets` are those imported,
    if the plan does not call them as the workbook does."""
    summary: list[tuple[str, str | int]] = [("导入到", RECORD_TITLES[plan.record.NOUN])]
    summary += [(_WORDS[name], count) for name, count in plan.counts.items()]
    cells = list(changed_cells(plan))
    summary += [("改动的单元格", len(cells))] if cells else []
    left_out = [one for one in plan.decisions if one.fate in (Fate.DUPLICATE, Fate.REJECTED)]
    for decision in left_out:
        where = f"{decision.sheet} 第 {decision.draft.row} 行"
        summary.append((where, "：".join(filter(None, (decision.draft.record.title, decision.reason)))))
    summary += [("没有用上的列", column) for column in plan.unused]
    summary += [("说明", note) for note in plan.notes]
    find = titles_in(office, cells)
    changed = [
        Changed(*one.place, one.decision.draft.record.title, one.label, one.had(find), one.now(find)) for one in cells
    ]
    named = dict.fromkeys(decision.sheet for decision in plan.decisions)
    rows = [CellProblem(*at, "", "", f"整行没有导入，{one.reason}") for one in left_out if (at := one.draft.named_at())]
    write_report(path, source, plan.problems, summary, changed, rows, sheets=tuple(sheets or named))
