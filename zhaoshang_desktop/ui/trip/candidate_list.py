"""The candidates of a trip, best first, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.delegate import draw_ring
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.trip.painting import smaller
from zhaoshang_desktop.ui.trip.sight import city

Index = QModelIndex | QPersistentModelIndex
ROW, MARGIN, ADD = 46, 16, 64


@dataclass(frozen=True)
class Candidate:
    """`reasons` best first; an investor found by searching may have none."""

    investor: Investor
    reasons: tuple[str, ...] = ()
    on_trip: bool = False


class Candidates(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Candidate] = []

    def put(self, rows: Sequence[Candidate]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.investor.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover("\n".join([row.investor.name, *row.reasons]))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return "，".join(row.reasons)
        return None


class CandidateList(QListView):
    """`added` carries the keys of those to be put on the trip: Enter, double click, or a click on ＋ 加入."""

    added = Signal(object)
    marked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = Candidates(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("候选客商")
        self.doubleClicked.connect(self._add_selected)
        self.selectionModel().selectionChanged.connect(self._mark)

    def put(self, rows: Sequence[Candidate]) -> None:
        """Show these; the cursor stays at its row."""
        row = self.currentIndex().row()
        self.rows.put(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(0, row), len(rows) - 1), 0))
        self._mark()

    def selected(self) -> list[int]:
        """The selected investors who are not on the trip yet."""
        chosen = sorted(index.row() for index in self.selectedIndexes())
        return [self.rows.rows[row].investor.id for row in chosen if not self.rows.rows[row].on_trip]

    def go_to(self, keys: Sequence[int]) -> None:
        """Select those of the investors that are in the list."""
        numbers = [number for number, row in enumerate(self.rows.rows) if row.investor.id in keys]
        if numbers:
            self.setCurrentIndex(self.rows.index(numbers[0], 0))
            for number in numbers[1:]:
                index = self.rows.index(number, 0)
                self.selectionModel().select(index, self.selectionModel().SelectionFlag.Select)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._add_selected()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() > self.viewport().width() - ADD - MARGIN:
            row = self.rows.rows[index.row()]
            if not row.on_trip:
                self.added.emit([row.investor.id])
                return
        super().mouseReleaseEvent(event)

    def _add_selected(self) -> None:
        keys = self.selected()
        if keys:
            self.added.emit(keys)

    def _mark(self) -> None:
        self.marked.emit([self.rows.rows[index.row()].investor.id for index in self.selectedIndexes()])


class _Rows(QStyledItemDelegate):
    """Name, level and city; below them the reasons; at the right what a click does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Candidates)
        row = model.rows[index.row()]
        rect: QRect = option.rect
        painter.save()
        selected = option.state & QStyle.StateFlag.State_Selected
        if selected:
            painter.fillRect(rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._first_line(painter, rect.adjusted(MARGIN, 4, -MARGIN - ADD, -ROW // 2), row, option.font)
        painter.setFont(smaller(option.font, 1))
        below = rect.adjusted(MARGIN, ROW // 2 - 1, -MARGIN - ADD, -5)
        painter.setPen(theme.colour("violet" if row.reasons else "secondary"))
        words = " · ".join(row.reasons) or "搜索到的，没有推荐理由"
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, cut)
        right = rect.adjusted(rect.width() - ADD - MARGIN, 0, -MARGIN, 0)
        painter.setPen(theme.colour("green" if row.on_trip else "accent"))
        text = "✓ 已选" if row.on_trip else "＋ 加入"
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.restore()

    def _first_line(self, painter: QPainter, room: QRect, row: Candidate, font: Any) -> None:
        investor = row.investor
        painter.setFont(font)
        where = city(investor.place)
        wide = painter.fontMetrics().horizontalAdvance(where) + 30
        name = painter.fontMetrics().elidedText(investor.name, Qt.TextElideMode.ElideRight, room.width() - wide)
        painter.setPen(theme.colour("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        x = room.left() + painter.fontMetrics().horizontalAdvance(name) + 8
        if investor.level:
            draw_ring(painter, QPointF(x + 9, room.center().y() + 1), investor.level)
            x += 26
        painter.setPen(theme.colour("secondary"))
        painter.setFont(smaller(font, 1))
        painter.drawText(room.adjusted(x - room.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, where)
