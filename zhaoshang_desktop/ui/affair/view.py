"""One affair: its steps at the left, the step in front at the right; everything is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.affair.head import AffairHead
from zhaoshang_desktop.ui.affair.step import Affair, AffairStep, Mark, S
from zhaoshang_desktop.ui.affair.steps_strip import StepsStrip
from zhaoshang_desktop.ui.commands import READS
from zhaoshang_desktop.ui.look_only import open_to

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SHOWN_AFTER_MS = 150
"""An affair that comes sooner is just there."""
AHEAD_MS = 400


class AffairView(QWidget, Generic[S]):
    """`closed` asks for the list, `gone` too, with the name of what is there no more; `told` when what the status bar
    says has changed. A room says what its affairs are, by which steps, and how one is asked for."""

    RECORD: type[Record]
    STEPS: tuple[type[AffairStep[Any]], ...]
    STATES: tuple[str, ...]
    NOUNS: tuple[str, ...]
    """Whose changes can be seen on an affair."""

    closed = Signal()
    gone = Signal(str)
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = 0
        self.sight: S | None = None
        self._stored: S | None = None
        self._unsent = 0
        self._made: dict[int, AffairStep[S]] = {}
        self._number = 0
        self._wanted = ""
        self.strip = StepsStrip([step.TITLE for step in self.STEPS], self)
        self.head = AffairHead(self)
        self._opening = QLabel(f"正在打开这次{RECORD_TITLES[self.RECORD.NOUN]}…", self)
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._opening.setProperty("role", "secondary")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._opening)
        self._slow = self._timer(SHOWN_AFTER_MS, self._show_opening)
        self._ahead = self._timer(AHEAD_MS, self._make_ahead)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addWidget(self.head)
        self.column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addLayout(self.column, 1)
        self.strip.chosen.connect(self._go_to)
        self.head.left.connect(self._close)
        self.head.led_on.connect(self.go_on)
        self.head.called.connect(desk.called)
        self.head.stated.connect(self._state)
        desk.rights_changed.connect(self.refresh)
        desk.waiting.connect(self._show_unsent)

    def question(self, key: int) -> Callable[[Office], S]:
        """How to ask for everything about an affair."""
        raise NotImplementedError

    def make(self, number: int) -> AffairStep[S]:
        """That step, when it is first needed."""
        return self.STEPS[number](self.desk, self)

    def put(self, sight: S) -> None:
        """The affair has come, or come anew: what stands beside the steps shows it."""

    def beside(self, sight: S) -> str:
        """What the head says beside the name."""
        start, end = sight.record.start, sight.record.end
        if not start or not end:
            return ""
        return f"{start:%m-%d}" if start == end else f"{start:%m-%d} — {end:%m-%d}"

    def first_open(self, sight: S) -> int:
        """Where the work goes on, when nobody says at which step."""
        return 0

    def set_state(self, sight: S, state: str) -> None:
        """Where the affair stands."""
        raise NotImplementedError

    @property
    def opening(self) -> bool:
        """Whether it says that the affair is on its way."""
        return self._stack.currentWidget() is self._opening

    def ready(self) -> list[str]:
        """The keys of the steps that are made."""
        return [self.STEPS[number].KEY for number in self._made]

    @property
    def step(self) -> AffairStep[S]:
        """The step in front."""
        return self._step(self._number)

    def show_affair(self, key: int, step: str = "") -> None:
        """Show an affair, at a step or where the work goes on."""
        self.keep()
        self.key, self.sight = key, None
        self._wanted = step
        self._slow.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the affair as it is now."""
        if self.key and self.desk.is_open:
            asked = _if_there(self.RECORD, self.key, self.question(self.key))
            self.desk.ask((self, "sight"), asked, self._arrive)

    def touched_by(self, changes: Changes) -> bool:
        """Whether these changes can be seen here."""
        return bool(self.key) and changes.touches(*self.NOUNS)

    def go(self, key: str) -> None:
        """Bring a step to the front."""
        self._go_to(self.number_of(key))

    def go_on(self) -> None:
        """The next step."""
        self._go_to(min(self._number + 1, len(self.STEPS) - 1))

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
        if self.sight is None:
            return {"reload": self.refresh}
        own = dict(self.step.handlers())
        return {"reload": self.refresh, "record.save": self._save, "record.next": self.go_on} | own

    def status(self) -> str:
        return self.step.status() if self.sight is not None else ""

    def back(self) -> bool:
        """Esc inside the step, else back to the list."""
        if self.sight is None or not self.step.back():
            self._close()
        return True

    def _timer(self, after: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(call)
        return timer

    def _show_opening(self) -> None:
        """What is long on its way says so, instead of showing the one before or nothing."""
        if self.sight is None:
            self.head.clear()
            self.strip.put([Mark()] * len(self.STEPS))
            self._stack.setCurrentWidget(self._opening)

    def _arrive(self, found: S | None) -> None:
        if found is None:
            name = self.sight.record.name if self.sight is not None else ""
            self.key, self.sight, self._stored = 0, None, None
            self.gone.emit(name)
            return
        if found.key != self.key:
            return
        first = self.sight is None
        self._stored = found
        self.sight = self.desk.as_will_be(found)
        self.put(found)
        if first:
            self._bring(self.number_of(self._wanted) if self._wanted else self.first_open(found))
        self._show()
        if first:
            self.step.arrive()
            self._ahead.start()

    def _show(self) -> None:
        if self.sight is None:
            return
        record, may_write = self.sight.record, self.desk.may_write
        self.head.put(record.name, self.beside(self.sight), self._states(record), may_write)
        self.strip.put([step.mark(self.sight) for step in self.STEPS])
        self.strip.go(self._number)
        self.step.put(self.sight)
        open_to(self.step, may_write)
        self._tell()

    def _show_unsent(self, count: int) -> None:
        """The server is out of reach: what has been changed is shown as it will be. What has gone is read again."""
        more, self._unsent = count > self._unsent, count
        if more and self._stored is not None and self.sight is not None:
            self.sight = self.desk.as_will_be(self._stored)
            self._show()
        elif self.sight is not None:
            self.refresh()

    def _go_to(self, number: int) -> None:
        if self.sight is None:
            self._wanted = self.STEPS[number].KEY  # it is still on its way; this is where it will open
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

    def _step(self, number: int) -> AffairStep[S]:
        """That step, made when it is first looked at."""
        if number not in self._made:
            step = self.make(number)
            self._made[number] = step
            self._stack.addWidget(step)
            step.told.connect(self._tell)
            step.wanted.connect(self.go)
        return self._made[number]

    def number_of(self, key: str) -> int:
        return [step.KEY for step in self.STEPS].index(key)

    def _make_ahead(self) -> None:
        """One more step while nobody is waiting for it, so that it is there when it is looked at."""
        number = next((number for number in range(len(self.STEPS)) if number not in self._made), None)
        if number is not None and self.isVisible():
            self._step(number)
            self._ahead.start()

    def _tell(self) -> None:
        if self.sight is None:
            return
        allowed = (one for one in self.step.buttons() if self.desk.may_write or one[1] in READS - {"reload"})
        following = [step.TITLE for step in self.STEPS[self._number + 1 : self._number + 2]]
        self.head.offer(tuple(allowed), "".join(following))
        self.told.emit()

    def _save(self) -> None:
        self.keep()
        self.desk.say("已保存。每次修改都会自动保存。")

    def _states(self, record: Affair) -> list[str]:
        """Where it stands today, then where else it could: what the calendar would gainsay is not among them."""
        today = self.desk.today()
        now, stated = record.state_on(today), copy(record)
        others = []
        for state in self.STATES:
            stated.state = state
            if state != now and stated.state_on(today) == state:
                others.append(state)
        return [now, *others]

    def _state(self, state: str) -> None:
        if self.sight is not None:
            self.set_state(self.sight, state)

    def _close(self) -> None:
        self.keep()
        self.closed.emit()


def _if_there(record: type[Record], key: int, question: Callable[[Office], S]) -> Callable[[Office], S | None]:
    """The question, with None for an affair that is gone or in the recycle bin."""

    def asked(office: Office) -> S | None:
        found = office.rows(record, [key])
        return question(office) if found and not found[0].removed else None

    return asked
