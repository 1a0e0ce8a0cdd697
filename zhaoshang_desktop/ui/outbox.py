"""Edits that could not be sent, because the server was out of reach: kept in order, sent when it answers again.

They live as long as the window; nothing of them is written to this PC's disk, where people's data would lie in
clear. Closing the window with some of them left asks first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from zhaoshang_desktop.domain.errors import LostConnection

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.ui.worker import Job

WAITS_MS = (1_000, 2_000, 4_000, 8_000, 15_000)


class Outbox(QObject):
    """`counted` carries how many wait; `send` is what tries one of them."""

    counted = Signal(int)

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
        for job in self._jobs:
            if job.edits is not None and job.edits[:2] == (record, key):
                found |= {name: value for name, value in job.edits[2].items() if name != "raw"}
        return found

    def put(self, job: Job) -> None:
        """One more; it goes when those before it have gone."""
        self._jobs.append(job)
        self._wait()
        self.counted.emit(len(self._jobs))

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


def edits_of(args: tuple[Any, ...]) -> tuple[type, int, Mapping[str, Any]] | None:
    """The record that an action is to change, and how: those that edit one are called with just that."""
    if len(args) >= 3 and isinstance(args[0], type) and isinstance(args[1], int) and isinstance(args[2], Mapping):
        return args[0], args[1], args[2]
    return None


def may_wait(action: Callable[..., Any]) -> bool:
    """Can an action be sent later? Those that only change records say so: they give Changes, and nothing else."""
    return getattr(action, "__annotations__", {}).get("return") in ("Changes", "domain.changes.Changes")
