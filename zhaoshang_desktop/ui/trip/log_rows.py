"""The list beside the log: which visits are typed up, which are not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.painting import smaller

DATA = int(Qt.ItemDataRole.UserRole)


class LogRows(QStyledItemDelegate):
    """Name and hour; a sign says what is not typed up yet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 42)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        data = index.data(DATA)
        if not data:
            return
        _, when, state, intention, over = data
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        sign, meaning = {"已记": ("✓", "green"), "草稿": ("◐ 草稿", "amber")}.get(state, ("● 未记", "amber"))
        if state == "已记" and intention:
            sign = f"✓ {intention}"
        if over:
            sign, meaning = f"{intention}　超期 {over} 天".strip(), "red"
        painter.setFont(smaller(option.font, 1))
        painter.setPen(theme.colour(meaning))
        right = rect.adjusted(8, 0, -12, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, sign)
        room = rect.adjusted(16, 4, -86 if over else -70, -rect.height() // 2)
        painter.setFont(option.font)
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(smaller(option.font, 2))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(rect.adjusted(16, rect.height() // 2, -70, -4), Qt.AlignmentFlag.AlignVCenter, when)
        painter.restore()
