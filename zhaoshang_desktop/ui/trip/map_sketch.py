"""A sketch of where the candidates are: points and names by true coordinates, no boundaries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.painting import smaller

CAPTION = "示意图 · 按坐标绘点，不表示边界"
EDGE, NEAR = 40.0, 15.0
MOST_ZOOM = 40.0
MOVE = 40.0
CAPTION_ROOM = 20


@dataclass(frozen=True)
class Spot:
    """One investor, or the base (key 0), at longitude and latitude."""

    key: int
    name: str
    point: tuple[float, float]
    chosen: bool = False
    city: str = ""


@dataclass
class Cluster:
    """Spots too near to each other to be told apart at this size."""

    at: QPointF
    spots: list[Spot] = field(default_factory=list)

    @property
    def chosen(self) -> bool:
        return any(spot.chosen for spot in self.spots)

    @property
    def base(self) -> bool:
        return any(spot.key == 0 for spot in self.spots)

    @property
    def words(self) -> str:
        """The base by its name, one investor by its own, several by their city and how many they are."""
        first = sorted(self.spots, key=lambda spot: (spot.key != 0, not spot.chosen))[0]
        if first.key == 0 or len(self.spots) == 1:
            return first.name
        cities = Counter(spot.city for spot in self.spots).most_common(2)
        where = "、".join(city for city, _ in cities)
        return f"{where}{'等' if len({spot.city for spot in self.spots}) > 2 else ''} {len(self.spots)} 家"


class MapSketch(QWidget):
    """`picked` carries the keys of the investors at the point that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("示意图")
        self.setMinimumHeight(96)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spots: list[Spot] = []
        self.unplaced = 0
        self._marked: frozenset[int] = frozenset()
        self._zoom = 1.0
        self._shift = QPointF()
        self._whole = False
        self._grabbed: QPointF | None = None
        self._dragged = False
        self._clusters: list[Cluster] = []

    def put(self, spots: Iterable[Spot], unplaced: int = 0) -> None:
        """Show these points; so many more have none (abroad, or nobody knows where)."""
        self._spots, self.unplaced = list(spots), unplaced
        self._arrange()

    def mark(self, keys: Iterable[int]) -> None:
        """Ring the points of these investors."""
        self._marked = frozenset(keys)
        self.update()

    @property
    def clusters(self) -> Sequence[Cluster]:
        """What is drawn."""
        return self._clusters

    def sizeHint(self) -> QSize:
        return QSize(600, 210)

    def resizeEvent(self, event: QEvent) -> None:
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther, the point under the hand stays."""
        factor = 1.2 ** (event.angleDelta().y() / 120)
        self._zoom_to(self._zoom * factor, event.position() - QPointF(self.rect().center()))
        event.accept()

    def _zoom_to(self, wanted: float, at: QPointF) -> None:
        """The point `at`, counted from the middle, stays where it is."""
        zoom = min(max(wanted, 1.0), MOST_ZOOM)
        self._shift = at - (at - self._shift) * (zoom / self._zoom) if zoom > 1 else QPointF()
        self._zoom = zoom
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """＋ and － zoom, the arrows move, 0 shows everything as at first."""
        ways = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_to(self._zoom * (1 / 1.2 if key == Qt.Key.Key_Minus else 1.2), QPointF())
        elif key == Qt.Key.Key_0:
            self._zoom_to(1.0, QPointF())
        elif key in ways and self._zoom > 1:
            self._shift += QPointF(*ways[key]) * MOVE
            self._arrange()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            over = self._cluster_at(event.position())
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        way = event.position() - self._grabbed
        if self._zoom > 1 and (self._dragged or way.manhattanLength() > 4):
            self._dragged, self._grabbed = True, event.position()
            self._shift += way
            self._arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cluster = None if self._dragged else self._cluster_at(event.position())
        self._grabbed = None
        if cluster is not None:
            self.picked.emit([spot.key for spot in cluster.spots if spot.key])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Everything, however far away; again: where most are."""
        self._whole = not self._whole
        self._zoom, self._shift = 1.0, QPointF()
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cluster = self._cluster_at(QPointF(event.pos()))
            names = [spot.name for spot in cluster.spots] if cluster else []
            more = f"\n…等 {len(names)} 家" if len(names) > 12 else ""
            QToolTip.showText(event.globalPos(), "\n".join(names[:12]) + more, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("pane"))
        for cluster in sorted(self._clusters, key=lambda one: (one.chosen, one.base)):
            self._paint_spot(painter, cluster)
        self._paint_names(painter)
        self._paint_caption(painter)

    def caption(self) -> list[str]:
        """What is not drawn and what this is, in one line or, where that is too long, in two."""
        outside = sum(len(one.spots) for one in self._clusters if not self.rect().contains(one.at.toPoint()))
        missing = (
            *([f"另有 {outside} 家在图外，双击看全部"] if outside else []),
            *([f"{self.unplaced} 家在境外或没有坐标，没有画"] if self.unplaced else []),
        )
        whole = "　".join((*missing, CAPTION))
        fits = QFontMetricsF(smaller(self.font(), 2)).horizontalAdvance(whole) <= self.width() - 20
        return [whole] if fits or not missing else ["　".join(missing), CAPTION]

    def caption_box(self) -> QRectF:
        """What the caption covers at the lower right."""
        metrics, lines = QFontMetricsF(smaller(self.font(), 2)), self.caption()
        wide, high = max(map(metrics.horizontalAdvance, lines)) + 14, metrics.height() * len(lines) + 6
        return QRectF(self.width() - wide, self.height() - high, wide, high)

    def _paint_caption(self, painter: QPainter) -> None:
        """Nothing shines through."""
        painter.fillRect(self.caption_box(), theme.colour("pane"))
        painter.setFont(smaller(self.font(), 2))
        painter.setPen(theme.colour("faint"))
        corner = QRectF(self.rect()).adjusted(10, 0, -10, -6)
        painter.drawText(corner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, "\n".join(self.caption()))

    def _paint_spot(self, painter: QPainter, cluster: Cluster) -> None:
        size = 4 + min(4.0, 1.2 * math.sqrt(len(cluster.spots) - 1))
        if self._marked & {spot.key for spot in cluster.spots}:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(cluster.at, size + 4, size + 4)
        if cluster.base:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            painter.drawRect(QRectF(cluster.at - QPointF(5, 5), cluster.at + QPointF(5, 5)))
            return
        painter.setPen(QPen(theme.colour("accent" if cluster.chosen else "violet"), 1.4))
        painter.setBrush(theme.colour("accent_fill" if cluster.chosen else "violet_tint"))
        painter.drawEllipse(cluster.at, size, size)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(smaller(self.font(), 2))
        for box, cluster in self.names():
            painter.setPen(theme.colour("text" if cluster.chosen or cluster.base else "secondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cluster.words)

    def names(self) -> list[tuple[QRectF, Cluster]]:
        """Where names stand: beside their points, those of the base and of the chosen first, while there is room."""
        metrics = QFontMetricsF(smaller(self.font(), 2))
        found: list[tuple[QRectF, Cluster]] = []
        taken = [QRectF(cluster.at - QPointF(7, 7), cluster.at + QPointF(7, 7)) for cluster in self._clusters]
        taken.append(self.caption_box())
        inside = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        for cluster in sorted(self._clusters, key=lambda one: (not one.base, not one.chosen, -len(one.spots))):
            wide, high = metrics.horizontalAdvance(cluster.words) + 4, metrics.height()
            for dx, dy in ((10, -high / 2), (-10 - wide, -high / 2), (-wide / 2, 9), (-wide / 2, -9 - high)):
                box = QRectF(cluster.at.x() + dx, cluster.at.y() + dy, wide, high)
                if inside.contains(box) and not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    found.append((box, cluster))
                    break
        return found

    def _arrange(self) -> None:
        """Every spot where it belongs in this widget; those that fall together share a point."""
        self._clusters = []
        grid: dict[tuple[int, int, bool], Cluster] = {}
        for spot, at in zip(self._spots, self._places(), strict=True):
            cell = (round(at.x() / NEAR), round(at.y() / NEAR), spot.key == 0)
            if cell not in grid:
                grid[cell] = Cluster(at)
                self._clusters.append(grid[cell])
            grid[cell].spots.append(spot)
        self.update()

    def _places(self) -> list[QPointF]:
        """Equirectangular at the middle latitude, as large as the widget allows."""
        if not self._spots:
            return []
        near = self._spots if self._whole else _most(self._spots)
        east = [spot.point[0] for spot in near]
        north = [spot.point[1] for spot in near]
        middle = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
        squeeze = math.cos(math.radians(middle[1]))
        wide = max((max(east) - min(east)) * squeeze, 0.2)
        high = max(max(north) - min(north), 0.1)
        scale = min((self.width() - 2 * EDGE) / wide, (self.height() - 2 * EDGE) / high) * self._zoom
        centre = QPointF(self.rect().center()) - QPointF(0, CAPTION_ROOM / 2) + self._shift
        return [
            centre + QPointF((x - middle[0]) * squeeze * scale, (middle[1] - y) * scale)
            for x, y in (spot.point for spot in self._spots)
        ]

    def _cluster_at(self, at: QPointF) -> Cluster | None:
        near = [cluster for cluster in self._clusters if (cluster.at - at).manhattanLength() < NEAR]
        return min(near, key=lambda cluster: (cluster.at - at).manhattanLength(), default=None)


def _most(spots: Sequence[Spot]) -> list[Spot]:
    """The base, the chosen, and of the candidates those that are not far off all others."""
    others = [spot for spot in spots if spot.key and not spot.chosen]
    kept = [spot for spot in spots if not spot.key or spot.chosen]
    for axis in (0, 1):
        line = sorted(spot.point[axis] for spot in others)
        cut = len(line) // 20
        if cut:
            others = [spot for spot in others if line[cut] <= spot.point[axis] <= line[-cut - 1]]
    return [*kept, *others]
