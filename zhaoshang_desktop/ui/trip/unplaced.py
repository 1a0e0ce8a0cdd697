"""A visit that has no place in the days yet, as something to take in the hand and put there."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from zhaoshang_desktop.ui.trip.blocks import Block, Kind

MIME = "application/x-zhaoshang-visit"


class Unplaced(QLabel):
    """Its name, to be dragged onto the timeline."""

    def __init__(self, visit: int, name: str, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(f"⠿ {name}", parent)
        self._visit, self._name, self._minutes = visit, name, minutes
        self._taken = self.pos()
        self.setProperty("role", "value")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("拖到上面的日程里，就排在那里并钉住")

    def carried(self) -> QMimeData:
        """What the hand carries."""
        data = QMimeData()
        data.setData(MIME, QByteArray(f"{self._visit} {self._minutes} {self._name}".encode()))
        return data

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._taken = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position().toPoint() - self._taken).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            drag = QDrag(self.window())
            drag.setMimeData(self.carried())
            drag.exec(Qt.DropAction.MoveAction)


def block_of(data: QMimeData) -> Block | None:
    """The meeting that is carried, at no place yet; None when it is something else."""
    if not data.hasFormat(MIME):
        return None
    visit, minutes, name = bytes(data.data(MIME).data()).decode().split(" ", 2)
    return Block(Kind.VISIT, -1, 0, int(minutes), name, visit=int(visit))
