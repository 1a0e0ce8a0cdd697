"""Which wishes cannot hold together: the fewest that explain why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product

from zhaoshang_desktop.planning.model import Model
from zhaoshang_desktop.planning.plan import Conflict, Wish
from zhaoshang_desktop.planning.problem import Problem, Stop
from zhaoshang_desktop.planning.search import Search

EXACT = 4
PAIRS, TRIPLES = 45, 12
MANY = 60
STEPS, CAREFUL = 150, 1_000
"""How many steps a plan is looked for: while a set is narrowed down, and before one is given that is not proven."""


def conflict(problem: Problem, *, cancelled: Callable[[], bool] = lambda: False) -> Conflict | None:
    """A smallest set of wishes that cannot hold together; None if all of them can.

    One, two or three visits are found by trying everything; larger sets by narrowing down what the
    search cannot place (Junker 2004, QuickXplain), and then `proven` tells whether trying everything
    confirmed it; what a longer search finds a plan for is no answer. Then the pairs that may not be on
    one day and the drivers' hours are tried without, one after the other, and those stay that are
    needed. With very many wishes the answer is all of them: there are simply too many.
    """
    wished = tuple(stop for stop in problem.stops if stop.wished)
    if not wished or _placeable(problem, wished):
        return None
    for size, most in ((1, len(wished)), (2, PAIRS), (3, TRIPLES)):
        if len(wished) <= most:
            for group in combinations(wished, size):
                if cancelled():
                    return _answer(wished, proven=False)
                if not _possible(problem, group):
                    return _with_rules(problem, _answer(group, proven=True))
    if len(wished) > MANY:
        return _answer(wished, proven=False)
    for steps in (STEPS, CAREFUL):
        group = _narrowed(problem, (), (), wished, steps, cancelled)
        proven = not cancelled() and len(group) <= EXACT and not _possible(problem, group)
        if proven or cancelled() or not _placeable(problem, group, CAREFUL, seed=2):
            return _with_rules(problem, _answer(group, proven=proven))
    return None


def _with_rules(problem: Problem, found: Conflict) -> Conflict:
    """The same with the rules that are needed to explain it."""
    stops = [stop for stop in problem.stops if stop.id in found.stops]
    possible = _possible if len(stops) <= EXACT else _placeable
    drivers = any(team.drives for team in problem.teams) and problem.hours != problem.hours.riding
    if drivers and not possible(_without_drivers(problem), stops):
        problem, drivers = _without_drivers(problem), False
    inside = {stop.id for stop in stops}
    pairs = sorted({(min(a, b), max(a, b)) for a, others in problem.apart.items() for b in others & inside})
    needed = [pair for pair in pairs if pair[0] in inside and pair[1] in inside]
    for pair in tuple(needed):
        fewer = [other for other in needed if other != pair]
        if not possible(problem, [_apart_in(stop, fewer) for stop in stops]):
            needed = fewer
    return replace(found, apart=tuple(needed), drivers=drivers)


def _without_drivers(problem: Problem) -> Problem:
    return replace(problem, hours=problem.hours.riding)


def _apart_in(stop: Stop, pairs: Sequence[tuple[int, int]]) -> Stop:
    return replace(stop, apart=frozenset(b for a, b in pairs if a == stop.id))


def _answer(stops: Sequence[Stop], *, proven: bool) -> Conflict:
    return Conflict(tuple((stop.id, _wish(stop)) for stop in stops), proven)


def _wish(stop: Stop) -> Wish:
    if stop.pin:
        return Wish.PINNED
    return Wish.APPOINTED if stop.appointment else Wish.MUST


def _placeable(problem: Problem, stops: Sequence[Stop], steps: int = STEPS, seed: int = 1) -> bool:
    """Whether the search finds a plan with all of them."""
    return grant_all(Model(replace(problem, stops=tuple(stops), balance=0)), seed, steps) is not None


def grant_all(model: Model, seed: int, steps: int) -> Search | None:
    """A search that has found a place for every wish, other visits left aside; None if it did not."""
    search = Search(model, seed, wishes_only=True)
    stops = model.problem.stops
    while any(stops[stop].wished for stop in search.best_absent):
        if search.steps >= steps:
            return None
        search.step()
    return search


def all_wishes(problem: Problem) -> Conflict:
    """What is said when no plan with all of them was found and nothing smaller explains it."""
    return _answer([stop for stop in problem.stops if stop.wished], proven=False)


def _possible(problem: Problem, stops: Sequence[Stop]) -> bool:
    """Whether there is any plan with all of these few; every order in every team is tried."""
    model = Model(replace(problem, stops=tuple(stops)))
    tours = range(len(model.tours))
    places = [
        [(tour, node) for tour in tours for node in model.nodes_of[stop] if model.tours[tour].openings[node]]
        for stop in range(len(stops))
    ]
    for chosen in product(*places):
        groups = [[node for number, node in chosen if number == tour] for tour in tours]
        if _are_apart(model, chosen) and all(_some_order(model, tour, group) for tour, group in enumerate(groups)):
            return True
    return False


def _are_apart(model: Model, chosen: tuple[tuple[int, int], ...]) -> bool:
    """Whether visits that may not be on one day are not."""
    days = {stop: model.day_of[node] for stop, (_, node) in enumerate(chosen)}
    return all(days[stop] != days[other] for stop, others in model.mates.items() for other in others)


def _some_order(model: Model, tour: int, group: list[int]) -> bool:
    return not group or any(model.route(model.tours[tour], list(order)) for order in permutations(group))


def _narrowed(
    problem: Problem,
    background: tuple[Stop, ...],
    added: tuple[Stop, ...],
    wishes: tuple[Stop, ...],
    steps: int,
    cancelled: Callable[[], bool],
) -> tuple[Stop, ...]:
    """Those of the wishes that cannot be done without, given the background (last enlarged by `added`)."""
    if added and not _placeable(problem, background, steps):
        return ()
    if len(wishes) == 1 or cancelled():
        return wishes
    half = len(wishes) // 2
    first, second = wishes[:half], wishes[half:]
    from_second = _narrowed(problem, background + first, first, second, steps, cancelled)
    from_first = _narrowed(problem, background + from_second, from_second, first, steps, cancelled)
    return from_first + from_second
