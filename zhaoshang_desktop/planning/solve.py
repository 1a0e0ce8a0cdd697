"""The plan for a problem: as good as the time allows, and why what is missing is missing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from zhaoshang_desktop.planning.infeasible import all_wishes, conflict, grant_all
from zhaoshang_desktop.planning.layout import lay_out
from zhaoshang_desktop.planning.left_out import explain
from zhaoshang_desktop.planning.model import Model
from zhaoshang_desktop.planning.plan import Conflict, Plan
from zhaoshang_desktop.planning.problem import Pin, Problem
from zhaoshang_desktop.planning.search import Search

USUAL_SECONDS = 2.0
AGAIN = 600


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    cancelled: Callable[[], bool] = lambda: False,
    on_better: Callable[[Plan], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Plan:
    """The best plan found until the first of the limits (two seconds if none is given).

    A seed and a number of iterations give one plan; `Plan.iterations` says how many there were.
    Settled visits are never moved; of two plans the better keeps more settled visits, then more
    musts, then more prize, then more visits, and then costs less travel. `on_better` is given the
    first plan and each better one on the way, without reasons. A small problem stops when nothing has become better for
    long. When cancelled, the best so far is the answer.
    """
    if seconds is None and iterations is None:
        seconds = USUAL_SECONDS
    until = None if seconds is None else clock() + seconds
    model = Model(problem)
    search = Search(model, seed)
    last_better, patience = 0, 300 + 400 * model.size
    if on_better:
        on_better(_plan(problem, search))
    while _can_improve(model) and search.steps - last_better < patience and not cancelled():
        if (iterations is not None and search.steps >= iterations) or (until is not None and clock() >= until):
            break
        if search.step():
            last_better = search.steps
            search.complete()
            if on_better:
                on_better(_plan(problem, search))
    search.complete()
    return _explained(problem, search, seed, cancelled)


def _can_improve(model: Model) -> bool:
    return any(tour.openings[stop] for tour in model.tours for stop in range(model.size))


def _plan(problem: Problem, search: Search) -> Plan:
    """The routes as found, each visit at its earliest."""
    placed: dict[int, Pin] = {}
    for tour, route in zip(search.model.tours, search.best, strict=True):
        for node, ready in zip(route.nodes[1:-1], route.ready[1:-1], strict=True):
            stop = problem.stops[search.model.stop_of[node]]
            day, start = divmod(ready - stop.minutes, problem.hours.day)
            placed[stop.id] = Pin(day, start, tour.team)
    return replace(lay_out(problem, placed), iterations=search.steps)


def _explained(problem: Problem, search: Search, seed: int, cancelled: Callable[[], bool]) -> Plan:
    """The plan with its reasons; a wish that was not granted is tried again before it is called a conflict."""
    found: Conflict | None = None
    if _lacks_wishes(problem, search) and not cancelled():
        found = conflict(problem, cancelled=cancelled)
        again = None if found else grant_all(search.model, seed + 1, AGAIN)
        if again:
            again.complete()
            again.steps, search = search.steps, again
        elif not found:
            found = all_wishes(problem)
    left_out = explain(search.model, search.best, search.best_absent)
    return replace(_plan(problem, search), left_out=left_out, conflict=found)


def _lacks_wishes(problem: Problem, search: Search) -> bool:
    return any(problem.stops[stop].wished for stop in search.best_absent)
