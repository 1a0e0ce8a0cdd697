"""From the office's records to the planner's question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from zhaoshang_desktop.domain.meeting_times import MORNING, Span, Times
from zhaoshang_desktop.domain.region import country_of, is_within, point_of
from zhaoshang_desktop.domain.time_zone import ahead
from zhaoshang_desktop.domain.trip import Leg, Road, Trip
from zhaoshang_desktop.domain.trip import Team as TeamRecord
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, USUAL_MINUTES, Visit
from zhaoshang_desktop.planning.problem import (
    Hours,
    Pin,
    Place,
    Problem,
    Slot,
    Stop,
    Table,
    Team,
    Window,
    days_between,
    joined,
)
from zhaoshang_desktop.planning.travel import AIR, CAR, TravelRules, shipped_rules, tables

BALANCE = 40
NEVER = Window(-1, 0, 0)
"""On no day of the trip."""
_WEEKEND = (5, 6)
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
    """What the office has set: which days are worked, and its numbers of travel."""

    workdays: frozenset[date]
    rules: TravelRules = field(default_factory=shipped_rules)


def problem_of(
    trip: Trip,
    teams: Iterable[TeamRecord],
    targets: Iterable[Target],
    office: Office,
    legs: Iterable[Leg] = (),
    roads: Iterable[Road] = (),
) -> Problem:
    """The question that a trip asks; stops and teams keep the keys of their records, place 0 is the base.

    Cancelled visits are not asked for. The team of a visit is the last plan's answer and may change unless
    the visit is pinned or done; `only_team` is a wish. What is known of a way replaces the estimate between all
    places of its two codes: a road that somebody typed in, before it a leg with a ticket (not estimated).
    Times are local: a way to where the clocks are ahead takes so much longer, the way back so much less.
    ValueError if the trip has no dates.
    """
    if trip.start is None or trip.end is None:
        raise ValueError("a trip without dates cannot be planned")
    days = days_between(trip.start, trip.end)
    wanted = [target for target in targets if target.visit.state != CALLED_OFF]
    places = [_place("", trip.base, None), *(_place(t.name, t.visit.place, t.point) for t in wanted)]
    flies = len({country_of(place.city) for place in places}) > 1
    groups = tuple(_team(team, trip, days, places, flies) for team in teams)
    stops = tuple(_stop(target, number, days, office) for number, target in enumerate(wanted, start=1))
    modes = {team.mode for team in groups}
    known = {**_roads(roads, places), **_tickets(legs, places, modes, office.rules)}
    travel = {
        mode: _by_the_clock(table, places) for mode, table in tables(tuple(places), modes, office.rules, known).items()
    }
    return Problem(days, office.workdays, tuple(places), travel, groups, stops, office.rules.hours, BALANCE)


def _place(name: str, code: str, point: Point | None) -> Place:
    return Place(name, point or (point_of(code) if code else None), code)


def _team(team: TeamRecord, trip: Trip, days: Sequence[date], places: list[Place], flies: bool) -> Team:
    """A team; where it sets out from and comes back to are put among the places. On a trip abroad nobody of it is at
    the wheel: the long ways are flights."""
    start = _number(team.origin or trip.base, places)
    end = _number(team.goal or team.origin or trip.base, places)
    away: tuple[int, ...] = ()
    if days and (team.first_day or team.last_day):
        first, last = team.first_day or days[0], team.last_day or days[-1]
        away = tuple(number for number, day in enumerate(days) if first <= day <= last) or (NEVER.day,)
    return Team(team.id, start, end, team.mode, away, bool(team.home_nights), team.mode == CAR and not flies)


def _number(code: str, places: list[Place]) -> int:
    if code == places[0].city:
        return 0
    places.append(_place("", code, None))
    return len(places) - 1


def _stop(target: Target, place: int, days: Sequence[date], office: Office) -> Stop:
    visit = target.visit
    day = days.index(visit.day) if visit.day in days else NEVER.day
    slot = None if visit.day is None or visit.start is None else Slot(day, visit.start)
    fixed, pinned = slot if visit.fixed else None, slot if visit.pinned or visit.state == HELD else None
    minutes = USUAL_MINUTES if visit.minutes is None else visit.minutes
    return Stop(
        id=visit.id,
        place=place,
        minutes=minutes,
        prize=target.prize,
        must=bool(visit.must),
        windows=openings(visit.windows, days, office, minutes),
        appointment=fixed,
        team=visit.only_team or None,
        pin=Pin(pinned.day, pinned.start, visit.team or None)
        if pinned and (visit.team or visit.state != HELD)
        else None,
        apart=frozenset(visit.apart),
    )


def openings(times: Times, days: Sequence[date], office: Office, minutes: int) -> tuple[Window, ...]:
    """When a meeting of so many minutes may begin within these times; () when no times are named at all.

    A date, or a Saturday, is meant as it is said; other weekdays, and every day, only where they are worked.
    """
    found = joined(
        Window(number, opens, closes - minutes)
        for number, day in enumerate(days)
        for opens, closes in hours_open(times, day, day in office.workdays, office.rules.hours)
        if closes - minutes >= opens
    )
    return found or ((NEVER,) if times else ())


def hours_open(times: Times, day: date, worked: bool, hours: Hours) -> list[tuple[int, int]]:
    """From when to when somebody who said so can be met on that day."""
    meant = [span for span in times if span.is_on(day) and (span.dated or worked or span.weekday in _WEEKEND)]
    return sorted({one for span in meant for one in _open(span, hours)})


def _open(span: Span, hours: Hours) -> list[tuple[int, int]]:
    """From when to when somebody who said this is there; breaks that lie within are kept free."""
    sessions = hours.sessions
    if span.part:
        return [one for one in sessions if (one[0] < hours.lunch) == (span.part == MORNING)]
    first, last = sessions[0][0], sessions[-1][1]
    start = first if span.start is None else span.start
    end = last if span.end is None else span.end
    if end <= start:  # after hours, or before them: as long as anybody is about
        start, end = (start, hours.latest) if span.end is None else (hours.earliest, end)
    breaks = [(a, b) for (_, a), (b, _) in pairwise(sessions) if start < a and b < end]
    edges = [start, *(edge for pause in breaks for edge in pause), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _by_the_clock(table: Table, places: Sequence[Place]) -> Table:
    """Minutes from clock to clock: what the clocks are ahead at the end of a way comes on top; a minute at least,
    so that a flight after the sun stays a way."""
    zones = [ahead(place.city) or 0 for place in places]
    if not any(zones):
        return table
    return tuple(
        tuple(max(min(minutes, 1), minutes + zones[b] - zones[a]) for b, minutes in enumerate(row))
        for a, row in enumerate(table)
    )


def _roads(roads: Iterable[Road], places: Sequence[Place]) -> dict[tuple[str, int, int], int]:
    """Minutes that somebody knows, there and, unless that is told apart, back."""
    there: dict[tuple[str, int, int], int] = {}
    back: dict[tuple[str, int, int], int] = {}
    for road in roads:
        if road.minutes is not None:
            for a, b in _between(road.origin, road.destination, places):
                there[road.mode, a, b] = back[road.mode, b, a] = road.minutes
    return {**back, **there}


def _tickets(
    legs: Iterable[Leg], places: Sequence[Place], modes: Iterable[str], rules: TravelRules
) -> dict[tuple[str, int, int], int]:
    """Minutes by ticket; a train's times are from station to station, a flight serves whoever travels."""
    known: dict[tuple[str, int, int], int] = {}
    for leg in legs:
        if leg.estimated is not False or leg.start is None or leg.end is None or leg.end < leg.start:
            continue
        minutes = leg.end - leg.start + (ahead(leg.origin) or 0) - (ahead(leg.destination) or 0)
        if leg.ticket:
            minutes += sum(rules.around(leg.mode))
        for mode in modes if leg.mode == AIR else (leg.mode,):
            known.update({(mode, a, b): minutes for a, b in _between(leg.origin, leg.destination, places)})
    return known


def _between(origin: str, destination: str, places: Sequence[Place]) -> list[tuple[int, int]]:
    """Every pair of places that lie in the one and in the other."""
    origins = [number for number, place in enumerate(places) if is_within(place.city, origin)]
    ends = [number for number, place in enumerate(places) if is_within(place.city, destination)]
    return [(a, b) for a in origins for b in ends if a != b]
