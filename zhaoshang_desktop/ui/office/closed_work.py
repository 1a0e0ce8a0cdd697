"""What is done to an office file while nobody has it open: said at the foot of the window, stopped there, reported."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime.settings import SECOND
from zhaoshang_desktop.ui.office.who import TYPED

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.repair import Repaired
    from zhaoshang_desktop.ui.job import Job
    from zhaoshang_desktop.ui.main_window import MainWindow
    from zhaoshang_desktop.ui.office.while_closed import WhileClosed

_log = logging.getLogger(__name__)


class ClosedWork(QObject):
    """Gives what a thread is to do; `tell` says what came of it once the office is shown again, `over` that it is not.

    `broke` carries what no one foresaw.
    """

    broke = Signal(object)
    _step = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
        self._done: KnownError | Repaired | str = ""
        self._step.connect(self._show_step)
        window.status.cancelled.connect(self._stop)

    def on(self, office: Office, job: WhileClosed) -> Callable[[], Office]:
        """Closes the office, has the job done and opens it again, whatever came of it."""
        told = self._begin(job.words)

        def working() -> Office:
            from zhaoshang_desktop.store import open_office  # on its own thread, as when it was opened first
            from zhaoshang_desktop.ui.job import Cancelled, Stopped

            key = office.key
            office.close()
            try:
                self._done = job.told(job.work(progress=told.progress))
                key = office.key if job.key == "same" else job.key
            except Cancelled:
                self._done = Stopped()
            except KnownError as error:
                self._done = error
            except Exception as error:  # noqa: BLE001 - it is reported, and the office comes back all the same
                self.broke.emit(error)
                _log.exception("what was done to the closed office failed")
            again = open_office(office.where, actor=office.actor, key=key)
            again.go_on_as(office.user)
            return again

        return working

    def repair(self, where: str, secret: str, *, kept: bool) -> Callable[[], Office]:
        """Repairs a file that could not be opened, and opens it; `kept` says that this PC remembers its key."""
        told, choices = self._begin("正在修复"), self._window.settings.choices
        actor, place = str(choices.get(TYPED, "")), str(choices.get(SECOND, ""))

        def working() -> Office:
            from zhaoshang_desktop.actions.office import open_office  # SQLAlchemy, on its own thread
            from zhaoshang_desktop.actions.repair import repair_file
            from zhaoshang_desktop.ui.job import Cancelled, Stopped
            from zhaoshang_desktop.ui.office.door import key_to_repair

            path, second = Path(where), Path(place) if place else None
            key = key_to_repair(path, secret, kept=kept)
            try:
                self._done = repair_file(path, key, second=second, actor=actor, progress=told.progress)
            except Cancelled:
                raise Stopped from None
            return open_office(where, key=key)

        return working

    def tell(self) -> None:
        """The office is there: say what was done to it, if anything was."""
        done, self._done = self._done, ""
        if self._job is not None:
            self.over()
        if isinstance(done, KnownError):
            self._window.notice.complain(done)
        elif isinstance(done, str) and done:
            self._window.notice.tell(done)
        elif done:
            from zhaoshang_desktop.ui.office.damage import RepairedDialog  # made when first needed

            RepairedDialog(done, self._window).open()

    def holds(self) -> bool:
        """Whether another office must wait for what goes on, which comes back to this window; that is said."""
        if self._job is not None:
            way_out = "请等它做完，或在窗口下方点“取消”。"
            self._window.notice.complain(KnownError(f"{self._job.words}，现在不能打开别的办公室。", way_out))
        return self._job is not None

    def over(self) -> None:
        """Nothing goes on any more."""
        self._job = None
        self._window.status.show_work("")

    def _begin(self, words: str) -> Job:
        from zhaoshang_desktop.ui.job import Job
        from zhaoshang_desktop.ui.listener import Listener  # after the first picture

        self._job = Job(words, None, Listener(None), steps=True)
        self._job.tell = self._step.emit
        self._window.status.show_work(words, stoppable=True)
        return self._job

    def _show_step(self, job: Job) -> None:
        if job is self._job:
            self._window.status.show_work(job.words, stoppable=True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
