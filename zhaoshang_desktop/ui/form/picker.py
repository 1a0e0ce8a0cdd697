"""What a column or a cell of a form is to hold: a list to type into."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.pinyin import query_pattern

WIDTH, HEIGHT = 260, 340
NOTHING = "不填"
_PATH = Qt.ItemDataRole.UserRole


class PathPicker(QFrame):
    """`picked` carries a path, "" for nothing."""

    picked = Signal(str)

    def __init__(self, offered: Mapping[str, str], present: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered, self._present = offered, present
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("找字段：名称或拼音")
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFixedSize(WIDTH, HEIGHT)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._pick)
        self._filter("")

    def open_at(self, point: QPoint) -> None:
        """Show it below that point of the screen, or where there is room."""
        room = (QGuiApplication.screenAt(point) or QGuiApplication.primaryScreen()).availableGeometry()
        self.move(
            max(room.left(), min(point.x(), room.right() - WIDTH)),
            max(room.top(), min(point.y(), room.bottom() - HEIGHT)),
        )
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem():
                self._pick(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        words = words.strip()
        typed = query_pattern(words) if words else None
        self.list.clear()
        for path, label in ({} if words else {"": NOTHING}).items():
            self._add(path, label)
        for path, label in self._offered.items():
            if not words or words in label or (typed and typed.search(label)):
                self._add(path, label)
        self.list.setCurrentRow(0)
        if not words:
            rows = [row for row in range(self.list.count()) if self.list.item(row).data(_PATH) == self._present]
            self.list.setCurrentRow(rows[0] if rows else 0)

    def _add(self, path: str, label: str) -> None:
        item = QListWidgetItem(label)
        item.setData(_PATH, path)
        self.list.addItem(item)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(_PATH))
        self.close()
