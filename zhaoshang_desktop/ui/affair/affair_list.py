"""The affairs there are: a line each, found by words and by one of a few kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.list_bar import ListBar
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, RowTable

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
NAME, STATE = range(2)
"""The first columns of every list."""
OFF = "取消"
BIN = "回收站"
"""The chip of what was removed, and what can be done with it."""
BIN_BUTTONS: Buttons = (("恢复", "record.restore"), ("彻底删除…", "record.erase"))


@dataclass(frozen=True)
class Line:
    """One affair as the list shows it: a text a column, and what is said when the mouse rests on it."""

    key: int
    state: str
    texts: tuple[str, ...]
    hint: str = ""


def days(start: date | None, end: date | None) -> str:
    """2026-12-07 — 12-11; "" while one of them is not known."""
    if start is None or end is None:
        return ""
    return f"{start:%Y-%m-%d} — {end:%m-%d}" if start != end else f"{start:%Y-%m-%d}"


class Lines(RowModel):
    """The rows; `meanings` are the colours of the states."""

    def __init__(self, heads: Sequence[str], meanings: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.heads, self._meanings = heads, meanings

    def put(self, found: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(found)
        self.endResetModel()

    def count(self) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            of_state = index.column() == STATE or line.state == OFF
            return theme.colour(self._meanings.get(line.state, "text") if of_state else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(line.hint) or None
        return None


class AffairList(QWidget):
    """`opened` carries the key of an affair, `called` the name of a command, `told` when the count has changed."""

    RECORD: type[Record]
    HEADS: tuple[str, ...]
    WIDTHS: tuple[int, ...]
    WIDE: int
    """The column that has the room left."""
    CHIPS: tuple[str, ...]
    """One of them at a time narrows the list."""
    MEANINGS: Mapping[str, str]
    BUTTONS: Buttons
    """At the right of the toolbar, the way to a new one last."""
    SEARCHES, TEACHES = "", ""
    """What the words are looked for in; what an office that has none yet is told."""

    opened = Signal(object)
    called = Signal(str)
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = 0
        self.day: date | None = None
        """The day whose states it shows."""
        self.what = RECORD_TITLES[self.RECORD.NOUN]
        self.chosen = ""
        self.model = Lines(self.HEADS, self.MEANINGS, self)
        self.bar = ListBar(self.what, f"搜索：{self.SEARCHES}", (*self.CHIPS, BIN), (*BIN_BUTTONS, *self.BUTTONS), self)
        self._offer()
        self.search = self.bar.search
        self.table = RowTable(self.model, self.what, self.WIDTHS, self.WIDE, self)
        self.empty = EmptyHint(self.table.viewport())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(self.ask)
        self.bar.chosen.connect(self._filter)
        self.bar.called.connect(self.called)
        self.table.pressed_key.connect(self._open)
        self.empty.pressed.connect(self._call)

    def question(self, words: str, chip: str) -> Callable[[Office], list[Line]]:
        """How to ask for the affairs with these words, of that chip (BIN too); the latest first."""
        raise NotImplementedError

    def counts(self) -> str:
        """What the status bar says beside how many they are."""
        raise NotImplementedError

    @property
    def in_bin(self) -> bool:
        """Whether it shows what was removed."""
        return self.chosen == BIN

    @property
    def current_key(self) -> int:
        """The affair where the cursor is, 0 when there is none."""
        row = self.table.currentIndex().row()
        return self.model.lines[row].key if 0 <= row < len(self.model.lines) else 0

    def selected(self) -> list[int]:
        """The selected affairs."""
        return [self.model.lines[index.row()].key for index in self.table.selectionModel().selectedRows()]

    def ask(self) -> None:
        """Put the question that the toolbar makes."""
        if self._desk.is_open:
            self.day = self._desk.today()
            self._desk.ask((self, "lines"), self.question(self.search.text().strip(), self.chosen), self._show)

    def go_to(self, key: int) -> None:
        """Put the cursor on that affair as soon as it is there."""
        self._wanted = key
        self.ask()

    def status(self) -> str:
        told = self.counts()
        return f"共 {len(self.model.lines):,} 次" + (f"　{told}" if told else "")

    def clear(self) -> bool:
        """Take words and chip off; False when there were none."""
        if not self.search.text() and not self.chosen:
            return False
        self.search.clear()
        self._filter("")
        return True

    def _filter(self, chip: str) -> None:
        """Narrow the list by that chip, or not any more; "" by none."""
        self.chosen = "" if chip == self.chosen else chip
        self.bar.mark((self.chosen,))
        self._offer()
        self.ask()

    def show_bin(self) -> None:
        """Show what was removed, or what is there again."""
        self._filter(BIN)

    def _offer(self) -> None:
        self.bar.offer([name for _, name in (BIN_BUTTONS if self.in_bin else self.BUTTONS)])

    def _show(self, found: list[Line]) -> None:
        key = self._wanted or self.current_key
        self._wanted = 0
        self.model.put(found)
        keys = [line.key for line in found]
        if found:
            self.table.setCurrentIndex(self.model.index(keys.index(key) if key in keys else 0, 0))
            self.empty.hide()
        elif self.in_bin and not self.search.text().strip():
            self.empty.say("回收站是空的。")
        elif self.search.text().strip() or self.chosen:
            self.empty.say(f"没有符合条件的{self.what}。", "清除条件", "clear")
        else:
            self.empty.say(self.TEACHES, *self.BUTTONS[-1])
        self.told.emit()

    def _open(self) -> None:
        if self.in_bin:
            self._desk.say(f"{self.what}在回收站里，恢复以后才能打开。")
        elif self.current_key:
            self.opened.emit(self.current_key)

    def _call(self, name: str) -> None:
        if name == "clear":
            self.clear()
        else:
            self.called.emit(name)
