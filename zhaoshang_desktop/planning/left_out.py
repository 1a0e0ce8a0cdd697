"""Why a visit is not in the plan, and what would let it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhaoshang_desktop.planning.model import Model, Opening, Route, Tour
from zhaoshang_desktop.planning.plan import LeftOut, LetIn, Reason, Remedy
from zhaoshang_desktop.planning.problem import Problem, Stop

SHORTEST = 30
STEP = 15


@dataclass(frozen=True)
class _Gap:
    """A place in a route where a visit could begin; it is `short` by so many minutes (0: it fits)."""

    tour: Tour
    after: int
    before: int
    begin: int
    short: int


def explain(model: Model, routes: list[Route], index: int) -> LeftOut:
    """The reason of one stop (by its number in the problem) that no route has."""
    problem, stop = model.problem, model.problem.stops[index]
    impossible = _never(model, stop, index)
    if impossible:
        return impossible
    alone = [_alone(model, tour, index) for tour in model.tours if tour.openings[index]]
    if not any(ok for ok, _ in alone):
        return min((reason for _, reason in alone), key=lambda reason: reason.needed - reason.given)
    settled = [_only_settled(model, tour, route) for tour, route in zip(model.tours, routes, strict=True)]
    if not any(gap.short == 0 for gap in _gaps(model, settled, stop, index)):
        others = tuple(problem.stops[other].id for other in _clashing(model, settled, index))
        return LeftOut(stop.id, Reason.CLASH, others=others, let_in=_remedies(model, routes, index))
    return _no_room(model, routes, index)


def _never(model: Model, stop: Stop, index: int) -> LeftOut | None:
    """What keeps it out of every plan, whatever else is in it."""
    problem = model.problem
    team = stop.only_team
    if not any(team is None or team == other.id for other in problem.teams):
        return LeftOut(stop.id, Reason.NO_TEAM, team=team)
    if problem.windows_of(stop):
        return (
            None if any(tour.openings[index] for tour in model.tours) else LeftOut(stop.id, Reason.NO_TEAM, team=team)
        )
    brief = replace(stop, minutes=0)
    if not problem.windows_of(brief):
        return LeftOut(stop.id, Reason.NO_DAY, day=stop.settled.day if stop.settled else None)
    longest = _longest(problem, stop)
    shorter = (LetIn(Remedy.SHORTEN, minutes=longest),) if longest >= SHORTEST else ()
    return LeftOut(stop.id, Reason.TOO_LONG, stop.minutes, longest, team, let_in=shorter)


def _longest(problem: Problem, stop: Stop) -> int:
    """The most minutes anybody could have for it on the days there are."""
    if stop.settled:
        return problem.hours.day - stop.settled.start
    if stop.windows:
        return problem.hours.day - min(window.opens for window in stop.windows)
    return max((closes - opens for opens, closes in problem.hours.sessions), default=0)


def _alone(model: Model, tour: Tour, index: int) -> tuple[bool, LeftOut]:
    """Whether a team that does nothing else gets there and back; else how far it is too far."""
    stop, hours = model.problem.stops[index], model.problem.hours
    out, back = tour.rides[tour.start][index], tour.rides[index][tour.end]
    begin = model.reach(tour.departs, out, tour.openings[index], model.meal[index])
    if begin is not None and model.route(tour, [index]):
        return True, LeftOut(stop.id, Reason.TOO_FAR)
    last_day, _, closes = tour.openings[index][-1]
    another = (LetIn(Remedy.ANOTHER_DAY),)
    if begin is None:
        given = closes - last_day * hours.day - hours.earliest + hours.road_day * (last_day - tour.days[0])
        return False, LeftOut(stop.id, Reason.TOO_FAR, out, max(0, min(given, out - 1)), tour.team, let_in=another)
    given = tour.openings[tour.end][-1][2] - begin - stop.minutes
    return False, LeftOut(stop.id, Reason.TOO_FAR, back, max(0, min(given, back - 1)), tour.team, let_in=another)


def _only_settled(model: Model, tour: Tour, route: Route) -> Route:
    stops = model.problem.stops
    kept = [node for node in route.nodes[1:-1] if stops[node].settled]
    return model.route(tour, kept) or (route if kept else model.empty(tour))


def _clashing(model: Model, settled: list[Route], index: int) -> list[int]:
    """The settled visits beside which it cannot be; all of them if no single one explains it."""
    others = [node for route in settled for node in route.nodes[1:-1]]
    orders = [(other, order) for other in others for order in ([index, other], [other, index])]
    together = {other for other, order in orders if any(_allowed(model, tour, order) for tour in model.tours)}
    return [other for other in others if other not in together] or others


def _allowed(model: Model, tour: Tour, order: list[int]) -> bool:
    return all(tour.openings[node] for node in order) and model.route(tour, order) is not None


def _gaps(model: Model, routes: list[Route], stop: Stop, index: int, *, any_team: bool = False) -> Iterator[_Gap]:
    """Every place in the routes where the stop, as it is described here, could begin."""
    free = replace(stop, team=None, pin=None) if any_team else stop
    windows = model.problem.windows_of(free)
    for tour, route in zip(model.tours, routes, strict=True):
        if free.only_team is not None and free.only_team != tour.team:
            continue
        openings: tuple[Opening, ...] = tuple(
            (w.day, w.day * model.day + w.opens, w.day * model.day + w.closes) for w in windows if w.day in tour.days
        )
        meal = model.problem.is_meal(free)
        for i, (before, after) in enumerate(pairwise(route.nodes)):
            begin = model.reach(route.ready[i], tour.rides[before][index], openings, meal)
            if begin is not None:
                by = route.latest[i + 1]
                yield _Gap(tour, before, after, begin, _short(model, tour, index, after, begin + free.minutes, by))


def _short(model: Model, tour: Tour, index: int, after: int, leave: int, by: int) -> int:
    """By how many minutes one who leaves then is late for the next, who must be reached `by` then."""
    if model.in_time(leave, tour.rides[index][after], tour, after, by):
        return 0
    day = max(by // model.day, leave // model.day)
    return max(1, model.arrival(leave, tour.rides[index][after], day, model.meal[after]) - by)


def _no_room(model: Model, routes: list[Route], index: int) -> LeftOut:
    stop, stops = model.problem.stops[index], model.problem.stops
    remedies = _remedies(model, routes, index)
    gap = min(_gaps(model, routes, stop, index), key=lambda gap: gap.short, default=None)
    if gap is None:
        return LeftOut(stop.id, Reason.NO_ROOM, stop.minutes, let_in=remedies)
    others = tuple(stops[node].id for node in (gap.after, gap.before) if node < model.size)
    needed, day = max(stop.minutes, gap.short), gap.begin // model.day
    return LeftOut(stop.id, Reason.NO_ROOM, needed, needed - gap.short, gap.tour.team, day, tuple(others), remedies)


def _remedies(model: Model, routes: list[Route], index: int) -> tuple[LetIn, ...]:
    """One of each kind that was found to help, the smallest interference first."""
    stop = model.problem.stops[index]
    found = [_shortened(model, routes, index), _at_another_time(model, routes, index)]
    found += [_with_another_team(model, routes, index), _in_place_of(model, routes, index)]
    if not stop.windows and not stop.settled:
        found.append(LetIn(Remedy.ANOTHER_DAY))
    return tuple(remedy for remedy in found if remedy)


def _shortened(model: Model, routes: list[Route], index: int) -> LetIn | None:
    stop = model.problem.stops[index]
    for minutes in range((stop.minutes - 1) // STEP * STEP, max(SHORTEST, stop.minutes // 2) - 1, -STEP):
        if any(gap.short == 0 for gap in _gaps(model, routes, replace(stop, minutes=minutes), index)):
            return LetIn(Remedy.SHORTEN, minutes=minutes)
    return None


def _at_another_time(model: Model, routes: list[Route], index: int) -> LetIn | None:
    stop = model.problem.stops[index]
    if not stop.windows and not stop.settled:
        return None
    anytime = replace(stop, windows=(), appointment=None, pin=None, team=stop.only_team)
    return _moved(model, _gaps(model, routes, anytime, index), Remedy.OTHER_TIME)


def _with_another_team(model: Model, routes: list[Route], index: int) -> LetIn | None:
    stop = model.problem.stops[index]
    if stop.only_team is None:
        return None
    kept = replace(stop, appointment=stop.settled)
    return _moved(model, _gaps(model, routes, kept, index, any_team=True), Remedy.OTHER_TEAM)


def _moved(model: Model, gaps: Iterator[_Gap], remedy: Remedy) -> LetIn | None:
    best = min((gap for gap in gaps if gap.short == 0), key=lambda gap: gap.begin, default=None)
    if best is None:
        return None
    day, start = divmod(best.begin, model.day)
    return LetIn(remedy, team=best.tour.team, day=day, start=start)


def _in_place_of(model: Model, routes: list[Route], index: int) -> LetIn | None:
    """The visit of the least prize that it could replace."""
    stops = model.problem.stops
    candidates = [
        (number, node)
        for number, route in enumerate(routes)
        for node in route.nodes[1:-1]
        if not stops[node].wished and model.tours[number].openings[index]
    ]
    for number, node in sorted(candidates, key=lambda at: (stops[at[1]].prize, at)):
        tour, route = model.tours[number], routes[number]
        rest = model.route(tour, [other for other in route.nodes[1:-1] if other != node])
        trial = [rest if n == number and rest else other for n, other in enumerate(routes)]
        if any(gap.short == 0 and gap.tour is tour for gap in _gaps(model, trial, stops[index], index)):
            return LetIn(Remedy.GIVE_WAY, stop=stops[node].id)
    return None
