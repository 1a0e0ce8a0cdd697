"""A second pair of eyes: every plan that is shown is checked here, also what a clerk has dragged about.

It reads the problem and the calls of the plan, and shares nothing with the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from zhaoshang_desktop.planning.plan import Call, Plan, Route
from zhaoshang_desktop.planning.problem import Problem, Stop, Team


class Kind(Enum):
    """What is wrong; `needed` and `given` are minutes where both are told."""

    UNKNOWN = "unknown"  # the plan has a visit or a team that was not asked for
    TWICE = "twice"  # one visit stands in the plan more than once
    MISSING = "missing"  # a must or a settled visit is not in the plan
    UNACCOUNTED = "unaccounted"  # a visit is neither in the plan nor among what was left out
    MOVED = "moved"  # an appointment or a pinned visit is not where it was settled
    WRONG_TEAM = "wrong team"  # this visit is only for another team
    NOT_AWAY = "not away"  # the team is not on the trip that day
    HOLIDAY = "holiday"  # nobody works that day
    OUTSIDE_HOURS = "outside hours"  # needed: the visit's minutes; given: those within a session
    OUTSIDE_WINDOWS = "outside windows"  # the host has named other times
    WRONG_LENGTH = "wrong length"  # needed: minutes asked for; given: minutes planned
    OVERLAP = "overlap"  # needed: minutes of the first; given: minutes until the second begins
    TRAVEL = "travel"  # needed: minutes on the road; given: minutes between the two
    LUNCH = "lunch"  # the way fits, but not with the lunch stop
    REST = "rest"  # the way fits, but not with the stops that the driver has to make
    DRIVE_DAY = "drive day"  # needed: minutes at the wheel on that day; given: the most there may be
    SAME_DAY = "same day"  # these two may not be on one day
    EARLY_START = "early start"  # needed: minutes on the road; given: minutes from the earliest hour on
    LATE_HOME = "late home"  # needed: minutes on the road; given: minutes until the latest hour


@dataclass(frozen=True)
class Clash:
    kind: Kind
    stops: tuple[int, ...]
    team: int | None = None
    day: int | None = None
    needed: int = 0
    given: int = 0

    @property
    def missing(self) -> int:
        """Minutes that it is short of."""
        return max(0, self.needed - self.given)


def problems(problem: Problem, plan: Plan) -> list[Clash]:
    """All that is wrong with the plan, in the order of teams and days; empty if it can be kept."""
    stops = {stop.id: stop for stop in problem.stops}
    found = list(_whole(problem, plan, stops))
    teams = {team.id: team for team in problem.teams}
    for number in dict.fromkeys(route.team for route in plan.routes):
        routes = sorted((route for route in plan.routes if route.team == number and route.calls), key=lambda r: r.day)
        if number in teams:
            for route in routes:
                for call in route.calls:
                    if call.stop in stops:
                        found += _call(problem, teams[number], route, call, stops[call.stop])
            found += _roads(problem, teams[number], routes, stops)
        elif routes:
            found.append(Clash(Kind.UNKNOWN, tuple(call.stop for route in routes for call in route.calls), number))
    return found + list(_together(plan, stops))


def _whole(problem: Problem, plan: Plan, stops: dict[int, Stop]) -> Iterator[Clash]:
    inside = Counter(call.stop for route in plan.routes for call in route.calls)
    outside = {left.stop for left in plan.left_out}
    for stop, times in inside.items():
        if stop not in stops:
            yield Clash(Kind.UNKNOWN, (stop,))
        if times > 1:
            yield Clash(Kind.TWICE, (stop,))
    for asked in problem.stops:
        if asked.id not in inside and asked.wished:
            yield Clash(Kind.MISSING, (asked.id,))
        elif asked.id not in inside and asked.id not in outside:
            yield Clash(Kind.UNACCOUNTED, (asked.id,))


def _together(plan: Plan, stops: dict[int, Stop]) -> Iterator[Clash]:
    """Visits on one day that may not be."""
    days = {call.stop: route.day for route in plan.routes for call in route.calls}
    pairs = {(min(stop.id, other), max(stop.id, other)) for stop in stops.values() for other in stop.apart}
    for pair in sorted(pairs):
        if pair[0] != pair[1] and days.get(pair[0], -1) == days.get(pair[1], -2):
            yield Clash(Kind.SAME_DAY, pair, day=days[pair[0]])


def _call(problem: Problem, team: Team, route: Route, call: Call, stop: Stop) -> Iterator[Clash]:
    """What is wrong with one visit, whatever lies around it."""
    where = (stop.id,), route.team, route.day
    here = route.day, call.start
    if any(asked and (asked.day, asked.start) != here for asked in (stop.pin, stop.appointment)):
        yield Clash(Kind.MOVED, *where)
    if stop.only_team is not None and stop.only_team != route.team:
        yield Clash(Kind.WRONG_TEAM, *where)
    if route.day not in problem.days_of(team):
        yield Clash(Kind.NOT_AWAY, *where)
    if call.end - call.start != stop.minutes:
        yield Clash(Kind.WRONG_LENGTH, *where, stop.minutes, call.end - call.start)
    agreed = stop.appointment
    if agreed and (agreed.day, agreed.start) == here:
        if call.end > problem.hours.day:
            yield Clash(Kind.OUTSIDE_HOURS, *where, stop.minutes, problem.hours.day - call.start)
    elif stop.windows:
        if not any(w.day == route.day and w.opens <= call.start <= w.closes for w in stop.windows):
            yield Clash(Kind.OUTSIDE_WINDOWS, *where)
    elif not problem.is_workday(route.day):
        yield Clash(Kind.HOLIDAY, *where)
    elif not any(opens <= call.start and call.end <= closes for opens, closes in problem.hours.sessions):
        within = max((_overlap(call.start, call.end, *session) for session in problem.hours.sessions), default=0)
        yield Clash(Kind.OUTSIDE_HOURS, *where, stop.minutes, within)


def _overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, min(end, other_end) - max(start, other_start))


@dataclass
class _Wheel:
    """How long the driver of a team has driven: since the last rest, and on which day how long."""

    since: int = 0
    days: Counter[int] = field(default_factory=Counter)


def _roads(problem: Problem, team: Team, routes: list[Route], stops: dict[int, Stop]) -> Iterator[Clash]:
    """Whether a team gets from meeting to meeting, and home."""
    days = sorted({*problem.days_of(team), *(route.day for route in routes)})
    if not days:
        return
    slept, slept_at, before, wheel = team.start, days[0] - 1, None, _Wheel()
    for route in routes:
        calls = sorted((c for c in route.calls if c.stop in stops), key=lambda call: (call.start, call.end))
        if not calls:
            continue
        if team.home_nights:
            slept, slept_at = team.start, route.day - 1
        empty = route.day - slept_at - 1
        yield from _morning(problem, team, route.day, slept, empty, stops[calls[0].stop], calls[0], wheel)
        for before, call in pairwise(calls):
            yield from _between(problem, team, route.day, before, call, stops, wheel)
        before = calls[-1]
        slept, slept_at = stops[before.stop].place, route.day
        if team.home_nights:
            yield from _home(problem, team, route.day, before, slept, 0, wheel)
    if before and not team.home_nights:
        yield from _home(problem, team, slept_at, before, slept, max(0, days[-1] - slept_at), wheel)
    for route in routes:
        most, driven = problem.hours_of(team).drive_day, wheel.days[route.day]
        if most and driven > most:
            yield Clash(Kind.DRIVE_DAY, tuple(call.stop for call in route.calls), team.id, route.day, driven, most)


def _free(problem: Problem, start: int, end: int, to: Stop | None) -> int:
    """Minutes on the road there can be between the two, without the lunch stop."""
    hours = problem.hours
    if to and problem.is_meal(to):
        return end - start
    return end - start - _overlap(start, end, hours.lunch, hours.lunch + hours.lunch_minutes)


def _there(problem: Problem, team: Team, leave: int, ride: int, to: Stop | None, since: int) -> tuple[int, int]:
    """When the driver is there, minute by minute, and how long at the wheel since the last rest."""
    hours, now, stood = problem.hours_of(team), leave, 0
    lunch = range(0) if to and problem.is_meal(to) else range(hours.lunch, hours.lunch + hours.lunch_minutes)
    while ride:
        since = 0 if stood and stood >= hours.drive_rest else since
        if now in lunch or (hours.drive_spell and hours.drive_rest and since >= hours.drive_spell):
            stood += 1
        else:
            ride, since, stood = ride - 1, since + 1, 0
        now += 1
    return now, since


def _arrived(problem: Problem, team: Team, there: int, since: int, call: Call, wheel: _Wheel) -> None:
    """The meeting, and waiting for it, is a rest if it is long enough."""
    rested = call.end - min(there, call.start) >= problem.hours_of(team).drive_rest
    wheel.since = 0 if rested else since


def _morning(
    problem: Problem, team: Team, day: int, slept: int, empty_days: int, stop: Stop, call: Call, wheel: _Wheel
) -> Iterator[Clash]:
    hours = problem.hours_of(team)
    ride = problem.travel[team.mode][slept][stop.place]
    rest = max(0, ride - hours.road_day * empty_days)
    there, since = _there(problem, team, hours.earliest, rest, stop, 0)
    wheel.days[day] += rest
    _arrived(problem, team, there, since, call, wheel)
    free = _free(problem, hours.earliest, call.start, stop) if rest else call.start - hours.earliest
    if there > call.start:
        needed = rest if rest > free else there - hours.earliest
        yield Clash(Kind.EARLY_START, (stop.id,), team.id, day, needed, max(0, min(free, needed - 1)))


def _between(
    problem: Problem, team: Team, day: int, first: Call, second: Call, stops: dict[int, Stop], wheel: _Wheel
) -> Iterator[Clash]:
    where = (first.stop, second.stop), team.id, day
    ride = problem.travel[team.mode][stops[first.stop].place][stops[second.stop].place]
    there, since = _there(problem, team, first.end, ride, stops[second.stop], wheel.since)
    wheel.days[day] += ride
    _arrived(problem, team, there, since, second, wheel)
    gap = second.start - first.end
    if gap < 0:
        yield Clash(Kind.OVERLAP, *where, first.end - first.start, second.start - first.start)
    elif gap < ride:
        yield Clash(Kind.TRAVEL, *where, ride, gap)
    elif ride and _free(problem, first.end, second.start, stops[second.stop]) < ride:
        yield Clash(Kind.LUNCH, *where, ride + problem.hours.lunch_minutes, gap)
    elif there > second.start:
        yield Clash(Kind.REST, *where, there - first.end, gap)


def _home(
    problem: Problem, team: Team, day: int, call: Call, place: int, days_left: int, wheel: _Wheel
) -> Iterator[Clash]:
    """That evening; on the days that are left if it is too late then, or the driver has driven enough."""
    hours = problem.hours_of(team)
    sleeps_at_start = team.home_nights and day < max(problem.days_of(team), default=day)
    ride = problem.travel[team.mode][place][team.start if sleeps_at_start else team.end]
    there, _ = _there(problem, team, call.end, ride, None, wheel.since)
    tired = bool(hours.drive_day) and bool(ride) and wheel.days[day] + ride > hours.drive_day
    if days_left and ride <= hours.road_day * days_left and (there > hours.latest or tired):
        return
    wheel.days[day] += ride
    if there > hours.latest:
        evening = _free(problem, call.end, hours.latest, None) if ride else hours.latest - call.end
        given = max(evening, hours.road_day * days_left if days_left else evening)
        needed = ride if ride > given else there - call.end
        yield Clash(Kind.LATE_HOME, (call.stop,), team.id, day, needed, max(0, min(given, needed - 1)))
