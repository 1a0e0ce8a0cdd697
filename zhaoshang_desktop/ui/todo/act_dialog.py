"""办结、延期、转交: one line to type, Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.day import read_day
from zhaoshang_desktop.domain.due import read_due
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.todo import Todo
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.explained import Explained
from zhaoshang_desktop.ui.pieces import foot

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk

TITLES = {"done": "办结", "later": "延期", "hand": "转交"}


class ActDialog(QDialog):
    """`wanted` carries what to do ("done", "later", "hand"), the note, and a day or a member."""

    wanted = Signal(str, str, object)

    def __init__(self, desk: Desk, what: str, todos: Sequence[Todo], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLES[what])
        self.resize(460, 0)
        self._desk, self._what = desk, what
        first = todos[0]
        about = QLabel(f"{first.about}　{first.what}" if len(todos) == 1 else f"{len(todos)} 件待办", self)
        about.setWordWrap(True)
        self.note, self.day = QLineEdit(self), QLineEdit(self)
        self.note.setPlaceholderText("办得怎么样，可以不填" if what == "done" else "为什么，可以不填")
        self.day.setPlaceholderText("到哪天：下周三、+7、12.5")
        self.owner = Explained(editor_for(field_of(Visit, "next_owner"), desk, self))
        self.said = QLabel(self)
        self.said.setProperty("role", "wrong")
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(about)
        shown: tuple[QWidget, ...] = {
            "done": (self.note,),
            "later": (self.day, self.note),
            "hand": (self.owner,),
        }[what]
        for widget in (self.day, self.note, self.owner):
            widget.setVisible(widget in shown)
            if widget in shown:
                column.addWidget(widget)
        column.addWidget(self.said)
        act, leave = QPushButton(TITLES[what], self), QPushButton("取消", self)
        act.clicked.connect(self.act)
        leave.clicked.connect(self.reject)
        column.addLayout(foot(leave, act))
        shown[0].setFocus()

    def act(self) -> None:
        """Do it, unless what was typed is not understood."""
        value: Any = None
        if self._what == "later":
            try:
                value = read_due(self.day.text().strip(), self._desk.today())
            except NotUnderstood:
                value = _iso(self.day.text().strip())
            if value is None:
                self._complain("没看懂是哪天，如：下周三、+7、12.5、2026-12-05。", self.day)
                return
        elif self._what == "hand":
            value, unknown = self.owner.take()
            if unknown or not value:
                self._complain("请从招商人员里选一个人。", self.owner)
                return
        self.accept()
        self.wanted.emit(self._what, self.note.text().strip(), value)

    def _complain(self, words: str, where: QWidget) -> None:
        self.said.setText(words)
        self.said.show()
        where.setFocus()


def _iso(text: str) -> Any:
    try:
        return read_day(text)
    except NotUnderstood:
        return None
