"""Where passphrases are typed: an old one, or a new one twice with what it is worth."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.passphrase import strength
from zhaoshang_desktop.domain.recovery import recovery_bytes
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import label

CAPS = "大写锁定（Caps Lock）开着。"
_CAPS_KEY = 0x14
WORTH_PX = 320
"""What is said of a passphrase fits on one line of that width; Qt would keep room for two."""


def secret_line(placeholder: str = "") -> QLineEdit:
    """A line whose text is not shown, and which input methods leave alone."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setPlaceholderText(placeholder)
    return line


class CapsWatch(QObject):
    """Says whether Caps Lock is on, as far as the system or the letters typed tell."""

    changed = Signal(bool)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.on = False
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look(event)
        return super().eventFilter(watched, event)

    def _look(self, event: QKeyEvent) -> None:
        on = self.on
        if sys.platform == "win32":
            import ctypes  # Windows only

            on = bool(ctypes.windll.user32.GetKeyState(_CAPS_KEY) & 1)
        elif event.text().isalpha() and event.text().isascii():
            on = event.text().isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_CapsLock:
            on = False
        if on != self.on:
            self.on = on
            self.changed.emit(on)


class NewSecret(QWidget):
    """A new passphrase, twice; `taken()` gives it or says what is wrong."""

    changed = Signal()

    def __init__(self, name: str = "密码") -> None:
        super().__init__()
        self.first, self.second = secret_line("例如四五个不相干的词的全拼"), secret_line()
        self.worth = label("", "secondary")
        self.worth.setAccessibleName("密码强度")
        self.worth.setMinimumWidth(WORTH_PX)
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(6)
        lines.setColumnStretch(1, 1)
        for row, (words, line) in enumerate(((name, self.first), ("再输一遍", self.second))):
            lines.addWidget(QLabel(words), 2 * row, 0)
            lines.addWidget(line, 2 * row, 1)
            line.setAccessibleName(words)
            line.textChanged.connect(self._judge)
        lines.addWidget(self.worth, 1, 1)
        self._judge()

    def taken(self) -> str:
        """The passphrase; KnownError when it is too weak or the two differ, with the cursor where it is mended."""
        text = self.first.text()
        worth = strength(text)
        if not worth.level:
            self._stand_on(self.first)
            raise KnownError("这个密码太容易猜。" if text else "请写一个密码。", worth.advice)
        if text != self.second.text():
            self._stand_on(self.second)
            raise KnownError("两次输入的密码不一样。", "请重新输入。")
        return text

    def _stand_on(self, line: QLineEdit) -> None:
        line.setFocus()
        line.selectAll()

    def _judge(self) -> None:
        text = self.first.text()
        worth = strength(text)
        self.worth.setText(
            f"强度：{worth.words}。{worth.advice}" if text else "没有密码、也没有恢复密钥，谁都打不开，本程序也不能。"
        )
        theme.restyle(
            self.worth, "role", ("wrong", "weak", "secondary", "secondary")[worth.level] if text else "secondary"
        )
        self.changed.emit()


class RecoveryLine(QLineEdit):
    """The recovery key as it is typed from paper; `problem()` says which group is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("XXXXX-XXXXX-…，共 8 组")

    def problem(self) -> str:
        """What is wrong with it so far; "" when it can be a recovery key."""
        try:
            recovery_bytes(self.text())
        except KnownError as error:
            return str(error)
        return ""
