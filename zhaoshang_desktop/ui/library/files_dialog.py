"""The files of one record, in a window of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.ui.library.files import FilesPane, files_question

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.attachment import Filed
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.ui.desk import Desk


class FilesDialog(QDialog):
    """For a record that has no page where its files could stand."""

    def __init__(self, desk: Desk, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{RECORD_TITLES[record.NOUN]}的文件　{record.title}")
        self.resize(560, 420)
        self._desk = desk
        self._record = record
        self._channel = ("files", record.NOUN, record.id)
        self.files = FilesPane(desk, type(record), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.files)
        desk.changed.connect(self._refresh)
        self.files.put(record.id, ())  # what is pasted before the list has come is not lost
        self._ask()

    def _refresh(self, changes: Changes) -> None:
        if changes.touches("attachment"):
            self._ask()

    def _ask(self) -> None:
        self._desk.ask(self._channel, files_question(type(self._record), self._record.id), self._show)

    def _show(self, files: Sequence[Filed]) -> None:
        self.files.put(self._record.id, files)
