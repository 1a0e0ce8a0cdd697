"""Drawing a timeline: the same strokes on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.theme import Theme
from zhaoshang_desktop.ui.trip.blocks import Band, Block, Column, Kind, Picture
from zhaoshang_desktop.ui.trip.sight import short_day

GUTTER, DAY_ROW, TEAM_ROW = 46, 24, 20
INDENT = 18
CASCADE = 24.0
"""How far a meeting that overlaps another stands aside."""
TIGHT = 1.3
"""The height of a line by the size of its type."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Scale:
    """Where minutes and columns lie, in pixels of the whole drawing (headings and gutter included)."""

    picture: Picture
    column_width: float
    minute: float

    @property
    def top(self) -> float:
        return DAY_ROW + TEAM_ROW

    @property
    def width(self) -> float:
        return GUTTER + self.column_width * len(self.picture.columns)

    @property
    def height(self) -> float:
        return self.top + (self.picture.last - self.picture.first) * self.minute

    @property
    def hours(self) -> range:
        """The full hours there are, in minutes."""
        return range(-(-self.picture.first // 60) * 60, self.picture.last + 1, 60)

    def x(self, column: int) -> float:
        return GUTTER + column * self.column_width

    def y(self, minutes: int) -> float:
        return self.top + (minutes - self.picture.first) * self.minute

    def column_at(self, x: float) -> int:
        """The column under a point, the nearest one outside all."""
        return min(max(0, int((x - GUTTER) // self.column_width)), len(self.picture.columns) - 1)

    def minutes_at(self, y: float, grid: int) -> int:
        """The time of a point, on the grid."""
        return round((self.picture.first + (y - self.top) / self.minute) / grid) * grid

    def rect(self, block: Block) -> QRectF:
        """Where a block is drawn."""
        left, width = self.x(block.column) + 4, self.column_width - 8
        if block.kind in (Kind.LEG, Kind.LUNCH):
            left, width = left + INDENT, width - INDENT
        aside = min(CASCADE, width / 2 / max(1, block.lanes - 1)) if block.lanes > 1 else 0.0
        width -= aside * (block.lanes - 1)
        top = self.y(block.start)
        return QRectF(left + aside * block.lane, top, width, self.y(block.end) - top)


class Canvas:
    """A painter with its type and its colours; what it draws is in the coordinates of the scale."""

    def __init__(self, painter: QPainter, scale: Scale, font: QFont, colours: Theme) -> None:
        self.painter = painter
        self.scale = scale
        self._theme = colours
        self._big, self._small = smaller(font, 1), smaller(font, 2)
        self._high, self._low = (round(one.pixelSize() * TIGHT) for one in (self._big, self._small))

    def colour(self, name: str) -> QColor:
        return QColor(getattr(self._theme, name))

    def hours(self, left: float) -> None:
        """The hours in the gutter, which stays at the left edge."""
        painter, scale = self.painter, self.scale
        painter.fillRect(QRectF(left, scale.top, GUTTER, scale.height), self.colour("paper"))
        painter.setFont(self._small)
        painter.setPen(self.colour("secondary"))
        for minutes in scale.hours:
            box = QRectF(left, scale.y(minutes) - 8, GUTTER - 6, 16)
            painter.drawText(box, RIGHT, write_hour(minutes).removeprefix("0"))

    def grid(self) -> None:
        """Hour lines, columns, and days off shaded."""
        painter, scale = self.painter, self.scale
        for number, column in enumerate(scale.picture.columns):
            if column.off:
                box = QRectF(scale.x(number), scale.top, scale.column_width, scale.height - scale.top)
                painter.fillRect(box, self.colour("pane"))
        painter.setPen(QPen(self.colour("line"), 1))
        for minutes in scale.hours:
            y = round(scale.y(minutes)) + 0.5
            painter.drawLine(QPointF(GUTTER, y), QPointF(scale.width, y))
        for number, column in enumerate(scale.picture.columns):
            self._rule(number, column, scale.top, scale.height)

    def bands(self, bands: Iterable[Band]) -> None:
        """Where the meeting in hand can be, as its host has said."""
        painter, scale = self.painter, self.scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        for band in bands:
            top = scale.y(band.start)
            box = QRectF(scale.x(band.column) + 2, top, scale.column_width - 4, scale.y(band.end) - top)
            painter.setPen(QPen(self.colour("green"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(self.colour("green_tint"))
            painter.setOpacity(0.55)
            painter.drawRoundedRect(box, 3, 3)
            painter.setOpacity(1)
            painter.setPen(self.colour("green"))
            painter.drawText(box.adjusted(6, 1, -5, -1), Qt.AlignmentFlag.AlignRight, "可谈")
        painter.restore()

    def head(self, top: float) -> None:
        """Days and teams, which stay at the upper edge."""
        painter, scale = self.painter, self.scale
        painter.fillRect(QRectF(0, top, scale.width, scale.top), self.colour("paper"))
        for number, column in enumerate(scale.picture.columns):
            if column.first:
                self._day(number, column, top)
                self._rule(number, column, top, top + scale.top)
            painter.setFont(self._small)
            painter.setPen(self.colour("secondary"))
            box = QRectF(scale.x(number) + 6, top + DAY_ROW - 2, scale.column_width - 10, TEAM_ROW)
            self.line(box, column.name)
        painter.setPen(QPen(self.colour("line"), 1))
        painter.drawLine(QPointF(0, top + scale.top - 0.5), QPointF(scale.width, top + scale.top - 0.5))

    def block(self, block: Block, at: QRectF | None = None) -> None:
        """One block; `at` draws it somewhere else than its time says (while it is moved)."""
        painter, rect = self.painter, at or self.scale.rect(block)
        painter.save()
        painter.setClipRect(rect.adjusted(-1, -1, 1, 1), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, text = self._colours_of(block)
        painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1))
        painter.setBrush(fill)
        body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, 3, 3)
        if block.kind is Kind.LEG:
            self._hatch(body)
        if block.kind is Kind.VISIT:
            painter.fillRect(QRectF(body.left(), body.top(), 3, body.height()), self.colour(_bar(block)))
        self._words(block, rect, text)
        painter.restore()

    def focus(self, rect: QRectF, *, keys: bool) -> None:
        """The frame around the current meeting; stronger while the `keys` go to it."""
        painter = self.painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour("accent" if keys else "edge"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 4, 4)
        painter.restore()

    def held(self, block: Block, column: int, start: int) -> None:
        """A meeting in the hand, and where it would fall."""
        painter, scale = self.painter, self.scale
        height = (block.end - block.start) * scale.minute
        rect = QRectF(scale.x(column) + 4, scale.y(start), scale.column_width - 8, height)
        self.block(block, rect)
        self.focus(rect, keys=True)
        words = f"{short_day(scale.picture.columns[column].day)} {write_hour(start)}"
        painter.setFont(self._big)
        box = QRectF(rect.left(), rect.top() - 20, painter.fontMetrics().horizontalAdvance(words) + 12, 18)
        painter.fillRect(box, self.colour("accent_fill"))
        painter.setPen(self.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def line(self, room: QRectF, text: str) -> None:
        """One line, its end cut with … when there is no room."""
        metrics = QFontMetricsF(self.painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self.painter.drawText(room, LEFT, cut)

    def _rule(self, number: int, column: Column, top: float, bottom: float) -> None:
        x = round(self.scale.x(number)) + 0.5
        self.painter.setPen(QPen(self.colour("edge" if column.first else "line"), 1))
        self.painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _day(self, number: int, column: Column, top: float) -> None:
        painter, scale = self.painter, self.scale
        count = sum(other.day == column.day for other in scale.picture.columns)
        box = QRectF(scale.x(number) + 6, top + 2, scale.column_width * count - 10, DAY_ROW)
        painter.setFont(self._big)
        painter.setPen(self.colour("text"))
        words = short_day(column.day)
        self.line(box, words)
        if column.off:
            painter.setPen(self.colour("red"))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
            self.line(box.adjusted(wide, 0, 0, 0), f"休 · {column.off}" if column.off != "休息日" else column.off)

    def _hatch(self, body: QRectF) -> None:
        """Slanting stripes: on the road."""
        painter = self.painter
        painter.save()
        painter.setClipRect(body, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(self.colour("line"), 4))
        step, height = 11.0, body.height()
        x = body.left() - height
        while x < body.right():
            painter.drawLine(QPointF(x, body.bottom()), QPointF(x + height, body.top()))
            x += step
        painter.restore()

    def _colours_of(self, block: Block) -> tuple[QColor, QColor | None, QColor]:
        """Ground, edge and words."""
        if block.kind is Kind.LEG:
            return self.colour("pane"), None, self.colour("secondary")
        if block.kind is Kind.LUNCH:
            return self.colour("pane"), None, self.colour("secondary")
        if block.kind is Kind.NIGHT:
            return self.colour("violet_tint"), None, self.colour("violet")
        tint = {"red": "red_tint", "green": "green_tint"}.get(_bar(block), "selection")
        return self.colour(tint), self._softer(_bar(block)), self.colour("text")

    def _softer(self, name: str) -> QColor:
        """The colour of a meaning, half way to the paper: for edges."""
        one, paper = self.colour(name), self.colour("paper")
        return QColor(
            (one.red() + paper.red()) // 2, (one.green() + paper.green()) // 2, (one.blue() + paper.blue()) // 2
        )

    def _words(self, block: Block, rect: QRectF, colour: QColor) -> None:
        painter = self.painter
        room = rect.adjusted(8 if block.visit else 5, 1, -4, -1)
        high, low = self._high, self._low
        if room.height() < low - 2:
            return
        if block.pinned:
            self._pin(QPointF(rect.right() - 9, rect.top() + 9), self.colour(_bar(block)))
        painter.setFont(self._big)
        painter.setPen(colour)
        self.line(QRectF(room.left(), room.top(), room.width() - 12 * block.pinned, high), block.head)
        top = room.top() + high
        painter.setFont(self._small)
        for number, text in enumerate(block.lines):
            alarm = bool(block.wrong) and number == 0
            painter.setPen(self.colour("red" if alarm else "violet" if block.kind is Kind.NIGHT else "secondary"))
            left = room.bottom() - top
            if left < low - 2:
                return
            if alarm and left >= 2 * low and QFontMetricsF(self._small).horizontalAdvance(text) > room.width():
                painter.drawText(QRectF(room.left(), top, room.width(), left), int(Qt.TextFlag.TextWrapAnywhere), text)
                return
            self.line(QRectF(room.left(), top, room.width(), low), text)
            top += low

    def _pin(self, centre: QPointF, colour: QColor) -> None:
        """What the clerk put there by hand."""
        self.painter.setPen(QPen(colour, 1.2))
        self.painter.setBrush(colour)
        self.painter.drawEllipse(centre + QPointF(0, -2), 2.6, 2.6)
        self.painter.drawLine(centre, centre + QPointF(0, 5))


def _bar(block: Block) -> str:
    return "red" if block.wrong else "green" if block.fixed or block.done else "accent"


def smaller(font: QFont, by: int) -> QFont:
    """The same type, so many pixels smaller; it grows with what the clerk chose for all type."""
    return theme.sized(font, QFontInfo(font).pixelSize() - by)
