"""The receptions there are: when, who comes, of which kind, what is still wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import GUEST, RECEPTION_KINDS, Reception, ReceptionPerson
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.cells import CellDelegate
from zhaoshang_desktop.ui.library.empty import EmptyHint

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
HEADS = ("名称", "状态", "接待类别", "日期", "来访单位", "客人", "来函")
WIDTHS = (260, 76, 76, 158, 150, 56, 140)
NAME, STATE, KIND, DAYS, VISITOR, GUESTS, LETTER = range(7)
MEANINGS = {"草稿": "violet", "已定": "accent", "接待中": "amber", "已结束": "green", "取消": "faint"}
NEW = "reception.new"


@dataclass(frozen=True)
class Line:
    """One reception as the list shows it."""

    reception: Reception
    visitor: str
    guests: int

    def text(self, column: int) -> str:
        one = self.reception
        days = ""
        if one.start and one.end:
            days = f"{one.start:%Y-%m-%d} — {one.end:%m-%d}" if one.start != one.end else f"{one.start:%Y-%m-%d}"
        guests = f"{self.guests} 人" if self.guests else ""
        return (one.name, f"● {one.state}", one.kind, days, self.visitor, guests, one.letter_number)[column]


def lines(words: str, kind: str) -> Callable[[Office], list[Line]]:
    """The question which receptions there are, the latest first."""

    def question(office: Office) -> list[Line]:
        where = (Where("kind", "=", kind),) if kind else ()
        found: list[Reception] = office.find(Query(Reception, words=words, where=where, order=("-start", "-id")))
        firms = {key for one in found for key in one.investors}
        names = {one.id: one.short_name or one.name for one in office.rows(Investor, sorted(firms))}
        counts: dict[int, int] = {}
        for _, reception, side in office.columns(ReceptionPerson, "reception", "side"):
            counts[reception] = counts.get(reception, 0) + (side == GUEST)
        return [
            Line(one, one.from_unit or "、".join(names.get(key, "") for key in one.investors), counts.get(one.id, 0))
            for one in found
        ]

    return question


class Receptions(QAbstractTableModel):
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
            off = line.reception.state == "取消"
            meaning = MEANINGS.get(line.reception.state, "text") if index.column() == STATE else "text"
            return theme.colour("faint" if off else meaning)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.reception.purpose or None
        return None


class ReceptionList(QWidget):
    """`opened` carries the key of a reception, `called` the name of a command, `told` when the count has changed."""

    opened = Signal(object)
    called = Signal(str)
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = 0
        self._kind = ""
        self.model = Receptions(self)
        self.search = QLineEdit(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.dress()
        self.empty = EmptyHint(self.table.viewport())
        self.kinds: dict[str, QPushButton] = {}
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
        """The reception where the cursor is, 0 when there is none."""
        row = self.table.currentIndex().row()
        return self.model.lines[row].reception.id if 0 <= row < len(self.model.lines) else 0

    @property
    def kind(self) -> str:
        """The kind that is shown, "" for both."""
        return self._kind

    def selected(self) -> list[int]:
        """The selected receptions."""
        return [self.model.lines[index.row()].reception.id for index in self.table.selectionModel().selectedRows()]

    def ask(self) -> None:
        """Put the question that the toolbar makes."""
        if self._desk.is_open:
            self._desk.ask((self, "receptions"), lines(self.search.text().strip(), self._kind), self._show)

    def go_to(self, key: int) -> None:
        """Put the cursor on that reception as soon as it is there."""
        self._wanted = key
        self.ask()

    def status(self) -> str:
        counts = {kind: sum(1 for one in self.model.lines if one.reception.kind == kind) for kind in RECEPTION_KINDS}
        told = "　".join(f"{kind} {count} 次" for kind, count in counts.items() if count)
        return f"共 {len(self.model.lines):,} 次" + (f"　{told}" if told else "")

    def clear(self) -> bool:
        """Take words and kind off; False when there were none."""
        if not self.search.text() and not self._kind:
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
        self.search.setPlaceholderText("搜索：名称、来访单位、文号、拼音")
        self.search.setAccessibleName("搜索接待")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        row.addWidget(self.search, 2)
        for kind in RECEPTION_KINDS:
            chip = QPushButton(kind, bar)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._filter)
            self.kinds[kind] = chip
            row.addWidget(chip)
        row.addStretch(1)
        ledger = QPushButton("台账…", bar)
        ledger.clicked.connect(self._ledger)
        new = QPushButton("新建接待", bar)
        new.setProperty("kind", "primary")
        new.clicked.connect(self._new)
        row.addWidget(ledger)
        row.addWidget(new)
        return bar

    def _filter(self) -> None:
        for kind, chip in self.kinds.items():
            if chip is self.sender():
                self._mark(kind if chip.isChecked() else "")
        self.ask()

    def _mark(self, kind: str) -> None:
        self._kind = kind
        for name, chip in self.kinds.items():
            chip.setChecked(name == kind)
            theme.restyle(chip, "active", "true" if name == kind else "false")

    def _show(self, found: list[Line]) -> None:
        key = self._wanted or self.current_key
        self._wanted = 0
        self.model.put(found)
        keys = [line.reception.id for line in found]
        if found:
            self.table.setCurrentIndex(self.model.index(keys.index(key) if key in keys else 0, 0))
            self.empty.hide()
        elif self.search.text().strip() or self._kind:
            self.empty.say("没有符合条件的接待。", "清除条件", "clear")
        else:
            words = "还没有接待。新建一次，写好名单和日程，程序按标准检查，印出方案、名单、席签和接待清单。"
            self.empty.say(words, "新建接待", NEW)
        self.told.emit()

    def _open(self) -> None:
        if self.current_key:
            self.opened.emit(self.current_key)

    def _new(self) -> None:
        self.called.emit(NEW)

    def _ledger(self) -> None:
        self.called.emit("reception.ledger")

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
        self.setAccessibleName("接待")
        self.doubleClicked.connect(self.entered_row)
        head, side = self.horizontalHeader(), self.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        head.setFixedHeight(28)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate(WIDTHS):
            head.resizeSection(section, width)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)
