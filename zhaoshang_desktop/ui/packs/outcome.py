"""What a homecoming has done, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhaoshang_desktop.ui.pieces import button, label

MERGED, TAKEN_BACK = "已并入办公室", "已撤销"
OUT_AGAIN = "办公室回到了带回之前，这个包又算在外，可以再带回。"


class OutcomePane(QWidget):
    """In words, until it is taken back; `undo` is what the button does."""

    def __init__(self, undo: Callable[[], None]) -> None:
        super().__init__()
        self._told, self._can_undo = "", False
        self.title, self.result = label(MERGED, "title", wraps=False), label("", "value")
        self.take_back = button("撤销这次带回", "", undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.result)
        column.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_merged(self, told: str, *, can_undo: bool) -> None:
        """It is done."""
        self._told, self._can_undo = told, can_undo
        self.show_whether_undone(False)

    def show_whether_undone(self, undone: bool) -> None:
        """It may be taken back, and done again, from elsewhere as well."""
        self.title.setText(TAKEN_BACK if undone else MERGED)
        self.result.setText(OUT_AGAIN if undone else self._told)
        self.take_back.setVisible(self._can_undo and not undone)
