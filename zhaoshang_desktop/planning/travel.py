"""How long and how far from one place to another, by car or high-speed rail, before a ticket is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhaoshang_desktop.domain.region import distance_km
from zhaoshang_desktop.planning.problem import Place, Table

CAR, RAIL = "驾车", "高铁"


@dataclass(frozen=True)
class TravelRules:
    """What the estimates rest on; the office may change every number.

    `car_speeds` says up to how many kilometres of a way which speed (km/h) holds, the town first.
    A driver rests `rest_minutes` after every `rest_after` minutes. A train costs `station_before`
    from the door to its departure and `station_after` from its arrival to the door.
    """

    road_factor: float = 1.3
    car_speeds: tuple[tuple[float, float], ...] = ((8, 28), (30, 48), (120, 75), (math.inf, 88))
    car_overhead: int = 10
    rest_after: int = 240
    rest_minutes: int = 20
    rail_factor: float = 1.2
    rail_speed: float = 190
    rail_from: float = 60
    station_before: int = 45
    station_after: int = 30
    local: int = 20
    unknown: int = 120
    rail_fare: int = 46
    car_cost: int = 110
    source: str = (
        "估算：道路为直线距离的1.3倍，高铁为1.2倍、平均时速190公里，进出站共75分钟；"
        "连续驾驶4小时休息20分钟（道路交通安全法实施条例第六十二条）；票价每公里0.46元，用车每公里1.1元"
    )


@dataclass(frozen=True)
class Estimate:
    """Minutes from door to door, kilometres on the way, and by what."""

    minutes: int
    kilometres: int
    mode: str


def estimate(a: Place, b: Place, mode: str, rules: TravelRules) -> Estimate:
    """Between two different places; a traveller by rail takes a car where that is sooner.

    Without coordinates it is a local way inside one city, else `rules.unknown`.
    """
    if a.point is None or b.point is None:
        same_city = bool(a.city) and a.city == b.city
        return Estimate(rules.local if same_city else rules.unknown, 0, CAR)
    straight = distance_km(a.point, b.point)
    road = straight * rules.road_factor
    car = Estimate(max(rules.local, _driven(road, rules)), round(road), CAR)
    if mode != RAIL or straight < rules.rail_from:
        return car
    track = straight * rules.rail_factor
    minutes = rules.station_before + math.ceil(track / rules.rail_speed * 60) + rules.station_after
    return min(car, Estimate(minutes, round(track), RAIL), key=lambda way: way.minutes)


def _driven(road: float, rules: TravelRules) -> int:
    minutes, done = float(rules.car_overhead), 0.0
    for until, speed in rules.car_speeds:
        part = min(road, until) - done
        if part <= 0:
            break
        minutes += part / speed * 60
        done += part
    return math.ceil(minutes + rules.rest_minutes * (minutes // rules.rest_after))


def tables(
    places: tuple[Place, ...],
    modes: Iterable[str],
    rules: TravelRules,
    known: Mapping[tuple[str, int, int], int] | None = None,
) -> dict[str, Table]:
    """For each mode the minutes between all places; `known` has (mode, from, to) that were typed in."""
    known = known or {}
    return {mode: tuple(_row(places, mode, a, rules, known) for a in range(len(places))) for mode in set(modes)}


def _row(
    places: tuple[Place, ...], mode: str, a: int, rules: TravelRules, known: Mapping[tuple[str, int, int], int]
) -> tuple[int, ...]:
    return tuple(
        0 if a == b else known.get((mode, a, b), estimate(places[a], places[b], mode, rules).minutes)
        for b in range(len(places))
    )
