"""From the office's records to the planner's question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhaoshang_desktop.domain.region import is_within, point_of
from zhaoshang_desktop.domain.trip import Leg, Trip
from zhaoshang_desktop.domain.trip import Team as TeamRecord
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.problem import Hours, Pin, Place, Problem, Slot, Stop, Team, days_between
from zhaoshang_desktop.planning.travel import TravelRules, shipped_rules, tables

BALANCE = 40
USUAL_MINUTES = 90
Point = tuple[float, float]


@dataclass(frozen=True)
class Target:
    """What the planner has to know of a visit beyond its record; `prize` is what seeing them is worth."""

    visit: Visit
    prize: int = 1
    point: Point | None = None
    name: str = ""


@dataclass(frozen=True)
class Office:
    """What the office has set: its hours, its estimates, and which days are worked."""

    workdays: frozenset[date]
    hours: Hours = field(default_factory=Hours)
    rules: TravelRules = field(default_factory=shipped_rules)


def problem_of(
    trip: Trip, teams: Iterable[TeamRecord], targets: Iterable[Target], office: Office, legs: Iterable[Leg] = ()
) -> Problem:
    """The question that a trip asks; stops and teams keep the keys of their records, place 0 is the base.

    Cancelled visits are not asked for. The team of a visit is the last plan's answer and may change unless
    the visit is pinned or done; `only_team` is a wish. A leg with a ticket (not estimated) replaces the
    estimate between all places of its two codes. ValueError if the trip has no dates.
    """
    if trip.start is None or trip.end is None:
        raise ValueError("a trip without dates cannot be planned")
    days = days_between(trip.start, trip.end)
    wanted = [target for target in targets if target.visit.state != "取消"]
    places = (_place("", trip.base, None), *(_place(t.name, t.visit.place, t.point) for t in wanted))
    groups = tuple(Team(team.id, 0, 0, team.mode) for team in teams)
    index = {day: number for number, day in enumerate(days)}
    stops = tuple(_stop(target, number, index) for number, target in enumerate(wanted, start=1))
    travel = tables(places, {team.mode for team in groups}, office.rules, _known(legs, places))
    return Problem(days, office.workdays, places, travel, groups, stops, office.hours, BALANCE)


def _place(name: str, code: str, point: Point | None) -> Place:
    return Place(name, point or (point_of(code) if code else None), code)


def _stop(target: Target, place: int, index: Mapping[date, int]) -> Stop:
    visit = target.visit
    day = -1 if visit.day is None else index.get(visit.day, -1)
    slot = None if visit.day is None or visit.start is None else Slot(day, visit.start)
    fixed, pinned = slot if visit.fixed else None, slot if visit.pinned or visit.state == "已完成" else None
    return Stop(
        id=visit.id,
        place=place,
        minutes=USUAL_MINUTES if visit.minutes is None else visit.minutes,
        prize=target.prize,
        must=bool(visit.must),
        appointment=fixed,
        team=visit.only_team or None,
        pin=Pin(pinned.day, pinned.start, visit.team) if pinned and visit.team else None,
    )


def _known(legs: Iterable[Leg], places: tuple[Place, ...]) -> dict[tuple[str, int, int], int]:
    """Minutes by ticket, for every pair of places that lie where it goes from and to."""
    known: dict[tuple[str, int, int], int] = {}
    for leg in legs:
        if leg.estimated is not False or leg.start is None or leg.end is None or leg.end < leg.start:
            continue
        origins = [number for number, place in enumerate(places) if is_within(place.city, leg.origin)]
        ends = [number for number, place in enumerate(places) if is_within(place.city, leg.destination)]
        known.update({(leg.mode, a, b): leg.end - leg.start for a in origins for b in ends if a != b})
    return known
