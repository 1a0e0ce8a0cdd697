"""Why a visit is not in the plan, and what would let it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhaoshang_desktop.planning.model import Memo, Model, Opening, Route, Tour
from zhaoshang_desktop.planning.plan import LeftOut, LetIn, Reason, Remedy
from zhaoshang_desktop.planning.problem import Problem, Stop

SHORTEST = 30
STEP = 15
MOST_HELPED = 40


@dataclass(frozen=True)
class _Gap:
    """A place in a route where a visit could begin; it is `short` by so many minutes.

    The driver of a `tired` team may not drive so far on that day.
    """

    tour: Tour
    after: int
    before: int
    begin: int
    short: int
    tired: bool = False

    @property
    def fits(self) -> bool:
        return not self.short and not self.tired


def explain(model: Model, routes: list[Route], absent: Iterable[int]) -> tuple[LeftOut, ...]:
    """The reason of each stop (by its number in the problem) that no route has, in their order; what would let it in is
    looked for as long as they are few, else for those that are worth most: nobody reads three hundred ways out."""
    stops, absent = model.problem.stops, sorted(absent)
    ranked = sorted(absent, key=lambda index: (not stops[index].wished, -stops[index].prize, index))
    helped = set(ranked[:MOST_HELPED])
    return tuple(_explained(model, routes, index, index in helped) for index in absent)


def _explained(model: Model, routes: list[Route], index: int, helped: bool) -> LeftOut:
    problem, stop = model.problem, model.problem.stops[index]
    impossible = _never(model, stop, index)
    if impossible:
        return impossible
    alone = [_alone(model, tour, index) for tour in model.tours if tour.openings[index]]
    if not any(ok for ok, _ in alone):
        return min((reason for _, reason in alone), key=lambda reason: reason.needed - reason.given)
    let_in = _remedies(model, routes, index) if helped else ()
    settled = [_only_settled(model, tour, route) for tour, route in zip(model.tours, routes, strict=True)]
    if not any(gap.fits for gap in _gaps(model, settled, stop, index)):
        others = tuple(problem.stops[other].id for other in _clashing(model, settled, index))
        return LeftOut(stop.id, Reason.CLASH, others=others, let_in=let_in)
    if _days_are_taken(model, routes, index):
        mates = tuple(problem.stops[other].id for other in _mates(model, routes, index))
        return LeftOut(stop.id, Reason.APART, others=mates, let_in=let_in)
    return _no_room(model, routes, index, let_in)


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
    stop, hours = model.problem.stops[index], tour.hours
    out, back = tour.rides[tour.start][index], tour.rides[index][tour.end]
    if model.route(tour, [index]):
        return True, LeftOut(stop.id, Reason.TOO_FAR)
    state = model.advance(tour, (tour.departs, 0, 0), out, tour.openings[index], stop.minutes, model.meal[index])
    last_day, _, closes = tour.openings[index][-1]
    another = (LetIn(Remedy.ANOTHER_DAY),)
    if state is None:
        given = closes - last_day * hours.day - hours.earliest + hours.road_day * (last_day - tour.days[0])
        given = min(given, hours.road_day * (last_day - tour.days[0] + 1)) if tour.driven else given
        return False, LeftOut(stop.id, Reason.TOO_FAR, out, max(0, min(given, out - 1)), tour.team, let_in=another)
    given = tour.openings[tour.end][-1][2] - state[0]
    given = min(given, hours.drive_day - state[1]) if hours.drive_day else given
    return False, LeftOut(stop.id, Reason.TOO_FAR, back, max(0, min(given, back - 1)), tour.team, let_in=another)


def _only_settled(model: Model, tour: Tour, route: Route) -> Route:
    stops = model.problem.stops
    kept = [node for node in route.nodes[1:-1] if stops[model.stop_of[node]].settled]
    return model.route(tour, kept) or (route if kept else model.empty(tour))


def _clashing(model: Model, settled: list[Route], index: int) -> list[int]:
    """The settled visits beside which it cannot be; all of them if no single one explains it."""
    nodes = [node for route in settled for node in route.nodes[1:-1]]
    alone = [model.stop_of[node] for node in nodes if not _beside(model, index, node)]
    return alone or [model.stop_of[node] for node in nodes]


def _beside(model: Model, index: int, other: int) -> bool:
    """Whether some team could make this visit and the one of that node."""
    mates = model.stop_of[other] in model.mates.get(index, ())
    own = [node for node in model.nodes_of[index] if not mates or model.day_of[node] != model.day_of[other]]
    orders = [order for node in own for order in ([node, other], [other, node])]
    return any(_allowed(model, tour, order) for tour in model.tours for order in orders)


def _allowed(model: Model, tour: Tour, order: list[int]) -> bool:
    return all(tour.openings[node] for node in order) and model.route(tour, order) is not None


def _mates(model: Model, routes: list[Route], index: int) -> dict[int, int | None]:
    """The visits in the routes that it may not be on one day with, and their days."""
    inside = [node for route in routes for node in route.nodes[1:-1]]
    others = model.mates.get(index, ())
    return {model.stop_of[node]: model.day_of[node] for node in inside if model.stop_of[node] in others}


def _days_are_taken(model: Model, routes: list[Route], index: int) -> bool:
    """Whether there would be room for it on the days of those it may not be on one day with, and only there."""
    stop = model.problem.stops[index]
    if index not in model.mates or any(gap.fits for gap in _gaps(model, routes, stop, index)):
        return False
    return any(gap.fits for gap in _gaps(model, routes, stop, index, together=True))


def _gaps(
    model: Model, routes: list[Route], stop: Stop, index: int, *, any_team: bool = False, together: bool = False
) -> Iterator[_Gap]:
    """Every place in the routes where the stop, as it is described here, could begin."""
    free = replace(stop, team=None, pin=None) if any_team else stop
    taken = set() if together else set(_mates(model, routes, index).values())
    windows = [window for window in model.problem.windows_of(free) if window.day not in taken]
    meal = model.problem.is_meal(free)
    for tour, route in zip(model.tours, routes, strict=True):
        if free.only_team is not None and free.only_team != tour.team:
            continue
        openings: tuple[Opening, ...] = tuple(
            (w.day, w.day * model.day + w.opens, w.day * model.day + w.closes) for w in windows if w.day in tour.days
        )
        for i, (before, after) in enumerate(pairwise(route.nodes)):
            ride, by = tour.rides[before][index], route.latest[i + 1]
            begin = model.reach(tour, route.ready[i], ride, openings, meal)
            if begin is None:
                continue
            short, tired = _short(model, tour, index, after, begin + free.minutes, by), False
            if tour.driven and not short:
                state = model.advance(tour, route.states[i], ride, openings, free.minutes, meal)
                tired = state is None or not model.keeps(tour, route, i, index, state)
                begin = state[0] - free.minutes if state else begin
            yield _Gap(tour, before, after, begin, short, tired)


def _short(model: Model, tour: Tour, index: int, after: int, leave: int, by: int) -> int:
    """By how many minutes one who leaves then is late for the next, who must be reached `by` then."""
    if model.in_time(leave, tour.rides[index][after], tour, after, by):
        return 0
    day = max(by // model.day, leave // model.day)
    return max(1, model.arrival(tour, leave, tour.rides[index][after], day, model.meal[after]) - by)


def _no_room(model: Model, routes: list[Route], index: int, remedies: tuple[LetIn, ...]) -> LeftOut:
    stop, stops = model.problem.stops[index], model.problem.stops
    gap = min(_gaps(model, routes, stop, index), key=lambda gap: gap.short, default=None)
    if gap is None:
        return LeftOut(stop.id, Reason.NO_ROOM, stop.minutes, let_in=remedies)
    others = tuple(stops[model.stop_of[node]].id for node in (gap.after, gap.before) if node < len(model.stop_of))
    day = gap.begin // model.day
    if gap.tired:
        needed, day = _at_the_wheel(model, routes, gap, index)
        return LeftOut(stop.id, Reason.DRIVERS, needed, gap.tour.hours.drive_day, gap.tour.team, day, others, remedies)
    needed = max(stop.minutes, gap.short)
    return LeftOut(stop.id, Reason.NO_ROOM, needed, needed - gap.short, gap.tour.team, day, others, remedies)


def _at_the_wheel(model: Model, routes: list[Route], gap: _Gap, index: int) -> tuple[int, int]:
    """How long the driver would drive on the longest day, if he might, and which day that is."""
    hours = gap.tour.hours
    tireless = replace(gap.tour, hours=replace(hours, drive_day=0), memo=Memo())
    nodes = list(next(route.nodes for tour, route in zip(model.tours, routes, strict=True) if tour is gap.tour))
    nodes.insert(nodes.index(gap.before), index)
    longest = max((driven, ready // model.day) for ready, driven, _ in model.states(tireless, nodes))
    return longest if longest[0] > hours.drive_day else (hours.drive_day + 1, gap.begin // model.day)


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
        if any(gap.fits for gap in _gaps(model, routes, replace(stop, minutes=minutes), index)):
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
    best = min((gap for gap in gaps if gap.fits), key=lambda gap: gap.begin, default=None)
    if best is None:
        return None
    day, start = divmod(best.begin, model.day)
    return LetIn(remedy, team=best.tour.team, day=day, start=start)


def _in_place_of(model: Model, routes: list[Route], index: int) -> LetIn | None:
    """The visit of the least prize that it could replace."""
    stops, mates = model.problem.stops, model.mates.get(index, ())
    candidates = [
        (number, node, stops[model.stop_of[node]])
        for number, route in enumerate(routes)
        for node in route.nodes[1:-1]
        if model.tours[number].openings[index] or model.stop_of[node] in mates
    ]
    free = [candidate for candidate in candidates if not candidate[2].wished]
    for number, node, other in sorted(free, key=lambda at: (at[2].prize, at[0], at[1])):
        tour, route = model.tours[number], routes[number]
        rest = model.route(tour, [kept for kept in route.nodes[1:-1] if kept != node])
        trial = [rest if n == number and rest else kept for n, kept in enumerate(routes)]
        if any(gap.fits for gap in _gaps(model, trial, stops[index], index)):
            return LetIn(Remedy.GIVE_WAY, stop=other.id)
    return None
