"""All fields of a record that belongs to another one, in a window over the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.attachment import Filed
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.library.fields_form import FieldsForm
from zhaoshang_desktop.ui.library.files import FilesPane, files_question


class ChildDialog(QDialog):
    """Ctrl+S or 保存 stores and closes; Esc closes without.

    A record that is not stored yet is only filled in: `filled` carries it.
    """

    filled = Signal(object)

    def __init__(self, desk: Desk, record: Record, omit: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{RECORD_TITLES[record.NOUN]}　{record.title}")
        self.resize(760, min(560, self.screen().availableSize().height() - 60))
        self._desk = desk
        self._record = record
        self._channel = ("files", record.NOUN, record.id)
        self.form = FieldsForm(type(record), desk, self, omit)
        self.form.put(record)
        self.files = FilesPane(desk, type(record), self)
        self.files.layout().setContentsMargins(24, 0, 24, 16)  # type: ignore[union-attr]
        body = QWidget()
        below = QVBoxLayout(body)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.form)
        below.addWidget(self._heading())
        below.addWidget(self.files)
        below.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self._save = QPushButton("保存", self)
        self._save.setProperty("kind", "primary")
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self.save)
        self._save.setVisible(desk.may_change(type(record)))
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 12)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addLayout(row)
        desk.changed.connect(self._refresh)
        self._ask_files()

    def save(self) -> None:
        """Store what was changed and close."""
        if self.form.missing():
            return
        changes = self.form.changes()
        record = self._record
        if not record.id:
            record.raw |= changes.pop("raw", {})
            for name, value in changes.items():
                setattr(record, name, value)
            self.accept()
            self.filled.emit(record)
        elif changes:
            Edit(self._desk, self, record, changes, on_done=self._saved)
        else:
            self.accept()

    def _heading(self) -> QLabel:
        heading = QLabel("文件", self)
        heading.setProperty("role", "section")
        heading.setContentsMargins(24, 0, 24, 6)
        return heading

    def _refresh(self, changes: Changes) -> None:
        if changes.touches("attachment"):
            self._ask_files()

    def _ask_files(self) -> None:
        if self._record.id:
            self._desk.ask(self._channel, files_question(type(self._record), self._record.id), self._show_files)
        else:
            self._show_files(())

    def _show_files(self, files: Sequence[Filed]) -> None:
        self.files.put(self._record.id, files)

    def _saved(self, changes: Changes) -> None:
        self._desk.say("已保存。", changes.batch)
        self.accept()
