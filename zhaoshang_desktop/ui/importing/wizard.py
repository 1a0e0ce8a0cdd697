"""The import wizard: steps at the left, the thing itself at the right; a page, not a stack of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from zhaoshang_desktop.actions.import_plan import Fate
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.query import Where
from zhaoshang_desktop.ui.importing.busy import BusyBar
from zhaoshang_desktop.ui.importing.check import CheckStep
from zhaoshang_desktop.ui.importing.choose import ChooseStep, ErrorCard, dropped_files
from zhaoshang_desktop.ui.importing.duplicates import DuplicatesStep
from zhaoshang_desktop.ui.importing.outcome import OutcomeStep
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.importing.recognise import RecogniseStep
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import Step
from zhaoshang_desktop.ui.importing.step_list import StepList
from zhaoshang_desktop.ui.page import Page

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk

CHOOSE, RECOGNISE, CHECK, DUPLICATES, OUTCOME = range(5)
_MOST_LISTED = 10_000
_GOALS = {CHECK: "drafted", DUPLICATES: "planned", OUTCOME: "stored"}


class ImportWizard(Page):
    """Choose a file, see how it is understood, check, settle duplicates, store. Esc goes back, Enter goes on."""

    def __init__(self, desk: Desk, library: str = "investors", paths: Sequence[Path] = ()) -> None:
        super().__init__(desk)
        self.session = Session(desk, library, self)
        self.busy = BusyBar(self)
        self.choose = ChooseStep(self.session, self)
        self.recognise = RecogniseStep(self.session, self)
        self.check = CheckStep(self.session, self)
        self.duplicates = DuplicatesStep(self.session, self)
        self.outcome = OutcomeStep(self.session, self)
        self._steps: list[Step] = [self.choose, self.recognise, self.check, self.duplicates, self.outcome]
        self.steps = StepList([step.title for step in self._steps], self)
        self._going = CHOOSE
        self._furthest = CHOOSE
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_state()
        if paths:
            self.take(paths)

    @property
    def place(self) -> int:
        """Which step is in front."""
        return self._stack.currentIndex()

    @property
    def step(self) -> Step:
        """The step in front."""
        return self._steps[self.place]

    def take(self, chosen: Path | Sequence[Path]) -> None:
        """Import that file, or these files of cards, whatever was going on."""
        self._bring(CHOOSE)
        self.choose.take(chosen)

    def go(self, place: int) -> None:
        """Go to a step; what it needs is made first, while the present one stays in front."""
        if self.session.waiting in ("stored", "undone"):
            return
        if place <= self.place or (place == OUTCOME and self.session.result is not None):
            self._bring(place)
        elif self.step.obstacle:
            self.desk.say(self.step.obstacle)
        else:
            self._going = place
            if place in _GOALS:
                self.session.reach(_GOALS[place])
            self._arrive_if_ready()
        self._show_state()

    def go_on(self) -> None:
        """What the button of the step says; Enter does it too."""
        if self.place == OUTCOME:
            self._open_library()
        elif self.onward.isEnabled() and self.onward.isVisible():
            self.go(self.place + 1)

    def back(self) -> bool:
        if self.session.waiting:
            self._cancel()
        elif self.place == CHOOSE:
            self._close()
        else:
            self._bring(self.place - 1)
        return True

    def leave(self) -> bool:
        self.session.close()
        return True

    def refresh(self, changes: Changes) -> None:
        self.session.office_changed(changes)
        if self.session.plan is None and self.place == DUPLICATES and not self.session.waiting:
            self.session.reach("planned")

    def arrive(self) -> None:
        self.step.arrive()

    def status(self) -> str:
        return self.step.status()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton) and focus is not self.onward:
            focus.click()
        else:
            self.go_on()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (paths := dropped_files(event)) and self.session.waiting != "stored":
            self.take(paths)

    def _build(self) -> None:
        self.question = QLabel(self)
        self.question.setProperty("role", "heading")
        self.hint = QuietLabel(self)
        self.onward = QPushButton(self)
        self.onward.setProperty("kind", "primary")
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(44)
        self._tools = QHBoxLayout(bar)
        self._tools.setContentsMargins(12, 0, 12, 0)
        self._tools.setSpacing(8)
        self._tools.addWidget(self.question)
        self._tools.addWidget(self.hint, 1)
        self._tools.addWidget(self.busy, 1)
        for step in self._steps:
            for tool in step.tools():
                self._tools.addWidget(tool)
        self._tools.addWidget(self.onward)
        self.error = ErrorCard("再试一次", self)
        self.error.hide()
        self._stack = QStackedWidget(self)
        for step in self._steps:
            self._stack.addWidget(step)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.error)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.steps)
        row.addLayout(column, 1)
        for button in self.findChildren(QPushButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _connect(self) -> None:
        self.steps.chosen.connect(self.go)
        self.onward.clicked.connect(self.go_on)
        self.busy.cancelled.connect(self._cancel)
        self.error.button.clicked.connect(self._try_again)
        for step in self._steps:
            step.altered.connect(self._show_state)
        self.choose.picked.connect(self._picked)
        self.outcome.library_wanted.connect(self._open_library)
        self.outcome.another_wanted.connect(self._another)
        self.outcome.sheet_wanted.connect(self._take_sheet)
        self.outcome.group_wanted.connect(self._show_group)
        session = self.session
        session.busy.connect(self._show_busy)
        session.failed.connect(self._fail)
        session.password_wanted.connect(self._stay)
        for signal in (session.seen, session.drafted, session.planned, session.stored, session.undone):
            signal.connect(self._arrive_if_ready)
        for key, slot in (("F8", self._next_problem), ("Shift+F8", self._previous_problem)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _show_busy(self, words: str) -> None:
        self.hint.setVisible(not words)
        self.busy.say(words)

    def _picked(self) -> None:
        self.error.hide()
        self._furthest = CHOOSE
        self._going = RECOGNISE
        self._show_state()

    def _arrive_if_ready(self) -> None:
        """Bring the step one is going to, once it is there."""
        session = self.session
        ready = (True, session.view, session.drafts, session.plan, session.result)
        fresh = session.waiting == ""
        if self._going != self.place and ready[self._going] is not None and fresh:
            self._bring(self._going)
        self._show_state()

    def _bring(self, place: int) -> None:
        self._going = place
        self._furthest = max(self._furthest, place)
        self.error.hide()
        self._stack.setCurrentIndex(place)
        self._show_state()
        self.step.arrive()

    def _show_state(self) -> None:
        step, session = self.step, self.session
        reached = RECOGNISE if session.view is not None else CHOOSE
        if session.view is not None and not self.recognise.obstacle:
            reached = max(reached, min(self._furthest, DUPLICATES), CHECK)
        if session.result is not None:
            reached = OUTCOME
        self.steps.show_state(self.place, reached)
        self.question.setText(step.question)
        stopped = bool(step.obstacle) and not session.waiting and self.place != CHOOSE
        self.hint.take_role("weak" if stopped else "secondary")
        self.hint.say(step.obstacle if stopped else step.hint)
        for other in self._steps:
            for tool in other.tools():
                tool.setVisible(other is step and other.wants(tool))
        self.onward.setText(step.onward)
        self.onward.setVisible(bool(step.onward))
        self.onward.setEnabled(not step.obstacle and not session.waiting)
        self.onward.setToolTip(step.obstacle)
        self.status_changed.emit(step.status())

    def _fail(self, error: KnownError) -> None:
        self._stay()
        if self.place == CHOOSE:
            self.choose.show_error(error)
        else:
            self.error.say(error)

    def _stay(self, error: KnownError | None = None) -> None:
        self._going = self.place
        self._show_state()

    def _try_again(self) -> None:
        self.error.hide()
        self.go(self.place + 1)

    def _cancel(self) -> None:
        self.session.cancel()
        self._stay()

    def _next_problem(self) -> None:
        self._step_problem(1)

    def _previous_problem(self) -> None:
        self._step_problem(-1)

    def _step_problem(self, by: int) -> None:
        if self.place == RECOGNISE:
            self.recognise.step_problem(by)
        elif self.place == CHECK:
            self.check.step_problem(by)

    def _another(self) -> None:
        self._bring(CHOOSE)
        self.choose.browse()

    def _take_sheet(self, place: int) -> None:
        self._furthest, self._going = RECOGNISE, RECOGNISE
        self.session.choose_sheet(place)

    def _show_group(self, fate: Fate) -> None:
        self._bring(DUPLICATES)
        self.duplicates.show_fate(fate)

    def _close(self) -> None:
        self.session.close()
        self.closed.emit()

    def _open_library(self) -> None:
        """Close, and show in the library what this import made or changed."""
        from zhaoshang_desktop.ui.library.page import LibraryPage  # known here, not the other way round
        from zhaoshang_desktop.ui.library.views import View
        from zhaoshang_desktop.ui.main_window import MainWindow

        window, result, record = self.window(), self.session.result, self.session.record
        keys = result.changes.of(record.NOUN) if result is not None and self.session.taken_back is None else frozenset()
        self._close()
        if isinstance(window, MainWindow):
            page = window.go(self.session.library)
            if isinstance(page, LibraryPage) and keys:
                where = (Where("id", "in", tuple(keys)),) if len(keys) <= _MOST_LISTED else ()
                view = View("imported", "这次导入的", where, () if where else ("-created",))
                page.views.setCurrentIndex(QModelIndex())
                page.list.show_view(view)
                shown = "这里只列出" if where else "最前面是"
                self.desk.say(f"{shown}这次导入的 {len(keys):,} 条；点左边的视图看别的。")
