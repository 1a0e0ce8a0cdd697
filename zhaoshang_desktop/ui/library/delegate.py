"""The faces of cells: rings, strips, dates that say how long ago, signs beside colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex as ModelIndex
from PySide6.QtCore import QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QTableView

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.cell_editing import CellDelegate
from zhaoshang_desktop.ui.library.columns import Column
from zhaoshang_desktop.ui.library.model import RecordTable
from zhaoshang_desktop.ui.library.values import relative_day
from zhaoshang_desktop.ui.library.views import OPEN_LEADS, SILENT_DAYS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem  # with its styles it costs the first picture 20 ms

Index = ModelIndex | QPersistentModelIndex
MARGIN = 8
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RING = 18
TICK = 12


@dataclass(frozen=True)
class Cell:
    """What a face needs to draw itself."""

    painter: QPainter
    rect: QRect
    record: Record
    column: Column
    text: str
    today: date

    @property
    def value(self) -> Any:
        return getattr(self.record, self.column.name)

    def write(self, text: str, meaning: str = "text", rect: QRect | None = None, right: bool = False) -> None:
        """Text in one line, cut with … when there is no room."""
        room = rect or self.rect
        metrics = self.painter.fontMetrics()
        self.painter.setPen(theme.colour(meaning))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(room, MIDDLE | side, elided(metrics, text, room.width()))


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text, or its beginning with … when it does not fit."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_ring(painter: QPainter, centre: QPointF, letter: str) -> None:
    """A level: its letter in a ring; A stands out, C stands back."""
    meaning = {"A": "accent", "B": "text"}.get(letter, "faint")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(meaning), 1.2))
    circle = QRectF(0, 0, RING - 1, RING - 1)
    circle.moveCenter(centre)
    painter.drawEllipse(circle)
    painter.setFont(theme.sized(painter.font(), 11))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


def draw_strip(painter: QPainter, rect: QRect, stage: str) -> int:
    """The main line as small steps, filled up to the stage; gives the width it took."""
    from zhaoshang_desktop.domain.milestone import MAIN_LINE  # the first window shows no project

    step, gap, height = 5, 2, 8
    reached = MAIN_LINE.index(stage) if stage in MAIN_LINE else -1
    for number in range(len(MAIN_LINE)):
        box = QRect(rect.left() + number * (step + gap), rect.center().y() - height // 2 + 1, step, height)
        painter.fillRect(box, theme.colour("accent" if number <= reached else "line"))
    return len(MAIN_LINE) * (step + gap)


def _text(cell: Cell) -> None:
    cell.write(cell.text, right=cell.column.right)


def _ring(cell: Cell) -> None:
    if cell.text:
        centre = QPointF(cell.rect.left() + RING / 2, cell.rect.center().y() + 0.5)
        draw_ring(cell.painter, centre, cell.text)


def _strip(cell: Cell) -> None:
    from zhaoshang_desktop.domain.milestone import ASIDE  # the first window shows no project

    if cell.text in ASIDE:
        cell.write(f"■ {cell.text}", "amber" if cell.text == "搁置" else "secondary")
    elif cell.text:
        width = draw_strip(cell.painter, cell.rect, cell.text)
        cell.write(cell.text, "text", cell.rect.adjusted(width + 4, 0, 0, 0))


def _day(cell: Cell) -> None:
    cell.write(relative_day(cell.value, cell.today) if cell.value else "")


def _silence(cell: Cell) -> None:
    day = cell.value
    if day is None:
        cell.write("● 从未", "amber")
    elif (cell.today - day).days >= SILENT_DAYS:
        cell.write(f"● {(cell.today - day).days} 天前", "amber")
    else:
        cell.write(relative_day(day, cell.today))


def _step(cell: Cell) -> None:
    words, due = cell.value, getattr(cell.record, "next_due", None)
    if not words:
        return
    if due is None:
        cell.write(words)
        return
    late = (cell.today - due).days
    tail = f" · 逾期 {late} 天" if late > 0 else f" · {due:%m-%d}"
    metrics = cell.painter.fontMetrics()
    room = cell.rect.width() - metrics.horizontalAdvance(tail)
    cell.write(elided(metrics, words, room) + tail, "red" if late > 0 else "text")


def _due(cell: Cell) -> None:
    if cell.value is None:
        return
    late = (cell.today - cell.value).days
    if late > 0 and getattr(cell.record, "state", "") in OPEN_LEADS:
        cell.write(f"● 逾期 {late} 天", "red")
    else:
        cell.write(relative_day(cell.value, cell.today))


def _state(cell: Cell) -> None:
    sign, meaning = {"待核实": ("○ ", "amber"), "转项目": ("✓ ", "green"), "失效": ("× ", "faint")}.get(
        cell.text, ("", "text")
    )
    cell.write(sign + cell.text, meaning)


def _place(cell: Cell) -> None:
    """As many of province, city and county as there is room for, rather than one of them cut."""
    parts, metrics = cell.text.split(), cell.painter.fontMetrics()
    while len(parts) > 1 and metrics.horizontalAdvance(" ".join(parts)) > cell.rect.width():
        parts.pop()
    cell.write(" ".join(parts))


FACES: dict[str, Callable[[Cell], None]] = {
    "text": _text,
    "ring": _ring,
    "strip": _strip,
    "day": _day,
    "silence": _silence,
    "step": _step,
    "due": _due,
    "state": _state,
    "place": _place,
}
"""Every `look` of a column."""


class RecordDelegate(CellDelegate):
    """Draws the cells of a RecordTable and edits them in place."""

    def __init__(self, desk: Desk, table: QTableView) -> None:
        super().__init__(desk, table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: Any = option
        rect, selected = where.rect, self._table.selectionModel().isSelected(index)  # QStyle's flags are slow to make
        model = self._table.model()
        assert isinstance(model, RecordTable)
        painter.setFont(where.font)
        if selected:
            painter.fillRect(rect, theme.colour("selection"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == 0:
            self._draw_tick(painter, rect, index)
        else:
            self._draw_cell(painter, rect.adjusted(MARGIN, 0, -MARGIN, 0), model, index)
        if index == self._table.currentIndex() and self._table.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def target(self, index: Index) -> tuple[Record | None, Field]:
        model = self._table.model()
        assert isinstance(model, RecordTable)
        return model.record_at(index.row()), field_of(model.record, model.columns[index.column() - 1].name)

    def _draw_tick(self, painter: QPainter, rect: QRect, index: Index) -> None:
        box = QRectF(0, 0, TICK, TICK)
        box.moveCenter(QPointF(rect.center()) + QPointF(0.5, 0.5))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_tick(painter, box, ticked)
        if index.row() == self._table.currentIndex().row():
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), theme.colour("accent"))

    def _mark_waiting(self, painter: QPainter, rect: QRect) -> None:
        """An arrow at the right: it is still to be sent."""
        painter.setPen(theme.colour("amber"))
        painter.drawText(rect.adjusted(0, 0, MARGIN - 1, 0), MIDDLE | Qt.AlignmentFlag.AlignRight, "↑")

    def _draw_cell(self, painter: QPainter, rect: QRect, model: RecordTable, index: Index) -> None:
        record = model.record_at(index.row())
        column = model.columns[index.column() - 1]
        if record is None:
            painter.setPen(theme.colour("faint"))
            painter.drawText(rect, MIDDLE, "…")
            return
        text = model.text(record, column)
        cell = Cell(painter, rect, record, column, text, self._desk.today())
        if model.waits(record, column):
            self._mark_waiting(painter, rect)
        raw = record.raw.get(column.name, "")
        if raw and not text:
            cell.write(f"？{raw}", "violet", right=column.right)
        else:
            FACES[column.look](cell)


def draw_tick(painter: QPainter, box: QRectF, ticked: bool) -> None:
    """A small box with or without its tick."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if ticked else "faint"), 1.2))
    painter.setBrush(theme.colour("accent_fill" if ticked else "paper"))
    painter.drawRoundedRect(box, 2, 2)
    if ticked:
        painter.setPen(QPen(theme.colour("on_accent"), 1.5))
        left, top = box.left(), box.top()
        painter.drawPolyline(
            [QPointF(left + 2.5, top + 6), QPointF(left + 5, top + 8.5), QPointF(left + 9.5, top + 3.5)]
        )
    painter.restore()
