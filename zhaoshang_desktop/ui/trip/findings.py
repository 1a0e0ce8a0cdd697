"""Below the days: what was placed, what was left out and why, what cannot be kept, and the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.visit import USUAL_MINUTES
from zhaoshang_desktop.ui.pieces import text_label
from zhaoshang_desktop.ui.trip.flow import Flow
from zhaoshang_desktop.ui.trip.sight import yuan
from zhaoshang_desktop.ui.trip.unplaced import Unplaced
from zhaoshang_desktop.ui.trip.ways import Help, ways_out

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.plan_words import ClashSentence, LeftOutSentence
    from zhaoshang_desktop.domain.visit import Visit
    from zhaoshang_desktop.ui.trip.sight import Sight

LOWEST = 64


class Findings(QWidget):
    """`asked` carries the Help whose button was pressed, `pointed` the visit whose sentence was clicked."""

    asked = Signal(object)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._helps: dict[QPushButton, Help] = {}
        self._left, self._right = QScrollArea(self), QScrollArea(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.NoFrame)
        line.setFixedWidth(1)
        line.setObjectName("line")
        for area in (self._left, self._right):
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(self._left, 1)
        row.addWidget(line)
        row.addWidget(self._right, 1)

    def sizeHint(self) -> QSize:
        return QSize(800, self.wanted_height(400))

    def wanted_height(self, most: int) -> int:
        """So much that everything can be read, if that is not too much."""
        bodies = [area.widget() for area in (self._left, self._right) if area.widget()]
        wide = max(100, self.width() // 2)
        high = [body.layout().totalHeightForWidth(wide) for body in bodies if body.layout()]  # type: ignore[union-attr]
        return min(max(LOWEST, *high) if high else LOWEST, most)

    def put(
        self, sight: Sight, left_out: Mapping[int, LeftOutSentence], refused: tuple[ClashSentence, ...] = ()
    ) -> None:
        """Show what is known; `left_out` are the planner's sentences of this sitting, by visit, `refused` the
        wishes it could not grant together."""
        self._helps.clear()
        self._left.setWidget(self._account(sight, left_out))
        self._right.setWidget(self._clashes(sight, (*refused, *sight.clashes)))

    def button(self, text: str) -> QPushButton:
        """The way out with that text."""
        return next(button for button in self._helps if button.text() == text)

    def texts(self) -> list[str]:
        """Every sentence shown, for those who cannot see it."""
        areas = (self._left.widget(), self._right.widget())
        return [label.text() for area in areas if area for label in area.findChildren(QLabel)]

    def _account(self, sight: Sight, left_out: Mapping[int, LeftOutSentence]) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._row(grid, "安排", text_label(_placed_words(sight)))
        self._row(grid, "费用", text_label(*_cost_words(sight)))
        without = [v for v in sight.targets if v.state == "待排" and (v.left_out or v.id in left_out)]
        for number, visit in enumerate(without):
            line = Flow()
            line.add(_to_drag(sight, visit))
            sentence = left_out[visit.id].text if visit.id in left_out else _why(sight, visit)
            line.add(text_label(sentence))
            ways = left_out[visit.id].ways if visit.id in left_out else ()
            for way in ways:
                line.add(self._way(Help(way.text, "let_in", visit.id, way.remedy)))
            if not ways:
                line.add(self._way(Help("修改…", "edit", visit.id)))
            self._row(grid, "没排上" if number == 0 else "", line)
        waiting = [visit for visit in sight.targets if visit.state == "待排" and visit not in without]
        if waiting and sight.placed:
            line = Flow()
            for visit in waiting:
                line.add(_to_drag(sight, visit))
            self._row(grid, "还没排", line)
        for number, note in enumerate(sight.notes):
            self._row(grid, "请注意" if number == 0 else "", text_label(note, "weak"))
        grid.setRowStretch(grid.rowCount(), 1)
        return body

    def _clashes(self, sight: Sight, clashes: tuple[ClashSentence, ...]) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        if not clashes:
            words = "没有冲突，按这个安排走得通。" if sight.placed else ""
            column.addWidget(text_label(words, "secondary"))
        else:
            column.addWidget(text_label(f"{len(clashes)} 处需要处理", "wrong"))
        for clash in clashes:
            part = QVBoxLayout()
            part.setSpacing(0)
            sentence = text_label(clash.text)
            part.addWidget(sentence)
            ways = Flow()
            for way in ways_out(sight, clash.visits):
                ways.add(self._way(way))
            part.addWidget(ways)
            column.addLayout(part)
        column.addStretch(1)
        return body

    def _way(self, way: Help) -> QPushButton:
        button = QPushButton(way.text)
        button.setProperty("kind", "link")
        button.clicked.connect(self._press)
        self._helps[button] = way
        return button

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton) and sender in self._helps:
            way = self._helps[sender]
            self.pointed.emit(way.visit)
            self.asked.emit(way)

    def _row(self, grid: QGridLayout, label: str, widget: QWidget) -> None:
        row = grid.rowCount()
        grid.addWidget(text_label(label, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, row, 1)


def _to_drag(sight: Sight, visit: Visit) -> Unplaced:
    minutes = USUAL_MINUTES if visit.minutes is None else visit.minutes
    return Unplaced(visit.id, sight.called(visit), minutes)


def _placed_words(sight: Sight) -> str:
    targets, placed = sight.targets, sight.placed
    musts = [visit for visit in targets if visit.must]
    there = [visit for visit in musts if visit in placed]
    parts = [f"{len(placed)} / {len(targets)} 家"]
    if musts:
        parts[0] += f"，必到 {len(musts)} 家" + ("都在" if len(there) == len(musts) else f"只排上 {len(there)} 家")
    road = sum((leg.end or 0) - (leg.start or 0) for leg in sight.book.legs)
    if road:
        parts.append(f"路上 {road / 60:.1f} 小时".replace(".0 ", " "))
    if sight.nights:
        parts.append(f"住宿 {len(sight.nights)} 晚")
    return "　".join(parts)


def _cost_words(sight: Sight) -> tuple[str, str]:
    planned = [line.planned.fen for line in sight.book.budget if line.planned and line.planned.currency == "CNY"]
    limit = sight.book.trip.fund_limit
    if not planned:
        return "还没有算，到“预算”一步测算。", "secondary"
    total = Money(sum(planned))
    left = left_of(limit, [total])
    if limit is None:
        return f"{yuan(total)} 元，没有填写限额", "value"
    if left is None:
        return f"{yuan(total)} 元，限额 {write_money(limit)} 是外币，没有比较", "value"
    if left.fen < 0:
        return f"{yuan(total)} 元，超出限额 {yuan(Money(-left.fen))} 元", "wrong"
    return f"{yuan(total)} 元，限额 {yuan(limit)} 元", "value"


def _why(sight: Sight, visit: Visit) -> str:
    name = sight.book.name_of(visit)
    return visit.left_out if visit.left_out.startswith(name) else f"{name}：{visit.left_out}"
