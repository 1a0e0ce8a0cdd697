"""Tables whose whole rows are chosen: how they look, and the keys that act on what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
HEAD_PX = 28
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def dress_rows(table: QTableView, name: str) -> None:
    """One line a row, no grid, nothing typed into; `name` is what a screen reader calls the table."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setAccessibleName(name)
    head, side = table.horizontalHeader(), table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    side.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
    head.setFixedHeight(HEAD_PX)
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ShortTable(QTableWidget):
    """No higher than its rows need, and never so low that fewer than `least` of them are seen, once it is `fit`."""

    least = 2

    def fit(self) -> None:
        """There are other rows now."""
        side = self.verticalHeader()
        edge = HEAD_PX + 2 * self.frameWidth()
        self.setMinimumHeight(edge + sum(side.sectionSize(row) for row in range(min(self.least, side.count()))))
        self.setMaximumHeight(edge + side.length())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())  # Qt wishes for 192 px

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        return QWidget.inputMethodQuery(self, query)  # so a page scrolls to the whole of it, not to its present cell


def line_table(name: str, heads: Sequence[str], widths: Sequence[int], parent: QWidget) -> QTableWidget:
    """A short table of texts to read and choose one line from; the last column takes what is left."""
    made = QTableWidget(0, len(heads), parent)
    dress_rows(made, name)
    made.setObjectName("children")
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalHeaderLabels(list(heads))
    made.horizontalHeader().setStretchLastSection(True)
    for column, width in enumerate(widths):
        made.setColumnWidth(column, width)
    return made


def fill_lines(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Puts these texts into a table; a long one is whole on hover."""
    table.setRowCount(len(rows))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(hover(text) if len(text) > 12 else "")
            table.setItem(number, column, item)


class RowModel(QAbstractTableModel):
    """So many rows under these headings; what stands in them is the heir's business."""

    heads: Sequence[str] = ()

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None


class RowTable(QTableView):
    """`pressed_key` carries a key that acts on the chosen rows: one of `keys`, or Enter for a double click."""

    pressed_key = Signal(int)

    def __init__(
        self,
        model: QAbstractTableModel,
        name: str,
        widths: Sequence[int],
        wide: int,
        parent: QWidget,
        *,
        keys: tuple[Qt.Key, ...] = ENTER,
    ) -> None:
        """`wide` is the column that has the room left."""
        super().__init__(parent)
        self._keys = keys
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        dress_rows(self, name)
        for section, width in enumerate(widths):
            self.horizontalHeader().resizeSection(section, width)
        self.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in self._keys:
            self.pressed_key.emit(event.key())
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """What the program chooses is chosen alone, though the Ctrl of a shortcut be still down."""
        if event is None:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        return super().selectionCommand(index, event)

    def _enter(self) -> None:
        self.pressed_key.emit(int(Qt.Key.Key_Return))
