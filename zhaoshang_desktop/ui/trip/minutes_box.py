"""How long a meeting takes: the usual lengths to choose from, any other to be typed."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QComboBox, QWidget

USUAL = (30, 45, 60, 90, 120, 150, 180)
LEAST, MOST = 5, 600
UNIT = " 分钟"


class MinutesBox(QComboBox):
    """`minutes` is what stands there; nonsense counts as what was shown before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([f"{minutes}{UNIT}" for minutes in USUAL])
        self._shown = USUAL[3]

    @property
    def minutes(self) -> int:
        found = re.search(r"\d+", self.currentText())
        return min(max(LEAST, int(found[0])), MOST) if found else self._shown

    def put(self, minutes: int) -> None:
        """Show a length."""
        self._shown = minutes
        self.setEditText(f"{minutes}{UNIT}")
        line = self.lineEdit()
        if line is not None:
            line.selectAll()
