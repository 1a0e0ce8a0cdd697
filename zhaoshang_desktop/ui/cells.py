"""Cells with the same margins as their headings, which keep the colour of their meaning when selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen
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

MARGIN = 5
"""What is lacking to the 8 pixels of a heading."""
SORT_SIGN = 7
"""The room that a heading at the right keeps for its sign."""
TICK = 14


class CellDelegate(QStyledItemDelegate):
    """For plain tables of text."""

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        else:
            ground = index.data(Qt.ItemDataRole.BackgroundRole)
            if isinstance(ground, QColor | QBrush):
                painter.fillRect(option.rect, ground)
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is not None:
            draw_tick(painter, option.rect.adjusted(MARGIN + 3, 0, 0, 0), Qt.CheckState(tick) == Qt.CheckState.Checked)
            return
        inner = QStyleOptionViewItem(option)
        right = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & Qt.AlignmentFlag.AlignRight
        inner.rect = option.rect.adjusted(MARGIN, 0, -MARGIN - (SORT_SIGN if right else 0), 0)
        super().paint(painter, inner, index)

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        return super().sizeHint(inner, index) + QSize(2 * MARGIN, 0)

    def initStyleOption(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(colour, QColor | QBrush):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(colour))
        option.state &= ~QStyle.StateFlag.State_HasFocus


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
