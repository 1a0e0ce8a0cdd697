"""A calm word where something is about to stand that takes a moment to be made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


@contextmanager
def waiting(room: QWidget, words: str) -> Iterator[None]:
    """Says the words over the whole room, painted at once, until the block ends; nothing where nobody would see it."""
    if not room.isVisible():
        yield
        return
    cover = QLabel(words, room)
    cover.setObjectName("waiting")
    cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
    cover.setGeometry(room.rect())
    cover.show()
    cover.raise_()
    cover.repaint()
    try:
        yield
    finally:
        cover.hide()
        cover.deleteLater()
