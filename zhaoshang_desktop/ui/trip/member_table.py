"""Everybody who could go, with a tick for each team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.planning.crew import Person, Who
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import dress_rows

Index = QModelIndex | QPersistentModelIndex
NAME, POST, CAN, FIRST_TEAM = range(4)
HEADS = ("姓名", "单位、职务", "特长、语言")
WIDTHS = (64, 132, 160)
TEAM_WIDTH = 52
MIME = "application/x-zhaoshang-people"


class Members(QAbstractTableModel):
    """The rows; `ticked` (who, number of the team or -1) when somebody is to change his team."""

    ticked = Signal(object, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.people: list[Person] = []
        self._all: Sequence[Person] = ()
        self._teams: list[str] = []
        self._of: Mapping[Who, int] = {}
        self._words = ""

    def put(self, people: Sequence[Person], teams: Sequence[str], of: Mapping[Who, int]) -> None:
        """Everybody, the names of the teams, and who is in which."""
        columns = len(teams) != len(self._teams) or not people
        self._all, self._teams, self._of = people, list(teams), dict(of)
        if columns or self._wanted() != self.people:
            self._fill()
        elif self.people:
            corner = self.index(len(self.people) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    @property
    def anybody(self) -> bool:
        """Whether there is anybody at all, found or not."""
        return bool(self._all)

    def search(self, words: str) -> None:
        """Only those whose name, post or skills have the words in them."""
        self._words = folded(words)
        self._fill()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return FIRST_TEAM + len(self._teams)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (*HEADS, *self._teams)[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() >= FIRST_TEAM else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self.people[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column >= FIRST_TEAM:
            inside = self._of.get(one.who) == column - FIRST_TEAM
            return Qt.CheckState.Checked if inside else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole and column < FIRST_TEAM:
            return (one.name, one.post, "、".join(one.can))[column]
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("amber" if one.busy and column == NAME else "secondary" if column else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover("\n".join(part for part in (one.name, one.post, "、".join(one.can), one.busy) if part))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        team = index.column() - FIRST_TEAM if Qt.CheckState(value) == Qt.CheckState.Checked else -1
        self.ticked.emit(self.people[index.row()].who, team)
        return True

    def toggle(self, row: int, team: int) -> None:
        """Into that team, or out of it if that is where they are."""
        if 0 <= row < len(self.people) and 0 <= team < len(self._teams):
            who = self.people[row].who
            self.ticked.emit(who, -1 if self._of.get(who) == team else team)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        parts = (f"{int(self.people[row].expert)}:{self.people[row].key}" for row in rows)
        data = QMimeData()
        data.setData(MIME, ",".join(parts).encode())
        return data

    def _wanted(self) -> list[Person]:
        return [one for one in self._all if self._words in folded(f"{one.name} {one.post} {' '.join(one.can)}")]

    def _fill(self) -> None:
        self.beginResetModel()
        self.people = self._wanted()
        self.endResetModel()


def people_in(data: QMimeData) -> list[Who]:
    """Who is being dragged."""
    text = bytes(data.data(MIME).data()).decode()
    pairs = (part.split(":") for part in text.split(",") if part)
    return [(expert == "1", int(key)) for expert, key in pairs]


class MemberTable(QTableView):
    """Space ticks the team in the cursor's column; 1–9 put the row into that team, 0 takes it out.

    `opened` (who) when somebody's own page is asked for, by a double click on the name or the menu.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = Members(self)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        dress_rows(self, "可以去的人")
        self.setDragEnabled(True)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.empty = EmptyHint(self.viewport())
        self.rows.modelReset.connect(self._set_widths)
        self.rows.modelReset.connect(self._say_nobody)
        self._set_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, text = self.currentIndex().row(), event.text()
        column = self.currentIndex().column()
        if text and text in "0123456789" and row >= 0:
            if text == "0":
                self.rows.ticked.emit(self.rows.people[row].who, -1)
            else:
                self.rows.toggle(row, int(text) - 1)
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self.rows.toggle(row, max(0, column - FIRST_TEAM))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() >= FIRST_TEAM and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self.rows.toggle(index.row(), index.column() - FIRST_TEAM)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() < FIRST_TEAM:
            self.opened.emit(self.rows.people[index.row()].who)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("打开人员资料（记休假、值班、培训）")
            menu.triggered.connect(self._open_current)
            menu.popup(event.globalPos())

    def _open_current(self) -> None:
        self.opened.emit(self.rows.people[self.currentIndex().row()].who)

    def _say_nobody(self) -> None:
        """Why nobody is listed."""
        if self.rows.people:
            self.empty.hide()
        elif self.rows.anybody:
            self.empty.say("没有找到这样的人。")
        else:
            self.empty.say("还没有招商人员。先在菜单“库 → 招商人员”里登记，或导入花名册。")

    def _set_widths(self) -> None:
        head = self.horizontalHeader()
        for section in range(self.rows.columnCount()):
            head.resizeSection(section, WIDTHS[section] if section < FIRST_TEAM else TEAM_WIDTH)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section in (POST, CAN):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
