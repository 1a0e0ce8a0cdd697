"""What a page works with: the office, ways to ask and to change it, and the manners of the frame."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import needed_for
from zhaoshang_desktop.runtime import clock as clocks
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.runtime.settings import Settings

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.rights import Right
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.job import Job
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.worker import Worker


T = TypeVar("T")


class Desk(QObject):
    """Handed to every page; it is there before the office is.

    Signals: `opened` an office is there, `changed` Changes, `said` (sentence, batch to take back
    or 0), `complained` a KnownError, `wanted` (record type, key) to be shown, `called` the name of
    a command, `listed` a page and the key of its view, `pushed` a page to be laid over the present one,
    `while_closed` something to be done to the office file while it is closed (ui.office.while_closed),
    `look_wanted` an office to be shown in a window of its own (ui.office.looks),
    `rights_changed` who sits here may do other things now, `waiting` so many edits wait to be sent,
    `missed` the channel of a question that the server did not answer.
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
    missed = Signal(object)

    def __init__(self, settings: Settings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.clock = clock
        self._worker: Worker | None = None
        self._reader: Reader | None = None
        self.titles: dict[tuple[str, int], str] = {}
        self.is_away = False
        """Cannot the server be reached now?"""

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

    def may_change(self, record: type[Record]) -> bool:
        """Whether who sits here may change records of that type: the office's rules take more than others."""
        return self._worker is None or self.office.may(needed_for(record.NOUN))

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
        worker.shut.connect(self.rights_changed)
        worker.outbox.counted.connect(self.waiting)
        worker.outbox.unseen.connect(self._say_kept)
        reader.failed.connect(self.complained)
        reader.missed.connect(self.missed)
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

    def _say_kept(self) -> None:
        self.say("服务器连不上。刚才这一步留在这个窗口里，连上就会去做。")

    def allows(self, right: Right) -> bool:
        """Whether who sits here may do this; if not, it is said."""
        try:
            self.office.require(right)
        except KnownError as error:
            self.complained.emit(error)
            return False
        return True

    def show(self, record: type[Record], key: int) -> None:
        """Bring a record before the clerk's eyes, in its own library."""
        self.wanted.emit(record, key)

    def exported(self, done: tuple[Path, int]) -> None:
        """Say where a file went."""
        path, count = done
        self.say(f"已导出 {count:,} 条到“{path.name}”，在 {path.parent}。")

    def as_edited(self, record: Record) -> tuple[Record, frozenset[str]]:
        """A record as it will be once the edits that wait are sent, and the fields that wait."""
        if self._worker is None or not len(self._worker.outbox):
            return record, frozenset()
        changes = self._worker.outbox.changes_of(type(record), record.id)
        texts = self._worker.outbox.texts_of(type(record), record.id)
        if not texts:
            return record, frozenset()
        raw = {name: text for name, text in {**record.raw, **texts}.items() if text}
        return replace(record, raw=raw, **changes), frozenset(texts)

    def as_will_be(self, seen: T) -> T:
        """What was asked for, with its records as they will be once the edits that wait are sent."""
        if self._worker is None or not len(self._worker.outbox):
            return seen
        return cast("T", _over_records(seen, self.as_edited))

    def take_in(self, changes: Changes) -> None:
        """Records have changed, here or elsewhere: whatever shows them hears of it."""
        for noun, keys in changes.records.items():
            for key in keys:
                self.titles.pop((noun, key), None)
        self.changed.emit(changes)


def _over_records(seen: Any, edited: Callable[[Record], tuple[Record, frozenset[str]]]) -> Any:
    """The same with each record in it replaced; what holds none is the same object."""
    if isinstance(seen, Record):
        return edited(seen)[0]
    if isinstance(seen, list | tuple) and type(seen) in (list, tuple):
        found = [_over_records(one, edited) for one in seen]
        return type(seen)(found) if any(a is not b for a, b in zip(found, seen, strict=True)) else seen
    if isinstance(seen, dict):
        values = {key: _over_records(one, edited) for key, one in seen.items()}
        return values if any(values[key] is not one for key, one in seen.items()) else seen
    if is_dataclass(seen) and not isinstance(seen, type):
        named = {one.name: getattr(seen, one.name) for one in fields(seen) if one.init}
        parts = {name: _over_records(one, edited) for name, one in named.items()}
        new = {name: one for name, one in parts.items() if one is not named[name]}
        return replace(seen, **new) if new else seen
    return seen
