"""The superior's sheet on screen, with what each column and cell is to hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from zhaoshang_desktop.actions.form import Proposal
from zhaoshang_desktop.exchange.sheet import cell_text, column_letter
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
_MORE_ROWS, _WIDTH, _FIRST_WIDTH = 4, 132, 108


class FormSheet(QAbstractTableModel):
    """Their rows as they are; the prepared ones show, in violet, what goes into them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.proposal: Proposal | None = None
        self._labels: Mapping[str, str] = {}

    def show(self, proposal: Proposal | None, labels: Mapping[str, str]) -> None:
        self.beginResetModel()
        self.proposal, self._labels = proposal, labels
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if parent.isValid() or self.proposal is None:
            return 0
        return max(len(self.proposal.page.rows), self.proposal.last) + _MORE_ROWS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self.proposal is None else self.proposal.page.width + 1

    def held(self, row: int, column: int) -> str:
        """What goes into a cell, in words; "" for nothing."""
        if self.proposal is None:
            return ""
        letter, path = column_letter(column), ""
        if self.proposal.first and self.proposal.first <= row + 1 <= self.proposal.last:
            path = self.proposal.columns.get(letter, ("", ""))[0]
        path = path or self.proposal.cells.get(f"{letter}{row + 1}", ("", ""))[0]
        return self._labels.get(path, path)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        held = self.held(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(index.row(), index.column())
            words = " ".join(filter(None, (text, f"〔{held}〕" if held else "")))
            return (words if role == Qt.ItemDataRole.DisplayRole else hover(words)) or None
        if role == Qt.ItemDataRole.ForegroundRole and held:
            return theme.colour("violet")
        if role == Qt.ItemDataRole.BackgroundRole and self.proposal is not None:
            ready = self.proposal.first and self.proposal.first <= index.row() + 1 <= self.proposal.last
            return theme.colour("violet_tint") if ready else None
        return None

    def _text(self, row: int, column: int) -> str:
        assert self.proposal is not None
        rows = self.proposal.page.rows
        inside = row < len(rows) and column < len(rows[row])
        return " ".join(cell_text(rows[row][column]).split()) if inside else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.proposal is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        path, unit = self.proposal.columns.get(column_letter(section), ("", ""))
        label = self._labels.get(path, "")
        return f"{column_letter(section)}　{label}{f'（{unit}）' if unit and label else ''}"


class FormView(QTableView):
    """`column_asked` (column, point) and `cell_asked` (row, column, point): the clerk wants to say what they hold."""

    column_asked = Signal(int, QPoint)
    cell_asked = Signal(int, int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = FormSheet(self)
        self.setModel(self.sheet)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("上级的表")
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(30)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        header.sectionClicked.connect(self._ask_column)
        self.clicked.connect(self._ask_cell)

    def show_form(self, proposal: Proposal | None, labels: Mapping[str, str]) -> None:
        """Their sheet with its merged cells."""
        self.clearSpans()
        self.sheet.show(proposal, labels)
        for column in range(self.sheet.columnCount()):
            self.setColumnWidth(column, _FIRST_WIDTH if column == 0 else _WIDTH)
        for merge in proposal.page.merged if proposal else ():
            height, width = merge.bottom - merge.top + 1, merge.right - merge.left + 1
            if height > 1 or width > 1:
                self.setSpan(merge.top, merge.left, height, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._ask_cell(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask_column(self, column: int) -> None:
        header = self.horizontalHeader()
        below = QPoint(header.sectionViewportPosition(column), header.height())
        self.column_asked.emit(column, header.mapToGlobal(below))

    def _ask_cell(self, index: QModelIndex) -> None:
        """Within the prepared rows a cell stands for its column."""
        proposal, place = self.sheet.proposal, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if proposal is None:
            return
        if proposal.first and proposal.first <= index.row() + 1 <= proposal.last:
            self.column_asked.emit(index.column(), place)
        else:
            self.cell_asked.emit(index.row(), index.column(), place)
