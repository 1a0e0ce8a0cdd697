"""The rows of 待办: what, about whom, whose it is, by when; what is late stands first and says so in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from zhaoshang_desktop.domain.todo import Todo
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel

Index = QModelIndex | QPersistentModelIndex
HEADS = ("时限", "做什么", "客商、项目", "责任人", "类别")
DUE, WHAT, ABOUT, OWNER, KIND = range(5)
WIDTHS = (210, 300, 200, 90, 70)


class Todos(RowModel):
    """One row a to-do, in the order they came."""

    heads = HEADS

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Todo] = []
        self.names: Mapping[int, str] = {}
        self.today = date.min

    def put(self, rows: Sequence[Todo], names: Mapping[int, str], today: date) -> None:
        """Show these; `names` are our people's."""
        self.beginResetModel()
        self.rows, self.names, self.today = list(rows), names, today
        self.endResetModel()

    def count(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        todo = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(todo, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == DUE:
            return theme.colour("red" if todo.is_late(self.today) else "text" if todo.due else "faint")
        if role == Qt.ItemDataRole.ToolTipRole:
            by_day = index.column() == DUE and todo.due
            return todo.due.isoformat() if by_day and todo.due else hover(self._text(todo, index.column()))
        return None

    def _text(self, todo: Todo, column: int) -> str:
        return (due_words(todo, self.today), todo.what, todo.about, self.names.get(todo.owner, ""), todo.kind)[column]


def due_words(todo: Todo, today: date) -> str:
    """When it is due; in how many days or since how many; whether the office's own limit is past, where the due day
    does not say that already."""
    parts = []
    if todo.due is not None:
        days = (todo.due - today).days
        near = "今天" if days == 0 else "明天" if days == 1 else f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"
        parts.append(f"{todo.due:%m-%d} {near}")
    if todo.overrun and not todo.late(today):
        parts.append(f"跟进超期 {todo.overrun} 天")
    return " · ".join(parts) or "没有时限"
