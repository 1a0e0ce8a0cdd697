"""The table itself: what hands do on it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.delegate import RecordDelegate
from zhaoshang_desktop.ui.library.model import RecordTable

TICK_WIDTH = 28


class Table(QTableView):
    """`opened` a row was entered, `moved` another row is current or the selection changed,
    `sorted_by` a header was clicked, `columns_asked` it was right-clicked."""

    opened = Signal(int)
    moved = Signal()
    sorted_by = Signal(int)
    columns_asked = Signal(QPoint)
    menu_asked = Signal(QPoint)

    def __init__(self, desk: Desk, model: RecordTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._records = model
        self.setModel(model)
        self.setItemDelegate(RecordDelegate(desk, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_asked)
        self._set_headers()
        self.set_density(str(desk.settings.choices.get("density", "normal")))
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._kept: tuple[int, set[int], int] = (0, set(), 0)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)

    def set_density(self, density: str) -> None:
        """Rows compact, normal or roomy."""
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS.get(density, theme.ROW_HEIGHTS["normal"]))

    @property
    def current_key(self) -> int:
        """The key of the row where the cursor is, 0 when there is none."""
        row = self.currentIndex().row()
        return self._records.key_at(row) if 0 <= row < self._records.rowCount() else 0

    def selected_keys(self) -> list[int]:
        """The keys of the selected rows, from top to bottom."""
        ranges = [(part.top(), part.bottom()) for part in self._ranges()]
        return [self._records.key_at(row) for top, bottom in sorted(ranges) for row in range(top, bottom + 1)]

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._ranges())

    def go_to(self, key: int) -> bool:
        """Put the cursor on that record; False when it is not in the list."""
        row = self._records.row_of(key)
        if row < 0:
            return False
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        in_sight = 0 <= top <= self.viewport().height() - height
        self._stand_on(row)
        if not in_sight and height:
            self._bring(row, height)
        return True

    def _bring(self, row: int, height: int) -> None:
        """To the upper third, with no row cut at the top."""
        above = self.viewport().height() // height // 3
        self.verticalScrollBar().setValue(max(0, row - above) * height)

    def step(self, by: int) -> int:
        """Move the cursor by rows; gives the key it stands on."""
        row = min(max(0, self.currentIndex().row() + by), self._records.rowCount() - 1)
        if row >= 0:
            self._stand_on(row)
        return self.current_key

    def copy(self) -> int:
        """Put the selected rows on the clipboard as Excel takes them; gives how many."""
        lines = ["\t".join(column.label for column in self._records.columns)]
        for key in self.selected_keys():
            record = self._records.known(key) or self._desk.office.get(self._records.record, key)
            cells = (self._records.text(record, column) for column in self._records.columns)
            lines.append("\t".join(cell.replace("\t", " ") for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))
        return len(lines) - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key:
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            key = self._records.key_at(index.row())
            self._records.tick([key], key not in self._records.ticks)
        else:
            super().mousePressEvent(event)

    def _set_headers(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(TICK_WIDTH)
        header.setFixedHeight(28)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.columns_asked)
        header.sectionClicked.connect(self.sorted_by)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _stand_on(self, row: int) -> None:
        """Select that row and no other, whatever keys are held down (the Ctrl of Ctrl+S, for one)."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self._records.index(row, max(1, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, flags)

    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _tell(self) -> None:
        self.moved.emit()

    def _remember(self) -> None:
        selected = set(self.selected_keys()) if self.selected_count() <= 1000 else set()
        self._kept = (self.current_key, selected, self.verticalScrollBar().value())

    def _recall(self) -> None:
        """The cursor, the selection and the place stay where they were, if their records are still there."""
        key, selected, scroll = self._kept
        row = self._records.row_of(key) if key else -1
        if row < 0:
            return
        model = self.selectionModel()
        blocked = model.blockSignals(True)
        model.setCurrentIndex(self._records.index(row, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for each in selected:
            found = self._records.row_of(each)
            if found >= 0:
                model.select(self._records.index(found, 0), rows)
        model.blockSignals(blocked)
        self.verticalScrollBar().setValue(scroll)
        self.moved.emit()
