"""One set of line icons, drawn in the colour of the words they stand beside."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from zhaoshang_desktop.runtime.paths import resource
from zhaoshang_desktop.ui import theme


def icon(name: str, meaning: str = "text", size: int = 16) -> QIcon:
    """The icon of that name in the colour of that meaning (a name of `theme.Theme`)."""
    return QIcon(picture(name, meaning, size))


def picture(name: str, meaning: str = "text", size: int = 16) -> QPixmap:
    """The icon as a pixmap, sharp on the densest screen there is."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, getattr(theme.current(), meaning), size, ratio)


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
