"""Rows of texts, some with something to choose in the last column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, dress_rows

Index = QModelIndex | QPersistentModelIndex
_NARROWEST = 40
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


@dataclass(frozen=True)
class ChoiceRow:
    """`place` is the row's own number in what it is of; `options` are offered in the last column."""

    place: int
    texts: tuple[str, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heads:
    """The headings with their widths, the column that takes what is left, and what colours mean (column → colour)."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]
    stretched: int
    colours: tuple[tuple[int, str], ...] = ()


class ChoiceRows(RowModel):
    """The rows, and which option each has by now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown = Heads((), (), 0)
        self.rows: list[ChoiceRow] = []
        self.chosen: list[int] = []

    def show(self, heads: Heads, rows: Sequence[ChoiceRow], chosen: Sequence[int]) -> None:
        self.beginResetModel()
        self.shown, self.heads, self.rows, self.chosen = heads, heads.titles, list(rows), list(chosen)
        self.endResetModel()

    def choose(self, rows: Sequence[int], option: int) -> list[int]:
        """Gives these rows that option where they have it; their places."""
        changed = [row for row in rows if option < len(self.rows[row].options)]
        for row in changed:
            self.chosen[row] = option
        if changed:
            last = len(self.heads) - 1
            self.dataChanged.emit(self.index(min(changed), last), self.index(max(changed), last))
        return [self.rows[row].place for row in changed]

    def count(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        is_choice = bool(row.options) and index.column() == len(self.heads) - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if is_choice:
                option = row.options[self.chosen[index.row()]]
                return f"{option} ▾" if role == Qt.ItemDataRole.DisplayRole else "单击换一个；也可以按 1、2、3"
            text = row.texts[index.column()] or None
            return text if text is None or role == Qt.ItemDataRole.DisplayRole else hover(text)
        if role == Qt.ItemDataRole.ForegroundRole:
            if is_choice:
                return theme.colour("accent")
            colour = dict(self.shown.colours).get(index.column())
            return theme.colour(colour) if colour else None
        return None


class ChoiceTable(QTableView):
    """`chosen` carries the places of rows and the option they got."""

    chosen = Signal(object, int)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.model_ = ChoiceRows(self)
        self.setModel(self.model_)
        self.setItemDelegate(CellDelegate(self))
        dress_rows(self, name)
        self.clicked.connect(self._click)

    def show_rows(self, heads: Heads, rows: Sequence[ChoiceRow], chosen: Sequence[int]) -> None:
        """These rows, the first of them current."""
        self.model_.show(heads, rows, chosen)
        self._fit()
        if rows:
            self.setCurrentIndex(self.model_.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns give way together where there is little room, so that what is to be chosen stays in sight."""
        heads, header = self.model_.shown, self.horizontalHeader()
        if not heads.titles:
            return
        *others, last = heads.widths
        share = min((self.viewport().width() - last) / sum(others), 1.0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, width in enumerate(others):
            header.resizeSection(section, max(int(width * share), _NARROWEST))
        header.resizeSection(len(others), last)
        header.setSectionResizeMode(heads.stretched, QHeaderView.ResizeMode.Stretch)

    def choose_all(self, option: int) -> None:
        """Every row gets that option."""
        self._choose(range(len(self.model_.rows)), option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        key = Qt.Key(event.key())
        if rows and key in _KEYS:
            self._choose(rows, _KEYS.index(key))
        elif rows and key == Qt.Key.Key_Space:
            self._turn(rows)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == len(self.model_.heads) - 1:
            self._turn([index.row()])

    def _turn(self, rows: Sequence[int]) -> None:
        options = len(self.model_.rows[rows[0]].options)
        if options:
            self._choose(rows, (self.model_.chosen[rows[0]] + 1) % options)

    def _choose(self, rows: Sequence[int], option: int) -> None:
        places = self.model_.choose(rows, option)
        if places:
            self.chosen.emit(places, option)
