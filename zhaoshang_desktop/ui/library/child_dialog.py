"""All fields of a record that belongs to another one, in a window over the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.fields_form import FieldsForm


class ChildDialog(QDialog):
    """Ctrl+S or 保存 stores and closes; Esc closes without."""

    def __init__(self, desk: Desk, record: Record, omit: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{RECORD_TITLES[record.NOUN]}　{record.title}")
        self.resize(760, 560)
        self._desk = desk
        self._record = record
        self.form = FieldsForm(type(record), desk, self, omit)
        self.form.put(record)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        self._save = QPushButton("保存", self)
        self._save.setProperty("kind", "primary")
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self.save)
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

    def save(self) -> None:
        """Store what was changed and close."""
        if self.form.missing():
            return
        changes = self.form.changes()
        if changes:
            record = self._record
            self._desk.run(edit_record, type(record), record.id, changes, record.version, on_done=self._saved)
        else:
            self.accept()

    def _saved(self, changes: Changes) -> None:
        self._desk.say("已保存。", changes.batch)
        self.accept()
