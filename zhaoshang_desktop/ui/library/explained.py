"""An editor with a line below it that says what was understood."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.editor import Editor, Taken
from zhaoshang_desktop.ui.library.editors import LineEditor


class Explained(QWidget):
    """An editor in a form, with a line below it: what the text was understood as, or why it was not.

    A text kept from before stands there until it is settled: by typing a value, or by 已弄清.
    """

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.kept = ""
        self.settled = False
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._settle = QPushButton("已弄清", self)
        self._settle.setProperty("kind", "link")
        self._settle.clicked.connect(self.settle)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._note, 1)
        below.addWidget(self._settle, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(editor)
        column.addLayout(below)
        self.setFocusProxy(editor)
        editor.edited.connect(self.explain)
        self._say("", "secondary")

    @property
    def touched(self) -> bool:
        """Whether there is something to save."""
        return self.editor.touched or self.settled

    @property
    def note(self) -> str:
        """What stands below the editor; "" when nothing does."""
        return self._note.text()

    def put(self, value: Any, raw: str) -> None:
        """Show what is stored."""
        self.kept, self.settled = raw, False
        self.editor.put(value)
        self.editor.touched = False
        reason = f"？原文“{raw}”：{_reason(self.editor.field, raw)}" if raw else ""
        self._say(reason, "proposed", bool(raw))
        self.open_to(self.editor.desk.may_write)

    def open_to(self, may_write: bool) -> None:
        """Whether it takes anything."""
        self.editor.open_to(may_write)
        self._settle.setVisible(bool(self.kept) and may_write)

    def take(self) -> Taken:
        """The value to store and the text to keep beside it."""
        value, raw = self.editor.take()
        return value, raw or ("" if self.editor.touched or self.settled else self.kept)

    def settle(self) -> None:
        """The text kept beside the field says nothing more."""
        self.settled = True
        self._say("", "secondary")
        self.editor.edited.emit()

    def explain(self) -> None:
        """Say what the present text means, if that is not plain."""
        if not self.editor.touched:
            return
        value, raw = self.editor.take()
        if raw:
            self._say(f"？{_reason(self.editor.field, raw)}。原文会留着，弄清后再改。", "proposed")
        elif isinstance(self.editor, LineEditor) and value != self.editor.field.kind.empty:
            meant = self.editor.field.kind.write(value)
            self._say(f"＝ {meant}" if meant != self.editor.line.text().strip() else "", "secondary")
        else:
            self._say("", "secondary")

    def demand(self) -> None:
        """Say that it must not be empty."""
        self._say(f"请填写{self.editor.field.label}。", "wrong")

    def _say(self, text: str, role: str, settle: bool = False) -> None:
        self._note.setText(text)
        theme.restyle(self._note, "role", role)
        self._note.setVisible(bool(text))
        self._settle.setVisible(settle)


def _reason(field: Field, text: str) -> str:
    try:
        field.kind.read(text)
    except NotUnderstood as error:
        return str(error)
    return "请再看一眼"
