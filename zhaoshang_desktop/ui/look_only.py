"""For who may only look: what would take an entry shows it and takes none."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

ASKS = "asks"
"""A place with this property only asks or filters: it stays open to everybody."""
_SHUT = "shut"
_TYPED = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
_CHOSEN = (QComboBox, QCheckBox, QRadioButton)
_NONE = QAbstractItemView.EditTrigger.NoEditTriggers


def open_to(page: QWidget, may_write: bool) -> None:
    """Everything on the page that takes an entry, but for what only asks, takes one or does not; what was shut for
    another reason stays so."""
    for inner in page.findChildren(QWidget):
        shut = inner.property(_SHUT)
        if may_write and shut is not None:
            _set(inner, shut)
            inner.setProperty(_SHUT, None)
        elif not may_write and shut is None and not inner.property(ASKS):
            before = _set(inner, None)
            if before is not None:
                inner.setProperty(_SHUT, before)


def _set(inner: QWidget, opened: int | None) -> int | None:
    """Shut it (None), or open it as it was; gives what it was when it was open, None when there is nothing to shut."""
    if isinstance(inner, _TYPED):
        was = None if inner.isReadOnly() else 1
        inner.setReadOnly(opened is None)
        return was
    if isinstance(inner, _CHOSEN):
        was = 1 if inner.isEnabled() else None
        inner.setEnabled(opened is not None)
        return was
    if isinstance(inner, QAbstractItemView):
        triggers = inner.editTriggers()
        inner.setEditTriggers(_NONE if opened is None else QAbstractItemView.EditTrigger(opened))
        return triggers.value if triggers != _NONE else None
    return None
