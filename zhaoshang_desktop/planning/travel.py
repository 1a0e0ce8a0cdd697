"""The office's numbers of travel: how long and how far from one place to another, by car or high-speed
rail, before a ticket is known; and from when to when one is on the road, meets people, eats and drives."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.allowance import TravelRule
from zhaoshang_desktop.domain.region import country_of, distance_km
from zhaoshang_desktop.domain.validity import in_force
from zhaoshang_desktop.domain.visit import PRIORITIES
from zhaoshang_desktop.planning.problem import Hours, Place, Table

CAR, RAIL, AIR = "驾车", "高铁", "飞机"

_FIELDS = {
    "道路系数": "road_factor",
    "出车准备": "car_overhead",
    "铁路系数": "rail_factor",
    "高铁时速": "rail_speed",
    "高铁起算距离": "rail_from",
    "进站": "station_before",
    "出站": "station_after",
    "同城路程": "local",
    "未知路程": "unknown",
    "出境路程": "border",
    "进机场": "airport_before",
    "出机场": "airport_after",
    "高铁票价": "rail_fare",
    "一等座票价": "first_fare",
    "商务座票价": "business_fare",
    "用车费用": "car_cost",
    "租车日租": "car_day",
}
_SPEED = "驾车时速"
_WHOLE = {
    *("car_overhead", "station_before", "station_after"),
    *("local", "unknown", "border", "airport_before", "airport_after"),
}
_LEAST = {"road_factor": 1, "rail_factor": 1, "rail_speed": 1}
_GREATEST = {"road_factor": 10, "rail_factor": 10, "rail_speed": 1000}
_GREATEST_PRIZE = 1000
_FEN = {"rail_fare", "first_fare", "business_fare", "car_cost", "car_day"}
_MINUTES = {
    "午餐时间": "lunch_minutes",
    "约见间隔": "grid",
    "连续驾驶上限": "drive_spell",
    "停车休息": "drive_rest",
    "全天驾驶上限": "drive_day",
}
_FEWEST = {"grid": 1, "drive_spell": 30, "drive_day": 60}
HIGH, MIDDLE, LOW = PRIORITIES
_PRIZES = {"高优先的分量": HIGH, "中优先的分量": MIDDLE, "低优先的分量": LOW}
_AS_PRIORITY = {"A": HIGH, "B": MIDDLE}
_CLOCK = {"最早出发": "earliest", "最晚到达": "latest", "午餐开始": "lunch"}
_SESSIONS = (("上午开始", "上午结束"), ("下午开始", "下午结束"))
_MOST = 24 * 60


@dataclass(frozen=True)
class TravelRules:
    """What estimates and plans rest on, as the office's table 出行参数 says.

    `car_speeds` says up to how many kilometres of a way which speed (km/h) holds, the town first. A train
    costs `station_before` from the door to its departure and `station_after` from its arrival to the door.
    Fares are 分 a kilometre. `hours` are the day's, of meetings and of whoever drives. `prizes` say by priority what
    seeing somebody is worth where not all can be seen.
    """

    road_factor: float
    car_speeds: tuple[tuple[float, float], ...]
    car_overhead: int
    rail_factor: float
    rail_speed: float
    rail_from: float
    station_before: int
    station_after: int
    local: int
    unknown: int
    border: int
    airport_before: int
    airport_after: int
    rail_fare: int
    first_fare: int
    business_fare: int
    car_cost: int
    hours: Hours
    car_day: int
    prizes: Mapping[str, int]

    def fare_of(self, seat: str) -> int:
        """分 a kilometre by rail in that class."""
        return {"商务座": self.business_fare, "一等座": self.first_fare}.get(seat, self.rail_fare)

    def prize_of(self, priority: str, level: str, must: bool) -> int:
        """What seeing somebody is worth, by the priority of the visit or else the level of the host."""
        return max(self.prizes.values()) if must else self.prizes[priority or _AS_PRIORITY.get(level, LOW)]

    def around(self, mode: str) -> tuple[int, int]:
        """Minutes from the door to a departure, and from an arrival to the door."""
        stations = {RAIL: (self.station_before, self.station_after), AIR: (self.airport_before, self.airport_after)}
        return stations.get(mode, (0, 0))


def rules_of(table: Iterable[TravelRule], day: date) -> TravelRules:
    """The numbers that hold on that day; what the table does not say, or says absurdly, is taken from what ships."""
    own = in_force(table, day)
    lines = [*_shipped(), *(one for one in own if one.item not in _PRIZES or 1 <= (one.value or 0) <= _GREATEST_PRIZE)]
    values: dict[str, float] = {}
    for line in lines:
        name, value = _FIELDS.get(line.item), float(line.value or 0)
        greatest = _GREATEST.get(name or "", _MOST if name in _WHOLE else math.inf)
        if name and _LEAST.get(name, 0) <= value <= greatest:
            values[name] = round(value * 100) if name in _FEN else round(value) if name in _WHOLE else value
    hours = _hours(own, _hours(_shipped(), Hours()))
    prizes = {_PRIZES[one.item]: round(one.value or 0) for one in lines if one.item in _PRIZES}
    return TravelRules(car_speeds=_speeds(lines), hours=hours, prizes=prizes, **values)  # type: ignore[arg-type]


def _hours(lines: Iterable[TravelRule], usual: Hours) -> Hours:
    """The hours that the lines make of the usual ones; sessions or a day that end before they begin are not taken."""
    said = {line.item: float(line.value) for line in lines if line.value is not None and line.value >= 0}
    minutes = {name: round(said.get(item, _MOST)) for item, name in _MINUTES.items()}
    values = {name: value for name, value in minutes.items() if _FEWEST.get(name, 0) <= value < _MOST}
    values |= {name: clock for item, name in _CLOCK.items() if (clock := _clock(said.get(item))) is not None}
    sessions = []
    for names, (opens, closes) in zip(_SESSIONS, usual.sessions, strict=True):
        own_opens, own_closes = (_clock(said.get(name)) for name in names)
        session = opens if own_opens is None else own_opens, closes if own_closes is None else own_closes
        sessions.append(session if session[0] < session[1] else (opens, closes))
    hours = replace(usual, sessions=tuple(sessions), **values)
    if hours.earliest + hours.lunch_minutes >= hours.latest:
        return replace(hours, earliest=usual.earliest, latest=usual.latest, lunch_minutes=usual.lunch_minutes)
    return hours


def _clock(value: float | None) -> int | None:
    """13.5 is half past one."""
    return None if value is None or value > _MOST / 60 else round(value * 60)


def shipped_rules() -> TravelRules:
    """The numbers that ship with the program."""
    return rules_of((), date.max)


@cache
def _shipped() -> tuple[TravelRule, ...]:
    return tuple(reference.records(TravelRule, "travel"))


def _speeds(lines: Iterable[TravelRule]) -> tuple[tuple[float, float], ...]:
    """By step of the way the latest; what ships only if the office says nothing. The last goes on without end."""
    given = [one for one in lines if one.item == _SPEED and one.value and one.value > 0]
    own = [one for one in given if one.id] or given
    steps = {float(one.up_to) if one.up_to else math.inf: float(one.value or 0) for one in own}
    ordered = sorted(steps.items())
    return (*ordered[:-1], (math.inf, ordered[-1][1]))


@dataclass(frozen=True)
class Estimate:
    """Minutes from door to door without the driver's rests, kilometres on the way, and by what."""

    minutes: int
    kilometres: int
    mode: str


def estimate(a: Place, b: Place, mode: str, rules: TravelRules) -> Estimate:
    """Between two different places; a traveller by rail takes a car where that is sooner.

    Without coordinates it is a local way inside one city, else `rules.unknown`; over a border `rules.border`.
    """
    if country_of(a.city) != country_of(b.city):
        return Estimate(rules.border, 0, AIR)
    if a.point is None or b.point is None:
        same_city = bool(a.city) and a.city == b.city and not country_of(a.city)
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
    return math.ceil(minutes)


def tables(
    places: tuple[Place, ...],
    modes: Iterable[str],
    rules: TravelRules,
    known: Mapping[tuple[str, int, int], int] | None = None,
) -> dict[str, Table]:
    """For each mode the minutes between all places; `known` has (mode, from, to) that were typed in."""
    spots = {(place.city, place.point): place for place in places}
    numbers = {spot: number for number, spot in enumerate(spots)}
    at = [numbers[place.city, place.point] for place in places]
    return {mode: _table(at, list(spots.values()), mode, rules, known or {}) for mode in set(modes)}


def _table(
    at: Sequence[int], spots: Sequence[Place], mode: str, rules: TravelRules, known: Mapping[tuple[str, int, int], int]
) -> Table:
    """`at` says at which of the spots each place is; a way is estimated once, for both directions and for all that are
    at its ends."""
    halves = [[estimate(a, b, mode, rules).minutes for b in spots[: number + 1]] for number, a in enumerate(spots)]
    whole = [[halves[max(a, b)][min(a, b)] for b in range(len(spots))] for a in range(len(spots))]
    rows = [[whole[a][b] for b in at] for a in at]
    for number, row in enumerate(rows):
        row[number] = 0
    for (way, a, b), minutes in known.items():
        if way == mode and a != b:
            rows[a][b] = minutes
    return tuple(tuple(row) for row in rows)
