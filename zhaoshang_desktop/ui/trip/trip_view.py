"""One trip: its steps at the left, the step in front at the right; everything is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.trip import TRIP_STATES
from zhaoshang_desktop.ui import icons
from zhaoshang_desktop.ui.commands import READS
from zhaoshang_desktop.ui.look_only import open_to
from zhaoshang_desktop.ui.trip.budget import BudgetStep
from zhaoshang_desktop.ui.trip.hand import Hand
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.material import MaterialStep
from zhaoshang_desktop.ui.trip.purpose import PurposeStep
from zhaoshang_desktop.ui.trip.report import ReportStep
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.settle import SettleStep
from zhaoshang_desktop.ui.trip.sight import Sight, sight
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.steps_strip import StepsStrip
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep
from zhaoshang_desktop.ui.trip.today import TodayStep

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk

STEPS: tuple[type[Step], ...] = (
    PurposeStep,
    TargetsStep,
    TeamsStep,
    ScheduleStep,
    BudgetStep,
    MaterialStep,
    TodayStep,
    LogStep,
    ReportStep,
    SettleStep,
)
ROOMY = 1000
SHOWN_AFTER_MS = 150
"""A trip that comes sooner is just there."""
AHEAD_MS = 400
NOUNS = (
    "trip",
    "team",
    "visit",
    "leg",
    "road",
    "budget_line",
    "expense",
    "investor",
    "contact",
    "member",
    "expert",
    "calendar_day",
    "absence",
)


class TripView(QWidget):
    """`closed` asks for the list of trips; `told` when what the status bar says has changed."""

    closed = Signal()
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = 0
        self.sight: Sight | None = None
        self.hand = Hand(desk)
        self._made: dict[int, Step] = {}
        self._number = 0
        self.strip = StepsStrip([step.TITLE for step in STEPS], self)
        self._wanted = ""
        self._stack = QStackedWidget(self)
        self._opening = QLabel("正在打开这次外出…", self)
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._opening.setProperty("role", "secondary")
        self._stack.addWidget(self._opening)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER_MS)
        self._slow.timeout.connect(self._show_opening)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._make_ahead)
        self._buttons: list[QPushButton] = []
        self.strip.chosen.connect(self._go_to)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head())
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addLayout(right, 1)

    @property
    def step(self) -> Step:
        """The step in front."""
        return self._step(self._number)

    def show_trip(self, key: int, step: str = "") -> None:
        """Show a trip, at a step or at the first that is not settled."""
        self.keep()
        self.key, self.sight = key, None
        self._wanted = step
        self._slow.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the trip as it is now."""
        if self.key and self.desk.is_open:
            self.desk.ask((self, "sight"), sight(self.key), self._arrive)

    def touched_by(self, changes: Changes) -> bool:
        """Whether these changes can be seen here."""
        return bool(self.key) and changes.touches(*NOUNS)

    def go(self, key: str) -> None:
        """Bring a step to the front."""
        self._go_to(_number_of(key))

    def go_on(self) -> None:
        """The next step."""
        self._go_to(min(self._number + 1, len(STEPS) - 1))

    def keep(self) -> None:
        """Store what has been typed."""
        if self._number in self._made:
            self.step.keep()

    def rest(self) -> None:
        """Keep what was typed and end what runs beside the window."""
        self.keep()
        for step in self._made.values():
            step.rest()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What the step in front can do, and what every step can."""
        return {"reload": self.refresh, "record.save": self._save, "record.next": self.go_on} | dict(
            self.step.handlers()
        )

    def status(self) -> str:
        return self.step.status()

    def back(self) -> bool:
        """Esc inside the step, else back to the list."""
        if not self.step.back():
            self._close()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._said.setVisible(self.width() >= ROOMY)

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("toolbar")
        head.setFixedHeight(44)
        back = QToolButton(head)
        back.setIcon(icons.icon("left", "secondary"))
        back.setAccessibleName("回到列表")
        back.setToolTip("回到列表（Esc）")
        back.clicked.connect(self._close)
        self._name, self._days = _Title(head), QLabel(head)
        self._name.setProperty("role", "heading")
        self._state = QPushButton(head)
        self._state.setProperty("kind", "chip")
        self._state.setToolTip("改变状态")
        self._state.clicked.connect(self._choose_state)
        self._said = QLabel("自动保存", head)
        self._said.setProperty("role", "secondary")
        self._next = QPushButton(head)
        self._next.setProperty("kind", "primary")
        self._next.clicked.connect(self.go_on)
        self._row = QHBoxLayout(head)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(8)
        for widget in (back, self._name, self._days, self._state, self._said):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._next)
        return head

    def _show_opening(self) -> None:
        """A trip that is long on its way says so, instead of showing the one before or nothing."""
        if self.sight is None:
            self._name.setText("")
            self._stack.setCurrentWidget(self._opening)

    def _arrive(self, found: Sight) -> None:
        if found.key != self.key:
            return
        first = self.sight is None
        self.sight = found
        self.hand.saw(found)
        if first:
            self._bring(self._first_open(found))
        self._show()
        if first:
            self.step.arrive()
            self._ahead.start()

    def _first_open(self, found: Sight) -> int:
        """Where the work goes on: under way at today's page, else at the first of the first four steps that is not
        settled, else at the days."""
        if self._wanted:
            return _number_of(self._wanted)
        if found.placed and self.desk.today() in found.days:
            return _number_of("today")
        marks = [step.mark(found).state for step in STEPS[:4]]
        return marks.index("open") if "open" in marks else 3

    def _show(self) -> None:
        if self.sight is None:
            return
        trip = self.sight.book.trip
        self._name.setText(trip.name)
        self._days.setText(f"{trip.start:%m-%d} — {trip.end:%m-%d}" if trip.start and trip.end else "")
        self._state.setText(f"{trip.state} ▾")
        self.strip.put([step.mark(self.sight) for step in STEPS])
        self.strip.go(self._number)
        self.step.put(self.sight)
        self._state.setEnabled(self.desk.may_write)
        self._said.setText("自动保存" if self.desk.may_write else "只能看")
        open_to(self.step, self.desk.may_write)
        self._tell()

    def _go_to(self, number: int) -> None:
        if self.sight is None:
            self._wanted = STEPS[number].KEY  # the trip is still on its way; this is where it will open
            self.strip.go(number)
            return
        if number != self._number:
            self.step.keep()
            self._bring(number)
        self._show()
        self.step.arrive()

    def _bring(self, number: int) -> None:
        self._number = number
        self._stack.setCurrentWidget(self._step(number))

    def _step(self, number: int) -> Step:
        """That step, made when it is first looked at."""
        if number not in self._made:
            step = STEPS[number](self.desk, self.hand, self)
            self._made[number] = step
            self._stack.addWidget(step)
            step.told.connect(self._tell)
            step.wanted.connect(self.go)
        return self._made[number]

    def _make_ahead(self) -> None:
        """One more step while nobody is waiting for it, so that it is there when it is looked at."""
        number = next((number for number in range(len(STEPS)) if number not in self._made), None)
        if number is not None and self.isVisible():
            self._step(number)
            self._ahead.start()

    def _tell(self) -> None:
        allowed = (one for one in self.step.buttons() if self.desk.may_write or one[1] in READS - {"reload"})
        self._put_buttons(tuple(allowed))
        following = STEPS[self._number + 1 : self._number + 2]
        self._next.setVisible(bool(following))
        for step in following:
            self._next.setText(f"下一步：{step.TITLE}")
        self.told.emit()

    def _put_buttons(self, wanted: tuple[tuple[str, str], ...]) -> None:
        """What the step in front offers, beside the way to the next."""
        if wanted == tuple((button.text(), button.objectName()) for button in self._buttons):
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for text, name in wanted:
            button = QPushButton(text, self._name.parentWidget())
            button.setObjectName(name)
            button.clicked.connect(self._press)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    def _press(self) -> None:
        handler = self.handlers().get(self.sender().objectName())
        if handler is not None:
            handler()

    def _save(self) -> None:
        self.keep()
        self.desk.say("已保存。每次修改都会自动保存。")

    def _choose_state(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state in TRIP_STATES:
            menu.addAction(state).setData(state)
        menu.triggered.connect(self._set_state)
        menu.popup(self._state.mapToGlobal(QPoint(0, self._state.height())))

    def _set_state(self, action: QAction) -> None:
        if self.sight is not None:
            self.hand.edit(self.sight.book.trip, {"state": action.data()})

    def _close(self) -> None:
        self.keep()
        self.closed.emit()


def _number_of(key: str) -> int:
    return [step.KEY for step in STEPS].index(key)


class _Title(QLabel):
    """A name whose end is cut with … when there is no room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, cut)
        self.setToolTip(self.text() if cut != self.text() else "")
