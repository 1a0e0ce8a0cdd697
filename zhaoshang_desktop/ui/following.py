"""What others write, for the window: on the window's own thread, as the same Changes as its own writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Follow(QObject):
    """`changed` carries Changes, `lost` a KnownError when the office is out of reach, `back` when it answers again."""

    changed = Signal(object)
    lost = Signal(object)
    back = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._following = office.follow(self.changed.emit, self.lost.emit, self.back.emit)

    def stop(self) -> None:
        """Nothing is told any more."""
        self._following.stop()
