"""The smallest groups for several teams at once, nobody in two of them.

Each team is solved for itself (`cover`); where two want the same person the search parts: he is barred from the one,
or from all the others, the better branch first. That is exact, and ends soon unless many teams want the same few.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from zhaoshang_desktop.planning.cover import FREE, MOST_STEPS, Answer, Cover, Price, Task

MOST_SHARED = 100_000
"""How many steps are taken for all teams together until each takes whom those before it have left."""
FEW_STEPS = 2_000
"""How many a team may still take after that."""
_Total = tuple[int, int, int, Price]
_Bans = tuple[frozenset[int], ...]
Told = Callable[[int], object]
"""Hears how many groups have been looked for; what it raises ends the search."""


def untold(_tried: int) -> None:
    """Nobody asked to be told."""


def share_out(tasks: Sequence[Task], limit: int | None = None, told: Told = untold) -> tuple[Answer, ...]:
    """The best groups: the sum of their worth least, term by term, and their costs together within the limit.

    Where that takes too long they are good ones, and say that a better was not ruled out.
    """
    return _Sharing(tasks, limit, told).answers()


class _Sharing:
    """`_bars` are who may not go in each team; equal teams share what is known of them."""

    def __init__(self, tasks: Sequence[Task], limit: int | None, told: Told) -> None:
        self._tasks, self._limit, self._told, self._steps = tasks, limit, told, 0
        self._like = [tasks.index(task) for task in tasks]
        self._known: dict[tuple[int, frozenset[int], int | None], Answer] = {}
        self._queue: list[tuple[_Total, int, tuple[Answer, ...], _Bans]] = []
        self._ticket = count()

    def answers(self) -> tuple[Answer, ...]:
        self._put((frozenset(),) * len(self._tasks))
        while True:
            _, _, answers, bans = heapq.heappop(self._queue)
            clash = _twice(answers)
            if clash is None:
                return answers
            if self._steps > MOST_SHARED:
                return tuple(self._one_after_another(answers, bans))
            number, wanted = clash
            for barred in ({wanted}, set(range(len(bans))) - {wanted}):
                self._put(tuple(ban | {number} if team in barred else ban for team, ban in enumerate(bans)))

    def _one_after_another(self, wished: Sequence[Answer], bans: _Bans) -> Iterator[Answer]:
        """Each team with whom those before it have left, at no more than is left of the limit."""
        taken: frozenset[int] = frozenset()
        spare = None if self._limit is None else self._limit - _cost(wished)
        for team, (wish, ban) in enumerate(zip(wished, bans, strict=True)):
            cap = None if spare is None else spare + wish.price[0]
            found = self._best(team, ban | taken, cap)
            taken |= set(found.people)
            spare = None if cap is None else cap - found.price[0]
            yield replace(found, proven=False)

    def _put(self, bans: _Bans) -> None:
        answers = self._priced(bans)
        heapq.heappush(self._queue, (_total(answers), next(self._ticket), answers, bans))

    def _priced(self, bans: _Bans) -> tuple[Answer, ...]:
        """Each team for itself, without those barred from it; over the limit, the best mix of cheaper answers."""
        best = tuple(self._best(team, ban, None) for team, ban in enumerate(bans))
        if self._limit is None or _cost(best) <= self._limit:
            return best
        mixes: list[tuple[Answer, ...]] = [()]
        for team, ban in enumerate(bans):
            rungs = list(self._ladder(team, ban))
            mixes = _worth_their_cost(((*mix, rung) for mix in mixes for rung in rungs), self._limit)
        return min(mixes, key=_total)

    def _ladder(self, team: int, ban: frozenset[int]) -> Iterator[Answer]:
        """The best answer, then the best of those that cost less, down to nobody at all."""
        best = self._best(team, ban, None)
        yield best
        while best.price[0] > 0:
            best = self._best(team, ban, best.price[0] - 1)
            yield best

    def _best(self, team: int, ban: frozenset[int], cap: int | None) -> Answer:
        key = self._like[team], ban, cap
        if key not in self._known:
            self._told(len(self._known))
            task = self._tasks[team]
            left = tuple(one for one in task.options if one.number not in ban)
            cover = Cover(replace(task, options=left), cap, FEW_STEPS if self._steps > MOST_SHARED else MOST_STEPS)
            self._known[key] = cover.answer()
            self._steps += cover.steps + len(left)
        return self._known[key]


def _worth_their_cost(mixes: Iterable[tuple[Answer, ...]], limit: int) -> list[tuple[Answer, ...]]:
    """Those within the limit than which none that costs no more is better."""
    kept: list[tuple[Answer, ...]] = []
    best: _Total | None = None
    for cost, total, mix in sorted(((_cost(mix), _total(mix), mix) for mix in mixes), key=lambda one: one[:2]):
        if cost <= limit and (best is None or total < best):
            best = total
            kept.append(mix)
    return kept


def _twice(answers: Sequence[Answer]) -> tuple[int, int] | None:
    """The first who is in two teams, and the first of these."""
    seen: dict[int, int] = {}
    for team, answer in enumerate(answers):
        for number in answer.people:
            if number in seen:
                return number, seen[number]
            seen[number] = team
    return None


def _total(answers: Sequence[Answer]) -> _Total:
    price = tuple(map(sum, zip(*(one.price for one in answers), strict=True))) if answers else FREE
    missed, short = sum(one.missed for one in answers), sum(one.short for one in answers)
    return missed, short, sum(len(one.people) for one in answers), price  # type: ignore[return-value]


def _cost(answers: Sequence[Answer]) -> int:
    return sum(one.price[0] for one in answers)
