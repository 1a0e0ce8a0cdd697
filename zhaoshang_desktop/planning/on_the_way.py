"""Which places lie in the regions of a trip, near them, or on the roads to them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zhaoshang_desktop.domain.ranking import FULL
from zhaoshang_desktop.domain.region import distance_km, parents, place_name, point_of, regions

ON_THE_ROAD = FULL // 2
STEP = 50
"""Estimates by the seats of divisions are no finer."""
_DEGREE_KM, _LEAST_DEGREE_KM = 111.2, 110.5
Point = tuple[float, float]


@dataclass(frozen=True)
class Way:
    """How a place lies: `kind` is in, near or road, `place` the one of the trip that it lies by."""

    kind: str
    place: str
    kilometres: float = 0.0

    def share(self, reach: float) -> int:
        """Fully inside, in steps less and less up to `reach` kilometres off; on a road no more than half."""
        most = ON_THE_ROAD if self.kind == "road" else FULL
        if self.kilometres == 0 or reach <= 0:
            return most if self.kilometres == 0 else 0
        return max(0, round(most * (1 - self.kilometres / reach) / STEP) * STEP)

    def words(self, code: str) -> str:
        where, to = place_name(code), place_name(self.place).split()[-1]
        if self.kind == "in":
            return f"在行程地区内（{where}）"
        if self.kind == "near":
            return f"距行程地区约{self.kilometres:.0f}公里（{where}）"
        off = f"，离路线约{self.kilometres:.0f}公里" if self.kilometres >= 10 else ""
        return f"在去{to}的路上（{where}{off}）"


@lru_cache(maxsize=16)
def ways(base: str, places: tuple[str, ...], reach: float) -> Mapping[str, Way]:
    """Every division, and every place abroad that the trip goes to, that is worth anything within that reach.

    The city that the trip sets out from is no stop on its roads.
    """
    ends = [(place, point) for place in places if (point := point_of(place))]
    start = point_of(base) if base else None
    home = set(_lineage(base)[1:])
    found: dict[str, Way] = {}
    for code in dict.fromkeys((*places, *regions().of)):
        lineage = _lineage(code)
        inside = next((place for place in places if place in lineage), "")
        here = point_of(code)
        if inside:
            found[code] = Way("in", inside)
        elif here is not None:
            roads = start if start and home.isdisjoint(lineage) else None
            way = _way_of(here, ends, roads, reach)
            if way is not None and way.share(reach):
                found[code] = way
    return found


def _way_of(here: Point, ends: Sequence[tuple[str, Point]], start: Point | None, reach: float) -> Way | None:
    """How a point lies that is in none of the places; None when it is farther off than the reach for sure."""
    near = min(
        (
            Way("near", place, distance_km(here, point))
            for place, point in ends
            if abs(here[1] - point[1]) * _LEAST_DEGREE_KM <= reach
        ),
        key=_distance,
        default=None,
    )
    road = None
    if start is not None and ends:
        road = min((Way("road", place, _off(here, start, point)) for place, point in ends), key=_distance)
    if road is None or near is None:
        return near or road
    return road if road.kilometres < near.kilometres / 2 else near


@cache
def _lineage(code: str) -> tuple[str, ...]:
    """The province, the city …, the place itself."""
    return (*parents(code), code)


def _distance(way: Way) -> tuple[float, str]:
    return way.kilometres, way.place


def _off(here: Point, start: Point, end: Point) -> float:
    """Kilometres from a point to the straight line between two others, on a plane that touches the globe there."""
    squeeze = math.cos(math.radians(here[1]))
    (ax, ay), (bx, by) = (((x - here[0]) * squeeze, y - here[1]) for x, y in (start, end))
    along = (bx - ax) ** 2 + (by - ay) ** 2
    part = min(1.0, max(0.0, -(ax * (bx - ax) + ay * (by - ay)) / along)) if along else 0.0
    return math.hypot(ax + part * (bx - ax), ay + part * (by - ay)) * _DEGREE_KM
