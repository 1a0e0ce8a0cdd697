"""Which column becomes which field, with what the first row will say."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.domain.kinds import Amount
from zhaoshang_desktop.exchange.heading import JOINT
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.draft_values import UNREAD, text_at
from zhaoshang_desktop.ui.importing.work import Seen
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel, dress_rows

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("字段", "来自", "第一行会变成")
FIELD, SOURCE, VALUE = range(3)
_ROOM_FOR_SAMPLE = 300


class ColumnTable(QTableView):
    """`asked` (column of the sheet, point) when its field is to be changed, `moved` when a row was gone to."""

    asked = Signal(int, QPoint)
    moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = _Columns(self)
        self.setModel(self.columns)
        self.setItemDelegate(_Faces(self))
        dress_rows(self, "列对应")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._ask)
        self.selectionModel().currentRowChanged.connect(self._move)

    def understand(self, sheet: Sheet, seen: Seen) -> None:
        """Show the columns as they are understood."""
        self.columns.show(sheet, seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for three columns the sample is left to the hover."""
        super().resizeEvent(event)
        self.setColumnHidden(VALUE, self.width() < _ROOM_FOR_SAMPLE)

    def show_column(self, column: int) -> None:
        """Put the cursor on the row of that column of the sheet."""
        row = self.columns.row_of(column)
        if row >= 0:
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self.columns.index(row, FIELD))
            self.selectionModel().blockSignals(blocked)
            self.viewport().update()

    def _ask(self, index: QModelIndex) -> None:
        below = self.visualRect(self.columns.index(index.row(), FIELD)).bottomLeft()
        match = self.columns.matches[index.row()]
        self.asked.emit(match.column.index, self.viewport().mapToGlobal(below))

    def _move(self, index: QModelIndex) -> None:
        if index.isValid():
            self.moved.emit(self.columns.matches[index.row()].column.index)


class _Columns(RowModel):
    """First the columns that go somewhere, then those with a heading that do not."""

    heads = HEADINGS

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.matches: list[Match] = []
        self._sources: list[str] = []
        self._values: list[str] = []
        self._seen: Seen | None = None

    def show(self, sheet: Sheet, seen: Seen) -> None:
        self.beginResetModel()
        used = [match for match in seen.mapping.matches if match.path]
        rest = [match for match in seen.mapping.matches if not match.path and match.column.header]
        self.matches, self._seen = [*used, *rest], seen
        self._sources = _short_sources(self.matches)
        self._values = [_first_value(match, sheet, seen) for match in self.matches]
        self.endResetModel()

    def row_of(self, column: int) -> int:
        """The row of that column of the sheet, -1 when it is not shown."""
        return next((row for row, match in enumerate(self.matches) if match.column.index == column), -1)

    def count(self) -> int:
        return len(self.matches)

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            match = self.matches[index.row()]
            sample = f"第一行会变成：{self._values[index.row()]}" if self._values[index.row()] else ""
            parts = [f"{self._text(index.row(), FIELD)} ← {source_of(match)}", sample, match.doubt, "点一下可以改。"]
            return hover("\n".join(part for part in parts if part))
        return None

    def _text(self, row: int, column: int) -> str:
        match = self.matches[row]
        if column == SOURCE:
            return self._sources[row]
        if column == VALUE:
            return self._values[row]
        assert self._seen is not None
        return targets_of(self._seen.mapping.record)[match.path].label if match.path else "不导入"


class _Faces(QStyledItemDelegate):
    """Green and ✓ for what is certain, violet and ？ for what is proposed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        table = cast(ColumnTable, self.parent())
        match = table.columns.matches[index.row()]
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        if index.row() == table.currentIndex().row():
            painter.fillRect(rect, theme.colour("selection"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text, meaning = index.data(), "text"
        if not match.path:
            meaning = "faint"
        elif index.column() == SOURCE:
            sure = match.sure and not match.doubt
            text, meaning = f"{'✓' if sure else '？'} {text}", "green" if sure else "violet"
        elif index.column() == VALUE and text.startswith(UNREAD):
            meaning = "red"
        room = rect.adjusted(8, 0, -6, 0)
        painter.setPen(theme.colour(meaning))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _cut(painter, text, room.width(), index.column()))
        painter.restore()


def _cut(painter: QPainter, text: str, width: int, column: int) -> str:
    """Of a heading of several lines the last, and the unit, say most."""
    metrics = painter.fontMetrics()
    if column == SOURCE and " · " in text:
        sign, _, heading = text.partition(" ")
        return f"{sign} {metrics.elidedText(heading, Qt.TextElideMode.ElideLeft, width - 20)}"
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def source_of(match: Match) -> str:
    """The column's heading, with the unit its figures are in."""
    heading = match.column.header.replace(JOINT, " · ") or f"{match.column.letter} 列"
    return f"{heading}（{match.unit}）" if match.unit else heading


def _short_sources(matches: list[Match]) -> list[str]:
    """Of a heading of several lines the last, where no other column has the same."""
    lasts = [match.column.header.rpartition(JOINT)[2] for match in matches]
    sources = []
    for match, last in zip(matches, lasts, strict=True):
        short = f"{last}（{match.unit}）" if match.unit else last
        sources.append(short if last and lasts.count(last) == 1 else source_of(match))
    return sources


def takes_unit(match: Match, seen: Seen) -> bool:
    """Whether the column holds money, whose unit may be told."""
    return bool(match.path) and isinstance(targets_of(seen.mapping.record)[match.path].kind, Amount)


def _first_value(match: Match, sheet: Sheet, seen: Seen) -> str:
    if not match.path:
        return ""
    texts = (text_at(draft, match, sheet) for draft in seen.sample)
    return next((text for text in texts if text), "")
