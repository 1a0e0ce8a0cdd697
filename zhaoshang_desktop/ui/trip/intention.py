"""意向 A–D: four buttons; the letters choose while it has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zhaoshang_desktop.domain.visit import INTENTIONS
from zhaoshang_desktop.ui import theme

MEANINGS = {"A": "明确", "B": "较强", "C": "一般", "D": "没有"}


class IntentionBar(QWidget):
    """`chosen` when another letter, or none, was chosen by hand."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("意向，按 A、B、C、D 选")
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for letter in INTENTIONS:
            button = QPushButton(f"{letter} {MEANINGS[letter]}", self)
            button.setProperty("kind", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._press)
            self._buttons[letter] = button
            row.addWidget(button)
        row.addStretch(1)

    def put(self, value: str) -> None:
        """Show a letter."""
        self.value = value
        for letter, button in self._buttons.items():
            theme.restyle(button, "active", "true" if letter == value else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        order = list(INTENTIONS)
        here = order.index(self.value) if self.value in order else -1
        if letter in order:
            self._choose(letter)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._choose(order[min(max(0, here + step), len(order) - 1)])
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._choose("")
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        for letter, button in self._buttons.items():
            if button is self.sender():
                self._choose("" if letter == self.value else letter)

    def _choose(self, letter: str) -> None:
        if letter != self.value:
            self.put(letter)
            self.chosen.emit()
