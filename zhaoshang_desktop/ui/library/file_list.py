"""The list of a record's files: a small picture or the ending, the name, how large, when and by whom."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from zhaoshang_desktop.domain.file_name import split_ending
from zhaoshang_desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
SECOND, THUMB = KEY + 1, KEY + 2
ROW, PICTURE, MOST = 44, 34, 8


class FileList(QListWidget):
    """Enter or a double click opens, F2 renames in place, Del removes, Ctrl+V pastes.

    `renamed` carries key and name, `menu_asked` the place on the screen.
    """

    opened = Signal()
    removal_asked = Signal()
    paste_asked = Signal()
    menu_asked = Signal(QPoint)
    renamed = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("files")
        self.setAccessibleName("文件")
        self.setItemDelegate(_Lines(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._open)

    @property
    def thumb_px(self) -> int:
        """The longer edge of the pictures in it."""
        return PICTURE

    @property
    def current_key(self) -> int:
        """The file the cursor is on; 0 for none."""
        item = self.currentItem()
        return int(item.data(KEY)) if item is not None else 0

    def chosen_keys(self) -> list[int]:
        """The selected files, in their order."""
        return [int(self.item(row).data(KEY)) for row in range(self.count()) if self.item(row).isSelected()]

    def settle(self, key: int) -> None:
        """After new lines have come: as high as they need, the cursor where it was."""
        rows = [row for row in range(self.count()) if int(self.item(row).data(KEY)) == key]
        if rows:
            self.setCurrentRow(rows[0])
        elif self.count() and self.hasFocus():
            self.setCurrentRow(0)
        self.setFixedHeight(min(self.count(), MOST) * ROW + 2)
        self.setVisible(self.count() > 0)

    def set_thumb(self, key: int, picture: QPixmap) -> None:
        """The small picture of that file has come."""
        for row in range(self.count()):
            if int(self.item(row).data(KEY)) == key:
                self.item(row).setData(THUMB, picture)

    def rename(self) -> None:
        """Edit the current name where it stands."""
        if self.currentItem() is not None:
            self.editItem(self.currentItem())

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def _open(self, _item: QListWidgetItem) -> None:
        self.opened.emit()


class _Lines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        return QLineEdit(parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(index.data())

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """The name is shown once it is stored."""
        view = self.parent()
        if isinstance(editor, QLineEdit) and isinstance(view, FileList):
            view.renamed.emit(int(index.data(KEY)), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(PICTURE + 16, 8, -8, -8))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        self._picture(painter, QRect(rect.left() + 6, rect.top() + (ROW - PICTURE) // 2, PICTURE, PICTURE), index)
        room = rect.adjusted(PICTURE + 16, 5, -8, -ROW // 2)
        painter.setFont(option.font)
        painter.setPen(theme.colour("text"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.sized(option.font, option.font.pixelSize() - 1))
        painter.setPen(theme.colour("secondary"))
        below = rect.adjusted(PICTURE + 16, ROW // 2, -8, -4)
        second = painter.fontMetrics().elidedText(index.data(SECOND), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, second)
        painter.restore()

    def _picture(self, painter: QPainter, place: QRect, index: Index) -> None:
        thumb = index.data(THUMB)
        if isinstance(thumb, QPixmap) and not thumb.isNull():
            size = thumb.deviceIndependentSize()
            left = place.left() + (PICTURE - size.width()) / 2
            painter.drawPixmap(round(left), round(place.top() + (PICTURE - size.height()) / 2), thumb)
            return
        painter.setPen(theme.colour("edge"))
        painter.drawRect(place.adjusted(3, 0, -4, -1))
        painter.setPen(theme.colour("secondary"))
        painter.setFont(theme.sized(painter.font(), 9, bold=True))
        ending = split_ending(index.data())[1].lstrip(".").upper()[:4] or "?"
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, ending)
