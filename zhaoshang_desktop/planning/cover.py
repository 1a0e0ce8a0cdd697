"""The smallest group that covers what is needed: found exactly, for one team.

It is a weighted covering problem of up to some two hundred people and some twenty needs. Whoever another
covers at no higher price is set aside; then the covers of growing size are searched with the answers for each
remainder kept (a dynamic programme over the subsets of needs that are reached). If so many people as may go cannot
cover all, branch and bound leaves out as little as it must. Several teams are solved each for itself; where both want
the same person the search parts: he is barred from the one, or from the other, the better branch first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

MOST_STEPS = 80_000
"""Where the search of one team stops and says that it did; random cases of 200 people and 20 needs take a tenth."""
WIDE = 32
"""With more needs than so many a step counts for several."""
Price = tuple[int, int, int]
FREE: Price = (0, 0, 0)


@dataclass(frozen=True)
class Option:
    """One who could come: the needs that are covered, as bits, and the price: cost, one for a guest, work already done.

    `number` is the person's own, the same in every team; of equals the lower goes.
    """

    number: int
    covers: int
    price: Price = FREE


@dataclass(frozen=True)
class Task:
    """What a team wants: a weight for each need (bit 0 first), and how many people it has at least and at most."""

    options: tuple[Option, ...]
    weights: tuple[int, ...]
    least: int = 0
    most: int = 5


@dataclass(frozen=True)
class Answer:
    """Who goes. Less is better, in this order: weight not covered, seats short of the least, people, price."""

    missed: int
    short: int
    people: tuple[int, ...]
    price: Price
    proven: bool = True

    @property
    def worth(self) -> tuple[int, int, int, Price]:
        return self.missed, self.short, len(self.people), self.price


class Cover:
    """The search for one team. `_options` stand in the order of their price, so that the lowest bit of a set of them
    is the cheapest."""

    def __init__(self, task: Task, cap: int | None = None, most_steps: int = MOST_STEPS) -> None:
        self._task, self._cap, self._most_steps = task, cap, most_steps
        self._steps = self._before = 0
        self._best: Answer | None = None
        self._effort = 1 + len(task.weights) // WIDE
        self._options = sorted(task.options, key=lambda one: (one.price, one.number))
        self._known: dict[tuple[int, int], tuple[Price, tuple[int, ...]] | None] = {}
        wanted = (1 << len(task.weights)) - 1
        useful = self._undominated(range(len(self._options)), wanted)
        self._who = [
            sum(1 << place for place in useful if self._options[place].covers >> need & 1)
            for need in range(len(task.weights))
        ]
        self._nobody = sum(weight for weight, who in zip(task.weights, self._who, strict=True) if not who)
        self._all = sum(1 << need for need, who in enumerate(self._who) if who)

    @property
    def steps(self) -> int:
        """How many it took: to cover all, and then to leave out as little as may be."""
        return self._before + self._steps

    def answer(self) -> Answer:
        """All that can be covered by the fewest; else as much as the seats and the cap allow."""
        for seats in range(self._task.most + 1):
            found = self._cover(self._all, seats)
            if self._steps > self._most_steps:
                break
            if found is not None and self._affordable(found[0]):
                if len(found[1]) < self._task.least:
                    break
                return Answer(self._nobody, 0, self._numbers(found[1]), found[0])
        self._before, self._steps = self._steps, 0
        everybody = (1 << len(self._options)) - 1
        self._guess()
        self._branch(self._all, everybody, self._nobody, (), FREE)
        assert self._best is not None
        return replace(self._best, proven=self._steps <= self._most_steps)

    def _cover(self, rest: int, seats: int) -> tuple[Price, tuple[int, ...]] | None:
        """The cheapest who cover the rest, all of it, in so many seats; None if there are none such."""
        if not rest:
            return FREE, ()
        key = rest, seats
        if key not in self._known:
            self._steps += self._effort
            self._known[key] = None if self._steps > self._most_steps else self._cover_by_one_more(rest, seats)
        return self._known[key]

    def _cover_by_one_more(self, rest: int, seats: int) -> tuple[Price, tuple[int, ...]] | None:
        if seats <= 1:
            common = -1
            for need in _bits(rest):
                common &= self._who[need]
            place = _lowest(common)
            return (self._options[place].price, (place,)) if seats and common else None
        best: tuple[Price, tuple[int, ...]] | None = None
        places = self._undominated(_bits(self._who[self._rarest(rest)]), rest)
        if seats * self._broadest(rest) < rest.bit_count():
            return None
        for place in places:
            one = self._options[place]
            further = self._cover(rest & ~one.covers, seats - 1)
            if further is not None:
                whole = _plus(one.price, further[0]), (place, *further[1])
                best = whole if best is None or whole[0] < best[0] else best
        return best

    def _guess(self) -> None:
        """A good answer to begin with: who covers most of the rest, then one exchanged for another while it helps."""
        places: tuple[int, ...] = ()
        useful = self._undominated(range(len(self._options)), self._all)
        better = True
        while better and useful:
            better = False
            for drop in (None, *places):
                kept = tuple(place for place in places if place != drop)
                if len(kept) == self._task.most:
                    continue
                gain, cheap = max((self._gain(kept, place), -place) for place in useful)
                old = 0 if drop is None else self._gain(kept, drop)
                if gain > old and self._affordable(self._price((*kept, -cheap))):
                    places, better = (*kept, -cheap), True
                    break
        missed = self._nobody + self._weight(self._all) - self._weight(self._covered(places))
        self._finish(missed, places, self._price(places))

    def _gain(self, places: Sequence[int], place: int) -> int:
        return self._weight(self._options[place].covers & self._all & ~self._covered(places))

    def _covered(self, places: Sequence[int]) -> int:
        return reduce(or_, (self._options[place].covers for place in places), 0) & self._all

    def _price(self, places: Sequence[int]) -> Price:
        return reduce(_plus, (self._options[place].price for place in places), FREE)

    def _branch(self, rest: int, allowed: int, missed: int, places: tuple[int, ...], price: Price) -> None:
        """Take somebody for the rarest need, or do without it and without all who would cover it."""
        self._steps += self._effort
        seats = self._task.most - len(places)
        if self._hopeless(rest, allowed, missed, seats, len(places), price):
            return
        if not rest or not seats:
            self._finish(missed + self._weight(rest), places, price)
            return
        need = self._rarest(rest, allowed)
        who = self._who[need] & allowed
        gains = [(-self._weight(self._options[place].covers & rest), place) for place in _bits(who)]
        kept = set(self._undominated(_bits(who), rest))
        for _, place in sorted(gain for gain in gains if gain[1] in kept):
            one = self._options[place]
            dearer = _plus(price, one.price)
            if self._affordable(dearer):
                self._branch(rest & ~one.covers, allowed & ~(1 << place), missed, (*places, place), dearer)
        self._branch(rest & ~(1 << need), allowed & ~who, missed + self._task.weights[need], places, price)

    def _hopeless(self, rest: int, allowed: int, missed: int, seats: int, taken: int, price: Price) -> bool:
        """Whether nothing below can be better than what is known: the best that so many more could bring is not."""
        if self._best is None:
            return False
        if self._steps > self._most_steps:
            return True
        worth = self._weight(rest)
        if worth and seats:
            gains = {self._options[place].covers & rest for place in self._useful(allowed, rest)}
            worth -= min(worth, sum(heapq.nlargest(seats, map(self._weight, gains))))
        return (missed + worth, max(0, self._task.least - taken - seats), taken, price) >= self._best.worth

    def _finish(self, missed: int, places: tuple[int, ...], price: Price) -> None:
        """Up to the least number the cheapest come along, as far as the cap allows."""
        places_left = (place for place in range(len(self._options)) if place not in places)
        for place in places_left:
            dearer = _plus(price, self._options[place].price)
            if len(places) >= self._task.least or not self._affordable(dearer):
                break
            places, price = (*places, place), dearer
        short = max(0, self._task.least - len(places))
        found = Answer(missed, short, self._numbers(places), price)
        if self._best is None or found.worth < self._best.worth:
            self._best = found

    def _undominated(self, places: Sequence[int] | Iterator[int], rest: int) -> list[int]:
        """Of these, in the order of their price, those who cover some of the rest that no cheaper one covers all of."""
        kept: list[int] = []
        seen: list[int] = []
        for place in places:
            part = self._options[place].covers & rest
            if part and not any(part & ~other == 0 for other in seen):
                kept.append(place)
                seen.append(part)
        return kept

    def _useful(self, allowed: int, rest: int) -> Iterator[int]:
        some = 0
        for need in _bits(rest):
            some |= self._who[need]
        return _bits(some & allowed)

    def _rarest(self, rest: int, allowed: int = -1) -> int:
        return min(_bits(rest), key=lambda need: ((self._who[need] & allowed).bit_count(), need))

    def _broadest(self, rest: int) -> int:
        return max((self._options[place].covers & rest).bit_count() for place in self._useful(-1, rest))

    def _affordable(self, price: Price) -> bool:
        return self._cap is None or price[0] <= self._cap

    def _weight(self, needs: int) -> int:
        return sum(self._task.weights[need] for need in _bits(needs))

    def _numbers(self, places: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(self._options[place].number for place in places))


def _bits(of: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while of:
        low = of & -of
        yield low.bit_length() - 1
        of ^= low


def _lowest(of: int) -> int:
    return (of & -of).bit_length() - 1


def _plus(a: Price, b: Price) -> Price:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]
