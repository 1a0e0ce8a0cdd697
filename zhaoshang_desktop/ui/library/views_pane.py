"""The left pane: the views of a library with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QMenu, QStyledItemDelegate, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.delegate import Index, elided
from zhaoshang_desktop.ui.library.views import View

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem  # with its styles it costs the first picture 20 ms

VIEW = int(Qt.ItemDataRole.UserRole)
COUNT = VIEW + 1
MORE = VIEW + 2
KEEP = "keep"
ROW = 28


class ViewsPane(QListView):
    """`chosen` carries a View; `keep_asked` when 保存当前筛选 was clicked; `dropped` a saved View to forget."""

    chosen = Signal(object)
    keep_asked = Signal()
    dropped = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self.setAccessibleName("视图")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMinimumWidth(132)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Lines(self))
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.customContextMenuRequested.connect(self._menu)
        self.setMouseTracking(True)
        self.hovered: Index = QModelIndex()
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._hover)

    def fill(self, views: tuple[View, ...], others: tuple[View, ...]) -> None:
        """Show these views, below them the way to keep one more, then the others."""
        self._items.clear()
        self._add("视图")
        for view in views:
            self._add(view.title, view)
        self._add("＋ 保存当前筛选", KEEP)
        self._add("其他")
        for view in others:
            self._add(view.title, view)

    def set_count(self, key: str, count: int, most: int | None = None) -> None:
        """What a view holds at the moment; nobody has counted further than `most`."""
        for row in range(self._items.rowCount()):
            view = self._items.item(row).data(VIEW)
            if isinstance(view, View) and view.key == key:
                self._items.item(row).setData(count, COUNT)
                self._items.item(row).setData(count == most, MORE)

    def count_of(self, key: str) -> int | None:
        """The count shown beside that view, None while it is not known."""
        for row in range(self._items.rowCount()):
            view = self._items.item(row).data(VIEW)
            if isinstance(view, View) and view.key == key:
                found: int | None = self._items.item(row).data(COUNT)
                return found
        return None

    def mark(self, key: str) -> None:
        """Show that view as the present one."""
        for row in range(self._items.rowCount()):
            view = self._items.item(row).data(VIEW)
            if isinstance(view, View) and view.key == key:
                self.setCurrentIndex(self._items.index(row, 0))

    def sizeHint(self) -> QSize:
        return QSize(168, 400)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover()

    def _hover(self, index: Index | None = None) -> None:
        self.hovered = index if index is not None else QModelIndex()
        self.viewport().update()

    def _add(self, text: str, view: View | str | None = None) -> None:
        item = QStandardItem(text)
        item.setData(view, VIEW)
        item.setSelectable(isinstance(view, View))
        item.setEditable(False)
        self._items.appendRow(item)

    def _choose(self, index: Index) -> None:
        view = index.data(VIEW)
        if view == KEEP:
            self.keep_asked.emit()
        elif isinstance(view, View):
            self.chosen.emit(view)

    def _menu(self, point: QPoint) -> None:
        view = self.indexAt(point).data(VIEW)
        if isinstance(view, View) and view.saved:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(f"不再保存“{view.title}”").setData(view)
            menu.triggered.connect(self._drop)
            menu.popup(self.viewport().mapToGlobal(point))

    def _drop(self, action: Any) -> None:
        self.dropped.emit(action.data())


class _Lines(QStyledItemDelegate):
    """The name at the left, its count at the right; headings in grey."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW + (8 if index.data(VIEW) is None and index.row() else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: Any = option
        view, count = index.data(VIEW), index.data(COUNT)
        row: QRect = where.rect.adjusted(8, 0, -8, 0)
        row.setTop(row.bottom() - ROW + 1)
        painter.save()
        painter.setFont(where.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = index == where.widget.currentIndex()
        if isinstance(view, View) and (selected or index == where.widget.hovered):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(row, 4, 4)
        rect = row.adjusted(8, 0, -8, 0)
        quiet = not isinstance(view, View)
        meaning = "secondary" if quiet else view.meaning
        meaning = "text" if meaning != "secondary" and not count else meaning
        number = f"{count:,}{'+' if index.data(MORE) else ''}" if count is not None else ""
        painter.setPen(theme.colour(meaning if meaning != "text" else "secondary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
        painter.setPen(theme.colour(meaning))
        metrics = painter.fontMetrics()
        room = rect.width() - metrics.horizontalAdvance(number) - 8
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, elided(metrics, index.data(), room))
        painter.restore()
