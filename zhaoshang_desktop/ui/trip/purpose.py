"""目的: what the trip is for, when, from where, on what money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.trip_book import LONGEST_DAYS
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.fields import Fields, fill
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.forms.trip_purpose import Ui_TripPurpose
from zhaoshang_desktop.ui.trip.days_strip import DaysStrip
from zhaoshang_desktop.ui.trip.sight import Sight, short_day
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

FIELDS = ("name", "kind", "chain", "purpose", "start", "end", "base", "fund_limit", "approval", "note")
NEEDED = {"name": "名称", "purpose": "目的", "start": "出发日期", "end": "返回日期", "base": "出发地"}
WIDEST = 760


class PurposeStep(Step):
    """Every field is stored when it is left."""

    KEY = "purpose"
    TITLE = "目的"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        body = QWidget()
        body.setMaximumWidth(WIDEST)
        self.ui = Ui_TripPurpose()
        self.ui.setupUi(body)
        for label in body.findChildren(QLabel):
            label.setProperty("role", "label")
            self.ui.lines.setAlignment(label, Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, 5, 0, 0)
        self.ui.lines.setColumnStretch(1, 1)
        self.ui.lines.setColumnStretch(3, 1)
        self.ui.lines.setRowStretch(8, 1)
        self.fields = Fields(desk, Trip, {name: getattr(self.ui, name) for name in FIELDS}, self)
        self.fields.left.connect(self._store)
        self.days = DaysStrip()
        self.said = QLabel()
        self.said.setWordWrap(True)
        column = QVBoxLayout(self.ui.days)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.days)
        column.addWidget(self.said)
        fill(self, body)
        self.setFocusProxy(self.fields["name"])
        desk.ask((self, "chains"), _chains, self._offer_chains)

    def put(self, sight: Sight) -> None:
        super().put(sight)
        self.fields.put(sight.book.trip)
        self.days.put(sight.days, sight.calendar)
        text, role = self._days_words(sight)
        self.said.setText(text)
        theme.restyle(self.said, "role", role)

    def arrive(self) -> None:
        self.fields.enter("name")

    def keep(self) -> None:
        self.fields.keep()

    def status(self) -> str:
        if self.sight is None:
            return ""
        missing = [label for name, label in NEEDED.items() if not getattr(self.sight.book.trip, name)]
        return f"还缺：{'、'.join(missing)}" if missing else ""

    @staticmethod
    def mark(sight: Sight) -> Mark:
        filled = all(getattr(sight.book.trip, name) for name in NEEDED) and sight.days
        return Mark("done" if filled else "open")

    def _store(self, taken: dict[str, Any]) -> None:
        if self.sight is not None:
            self.hand.edit(self.sight.book.trip, taken)

    def _days_words(self, sight: Sight) -> tuple[str, str]:
        days, calendar, trip = sight.days, sight.calendar, sight.book.trip
        if not days:
            if not trip.start or not trip.end:
                return "请填日期。", "secondary"
            if trip.end < trip.start:
                return "返回日期早于出发日期，请改一下。", "wrong"
            return f"一次外出最多 {LONGEST_DAYS} 天，请改日期，或分成几次。", "wrong"
        worked = [day for day in days if calendar.is_workday(day)]
        off = [day for day in days if not calendar.is_workday(day)]
        words = f"共 {len(days)} 天，其中工作日 {len(worked)} 天。"
        if off:
            words += f"{'、'.join(short_day(day) for day in off[:6])}不上班，不安排会见，可以赶路。"
        caution = calendar.caution(days[0], days[-1])
        return (words + caution, "weak") if caution or not worked else (words, "secondary")

    def _offer_chains(self, chains: list[str]) -> None:
        line = self.fields["chain"].editor.focusProxy()
        if isinstance(line, QLineEdit):
            completer = QCompleter(chains, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)


def _chains(office: Office) -> list[str]:
    """The chains that the office's investors are on, the most frequent first."""
    counts: dict[str, int] = {}
    for _, chain in office.columns(Investor, "chain"):
        if chain:
            counts[chain] = counts.get(chain, 0) + 1
    return sorted(counts, key=lambda chain: -counts[chain])
