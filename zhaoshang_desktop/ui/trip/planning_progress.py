"""What planning has tried so far, over the days that are being planned."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

SHOWN_AFTER_MS = 500


class PlanningProgress(QFrame):
    """What planning has tried so far, once it takes longer than half a second; `stopped` by its button."""

    stopped = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self.setObjectName("popup")
        self._words = QLabel(self)
        self._words.setProperty("role", "proposed")
        stop = QPushButton("取消", self)
        stop.setProperty("kind", "link")
        stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(stop)
        self._wished = 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOWN_AFTER_MS)
        self._wait.timeout.connect(self._appear)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def begin(self, wished: int) -> None:
        self._wished = wished
        self._words.setText("正在安排…")
        self._wait.start()

    def tell(self, tried: int, placed: int) -> None:
        found = f"，安排 {placed} / {self._wished} 家" if placed else ""
        self._words.setText(f"正在安排：已试 {tried:,} 种{found}")
        if self.isVisible():
            self._appear()

    def end(self) -> None:
        self._wait.stop()
        self.hide()

    def _appear(self) -> None:
        """In the middle of the days, over whatever is there."""
        self.adjustSize()
        self.move((self._room.width() - self.width()) // 2, self._room.height() // 3)
        self.show()
        self.raise_()
