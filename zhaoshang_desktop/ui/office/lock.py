"""Locking the window: now, or after a while in which nobody touched it.

What belongs to stored records is saved; everything else stays as it stands behind the curtain, new records too; only
the office is closed and its key let go of. What the pages show of it remains in the memory of this process until it
ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.office.curtain import Curtain

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.main_window import MainWindow

MINUTES = "lock.minutes"
DEFAULT_MINUTES = 10
_AGAIN_MS = 200
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class Lock(QObject):
    """`released` when the office is to be closed, `unlock_wanted` carries the passphrase that opens it again."""

    released = Signal()
    unlock_wanted = Signal(str)

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._curtain: Curtain | None = None
        self._hidden: list[QWidget] = []
        self._typing: QWidget | None = None
        self._watching = False
        self.is_locked = False
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self.lock)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._release)

    def watch(self, encrypted: bool) -> None:
        """Begin to wait for nobody to touch the window, if there is anything to lock."""
        minutes = int(self._desk.settings.choices.get(MINUTES, DEFAULT_MINUTES))
        application = QApplication.instance()
        assert application is not None
        if self._watching:
            application.removeEventFilter(self)
        self._watching = encrypted and minutes > 0
        self.idle.stop()
        if self._watching:
            application.installEventFilter(self)
            self.idle.start(minutes * 60_000)

    def lock(self) -> None:
        """Draw the curtain at once; the office is closed as soon as what is being written is written."""
        if self.is_locked or not self._desk.is_open or self._desk.office.key is None:
            return
        self._typing = QApplication.focusWidget() or self._window.focusWidget()
        for page in self._window.stack:
            page.keep_edits()
        self.is_locked = True
        self.idle.stop()
        if self._curtain is None:
            self._curtain = Curtain(self._window)
            self._curtain.given.connect(self.unlock_wanted)
        in_front = QApplication.activeWindow() is not None
        self._hide_the_rest()
        self._window.ui.body.setEnabled(False)
        self._window.setWindowTitle("招商桌面 — 已锁定")
        if in_front:  # a dialog may have had the focus that was hidden
            self._window.activateWindow()
        self._curtain.draw()
        self._release()

    def refuse(self, sentence: str) -> None:
        """It was not unlocked."""
        if self._curtain is not None:
            self._curtain.form.refuse(sentence)

    def unlock(self) -> None:
        """The office is open again: everything as it was."""
        self.is_locked = False
        if self._curtain is not None:
            self._curtain.form.clear()
            self._curtain.hide()
        self._window.ui.body.setEnabled(True)
        for widget in self._hidden:
            if isValid(widget):
                widget.show()
        self._hidden.clear()
        if self._typing is not None and isValid(self._typing):
            self._typing.setFocus()
        self._typing = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self.idle.isActive():
            self.idle.start()
        return False

    def _release(self) -> None:
        if self._desk.is_open and self._desk.worker.busy:
            self._again.start()
        else:
            self.released.emit()

    def _hide_the_rest(self) -> None:
        """Dialogs come back at the end; what only hangs open (a menu, a list of hits) is shut."""
        for widget in QApplication.topLevelWidgets():
            if widget is self._window or not widget.isVisible():
                continue
            if isinstance(widget, QDialog):
                self._hidden.append(widget)
                widget.hide()
            else:
                widget.close()
