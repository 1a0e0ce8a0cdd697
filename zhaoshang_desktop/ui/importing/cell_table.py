"""Every cell that an import changes, record by record: what the library has, what it will be, and a tick."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.actions.changed_cells import ChangedCell
from zhaoshang_desktop.actions.settling import Choice, Choices, choices_for
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import draw_tick
from zhaoshang_desktop.ui.importing.cell_listing import cell_at, unpacked
from zhaoshang_desktop.ui.importing.choice_menu import KEYS, offer_choices
from zhaoshang_desktop.ui.importing.marks import write_cell
from zhaoshang_desktop.ui.importing.summary import Planned
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, dress_rows

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("", "行", "记录", "字段", "库里现有", "导入后", "处理")
TICK, ROW, NAME, FIELD, HAD, WILL, CHOICE = range(7)
_WIDTHS = {TICK: 32, ROW: 48, FIELD: 120, CHOICE: 88}
_SHARES = {NAME: 0.3, HAD: 0.3}
"""What some columns have of the room that is left; 导入后 has the rest."""
UNANSWERED = "待定"


class CellModel(RowModel):
    """The listed cells; nothing of them is made before it is seen."""

    heads = HEADINGS

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: array[int] = array("q")
        self._seen: Planned | None = None
        self._choices: Callable[[], Choices] = Choices

    def show(self, seen: Planned, rows: array[int], choices: Callable[[], Choices]) -> None:
        """`choices` gives those in force, and is asked whenever something is painted."""
        self.beginResetModel()
        self._seen, self.rows, self._choices = seen, rows, choices
        self.endResetModel()

    def place(self, row: int) -> int:
        """The place of the decision in the plan."""
        return unpacked(self.rows[row])[0]

    def is_first(self, row: int) -> bool:
        """Does a record begin here?"""
        return row == 0 or self.place(row - 1) != self.place(row)

    def cell(self, row: int) -> ChangedCell:
        assert self._seen is not None
        place, number, at = unpacked(self.rows[row])
        return cell_at(self._seen.plan.decisions[place], place, number, at, self._choices())

    def is_taken(self, row: int) -> bool:
        place, number, _ = unpacked(self.rows[row])
        one = self.cell(row)
        return self._choices().takes(place, one.decision, number, one.cell)

    def choice_at(self, row: int) -> Choice | None:
        return self._choices().of(self.place(row), self.cell(row).decision)

    def tick(self, row: int, taken: bool) -> None:
        """This cell is taken, or is not."""
        place, number, _ = unpacked(self.rows[row])
        one = self.cell(row)
        self._choices().tick(place, one.decision, number, one.cell, taken)

    def count(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(self.text(index.row(), index.column()))
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TICK:
            return Qt.CheckState.Checked if self.is_taken(index.row()) else Qt.CheckState.Unchecked
        return None

    def text(self, row: int, column: int) -> str:
        """The words of a cell of this table; a record's name stands in its first line only."""
        assert self._seen is not None
        one = self.cell(row)
        if column == ROW:
            return str(one.decision.draft.row) if self.is_first(row) else ""
        if column == NAME:
            return one.decision.draft.record.title if self.is_first(row) else ""
        if column == FIELD:
            return one.label
        if column == HAD:
            return one.had(self._seen.find)
        if column == WILL:
            now = one.now(self._seen.find)
            return now if self.is_taken(row) else f"{now}（不改）"
        if column == CHOICE and self.is_first(row):
            choice = self.choice_at(row)
            return choice.value if choice is not None else UNANSWERED
        return ""


class CellTable(QTableView):
    """`ticked` when single cells were chosen, `chosen` (places, Choice) when the clerk decides for whole records."""

    ticked = Signal()
    chosen = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cells = CellModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Faces(self))
        dress_rows(self, "会改动的单元格")
        header = self.horizontalHeader()
        header.setSectionResizeMode(WILL, QHeaderView.ResizeMode.Stretch)
        for section, width in _WIDTHS.items():
            header.resizeSection(section, width)
        self.clicked.connect(self._click)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.viewport().width() - sum(_WIDTHS.values()), 0)
        for section, share in _SHARES.items():
            self.horizontalHeader().resizeSection(section, int(room * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        choice = KEYS.get(Qt.Key(event.key()))
        if rows and event.key() == Qt.Key.Key_Space:
            self._tick(rows, not all(self.cells.is_taken(row) for row in rows))
        elif rows and choice is not None:
            self._choose(rows, choice)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._tick([index.row()], not self.cells.is_taken(index.row()))
        elif index.column() == CHOICE and self.cells.is_first(index.row()):
            decision = self.cells.cell(index.row()).decision
            offer_choices(self, index, decision, self.cells.choice_at(index.row()), self._take)

    def _tick(self, rows: list[int], taken: bool) -> None:
        for row in rows:
            self.cells.tick(row, taken)
        self.viewport().update()
        self.ticked.emit()

    def _take(self, action: QAction) -> None:
        self._choose(sorted(index.row() for index in self.selectionModel().selectedRows()), Choice(action.data()))

    def _choose(self, rows: list[int], choice: Choice) -> None:
        """For the records of these rows; then on to the next one, as one goes down a list of questions."""
        places = {self.cells.place(row) for row in rows if choice in choices_for(self.cells.cell(row).decision)}
        self.chosen.emit(sorted(places), choice)
        self.viewport().update()
        following = rows[-1] + 1
        while following < self.cells.rowCount() and self.cells.place(following) == self.cells.place(rows[-1]):
            following += 1
        if following < self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(following, NAME))


class _Faces(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, model, row = option.rect, index.model(), index.row()
        assert isinstance(model, CellModel)
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        if model.is_first(row) and row:
            painter.setPen(theme.colour("line"))
            painter.drawLine(rect.topLeft(), rect.topRight())
        if index.column() == TICK:
            draw_tick(painter, rect.adjusted(10, 0, 0, 0), model.is_taken(row))
        else:
            self._write(painter, option, index, model)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, option: QStyleOptionViewItem, index: Index, model: CellModel) -> None:
        text = model.text(index.row(), index.column())
        meaning = {ROW: "secondary", FIELD: "secondary", WILL: "green"}.get(index.column(), "text")
        if index.column() == WILL and not model.is_taken(index.row()):
            meaning = "faint"
        elif index.column() == WILL:
            text = f"{'→' if model.text(index.row(), HAD) else '＋'} {text}"
        if index.column() == CHOICE and text:
            meaning = "amber" if text == UNANSWERED else "accent"
            text = f"{text} ▾"
        write_cell(painter, option.rect, text, meaning)
