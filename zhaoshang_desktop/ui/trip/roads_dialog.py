"""路程与车票: what each way takes, estimated until somebody knows better; and the tickets that were bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.plan_words import hours
from zhaoshang_desktop.domain.day import read_hour, write_hour
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.kinds import Amount
from zhaoshang_desktop.domain.region import place_name, point_of
from zhaoshang_desktop.domain.trip import LEG_MODES, MODES, Leg
from zhaoshang_desktop.planning.problem import Place
from zhaoshang_desktop.planning.travel import estimate
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.trip.minutes_box import read_minutes
from zhaoshang_desktop.ui.trip.sight import Sight, city, short_day, way, yuan

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (860, 440)
HEADS = ("日期", "队", "路段", "方式", "出发", "到达", "车次 / 票号", "费用（元）", "")
DAY, TEAM, WAY, MODE, START, END, TICKET, COST, STATE = range(len(HEADS))
WIDTHS = (92, 70, 150, 72, 64, 64, 130, 90, 60)
KEY = int(Qt.ItemDataRole.UserRole)
EDITABLE = frozenset({MODE, START, END, TICKET, COST})


class RoadsDialog(QDialog):
    """`road_wanted` (origin, destination, mode, minutes or None), `ticket_wanted` (leg, fields), `given_back` (leg)."""

    road_wanted = Signal(str, str, str, object)
    ticket_wanted = Signal(object, object)
    given_back = Signal(object)

    def __init__(self, sight: Sight, parent: QWidget, leg: int = 0) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("路程与车票")
        self.resize(*SIZE)
        self.tickets = TicketTable(self)
        self.roads = RoadMatrix(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.mode = QComboBox(self)
        self.mode.addItems(list(MODES))
        self.mode.setCurrentText(sight.book.teams[0].mode if sight.book.teams else MODES[0])
        self.mode.setAccessibleName("交通方式")
        self.pages = QTabWidget(self)
        self.pages.addTab(self._page(self.tickets, _TICKET_WORDS), "车票与班次")
        self.pages.addTab(self._page(self.roads, _ROAD_WORDS, self.mode), "路上用时")
        close = QPushButton("关闭", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.tickets.wanted.connect(self.ticket_wanted)
        self.tickets.given_back.connect(self.given_back)
        self.tickets.refused.connect(self.say)
        self.roads.wanted.connect(self.road_wanted)
        self.roads.refused.connect(self.say)
        self.mode.currentTextChanged.connect(self.roads.show_mode)
        self.put(sight)
        self.tickets.go_to(leg)

    def put(self, sight: Sight) -> None:
        """Show the trip as it is now."""
        self.say("")
        self.tickets.put(sight)
        self.roads.put(sight, self.mode.currentText())

    def say(self, words: str) -> None:
        """Why something typed was not taken."""
        self.said.setText(words)
        self.said.setProperty("role", "wrong" if words else "secondary")
        self.said.style().polish(self.said)

    def _page(self, table: QWidget, words: str, beside: QWidget | None = None) -> QWidget:
        page = QWidget(self)
        head = QHBoxLayout()
        label = QLabel(words, page)
        label.setProperty("role", "secondary")
        label.setWordWrap(True)
        head.addWidget(label, 1)
        if beside is not None:
            head.addWidget(beside)
        column = QVBoxLayout(page)
        column.addLayout(head)
        column.addWidget(table, 1)
        return page


_TICKET_WORDS = "买了票就填车次、时间和票价；填过的不再估算，重排时也不动。Del 退回估算。时间写当地时间。"
_ROAD_WORDS = "从左边到上边要多少时间，灰色是估算；知道更准的就改（90、1.5小时、2:30），来回都按它算，清空退回估算。"


class _Table(QTableWidget):
    """Cells that are stored when they are left."""

    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = False
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(self._changed)

    def fill(self, make: Callable[[], None]) -> None:
        """Put new cells in without taking them for something typed; the cursor stays."""
        row, column = self.currentRow(), self.currentColumn()
        self._filling = True
        make()
        self._filling = False
        if 0 <= row < self.rowCount():
            self.setCurrentCell(row, column)

    def _changed(self, item: QTableWidgetItem) -> None:
        if not self._filling:
            self._take(item)

    def _take(self, item: QTableWidgetItem) -> None:
        raise NotImplementedError


class TicketTable(_Table):
    """One row a way of the plan; `wanted` (leg, fields) when a cell was typed, `given_back` (leg) on Del."""

    wanted = Signal(object, object)
    given_back = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._legs: list[Leg] = []
        self.setColumnCount(len(HEADS))
        self.setHorizontalHeaderLabels(HEADS)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for column, width in enumerate(WIDTHS):
            self.horizontalHeader().resizeSection(column, width)
        self.horizontalHeader().setSectionResizeMode(WAY, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName("车票与班次")

    def put(self, sight: Sight) -> None:
        """The ways of the plan, day by day."""
        row, column = self.currentRow(), self.currentColumn()
        here = self._legs[row].id if 0 <= row < len(self._legs) else 0
        self._legs = sorted(sight.book.legs, key=lambda leg: (str(leg.day), leg.team, leg.start or 0))
        self.fill(lambda: self._fill(sight))
        again = next((row for row, leg in enumerate(self._legs) if leg.id == here), row)
        self.setCurrentCell(again, column)

    def go_to(self, leg: int) -> None:
        """Put the cursor where its ticket is typed."""
        row = next((row for row, one in enumerate(self._legs) if one.id == leg), 0)
        self.setCurrentCell(row, TICKET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Delete and 0 <= row < len(self._legs) and not self._legs[row].estimated:
            self.given_back.emit(self._legs[row].id)
            return
        super().keyPressEvent(event)

    def _fill(self, sight: Sight) -> None:
        self.setRowCount(len(self._legs))
        for row, leg in enumerate(self._legs):
            team = sight.team(leg.team)
            texts = (
                short_day(leg.day) if leg.day else "",
                team.name if team else "",
                way(leg.origin, leg.destination),
                leg.mode,
                "" if leg.start is None else write_hour(leg.start),
                "" if leg.end is None else write_hour(leg.end),
                leg.ticket,
                yuan(leg.cost) if leg.cost else "",
                "估算" if leg.estimated else "已填",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column not in EDITABLE:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                known = not leg.estimated or column in (DAY, TEAM, WAY)
                item.setForeground(theme.colour("text" if known else "secondary"))
                self.setItem(row, column, item)

    def _take(self, item: QTableWidgetItem) -> None:
        leg = self._legs[item.row()]
        try:
            fields = _fields(item.column(), item.text().strip())
        except NotUnderstood as reason:
            self.refused.emit(f"没有改：{reason}。")
            return
        self.wanted.emit(leg.id, fields)


def _fields(column: int, text: str) -> dict[str, Any]:
    """What a typed cell of a ticket means."""
    if column == TICKET:
        return {"ticket": text}
    if column == COST:
        return {"cost": Amount().read(text, "元") if text else None}
    if column == MODE:
        if text not in LEG_MODES:
            raise NotUnderstood(f"方式可以是{'、'.join(LEG_MODES)}")
        return {"mode": text}
    return {"start" if column == START else "end": read_hour(text)}


class RoadMatrix(_Table):
    """The places of the trip, each against each; `wanted` (origin, destination, mode, minutes or None)."""

    wanted = Signal(str, str, str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sight: Sight | None = None
        self._mode = MODES[0]
        self._places: list[str] = []
        self.setAccessibleName("路上用时")

    def put(self, sight: Sight, mode: str) -> None:
        """The ways between all places, by car or by rail."""
        self._sight, self._mode = sight, mode
        found = [sight.book.trip.base]
        found += [place for team in sight.book.teams for place in (team.origin, team.goal)]
        found += [sight.place(visit) for visit in sight.targets]
        self._places = list(dict.fromkeys(place for place in found if place))
        self.fill(self._fill)

    def show_mode(self, mode: str) -> None:
        """The same ways otherwise travelled."""
        if self._sight is not None:
            self.put(self._sight, mode)

    def _fill(self) -> None:
        names = [city(place) for place in self._places]
        names = [_told_apart(name, place, names) for name, place in zip(names, self._places, strict=True)]
        self.setRowCount(len(names))
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(names)
        self.setVerticalHeaderLabels(names)
        for row, origin in enumerate(self._places):
            for column, destination in enumerate(self._places):
                self.setItem(row, column, self._cell(origin, destination))

    def _cell(self, origin: str, destination: str) -> QTableWidgetItem:
        assert self._sight is not None
        typed = self._typed(origin, destination)
        if typed is not None:
            item = QTableWidgetItem(hours(typed))
            item.setToolTip("自己填的用时")
        else:
            rules = self._sight.book.travel
            here = Place(city=origin, point=point_of(origin))
            there = Place(city=destination, point=point_of(destination))
            guess = rules.local if origin == destination else estimate(here, there, self._mode, rules).minutes
            item = QTableWidgetItem(hours(guess))
            item.setForeground(theme.colour("faint"))
            item.setToolTip("估算")
        item.setData(KEY, item.text())
        return item

    def _typed(self, origin: str, destination: str) -> int | None:
        assert self._sight is not None
        roads = {(one.origin, one.destination): one.minutes for one in self._sight.book.roads if one.mode == self._mode}
        return roads.get((origin, destination), roads.get((destination, origin)))

    def _take(self, item: QTableWidgetItem) -> None:
        text = item.text().strip()
        if text == item.data(KEY):
            return
        minutes = read_minutes(text)
        if text and not minutes:
            self.refused.emit("没有改：用时看不懂，请写 90、1.5小时 或 2:30。")
            return
        self.wanted.emit(self._places[item.row()], self._places[item.column()], self._mode, minutes)


def _told_apart(name: str, place: str, names: list[str]) -> str:
    """The district too where several lie in one city."""
    return place_name(place).split()[-1] if names.count(name) > 1 else name
