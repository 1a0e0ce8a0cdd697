"""Which field a column goes to: a list to type into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.pinyin import query_pattern
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.targets import Target, targets_of
from zhaoshang_desktop.ui import theme

WIDTH, HEIGHT, ROW = 288, 380, 28
NOWHERE = "不导入这一列"
Index = QModelIndex | QPersistentModelIndex
PATH, FROM, GROUP = (int(Qt.ItemDataRole.UserRole) + place for place in range(3))


class FieldPicker(QFrame):
    """`picked` carries the path; "" for not importing the column."""

    picked = Signal(str)

    def __init__(self, record: type[Record], present: str, taken: Mapping[str, str], parent: QWidget) -> None:
        """`present` is the column's path, `taken` says which column each path has."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._record, self._present, self._taken = record, present, taken
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("找字段：名称或拼音")
        self.search.setClearButtonEnabled(True)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFixedSize(WIDTH, HEIGHT)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.clicked.connect(self._pick)
        self._filter("")

    def open_at(self, point: QPoint) -> None:
        """Show it below that point of the screen, or where there is room."""
        room = (QGuiApplication.screenAt(point) or QGuiApplication.primaryScreen()).availableGeometry()
        left = max(room.left(), min(point.x(), room.right() - WIDTH))
        top = max(room.top(), min(point.y(), room.bottom() - HEIGHT))
        self.move(left, top)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def pick_first(self) -> None:
        """What Enter takes."""
        self._pick(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.pick_first()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self._model.clear()
        group = ""
        if not words.strip():
            self._add(NOWHERE, "", "")
        for name, target in self._found(words.strip()):
            if name != group:
                group = name
                heading = QStandardItem(name)
                heading.setData(True, GROUP)
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._model.appendRow(heading)
            self._add(target.label.partition(" · ")[2] or target.label, target.path, self._taken.get(target.path, ""))
        self._step(1, -1)
        self._show_present(words)

    def _found(self, words: str) -> Iterator[tuple[str, Target]]:
        """The fields that fit, with the name of their group, in the order of the specs."""
        own = {field.name: field.spec.group for field in fields_of(self._record)}
        typed = query_pattern(words) if words else None
        for target in targets_of(self._record).values():
            if words and words not in target.label and not (typed and typed.search(target.label)):
                continue
            group = own.get(target.path) or target.label.partition(" · ")[0]
            yield ("阶段日期" if target.part == "milestones" and target.path not in own else group), target

    def _add(self, text: str, path: str, source: str) -> None:
        item = QStandardItem(text)
        item.setData(path, PATH)
        item.setData(source if path != self._present else "现在是它", FROM)
        self._model.appendRow(item)

    def _show_present(self, words: str) -> None:
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if not words and item.data(PATH) == self._present and not item.data(GROUP):
                self.list.setCurrentIndex(item.index())
                self.list.scrollTo(item.index(), QListView.ScrollHint.PositionAtCenter)

    def _step(self, by: int, start: int | None = None) -> None:
        row = self.list.currentIndex().row() if start is None else start
        while 0 <= (row := row + by) < self._model.rowCount():
            if self._model.item(row).isSelectable():
                self.list.setCurrentIndex(self._model.index(row, 0))
                return

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid() and not index.data(GROUP):
            self.picked.emit(index.data(PATH))
            self.close()


class _Rows(QStyledItemDelegate):
    """Groups small and grey; at the right the column a field has already."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH - 40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where = option.rect
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        if index == cast(QListView, option.widget).currentIndex():
            painter.fillRect(where, theme.colour("selection"))
        room, middle = where.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter
        if index.data(GROUP):
            painter.setPen(theme.colour("secondary"))
            painter.drawText(room.adjusted(0, 4, 0, 0), middle, index.data())
        else:
            metrics, source = painter.fontMetrics(), index.data(FROM) or ""
            shown = metrics.elidedText(source, Qt.TextElideMode.ElideRight, room.width() // 2)
            painter.setPen(theme.colour("secondary"))
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, shown)
            painter.setPen(theme.colour("text" if index.data(PATH) else "secondary"))
            left = room.adjusted(8, 0, -metrics.horizontalAdvance(shown) - 8, 0)
            painter.drawText(left, middle, metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, left.width()))
        painter.restore()
