"""The one place from which the window writes to the office."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from zhaoshang_desktop.domain.errors import KnownError, LostConnection
from zhaoshang_desktop.domain.rights import MovedAway
from zhaoshang_desktop.ui.job import Cancelled, Job, Stopped, deed_of, may_wait
from zhaoshang_desktop.ui.listener import Listener
from zhaoshang_desktop.ui.outbox import Outbox
from zhaoshang_desktop.ui.runner import OneThread, Runner

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

SHOWN_AFTER_MS = 500

log = logging.getLogger(__name__)


class Worker(QObject):
    """Runs actions one after the other and says what came of them.

    `changed` carries Changes, `failed` a KnownError (Stopped too), `crashed` any other exception, `shut` comes when the
    office turns out to have moved, `working` the words for the status bar ("" when nothing has been running for long).
    An action that only changes records waits in the `outbox` while the server is out of reach, with all that were
    asked for after it.
    """

    changed = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    shut = Signal()
    working = Signal(str)
    _over = Signal(object)
    _step = Signal(object)

    def __init__(self, office: Office, runner: Runner | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._runner = runner or OneThread("office writer")
        self._jobs: list[Job] = []
        self.outbox = Outbox(self._send, self)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_AFTER_MS)
        self._clock.timeout.connect(self._show)
        self._shown = False
        self._over.connect(self._finish)
        self._step.connect(self._show_step)

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def run(
        self,
        action: Callable[..., Any],
        *args: Any,
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[KnownError], object] | None = None,
        words: str = "正在保存",
        steps: bool = False,
    ) -> Job:
        """Run `action(office, *args)`, with `progress=` when it has `steps`.

        `on_done` gets what the action returned; without `on_error` a KnownError goes to `failed`.
        """
        job = Job(words, on_done, Listener(on_error), steps=steps)
        job.tell = self._step.emit
        options = {"progress": job.progress} if steps else {}
        job.work = lambda: self._work(job, action, args, options)
        job.may_wait = not steps and may_wait(action)
        job.deed = deed_of(action, args) if job.may_wait else job.deed
        if job.may_wait and len(self.outbox):
            self.outbox.put(job)
        else:
            self._send(job)
        return job

    def _send(self, job: Job) -> None:
        assert job.work is not None
        job.error = None
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._clock.start()
        self._runner.submit(job.work)

    @property
    def stoppable(self) -> bool:
        """Has what is going on steps between which it can be stopped?"""
        return bool(self._jobs) and self._jobs[0].steps

    def cancel(self) -> None:
        """Stop the running job at its next step; whoever stops it knows."""
        if self._jobs:
            self._jobs[0].cancel()

    def stop(self) -> None:
        """The same from the foot of the window: whoever asked for the job is told, as of an error."""
        if self._jobs:
            self._jobs[0].stop()

    def close(self, patience: float | None = None) -> None:
        """Finish what is under way, or give it up after so many seconds."""
        self._clock.stop()
        self.outbox.stop()
        self._runner.stop(patience)

    def _work(self, job: Job, action: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> None:
        try:
            if job.stopping:
                raise Cancelled
            if job.attempt and self.office.was_committed(job.attempt):
                job.result = self.office.changes_of(job.attempt[0])
            else:
                job.result = action(self.office, *args, **options)
        except Exception as error:
            if isinstance(error, LostConnection):
                job.attempt = error.attempt or job.attempt
            elif not isinstance(error, KnownError | Cancelled):
                log.exception("An action failed: %s", getattr(action, "__name__", action))
            job.error = error
        self._over.emit(job)

    def _finish(self, job: Job) -> None:
        self._jobs.remove(job)
        if not self._jobs:
            self._clock.stop()
            if self._shown:
                self._shown = False
                self.working.emit("")
        if job in self.outbox:
            if not self.outbox.came_back(job):
                return
        elif isinstance(job.error, LostConnection) and job.may_wait:
            job.error = None
            self.outbox.put(job)
            return
        if isinstance(job.error, Cancelled) and job.is_told:
            job.error = Stopped()
        if job.error is None:
            changes = getattr(job.result, "changes", job.result)
            if hasattr(changes, "records"):
                self.changed.emit(changes)
            job.on_done(job.result)
        else:
            self._fail(job, job.error)

    def _fail(self, job: Job, error: Exception) -> None:
        if isinstance(error, MovedAway):
            self.shut.emit()
        if isinstance(error, KnownError):
            if job.on_error:
                job.on_error(error)
            else:
                self.failed.emit(error)
        elif not isinstance(error, Cancelled):
            self.crashed.emit(error)

    def _show(self) -> None:
        if self._jobs:
            self._shown = True
            self.working.emit(self._jobs[0].words)

    def _show_step(self, job: Job) -> None:
        if self._shown and self._jobs and self._jobs[0] is job:
            self.working.emit(job.words)
