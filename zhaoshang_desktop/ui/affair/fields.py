"""Fields of one record on a drawn form, each stored by itself as soon as it is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.library.editor import Editor
from zhaoshang_desktop.ui.library.editors import ChoiceEditor, NoteEditor, editor_for
from zhaoshang_desktop.ui.library.explained import Explained

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.ui.desk import Desk

PAUSE_MS = 1500
"""A text is stored when the typing pauses this long, and at once when its field is left."""


def fill(step: QWidget, form: QWidget) -> None:
    """The form has the whole step, and is scrolled where it has no room."""
    scroll = QScrollArea(step)
    scroll.setWidgetResizable(True)
    scroll.setWidget(form)
    whole = QVBoxLayout(step)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll)


class Fields(QObject):
    """Editors put into the widgets of a form that are named after the fields.

    `left` carries {field: value} (and `raw`) whenever something is to be stored.
    """

    left = Signal(object)

    def __init__(self, desk: Desk, record: type[Record], places: Mapping[str, QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._record: Record | None = None
        self._parts: dict[str, Explained] = {}
        for name, place in places.items():
            editor = editor_for(field_of(record, name), desk, place)
            self._parts[name] = part = Explained(editor)
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(part)
            self._watch(editor)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)

    def __getitem__(self, name: str) -> Explained:
        return self._parts[name]

    def enter(self, name: str) -> None:
        """The cursor goes into that field, over all that stands in it."""
        line = self[name].editor.focusProxy()
        if isinstance(line, QLineEdit):
            line.setFocus()
            line.selectAll()

    @property
    def touched(self) -> bool:
        """Whether something has been typed that was not yet sent."""
        return any(part.touched for part in self._parts.values())

    def put(self, record: Record) -> None:
        """Show a record; what is being typed into the same one stays."""
        same = self._record is not None and self._record.id == record.id
        self._record = record
        for name, part in self._parts.items():
            if not (same and part.touched):
                part.put(getattr(record, name), record.raw.get(name, ""))

    def take(self) -> dict[str, Any]:
        """What stands in the fields that were touched."""
        taken: dict[str, Any] = {}
        raw: dict[str, str] = {}
        for name, part in self._parts.items():
            if part.touched:
                taken[name], raw[name] = part.take()
        known = self._record.raw if self._record else {}
        if any(text != known.get(name, "") for name, text in raw.items()):
            taken["raw"] = raw
        return taken

    def settle(self) -> None:
        """What was typed has been taken."""
        self._pause.stop()
        for part in self._parts.values():
            part.editor.touched = part.settled = False

    def keep(self) -> None:
        """Store whatever has been typed."""
        self._pause.stop()
        if self._record is not None and self.touched:
            taken = self.take()
            self.settle()
            self.left.emit(taken)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusOut:
            self.keep()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._give_way(watched, event)
        elif (
            kind == QEvent.Type.KeyPress
            and isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.keep()
        return False

    def _give_way(self, watched: QObject, event: QKeyEvent) -> bool:
        """A field in which nothing was typed leaves Ctrl+Z to the office."""
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        empty = (isinstance(watched, QLineEdit) and not watched.isUndoAvailable()) or (
            isinstance(watched, QPlainTextEdit) and not watched.document().isUndoAvailable()
        )
        if empty:
            event.ignore()
        return empty

    def _watch(self, editor: Editor) -> None:
        inner = editor.focusProxy()
        (inner or editor).installEventFilter(self)
        if isinstance(editor, ChoiceEditor):
            editor.edited.connect(self.keep)
        elif isinstance(editor, NoteEditor):
            editor.edited.connect(self._typed)

    def _typed(self) -> None:
        self._pause.start()

    def _paused(self) -> None:
        self.keep()
