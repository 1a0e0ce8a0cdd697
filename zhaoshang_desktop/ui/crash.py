"""What is shown when something nobody foresaw went wrong."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from zhaoshang_desktop import __version__
from zhaoshang_desktop.ui.forms.crash import Ui_Crash


class CrashDialog(QDialog):
    """What was kept, and the text for whoever mends the program."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Crash()
        self.ui.setupUi(self)
        text = "".join(traceback.format_exception(error))
        self.ui.details.setPlainText(f"招商桌面 {__version__}\n{text}")
        self.ui.copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.ui.details.toPlainText())


class CrashReporter(QObject):
    """Shows one crash dialog at a time, whichever thread the error came from."""

    caught = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._open = False
        self.caught.connect(self._show)

    def report(self, error: BaseException) -> None:
        """May be called on any thread."""
        self.caught.emit(error)

    def _show(self, error: BaseException) -> None:
        if self._open:
            return
        self._open = True
        dialog = CrashDialog(error, self._window)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._open = False
