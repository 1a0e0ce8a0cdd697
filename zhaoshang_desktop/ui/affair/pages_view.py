"""Pages one below the other; only those in sight are drawn."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.affair.press import POINTS_AN_INCH, Proof

GAP, EDGE = 14.0, 18.0
WIDEST, LEAST_ZOOM, MOST_ZOOM = 760.0, 0.5, 3.0
KEPT = 24


class PagesView(QAbstractScrollArea):
    """`wanted` (page, dots an inch) asks for a picture, `turned` carries the page in front, from 0."""

    wanted = Signal(int, int)
    turned = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("资料预览")
        self.proof = Proof(0)
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._zoom = 1.0
        self._front = -1
        self.verticalScrollBar().setSingleStep(40)

    def put(self, proof: Proof) -> None:
        """Show a pack; one stays at the page where one was."""
        self.proof = proof
        self._asked.clear()
        self._fit()
        self.viewport().update()

    def take(self, page: int, image: QImage) -> None:
        """A picture has arrived."""
        self._images[page] = image
        self._images.move_to_end(page)
        while len(self._images) > KEPT:
            gone, _ = self._images.popitem(last=False)
            self._asked.pop(gone, None)
        self.viewport().update()

    def has(self, page: int) -> bool:
        """Whether the picture of a page is there."""
        return page in self._images

    @property
    def front(self) -> int:
        """The page in the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        tops = [rect.top() for rect in self._rects()]
        return max(0, len([top for top in tops if top <= middle]) - 1)

    def go(self, page: int) -> None:
        """Bring a page into view."""
        rects = self._rects()
        if rects:
            self.verticalScrollBar().setValue(round(rects[min(max(0, page), len(rects) - 1)].top() - GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("line"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        seen = QRectF(self.viewport().rect()).adjusted(0, -200, 0, 400)
        for page, rect in enumerate(self._rects()):
            at = QRectF(rect.translated(-offset).toAlignedRect())
            if at.intersects(seen):
                self._ask(page)
                painter.fillRect(at, Qt.GlobalColor.white)
                if page in self._images:
                    painter.drawImage(at, self._images[page])
                painter.setPen(QPen(theme.colour("edge"), 1))
                painter.drawRect(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        front = self.front
        super().resizeEvent(event)
        self._fit()
        if event.oldSize().width() != event.size().width() and front:
            self.go(front)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        if self.front != self._front:
            self._front = self.front
            self.turned.emit(self._front)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._set_zoom(self._zoom * 1.15 ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.proof.sizes) - 1}
        if event.key() in steps:
            self.go(self.front + steps[Qt.Key(event.key())])
        elif event.key() in ends:
            self.go(ends[Qt.Key(event.key())])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.text() in ("+", "=", "-"):
            self._set_zoom(self._zoom * (1 / 1.15 if event.text() == "-" else 1.15))
        else:
            super().keyPressEvent(event)

    def _set_zoom(self, zoom: float) -> None:
        front = self.front
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._asked.clear()
        self._fit()
        self.go(front)
        self.viewport().update()

    def _width(self) -> int:
        return round(max(200.0, min(WIDEST, self.viewport().width() - 2 * EDGE)) * self._zoom)

    def _rects(self) -> list[QRectF]:
        rects, top, wide = [], GAP, self._width()
        for size in self.proof.sizes:
            high = round(wide * size.height() / size.width())
            left = max(round(EDGE), (self.viewport().width() - wide) // 2)
            rects.append(QRectF(left, top, wide, high))
            top += high + GAP
        return rects

    def _ask(self, page: int) -> None:
        """Sharp for this zoom on this screen; asked for once."""
        inches = self.proof.sizes[page].width() / POINTS_AN_INCH
        dots = round(self._width() / inches * self.devicePixelRatioF())
        if self._asked.get(page) != dots:
            self._asked[page] = dots
            self.wanted.emit(page, dots)

    def _fit(self) -> None:
        rects, room = self._rects(), self.viewport().size()
        high = rects[-1].bottom() + GAP if rects else 0
        self.verticalScrollBar().setRange(0, max(0, round(high - room.height())))
        self.verticalScrollBar().setPageStep(room.height())
        self.horizontalScrollBar().setRange(0, max(0, round(self._width() + 2 * EDGE - room.width())))
