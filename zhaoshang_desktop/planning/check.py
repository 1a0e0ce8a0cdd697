"""A second pair of eyes: every plan that is shown is checked here, also what a clerk has dragged about.

It reads the problem and the calls of the plan, and shares nothing with the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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
    return found


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


def _roads(problem: Problem, team: Team, routes: list[Route], stops: dict[int, Stop]) -> Iterator[Clash]:
    """Whether a team gets from meeting to meeting, and home."""
    days = sorted({*problem.days_of(team), *(route.day for route in routes)})
    if not days:
        return
    slept, slept_at, before = team.start, days[0] - 1, None
    for route in routes:
        calls = sorted((c for c in route.calls if c.stop in stops), key=lambda call: (call.start, call.end))
        if not calls:
            continue
        if team.home_nights:
            slept, slept_at = team.start, route.day - 1
        yield from _morning(problem, team, route.day, slept, route.day - slept_at - 1, stops[calls[0].stop], calls[0])
        for before, call in pairwise(calls):
            yield from _between(problem, team, route.day, before, call, stops)
        before = calls[-1]
        slept, slept_at = stops[before.stop].place, route.day
        if team.home_nights:
            yield from _home(problem, team, route.day, before, slept, 0)
    if before and not team.home_nights:
        yield from _home(problem, team, slept_at, before, slept, max(0, days[-1] - slept_at))


def _free(problem: Problem, start: int, end: int, to: Stop | None) -> int:
    """Minutes on the road there can be between the two, without the lunch stop."""
    hours = problem.hours
    if to and problem.is_meal(to):
        return end - start
    return end - start - _overlap(start, end, hours.lunch, hours.lunch + hours.lunch_minutes)


def _morning(
    problem: Problem, team: Team, day: int, slept: int, empty_days: int, stop: Stop, call: Call
) -> Iterator[Clash]:
    earliest = problem.hours.earliest
    ride = problem.travel[team.mode][slept][stop.place]
    rest = max(0, ride - problem.hours.road_day * empty_days)
    free = _free(problem, earliest, call.start, stop) if rest else call.start - earliest
    if rest > free and rest:
        yield Clash(Kind.EARLY_START, (stop.id,), team.id, day, rest, max(0, free))


def _between(
    problem: Problem, team: Team, day: int, first: Call, second: Call, stops: dict[int, Stop]
) -> Iterator[Clash]:
    where = (first.stop, second.stop), team.id, day
    ride = problem.travel[team.mode][stops[first.stop].place][stops[second.stop].place]
    gap = second.start - first.end
    if gap < 0:
        yield Clash(Kind.OVERLAP, *where, first.end - first.start, second.start - first.start)
    elif gap < ride:
        yield Clash(Kind.TRAVEL, *where, ride, gap)
    elif ride and _free(problem, first.end, second.start, stops[second.stop]) < ride:
        yield Clash(Kind.LUNCH, *where, ride + problem.hours.lunch_minutes, gap)


def _home(problem: Problem, team: Team, day: int, call: Call, place: int, days_left: int) -> Iterator[Clash]:
    ride = problem.travel[team.mode][place][team.end]
    evening = _free(problem, call.end, problem.hours.latest, None) if ride else problem.hours.latest - call.end
    given = max(evening, problem.hours.road_day * days_left if days_left else evening)
    if given < ride or (given < 0 and not days_left):
        yield Clash(Kind.LATE_HOME, (call.stop,), team.id, day, ride, max(0, given))
