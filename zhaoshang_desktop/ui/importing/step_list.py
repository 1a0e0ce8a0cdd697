"""The steps of a wizard, at its left: which are done, where one is, what comes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from zhaoshang_desktop.ui import theme

ROW = 32
WIDTH = 132
_STATES = {"done": "已完成", "here": "当前", "open": "可以进入", "shut": "还不能进入"}


class StepList(QFrame):
    """`chosen` carries the place of a step that was clicked; a step that is shut cannot be."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(0)
        self.buttons = [_StepButton(title, self) for title in titles]
        self._group = QButtonGroup(self)
        for place, button in enumerate(self.buttons):
            self._group.addButton(button, place)
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def show_state(self, here: int, reached: int) -> None:
        """The step where one is, and the last that can be gone to."""
        for place, button in enumerate(self.buttons):
            done = place < here or (place > here and place < reached)
            state = "here" if place == here else "done" if done else "open" if place <= reached else "shut"
            button.show_state(state)

    def say(self, place: int, words: str) -> None:
        """A few words behind a step's title: how many, which."""
        self.buttons[place].say(words)


class _StepButton(QAbstractButton):
    """A sign and a title; the sign alone tells the state, colour only repeats it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._state = title, "shut"
        self._words = ""
        self.setText(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ROW)

    def show_state(self, state: str) -> None:
        """One of "done", "here", "open", "shut"."""
        self._state = state
        self.setEnabled(state != "shut")
        self.setCursor(Qt.CursorShape.ArrowCursor if state in ("here", "shut") else Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{self._title}，{_STATES[state]}")
        self.update()

    def say(self, words: str) -> None:
        self._words = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._state == "here"
        if self.underMouse() and self._state in ("done", "open"):
            painter.fillRect(self.rect(), theme.colour("hover"))
        self._draw_sign(painter, QRectF(14, (self.height() - 10) / 2, 10, 10))
        shut = self._state == "shut"
        painter.setPen(theme.colour("accent" if here else "faint" if shut else "text"))
        painter.setFont(theme.sized(self.font(), theme.TEXT_PX, bold=False))
        room = self.rect().adjusted(36, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._words:
            painter.setFont(theme.sized(self.font(), theme.TABLE_PX))
            painter.setPen(theme.colour("secondary"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._words)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)

    def _draw_sign(self, painter: QPainter, box: QRectF) -> None:
        if self._state == "done":
            painter.setPen(QPen(theme.colour("green"), 1.6))
            left, top = box.left(), box.top()
            points = [QPointF(left + 0.5, top + 5.5), QPointF(left + 3.8, top + 9), QPointF(left + 9.5, top + 1)]
            painter.drawPolyline(points)
        elif self._state == "here":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_fill"))
            painter.drawEllipse(box)
        else:
            painter.setPen(QPen(theme.colour("faint"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
