"""The entries of a settlement as a table that is filled in by the keyboard: Enter goes down, Tab to the next cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QWidget

from zhaoshang_desktop.actions.settlement import yuan
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.money import Money, read_money, write_money
from zhaoshang_desktop.planning.settlement import Entry, Settlement
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate, PatientTable
from zhaoshang_desktop.ui.row_table import RowModel

Index = QModelIndex | QPersistentModelIndex
ITEM, WHO, PLANNED, LIMIT, ACTUAL, DIFFERENCE, RECEIPTS, REASON, OPEN = range(9)
HEADS = ("项目", "姓名", "预算（元）", "限额（元）", "实际（元）", "差额（元）", "票据号码", "说明", "要补的")
WIDTHS = (190, 84, 92, 92, 92, 92, 150, 150, 150)
NARROW_WIDTHS = (150, 60, 80, 80, 80, 80, 110, 100, 140)
ROOMY = 1000
"""Below this width what can be seen from the others is left out, so that nothing scrolls sideways."""
FIELDS = {ACTUAL: "amount", RECEIPTS: "receipts", REASON: "reason"}
_FIGURES = (PLANNED, LIMIT, ACTUAL, DIFFERENCE)
_DISPLAY, _EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole


class Entries(RowModel):
    """The entries and their total; `asked` (entry, field, value) when a cell was changed, `refused` the reason why a
    text is no amount."""

    heads = HEADS

    asked = Signal(object, str, object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.done = Settlement(())
        self._typed: dict[tuple[int, int], str] = {}

    def put(self, done: Settlement) -> None:
        self.beginResetModel()
        self.done = done
        self._typed.clear()
        self.endResetModel()

    def count(self) -> int:
        return len(self.done.entries) + 1 if self.done.entries else 0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        typed = index.row() < len(self.done.entries) and index.column() in FIELDS
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if row == len(self.done.entries):
            return self._total(column, role)
        entry = self.done.entries[row]
        if role in (_DISPLAY, _EDIT):
            typed = self._typed.get((row, column))
            return self._text(row, entry, column, role) if typed is None else typed
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == ACTUAL and entry.worth is not None:
                return f"按“标准与参数”里的汇率折 {yuan(entry.worth.fen)} 元"
            return entry.line.basis if column == ITEM else "；".join(entry.problems) if column == OPEN else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(entry, column)
        return None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        row, column = index.row(), index.column()
        text = str(value).strip()
        if role != _EDIT or text == self.data(index, _EDIT):
            return False
        meant: Any = text
        if column == ACTUAL:
            try:
                meant = read_money(text) if text else None
            except NotUnderstood as error:
                self.refused.emit(f"“{text}”{error}。")
                return False
            if meant and meant.fen < 0:
                self.refused.emit("实际支出不能是负数。")
                return False
        self._typed[row, column] = text if column != ACTUAL or not meant else _money(meant)
        self.asked.emit(self.done.entries[row], FIELDS[column], meant)
        return True

    def _text(self, row: int, entry: Entry, column: int, role: int) -> str:
        if column == ITEM:
            again = row > 0 and self.done.entries[row - 1].line.id == entry.line.id
            return "" if again and role == _DISPLAY else entry.line.item
        if column == RECEIPTS and role == _DISPLAY and entry.files:
            return "　".join(filter(None, (entry.receipts, f"附件 {entry.files}")))
        return {
            WHO: entry.name,
            PLANNED: yuan(entry.planned) if entry.planned else "",
            LIMIT: yuan(entry.limit),
            ACTUAL: _money(entry.spent) if entry.spent else "",
            DIFFERENCE: _signed(entry.difference) if entry.spent else "",
            RECEIPTS: entry.receipts,
            REASON: entry.reason,
            OPEN: f"▲ {entry.problems[0]}" if entry.problems else "",
        }[column]

    def _total(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("pane")
        if role != _DISPLAY:
            return None
        done = self.done
        figures = {PLANNED: yuan(done.planned), ACTUAL: yuan(done.actual), ITEM: "合计"}
        figures[DIFFERENCE] = _signed(done.actual - done.planned)
        return figures.get(column, "")


class SettleTable(PatientTable):
    """Typing begins at once; what is typed stays when the cell is left."""

    def dress(self) -> None:
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setAccessibleName("结算")
        head, side = self.horizontalHeader(), self.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        head.setFixedHeight(28)
        head.setHighlightSections(False)
        head.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self._fit()

    def _fit(self) -> None:
        roomy = self.width() >= ROOMY
        for section, width in enumerate(WIDTHS if roomy else NARROW_WIDTHS):
            self.horizontalHeader().resizeSection(section, width)
        for section in (LIMIT, DIFFERENCE):
            self.setColumnHidden(section, not roomy)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab opens the next cell to be typed into; Enter goes down."""
        step = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
        }.get(hint, 0)
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        here = self.currentIndex()
        if step:
            self._edit_next(here, step)
        elif hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and here.row() + 2 < self.model().rowCount():
            self.setCurrentIndex(here.siblingAtRow(here.row() + 1))

    def _edit_next(self, here: QModelIndex, step: int) -> None:
        columns = list(FIELDS)
        place = columns.index(here.column()) + step if here.column() in columns else 0
        row = here.row() + (place >= len(columns)) - (place < 0)
        if 0 <= row < self.model().rowCount() - 1:
            index = self.model().index(row, columns[place % len(columns)])
            self.setCurrentIndex(index)
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if not self.editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(here)
        elif not self.editing and event.key() == Qt.Key.Key_Delete and here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.model().setData(here, "")
        else:
            super().keyPressEvent(event)


def _colour(entry: Entry, column: int) -> Any:
    if column == OPEN and entry.problems:
        return theme.colour("red")
    if column == DIFFERENCE and entry.spent and entry.difference > 0:
        return theme.colour("red")
    return theme.colour("secondary" if column in (PLANNED, LIMIT) else "text")


def _money(money: Money) -> str:
    return yuan(money.fen) if money.currency == "CNY" else write_money(money)


def _signed(fen: int) -> str:
    return f"+{yuan(fen)}" if fen > 0 else yuan(fen)


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
