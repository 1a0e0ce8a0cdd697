"""The rows that belong to a record, and those that wait to be sent to the server, as a table shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.columns import Column, cell_text, column_of, usual_columns
from zhaoshang_desktop.ui.library.relations import Relation
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
WAITS = Qt.ItemDataRole.UserRole + 1
UNSENT = "还没有送到服务器，连上就送出"
COLUMNS: dict[str, tuple[str, ...]] = {
    "visit": ("day", "way", "state", "intention", "said", "next_step", "next_due", "next_owner", "next_done"),
}
"""Columns of types whose specs name none."""


def child_columns(relation: Relation) -> tuple[Column, ...]:
    """The columns of a child table: the usual ones, without the record it stands under."""
    record = RECORDS[relation.noun]
    names = COLUMNS.get(relation.noun)
    columns = tuple(column_of(record, name) for name in names) if names else usual_columns(record)
    if relation.noun == "stake" and relation.field == "investor":
        columns = (column_of(record, "project"), *columns)
    if relation.noun == "visit" and relation.field == "reception":
        columns = (column_of(record, "investor"), *columns)
    return tuple(column for column in columns if column.name != relation.field)


class ChildModel(QAbstractTableModel):
    """`edited` (record, field name, value, text not understood). Below the `rows` stand new ones on their way to a
    server that is out of reach (`unsent`), which cannot be changed until they are there."""

    edited = Signal(object, str, object, str)

    def __init__(self, desk: Desk, relation: Relation, parent: QObject) -> None:
        super().__init__(parent)
        self.record = RECORDS[relation.noun]
        self.columns = child_columns(relation)
        self.rows: list[Record] = []
        self.unsent: list[Record] = []
        self.only: dict[str, Any] = {}
        """What new rows must say to stand in this table, where there are several of the same owner."""
        self._owner = 0
        self._desk = desk
        self._relation = relation

    def put(self, rows: Sequence[Record], owner: int) -> None:
        """Show these of that owner; one that is being written stays at the end."""
        self.beginResetModel()
        self._owner = owner
        self.rows = [*rows, *(row for row in self.rows if not row.id)]
        self.unsent = self._unsent()
        self.endResetModel()

    def show_unsent(self) -> None:
        """Something waits to be sent, or has gone."""
        found = self._unsent()
        if [id(one) for one in found] != [id(one) for one in self.unsent]:
            self.beginResetModel()
            self.unsent = found
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def add(self, record: Record) -> None:
        """One more, not stored yet."""
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
        self.rows.append(record)
        self.endInsertRows()

    def drop(self, record: Record) -> None:
        """Take one that was never stored away."""
        row = next(number for number, one in enumerate(self.rows) if one is record)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.rows[row]
        self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows) + len(self.unsent)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        may = self._relation.own and self._desk.may_change(self.record) and index.row() < len(self.rows)
        return flags | Qt.ItemFlag.ItemIsEditable if may else flags

    def seen(self, row: int) -> tuple[Record, frozenset[str]]:
        """The record of a row as it will be, and its fields that wait to be sent."""
        if row < len(self.rows):
            return self._desk.as_edited(self.rows[row])
        return self.unsent[row - len(self.rows)], frozenset(column.name for column in self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self.columns[section]
            required = field_of(self.record, column.name).spec.required
            return f"{column.label} *" if required else column.label
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        (record, unsent), column = self.seen(index.row()), self.columns[index.column()]
        raw, waits = record.raw.get(column.name), not unsent.isdisjoint(column.fields)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(record, column, self._desk.titles) or (f"？{raw}" if raw else "")
        if role == WAITS:
            return waits
        if role == Qt.ItemDataRole.ForegroundRole and raw:
            return QColor(theme.current().violet)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self._goes(record):
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            words = f"原文“{raw}”看不懂" if raw else cell_text(record, column, self._desk.titles)
            return hover(f"{words}\n{UNSENT}" if waits or self._goes(record) else words)
        return None

    def setData(self, index: Index, value: Any, role: int = 0) -> bool:
        self.edited.emit(self.rows[index.row()], self.columns[index.column()].name, *value)
        return False

    def _goes(self, record: Record) -> bool:
        """Will it be put into the recycle bin as soon as the server hears of it?"""
        outbox = self._desk.worker.outbox if self._desk.is_open else None
        return bool(outbox) and bool(record.id) and self._desk.worker.outbox.removes(self.record, record.id)

    def _unsent(self) -> list[Record]:
        owner = self._relation.field
        if not owner or not self._desk.is_open:
            return []
        made = self._desk.worker.outbox.made(self.record, owner, self._owner)
        return [one for one in made if all(getattr(one, name) == value for name, value in self.only.items())]
