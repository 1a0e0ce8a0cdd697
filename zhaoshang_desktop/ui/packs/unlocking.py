"""The passphrase of a pack that came home."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import label

_LINE_PX = 320


class UnlockPane(QWidget):
    """`given` carries what was typed: the passphrase or the recovery key."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText("出差包的密码，或恢复密钥")
        self.line.setAccessibleName("出差包的密码")
        self.line.setFixedWidth(_LINE_PX)
        self.button = QPushButton("打开核对", self)
        self.button.setProperty("kind", "primary")
        self.said = label("", "secondary")
        row = QHBoxLayout()
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("打开之后先比较，再由您决定；按“并入办公室”之前什么都不会改。", "secondary"))
        column.addLayout(row)
        column.addWidget(self.said)
        self.line.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self.setFocusProxy(self.line)

    def wait(self, words: str) -> None:
        """Something is going on; "" when it is over."""
        self._say(words, "secondary")
        self.button.setEnabled(not words)

    def complain(self, words: str) -> None:
        """Why it was not opened; the line is ready to be typed anew."""
        self._say(words, "wrong")
        self.button.setEnabled(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _give(self) -> None:
        if self.button.isEnabled():
            self.given.emit(self.line.text())

    def _say(self, words: str, role: str) -> None:
        self.said.setText(words)
        theme.restyle(self.said, "role", role)
