"""Whom to see: investors ranked for a trip, each with its reasons in words.

A reason is one small function; a library that knows another reason adds it to the list it passes.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.region import distance_km, is_within, place_name, point_of

WAITING = ("待核实", "已核实", "跟进中")
NEAR_KM = 80.0
LONG_SILENT = 30


@dataclass(frozen=True)
class Wanted:
    """What the trip is about; `without` are investors not to be named, for one because they are in it already."""

    today: date
    chain: str = ""
    places: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    without: frozenset[int] = frozenset()

    @cached_property
    def waiting(self) -> dict[int, list[Lead]]:
        """Leads that nobody has brought to an end, by investor."""
        found: dict[int, list[Lead]] = {}
        for lead in self.leads:
            if lead.investor and lead.state in WAITING:
                found.setdefault(lead.investor, []).append(lead)
        return found

    @cached_property
    def _distances(self) -> dict[str, float]:
        return {}

    def distance(self, place: str) -> float:
        """Kilometres to the nearest place of the trip; 0 inside one."""
        known = self._distances.get(place)
        if known is None:
            known = self._distances[place] = self._distance(place)
        return known

    def _distance(self, place: str) -> float:
        if any(is_within(place, area) for area in self.places):
            return 0.0
        here = point_of(place)
        points = [point for point in map(point_of, self.places) if point]
        return min((distance_km(here, point) for point in points), default=1e9) if here else 1e9


@dataclass(frozen=True)
class Ground:
    """One reason: how much it speaks for an investor (1 fully, below 0 against), and how that is said."""

    key: str
    weight: int
    holds: Callable[[Investor, Wanted], float]
    words: Callable[[Investor, Wanted], str]


@dataclass(frozen=True)
class Because:
    """A reason that was found, with what it added to the score."""

    key: str
    points: float
    words: str


@dataclass(frozen=True)
class Suggestion:
    investor: Investor
    score: float
    because: tuple[Because, ...] = field(default=())


def suggest(
    investors: Iterable[Investor],
    wanted: Wanted,
    *,
    limit: int = 50,
    weights: Mapping[str, int] | None = None,
    grounds: Sequence[Ground] | None = None,
) -> list[Suggestion]:
    """The best candidates, best first; those that nothing speaks for are not named. Linear in their number.

    `weights` are the office's own by key of the reason (0 leaves one out).
    """
    used = [
        (ground, weight)
        for ground in grounds or GROUNDS
        if (weight := (weights or {}).get(ground.key, ground.weight)) != 0
    ]
    asked = [(weight, ground.holds) for ground, weight in used]
    scored: list[tuple[float, int, Investor]] = []
    for number, investor in enumerate(investors):
        score = 0.0
        for weight, holds in asked:
            score += weight * holds(investor, wanted)
        if score > 0 and investor.id not in wanted.without:
            scored.append((score, -number, investor))
    best = heapq.nlargest(limit, scored, key=itemgetter(0, 1))
    return [Suggestion(investor, score, _because(investor, wanted, used)) for score, _, investor in best]


def _because(investor: Investor, wanted: Wanted, used: Sequence[tuple[Ground, int]]) -> tuple[Because, ...]:
    found = [
        Because(ground.key, weight * share, ground.words(investor, wanted))
        for ground, weight in used
        if (share := ground.holds(investor, wanted))
    ]
    return tuple(sorted(found, key=lambda because: -abs(because.points)))


def _same_chain(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if wanted.chain and investor.chain == wanted.chain else 0.0


def _level(investor: Investor, wanted: Wanted) -> float:
    return {"A": 1.0, "B": 0.6, "C": 0.2}.get(investor.level, 0.0)


def _head_target(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if investor.head_target else 0.0


def _on_the_way(investor: Investor, wanted: Wanted) -> float:
    """Fully inside a place of the trip, less and less up to `NEAR_KM` from it."""
    if not investor.place or not wanted.places:
        return 0.0
    return max(0.0, 1.0 - wanted.distance(investor.place) / NEAR_KM)


def _say_on_the_way(investor: Investor, wanted: Wanted) -> str:
    away = wanted.distance(investor.place)
    where = place_name(investor.place)
    return f"在行程地区内（{where}）" if away == 0 else f"距行程地区约{away:.0f}公里（{where}）"


def _silent(investor: Investor, wanted: Wanted) -> float:
    """From a month on, fully after half a year; never contacted speaks for itself only a little."""
    days = investor.days_silent(wanted.today)
    if days is None:
        return 0.3
    return min(1.0, days / 180) if days >= LONG_SILENT else 0.0


def _say_silent(investor: Investor, wanted: Wanted) -> str:
    days = investor.days_silent(wanted.today)
    return "还没有联系过" if days is None else f"已有{days}天没有联系"


def _overdue(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if investor.next_due and investor.next_due < wanted.today else 0.0


def _say_overdue(investor: Investor, wanted: Wanted) -> str:
    late = (wanted.today - investor.next_due).days if investor.next_due else 0
    step = f"“{investor.next_step}”" if investor.next_step else ""
    return f"下一步{step}已超期{late}天"


def _in_talk(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if investor.open_projects else 0.0


def _lead_waiting(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if investor.id in wanted.waiting else 0.0


def _say_lead(investor: Investor, wanted: Wanted) -> str:
    leads = wanted.waiting[investor.id]
    more = f"等{len(leads)}条" if len(leads) > 1 else ""
    return f"有信息待跟进：{leads[0].subject}{more}"


def _dishonest(investor: Investor, wanted: Wanted) -> float:
    return 1.0 if investor.dishonest or investor.enforced else 0.0


GROUNDS: tuple[Ground, ...] = (
    Ground("chain", 30, _same_chain, lambda investor, wanted: f"同属{investor.chain}产业链"),
    Ground("way", 25, _on_the_way, _say_on_the_way),
    Ground("level", 20, _level, lambda investor, wanted: f"关注等级{investor.level}"),
    Ground("overdue", 15, _overdue, _say_overdue),
    Ground("talk", 15, _in_talk, lambda investor, wanted: f"有{investor.open_projects}个在谈项目"),
    Ground("lead", 12, _lead_waiting, _say_lead),
    Ground("silent", 10, _silent, _say_silent),
    Ground("head", 10, _head_target, lambda investor, wanted: "头部目标企业"),
    Ground("dishonest", -40, _dishonest, lambda investor, wanted: "有失信或被执行记录，先核查"),
)
"""What speaks for a visit, with the weights that ship."""
