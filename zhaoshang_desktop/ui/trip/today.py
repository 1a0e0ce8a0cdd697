"""今日: the day on the road: who is met next, what to know of them, how to get there, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.runtime.clock import SHANGHAI
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.sight import Sight, short_day, weekday
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.today_list import DATA, DayList
from zhaoshang_desktop.ui.trip.today_words import (
    TEXT_PX,
    dossier_html,
    is_under_way,
    last_way,
    place_of,
    state_of,
    time_left,
    waiting_words,
    way_and_address,
)

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.replan import Happening
    from zhaoshang_desktop.actions.road import DayOut, Meeting
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

EVERY_MS = 20_000
BIG_PX = 26
DAYS_SHOWN = 7
WORDS = {"next": "下一家", "done": "已记录", "over": "未记录", "coming": "", "off": "取消"}


class TodayStep(Step):
    """Enter logs the visit in the list, F7 adds one; the clock moves on by itself."""

    KEY = "today"
    TITLE = "今日"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.found: DayOut | None = None
        self._day: date | None = None
        self._team: int | None = None
        self._chosen = 0
        self.days = QHBoxLayout()
        self.days.setSpacing(4)
        self.list = DayList(self)
        self.left = QLabel(self)
        self.who = QLabel(self)
        self.way = QLabel(self)
        self.call = QPushButton(self)
        self.text = QTextBrowser(self)
        self.empty = EmptyHint(self)
        self.empty.setAutoFillBackground(True)
        self._acts: dict[str, QPushButton] = {}
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY_MS)
        self._clock.timeout.connect(self._ask)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.addWidget(self._left_side())
        split.addWidget(self._right_side())
        split.setStretchFactor(1, 1)
        split.setSizes([300, 900])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._choose)
        self.list.entered_row.connect(self.log)
        self.call.clicked.connect(self._copy)
        self.empty.pressed.connect(self.wanted)

    def put(self, sight: Sight) -> None:
        if self.sight is None or self.sight.key != sight.key:
            self._day, self._team, self._chosen = None, None, 0
        super().put(sight)
        if not sight.placed:
            self.empty.say("排好日程以后，路上就看这一页：下一家是谁、怎么去、说什么。", "去“日程”一步", "schedule")
            return
        self.empty.hide()
        self._ask()

    def rest(self) -> None:
        self._clock.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self.sight is not None and self.sight.placed:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def status(self) -> str:
        if self.found is None:
            return ""
        done = len([one for one in self.found.meetings if one.visit.state == "已完成"])
        return f"{short_day(self.found.day)}　{len(self.found.meetings)} 家，已记录 {done} 家"

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.sight is None or not self.sight.placed:
            return ()
        return ("临时拜访… F7", "visit.add"), ("重排后面…", "visit.replan")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"visit.add": self.add, "visit.replan": self.replan, "reload": self._ask}

    def log(self) -> None:
        """Type up the visit in the list."""
        if self._chosen:
            self.hand.visit = self._chosen
            self.wanted.emit("log")

    def add(self) -> None:
        """A visit that nobody had planned."""
        from zhaoshang_desktop.ui.trip.unplanned import UnplannedDialog  # made when first needed

        if self.found is not None and self.sight is not None:
            dialog = UnplannedDialog(self.desk, self.found, self._my_team(), self)
            dialog.added.connect(self._added)
            dialog.open()

    def replan(self) -> None:
        """Plan the rest from now on, whatever has happened."""
        self._upset("late")

    @staticmethod
    def mark(sight: Sight) -> Mark:
        return Mark()

    def _added(self, key: int, changes: Changes) -> None:
        self._chosen = key
        self.desk.say("已加上临时拜访。后面赶不上的话，可以“重排后面”。", changes.batch)

    def _upset(self, what: Happening) -> None:
        from zhaoshang_desktop.ui.trip.replan_dialog import ReplanDialog  # made when first needed

        meeting = self._current()
        if self.found is None or (what != "late" and meeting is None):
            return
        ReplanDialog(self.desk, self.found, what, None if what == "late" else meeting, self).open()

    def _ask(self) -> None:
        if self.sight is None or not self.desk.is_open:
            return
        self.desk.ask(
            (self, "day"), _question(self.sight.key, self._now(), self._my_team(), self._day, self._chosen), self._show
        )

    def _now(self) -> datetime:
        return self.desk.clock.now().astimezone(SHANGHAI)

    def _my_team(self) -> int:
        if self._team is None and self.sight is not None:
            me, teams = self.desk.me, self.sight.book.teams
            own = [team.id for team in teams if me and me in team.members]
            self._team = own[0] if own else teams[0].id if len(teams) == 1 else 0
        return self._team or 0

    def _left_side(self) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(230)
        self._chips = QWidget(side)
        self._chips.setLayout(self.days)
        self.groups = QHBoxLayout()
        self._groups = QWidget(side)
        self._groups.setLayout(self.groups)
        for row in (self.days, self.groups):
            row.setSpacing(4)
            row.setContentsMargins(12, 6, 12, 6)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._chips)
        column.addWidget(self._groups)
        column.addWidget(self.list, 1)
        return side

    def _right_side(self) -> QWidget:
        side = QWidget(self)
        head = QFrame(side)
        head.setObjectName("foot")
        self.left.setProperty("role", "title")
        self.left.setStyleSheet(f"font-size: {BIG_PX}px; font-weight: 600")
        self.who.setStyleSheet(f"font-size: {TEXT_PX + 1}px; font-weight: 600")
        self.way.setStyleSheet(f"font-size: {TEXT_PX}px")
        self.call.setStyleSheet(f"font-size: {TEXT_PX + 3}px")
        self.call.setProperty("kind", "link")
        self.call.setToolTip("点一下复制号码")
        for label in (self.who, self.way):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QVBoxLayout(head)
        top.setContentsMargins(20, 10, 20, 10)
        top.setSpacing(4)
        for widget in (self.left, self.who, self.way, self.call):
            top.addWidget(widget)
        top.addLayout(self._row_of_acts(head))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(18)
        self.text.setAccessibleName("会见参考")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.text, 1)
        return side

    def _row_of_acts(self, head: QWidget) -> QHBoxLayout:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for name, text, pressed in (
            ("log", "记录 Enter", self.log),
            ("move", "改期…", self._move),
            ("skip", "跳过…", self._skip),
            ("cancel", "取消…", self._cancel),
        ):
            button = QPushButton(text, head)
            button.clicked.connect(pressed)
            self._acts[name] = button
            acts.addWidget(button)
        self._acts["log"].setProperty("kind", "primary")
        acts.addStretch(1)
        return acts

    def _show(self, found: DayOut) -> None:
        if self.sight is None or found.trip.id != self.sight.key:
            return
        self.found = found
        self._show_chips(found)
        rows = [*found.meetings, *found.dropped]
        if self._chosen not in [one.visit.id for one in rows]:
            self._chosen = found.next.visit.id if found.next in rows and found.next else rows[0].visit.id if rows else 0
        self._fill(found, rows)
        self._show_meeting()
        self.told.emit()

    def _show_chips(self, found: DayOut) -> None:
        short = len(found.days) <= DAYS_SHOWN
        first = 0 if short else max(0, min(found.days.index(found.day) - 3, len(found.days) - DAYS_SHOWN))
        days = found.days[first : first + DAYS_SHOWN]
        self._put_chips(
            self.days,
            self._chips,
            [(weekday(day) if short else f"{day.day}日", ("day", day.isoformat()), day == found.day) for day in days],
        )
        several, own = len(found.teams) > 1, self._my_team()
        self._groups.setVisible(several)
        teams = [(team.name, ("team", str(team.id)), team.id == own) for team in found.teams] if several else []
        self._put_chips(self.groups, self._groups, teams)

    def _put_chips(self, row: QHBoxLayout, room: QWidget, wanted: list[tuple[str, tuple[str, str], bool]]) -> None:
        while row.count() > len(wanted):
            taken = row.takeAt(row.count() - 1)
            if taken is not None and (widget := taken.widget()) is not None:
                widget.deleteLater()
        while row.count() < len(wanted):
            chip = QPushButton(room)
            chip.setProperty("kind", "chip")
            chip.clicked.connect(self._press_chip)
            row.addWidget(chip)
        for number, (text, goal, here) in enumerate(wanted):
            item = row.itemAt(number)
            chip_: Any = item.widget() if item is not None else None
            chip_.setText(text)
            chip_.setToolTip(goal[1] if goal[0] == "day" else "只看这个队，再点一下看全部")
            chip_.setProperty("goal", list(goal))
            theme.restyle(chip_, "active", "true" if here else "false")

    def _press_chip(self) -> None:
        what, value = self.sender().property("goal")
        if what == "day":
            self._day = date.fromisoformat(value)
        else:
            self._team = 0 if self._team == int(value) else int(value)
        self._chosen = 0
        self._ask()

    def _fill(self, found: DayOut, rows: list[Meeting]) -> None:
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(rows):
            QListWidgetItem(self.list)
        for row, one in enumerate(rows):
            item = self.list.item(row)
            state = state_of(one, found)
            when = f"{write_hour(one.visit.start or 0)}–{write_hour(one.end)}" if one.visit.start is not None else ""
            mark = "　临时" if one.visit.unplanned else ""
            item.setText(one.name)
            team = one.team if len(found.teams) > 1 and not self._my_team() else ""
            word = "正在谈" if is_under_way(found, one) else WORDS[state]
            second = "　".join(part for part in (when, place_of(one), team, word + mark) if part)
            item.setData(DATA, [str(one.visit.id), second, state])
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, second)
            if one.visit.id == self._chosen:
                self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _current(self) -> Meeting | None:
        if self.found is None:
            return None
        rows = (*self.found.meetings, *self.found.dropped, *((self.found.next,) if self.found.next else ()))
        return next((one for one in rows if one.visit.id == self._chosen), self.found.next)

    def _choose(self, row: int) -> None:
        item = self.list.item(row)
        if item is not None and item.data(DATA):
            self._chosen = int(item.data(DATA)[0])
            self._ask()

    def _show_meeting(self) -> None:
        found, one = self.found, self._current()
        assert found is not None
        for button in self._acts.values():
            button.setEnabled(one is not None and one.visit.state in ("已排", "已完成"))
        if one is None:
            self.left.setText("今天没有要见的了" if found.day == found.today else "这一天没有安排")
            self.who.setText(waiting_words(found))
            self.way.setText(last_way(found))
            self.call.hide()
            self.text.setHtml("")
            return
        for name in ("move", "skip", "cancel"):
            self._acts[name].setEnabled(one.visit.state == "已排")
        self.left.setText(time_left(found, one))
        team = one.team if len(found.teams) > 1 else ""
        when = f"{write_hour(one.visit.start or 0)}–{write_hour(one.end)}" if one.visit.start is not None else ""
        investor = found.dossier.investor.name if found.dossier else one.name
        self.who.setText("　".join(part for part in (investor, when, team, one.visit.reason) if part))
        self.way.setText(way_and_address(one))
        host = next((host for host in one.hosts if host.mobile or host.phone), None)
        self.call.setVisible(host is not None)
        if host is not None:
            self.call.setText(f"☎ {host.name} {host.post}　{host.mobile or host.phone}")
        self.text.setHtml(dossier_html(found.dossier))

    def _copy(self) -> None:
        one = self._current()
        host = next((host for host in one.hosts if host.mobile or host.phone), None) if one else None
        if host is not None:
            QGuiApplication.clipboard().setText(host.mobile or host.phone)
            self.desk.say(f"{host.name}的号码已复制。")

    def _move(self) -> None:
        self._upset("move")

    def _skip(self) -> None:
        self._upset("skip")

    def _cancel(self) -> None:
        self._upset("cancel")


def _question(key: int, at: datetime, team: int, day: date | None, chosen: int) -> Callable[[Office], DayOut]:
    def question(office: Office) -> DayOut:
        from zhaoshang_desktop.actions.road import day_out  # brings the papers with it

        return day_out(office, key, at, team, day, chosen)

    return question
