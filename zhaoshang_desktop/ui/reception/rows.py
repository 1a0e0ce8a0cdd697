"""A table of rows that belong to a reception, edited like a sheet: type, Tab, copy, paste, undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.actions.reception import Pasted, paste_rows
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.library.child_dialog import ChildDialog
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.relations import Relation

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk


WIDTHS = {
    "name": 90,
    "unit": 190,
    "duty": 140,
    "what": 260,
    "place": 160,
    "item": 180,
    "basis": 300,
    "model": 110,
    "start": 60,
    "end": 60,
}
"""Columns that are not as wide as others of their kind."""


class Rows(ChildTable):
    """`names` are the columns that are shown, all when none is named; `begun` is what a new row begins with; `omit`
    are fields that go without saying.

    Several copied rows become new ones, so that nothing that stands there is written over; one copied cell goes into
    the cell under the cursor.
    """

    def __init__(
        self, desk: Desk, noun: str, title: str, parent: QWidget, *, names: Sequence[str] = (), tall: bool = True
    ) -> None:
        self.begun: dict[str, Any] = {}
        self.omit: tuple[str, ...] = ()
        super().__init__(desk, Reception, Relation(noun, "reception", title), parent, tall=tall)
        for number, column in enumerate(self.model.columns):
            self.view.setColumnHidden(number, bool(names) and column.name not in names)
            if column.name in WIDTHS:
                self.view.setColumnWidth(number, WIDTHS[column.name])
        self.view.installEventFilter(self)
        self.view.setAccessibleName(title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste()
                return True
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
        return super().eventFilter(watched, event)

    def open_whole(self) -> None:
        """All fields of the current row but those that go without saying: nobody books a cost to the other kind."""
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            dialog = ChildDialog(self._desk, self.model.seen(row)[0], ("reception", *self.omit), self)
            dialog.filled.connect(self._filled)
            dialog.open()

    def copy(self) -> None:
        """The selected cells to the clipboard, as Excel takes them."""
        chosen = sorted((index.row(), index.column()) for index in self.view.selectionModel().selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in chosen:
            rows.setdefault(row, []).append(str(self.model.index(row, column).data() or ""))
        if rows:
            QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))

    def paste(self) -> None:
        """What is in the clipboard: rows as new rows, a single cell into the cell under the cursor."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._desk.say("剪贴板里没有文字。先在 Excel 里选中几行复制。")
        elif "\t" in text or "\n" in text.rstrip("\r\n"):
            shown = [c.name for n, c in enumerate(self.model.columns) if not self.view.isColumnHidden(n)]
            self._desk.run(paste_rows, self.model.record, self._begun(), shown, text, on_done=self._pasted)
        else:
            self._paste_cell(text.strip())

    def _paste_cell(self, text: str) -> None:
        index = self.view.currentIndex()
        if not index.isValid() or index.row() >= len(self.model.rows):
            self._desk.say("先选中一个格子。")
            return
        record, name = self.model.rows[index.row()], self.model.columns[index.column()].name
        kind = field_of(self.model.record, name).kind
        try:
            self._edit(record, name, kind.read(text), "")
        except NotUnderstood:
            self._edit(record, name, kind.empty, text)

    def _pasted(self, done: Pasted) -> None:
        words = f"粘贴了 {done.added} 行。"
        if done.left_out:
            words += f"有 {done.left_out} 行{done.reason}，没有加进来。"
        self._desk.say(words, done.changes.batch)

    def _begun(self) -> dict[str, Any]:
        return {**super()._begun(), **self.begun}
