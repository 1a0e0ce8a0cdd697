"""The trips there are: when, who, how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.trip import TRIP_STATES, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.sight import DONE, OFF_THE_LIST, city

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
HEADS = ("名称", "状态", "日期", "出发地", "队员", "拜访", "已记录", "产业链")
WIDTHS = (260, 72, 150, 84, 240, 60, 70, 100)
NAME, STATE, DAYS, BASE, PEOPLE, VISITS, LOGGED, CHAIN = range(8)
MEANINGS = {
    "草稿": "violet",
    "已排": "accent",
    "在途": "amber",
    "已归": "green",
    "已结算": "secondary",
    "取消": "faint",
}


@dataclass(frozen=True)
class Line:
    """One trip as the list shows it."""

    trip: Trip
    people: str
    visits: int
    logged: int

    def text(self, column: int) -> str:
        trip = self.trip
        return (
            trip.name,
            f"● {trip.state}",
            _days(trip.start, trip.end),
            city(trip.base),
            self.people,
            f"{self.visits} 家" if self.visits else "",
            f"{self.logged} / {self.visits}" if self.logged else "",
            trip.chain,
        )[column]


def _days(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return "日期未定"
    return f"{start:%Y-%m-%d} — {end:%m-%d}" if start != end else f"{start:%Y-%m-%d}"


def lines(words: str, state: str) -> Callable[[Office], list[Line]]:
    """The question which trips there are, the latest first."""

    def question(office: Office) -> list[Line]:
        where = (Where("state", "=", state),) if state else ()
        trips: list[Trip] = office.find(Query(Trip, words=words, where=where, order=("-start", "-id")))
        teams: dict[int, list[Team]] = {}
        for team in office.find(Query(Team, order=("id",))):
            teams.setdefault(team.trip, []).append(team)
        names = dict(office.columns(Member, "name"))
        counts: dict[int, list[str]] = {}
        for _, trip, visit_state in office.columns(Visit, "trip", "state"):
            if trip and visit_state != OFF_THE_LIST:
                counts.setdefault(trip, []).append(visit_state)
        return [_line(trip, teams.get(trip.id, []), names, counts.get(trip.id, [])) for trip in trips]

    return question


def _line(trip: Trip, teams: list[Team], names: dict[int, str], states: list[str]) -> Line:
    groups = ["、".join(names[key] for key in team.members if key in names) for team in teams]
    return Line(trip, "；".join(group for group in groups if group), len(states), states.count(DONE))


class Trips(QAbstractTableModel):
    """The rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def put(self, found: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            off = line.trip.state == "取消"
            return theme.colour(MEANINGS[line.trip.state] if index.column() == STATE else "faint" if off else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.trip.purpose or None
        return None


class TripList(QWidget):
    """`opened` carries the key of a trip, `called` the name of a command, `told` when the count has changed."""

    opened = Signal(object)
    called = Signal(str)
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = 0
        self.model = Trips(self)
        self.search = QLineEdit(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.dress()
        self.empty = EmptyHint(self.table.viewport())
        self._states: dict[str, QPushButton] = {}
        self._state = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(self.ask)
        self.table.entered_row.connect(self._open)
        self.empty.pressed.connect(self._press)

    @property
    def current_key(self) -> int:
        """The trip where the cursor is, 0 when there is none."""
        row = self.table.currentIndex().row()
        return self.model.lines[row].trip.id if 0 <= row < len(self.model.lines) else 0

    def selected(self) -> list[int]:
        """The selected trips."""
        return [self.model.lines[index.row()].trip.id for index in self.table.selectionModel().selectedRows()]

    def ask(self) -> None:
        """Put the question that the toolbar makes."""
        if self._desk.is_open:
            self._desk.ask((self, "trips"), lines(self.search.text().strip(), self._state), self._show)

    def go_to(self, key: int) -> None:
        """Put the cursor on that trip as soon as it is there."""
        self._wanted = key
        self.ask()

    def status(self) -> str:
        away = [line for line in self.model.lines if line.trip.state == "在途"]
        return f"共 {len(self.model.lines):,} 次" + (f"　在途 {len(away)} 次" if away else "")

    def clear(self) -> bool:
        """Take words and state off; False when there were none."""
        if not self.search.text() and not self._state:
            return False
        self._mark("")
        self.search.clear()
        self.ask()
        return True

    def _toolbar(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.search.setPlaceholderText("搜索：名称、目的、拼音")
        self.search.setAccessibleName("搜索外出")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        row.addWidget(self.search, 2)
        for state in TRIP_STATES:
            chip = QPushButton(state, bar)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._filter)
            self._states[state] = chip
            row.addWidget(chip)
        row.addStretch(1)
        new = QPushButton("新建外出", bar)
        new.setProperty("kind", "primary")
        new.clicked.connect(self._new)
        row.addWidget(new)
        return bar

    def _filter(self) -> None:
        for state, chip in self._states.items():
            if chip is self.sender():
                self._mark(state if chip.isChecked() else "")
        self.ask()

    def _mark(self, state: str) -> None:
        self._state = state
        for name, chip in self._states.items():
            chip.setChecked(name == state)
            theme.restyle(chip, "active", "true" if name == state else "false")

    def _show(self, found: list[Line]) -> None:
        key = self._wanted or self.current_key
        self._wanted = 0
        self.model.put(found)
        keys = [line.trip.id for line in found]
        if found:
            self.table.setCurrentIndex(self.model.index(keys.index(key) if key in keys else 0, 0))
            self.empty.hide()
        elif self.search.text().strip() or self._state:
            self.empty.say("没有符合条件的外出。", "清除条件", "clear")
        else:
            words = "还没有外出。新建一次，选好要见的客商和队员，程序会排出日程、算好预算、印出资料。"
            self.empty.say(words, "新建外出", "trip.new")
        self.told.emit()

    def _open(self) -> None:
        if self.current_key:
            self.opened.emit(self.current_key)

    def _new(self) -> None:
        self.called.emit("trip.new")

    def _press(self, name: str) -> None:
        if name == "clear":
            self.clear()
        else:
            self.called.emit(name)


class _Table(QTableView):
    """`entered_row` by Enter or a double click."""

    entered_row = Signal()

    def dress(self) -> None:
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("外出")
        self.doubleClicked.connect(self.entered_row)
        head, side = self.horizontalHeader(), self.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        head.setFixedHeight(28)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate(WIDTHS):
            head.resizeSection(section, width)
        head.setSectionResizeMode(PEOPLE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)
