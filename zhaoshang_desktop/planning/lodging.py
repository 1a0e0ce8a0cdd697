"""Which limit holds for a night: by place, rank and season, on that day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.region import candidates, is_within
from zhaoshang_desktop.domain.validity import holds, since

_WHOLE = re.compile(r"^全[省市区州]$|^全自治[区州]$")
_REST = re.compile(r"^其[他余]")
_CORE = re.compile(r"中心城区|主城区")
_SEASON = re.compile(r"(\d{1,2})-(\d{1,2})月(上旬|中旬|下旬)?|(\d{1,2})月")
_TENTHS = {"上旬": 10, "中旬": 20, "下旬": 31, None: 31}
_SPOKEN_RANKS = {"一类": "first", "二类": "second", "三类": "third"}


@dataclass(frozen=True)
class NightLimit:
    """The most a night may cost, and the line of the table that says so."""

    amount: Money
    limit: LodgingLimit


def limit_for(limits: Iterable[LodgingLimit], place: str, rank: str, day: date) -> NightLimit | None:
    """For a place code, a travel rank (一类, 二类, 三类) and a night; None if the table does not say.

    A line that names the place goes before one for a whole region, that before 其他地区; in the
    season the season's line goes before the one without.
    """
    best: tuple[tuple[int, bool, date], NightLimit] | None = None
    for limit in limits:
        amount = getattr(limit, _SPOKEN_RANKS.get(rank, "third"))
        if amount is None or not holds(limit, day) or (limit.season and not in_season(limit.season, day)):
            continue
        near = _nearness(limit.region, limit.places, place)
        order = near, bool(limit.season), since(limit)
        if near and (best is None or order >= best[0]):
            best = order, NightLimit(amount, limit)
    return best[1] if best else None


def in_season(text: str, day: date) -> bool:
    """Whether the day lies in "7-9月、11-3月" or "4-5月上旬"."""
    for first, last, tenth, single in _SEASON.findall(text):
        start, end = (int(single), int(single)) if single else (int(first), int(last))
        now, until = (day.month, day.day), (end, _TENTHS[tenth or None])
        inside = (start, 1) <= now <= until if start <= end else now >= (start, 1) or now <= until
        if inside:
            return True
    return False


@lru_cache(maxsize=8192)
def _nearness(region: str, places: str, place: str) -> int:
    """How closely a line of the table fits the place: 0 not at all, 1 其他地区, 2 whole area, 3 and more by name."""
    areas = [code for code in candidates(region) if is_within(place, code)]
    if not areas:
        return 0
    own_table = 1 if any(not code.endswith("0000") for code in areas) else 0
    return max((_part_nearness(part, areas[0], place) + own_table for part in places.split("、")), default=2)


def _part_nearness(part: str, area: str, place: str) -> int:
    if not part or _WHOLE.match(part):
        return 2
    if _REST.match(part):
        return 1
    if _CORE.search(part):
        return 4 if place == area or _named(_cores().get(area, ""), area, place) else 0
    return 4 if _named(part, area, place) else 0


@cache
def _cores() -> dict[str, str]:
    """What "中心城区" means in 财行〔2016〕71号 where it counts them without names: by city, their names."""
    return {row["city"]: row["districts"] for row in tables.rows("city_cores")}


def _named(names: str, area: str, place: str) -> bool:
    """Whether one of the names, read inside the area, is the place or has it inside."""
    for name in filter(None, names.split("、")):
        for code in candidates(name):
            if is_within(code, area) and is_within(place, code):
                return True
    return False
