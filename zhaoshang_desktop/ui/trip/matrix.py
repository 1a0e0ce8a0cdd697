"""Who brings what: persons downwards, the skills that are needed and the targets across."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from zhaoshang_desktop.planning.crew import Person
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.painting import smaller
from zhaoshang_desktop.ui.trip.people import Table

NAME, CELL, ROW, HEAD, GAP, TEAM = 76, 26, 26, 96, 14, 24
LETTERS = 6


class Matrix(QWidget):
    """A filled dot covers all that is needed, a half one a part; a ring marks who knows the host; red lacks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table()
        self.setAccessibleName("队员、特长、拜访对象对照")

    def put(self, table: Table) -> None:
        self.table = table
        self.setMinimumSize(self.sizeHint())
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        columns = len(self.table.needs) + len(self.table.targets)
        rows = sum(len(group) for _, group in self.table.teams)
        return QSize(NAME + GAP + columns * CELL + 24, HEAD + rows * ROW + len(self.table.teams) * TEAM + 12)

    def cell_at(self, point: QPointF) -> tuple[Person, int] | None:
        """The person and the column under a point."""
        for top, one in self._rows():
            if top <= point.y() < top + ROW:
                for column in range(len(self.table.needs) + len(self.table.targets)):
                    if self._x(column) <= point.x() < self._x(column) + CELL:
                        return one, column
        return None

    def words(self, one: Person, column: int) -> str:
        """What a cell says."""
        needs = self.table.needs
        if column < len(needs):
            how = needs[column].met_by(one)
            return f"{one.name}：{how}" if how else f"{one.name}：没有写{needs[column].words}"
        visit, name = self.table.targets[column - len(needs)]
        cover = self.table.covers[one.who, visit]
        return f"{one.name} → {name}：{cover.words or '没有对得上的特长'}"

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.table.targets:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        painter.setFont(smaller(self.font(), 1))
        for top, text in self._team_rows():
            painter.setPen(theme.colour("secondary"))
            painter.drawText(QRectF(0, top, 400, TEAM), Qt.AlignmentFlag.AlignVCenter, text)
        for top, one in self._rows():
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(0, top + ROW - 0.5), QPointF(self.width(), top + ROW - 0.5))
            painter.setPen(theme.colour("amber" if one.busy else "text"))
            painter.drawText(QRectF(0, top, NAME, ROW), Qt.AlignmentFlag.AlignVCenter, one.name)
            self._paint_row(painter, top, one)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(*found) if found else "", self)
            return True
        return super().event(event)

    def _paint_heads(self, painter: QPainter) -> None:
        """Names stand upright, one character below the other, as Chinese may."""
        painter.setFont(smaller(self.font(), 2))
        high = painter.fontMetrics().height() - 2
        lacking = {lack.need.skill for lack in self.table.lacking}
        wanting = {visit for lack in self.table.lacking for visit in lack.need.visits if not lack.need.host}
        names = [(need.skill, need.skill in lacking) for need in self.table.needs]
        names += [(name, visit in wanting) for visit, name in self.table.targets]
        for column, (name, missing) in enumerate(names):
            painter.setPen(theme.colour("red" if missing else "secondary"))
            shown = name if len(name) <= LETTERS else name[: LETTERS - 1] + "︙"
            top = HEAD - 6 - high * len(shown)
            for number, letter in enumerate(shown):
                box = QRectF(self._x(column), top + number * high, CELL, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(self.width(), HEAD - 0.5))

    def _paint_row(self, painter: QPainter, top: float, one: Person) -> None:
        for column, need in enumerate(self.table.needs):
            if need.met_by(one):
                self._dot(painter, self._x(column), top, 1.0, "green")
        for column, (visit, _) in enumerate(self.table.targets, start=len(self.table.needs)):
            cover = self.table.covers[one.who, visit]
            if cover.met:
                self._dot(painter, self._x(column), top, len(cover.met) / cover.of, "accent")
            if cover.knows:
                painter.setPen(QPen(theme.colour("accent"), 1.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(self._x(column) + CELL / 2, top + ROW / 2), 9, 9)

    def _dot(self, painter: QPainter, x: float, top: float, part: float, meaning: str) -> None:
        box = QRectF(x + CELL / 2 - 5, top + ROW / 2 - 5, 10, 10)
        painter.setPen(QPen(theme.colour(meaning), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        painter.setBrush(theme.colour(meaning))
        painter.drawPie(box, 90 * 16, -round(360 * 16 * min(1.0, part)))

    def _x(self, column: int) -> float:
        return NAME + column * CELL + (GAP if column >= len(self.table.needs) else 0)

    def _rows(self) -> list[tuple[float, Person]]:
        top, found = float(HEAD), []
        for _, group in self.table.teams:
            top += TEAM
            for one in group:
                found.append((top, one))
                top += ROW
        return found

    def _team_rows(self) -> list[tuple[float, str]]:
        top, found = float(HEAD), []
        for name, group in self.table.teams:
            found.append((top, name))
            top += TEAM + ROW * len(group)
        return found
