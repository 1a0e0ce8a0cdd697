"""What a page works with: the office, ways to ask and to change it, and the manners of the frame."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime import clock as clocks
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.runtime.settings import Settings

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.domain.rights import Right
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.worker import Job, Worker


class Desk(QObject):
    """Handed to every page; it is there before the office is.

    Signals: `opened` an office is there, `changed` Changes, `said` (sentence, batch to take back
    or 0), `complained` a KnownError, `wanted` (record type, key) to be shown, `called` the name of
    a command, `listed` a page and the key of its view, `pushed` a page to be laid over the present one,
    `while_closed` something to be done to the office file while it is closed (ui.office.while_closed),
    `look_wanted` an office to be shown in a window of its own (ui.office.looks),
    `rights_changed` who sits here may do other things now, `waiting` so many edits wait to be sent.
    """

    opened = Signal()
    changed = Signal(object)
    said = Signal(str, object)
    complained = Signal(object)
    wanted = Signal(object, object)
    called = Signal(str)
    listed = Signal(str, str)
    pushed = Signal(object)
    while_closed = Signal(object)
    look_wanted = Signal(object)
    rights_changed = Signal()
    waiting = Signal(int)

    def __init__(self, settings: Settings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.clock = clock
        self._worker: Worker | None = None
        self._reader: Reader | None = None
        self.titles: dict[tuple[str, int], str] = {}

    @property
    def is_open(self) -> bool:
        """Whether an office is there to be asked."""
        return self._worker is not None

    @property
    def office(self) -> Office:
        """The open office; KnownError before there is one."""
        return self.worker.office

    @property
    def worker(self) -> Worker:
        if self._worker is None:
            raise KnownError("还没有打开办公室。", "请稍等，或从“文件”菜单打开。")
        return self._worker

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            raise KnownError("还没有打开办公室。", "请稍等，或从“文件”菜单打开。")
        return self._reader

    @property
    def may_write(self) -> bool:
        """Whether who sits here may change records: else what is edited elsewhere is only shown."""
        return self._worker is None or self.office.may_write

    def today(self) -> date:
        """The day it is in China."""
        return clocks.today(self.clock)

    @property
    def me(self) -> int:
        """The member who sits at this PC, as chosen for the open office; 0 when not chosen yet."""
        return int(self.settings.choices.get(f"me.{self.office.where}", 0))

    def open(self, worker: Worker, reader: Reader) -> None:
        """From now on there is an office."""
        self._worker, self._reader = worker, reader
        self.titles.clear()
        worker.changed.connect(self.take_in)
        worker.failed.connect(self.complained)
        worker.outbox.counted.connect(self.waiting)
        reader.failed.connect(self.complained)
        self.opened.emit()

    def close(self) -> None:
        """The office is being left."""
        self._worker = self._reader = None

    def run(self, action: Callable[..., Any], *args: Any, **options: Any) -> Job:
        """Change the office; see Worker.run."""
        return self.worker.run(action, *args, **options)

    def ask(
        self,
        channel: Hashable,
        question: Callable[[Office], Any],
        answer: Callable[[Any], object],
        *,
        later: bool = False,
    ) -> None:
        """Ask the office without waiting; what is asked for `later` never stands in somebody's way."""
        self.reader.ask(channel, question, answer, later=later)

    def say(self, sentence: str, undo: int = 0) -> None:
        """A sentence at the foot of the window that goes away by itself; `undo` is a batch it offers to take back."""
        self.said.emit(sentence, undo)

    def refuse(self, right: Right) -> None:
        """Say that who sits here may not do this."""
        try:
            self.office.require(right)
        except KnownError as error:
            self.complained.emit(error)

    def show(self, record: type[Record], key: int) -> None:
        """Bring a record before the clerk's eyes, in its own library."""
        self.wanted.emit(record, key)

    def exported(self, done: tuple[Path, int]) -> None:
        """Say where a file went."""
        path, count = done
        self.say(f"已导出 {count:,} 条到“{path.name}”，在 {path.parent}。")

    def as_edited(self, record: Record) -> tuple[Record, frozenset[str]]:
        """A record as it will be once the edits that wait are sent, and the fields that wait."""
        outbox = self._worker.outbox if self._worker is not None else None
        changes = outbox.changes_of(type(record), record.id) if outbox else {}
        return (replace(record, **changes), frozenset(changes)) if changes else (record, frozenset())

    def take_in(self, changes: Changes) -> None:
        """Records have changed, here or elsewhere: whatever shows them hears of it."""
        for noun, keys in changes.records.items():
            for key in keys:
                self.titles.pop((noun, key), None)
        self.changed.emit(changes)
