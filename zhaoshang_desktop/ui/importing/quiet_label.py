"""A secondary line that gives way: cut with … where there is no room, whole on hover."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import hover


class QuietLabel(QLabel):
    """Never makes a window wider."""

    def __init__(self, parent: QWidget, role: str = "secondary") -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, words: str) -> None:
        self.setText(words)
        self.setToolTip(hover(words))

    def take_role(self, role: str) -> None:
        """Another meaning of the line, and its colour."""
        theme.restyle(self, "role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
