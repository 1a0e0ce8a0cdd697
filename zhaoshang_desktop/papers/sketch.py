"""A sketch of the ways of a trip: points by their coordinates and nothing that could be taken for a boundary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.flow import Drawing, Line
from zhaoshang_desktop.papers.look import INK, MM, Colour, Look, Type

HEIGHT = 78 * MM
ROUTE_COLOURS: tuple[Colour, ...] = ((0.14, 0.35, 0.77), (0.70, 0.20, 0.12), (0.14, 0.41, 0.25), (0.54, 0.35, 0.04))
LEADER: Colour = (0.62, 0.65, 0.70)
FAR = (18, 28, 40, 54)
CAPTION = "示意图，按坐标绘点，不表示边界"


class Lines(Protocol):
    """Sets text."""

    look: Look

    def lines(self, words: b.Words, kind: Type, width: float, hang: float = 0.0) -> list[Line]: ...


class Projection:
    """(longitude, latitude) → points in a box, equirectangular at the middle latitude."""

    def __init__(self, points: Sequence[tuple[float, float]], box: tuple[float, float]) -> None:
        east = [point[0] for point in points]
        north = [point[1] for point in points]
        self._middle = ((min(east) + max(east)) / 2, (min(north) + max(north)) / 2)
        self._squeeze = math.cos(math.radians(self._middle[1]))
        self._centre = (box[0] / 2, box[1] / 2)
        wide = (max(east) - min(east)) * self._squeeze or 1e-6
        high = max(north) - min(north) or 1e-6
        self._scale = min((box[0] - 150) / wide, (box[1] - 60) / high)

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        x = (point[0] - self._middle[0]) * self._squeeze * self._scale
        y = (point[1] - self._middle[1]) * self._scale
        return self._centre[0] + x, self._centre[1] + y


def sketch(block: b.RouteSketch, setter: Lines) -> Drawing | None:
    """None when there are not two different points to draw."""
    places = [stop[1:] for route in block.routes for stop in route.stops]
    if len(set(places)) < 2:
        return None
    kind = setter.look.running
    box = (setter.look.measure, HEIGHT)
    project = Projection(places, box)
    strokes: list[tuple[float, float, float, float, Colour]] = []
    names: list[tuple[float, float, Line]] = []
    points: dict[str, tuple[float, float]] = {}
    for number, route in enumerate(block.routes):
        colour = ROUTE_COLOURS[number % len(ROUTE_COLOURS)]
        beside = 1.6 * number
        way = [project(stop[1:]) for stop in route.stops]
        for (x1, y1), (x2, y2) in pairwise(way):
            strokes.append((x1 + beside, y1 + beside, x2 + beside, y2 + beside, colour))
        points |= {stop[0]: at for stop, at in zip(route.stops, way, strict=True)}
        up = box[1] - 14 - number * 13
        strokes.append((10, up, 28, up, colour))
        names.append((33, up + kind.leading / 2, setter.lines(route.name, kind, box[0])[0]))
    labels, leaders = _labels(points, setter)
    names += labels
    strokes += leaders
    names.append((10, 16, setter.lines(CAPTION, kind, box[0])[0]))
    dots = [(x, y, INK) for x, y in points.values()]
    return Drawing(box=box, strokes=strokes, dots=dots, names=names, kind=kind, before=6, after=8)


def _labels(
    points: dict[str, tuple[float, float]], setter: Lines
) -> tuple[list[tuple[float, float, Line]], list[tuple[float, float, float, float, Colour]]]:
    """The names beside their points, outwards if that is free; in a crowd farther off, at the end of a thin line."""
    kind = setter.look.running
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points.values()]
    placed, leaders = [], []
    for name, at in points.items():
        line = setter.lines(name, kind, setter.look.measure)[0]
        places = [
            (left, up, (left, up - kind.leading + 2, left + line.width, up - 2), leader)
            for left, up, leader in _candidates(at, line.width, kind.leading, setter.look.measure / 2)
        ]
        inside = [one for one in places if _is_inside(one[2], setter.look.measure)] or places
        hidden = [sum(_overlap(box, other) for other in taken) for *_, box, _ in inside]
        left, up, box, leader = inside[hidden.index(min(hidden))]
        taken.append(box)
        placed.append((left, up, line))
        if leader is not None:
            leaders.append((*at, *leader, LEADER))
    return placed, leaders


def _candidates(
    at: tuple[float, float], width: float, leading: float, centre: float
) -> list[tuple[float, float, tuple[float, float] | None]]:
    """Left and upper edge of where a name may stand, the best first, and where a line to it would end."""
    x, y = at
    near: list[tuple[float, float, tuple[float, float] | None]] = [
        (x + 6, y + leading / 2, None),
        (x - 6 - width, y + leading / 2, None),
    ]
    if x < centre:
        near.reverse()
    near += [(x - width / 2, y + leading + 3, None), (x - width / 2, y - 4, None)]
    for far in FAR:
        for turn in range(12):
            angle = math.tau * turn / 12
            end = (x + far * math.cos(angle), y + far * math.sin(angle))
            left = end[0] + 2 if math.cos(angle) > 0.1 else end[0] - width - 2
            near.append((left if abs(math.cos(angle)) > 0.1 else end[0] - width / 2, end[1] + leading / 2, end))
    return near


def _is_inside(box: tuple[float, float, float, float], measure: float) -> bool:
    return box[0] > 4 and box[2] < measure - 4 and box[1] > 18 and box[3] < HEIGHT - 2


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
