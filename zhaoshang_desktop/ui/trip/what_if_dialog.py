"""假如: try a trip with something changed beside the trip as it is, and take the one or the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.plan_words import hours
from zhaoshang_desktop.actions.what_if import Comparison, Outlook, WhatIf, compare, take
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.job import Cancelled
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.blocks import picture_of
from zhaoshang_desktop.ui.trip.sight import DONE, OFF_THE_LIST, Sight, nights_of
from zhaoshang_desktop.ui.trip.timeline import Timeline

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.trip_draft import Draft, PlanOutcome
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SIZE = (1180, 620)
LEFT, NARROW_LEFT, SMALL = 330, 270, 1000
SMALL_COLUMN, SMALL_HOUR = 96, 24
_GOES, _WHO = 0, 1


class WhatIfDialog(QDialog):
    """Nothing is stored before 换用这个安排 is pressed."""

    told = Signal(int, int)

    def __init__(self, desk: Desk, sight: Sight, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("假如……")
        room = parent.window().size()
        self.resize(min(SIZE[0], room.width() - 24), min(SIZE[1], room.height() - 40))
        self._desk, self._sight = desk, sight
        self._job: _Job | None = None
        self.comparison: Comparison | None = None
        self.start = editor_for(field_of(Trip, "start"), desk, self)
        self.end = editor_for(field_of(Trip, "end"), desk, self)
        self.start.put(sight.book.trip.start)
        self.end.put(sight.book.trip.end)
        self.visits = QTableWidget(self)
        self.unpin = QCheckBox("钉住的也可以动", self)
        self.again = _button("比一比  F5", self)
        self.stop = _button("取消", self)
        self.said = QLabel("改一改左边，再比一比：原来的日程不会动。", self)
        self.said.setWordWrap(True)
        self.said.setProperty("role", "secondary")
        self.table = QTableWidget(self)
        self.days = (_days(self), _days(self))
        self.keep = _button("保留现在的", self)
        self.taken = _button("换用这个安排", self)
        self.taken.setProperty("kind", "primary")
        self.taken.setEnabled(False)
        self.stop.hide()
        self._fill_visits()
        self._arrange()
        self.again.clicked.connect(self.try_it)
        self.stop.clicked.connect(self._give_up)
        self.keep.clicked.connect(self.reject)
        self.taken.clicked.connect(self._take)
        self.told.connect(self._tell)
        self.days[0].put(picture_of(sight))
        self.visits.setFocus()

    def wish(self) -> WhatIf:
        """What the left side says."""
        cancelled, wanted, teams = set(), set(), []
        for row, visit in enumerate(self._rows):
            tick, who = self.visits.cellWidget(row, _GOES), self.visits.cellWidget(row, _WHO)
            goes = isinstance(tick, QCheckBox) and tick.isChecked()
            if visit.state == OFF_THE_LIST and goes:
                wanted.add(visit.id)
            elif visit.state != OFF_THE_LIST and not goes:
                cancelled.add(visit.id)
            if isinstance(who, QComboBox) and who.currentData() != visit.only_team:
                teams.append((visit.id, who.currentData()))
        start, end = self._day(self.start.take()[0]), self._day(self.end.take()[0])
        return WhatIf(frozenset(cancelled), frozenset(wanted), tuple(teams), start, end, self.unpin.isChecked())

    def try_it(self) -> None:
        """Plan with what is changed, and show both."""
        if self._job is not None:
            return
        self._job = _Job(self._sight.key, self.wish(), self.told.emit)
        self.again.setEnabled(False)
        self.taken.setEnabled(False)
        self.stop.show()
        self._say("正在安排…", "proposed")
        self._desk.run(self._job, on_done=self._done, on_error=self._failed, words="正在比较日程", steps=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.try_it()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._give_up()
        super().done(result)

    def _fill_visits(self) -> None:
        book = self._sight.book
        self._rows = [visit for visit in book.visits if visit.state != DONE]
        self.visits.setColumnCount(2)
        self.visits.setRowCount(len(self._rows))
        self.visits.setHorizontalHeaderLabels(["去", "谁去"])
        self.visits.verticalHeader().hide()
        self.visits.setShowGrid(False)
        self.visits.horizontalHeader().setSectionResizeMode(_GOES, QHeaderView.ResizeMode.Stretch)
        self.visits.setColumnWidth(_WHO, 104)
        self.visits.setAccessibleName("拜访对象")
        for row, visit in enumerate(self._rows):
            tick = QCheckBox(self._sight.called(visit), self.visits)
            tick.setChecked(visit.state != OFF_THE_LIST)
            self.visits.setCellWidget(row, _GOES, tick)
            who = QComboBox(self.visits)
            who.addItem("都可以", 0)
            for team in book.teams:
                who.addItem(team.name, team.id)
            who.setCurrentIndex(max(0, who.findData(visit.only_team)))
            self.visits.setCellWidget(row, _WHO, who)

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._changes())
        middle.addLayout(self._both(), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.taken)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)

    def _changes(self) -> QWidget:
        left = QWidget(self)
        left.setFixedWidth(LEFT if self.width() > SMALL else NARROW_LEFT)
        dates = QGridLayout()
        for row, (text, editor) in enumerate((("出发", self.start), ("返回", self.end))):
            dates.addWidget(QLabel(text, left), row, 0)
            dates.addWidget(editor, row, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.unpin, 1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.again)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(dates)
        column.addWidget(self.visits, 1)
        column.addLayout(buttons)
        return left

    def _both(self) -> QVBoxLayout:
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.hide()
        halves = QHBoxLayout()
        for name, timeline in zip(("现在", "假如"), self.days, strict=True):
            half = QVBoxLayout()
            half.setSpacing(2)
            head = QLabel(name, self)
            head.setProperty("role", "label")
            half.addWidget(head)
            half.addWidget(timeline, 1)
            halves.addLayout(half, 1)
        right = QVBoxLayout()
        right.addWidget(self.said)
        right.addWidget(self.table)
        right.addLayout(halves, 1)
        return right

    def _day(self, value: object) -> date | None:
        return value if isinstance(value, date) else None

    def _tell(self, tried: int, placed: int) -> None:
        if self._job is not None:
            self._say(f"正在安排：已试 {tried:,} 种，安排 {placed} 家", "proposed")

    def _done(self, found: Comparison) -> None:
        self._over()
        self.comparison = found
        self._show_numbers(found)
        self.days[0].put(picture_of(self._as_seen(found.now)))
        self.days[1].put(picture_of(self._as_seen(found.then)))
        self.taken.setEnabled(True)
        self._say(_verdict(found), "value")

    def _failed(self, error: KnownError) -> None:
        self._over()
        self._say(str(error), "wrong")

    def _over(self) -> None:
        self._job = None
        self.stop.hide()
        self.again.setEnabled(True)

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _as_seen(self, draft: Draft) -> Sight:
        return replace(self._sight, book=draft.book, clashes=draft.clashes, nights=nights_of(draft.book))

    def _show_numbers(self, found: Comparison) -> None:
        rows = list(_ROWS)
        self.table.setColumnCount(len(rows) + 1)
        self.table.setRowCount(2)
        self.table.setHorizontalHeaderLabels(["", *(name for name, _, _ in rows)])
        for row, (name, look) in enumerate(zip(("现在", "假如"), found.looks, strict=True)):
            self.table.setItem(row, 0, QTableWidgetItem(name))
            for column, (_, value, better) in enumerate(rows, 1):
                item = QTableWidgetItem(_said(value(look)))
                other = _number(value(found.looks[0]))
                own = _number(value(look))
                if row and own != other:
                    good = (own > other) == better
                    item.setText(f"{item.text()} {'↑' if own > other else '↓'}")
                    item.setForeground(theme.colour("green" if good else "red"))
                self.table.setItem(row, column, item)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        high = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(high + sum(self.table.rowHeight(row) for row in range(2)) + 4)
        self.table.show()

    def _say(self, words: str, role: str) -> None:
        self.said.setText(words)
        self.said.setProperty("role", role)
        self.said.style().polish(self.said)

    def _take(self) -> None:
        if self.comparison is not None:
            self.taken.setEnabled(False)
            self._desk.run(take, self.comparison, on_done=self._has_taken, on_error=self._failed)

    def _has_taken(self, outcome: PlanOutcome) -> None:
        self._desk.say(f"换用了比较过的日程，安排 {outcome.placed} 家。", outcome.changes.batch)
        self.accept()


_ROWS: tuple[tuple[str, Callable[[Outlook], int | Money], bool], ...] = (
    ("见到", lambda look: len(look.seen), True),
    ("必到", lambda look: look.musts, True),
    ("没排上", lambda look: len(look.left_out), False),
    ("公里", lambda look: look.kilometres, False),
    ("路上小时", lambda look: round(look.road_minutes / 60), False),
    ("住宿晚", lambda look: look.nights, False),
    ("费用元", lambda look: look.cost, False),
    ("冲突", lambda look: look.clashes, False),
)
"""What is compared, and whether more of it is better."""


def _number(value: int | Money) -> int:
    return value.fen if isinstance(value, Money) else value


def _said(value: int | Money) -> str:
    return f"{round(value.fen / 100):,}" if isinstance(value, Money) else f"{value:,}"


def _verdict(found: Comparison) -> str:
    """Who would be seen and who would not, and what the road would be."""
    parts = []
    if found.only_now:
        parts.append(f"见不到了：{'、'.join(found.only_now)}")
    if found.only_then:
        parts.append(f"多见到：{'、'.join(found.only_then)}")
    road = found.looks[1].road_minutes - found.looks[0].road_minutes
    if road:
        parts.append(f"路上{'多' if road > 0 else '少'} {hours(abs(road))}")
    return "；".join(parts) + "。" if parts else "两个安排见到的人一样，路上的时间也一样。"


def _button(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    return button


def _days(parent: QWidget) -> Timeline:
    """Days to look at, not to move."""
    timeline = Timeline(parent)
    timeline.narrowest, timeline.lowest_hour = SMALL_COLUMN, SMALL_HOUR
    timeline.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    timeline.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return timeline


class _Job:
    """One comparison on the worker's thread; it stores nothing."""

    def __init__(self, trip: int, wish: WhatIf, tell: Callable[[int, int], object]) -> None:
        self._trip, self._wish, self._tell = trip, wish, tell
        self._stop = threading.Event()
        self._tried = self._placed = 0
        self._progress: Progress | None = None

    def stop(self) -> None:
        """Give up."""
        self._stop.set()

    def __call__(self, office: Office, progress: Progress) -> Comparison:
        self._progress = progress
        return compare(
            office,
            self._trip,
            self._wish,
            seconds=planning_job.SECONDS,
            cancelled=self._cancelled,
            on_better=self._better,
        )

    def _cancelled(self) -> bool:
        self._tried += 1
        if self._tried % planning_job.TOLD_EVERY == 0:
            self._tell(self._tried, self._placed)
            try:
                if self._progress is not None:
                    self._progress(f"正在比较：已试 {self._tried:,} 种")
            except Cancelled:
                self._stop.set()
        return self._stop.is_set()

    def _better(self, draft: Draft) -> None:
        self._placed = sum(len(route.calls) for route in draft.plan.routes)
