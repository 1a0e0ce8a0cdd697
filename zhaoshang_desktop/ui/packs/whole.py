"""A conflict in full: both texts side by side, what differs marked, to be read and scrolled by the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import eq

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QTextEdit, QWidget

from zhaoshang_desktop.actions.homecoming_words import Conflict, Side
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import label

_LEAST_LINES, _MOST_LINES, _EDGE_PX = 3, 10, 12
_SHORT, _LINE = 16, 32
"""Characters that are whole in the table in any window, and about as many as a line below it has."""


class WholeTexts(QWidget):
    """The laptop's text at the left, the office's at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = label("", "secondary", wraps=False), label("", "secondary", wraps=False)
        self.texts = QPlainTextEdit(self), QPlainTextEdit(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setRowStretch(1, 1)
        line = self.fontMetrics().lineSpacing()
        for column, (head, text, name) in enumerate(zip(self.heads, self.texts, ("包里的", "办公室的"), strict=True)):
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
            text.setAccessibleName(f"{name}全文")
            text.setMinimumHeight(_LEAST_LINES * line + _EDGE_PX)
            grid.addWidget(head, 0, column)
            grid.addWidget(text, 1, column)
            grid.setColumnStretch(column, 1)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())  # Qt wishes for twice 192 px

    def fit(self, conflicts: Sequence[Conflict]) -> None:
        """As high as the longest text needs, within reason; hidden where the table shows every text whole."""
        texts = [_lines(side.text) for one in conflicts for side in (one.pack, one.office)]
        lines = max((text.count("\n") + len(text) // _LINE + 1 for text in texts), default=0)
        high = min(max(lines, _LEAST_LINES), _MOST_LINES) + 1
        self.setMaximumHeight(high * self.fontMetrics().lineSpacing() + 2 * _EDGE_PX)
        self.setVisible(any(len(text) > _SHORT or "\n" in text for text in texts))

    def show_conflict(self, conflict: Conflict) -> None:
        """Both in full, from where they begin to differ."""
        self._show(0, f"{conflict.label}　包里的", conflict.pack, conflict.office)
        self._show(1, f"{conflict.label}　办公室的", conflict.office, conflict.pack)

    def _show(self, column: int, name: str, side: Side, other: Side) -> None:
        self.heads[column].setText("　".join(filter(None, (name, side.when))))
        shown, text = self.texts[column], _lines(side.text)
        shown.setPlainText(text)
        start, end = _apart(text, _lines(other.text))
        cursor = shown.textCursor()
        cursor.setPosition(_units(text[:start]))
        shown.setTextCursor(cursor)
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        marked = QTextEdit.ExtraSelection()
        marked.cursor = cursor
        marked.format.setBackground(theme.colour("amber_tint"))
        shown.setExtraSelections([marked])


def alike(text: str, other: str) -> int:
    """With how many same characters both begin."""
    return sum(takewhile(bool, map(eq, text, other)))


def _apart(text: str, other: str) -> tuple[int, int]:
    """From where to where a text is another than the other one."""
    start = alike(text, other)
    tail = alike(text[start:][::-1], other[start:][::-1])
    return start, len(text) - tail


def _lines(text: str) -> str:
    return "\n".join(text.splitlines())


def _units(text: str) -> int:
    """So far Qt counts, to whom a rare character is two."""
    return len(text.encode("utf-16-le")) // 2
