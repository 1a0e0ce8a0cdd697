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
STEPS = 150


def conflict(problem: Problem, *, cancelled: Callable[[], bool] = lambda: False) -> Conflict | None:
    """A smallest set of wishes that cannot hold together; None if all of them can.

    One, two or three wishes are found by trying everything; larger sets by narrowing down what the
    search cannot place (Junker 2004, QuickXplain), and then `proven` tells whether trying everything
    confirmed it. With very many wishes the answer is all of them: there are simply too many.
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
                    return _answer(group, proven=True)
    if len(wished) > MANY:
        return _answer(wished, proven=False)
    group = _narrowed(problem, (), (), wished, cancelled)
    proven = not cancelled() and len(group) <= EXACT and not _possible(problem, group)
    return _answer(group, proven=proven)


def _answer(stops: Sequence[Stop], *, proven: bool) -> Conflict:
    return Conflict(tuple((stop.id, _wish(stop)) for stop in stops), proven)


def _wish(stop: Stop) -> Wish:
    if stop.pin:
        return Wish.PINNED
    return Wish.APPOINTED if stop.appointment else Wish.MUST


def _placeable(problem: Problem, stops: Sequence[Stop]) -> bool:
    """Whether the search finds a plan with all of them."""
    return grant_all(Model(replace(problem, stops=tuple(stops), balance=0)), 1, STEPS) is not None


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
    numbers = range(len(stops))
    for chosen in product(range(len(model.tours)), repeat=len(stops)):
        if all(model.tours[tour].openings[stop] for stop, tour in zip(numbers, chosen, strict=True)):
            groups = [[stop for stop in numbers if chosen[stop] == tour] for tour in range(len(model.tours))]
            if all(_some_order(model, tour, group) for tour, group in enumerate(groups)):
                return True
    return False


def _some_order(model: Model, tour: int, group: list[int]) -> bool:
    return not group or any(model.route(model.tours[tour], list(order)) for order in permutations(group))


def _narrowed(
    problem: Problem,
    background: tuple[Stop, ...],
    added: tuple[Stop, ...],
    wishes: tuple[Stop, ...],
    cancelled: Callable[[], bool],
) -> tuple[Stop, ...]:
    """Those of the wishes that cannot be done without, given the background (last enlarged by `added`)."""
    if added and not _placeable(problem, background):
        return ()
    if len(wishes) == 1 or cancelled():
        return wishes
    half = len(wishes) // 2
    first, second = wishes[:half], wishes[half:]
    from_second = _narrowed(problem, background + first, first, second, cancelled)
    from_first = _narrowed(problem, background + from_second, from_second, first, cancelled)
    return from_first + from_second
