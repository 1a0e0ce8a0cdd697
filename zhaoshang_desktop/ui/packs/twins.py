"""New records that the office seems to have already: the same one, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem, QWidget

from zhaoshang_desktop.actions.twins import Twin
from zhaoshang_desktop.domain.homecoming import RecordKey
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import ShortTable, dress_rows

SAME, NEW, WITH_FIRM = "同一条，并到一起", "另一条，新建", "另一条，随客商新建"
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return)


class TwinsTable(ShortTable):
    """`toggled` carries the row whose answer is to be the other one."""

    toggled = Signal(int)
    least = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("children")
        dress_rows(self, "重复")
        self.setHorizontalHeaderLabels(["包里新建的", "办公室里的", "为什么", "怎么办（空格切换）"])
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.cellClicked.connect(self._clicked)

    def show_twins(self, twins: Sequence[Twin], same: Collection[RecordKey]) -> None:
        """All of them, with what is decided: `same` are those of the office."""
        row = max(self.currentRow(), 0)
        self.setRowCount(len(twins))
        for number, twin in enumerate(twins):
            texts = (
                f"{RECORD_TITLES[twin.new.noun]}　{twin.title}",
                twin.same_as,
                twin.reason,
                _answer(twin, same),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(hover(text))
                self.setItem(number, column, item)
        self.fit()
        if twins:
            self.setCurrentCell(min(row, len(twins) - 1), 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _KEYS and self.currentRow() >= 0:
            self.toggled.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _clicked(self, row: int, column: int) -> None:
        if column == self.columnCount() - 1:
            self.toggled.emit(row)


def follows_firm(twin: Twin, same: Collection[RecordKey]) -> bool:
    """Is it a contact of a firm that is a new one, so that it is new as well?"""
    return twin.under is not None and twin.under not in same


def _answer(twin: Twin, same: Collection[RecordKey]) -> str:
    return SAME if twin.new in same else WITH_FIRM if follows_firm(twin, same) else NEW
