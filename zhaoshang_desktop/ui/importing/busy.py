"""What is going on, in words with a number, and the way to stop it."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel

_SHARE = re.compile(r"([\d,]+) / ([\d,]+)$")


class BusyBar(QWidget):
    """Stands where the hint does; hidden when nothing takes long. `cancelled` when the clerk stops it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = QuietLabel(self, "value")
        self._words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._share = _Share(self)
        self._stop = QPushButton("取消", self)
        self._stop.setProperty("kind", "link")
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._share)
        row.addWidget(self._stop)
        row.addStretch(1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; "" when it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str) -> None:
        """Show what goes on, with its share of the whole when the words end in "12,400 / 50,000"; "" hides it."""
        self._words.say(words)
        found = _SHARE.search(words)
        done, total = (int(part.replace(",", "")) for part in found.groups()) if found else (0, 0)
        self._share.setVisible(total > 0)
        self._share.show_share(done / total if total else 0.0)
        self.setVisible(bool(words))


class _Share(QWidget):
    """How much of the whole is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(140, 4)
        self._share = 0.0

    def show_share(self, share: float) -> None:
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(whole, 2, 2)
        painter.setBrush(theme.colour("accent_fill"))
        painter.drawRoundedRect(QRectF(0, 0, whole.width() * self._share, whole.height()), 2, 2)
