"""The table's picture of the store: keys in order, rows read as they come into sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library import questions
from zhaoshang_desktop.ui.library.columns import Column, cell_text, linked_nouns
from zhaoshang_desktop.ui.library.questions import Answer
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
PAGE = 60
KEPT = 3000
SETTLED_MS = 120
WAITS = "还没有送到服务器，连上就送出"
READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = READABLE | Qt.ItemFlag.ItemIsEditable


class RecordTable(QAbstractTableModel):
    """Column 0 is the tick; keys are Python's own integers and never pass through a Qt signal.

    `loaded`: the first rows of a new question are there; `completed`: all keys are known;
    `edited` (record, field name, value, text not understood): somebody typed into a cell.
    """

    loaded = Signal()
    completed = Signal()
    ticked = Signal()
    edited = Signal(object, str, object, str)

    def __init__(self, desk: Desk, record: type[Record], columns: tuple[Column, ...], parent: QObject) -> None:
        super().__init__(parent)
        self.record = record
        self.columns = columns
        self.query = Query(record)
        self.ticks: set[int] = set()
        self.complete = True
        self._desk = desk
        self._keys: array[int] = array("q")
        self._rows: OrderedDict[int, Record] = OrderedDict()
        self._missing: set[int] = set()
        self._on_screen = (0, PAGE)
        self._links = linked_nouns(columns, record)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_missing)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._ask_rest)
        desk.waiting.connect(self._show_waiting)

    def show(self, query: Query) -> None:
        """Ask a new question; the newest wins over those still on their way."""
        self.query = query
        self._settled.stop()
        self._desk.reader.forget((self, "rest"))
        self._desk.ask((self, "list"), questions.opening(query, self._links), self._open)

    def reload(self, changed: Iterable[int] = ()) -> None:
        """Ask the same question again; the picture on screen stays until the answer is there."""
        for key in changed:
            self._rows.pop(key, None)
        first, last = self._on_screen
        self._settled.stop()
        self._desk.ask((self, "list"), questions.again(self.query, self._links, first, last), self._renew)

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = columns
        self._links = linked_nouns(columns, self.record)
        self._rows.clear()
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing, as before an office is open."""
        self.beginResetModel()
        self._keys = array("q")
        self._rows.clear()
        self.ticks.clear()
        self.complete = True
        self.endResetModel()

    def key_at(self, row: int) -> int:
        """The key of the record in that row."""
        return self._keys[row]

    def all_keys(self) -> list[int]:
        """All keys known so far, in order."""
        return self._keys.tolist()

    def row_of(self, key: int) -> int:
        """The row of that record, -1 when it is not in the list."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def record_at(self, row: int) -> Record | None:
        """The record in that row if it has been read; otherwise it will be."""
        key = self._keys[row]
        found = self._rows.get(key)
        if found is None:
            self._missing.add(row)
            if not self._soon.isActive():
                self._soon.start()
            return None
        return self._desk.as_edited(found)[0]

    def waits(self, record: Record, column: Column) -> bool:
        """Has what the cell shows not been sent to the server yet?"""
        return bool(self._desk.as_edited(record)[1].intersection(column.fields))

    def known(self, key: int) -> Record | None:
        """The record of that key if it has been read."""
        return self._rows.get(key)

    def text(self, record: Record, column: Column) -> str:
        """The text of a cell."""
        return cell_text(record, column, self._desk.titles)

    def tick(self, keys: Iterable[int], on: bool) -> None:
        """Tick or untick these records."""
        self.ticks = self.ticks | set(keys) if on else self.ticks - set(keys)
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, 0))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.column() > 0 and not self.query.bin and self._desk.may_write:
            field = field_of(self.record, self.columns[index.column() - 1].name)
            if not field.spec.derived:
                return EDITABLE
        return READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or section == 0:
            return None
        column = self.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            ticked = self._keys[index.row()] in self.ticks
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or index.column() == 0:
            return None
        record = self.record_at(index.row())
        if record is None:
            return None
        column = self.columns[index.column() - 1]
        raw = record.raw.get(column.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            if self.waits(record, column):
                return hover(f"{self.text(record, column)}（{WAITS}）")
            return hover(f"原文“{raw}”看不懂，打开记录弄清它" if raw else self._in_full(record, column))
        return self.text(record, column) or (f"？{raw}" if raw else "")

    def setData(self, index: Index, value: Any, role: int = 0) -> bool:
        record = self.record_at(index.row())
        if record is None or role != Qt.ItemDataRole.EditRole:
            return False
        self.edited.emit(record, self.columns[index.column() - 1].name, *value)
        return False

    def _in_full(self, record: Record, column: Column) -> str:
        parts = (getattr(record, name) for name in column.fields)
        dates = [part.isoformat() for part in parts if hasattr(part, "isoformat")]
        return " · ".join([self.text(record, column), *dates]) if dates else self.text(record, column)

    def _open(self, answer: Answer) -> None:
        self.beginResetModel()
        self._keys = answer.keys
        self._rows.clear()
        self._keep(answer)
        self.complete = answer.complete
        self.endResetModel()
        self.loaded.emit()
        if self.complete:
            self.completed.emit()
        else:
            self._settled.start()

    def _ask_rest(self) -> None:
        self._desk.ask((self, "rest"), questions.everything(self.query), self._extend, later=True)

    def _extend(self, answer: Answer) -> None:
        known = len(self._keys)
        if answer.keys[:known] == self._keys:
            if len(answer.keys) > known:
                self.beginInsertRows(QModelIndex(), known, len(answer.keys) - 1)
                self._keys = answer.keys
                self.endInsertRows()
        else:
            self.beginResetModel()
            self._keys = answer.keys
            self.endResetModel()
        self.complete = True
        self.completed.emit()

    def _renew(self, answer: Answer) -> None:
        same = answer.keys == self._keys
        if not same:
            self.beginResetModel()
            self._keys = answer.keys
        self._keep(answer)
        self.ticks &= set(answer.keys)
        self.complete = True
        if not same:
            self.endResetModel()
        elif self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self.columns)))
        self.completed.emit()

    def _read_missing(self) -> None:
        rows = sorted(row for row in self._missing if row < len(self._keys))
        self._missing.clear()
        if not rows:
            return
        first, last = max(0, rows[0] - PAGE // 4), rows[0] + PAGE
        self._on_screen = first, last
        keys = [key for key in self._keys[first:last] if key not in self._rows]
        self._desk.ask((self, "rows"), questions.some(self.record, keys, self._links), self._fill)

    def _show_waiting(self, _count: int) -> None:
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self.columns)))

    def _fill(self, answer: Answer) -> None:
        self._keep(answer)
        if self._keys:
            first, last = self._on_screen
            bottom = self.index(min(last, len(self._keys)) - 1, len(self.columns))
            self.dataChanged.emit(self.index(min(first, len(self._keys) - 1), 0), bottom)

    def _keep(self, answer: Answer) -> None:
        self._desk.titles.update(answer.titles)
        for row in answer.rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
