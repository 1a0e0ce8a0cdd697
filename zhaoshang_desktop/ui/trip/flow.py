"""Widgets in a row that goes on in the next line when there is no more room, as words do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

GAP, LINE_GAP = 12, 2


class Flow(QWidget):
    """Labels take as much of a line as their words need, and wrap when one line is not enough."""

    def __init__(self, parent: QWidget | None = None, gap: int = GAP, line_gap: int = LINE_GAP) -> None:
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """One more at the end."""
        part.setParent(self)
        part.show()
        self._parts.append(part)
        self._place(self.width(), move=True)
        self.updateGeometry()

    def hold(self, parts: Sequence[QWidget]) -> None:
        """These and no others, in that order; those it held before are whoever's they are."""
        self._parts = list(parts)
        self.arrange()

    def clear(self) -> None:
        """Take all away."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self.updateGeometry()

    def arrange(self) -> None:
        """The parts have other words and need other room."""
        self._place(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.heightForWidth(max(self.width(), 60)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        x = y = line = 0
        for part in self._parts:
            wanted = _wanted(part, width)
            if x and x + wanted.width() > width:
                x, y, line = 0, y + line + self._line_gap, 0
            if move:
                part.setGeometry(x, y, wanted.width(), wanted.height())
            x, line = x + wanted.width() + self._gap, max(line, wanted.height())
        return y + line


def _wanted(part: QWidget, width: int) -> QSize:
    if isinstance(part, QLabel) and part.wordWrap():
        single = part.fontMetrics().size(Qt.TextFlag.TextSingleLine, part.text())
        margins = part.contentsMargins()
        wide = single.width() + margins.left() + margins.right() + 6
        return QSize(wide, single.height()) if wide <= width else QSize(width, part.heightForWidth(width))
    hint = part.sizeHint()
    return QSize(min(hint.width(), width), max(hint.height(), part.minimumHeight()))
