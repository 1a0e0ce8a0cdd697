"""Ruin and recreate: take some visits out, put what is out back in greedily, keep what is better.

After Schrimpf et al. 2000 (Journal of Computational Physics 159) and Christiaens & Vanden Berghe 2020
(Transportation Science 54): visits that lie together are taken out together, and a good place is now
and then overlooked. Nothing here reads a clock, so that a seed and a number of steps make the plan.
"""

from __future__ import annotations

import math
from random import Random

from zhaoshang_desktop.planning.model import Model, Route, Spot, Tour

HASTY = 0.03  # how often a place is overlooked
BY_WORTH, BY_WEIGHT, NOISE = 0.7, 0.2, 0.6  # how often visits come back in which order, and how far that is shaken
SHARE, FEW, MOST = 0.3, 6, 20  # how much is taken out at most: a share of all, but some even of few
HOT, COLD = 0.5, 0.3  # the temperature of a cycle, in typical prizes and rides; measured on the TOPTW instances
CYCLE = 400
TIE, MIXED = 0.3, 0.3
WISHES_FOR = 300
Score = tuple[int, int]


class Search:
    """`best` is the best set of routes so far (one a tour), `score` its (weight left out, cost).

    While a wish has no place the search plans wishes only, for some steps or, with `wishes_only`,
    for ever: the other visits would stand in their way.
    """

    def __init__(self, model: Model, seed: int, *, wishes_only: bool = False) -> None:
        self.model, self.random = model, Random(seed)
        self.steps, self.hasty = 0, HASTY
        self.wishes_for = 1 << 60 if wishes_only else WISHES_FOR
        self.near = _neighbours(model)
        wished = [weight for weight, stop in zip(model.weights, model.problem.stops, strict=True) if stop.wished]
        self.least_wish = min(wished, default=1 << 60)
        self.wish_unit = _typical(wished)
        self.prize_unit = _typical([weight for weight in model.weights if weight < self.least_wish])
        self.ride_unit = _typical([min((row[i] for i in near), default=0) for row, near in self._rows()])
        self.narrow = wishes_only
        empty, everybody = [model.empty(tour) for tour in model.tours], list(range(model.size))
        self.best, self.best_absent = self.routes, self.absent = self._recreated(empty, everybody)
        self.now = self.score = self._score(self.routes, self.absent)
        if self._lacks_wishes() and not wishes_only:
            self.narrow = True
            self.routes, self.absent = self._recreated(empty, everybody)
            self.now = self._score(self.routes, self.absent)

    def _lacks_wishes(self) -> bool:
        return any(self.model.problem.stops[stop].wished for stop in self.absent)

    def _rows(self) -> list[tuple[list[int], list[int]]]:
        rides = self.model.tours[0].rides if self.model.tours else []
        return [(rides[i], near[:5]) for i, near in enumerate(self.near)] if rides else []

    def step(self) -> bool:
        """One ruin and recreate; whether the best became better."""
        self.steps += 1
        if self.narrow and (self.steps > self.wishes_for or not self._lacks_wishes()):
            self.narrow = False
        routes, absent = self._recreated(*self._ruined())
        score = self._score(routes, absent)
        if self._accepts(score):
            self.routes, self.absent, self.now = routes, absent, score
            if score < self.score:
                self.best, self.best_absent, self.score = routes, absent, score
                return True
        return False

    def complete(self) -> None:
        """Put in what still fits into the best, overlooking nothing."""
        self.hasty, narrow, self.narrow = 0.0, self.narrow, False
        self.best, self.best_absent = self._recreated(self.best, self.best_absent)
        self.score = self._score(self.best, self.best_absent)
        self.hasty, self.narrow = HASTY, narrow

    def _score(self, routes: list[Route], absent: list[int]) -> Score:
        cost = sum(route.travel for route in routes)
        if self.model.problem.balance:
            cost += self.model.problem.balance * sum((len(route.nodes) - 2) ** 2 for route in routes)
        return sum(self.model.weights[stop] for stop in absent), cost

    def _accepts(self, score: Score) -> bool:
        """Always the better; the worse with a chance that falls within cycles, each twice as long as the last."""
        lost, cost = score[0] - self.now[0], score[1] - self.now[1]
        worse = lost or cost
        if worse <= 0:
            return True
        unit = self.ride_unit if not lost else self.prize_unit if lost < self.least_wish else self.wish_unit
        cycle = int(math.log2(self.steps / CYCLE + 1))
        done = (self.steps / CYCLE + 1) / 2**cycle - 1
        heat = HOT * (COLD / HOT) ** done * unit
        return self.random.random() < math.exp(-worse / heat)

    def _ruined(self) -> tuple[list[Route], list[int]]:
        """Without some visits that lie together, or one after another, or anyhow."""
        random, model = self.random, self.model
        placed = model.size - len(self.absent)
        if not placed:
            return self.routes, self.absent
        count = random.randint(1, min(placed, MOST, max(FEW, int(placed * SHARE))))
        way = random.random()
        if way < 0.45:
            gone = self._strings(count)
        elif way < 0.9:
            gone = self._cluster(count)
        else:
            inside = [model.stop_of[node] for route in self.routes for node in route.nodes[1:-1]]
            gone = set(random.sample(inside, count))
        routes = [self._without(tour, route, gone) for tour, route in zip(model.tours, self.routes, strict=True)]
        return routes, self.absent + sorted(gone)

    def _cluster(self, count: int) -> set[int]:
        seed = self.random.randrange(self.model.size)
        absent = set(self.absent)
        found = [stop for stop in self.near[seed] if stop not in absent]
        return set(found[:count])

    def _strings(self, count: int) -> set[int]:
        gone: set[int] = set()
        strings = self.random.randint(1, max(1, min(len(self.routes), 1 + count // 3)))
        used = [route for route in self.routes if len(route.nodes) > 2]
        for route in self.random.sample(used, min(strings, len(used))):
            inside = route.nodes[1:-1]
            length = min(len(inside), max(1, count // strings))
            at = self.random.randint(0, len(inside) - length)
            gone.update(self.model.stop_of[node] for node in inside[at : at + length])
        return gone

    def _without(self, tour: Tour, route: Route, gone: set[int]) -> Route:
        """The route without these; where that leaves a night too far from the next meeting, more go too."""
        stop_of = self.model.stop_of
        nodes = [node for node in route.nodes[1:-1] if stop_of[node] not in gone]
        if len(nodes) == len(route.nodes) - 2:
            return route
        while nodes:
            shorter = self.model.route(tour, nodes)
            if shorter:
                return shorter
            gone.add(stop_of[nodes.pop(self.random.randrange(len(nodes)))])
        return self.model.empty(tour)

    def _recreated(self, routes: list[Route], absent: list[int]) -> tuple[list[Route], list[int]]:
        """Every absent stop that fits, put where it costs least; the weightier kinds first."""
        routes, model = list(routes), self.model
        taken = self._days_taken(routes)
        alive = self._fitting(routes, set(absent))
        left = [stop for stop in absent if stop not in alive]
        for stop in self._ordered(sorted(alive), routes):
            best = self._cheapest_of_all(routes, stop, taken) if stop in alive else None
            route = None
            if best:
                _, number, at, node = best
                nodes = routes[number].nodes
                route = model.route(model.tours[number], [*nodes[1 : at + 1], node, *nodes[at + 1 : -1]])
            if best and route:
                routes[best[1]] = route
                alive = self._fitting(routes, alive)
                if stop in model.mates:
                    taken[stop] = model.day_of[best[3]]
            else:
                left.append(stop)
        return routes, left

    def _fitting(self, routes: list[Route], stops: set[int]) -> set[int]:
        """Those of the stops that fit into some route; what does not fit now will not when the routes are fuller."""
        model = self.model
        fitting = set().union(*map(model.spots, model.tours, routes))
        if model.mates:
            fitting = {model.stop_of[node] for node in fitting}
        fitting &= stops
        return {stop for stop in fitting if model.problem.stops[stop].wished} if self.narrow else fitting

    def _days_taken(self, routes: list[Route]) -> dict[int, int | None]:
        """The days of those that may not be on one day with others."""
        model = self.model
        if not model.mates:
            return {}
        inside = [node for route in routes for node in route.nodes[1:-1]]
        return {model.stop_of[node]: model.day_of[node] for node in inside if model.day_of[node] is not None}

    def _cheapest_of_all(
        self, routes: list[Route], stop: int, taken: dict[int, int | None]
    ) -> tuple[int, int, int, int] | None:
        """What it costs to put the stop in, in which route, behind which of its nodes, and as which node."""
        model, balance = self.model, self.model.problem.balance
        days = {taken[other] for other in model.mates[stop] if other in taken} if stop in model.mates else ()
        best: tuple[int, int, int, int] | None = None
        for node in model.nodes_of[stop]:
            if days and model.day_of[node] in days:
                continue
            for number, tour in enumerate(model.tours):
                found = self._cheapest(tour, routes[number], node)
                if found:
                    cost = found[0] + balance * (2 * len(routes[number].nodes) - 3)
                    if best is None or cost < best[0] or (cost == best[0] and self.random.random() < TIE):
                        best = (cost, number, found[1], node)
        return best

    def _ordered(self, stops: list[int], routes: list[Route]) -> list[int]:
        """In one of several orders; wishes before prizes in each of them, what is settled mostly before musts."""
        random, weights = self.random, self.model.weights
        random.shuffle(stops)
        way = random.random()
        if way < BY_WEIGHT + BY_WORTH:
            worth = self._worth(stops, routes) if way < BY_WORTH else weights
            key = {stop: -worth[stop] * random.uniform(1 - NOISE, 1 + NOISE) for stop in stops}
            stops.sort(key=key.__getitem__)
        kinds = self.model.problem.stops
        if random.random() < MIXED:
            return sorted(stops, key=lambda stop: not kinds[stop].wished)
        return sorted(stops, key=lambda stop: (kinds[stop].settled is None, not kinds[stop].must))

    def _worth(self, stops: list[int], routes: list[Route]) -> dict[int, float]:
        """The square of the weight for each minute that a visit takes with the detour to it, where that is least
        (after Vansteenwegen et al. 2009, Computers & Operations Research 36)."""
        model = self.model
        costs = [model.spots(tour, route) for tour, route in zip(model.tours, routes, strict=True)]
        found = {}
        for stop in stops:
            detour = min(spots[node][0] for node in model.nodes_of[stop] for spots in costs if node in spots)
            found[stop] = model.weights[stop] ** 2 / (model.minutes[stop] + max(0, detour) + 1)
        return found

    def _cheapest(self, tour: Tour, route: Route, node: int) -> Spot | None:
        """What it costs to put the node into the route, and behind which of its nodes; sometimes overlooked."""
        model = self.model
        found = model.spots(tour, route).get(node)
        if found is None or (self.hasty and self.random.random() < self.hasty):
            return None
        if not tour.driven or self._driven(tour, route, found[1], node):
            return found
        others = [spot for spot in model.spots_of(tour, route, node) if self._driven(tour, route, spot[1], node)]
        return min(others, default=None)

    def _driven(self, tour: Tour, route: Route, after: int, node: int) -> bool:
        """Whether the driver may."""
        state = self.model.after(tour, route.states[after], route.nodes[after], node)
        return state is not None and self.model.keeps(tour, route, after, node, state)


def _neighbours(model: Model) -> list[list[int]]:
    """For each stop all stops by nearness, itself first."""
    if not model.tours:
        return [[stop] for stop in range(model.size)]
    rides = model.tours[0].rides
    return [
        [b for _, b in sorted((rides[a][b] if b != a else -1, b) for b in range(model.size))] for a in range(model.size)
    ]


def _typical(values: list[int]) -> float:
    """The middle value, at least one."""
    return max(1.0, sorted(values)[len(values) // 2] if values else 1.0)
