"""The days of a trip side by side: weekday, date, and what is not as its weekday says."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.painting import smaller
from zhaoshang_desktop.ui.trip.sight import weekday

CELL, HEIGHT, MOST = 76, 52, 31


class DaysStrip(QWidget):
    """Workdays on white, days off shaded; a holiday or a weekend worked says its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: list[date] = []
        self._calendar = Calendar({})
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, days: list[date], calendar: Calendar) -> None:
        """Show these days."""
        self._days, self._calendar = days[:MOST], calendar
        self.setAccessibleName("、".join(f"{day:%m-%d}{weekday(day)}{calendar.name(day)}" for day in self._days))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(CELL * 7, HEIGHT * self._lines() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(CELL * 3, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = max(1, self.width() // CELL)
        for number, day in enumerate(self._days):
            box = QRectF(number % each * CELL + 0.5, number // each * HEIGHT + 0.5, CELL - 5, HEIGHT - 5)
            self._paint_day(painter, box, day)

    def _paint_day(self, painter: QPainter, box: QRectF, day: date) -> None:
        worked, name = self._calendar.is_workday(day), self._calendar.name(day)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("paper" if worked else "pane"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(smaller(self.font(), 1))
        painter.setPen(theme.colour("text" if worked else "secondary"))
        painter.drawText(box.adjusted(8, 5, -4, -22), Qt.AlignmentFlag.AlignVCenter, f"{weekday(day)} {day.day} 日")
        word, meaning = ("工作日", "faint") if worked else ("休息", "secondary")
        if name:
            word, meaning = (name, "amber") if worked else (f"休 · {name}", "red")
        painter.setPen(theme.colour(meaning))
        painter.setFont(smaller(self.font(), 2))
        painter.drawText(box.adjusted(8, 22, -4, -4), Qt.AlignmentFlag.AlignVCenter, word)

    def _lines(self) -> int:
        each = max(1, self.width() // CELL) if self.width() > CELL else 7
        return max(1, -(-len(self._days) // each))
