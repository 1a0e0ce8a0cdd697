"""One import on its way: what has been read, recognised, drafted, planned and stored so far.

Each stage stands on the one before; whatever changes a stage throws away those after it, and they are
made again when the clerk comes to them. The long work runs on a thread of its own, storing on the
office's writer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.actions.record import undo_batch
from zhaoshang_desktop.actions.settling import Choice, Choices, Policy
from zhaoshang_desktop.domain.changes import Changes, Undone
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange import shapes
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.reading import PasswordNeeded
from zhaoshang_desktop.exchange.shapes import Corrections
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.ui.importing import work
from zhaoshang_desktop.ui.importing.kept import keep_policy, keep_recent, policy_for, recent_files
from zhaoshang_desktop.ui.importing.summary import Drafted, Planned, Stored
from zhaoshang_desktop.ui.importing.work import Opened, Seen
from zhaoshang_desktop.ui.job import Cancelled, Stopped
from zhaoshang_desktop.ui.runner import OneThread
from zhaoshang_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.job import Job


class Session(QObject):
    """`opened`, `seen`, `drafted`, `planned`, `stored` and `undone` say that a stage is there (or was thrown
    away); `failed` carries a KnownError, `busy` the words of what goes on ("" when nothing does)."""

    opened = Signal()
    seen = Signal()
    drafted = Signal()
    planned = Signal()
    stored = Signal()
    undone = Signal()
    failed = Signal(object)
    password_wanted = Signal(object)
    busy = Signal(str)

    def __init__(self, desk: Desk, library: str, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.library = library
        self.paths: tuple[Path, ...] = ()
        self.workbook: Opened | None = None
        self.sheet_place = 0
        self.imported_sheets: set[int] = set()
        self.view: Seen | None = None
        self.drafts: Drafted | None = None
        self.plan: Planned | None = None
        self.choices = Choices(policy_for(self.desk.settings, self.library))
        self.result: Stored | None = None
        self.taken_back: Undone | None = None
        self.recalled = 0
        self._waiting = ""
        self._goal = ""
        self._used_up = False
        self._remembering = True
        self._job: Job | None = None
        self._bench: Worker | None = None
        self.destroyed.connect(work.collect_soon)

    @property
    def record(self) -> type[Record]:
        return LIBRARIES[self.library]

    @property
    def sheet(self) -> Sheet:
        """The chosen sheet of the workbook that is open."""
        assert self.workbook is not None
        return self.workbook.book.sheets[self.sheet_place]

    @property
    def waiting(self) -> str:
        """Which stage is being made at this moment; "" for none."""
        return self._waiting

    @property
    def recent(self) -> list[Path]:
        """The files lately imported that are still there."""
        return recent_files(self.desk.settings)

    def choose_library(self, library: str) -> None:
        """Import into another library; what was recognised is looked at anew."""
        if library != self.library:
            self.library = library
            if self.workbook is not None:
                self._forget("seen")
                self._take_book(
                    dataclasses.replace(self.workbook, sheets=work.likely_sheets(self.workbook.book, self.record))
                )

    @property
    def called(self) -> str:
        """What is imported, in a word; "" before anything was chosen."""
        return self.paths[0].name if len(self.paths) == 1 else f"{len(self.paths)} 个名片文件" if self.paths else ""

    def open(self, paths: Sequence[Path], password: str | None = None) -> None:
        """Read that file, or these files of cards."""
        self.paths = tuple(paths)
        self.workbook = None
        self._forget("seen", "drafted", "planned", "stored")
        self._start("opened", work.open_files, self.paths, password, self.record)

    def choose_sheet(self, place: int) -> None:
        """Take another sheet of the workbook."""
        if place != self.sheet_place:
            self.sheet_place = place
            self._forget("seen")
            self._look(None)

    def correct_rows(self, rows: Iterable[int], role: Role) -> None:
        """These rows (from 0) are that; a heading of several lines keeps those beside the new one."""
        corrections = self._corrections()
        chosen = set(rows)
        if role is Role.HEADER and self.view is not None:
            beside = {row for row in self.view.layout.header_rows if any(abs(row - one) == 1 for one in chosen)}
            chosen |= beside
        corrections.roles.update(dict.fromkeys(chosen, role))
        self._look(corrections)

    def assign(self, column: int, path: str) -> None:
        """That column (from 0) goes to `path`; "" takes it out."""
        corrections = self._corrections()
        corrections.paths = {other: said for other, said in corrections.paths.items() if not path or said != path}
        corrections.paths[column] = path
        self._look(corrections)

    def call_label(self, words: str, side: str) -> None:
        """These words of a form are a label, and its value stands on that side of them."""
        assert self.view is not None
        corrections = self._corrections()
        corrections.labels[words] = side
        shapes.remember(self.desk.settings, self.view.shape, self.sheet, corrections)
        self._look(None)

    def set_unit(self, column: int, unit: str) -> None:
        """The figures of that column are in that unit."""
        corrections = self._corrections()
        corrections.units[column] = unit
        corrections.paths.setdefault(column, self._path_of(column))
        self._look(corrections)

    def take_hidden(self, wanted: bool) -> None:
        """Whether the rows that Excel does not show are imported too."""
        corrections = self._corrections()
        corrections.hidden = wanted
        self._look(corrections)

    def confirm_all(self) -> None:
        """What is proposed is right."""
        corrections = self._corrections()
        assert self.view is not None
        for match in self.view.mapping.used:
            corrections.paths.setdefault(match.column.index, match.path)
            if match.doubt:
                corrections.units.setdefault(match.column.index, match.unit or "元")
        self._look(corrections)

    def forget_corrections(self) -> None:
        """As the program saw it by itself."""
        self._look(Corrections())

    def reach(self, goal: str) -> None:
        """Make what is missing up to "drafted", "planned" or "stored"; its signal says when it is there."""
        self._goal = goal
        self._advance()

    def choose(self, places: Iterable[int], choice: Choice) -> None:
        """What to do with these rows of the plan."""
        self.choices.choose(places, choice)

    def choose_policy(self, policy: Policy) -> None:
        """What to do with all that the library has; the next list for this library begins with it."""
        keep_policy(self.desk.settings, self.library, policy)
        plan = self.plan.plan if self.plan is not None else None
        rows = self.choices.rows
        likely = {place: rows[place] for place in rows if plan is not None and not plan.decisions[place].exact}
        cells = {at: ticked for at, ticked in self.choices.cells.items() if at[0] in likely}
        self.choices = Choices(policy, likely, cells)

    def again(self) -> None:
        """What was stored and taken back can be stored once more."""
        self.result, self.taken_back, self.plan, self._used_up = None, None, None, True

    def undo(self) -> None:
        """Take the whole import back."""
        if self.result is not None and self.result.batch:
            self._waiting = "undone"
            self.desk.run(undo_batch, self.result.batch, on_done=self._undone, words="正在撤销这次导入")

    def cancel(self) -> None:
        """Stop what goes on; the stages made so far stay, and a plan that was being stored is made anew."""
        storing = self._waiting == "stored"
        self._stop()
        if storing:
            self.reach("planned")

    def run(self, action: Callable[..., Any], *args: Any, on_done: Callable[[Any], object]) -> None:
        """Something beside the stages, such as a report; only its error is told."""
        self._thread().run(action, *args, on_done=on_done, on_error=self._complain, steps=True)

    def close(self) -> None:
        """Stop what goes on and end the thread."""
        self._stop()
        if self._bench is not None:
            self._bench.close()

    def office_changed(self, changes: Changes) -> None:
        """The library is not what the plan was made for; it is made anew before anything is stored."""
        if self.result is None and self._waiting != "stored" and changes.touches(self.record.NOUN):
            self._forget("planned")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._waiting == "stored":
            self._end_storing()
            self.plan = None
        self._job, self._waiting, self._goal = None, "", ""
        self.busy.emit("")

    def _corrections(self) -> Corrections:
        """A copy of those in force, to be changed."""
        kept = self.view.corrections if self.view is not None else Corrections()
        return Corrections(dict(kept.roles), dict(kept.paths), dict(kept.units), kept.hidden, dict(kept.labels))

    def _path_of(self, column: int) -> str:
        assert self.view is not None
        return next((match.path for match in self.view.mapping.matches if match.column.index == column), "")

    def _look(self, corrections: Corrections | None) -> None:
        self._forget("drafted", "planned", "stored")
        kept = shapes.kept_shapes(self.desk.settings)
        if corrections is not None and self.view is not None:
            shapes.remember(self.desk.settings, self.view.shape, self.sheet, corrections)
        self._remembering = corrections is None
        self._start("seen", work.recognise, self.sheet, self.record, corrections, kept)

    def _forget(self, *stages: str) -> None:
        """Throw these stages away and say so."""
        cleared = {"seen": "view", "drafted": "drafts", "planned": "plan", "stored": "result"}
        for stage in stages:
            if getattr(self, cleared[stage]) is not None:
                setattr(self, cleared[stage], None)
                getattr(self, stage).emit()
        if "drafted" in stages:
            self.choices, self._used_up = Choices(policy_for(self.desk.settings, self.library)), False

    def _advance(self) -> None:
        """The next stage on the way to the goal. A plan uses its drafts up: the next one needs new ones."""
        if not self._goal or self._waiting or self.view is None:
            return
        if self.drafts is None or (self.plan is None and self._used_up):
            self._start("drafted", work.draft_rows, self.sheet, self.view)
        elif self.plan is None and self._goal != "drafted":
            name = self.workbook.book.name if self.workbook else ""
            self._used_up = True
            self._start("planned", work.plan_rows, self.record, name, self.sheet.name, self.drafts.drafts)
        elif self.result is None and self._goal == "stored":
            self._store()

    def _start(self, stage: str, action: Callable[..., Any], *args: Any) -> None:
        if self._job is not None:
            self._job.cancel()
        self._waiting = stage
        answers: dict[str, Callable[[Any], None]] = {
            "opened": self._opened,
            "seen": self._saw,
            "drafted": self._drafted,
            "planned": self._planned,
        }
        self._job = self._thread().run(action, *args, on_done=answers[stage], on_error=self._fail, words="", steps=True)

    def _thread(self) -> Worker:
        """A thread of the import's own, so that neither lists nor saving wait for it."""
        if self._bench is None:
            self._bench = Worker(self.desk.office, OneThread("importing"), self)
            self._bench.working.connect(self.busy)
            self._bench.crashed.connect(self._crash)
        return self._bench

    def _opened(self, found: Opened) -> None:
        if self._waiting == "opened":
            if len(found.paths) == 1:
                keep_recent(self.desk.settings, found.paths[0])
            self._waiting = ""
            self._take_book(found)

    def _take_book(self, found: Opened) -> None:
        self.workbook, self.sheet_place, self.imported_sheets = found, found.sheets[0], set()
        self.opened.emit()
        self._look(None)

    def _saw(self, found: Seen) -> None:
        if self._waiting == "seen":
            self.view, self._waiting = found, ""
            if self.workbook is not None and found.sheet is not self.sheet:
                self.workbook.book.sheets[self.sheet_place] = found.sheet
            self.recalled = len(found.corrections) if self._remembering else 0
            self.seen.emit()
            self._advance()

    def _drafted(self, drafts: Drafted) -> None:
        if self._waiting == "drafted":
            self.drafts, self._used_up, self._waiting = drafts, False, ""
            self.drafted.emit()
            self._advance()

    def _planned(self, plan: Planned) -> None:
        if self._waiting == "planned":
            self.plan, self._waiting = plan, ""
            self.planned.emit()
            self._advance()

    def _store(self) -> None:
        assert self.plan is not None
        assert self.drafts is not None
        self._waiting, self.taken_back = "stored", None
        writer = self.desk.worker
        writer.working.connect(self._hear_writer)
        writer.crashed.connect(self._crash)
        job = self.desk.run(
            work.store_rows,
            self.plan,
            self.choices.copy(),
            self.drafts.problems,
            on_done=self._stored,
            on_error=self._fail,
            words="正在写入",
            steps=True,
        )
        self._job = job if self._waiting else None

    def _end_storing(self) -> None:
        writer = self.desk.worker
        writer.working.disconnect(self._hear_writer)
        writer.crashed.disconnect(self._crash)

    def _hear_writer(self, words: str) -> None:
        """What the writer is doing; it may also have been stopped from the foot of the window."""
        self.busy.emit(words)
        if not words and self._job is not None and isinstance(self._job.error, Cancelled):
            self.cancel()

    def _stored(self, result: Stored) -> None:
        """It may have come too late to be cancelled; then it is done all the same."""
        if self._waiting == "stored":
            self._end_storing()
        self.plan, self.result = result.planned, result
        self.imported_sheets.add(self.sheet_place)
        self._waiting, self._goal, self._job = "", "", None
        self.stored.emit()

    def _undone(self, done: Undone) -> None:
        """Another import begins with new drafts: these have been stored."""
        self._waiting, self.taken_back = "", done
        self.undone.emit()

    def _fail(self, error: KnownError) -> None:
        if isinstance(error, Stopped):
            return  # `_hear_writer` has heard of it
        stage, self._waiting, self._goal, self._job = self._waiting, "", "", None
        if stage == "stored":
            self._end_storing()
            self.plan = None
            self.reach("planned")
        if isinstance(error, PasswordNeeded):
            self.password_wanted.emit(error)
        else:
            self.failed.emit(error)

    def _complain(self, error: KnownError) -> None:
        self.desk.complained.emit(error)

    def _crash(self, error: Exception) -> None:
        """The frame shows what happened; here the clerk only has to be able to go on."""
        self._fail(KnownError("程序自己出错了，什么也没有导入。", "可以换一个文件再试；出错的经过已记在日志里。"))
        if self.sender() is self._bench:
            self.desk.worker.crashed.emit(error)
