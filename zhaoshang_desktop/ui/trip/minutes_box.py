"""How long a meeting takes: the usual lengths to choose from, any other to be typed."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QComboBox, QWidget

from zhaoshang_desktop.domain.numeral import read_numeral

USUAL = (30, 45, 60, 90, 120, 150, 180)
LEAST, MOST = 5, 24 * 60
UNIT = " 分钟"
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
_HOURS = re.compile(r"(\d+(?:\.\d+)?)(?:个)?(半)?小时(半)?(?:(\d+)分?)?")


class MinutesBox(QComboBox):
    """`minutes` is what stands there (90, 1.5小时, 一个半小时); nonsense counts as what was shown before.

    `wrong` says why a length cannot be meant, "" when it can.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([f"{minutes}{UNIT}" for minutes in USUAL])
        self._shown = USUAL[3]

    @property
    def minutes(self) -> int:
        found = read_minutes(self.currentText())
        return self._shown if found is None else found

    @property
    def wrong(self) -> str:
        return wrong_length(self.minutes)

    def put(self, minutes: int) -> None:
        """Show a length."""
        self._shown = minutes
        self.setEditText(f"{minutes}{UNIT}")
        line = self.lineEdit()
        if line is not None:
            line.selectAll()


def read_minutes(text: str) -> int | None:
    """90, 90 分钟, 1.5小时, 一个半小时, 2小时15分, 2:30; None when no length is told."""
    text = re.sub(r"[一二两三四五六七八九十]+", lambda found: str(read_numeral(found[0])), text).replace(" ", "")
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    hours = _HOURS.search(text)
    if hours:
        half = 30 if hours[2] or hours[3] else 0
        return round(float(hours[1]) * 60) + half + int(hours[4] or 0)
    found = re.search(r"\d+", text)
    return int(found[0]) if found else None


def wrong_length(minutes: int) -> str:
    """Why a meeting cannot take so long."""
    if minutes < LEAST:
        return f"时长至少 {LEAST} 分钟"
    return "时长不能超过 24 小时" if minutes > MOST else ""
