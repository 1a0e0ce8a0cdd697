"""What the program does for an office by itself after it was opened: a quick check, the backup of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zhaoshang_desktop.actions import backup, repair
from zhaoshang_desktop.ui.office.backups import second_of
from zhaoshang_desktop.ui.runner import OneThread, Runner
from zhaoshang_desktop.ui.worker import Worker

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.backup import Kept
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

AFTER_MS = 1_500
"""The first rows come first."""


class Keeper(QObject):
    """A thread of its own, so that nobody who saves waits for it; it only reads, and says what it found.

    `damaged` carries what the quick check says, `kept` a sentence for the status bar ("" when all is well),
    `failed` a KnownError when the backup of the day could not be made.
    """

    damaged = Signal(str)
    kept = Signal(str)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, office: Office, desk: Desk, runner: Runner | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker = Worker(office, runner or OneThread("office keeper"), self)
        self._worker.failed.connect(self.failed)
        self._worker.crashed.connect(self.crashed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.begin)

    def begin_later(self) -> None:
        """Once the window has shown what somebody waits for."""
        self._timer.start(AFTER_MS)

    def begin(self) -> None:
        """The check first: a damaged file is not worth a backup, and must not push a good one out."""
        self._worker.run(repair.is_damaged, on_done=self._checked, words="正在检查文件", steps=True)

    def close(self) -> None:
        """Stop at the next step."""
        self._timer.stop()
        self._worker.cancel()
        self._worker.close()

    def _checked(self, found: str) -> None:
        if found:
            self.damaged.emit(found)
        else:
            self._worker.run(backup.daily, second_of(self._desk), on_done=self._done, words="正在备份", steps=True)

    def _done(self, kept: Kept) -> None:
        self.kept.emit(kept.missing)
