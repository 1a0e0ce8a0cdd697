"""Cells with the same margins as their headings, which keep the colour of their meaning when selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zhaoshang_desktop.ui import theme

MARGIN = 5
"""What is lacking to the 8 pixels of a heading."""
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
        inner.rect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        super().paint(painter, inner, index)

    def initStyleOption(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(colour, QColor | QBrush):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(colour))
        option.state &= ~QStyle.StateFlag.State_HasFocus


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
