"""The days of a trip, hours downwards, a column for each team: what hands do on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.blocks import Block, Kind, Picture
from zhaoshang_desktop.ui.trip.painting import GUTTER, Canvas, Scale
from zhaoshang_desktop.ui.trip.sight import short_day
from zhaoshang_desktop.ui.trip.unplaced import block_of

GRID = 15
NARROWEST, LOWEST_HOUR = 112, 33
NUDGE_MS = 350
EDGE = 24


@dataclass
class Held:
    """A meeting in the hand: where it was taken, how far below its top, and where it would fall."""

    block: Block
    taken: QPointF
    grip: float
    column: int
    start: int
    lifted: bool = False


class Timeline(QAbstractScrollArea):
    """`moved` (visit, column, start) when a meeting was dragged or nudged, `opened`, `pinned` and `dropped` (a
    visit) on Enter, P and Del, `leg_opened` (a leg) on a double click, `menu_asked` (visit, point), `chosen` when
    another meeting has the focus."""

    moved = Signal(object, int, int)
    opened = Signal(object)
    pinned = Signal(object)
    leg_opened = Signal(object)
    dropped = Signal(object)
    menu_asked = Signal(object, QPoint)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("日程")
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.verticalScrollBar().setSingleStep(20)
        self.narrowest, self.lowest_hour = NARROWEST, LOWEST_HOUR
        self.picture = Picture()
        self.current = 0
        self._moving: dict[int, tuple[int, int]] = {}
        self._held: Held | None = None
        self._nudge = QTimer(self)
        self._nudge.setSingleShot(True)
        self._nudge.setInterval(NUDGE_MS)
        self._nudge.timeout.connect(self.commit)
        self._nudged = 0

    @property
    def scale(self) -> Scale:
        """Where everything lies now: stretched to the room there is, never too small to read."""
        room, picture = self.viewport().size(), self.picture
        columns = max(1, len(picture.columns))
        wide = max(float(self.narrowest), (room.width() - GUTTER) / columns)
        span = max(1, picture.last - picture.first)
        high = max(self.lowest_hour / 60, (room.height() - Scale(picture, wide, 1).top - 4) / span)
        return Scale(picture, wide, high)

    def put(self, picture: Picture, still_moving: frozenset[int] = frozenset()) -> None:
        """Show this; meetings whose move is not stored yet stay where the hand put them."""
        self.picture = picture
        kept = still_moving | ({self._nudged} if self._nudged else set())
        self._moving = {visit: at for visit, at in self._moving.items() if visit in kept}
        if self._held is not None and self._held.block.column >= 0 and picture.block(self._held.block.visit) is None:
            self._held = None
        if picture.block(self.current) is None:
            self.current = 0
        self._fit()
        self.viewport().update()

    def choose(self, visit: int, *, look: bool = True) -> None:
        """Put the focus on that meeting and bring it into view."""
        block = self.picture.block(visit)
        if block is None:
            return
        self.current = visit
        self.setAccessibleDescription(f"{short_day(self.picture.columns[block.column].day)} {block.hint}")
        if look:
            self._show(self._rect(block))
        self.viewport().update()
        self.chosen.emit(visit)

    def let_go(self, visit: int) -> None:
        """Its move was not stored: it falls back."""
        self._moving.pop(visit, None)
        self.viewport().update()

    def commit(self) -> None:
        """Send the move that the keyboard has made so far."""
        self._nudge.stop()
        visit, self._nudged = self._nudged, 0
        if visit in self._moving:
            self.moved.emit(visit, *self._moving[visit])

    def rect_of(self, visit: int) -> QRectF:
        """Where a meeting is in the viewport."""
        block = self.picture.block(visit)
        assert block is not None
        return self._rect(block).translated(-self._offset())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.picture.columns:
            return
        painter = QPainter(self.viewport())
        offset, held = self._offset(), self._held
        painter.translate(-offset)
        canvas = Canvas(painter, self.scale, self.font(), theme.current())
        seen = QRectF(event.rect()).translated(offset)
        canvas.grid()
        if held is not None or self.current:
            canvas.bands(self.picture.bands.get(held.block.visit if held else self.current, ()))
        for block in self.picture.blocks:
            rect = self._rect(block, canvas.scale)
            if rect.intersects(seen) and not (held and held.lifted and held.block == block):
                canvas.block(block, rect)
                if block.visit and block.visit == self.current:
                    canvas.focus(rect, keys=self.hasFocus())
        canvas.head(offset.y())
        canvas.hours(offset.x())
        painter.fillRect(QRectF(offset.x(), offset.y(), GUTTER, canvas.scale.top), theme.colour("paper"))
        if held is not None and held.lifted:
            canvas.held(held.block, held.column, held.start)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.commit()
        block = self._block_at(event.position())
        if block is None:
            return
        self.choose(block.visit)
        if event.button() == Qt.MouseButton.LeftButton and not block.done:
            rect = self._rect(block).translated(-self._offset())
            self._held = Held(block, event.position(), event.position().y() - rect.top(), block.column, block.start)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held, at = self._held, event.position()
        if held is None:
            over = self._block_at(at)
            shape = Qt.CursorShape.OpenHandCursor if over and not over.done else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        if not held.lifted and (at - held.taken).manhattanLength() < QApplication.startDragDistance():
            return
        held.lifted = True
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._carry(held, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is None or not held.lifted:
            return
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._put_down(held)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A meeting that is not placed yet comes from below."""
        block = block_of(event.mimeData())
        if block is not None and self.picture.columns:
            self._held = Held(block, event.position(), 0, block.column, block.start, lifted=True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._held is not None:
            self._carry(self._held, event.position())
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._held = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._carry(held, event.position())
            self._put_down(held)
            event.acceptProposedAction()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = None
        block = self._block_at(event.position(), any_kind=True)
        if block is not None and block.visit:
            self.opened.emit(block.visit)
        elif block is not None and block.leg:
            self.leg_opened.emit(block.leg)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current:
            rect = self.rect_of(self.current)
            self.menu_asked.emit(self.current, self.viewport().mapToGlobal(rect.center().toPoint()))
            return
        block = self._block_at(QPointF(event.pos()))
        if block is not None:
            self.choose(block.visit)
            self.menu_asked.emit(block.visit, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._held is not None:
            self._held = None
            self.viewport().update()
            return
        alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if alone == Qt.KeyboardModifier.AltModifier and event.key() in _ARROWS:
            self._push(*_ARROWS[event.key()])
        elif alone == Qt.KeyboardModifier.NoModifier and self._plain_key(event.key()):
            return
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.current and self.picture.visits:
            self.choose(self.picture.visits[0].visit, look=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self._block_at(QPointF(event.pos()), any_kind=True)
            QToolTip.showText(event.globalPos(), block.hint if block else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _carry(self, held: Held, at: QPointF) -> None:
        """The meeting in the hand is over this point of the viewport."""
        self._scroll_at(at)
        scale, offset = self.scale, self._offset()
        held.column = scale.column_at(at.x() + offset.x())
        held.start = self._within(held.block, scale.minutes_at(at.y() + offset.y() - held.grip, GRID))
        self.viewport().update()

    def _put_down(self, held: Held) -> None:
        if (held.column, held.start) != (held.block.column, held.block.start):
            self._moving[held.block.visit] = held.column, held.start
            self.moved.emit(held.block.visit, held.column, held.start)
        self.viewport().update()

    def _plain_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current:
            self.commit()
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_P and self.current:
            self.commit()
            self.pinned.emit(self.current)
        elif key == Qt.Key.Key_Delete and self.current:
            self.commit()
            self.dropped.emit(self.current)
        elif key in _ARROWS:
            self.commit()
            self._walk(*_ARROWS[key])
        else:
            return False
        return True

    def _walk(self, across: int, down: int) -> None:
        """The focus goes to the next meeting in that direction."""
        blocks = self.picture.visits
        here = self.picture.block(self.current)
        if here is None:
            if blocks:
                self.choose(blocks[0].visit)
        elif down:
            number = blocks.index(here) + down
            self.choose(blocks[min(max(0, number), len(blocks) - 1)].visit)
        else:
            beyond = [b for b in blocks if (b.column - here.column) * across > 0]
            if beyond:
                self.choose(min(beyond, key=lambda b: (abs(b.column - here.column), abs(b.start - here.start))).visit)

    def _push(self, across: int, down: int) -> None:
        """Move the current meeting by a quarter of an hour or by a column; stored when the keys rest."""
        block = self.picture.block(self.current)
        if block is None or block.done:
            return
        if self._nudged and self._nudged != block.visit:
            self.commit()
        column, start = self._moving.get(block.visit, (block.column, block.start))
        column = min(max(0, column + across), len(self.picture.columns) - 1)
        if down:
            start = (start // GRID + (down if down > 0 or start % GRID == 0 else 0)) * GRID
        self._moving[block.visit] = column, self._within(block, start)
        self._nudged = block.visit
        self._nudge.start()
        self._show(self._rect(block))
        self.viewport().update()

    def _within(self, block: Block, start: int) -> int:
        """A start at which the meeting still ends on its day."""
        latest = (24 * 60 - 1 - (block.end - block.start)) // GRID * GRID
        return min(max(0, start), max(0, latest))

    def _rect(self, block: Block, scale: Scale | None = None) -> QRectF:
        scale = scale or self.scale
        rect = scale.rect(block)
        moved = self._moving.get(block.visit) if block.visit else None
        if moved is not None:
            rect.moveTo(scale.x(moved[0]) + 4, scale.y(moved[1]))
        return rect

    def _block_at(self, point: QPointF, *, any_kind: bool = False) -> Block | None:
        offset = self._offset()
        if point.y() < self.scale.top or point.x() < GUTTER:
            return None
        found = [b for b in self.picture.blocks if (any_kind or b.visit) and self._rect(b).contains(point + offset)]
        return max(found, key=lambda block: block.kind is Kind.VISIT, default=None)

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _fit(self) -> None:
        scale, room = self.scale, self.viewport().size()
        self.horizontalScrollBar().setRange(0, max(0, round(scale.width - room.width())))
        self.horizontalScrollBar().setPageStep(room.width())
        self.verticalScrollBar().setRange(0, max(0, round(scale.height + 4 - room.height())))
        self.verticalScrollBar().setPageStep(room.height())

    def _show(self, rect: QRectF) -> None:
        """Scroll so that this lies between the headings and the edges."""
        room, scale = self.viewport().size(), self.scale
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if rect.left() - GUTTER < across.value():
            across.setValue(round(rect.left() - GUTTER - 8))
        elif rect.right() > across.value() + room.width():
            across.setValue(round(rect.right() - room.width() + 8))
        if rect.top() - scale.top < down.value():
            down.setValue(round(rect.top() - scale.top - 8))
        elif rect.bottom() > down.value() + room.height():
            down.setValue(round(rect.bottom() - room.height() + 8))

    def _scroll_at(self, at: QPointF) -> None:
        """The hand at an edge draws the days along."""
        room = self.viewport().size()
        across = (at.x() > room.width() - EDGE) - (at.x() < GUTTER + EDGE)
        down = (at.y() > room.height() - EDGE) - (at.y() < self.scale.top + EDGE)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + 20 * across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + 12 * down)


_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
