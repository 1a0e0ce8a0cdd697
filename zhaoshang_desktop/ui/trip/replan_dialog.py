"""取消、跳过、改期: what has happened to a visit, and what becomes of the rest; taken or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.due import read_due
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.kinds import Hour

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.replan import Happening, Replanned, Upset
    from zhaoshang_desktop.actions.road import DayOut, Meeting
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

TITLES: dict[str, str] = {"cancel": "取消", "skip": "跳过", "move": "改期", "late": "重排后面的行程"}
REASONS: dict[str, str] = {
    "cancel": "为什么取消，如：董事长临时出国",
    "skip": "为什么跳过，如：路上堵车",
    "move": "为什么改期",
}


class ReplanDialog(QDialog):
    """The rest is planned anew as soon as it is known what has happened; nothing is stored before it is taken."""

    def __init__(self, desk: Desk, day: DayOut, what: Happening, meeting: Meeting | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLES[what] if meeting is None else f"{TITLES[what]}：{meeting.name}")
        self.resize(620, 420)
        self._desk, self._day, self._what, self._meeting = desk, day, what, meeting
        self.found: Replanned | None = None
        self.reason, self.to_day, self.to_hour = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.reason.setPlaceholderText(REASONS.get(what, ""))
        self.gentle, self.free = QRadioButton("尽量不动别家", self), QRadioButton("后面全部重排", self)
        self.gentle.setChecked(True)
        self.said = QLabel("正在重排…", self)
        self.said.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("有变动的拜访")
        self.list.setWordWrap(True)
        self.take, self.only, self.leave = (
            QPushButton("就这样改", self),
            QPushButton("只改这一家", self),
            QPushButton("不改", self),
        )
        self._lay_out()
        self.gentle.toggled.connect(self._ask)
        self.to_day.textEdited.connect(self._ask)
        self.to_hour.textEdited.connect(self._ask)
        self.take.clicked.connect(self.accept_it)
        self.only.clicked.connect(self.only_this)
        self.leave.clicked.connect(self.reject)
        (self.to_day if what == "move" else self.reason if meeting is not None else self.take).setFocus()
        self._ask()

    def accept_it(self) -> None:
        """Make the trip what is shown."""
        if self.found is not None:
            self.take.setEnabled(False)
            self._desk.run(_taking(self.found, self.reason.text().strip()), on_done=self._done, on_error=self._refused)

    def only_this(self) -> None:
        """The one visit, and nothing else."""
        upset = self._upset()
        if upset is not None:
            self._desk.run(_only(upset, self._desk.clock.now()), on_done=self._done, on_error=self._refused)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        if self._what == "move":
            row = QHBoxLayout()
            self.to_day.setPlaceholderText("改到哪天：明天、周四、12.10")
            self.to_hour.setPlaceholderText("几点：14:00、下午两点")
            row.addWidget(self.to_day)
            row.addWidget(self.to_hour)
            column.addLayout(row)
        else:
            self.to_day.hide()
            self.to_hour.hide()
        if self._meeting is not None:
            column.addWidget(self.reason)
        else:
            self.reason.hide()
            self.only.hide()
        ways = QHBoxLayout()
        ways.addWidget(self.gentle)
        ways.addWidget(self.free)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        self.take.setProperty("kind", "primary")
        self.take.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.only)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        column.addLayout(row)

    def _upset(self) -> Upset | None:
        from zhaoshang_desktop.actions.replan import Upset  # brings the planner with it

        visit = self._meeting.visit.id if self._meeting else 0
        if self._what != "move":
            return Upset(self._what, visit, self.reason.text().strip())
        day, hour = self._when()
        return (
            Upset("move", visit, self.reason.text().strip(), day, hour)
            if day is not None and hour is not None
            else None
        )

    def _when(self) -> tuple[date | None, int | None]:
        try:
            return read_due(self.to_day.text(), self._day.today), Hour().read(self.to_hour.text())
        except NotUnderstood:
            return None, None

    def _ask(self, _: object = None) -> None:
        upset = self._upset()
        self.found = None
        self.take.setEnabled(False)
        self.only.setEnabled(upset is not None)
        self.list.clear()
        if upset is None:
            self.said.setText("写下改到哪天几点，就能看到后面怎么排。")
            return
        self.said.setText("正在重排…")
        question = _planning(self._day.trip.id, upset, self._desk.clock.now(), self.gentle.isChecked())
        self._desk.ask((self, "replan"), question, self._show)

    def _show(self, found: Replanned | KnownError) -> None:
        if isinstance(found, KnownError):
            self.said.setText(str(found))
            return
        self.found = found
        own = self._meeting.visit.id if self._meeting else 0
        calls = 0
        for shift in found.shifts:
            numbers = "、".join(f"{one.name} {one.mobile or one.phone}".strip() for one in shift.call)
            calls += bool(numbers)
            self.list.addItem(f"{shift.text}\n　☎ 请告知 {numbers}" if numbers else shift.text)
        others = len([shift for shift in found.shifts if shift.visit != own])
        words = f"后面 {found.kept} 家时间不变" if not others else f"另有 {others} 家变动，{found.kept} 家不变"
        held = "" if found.keeping or not self.gentle.isChecked() else "。别家的时间不能全都保住"
        self.said.setText(f"{words}{held}{f'；要打 {calls} 个电话' if calls else ''}。")
        self.take.setEnabled(bool(found.shifts))
        if not found.shifts:
            self.said.setText("没有要变的：后面的时间都赶得上。")

    def _done(self, changes: Changes) -> None:
        what = TITLES[self._what] if self._meeting is None else f"{self._meeting.name}已{TITLES[self._what]}"
        self._desk.say(f"{what}。", changes.batch)
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self.said.setText(str(error))
        self.take.setEnabled(False)


def _planning(trip: int, upset: Upset, at: datetime, keep: bool) -> Callable[[Office], Replanned | KnownError]:
    """The question how the rest would be; what cannot be planned is an answer too."""

    def question(office: Office) -> Replanned | KnownError:
        from zhaoshang_desktop.actions.replan import replan  # brings the planner with it

        try:
            return replan(office, trip, upset, at, keep=keep)
        except KnownError as error:
            return error

    return question


def _taking(found: Replanned, reason: str) -> Callable[[Office], Changes]:
    def taking(office: Office) -> Changes:
        from zhaoshang_desktop.actions.replan import take  # brings the planner with it

        return take(office, found, reason)

    return taking


def _only(upset: Upset, at: datetime) -> Callable[[Office], Changes]:
    def changing(office: Office) -> Changes:
        from zhaoshang_desktop.actions.replan import only_this  # brings the planner with it

        return only_this(office, upset, at)

    return changing
