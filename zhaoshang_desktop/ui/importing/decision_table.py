"""The rows of a plan with what is to become of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.actions.import_plan import Decision, Fate, ImportPlan
from zhaoshang_desktop.actions.settling import Choice, Choices, choices_for, usual_choice
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.choice_menu import KEYS, offer_choices
from zhaoshang_desktop.ui.importing.marks import write_cell
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, dress_rows

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("行", "表里写的", "依据", "会补充", "处理")
ROW, NAME, REASON, NEWS, CHOICE = range(5)
_WIDTHS = {ROW: 56, NAME: 260, NEWS: 300, CHOICE: 120}
_TELLING = 200
_FATES = {
    Fate.CREATED: "新建",
    Fate.UPDATED: "并入前面那行",
    Fate.UNCHANGED: "没有变化",
    Fate.REJECTED: "不导入",
}


class DecisionTable(QTableView):
    """`chosen` (places in the plan, Choice) when the clerk decides, `moved` (place) when another row is current."""

    chosen = Signal(object, object)
    moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.decisions = DecisionModel(self)
        self.setModel(self.decisions)
        self.setItemDelegate(_Faces(self))
        dress_rows(self, "重复与合并")
        header = self.horizontalHeader()
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        for section, width in _WIDTHS.items():
            header.resizeSection(section, width)
        self.clicked.connect(self._click)
        self.selectionModel().currentRowChanged.connect(self._move)

    def show_places(self, plan: ImportPlan, places: Sequence[int], choices: Choices) -> None:
        """These decisions of the plan, the first of them current."""
        self.decisions.show(plan, places, choices)
        self.setColumnHidden(NEWS, not any(news_of(plan.decisions[place]) for place in places[:_TELLING]))
        if places:
            self.setCurrentIndex(self.decisions.index(0, NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = KEYS.get(Qt.Key(event.key()))
        rows = self.selectionModel().selectedRows()
        if choice is not None and rows:
            self._choose([index.row() for index in rows], choice)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        decision = self.decisions.at(index.row())
        if index.column() == CHOICE and choices_for(decision):
            offer_choices(self, index, decision, self.decisions.choice_at(index.row()), self._take)

    def _take(self, action: QAction) -> None:
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        self._choose(rows, Choice(action.data()))

    def _choose(self, rows: list[int], choice: Choice) -> None:
        places = [self.decisions.places[row] for row in rows if choice in choices_for(self.decisions.at(row))]
        self.chosen.emit(places, choice)
        self.viewport().update()

    def _move(self, index: QModelIndex) -> None:
        if index.isValid():
            self.moved.emit(self.decisions.places[index.row()])


class DecisionModel(RowModel):
    """Some decisions of a plan, by their places in it."""

    heads = HEADINGS

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.places: Sequence[int] = ()
        self._plan: ImportPlan | None = None
        self._choices = Choices()

    def show(self, plan: ImportPlan, places: Sequence[int], choices: Choices) -> None:
        """`choices` is looked at anew whenever something is painted."""
        self.beginResetModel()
        self._plan, self.places, self._choices = plan, places, choices
        self.endResetModel()

    def at(self, row: int) -> Decision:
        assert self._plan is not None
        return self._plan.decisions[self.places[row]]

    def choice_at(self, row: int) -> Choice | None:
        return self._choices.of(self.places[row], self.at(row))

    def count(self) -> int:
        return len(self.places)

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(self._text(index.row(), index.column()))
        return None

    def _text(self, row: int, column: int) -> str:
        decision = self.at(row)
        if column == ROW:
            return str(decision.draft.row)
        if column == NAME:
            return decision.draft.record.title
        if column == REASON:
            return decision.reason
        return news_of(decision) if column == NEWS else self._words(row)

    def _words(self, row: int) -> str:
        decision = self.at(row)
        if choices_for(decision):
            return (self.choice_at(row) or Choice.SKIP).value
        return _FATES.get(decision.fate, "")


class _Faces(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        model = index.model()
        assert isinstance(model, DecisionModel)
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text, meaning = index.data() or "", "text"
        if index.column() in (ROW, REASON):
            meaning = "secondary"
        if index.column() == CHOICE and choices_for(model.at(index.row())):
            choice = model.choice_at(index.row())
            told = choice is not usual_choice(model.at(index.row()))
            text = f"{text} ▾"
            meaning = "green" if told else "amber" if choice is Choice.SKIP else "accent"
        write_cell(painter, rect, text, meaning)
        painter.restore()


def news_of(decision: Decision) -> str:
    """What the list brings to the record it means, in words."""
    parts: list[str] = []
    counts: dict[str, int] = {}
    for news in decision.news:
        kind = type(news.record)
        if kind is type(decision.draft.record):
            parts += [field_of(kind, cell.name).label for cell in news.cells if cell.adds is not None]
        elif any(cell.adds is not None for cell in news.cells):
            counts[kind.NOUN] = counts.get(kind.NOUN, 0) + 1
    parts += [f"{RECORD_TITLES[noun]} {count} 条" for noun, count in counts.items()]
    return "、".join(parts)
