"""Conflicts side by side: the laptop's value at the left, the office's at the right, chosen with ← and →."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem, QWidget

from zhaoshang_desktop.actions.homecoming_words import Conflict
from zhaoshang_desktop.domain.homecoming import Choice
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.packs.whole import alike
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import ShortTable, dress_rows

RECORD, FIELD, PACK, OFFICE = range(4)
_COLUMN = {PACK: "pack", OFFICE: "office"}
_ROW_PX = 46
_SHOWN, _BEFORE = 120, 6
"""Characters of a text that are shown, so many of them before the first that differs."""


class SidesTable(ShortTable):
    """`chosen` carries the row and the side, "pack" or "office"."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("children")
        dress_rows(self, "冲突")
        self.setHorizontalHeaderLabels(["记录", "字段", "← 包里的", "办公室的 →"])
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FIELD, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(FIELD, 110)
        self._conflicts: list[Conflict] = []
        self.cellClicked.connect(self._clicked)

    def show_conflicts(self, conflicts: Sequence[Conflict], choices: Mapping[Choice, str]) -> None:
        """All of them, with what is chosen already."""
        self._conflicts = list(conflicts)
        self.setRowCount(len(conflicts))
        for row, conflict in enumerate(conflicts):
            for column, text in (
                (RECORD, f"{conflict.record}\n{conflict.kind}"),
                (FIELD, conflict.label),
                (PACK, _told(conflict, "pack")),
                (OFFICE, _told(conflict, "office")),
            ):
                item = QTableWidgetItem(text)
                full = (conflict.pack, conflict.office)[column - PACK].text if column >= PACK else text
                item.setToolTip(hover(full))
                self.setItem(row, column, item)
        self.show_choices(choices)
        self.fit()
        if conflicts:
            self.setCurrentCell(self._open_after(-1, choices), PACK)

    def show_choices(self, choices: Mapping[Choice, str]) -> None:
        """Marks what is chosen: a tick, bold and a tint."""
        for row, conflict in enumerate(self._conflicts):
            for column, side in _COLUMN.items():
                item = self.item(row, column)
                if item is None:
                    continue
                is_chosen = choices.get(conflict.choice) == side
                told = _told(conflict, side)
                item.setText(f"✓ {told}" if is_chosen else told)
                item.setForeground(QBrush(theme.colour("green" if is_chosen else "text")))
                font = item.font()
                font.setBold(is_chosen)
                item.setFont(font)
        self._choices = dict(choices)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = {Qt.Key.Key_Left: "pack", Qt.Key.Key_Right: "office"}.get(Qt.Key(event.key()))
        row = self.currentRow()
        if side is None or row < 0:
            super().keyPressEvent(event)
            return
        self.chosen.emit(row, side)
        self.setCurrentCell(self._open_after(row, self._choices), PACK)

    def _clicked(self, row: int, column: int) -> None:
        if column in _COLUMN:
            self.chosen.emit(row, _COLUMN[column])

    def _open_after(self, row: int, choices: Mapping[Choice, str]) -> int:
        """The next that nobody has chosen; the next at all when all are chosen."""
        order = [*range(row + 1, len(self._conflicts)), *range(max(row, 0))]
        left = [other for other in order if self._conflicts[other].choice not in choices]
        return left[0] if left else min(row + 1, len(self._conflicts) - 1)


def _told(conflict: Conflict, side: str) -> str:
    """One line of the text, from just before where it differs from the other side's, and one of who and when."""
    here, there = (conflict.pack, conflict.office) if side == "pack" else (conflict.office, conflict.pack)
    text = " ".join(here.text.split())
    same = alike(text, " ".join(there.text.split()))
    start = same - _BEFORE if same > 2 * _BEFORE else 0
    shown = text[start : start + _SHOWN]
    cut = f"{'…' if start else ''}{shown}{'…' if start + _SHOWN < len(text) else ''}"
    return f"{cut}\n{here.when}" if here.when else cut
