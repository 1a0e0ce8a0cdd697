"""预算: what the trip may cost, line by line with the rule behind each, against the limit of the fund."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.budget import add_untold, budget_talk, make_budget
from zhaoshang_desktop.actions.record import new_record, remove_records
from zhaoshang_desktop.actions.settlement import spend
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.money import Money, read_money, write_money
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.cells import CellDelegate, PatientTable
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.pieces import rich
from zhaoshang_desktop.ui.row_table import RowModel
from zhaoshang_desktop.ui.trip.sight import Sight, yuan
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.budget import BudgetTalk
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

Index = QModelIndex | QPersistentModelIndex
NUMBER, ITEM, BASIS, PLANNED, ACTUAL, OVER = range(6)
HEADS = ("序号", "项目", "依据与算法", "预算（元）", "实际（元）", "超出（元）")
MOST_SAVINGS = 4
WIDTHS = (44, 180, 420, 100, 100, 100)
FIELDS = {ITEM: "item", BASIS: "basis", PLANNED: "planned", ACTUAL: "actual"}


@dataclass(frozen=True)
class Reckoned:
    """A budget that was worked out: what could not be, in sentences."""

    changes: Changes
    missing: tuple[str, ...]


def reckon(office: Office, trip: int) -> Reckoned:
    """Work the lines out anew; those typed by hand stay."""
    made, changes = make_budget(office, trip)
    return Reckoned(changes, made.missing)


def _talk(trip: int) -> Callable[[Office], BudgetTalk]:
    return lambda office: budget_talk(office, trip)


class Lines(RowModel):
    """The lines and their total; `asked` (line, field, value) when a cell was changed,
    `refused` the reason why a text is no amount."""

    heads = HEADS

    asked = Signal(object, str, object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[BudgetLine] = []

    def put(self, lines: list[BudgetLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def total(self, column: int) -> int:
        """In 分; foreign money is not added."""
        amounts = (getattr(line, FIELDS[column]) for line in self.lines)
        return sum(amount.fen for amount in amounts if amount and amount.currency == "CNY")

    def count(self) -> int:
        return len(self.lines) + 1 if self.lines else 0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = index.row() < len(self.lines) and index.column() in FIELDS
        return flags | Qt.ItemFlag.ItemIsEditable if line else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if row == len(self.lines):
            return self._total_cell(column, role)
        line = self.lines[row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == BASIS:
            return line.basis or None
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == OVER and _over(line) > 0:
                return theme.colour("red")
            return theme.colour("secondary" if column in (NUMBER, BASIS) else "text")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, column = self.lines[index.row()], index.column()
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self._text(line, column):
            return False
        if column in (PLANNED, ACTUAL):
            try:
                amount = read_money(text) if text else None
            except NotUnderstood as error:
                self.refused.emit(f"“{text}”{error}。")
                return False
            self.asked.emit(line, FIELDS[column], amount)
        else:
            self.asked.emit(line, FIELDS[column], text)
        return True

    def _text(self, line: BudgetLine, column: int) -> str:
        if column == NUMBER:
            return str(line.number or "")
        if column == OVER:
            return _figure(Money(_over(line))) if line.actual and _over(line) > 0 else ""
        value = getattr(line, FIELDS[column])
        if column in (PLANNED, ACTUAL):
            return _figure(value) if value else ""
        return value or ""

    def _total_cell(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if column == ITEM:
                return "合计"
            if column in (PLANNED, ACTUAL):
                return _figure(Money(self.total(column))) if self.total(column) else ""
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("pane")
        return None


class BudgetStep(Step):
    """A line that was changed by hand is no longer worked out anew."""

    KEY = "budget"
    TITLE = "预算"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.table = _Table(self)
        self.lines = Lines(self)
        self.table.setModel(self.lines)
        self.table.dress()
        self.empty = EmptyHint(self.table.viewport())
        self.verdict, self.missing = QLabel(self), rich("")
        self.missing.setProperty("role", "weak")
        self.missing.setWordWrap(True)
        self.missing.linkActivated.connect(self._follow)
        self.missing.hide()
        self.savings = QLabel(self)
        self.savings.setProperty("role", "secondary")
        self.savings.setWordWrap(True)
        self.savings.setContentsMargins(16, 4, 16, 4)
        self.savings.hide()
        self._bar = _LimitBar(self)
        foot = QFrame(self)
        foot.setObjectName("toolbar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.verdict)
        row.addWidget(self._bar, 1)
        self.missing.setContentsMargins(16, 4, 16, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(foot)
        column.addWidget(self.missing)
        column.addWidget(self.savings)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.lines.asked.connect(self._set)
        self.lines.refused.connect(desk.say)
        self.table.dropped.connect(self._drop)
        self.empty.pressed.connect(self._press)

    def put(self, sight: Sight) -> None:
        super().put(sight)
        self.table.when_idle(self._show)
        self.desk.ask((self, "talk"), _talk(sight.key), self._told, later=True)
        if sight.book.budget:
            self.empty.hide()
        elif sight.book.legs:
            self.empty.say("按日程、人数和财政标准算出伙食、住宿、交通各要多少。", "测算预算", "reckon")
        else:
            self.empty.say("排好日程以后，才能按路程和住宿测算预算。", "去“日程”一步", "schedule")
        self.told.emit()

    def _show(self) -> None:
        if self.sight is None:
            return
        here, scroll = self.table.currentIndex(), self.table.verticalScrollBar().value()
        row, column = here.row(), here.column()
        self.lines.put(self.sight.book.budget)
        if 0 <= row < self.lines.rowCount():
            self.table.setCurrentIndex(self.lines.index(row, column))
        self.table.verticalScrollBar().setValue(scroll)
        self._judge(self.sight)

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.sight is None or not self.sight.book.budget:
            return ()
        return ("添加一行", "record.new"), ("重新测算 F5", "reload")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"reload": self.reckon, "record.new": self._add, "record.remove": self._drop}

    def status(self) -> str:
        return self.verdict.text()

    @staticmethod
    def mark(sight: Sight) -> Mark:
        lines = sight.book.budget
        left = left_of(sight.book.trip.fund_limit, [line.planned for line in lines])
        return Mark("wrong" if left and left.fen < 0 else "done" if lines else "open")

    def reckon(self) -> None:
        """Work out the lines that were not typed by hand."""
        if self.sight is not None:
            self.desk.run(reckon, self.sight.key, on_done=self._reckoned, words="正在测算预算")

    def _reckoned(self, done: Reckoned) -> None:
        self.desk.say("预算已经按日程算好，手改过的行没有动。", done.changes.batch)

    def _told(self, talk: BudgetTalk) -> None:
        """What could not be reckoned with the ways out, and, over the limit, what would save most."""
        if self.sight is None or talk.trip != self.sight.key:
            return
        known = bool(self.sight.book.budget)
        words = html.escape("；".join(talk.missing) + "。") if talk.missing else ""
        if talk.untold:
            words += f"　<a href='untold'>加上这 {len(talk.untold)} 行自己填</a>"
        if "标准" in words:
            words += "　<a href='standards'>去改标准</a>"
        self.missing.setText(words)
        self.missing.setVisible(bool(words) and known)
        cheaper = "；".join(one.sentence for one in talk.savings[:MOST_SAVINGS])
        self.savings.setText(f"超出限额可以这样省（各自单独算）：{cheaper}。")
        self.savings.setVisible(bool(cheaper) and self.verdict.property("role") == "wrong")

    def _follow(self, link: str) -> None:
        if link == "standards":
            self.desk.called.emit("office.standards")
        elif self.sight is not None:
            self.desk.run(add_untold, self.sight.key, on_done=self._added)

    def _judge(self, sight: Sight) -> None:
        planned, actual = self.lines.total(PLANNED), self.lines.total(ACTUAL)
        limit = sight.book.trip.fund_limit
        words = [f"预算合计 {yuan(Money(planned))} 元"]
        if actual:
            words.append(f"已花 {yuan(Money(actual))} 元")
        left = left_of(limit, [Money(planned)])
        over = left is not None and left.fen < 0
        if limit is None:
            words.append("没有填写经费限额")
        elif left is None:
            words.append(f"限额 {write_money(limit)} 是外币，没有比较")
        elif over:
            words.append(f"限额 {yuan(limit)} 元，超出 {yuan(Money(-left.fen))} 元")
        else:
            words.append(f"限额 {yuan(limit)} 元，结余 {yuan(left)} 元")
        self.verdict.setText("　".join(words))
        theme.restyle(self.verdict, "role", "wrong" if over else "value")
        self._bar.put(planned, limit.fen if limit and left else 0)

    def _set(self, line: BudgetLine, name: str, value: object) -> None:
        if name == "actual":
            self.desk.run(_spend, BudgetLine, line.id, {name: value})
        else:
            self.hand.edit(line, {name: value, "reckoned": None})

    def _add(self) -> None:
        if self.sight is not None:
            number = max((line.number or 0 for line in self.sight.book.budget), default=0) + 1
            self.desk.run(new_record, BudgetLine(trip=self.sight.key, number=number, item="其他"), on_done=self._added)

    def _added(self, changes: Changes) -> None:
        self.desk.say("加了一行，双击可以改。", changes.batch)

    def _drop(self) -> None:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        keys = [self.lines.lines[row].id for row in rows if row < len(self.lines.lines)]
        if keys:
            self.desk.run(remove_records, BudgetLine, keys, on_done=self._dropped)

    def _dropped(self, changes: Changes) -> None:
        self.desk.say(f"去掉了 {len(changes.of('budget_line'))} 行。", changes.batch)

    def _press(self, name: str) -> None:
        if name == "reckon":
            self.reckon()
        else:
            self.wanted.emit(name)


class _Table(PatientTable):
    dropped = Signal()

    def dress(self) -> None:
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setAccessibleName("预算")
        head, side = self.horizontalHeader(), self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        side.setMinimumSectionSize(theme.ROW_HEIGHTS["normal"])
        head.setFixedHeight(28)
        head.setHighlightSections(False)
        for section, width in enumerate(WIDTHS):
            head.resizeSection(section, width)
        head.setSectionResizeMode(BASIS, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _LimitBar(QWidget):
    """How much of the limit is used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._planned = self._limit = 0
        self.setMinimumHeight(10)
        self.setMaximumWidth(420)

    def put(self, planned: int, limit: int) -> None:
        self._planned, self._limit = planned, limit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._limit:
            return
        painter = QPainter(self)
        whole = max(self._planned, self._limit)
        middle, wide = self.height() // 2, self.width() - 2
        painter.fillRect(0, middle - 4, round(wide * self._limit / whole), 8, theme.colour("line"))
        used = round(wide * min(self._planned, self._limit) / whole)
        painter.fillRect(0, middle - 4, used, 8, theme.colour("green"))
        if self._planned > self._limit:
            painter.fillRect(used, middle - 4, wide - used, 8, theme.colour("red"))


def _over(line: BudgetLine) -> int:
    return (line.actual.fen if line.actual else 0) - (line.planned.fen if line.planned else 0)


def _figure(amount: Money) -> str:
    """With its 分, so that figures stand under each other; foreign money keeps its name."""
    return f"{amount.yuan:,.2f}" if amount.currency == "CNY" else yuan(amount)


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in (PLANNED, ACTUAL, OVER) else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _spend(office: Office, _record: type[BudgetLine], line: int, values: dict[str, Any]) -> Changes:
    return spend(office, line, values["actual"])
