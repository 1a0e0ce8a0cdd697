"""Edits that could not be sent, because the server was out of reach: kept in order, sent when it answers again.

They live as long as the window; nothing of them is written to this PC's disk, where people's data would lie in
clear. Closing the window with some of them left asks first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from zhaoshang_desktop.domain.errors import LostConnection
from zhaoshang_desktop.ui.job import Job

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.record import Record

WAITS_MS = (1_000, 2_000, 4_000, 8_000, 15_000)


class Outbox(QObject):
    """`counted` carries how many wait, `unseen` comes when one has been put by that no page can show yet; `send` is
    what tries one of them."""

    counted = Signal(int)
    unseen = Signal()

    def __init__(self, send: Callable[[Job], object], parent: QObject) -> None:
        super().__init__(parent)
        self._send = send
        self._jobs: list[Job] = []
        self._sending = False
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.send)

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, job: Job) -> bool:
        return job in self._jobs

    def changes_of(self, record: type[Record], key: int) -> dict[str, Any]:
        """What the edits that wait will make of a record: values by field, the later over the earlier."""
        found: dict[str, Any] = {}
        for deed in (job.deed for job in self._jobs):
            if deed.record is record and deed.key == key:
                found |= {name: value for name, value in deed.sets.items() if name != "raw"}
        return found

    def texts_of(self, record: type[Record], key: int) -> dict[str, str]:
        """The texts that could not be understood, of a record's fields, in the edits that wait; "" for understood."""
        found: dict[str, str] = {}
        for deed in (job.deed for job in self._jobs):
            if deed.record is record and deed.key == key:
                found |= dict.fromkeys(deed.sets, "") | dict(deed.sets.get("raw", {}))
        found.pop("raw", None)
        return found

    def made(self, record: type[Record], owner: str, key: int) -> list[Record]:
        """The new records that wait, of those whose field `owner` is that key."""
        made = (job.deed.makes for job in self._jobs)
        return [one for one in made if isinstance(one, record) and getattr(one, owner, None) == key]

    def removes(self, record: type[Record], key: int) -> bool:
        """Waits it to be put into the recycle bin?"""
        return any(job.deed.record is record and key in job.deed.removes for job in self._jobs)

    def put(self, job: Job) -> None:
        """One more; it goes when those before it have gone."""
        self._jobs.append(job)
        self._wait()
        self.counted.emit(len(self._jobs))
        if not job.deed.sets:
            self.unseen.emit()

    def take_back(self, job: Job) -> bool:
        """It is not to be sent after all; False for one that is under way, or of which the server may have heard."""
        if job not in self._jobs or job.attempt or (self._sending and job is self._jobs[0]):
            return False
        self._jobs.remove(job)
        self.counted.emit(len(self._jobs))
        return True

    def came_back(self, job: Job) -> bool:
        """One that was tried: whether it has gone, or was refused for good; else it waits on."""
        self._sending = False
        if isinstance(job.error, LostConnection):
            job.error = None
            self._wait()
            return False
        self._jobs.remove(job)
        self._tries = 0
        self.counted.emit(len(self._jobs))
        if self._jobs:
            self._timer.start(0)
        return True

    def send(self) -> None:
        """Try the first of them now."""
        self._timer.stop()
        if self._jobs and not self._sending:
            self._sending = True
            self._send(self._jobs[0])

    def stop(self) -> None:
        """Nothing is tried any more."""
        self._timer.stop()
        self._jobs.clear()

    def _wait(self) -> None:
        if not self._sending and not self._timer.isActive():
            self._timer.start(WAITS_MS[min(self._tries, len(WAITS_MS) - 1)])
            self._tries += 1
