"""The visits of one day, large enough to be read in a car."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.painting import smaller

DATA = int(Qt.ItemDataRole.UserRole)
NAME_PX = 15
SIGNS = {
    "next": ("▶", "accent"),
    "done": ("✓", "green"),
    "over": ("●", "amber"),
    "coming": ("○", "faint"),
    "off": ("✕", "faint"),
}


class DayList(QListWidget):
    """The visits of the day; `entered_row` by Enter or a double click."""

    entered_row = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("这一天的拜访")
        self.setItemDelegate(_Rows(self))
        self.itemDoubleClicked.connect(self._entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)

    def _entered(self) -> None:
        self.entered_row.emit()


class _Rows(QStyledItemDelegate):
    """A sign, the name in large, when and where below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 54)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        data = index.data(DATA)
        if not data:
            return
        _, second, state = data
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        sign, meaning = SIGNS[state]
        painter.setFont(theme.sized(option.font, NAME_PX))
        painter.setPen(theme.colour(meaning))
        painter.drawText(rect.adjusted(12, 6, 0, -24), Qt.AlignmentFlag.AlignVCenter, sign)
        painter.setPen(theme.colour("faint" if state == "off" else "text"))
        room = rect.adjusted(36, 6, -8, -24)
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(smaller(option.font, 1))
        painter.setPen(theme.colour("secondary"))
        room = rect.adjusted(36, 28, -8, -4)
        cut = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()
