"""The steps of an affair at the left: what is settled, where one is, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.step import Mark

WIDTH, ROW = 132, 32
MARK = int(Qt.ItemDataRole.UserRole)
SIGNS = {"done": ("✓", "green"), "wrong": ("!", "red"), "open": ("○", "faint")}


class StepsStrip(QListWidget):
    """`chosen` carries the number of the step one wants to go to."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("步骤")
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, 12, 0, 0)
        for title in titles:
            QListWidgetItem(title, self)
        self.currentRowChanged.connect(self._tell)

    def put(self, marks: Sequence[Mark]) -> None:
        """Say how far each step is."""
        for row, mark in enumerate(marks):
            item = self.item(row)
            item.setData(MARK, (*SIGNS[mark.state], mark.count))
            words = {"done": "已填", "wrong": "有问题", "open": "未完成"}[mark.state]
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"{words} {mark.count}".strip())

    def go(self, row: int) -> None:
        """Mark a step as the one in front, without saying so."""
        blocked = self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(blocked)

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, ROW)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        sign, meaning, count = index.data(MARK) or (*SIGNS["open"], "")
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_MouseOver and not here:
            painter.fillRect(rect, theme.colour("hover"))
        if here and meaning != "red":
            sign, meaning = "●", "accent"
        painter.setFont(theme.sized(option.font, option.font.pixelSize() if option.font.pixelSize() > 0 else 13))
        painter.setPen(theme.colour(meaning))
        painter.drawText(rect.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, sign)
        painter.setPen(theme.colour("accent" if here else "text"))
        title = f"{index.data()} {count}" if count else index.data()
        painter.drawText(rect.adjusted(36, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, title)
        if here and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("edge"))
            painter.drawRect(rect.adjusted(2, 1, -3, -2))
        painter.restore()
