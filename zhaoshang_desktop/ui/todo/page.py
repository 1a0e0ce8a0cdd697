"""待办: next steps, visits that nobody has followed up, problems of enterprises, leads to be looked into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.todo import finish, hand_over, put_off, todos
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.todo import KINDS, Todo
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.list_bar import ListBar
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.row_table import ENTER, RowTable
from zhaoshang_desktop.ui.todo.act_dialog import ActDialog
from zhaoshang_desktop.ui.todo.model import WHAT, WIDTHS, Todos

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SOURCES = ("visit", "concern", "lead", "follow_rule", "member", "investor", "project")
KEYS = (Qt.Key.Key_Space, Qt.Key.Key_F3, Qt.Key.Key_F4, *ENTER)
BUTTONS = (("转交… F4", "hand"), ("延期… F3", "later"), ("办结… 空格", "done"))
MINE, ALL, LATE = "我的", "全部", "逾期"


@dataclass(frozen=True)
class Found:
    """All that is open, and the names of our people."""

    rows: tuple[Todo, ...]
    names: Mapping[int, str]


def open_todos(office: Office) -> Found:
    """The question what is to be done."""
    return Found(tuple(todos(office)), dict(office.columns(Member, "name")))


class TodoPage(Page):
    """Space marks as done, F3 puts off, F4 hands over, Enter opens what it is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found = Found((), {})
        self.whose, self.kind, self.late = "", "", False
        self._about: list[Todo] = []
        self.bar = ListBar("待办", "搜索待办", (MINE, ALL, LATE, *KINDS), BUTTONS, self)
        self.search = self.bar.search
        self.model = Todos(self)
        self.table = RowTable(self.model, "待办", WIDTHS, WHAT, self, keys=KEYS)
        self.empty = EmptyHint(self.table.viewport())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(self._filter)
        self.bar.chosen.connect(self._press_chip)
        self.bar.called.connect(self._act)
        self.table.pressed_key.connect(self._key)
        self.empty.pressed.connect(self._press_empty)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        if not self.desk.is_open:
            return {}
        return {
            "reload": self.ask,
            "find": self.bar.start,
            "record.open": self.open_current,
            "record.check": self.done,
        }

    def office_opened(self) -> None:
        self.ask()

    def office_resumed(self) -> None:
        self.ask()

    def arrive(self) -> None:
        self.ask()
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.touches(*SOURCES):
            self.ask()

    def status(self) -> str:
        today = self.desk.today()
        late = len([one for one in self.model.rows if one.is_late(today)])
        return f"共 {len(self.model.rows)} 件" + (f"　逾期和超期 {late} 件" if late else "")

    def back(self) -> bool:
        if not self.search.text() and not self.kind and not self.late:
            return False
        self.kind, self.late = "", False
        self.search.clear()
        self._filter()
        return True

    def show_view(self, key: str) -> None:
        self.late = key == "late"
        self._filter()

    def ask(self) -> None:
        """Ask for everything that is open."""
        if self.desk.is_open:
            self.desk.ask((self, "todos"), open_todos, self._show)

    def done(self) -> None:
        """Mark what is selected as done."""
        self._act("done")

    def later(self) -> None:
        """Another day for what is selected."""
        self._act("later")

    def hand(self) -> None:
        """Somebody else does what is selected."""
        self._act("hand")

    def open_current(self) -> None:
        """What the to-do is about, in its library."""
        chosen = self._selected()
        if not chosen:
            return
        one = chosen[0]
        if one.investor:
            self.desk.show(Investor, one.investor)
        elif one.project:
            self.desk.show(Project, one.project)
        else:
            self.desk.show(RECORDS[one.noun], one.key)

    def _press_chip(self, name: str) -> None:
        if name in (MINE, ALL):
            self.whose = name
        elif name == LATE:
            self.late = not self.late
        else:
            self.kind = "" if self.kind == name else name
        self._filter()

    def _show(self, found: Found) -> None:
        self.found = found
        self._filter()

    def _filter(self) -> None:
        today, me = self.desk.today(), self.desk.me if self.desk.is_open else 0
        whose = self.whose or (MINE if me else ALL)
        words = folded(self.search.text())
        rows = [
            one
            for one in self.found.rows
            if (whose == ALL or (me and one.owner == me))
            and (not self.kind or one.kind == self.kind)
            and (not self.late or one.is_late(today))
            and words in folded(f"{one.what} {one.about} {self.found.names.get(one.owner, '')}")
        ]
        row = self.table.currentIndex().row()
        self.model.put(rows, self.found.names, today)
        if rows:
            self.table.setCurrentIndex(self.model.index(min(max(row, 0), len(rows) - 1), 0))
        self.bar.mark({whose, self.kind, LATE if self.late else ""})
        self._show_empty(bool(rows), whose)
        self.status_changed.emit(self.status())

    def _show_empty(self, any_: bool, whose: str) -> None:
        if any_:
            self.empty.hide()
        elif whose == MINE and not self.desk.me:
            self.empty.say("还不知道你是谁。在设置里选好自己，这里就只列你的待办。", "打开设置", "settings")
        elif whose == MINE and self.found.rows:
            self.empty.say("你没有要办的事。", "看全部人的", "all")
        elif self.search.text() or self.kind or self.late:
            self.empty.say("没有符合条件的待办。", "清除条件", "clear")
        else:
            self.empty.say("没有要办的事。记录拜访时写下“下一步”，到期前会列在这里。")

    def _press_empty(self, name: str) -> None:
        if name == "settings":
            self.desk.called.emit("settings")
        elif name == "all":
            self.whose = ALL
            self._filter()
        else:
            self.back()

    def _selected(self) -> list[Todo]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.rows[row] for row in rows if row < len(self.model.rows)]

    def _act(self, what: str) -> None:
        chosen = self._selected()
        if not chosen:
            self.desk.say("请先选一件待办。")
            return
        if not self.desk.allows(Right.WRITE):
            return
        self._about = chosen[:1] if what == "done" else chosen
        dialog = ActDialog(self.desk, what, self._about, self)
        dialog.wanted.connect(self._do)
        dialog.open()

    def _do(self, what: str, note: str, value: Any) -> None:
        """To those that the dialog was about: the list may have moved on meanwhile."""
        if what == "done":
            self.desk.run(finish, self._about[0], note, on_done=self._finished)
        elif what == "later":
            self.desk.run(put_off, self._about, value, note, on_done=self._changed)
        else:
            self.desk.run(hand_over, self._about, value, on_done=self._changed)

    def _finished(self, changes: Changes) -> None:
        self.desk.say("已办结。", changes.batch)

    def _changed(self, changes: Changes) -> None:
        self.desk.say("已改。", changes.batch)

    def _key(self, key: int) -> None:
        acts = {Qt.Key.Key_Space: self.done, Qt.Key.Key_F3: self.later, Qt.Key.Key_F4: self.hand}
        acts.get(Qt.Key(key), self.open_current)()
