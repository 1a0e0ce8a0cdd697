"""工作台: what waits, and the three things one comes to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.day import WEEKDAYS
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.library.overview import due_words
from zhaoshang_desktop.ui.library.values import relative_day
from zhaoshang_desktop.ui.library.views import SOON_DAYS
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import hover

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SHOWN = 8


@dataclass(frozen=True)
class Waiting:
    """What the page shows: each list with how many there are in all."""

    late: tuple[Sequence[Record], int]
    soon: tuple[Sequence[Record], int]
    leads: tuple[Sequence[Record], int]
    trips: tuple[Sequence[Record], int]


def waiting(today: date, until: date) -> Callable[[Office], Waiting]:
    """The question what waits."""
    late = Query(Investor, where=(Where("next_due", "<", today),), order=("next_due",))
    due = (Where("next_due", ">=", today), Where("next_due", "<=", until))
    soon = Query(Investor, where=due, order=("next_due",))
    leads = Query(Lead, where=(Where("state", "=", "待核实"),), order=("-day",))
    trips = Query(Trip, order=("-start",))

    def some(office: Office, query: Query) -> tuple[Sequence[Record], int]:
        return office.rows(query.record, office.first_ids(query, SHOWN)), office.count(query)

    def question(office: Office) -> Waiting:
        return Waiting(*(some(office, query) for query in (late, soon, leads, trips)))

    return question


@dataclass(frozen=True)
class Card:
    """One list of the page; `goal` is the page, and its view, that shows all of it."""

    title: str
    nothing: str
    goal: str


class Workbench(Page):
    """Cards of what waits; every line leads to its record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._showing: Waiting | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"reload": self._ask}

    def office_resumed(self) -> None:
        self._ask()

    def office_opened(self) -> None:
        self._ask()

    def arrive(self) -> None:
        if self.desk.is_open:
            self._ask()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches("investor", "lead", "trip", "visit"):
            self._ask()

    def status(self) -> str:
        if self._showing is None:
            return ""
        return f"逾期 {self._showing.late[1]} 件　待核实 {self._showing.leads[1]} 条"

    def _ask(self) -> None:
        today = self.desk.today()
        self.desk.ask((self, "waiting"), waiting(today, today + timedelta(days=SOON_DAYS)), self._show)

    def _show(self, found: Waiting) -> None:
        self._showing = found
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addLayout(self._head())
        grid = QGridLayout()
        grid.setSpacing(12)
        soon = f"{SOON_DAYS} 天内"
        cards = (
            (Card("下一步已逾期", "没有逾期的事。", "investors late"), found.late, self._step_line),
            (Card(f"{soon}要办", f"{soon}没有到期的事。", "investors soon"), found.soon, self._step_line),
            (Card("待核实的信息", "信息都核实过了。", "leads waiting"), found.leads, self._lead_line),
            (Card("最近的外出", "还没有外出。", "trips"), found.trips, self._trip_line),
        )
        for number, (card, part, line) in enumerate(cards):
            grid.addWidget(self._card(card, part, line), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self.status_changed.emit(self.status())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        today = self.desk.today()
        title = QLabel(f"{today.month} 月 {today.day} 日　星期{WEEKDAYS[today.weekday()]}")
        title.setProperty("role", "title")
        row.addWidget(title)
        row.addStretch(1)
        commands = [("office.open", "打开办公室…", True)]
        commands.append(("importing", "导入表格", pages.entry("importing").works))
        commands.append(("trip.new", "新建外出", pages.entry("trips").works))
        for name, text, works in commands:
            if works:
                button = QPushButton(text)
                button.setObjectName(name)
                button.clicked.connect(self._call)
                row.addWidget(button)
                last = button
        last.setProperty("kind", "primary")
        return row

    def _card(self, card: Card, part: tuple[Sequence[Record], int], line: Callable[[Any], tuple[str, str]]) -> QWidget:
        rows, count = part
        frame = QFrame()
        frame.setObjectName("card")
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        head = QPushButton(f"{card.title}　{count}" if count else card.title)
        head.setProperty("kind", "head")
        head.setProperty("goal", card.goal.split())
        head.setEnabled(bool(count))
        head.clicked.connect(self._go_list)
        grid.addWidget(head, 0, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for number, record in enumerate(rows, start=1):
            text, second = line(record)
            button = _Line(text)
            button.setToolTip(hover(text))
            button.setProperty("goal", [record.NOUN, str(record.id)])
            button.clicked.connect(self._go)
            note = QLabel(second)
            note.setProperty("role", "wrong" if "逾期" in second else "secondary")
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(note, number, 1, Qt.AlignmentFlag.AlignRight)
        if not rows:
            empty = QLabel(card.nothing)
            empty.setProperty("role", "secondary")
            grid.addWidget(empty, 1, 0)
        return frame

    def texts(self) -> list[str]:
        """What the cards say, headings and lines."""
        return [button.text() for button in self.findChildren(QPushButton)]

    def follow(self, text: str) -> None:
        """Press the heading or line of these words."""
        next(button for button in self.findChildren(QPushButton) if button.text() == text).click()

    def _step_line(self, investor: Any) -> tuple[str, str]:
        return f"{investor.name}　{investor.next_step}", due_words(investor.next_due, self.desk.today())

    def _lead_line(self, lead: Any) -> tuple[str, str]:
        return lead.subject, relative_day(lead.day, self.desk.today()) if lead.day else ""

    def _trip_line(self, trip: Any) -> tuple[str, str]:
        days = f"{trip.start:%m-%d} — {trip.end:%m-%d}" if trip.start and trip.end else ""
        return trip.name, " · ".join(part for part in (days, trip.state_on(self.desk.today())) if part)

    def _go(self) -> None:
        noun, key = self.sender().property("goal")
        self.desk.show(RECORDS[noun], int(key))

    def _go_list(self) -> None:
        goal = self.sender().property("goal")
        self.desk.listed.emit(goal[0], goal[1] if len(goal) > 1 else "")

    def _call(self) -> None:
        self.desk.called.emit(self.sender().objectName())


class _Line(QPushButton):
    """A line that leads somewhere; its end is cut with … when there is no room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "line")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        cut: Any = option  # Qt's stubs leave the fields out
        cut.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 4)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
