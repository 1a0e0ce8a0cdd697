"""What the parts of the office's page have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

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

    def status(self) -> str:
        """What the status bar says of it."""
        return ""
