"""The long work of an import, as functions for a background thread: reading, recognising, drafting, settling."""

from __future__ import annotations

import time
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from zhaoshang_desktop.actions.changed_cells import possible_cells, titles_in
from zhaoshang_desktop.actions.import_plan import plan_import
from zhaoshang_desktop.actions.importing import run_plan
from zhaoshang_desktop.actions.matching import Finder
from zhaoshang_desktop.actions.settling import Choices, settle_rows
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.cards import together
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.forms import with_labels
from zhaoshang_desktop.exchange.layout import Layout, Role, guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping, guess_mapping
from zhaoshang_desktop.exchange.parting import parted
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.exchange.shapes import Corrections, recalled, shape_of
from zhaoshang_desktop.exchange.sheet import Sheet, Workbook
from zhaoshang_desktop.exchange.understanding import understand
from zhaoshang_desktop.runtime.collector import look_once, many_kept_values
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui.importing.summary import Drafted, Planned, Stored, drafted, planned, stored

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

SAMPLE_ROWS = 200
_LOOK_ROWS = 100
_STEP_ROWS = 500


@dataclass(frozen=True)
class Opened:
    """A workbook that was read, in so many seconds; `book` has a sheet for each table, `whole` as the file has them.

    `sheets` are the places of those that fit the library, the likeliest first.
    """

    paths: tuple[Path, ...]
    book: Workbook
    whole: Workbook
    seconds: float
    sheets: tuple[int, ...]


@dataclass(frozen=True)
class Seen:
    """A sheet as it is understood; `sample` holds its first records, as a foretaste."""

    layout: Layout
    mapping: Mapping
    sample: list[Draft]
    shape: str
    corrections: Corrections
    sheet: Sheet

    @property
    def problems(self) -> list[CellProblem]:
        """The cells to look at among the sample."""
        return [problem for draft in self.sample for problem in draft.problems]

    @property
    def rows(self) -> int:
        """How many rows will be read in."""
        return self.layout.count(Role.DATA)


def collect_soon() -> None:
    """The import is over: once its page has gone all that it made goes, now rather than under a keystroke."""
    QTimer.singleShot(0, look_once)


def open_files(
    office: Office, paths: Sequence[Path], password: str | None, record: type[Record], *, progress: Progress
) -> Opened:
    """Reads a workbook, or several files of cards, in a process of its own; `progress` is told how long it goes on."""
    begun = time.monotonic()
    size = sum(path.stat().st_size for path in paths if path.is_file())
    name = f"“{paths[0].name}”" if len(paths) == 1 else f" {len(paths)} 个名片文件"
    told = f"正在读取{name}（{size_text(size)}）" if size >= 1 << 20 else f"正在读取{name}"

    def wait() -> None:
        seconds = int(time.monotonic() - begun)
        progress(f"{told}，已 {seconds} 秒" if seconds else told)

    with many_kept_values():
        whole = together([read_workbook(path, password=password, waiting=wait) for path in paths])
    progress(f"正在看{name}的 {len(whole.sheets)} 张工作表")
    book = parted(whole)
    return Opened(tuple(paths), book, whole, time.monotonic() - begun, likely_sheets(book, record))


def likely_sheets(book: Workbook, record: type[Record]) -> tuple[int, ...]:
    """The places of the visible sheets whose columns fit the library, the best first; one at least."""
    scores = {place: _fit(sheet, record) for place, sheet in enumerate(book.sheets)}
    best = sorted(scores, key=lambda place: (scores[place], -place), reverse=True)
    return tuple(place for place in best if scores[place][:2] == (True, True)) or (best[0],)


def _fit(sheet: Sheet, record: type[Record]) -> tuple[bool, bool, int, int]:
    merged = tuple(merge for merge in sheet.merged if merge.bottom < _LOOK_ROWS)
    rows = sheet.rows[_first_row(sheet) :][:_LOOK_ROWS] if sheet.part else sheet.rows[:_LOOK_ROWS]
    head = Sheet(sheet.name, rows, merged=merged)
    mapping = guess_mapping(head, guess_layout(head), record)
    sure = sum(match.sure for match in mapping.used)
    return sheet.visible and bool(sheet.rows), not mapping.missing, sure, len(sheet.rows)


def _first_row(sheet: Sheet) -> int:
    """Where the table begins that stands below another."""
    return next((number for number, row in enumerate(sheet.rows) if row.count("") < len(row)), 0)


def recognise(
    office: Office,
    sheet: Sheet,
    record: type[Record],
    corrections: Corrections | None,
    kept: MappingOf[str, Any],
    *,
    progress: Progress,
) -> Seen:
    """Rows and columns as guessed, corrected by the clerk: now, or (`None`) when he saw such a sheet before."""
    progress(f"正在认表：{len(sheet.rows):,} 行")
    layout = guess_layout(sheet)
    shape = shape_of(record, sheet, layout)
    if corrections is None:
        sheet, corrections = recalled(kept.get(shape), record, sheet)
    else:
        sheet = with_labels(sheet, corrections.labels)
    layout, mapping = understand(
        sheet,
        record,
        roles=corrections.roles,
        paths=corrections.paths,
        units=corrections.units,
        with_hidden=corrections.hidden,
    )
    sample = list(islice(rows_to_records(sheet, layout, mapping, Finder(office)), SAMPLE_ROWS))
    return Seen(layout, mapping, sample, shape, corrections, sheet)


def draft_rows(office: Office, sheet: Sheet, seen: Seen, *, progress: Progress) -> Drafted:
    """Every data row as a record that is not yet stored."""
    drafts: list[Draft] = []
    with many_kept_values():
        for draft in rows_to_records(sheet, seen.layout, seen.mapping, Finder(office)):
            if len(drafts) % _STEP_ROWS == 0:
                progress("正在读懂每一行", len(drafts), seen.rows)
            drafts.append(draft)
        return drafted(drafts)


def plan_rows(
    office: Office, record: type[Record], file: str, sheet: str, drafts: list[Draft], *, progress: Progress
) -> Planned:
    """What would become of each row."""
    with many_kept_values():
        plan = plan_import(office, record, file, ((sheet, draft) for draft in drafts), progress=progress)
        progress("正在准备预览")
        return planned(plan, titles_in(office, possible_cells(plan)))


def store_rows(
    office: Office,
    seen: Planned,
    choices: Choices,
    problems: list[CellProblem],
    *,
    progress: Progress,
) -> Stored:
    """Settles what the clerk chose, then stores all as one batch, or nothing."""
    with many_kept_values():
        settle_rows(seen.plan, choices)
        return stored(run_plan(office, seen.plan, progress=progress), seen, problems)
