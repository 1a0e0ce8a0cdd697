"""Files that are dragged from the desktop onto the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def files_in(carried: QMimeData) -> list[Path]:
    """The files of this PC that are carried; none when anything else is among them."""
    urls = carried.urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
