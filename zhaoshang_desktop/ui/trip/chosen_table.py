"""Those who are to be seen on a trip, with what was agreed or wished for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.meeting_times import read_times, write_times
from zhaoshang_desktop.domain.visit import PRIORITIES, Visit
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate, PatientTable
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, dress_rows
from zhaoshang_desktop.ui.trip.agreed_editors import SlotEditor, TimesEditor
from zhaoshang_desktop.ui.trip.minutes_box import MinutesBox
from zhaoshang_desktop.ui.trip.sight import DONE, OFF_THE_LIST, Sight, city, short_day

Index = QModelIndex | QPersistentModelIndex
NAME, PLACE, MUST, PRIORITY, MINUTES, FIXED, WINDOWS, TEAM = range(8)
HEADS = ("拜访对象", "地点", "必到", "优先", "时长", "约定时间", "可谈时间", "限定队")
WIDTHS = (150, 60, 40, 48, 70, 128, 126, 64)
FOLDS = ((700, PLACE), (590, TEAM), (530, PRIORITY), (470, WINDOWS))
"""Below which width a column folds; all of them are in the window of the visit too."""


@dataclass(frozen=True)
class Asked:
    """One cell changed by hand."""

    visit: Visit
    column: int
    value: Any


class Chosen(RowModel):
    """One row a visit, in the order they were chosen; those called off stand last, in grey."""

    heads = HEADS

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sight: Sight | None = None
        self.visits: list[Visit] = []

    def put(self, sight: Sight) -> None:
        self.beginResetModel()
        self.sight = sight
        self.visits = sorted(sight.book.visits, key=lambda visit: (visit.state == OFF_THE_LIST, visit.id))
        self.endResetModel()

    def count(self) -> int:
        return len(self.visits)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.visits[index.row()].state in (OFF_THE_LIST, DONE):
            return flags
        if index.column() == MUST:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() >= MINUTES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        visit, column = self.visits[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(visit, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == MUST and visit.state != OFF_THE_LIST:
            return Qt.CheckState.Checked if visit.must else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole:
            off = visit.state == OFF_THE_LIST
            return theme.colour("faint" if off else "green" if column == FIXED and visit.fixed else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(self._hint(visit))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        visit, column = self.visits[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role != Qt.ItemDataRole.EditRole or value == self._value(visit, column):
            return False
        self.asked.emit(Asked(visit, column, value))
        return True

    def _text(self, visit: Visit, column: int) -> str:
        assert self.sight is not None
        if column == NAME:
            return self.sight.called(visit)
        if column == PLACE:
            return city(self.sight.place(visit))
        if visit.state == OFF_THE_LIST:
            return "不去了" if column == FIXED else ""
        if column == MINUTES:
            return f"{visit.minutes or 0} 分钟"
        if column == FIXED:
            slot = self._value(visit, FIXED)
            return f"{short_day(slot[0])} {write_hour(slot[1])}" if slot else "—"
        if column == PRIORITY:
            return visit.priority or "—"
        if column == WINDOWS:
            return write_times(visit.windows) or "—"
        if column == TEAM:
            team = self.sight.team(visit.only_team)
            return team.name if team else "都可以"
        return ""

    def value_at(self, index: Index) -> Any:
        """What an editor is to show."""
        return self._value(self.visits[index.row()], index.column())

    def _value(self, visit: Visit, column: int) -> Any:
        if column == FIXED:
            agreed = visit.fixed and visit.day is not None and visit.start is not None
            return (visit.day, visit.start) if agreed else None
        return {
            MUST: bool(visit.must),
            PRIORITY: visit.priority,
            MINUTES: visit.minutes,
            WINDOWS: visit.windows,
            TEAM: visit.only_team,
        }.get(column)

    def _hint(self, visit: Visit) -> str:
        assert self.sight is not None
        investor = self.sight.book.investors.get(visit.investor)
        times = f"可谈时间：{write_times(visit.windows)}" if visit.windows else ""
        others = [self.sight.called(one) for key in visit.apart if (one := self.sight.visit(key))]
        apart = f"不和{'、'.join(others)}排在同一天" if others else ""
        parts = [investor.name if investor else "", visit.address, self.sight.host(visit), times, apart]
        return "\n".join(part for part in parts if part)


class ChosenTable(PatientTable):
    """`asked` a cell was changed, `refused` (a sentence) what was typed cannot be meant, `dropped` (visits) Del
    was pressed, `opened` (a visit), `restored` (one called off) and `shown` (an investor) come from the menu."""

    asked = Signal(object)
    refused = Signal(str)
    opened = Signal(object)
    dropped = Signal(object)
    restored = Signal(object)
    shown = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = Chosen(self)
        self._sight: Sight | None = None
        self.setModel(self.rows)
        self.rows.asked.connect(self.asked)
        cells = _Cells(self)
        cells.refused.connect(self.refused)
        self.setItemDelegate(cells)
        dress_rows(self, "已选的拜访对象")
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        head = self.horizontalHeader()
        head.setMinimumSectionSize(40)
        for section, width in enumerate(WIDTHS):
            head.resizeSection(section, width)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def put(self, sight: Sight) -> None:
        """Show the visits of the trip; cursor and place stay."""
        self._sight = sight
        self.when_idle(self._show)

    def _show(self) -> None:
        here, scroll = self.currentIndex(), self.verticalScrollBar().value()
        row, column = here.row(), here.column()
        if self._sight is not None:
            self.rows.put(self._sight)
        if 0 <= row < len(self.rows.visits):
            self.setCurrentIndex(self.rows.index(row, column))
        self.verticalScrollBar().setValue(scroll)

    def selected(self) -> list[Visit]:
        """The visits of the selected rows."""
        return [self.rows.visits[index.row()] for index in self.selectionModel().selectedRows()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the place and the team fold first."""
        super().resizeEvent(event)
        for width, column in FOLDS:
            self.setColumnHidden(column, self.width() < width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete and self.selected():
            self.dropped.emit([visit.id for visit in self.selected()])
        elif event.key() == Qt.Key.Key_F4 and self.currentIndex().isValid():
            self.opened.emit(self.rows.visits[self.currentIndex().row()].id)
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.rows.index(self.currentIndex().row(), MUST))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == MUST and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self._toggle(index)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).column() != MUST:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        visit = self.rows.visits[index.row()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if visit.state == OFF_THE_LIST:
            menu.addAction("恢复拜访").setData("restore")
        else:
            menu.addAction("修改…\tF4").setData("open")
        menu.addAction("从名单里去掉\tDel").setData("drop")
        menu.addAction("打开客商资料").setData("show")
        menu.triggered.connect(self._chosen)
        menu.popup(event.globalPos())

    def _chosen(self, action: Any) -> None:
        visit = self.rows.visits[self.currentIndex().row()]
        if action.data() == "open":
            self.opened.emit(visit.id)
        elif action.data() == "drop":
            self.dropped.emit([visit.id])
        elif action.data() == "restore":
            self.restored.emit(visit)
        else:
            self.shown.emit(visit.investor)

    def _toggle(self, index: QModelIndex) -> None:
        if self.rows.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            checked = self.rows.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
            self.rows.setData(index, wanted.value, Qt.ItemDataRole.CheckStateRole)


class _Cells(CellDelegate):
    """An editor for each column; `refused` says why what was typed is not taken."""

    refused = Signal(str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, Chosen)
        assert model.sight is not None
        if index.column() == MINUTES:
            return MinutesBox(parent)
        if index.column() == FIXED:
            return SlotEditor(model.sight, parent)
        if index.column() == WINDOWS:
            return TimesEditor(parent)
        if index.column() == PRIORITY:
            priorities = QComboBox(parent)
            for priority in ("", *PRIORITIES):
                priorities.addItem(priority or "按等级", priority)
            return priorities
        teams = QComboBox(parent)
        teams.addItem("都可以", 0)
        for team in model.sight.book.teams:
            teams.addItem(team.name, team.id)
        return teams

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Chosen)
        value = model.value_at(index)
        if isinstance(editor, MinutesBox):
            editor.put(90 if value is None else value)
        elif isinstance(editor, SlotEditor):
            editor.put(value)
        elif isinstance(editor, TimesEditor):
            editor.setText(write_times(value))
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, MinutesBox):
            if editor.wrong:
                self.refused.emit(f"{editor.wrong}，没有改。")
            else:
                model.setData(index, editor.minutes)
        elif isinstance(editor, TimesEditor):
            try:
                model.setData(index, read_times(editor.text()))
            except NotUnderstood as reason:
                self.refused.emit(f"可谈时间没有改：{reason}。")
        elif isinstance(editor, SlotEditor):
            model.setData(index, editor.take())
        elif isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        rect = option.rect
        wide = max(rect.width(), editor.minimumWidth(), editor.sizeHint().width())
        room = editor.parentWidget()
        left = max(0, min(rect.left(), room.width() - wide)) if room else rect.left()
        editor.setGeometry(left, rect.top(), wide, rect.height())


_FIELDS = {MINUTES: "minutes", PRIORITY: "priority", WINDOWS: "windows", TEAM: "only_team"}


def changes_of(asked: Asked) -> dict[str, Any]:
    """The fields of the visit that a changed cell means."""
    if asked.column == MUST:
        return {"must": asked.value or None}
    if asked.column in _FIELDS:
        return {_FIELDS[asked.column]: asked.value}
    if asked.value is None:
        unplaced = asked.visit.state != "已排"
        return {"fixed": None, "day": None, "start": None} if unplaced else {"fixed": None}
    return {"fixed": True, "day": asked.value[0], "start": asked.value[1]}
