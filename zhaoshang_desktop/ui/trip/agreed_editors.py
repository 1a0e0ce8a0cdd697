"""What is agreed with a host, edited in a cell: one hour, or the times they named."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from zhaoshang_desktop.domain.day import read_hour, write_hour
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.ui.trip.sight import Sight, short_day

Slot = tuple[date, int] | None


class SlotEditor(QWidget):
    """A day of the trip and an hour; without a day nothing is agreed."""

    def __init__(self, sight: Sight, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.days = QComboBox(self)
        self.days.addItem("没有约", None)
        for day in sight.days:
            off = "" if sight.calendar.is_workday(day) else " 休"
            self.days.addItem(short_day(day) + off, day)
        self.hour = QLineEdit(self)
        self.hour.setPlaceholderText("9:30")
        self.hour.setFixedWidth(58)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.days, 1)
        row.addWidget(self.hour)
        self.setFocusProxy(self.days)
        self.setMinimumWidth(190)

    def put(self, slot: Slot) -> None:
        dates = [self.days.itemData(row) for row in range(self.days.count())]
        self.days.setCurrentIndex(dates.index(slot[0]) if slot and slot[0] in dates else 0)
        self.hour.setText(write_hour(slot[1]) if slot else "")

    def take(self) -> Slot:
        day = self.days.currentData()
        try:
            start = read_hour(self.hour.text().strip() or "9:00")
        except NotUnderstood:
            return None
        return (day, start) if day else None


class TimesEditor(QLineEdit):
    """When the host can be met, typed as it is said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("周二上午；周三 14:00–16:00")
        self.setMinimumWidth(220)
