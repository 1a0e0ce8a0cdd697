"""The edges of the sheet: at the left what each row is, above what each column goes to; both can be clicked."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.sheet import column_letter
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.marks import LEFT_OUT, MEANINGS, TINTS
from zhaoshang_desktop.ui.importing.sheet_model import SheetModel

ROLE_WIDTH, NUMBER_WIDTH = 104, 40
HEAD_HEIGHT = 42
LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class _Edge(QHeaderView):
    """A header that knows over which section the mouse is."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setMouseTracking(True)
        self.setHighlightSections(False)
        self._hovered = -1

    @property
    def sheet(self) -> SheetModel:
        return cast(SheetModel, self.model())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()


class RoleEdge(_Edge):
    """Role and number of every row; `asked` (row, point on the screen) when a role is clicked."""

    asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        return QSize(ROLE_WIDTH + NUMBER_WIDTH, 0)

    def words(self, row: int) -> str:
        """What stands beside the row; nothing beside plain data."""
        role = self.sheet.role_of(row)
        if role is None or role is Role.BLANK or (role is Role.DATA and not self.sheet.is_told(row)):
            return ""
        if role in LEFT_OUT:
            return f"{role.value} · 不导入"
        if role is Role.GROUP:
            target = self.sheet.target_label(self.sheet.sheet.width)
            return f"{role.value} → {target}" if target else role.value
        return role.value

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.logicalIndexAt(place)
        if row >= 0 and place.x() < ROLE_WIDTH and event.button() == Qt.MouseButton.LeftButton:
            below = QPoint(4, self.sectionViewportPosition(row) + self.sectionSize(row))
            self.asked.emit(row, self.viewport().mapToGlobal(below))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = event.position().x() < ROLE_WIDTH
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        role = self.sheet.role_of(self._hovered) if self._hovered >= 0 else None
        self.setToolTip(f"{MEANINGS[role]}。点一下可以改。" if role is not None else "")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        role = self.sheet.role_of(logicalIndex)
        painter.save()
        painter.setFont(theme.sized(self.font(), theme.TABLE_PX))
        roles = QRect(rect.left(), rect.top(), ROLE_WIDTH, rect.height())
        painter.fillRect(rect, theme.colour("pane"))
        painter.fillRect(roles, theme.colour(TINTS[role] if role is not None else "paper"))
        self._draw_role(painter, roles.adjusted(6, 0, -8, 0), logicalIndex)
        number = QRect(roles.right() + 1, rect.top(), rect.width() - ROLE_WIDTH, rect.height())
        painter.setPen(theme.colour("line"))
        painter.drawLine(number.topLeft(), number.bottomLeft())
        painter.drawLine(number.bottomLeft(), number.bottomRight())
        painter.drawLine(number.topRight(), number.bottomRight())
        painter.setPen(theme.colour("secondary"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(logicalIndex + 1))
        painter.restore()

    def _draw_role(self, painter: QPainter, room: QRect, row: int) -> None:
        words, told = self.words(row), self.sheet.is_told(row)
        role = self.sheet.role_of(row)
        if row == self._hovered and role is not None:
            words = f"{words or role.value} ▾"
        painter.setPen(theme.colour("green" if told else "violet" if self.words(row) else "faint"))
        text = f"✓ {words}" if told else words
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, RIGHT | MIDDLE, text)


class TargetEdge(_Edge):
    """Letter and field of every column; `asked` (column, point on the screen) when one is clicked."""

    asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(40)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.sectionClicked.connect(self._ask)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        label = self.sheet.target_label(self._hovered) if 0 <= self._hovered < self.sheet.sheet.width else ""
        self.setToolTip(f"导入到“{label}”。点一下可以改。" if label else "这一列不导入。点一下可以选字段。")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        match, label = self.sheet.match_of(logicalIndex), self.sheet.target_label(logicalIndex)
        painter.save()
        painter.fillRect(rect, theme.colour("hover" if logicalIndex == self._hovered else "pane"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(8, 3, -6, -4)
        painter.setFont(theme.sized(self.font(), 11))
        painter.setPen(theme.colour("faint"))
        painter.drawText(room, LEFT | Qt.AlignmentFlag.AlignTop, column_letter(logicalIndex))
        if match is not None:
            painter.setFont(theme.sized(self.font(), theme.TABLE_PX))
            sure = match.sure and not match.doubt
            painter.setPen(theme.colour("faint" if not label else "green" if sure else "violet"))
            words = f"{'✓' if sure else '？'} {label}" if label else "不导入" if room.width() > 40 else "—"
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, LEFT | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()

    def _ask(self, column: int) -> None:
        below = QPoint(self.sectionViewportPosition(column), self.height())
        self.asked.emit(column, self.viewport().mapToGlobal(below))
