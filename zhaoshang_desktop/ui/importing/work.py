"""The long work of an import, as functions for a background thread: reading, recognising, drafting, settling."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.importing import ImportPlan, ImportResult, plan_import, run_plan
from zhaoshang_desktop.actions.matching import Finder
from zhaoshang_desktop.actions.settling import Choice, settle_rows
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.layout import Layout, Role, guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping, guess_mapping
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import CellProblem, Draft, rows_to_records
from zhaoshang_desktop.exchange.sheet import Sheet, Workbook

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

Progress = Callable[..., None]
SAMPLE_ROWS = 200
_LOOK_ROWS = 100
_STEP_ROWS = 500


@dataclass
class Corrections:
    """What the clerk said of a sheet: rows (from 0) by role, columns (from 0) by target path and by unit."""

    roles: dict[int, Role] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.roles or self.paths or self.units)

    def __len__(self) -> int:
        return len(self.roles) + len(self.paths) + len(self.units)


@dataclass(frozen=True)
class Opened:
    """A workbook that was read, in so many seconds, and the sheet to begin with."""

    book: Workbook
    seconds: float
    sheet: int


@dataclass(frozen=True)
class Seen:
    """A sheet as it is understood; `sample` holds its first records, as a foretaste."""

    layout: Layout
    mapping: Mapping
    sample: list[Draft]

    @property
    def problems(self) -> list[CellProblem]:
        """The cells to look at among the sample."""
        return [problem for draft in self.sample for problem in draft.problems]


def open_file(
    office: Office, path: Path, password: str | None, record: type[Record], *, progress: Progress
) -> Opened:
    """Reads a workbook in a process of its own; `progress` is told how long it has been going on."""
    begun = time.monotonic()
    size = path.stat().st_size / (1 << 20) if path.is_file() else 0.0

    def wait() -> bool:
        progress(f"正在读取“{path.name}”（{size:.1f} MB），已 {time.monotonic() - begun:.0f} 秒")
        return False

    book = read_workbook(path, password=password, cancelled=wait)
    progress(f"正在看“{path.name}”的 {len(book.sheets)} 张工作表")
    return Opened(book, time.monotonic() - begun, likely_sheet(book, record))


def likely_sheet(book: Workbook, record: type[Record]) -> int:
    """The place of the visible sheet whose columns fit the library best."""

    def fit(place: int) -> tuple[bool, bool, int, int, int]:
        sheet = book.sheets[place]
        head = Sheet(sheet.name, sheet.rows[:_LOOK_ROWS], merged=_above(sheet, _LOOK_ROWS))
        mapping = guess_mapping(head, guess_layout(head), record)
        sure = sum(match.sure for match in mapping.used)
        return sheet.visible, not mapping.missing and bool(sheet.rows), sure, len(sheet.rows), -place

    return max(range(len(book.sheets)), key=fit)


def recognise(
    office: Office, sheet: Sheet, record: type[Record], corrections: Corrections, *, progress: Progress
) -> Seen:
    """Rows and columns as guessed, corrected by what the clerk has said."""
    progress(f"正在认表：{len(sheet.rows):,} 行")
    layout = guess_layout(sheet, corrections.roles)
    mapping = guess_mapping(sheet, layout, record)
    for column, path in corrections.paths.items():
        mapping = mapping.assign(column, path)
    for column, unit in corrections.units.items():
        mapping = mapping.set_unit(column, unit)
    return Seen(layout, mapping, list(islice(rows_to_records(sheet, layout, mapping, Finder(office)), SAMPLE_ROWS)))


def draft_rows(
    office: Office, sheet: Sheet, layout: Layout, mapping: Mapping, *, progress: Progress
) -> list[Draft]:
    """Every data row as a record that is not yet stored."""
    total = layout.count(Role.DATA)
    drafts: list[Draft] = []
    for draft in rows_to_records(sheet, layout, mapping, Finder(office)):
        if len(drafts) % _STEP_ROWS == 0:
            progress("读懂每一行", len(drafts), total)
        drafts.append(draft)
    return drafts


def plan_rows(
    office: Office, record: type[Record], file: str, sheet: str, drafts: list[Draft], *, progress: Progress
) -> ImportPlan:
    """What would become of each row."""
    return plan_import(office, record, file, ((sheet, draft) for draft in drafts), progress=progress)


def store_rows(office: Office, plan: ImportPlan, choices: dict[int, Choice], *, progress: Progress) -> ImportResult:
    """Settle what the clerk chose, then store all as one batch, or nothing."""
    settle_rows(office, plan, choices)
    return run_plan(office, plan, progress=progress)


def _above(sheet: Sheet, rows: int) -> tuple[object, ...]:
    return tuple(merge for merge in sheet.merged if merge.bottom < rows)
