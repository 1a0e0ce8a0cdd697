"""What every editor of a value is like."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui.desk import Desk

Taken = tuple[Any, str]
"""A value, and the text when it was not understood ("" when it was)."""


class Editor(QWidget):
    """`put` shows a value (or the text nobody understood), `take` gives what stands there now.

    `touched` once the clerk has changed it; `edited` after every such change.
    """

    edited = Signal()

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.field = field
        self.desk = desk
        self.touched = False
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        self.setAutoFillBackground(True)

    def put(self, value: Any, raw: str = "") -> None:
        """Show it; nothing counts as touched by that."""
        raise NotImplementedError

    def take(self) -> Taken:
        """What stands there now."""
        raise NotImplementedError

    def open_to(self, may_write: bool) -> None:
        """Whether it takes anything; else it shows its value, which can be marked and copied."""
        for inner in self.findChildren(QWidget):
            if isinstance(inner, QLineEdit | QPlainTextEdit):
                inner.setReadOnly(not may_write)
            elif isinstance(inner, QComboBox | QAbstractButton):
                inner.setEnabled(may_write)

    def put_changed(self, value: Any, raw: str = "") -> None:
        """As if the clerk had set it."""
        self.put(value, raw)
        self._change()

    def _change(self) -> None:
        self.touched = True
        self.edited.emit()

    def _hold(self, inner: QWidget) -> None:
        """The widget one types into; focus and keys go to it."""
        self.row.addWidget(inner, 1)
        self.setFocusProxy(inner)
        inner.setAccessibleName(self.field.label)
        inner.setToolTip(self.field.spec.hint)
