"""Cells with the same margins as their headings, which keep the colour of their meaning when selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.ui import theme

INSET, MARGIN = 8, 5
"""How far text stands from the edge of its cell, as in a heading; what of that the style does not give."""
SORT_SIGN = 7
"""The room that a heading at the right keeps for its sign."""
TICK = 14


class CellDelegate(QStyledItemDelegate):
    """For plain tables of text, which it draws itself: the style asks ten things of a cell where four will do."""

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        room = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, theme.colour("selection"))
        else:
            ground = index.data(Qt.ItemDataRole.BackgroundRole)
            if isinstance(ground, QColor | QBrush):
                painter.fillRect(room, ground)
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is not None:
            draw_tick(painter, room.adjusted(INSET, 0, 0, 0), Qt.CheckState(tick) == Qt.CheckState.Checked)
            return
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        right = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & Qt.AlignmentFlag.AlignRight
        inner = room.adjusted(INSET, 0, -INSET - (SORT_SIGN if right else 0), 0)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if not isinstance(colour, QColor | QBrush):
            colour = theme.colour("text" if option.state & QStyle.StateFlag.State_Enabled else "faint")
        painter.setPen(QPen(colour, 1))
        side = (right or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        if room.height() >= 2 * option.fontMetrics.lineSpacing():
            painter.drawText(inner, side | Qt.TextFlag.TextWordWrap, str(text))
        else:
            line = option.fontMetrics.elidedText(str(text), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, side | Qt.TextFlag.TextSingleLine, line)

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        return super().sizeHint(inner, index) + QSize(2 * MARGIN, 0)


class PatientTable(QTableView):
    """A table that shows what has changed only when nobody is typing into one of its cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: Callable[[], None] | None = None

    @property
    def editing(self) -> bool:
        """Whether somebody is typing into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def when_idle(self, show: Callable[[], None]) -> None:
        """Now, or as soon as the cell that is being edited is left; the newest wins."""
        self._waiting = show
        self._show_waiting()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self._show_waiting()

    def _show_waiting(self) -> None:
        if self._waiting is not None and not self.editing:
            show, self._waiting = self._waiting, None
            show()


def draw_tick(painter: QPainter, room: QRect, ticked: bool) -> None:
    """A box at the left of the room, filled when ticked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(room.left() + 0.5, room.center().y() - TICK / 2 + 1.5, TICK, TICK)
    painter.setPen(QPen(theme.colour("accent_fill" if ticked else "faint"), 1))
    painter.setBrush(theme.colour("accent_fill" if ticked else "paper"))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        painter.setPen(QPen(theme.colour("on_accent"), 1.6))
        painter.drawPolyline([box.topLeft() + QPointF(x, y) for x, y in ((3, 7), (5.8, 9.8), (11, 4.2))])
    painter.restore()
