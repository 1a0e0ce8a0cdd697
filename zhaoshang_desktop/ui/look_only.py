"""For who may only look: what would take an entry shows it and takes none."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

ASKS = "asks"
"""A place with this property only asks or filters: it stays open to everybody."""


def shut(page: QWidget) -> None:
    """Everything on the page that takes an entry, but for what only asks."""
    for inner in page.findChildren(QWidget):
        if inner.property(ASKS):
            continue
        if isinstance(inner, QLineEdit | QPlainTextEdit | QAbstractSpinBox | QDateTimeEdit):
            inner.setReadOnly(True)
        elif isinstance(inner, QComboBox | QCheckBox | QRadioButton):
            inner.setEnabled(False)
        elif isinstance(inner, QAbstractItemView):
            inner.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            inner.setDragEnabled(False)
