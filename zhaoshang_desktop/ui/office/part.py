"""What the parts of the office's page have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk


class Part(QWidget):
    """One entry of the page's left side; `told` when what it asked for is there."""

    TITLE = ""
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def load(self) -> None:
        """The part has come to the front, or there is another office: show what is true now."""

    @property
    def answered(self) -> bool:
        """Whether it shows what it asked the office for, if it asks for anything."""
        return True

    def focus(self) -> None:
        """The cursor to its list, or else to its first button."""
        for kind in (QAbstractItemView, QAbstractButton):
            for one in self.findChildren(kind):
                if one.isVisibleTo(self) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    one.setFocus()
                    return
        self.setFocus()

    def status(self) -> str:
        """What the status bar says of it."""
        return ""
