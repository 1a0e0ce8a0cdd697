"""The problem as the search sees it: numbered nodes, tours, and the rules of time.

Being at a place earlier is never worse than later, because one can wait or sleep there. So every
node of a route has an earliest moment (`ready`) and a latest one (`latest`) that do not depend on
what the other says, and a visit fits between two others exactly when it can be reached from the
one's earliest moment and left for the other's latest. Moments are minutes since the first midnight.

Where drivers' hours hold, a node also has the minutes driven by then on its day and since the last rest.
Who is there earlier has driven no more on that day, so the earliest is still the best; the latest moments
leave the driver out, and what they allow is driven through to its end (`keeps`) before it is believed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zhaoshang_desktop.planning.problem import Hours, Problem, Table, Team

Opening = tuple[int, int, int]  # day, first and last moment to begin
State = tuple[int, int, int]  # free to leave at, minutes driven on that day, minutes driven since the last rest
Spot = tuple[int, int]  # what it costs to put a node in, and behind which of the route's nodes
Fit = tuple[int, int]  # what it costs to put a node in, and which
Between = tuple[int, int, int, int, int, int]  # time needed, node, way out, first and last moment, minutes and way on
ROUTES, BETWEEN, WAYS, GAPS = 4_000, 600_000, 60_000, 20_000  # how much is remembered at the most


@dataclass(eq=False, slots=True)
class Memo:
    """What a tour has reckoned out: routes by their nodes, the state after a way, the last moment before
    one, what could be between two nodes, and what fits there."""

    routes: dict[tuple[int, ...], Route | None] = field(default_factory=dict)
    after: dict[tuple[State, int, int], State | None] = field(default_factory=dict)
    before: dict[tuple[int, int, int], int] = field(default_factory=dict)
    between: dict[tuple[int, int], tuple[list[int], list[Between]]] = field(default_factory=dict)
    gaps: dict[tuple[State, int, int, int], list[Fit]] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Tour:
    """What one team does without coming home in between: its whole trip, or one day if it sleeps at home.

    `rides[a][b]` is minutes between nodes, `into[b][a]` the same; `openings[node]` when the tour may begin
    there, in order, and `able` the nodes that have any with their first and last moment and their minutes;
    `driven` whether drivers' hours hold. Tours that differ in nothing but the team have all else in common.
    """

    team: int
    days: tuple[int, ...]
    departs: int
    start: int
    end: int
    rides: list[list[int]]
    into: list[list[int]]
    openings: list[tuple[Opening, ...]]
    able: list[tuple[int, int, int, int]]
    hours: Hours
    driven: bool
    memo: Memo = field(default_factory=Memo)


@dataclass(eq=False, slots=True)
class Route:
    """The nodes of a tour from start to end; never changed once made, so that it can be shared.

    `ready` is when one is free to leave a node, as `states` say too. `spots` has every node that fits in
    somewhere and where it costs least, once that is asked for.
    """

    nodes: list[int]
    states: list[State]
    ready: list[int]
    latest: list[int]
    travel: int = 0
    spots: dict[int, Spot] | None = None


class Model:
    """Nodes 0 … n-1 are the problem's stops. A stop that may not be on the same day as another has one
    more node for each of its days, of which a plan takes one (`nodes_of`); behind them are starts and ends.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.day, self.grid = problem.hours.day, problem.hours.grid
        self.size = len(problem.stops)
        self.mates = _mates(problem)
        self.nodes_of, self.stop_of, self.day_of = self._variants()
        asked = [problem.stops[stop] for stop in self.stop_of]
        spans = [(team, days) for team in problem.teams for days in _spans(problem, team)]
        ends = list(dict.fromkeys((team.start, problem.end_of(team, days[-1])) for team, days in spans))
        self.places = [stop.place for stop in asked] + [place for pair in ends for place in pair]
        self.minutes = [stop.minutes for stop in asked] + [0] * (2 * len(ends))
        self.meal = [problem.is_meal(stop) for stop in asked] + [False] * (2 * len(ends))
        self.weights = weights_of(problem)
        ways = {team.mode: self._ways(problem.travel[team.mode]) for team in problem.teams}
        self.tours: list[Tour] = []
        for team, days in spans:
            start = len(asked) + 2 * ends.index((team.start, problem.end_of(team, days[-1])))
            self.tours.append(self._tour(team, days, start, *ways[team.mode]))
        self.plain = self._is_plain()

    def _ways(self, table: Table) -> tuple[list[list[int]], list[list[int]]]:
        rides = [[table[a][b] for b in self.places] for a in self.places]
        return rides, [list(column) for column in zip(*rides, strict=True)]

    def _variants(self) -> tuple[list[tuple[int, ...]], list[int], list[int | None]]:
        """The nodes of each stop; and of each node its stop, and its day where only one is meant."""
        stop_of = list(range(self.size))
        nodes_of: list[tuple[int, ...]] = [(stop,) for stop in stop_of]
        day_of: list[int | None] = [None] * self.size
        for stop in self.mates:
            days = sorted({window.day for window in self.problem.windows_of(self.problem.stops[stop])})
            nodes_of[stop] = tuple(range(len(stop_of), len(stop_of) + len(days)))
            stop_of += [stop] * len(days)
            day_of += days
        return nodes_of, stop_of, day_of

    def _tour(
        self, team: Team, days: tuple[int, ...], start: int, rides: list[list[int]], into: list[list[int]]
    ) -> Tour:
        hours = self.problem.hours_of(team)
        departs = days[0] * self.day + (hours.earliest if len(days) == 1 else -1)
        openings = [self._openings(node, team, days) for node in range(len(self.stop_of))]
        openings += [()] * (len(self.places) - len(openings))
        openings[start + 1] = tuple((d, d * self.day, d * self.day + hours.latest) for d in days)
        kind = rides, days, start, hours, openings
        for other in self.tours:
            if kind == (other.rides, other.days, other.start, other.hours, other.openings):
                return replace(other, team=team.id)
        able = [
            (node, of[0][1], of[-1][2], self.minutes[node])
            for node, of in enumerate(openings[: len(self.stop_of)])
            if of
        ]
        driven = bool(hours.drive_spell or hours.drive_day)
        return Tour(team.id, days, departs, start, start + 1, rides, into, openings, able, hours, driven)

    def _openings(self, node: int, team: Team, days: tuple[int, ...]) -> tuple[Opening, ...]:
        stop, only = self.problem.stops[self.stop_of[node]], self.day_of[node]
        if stop.only_team is not None and stop.only_team != team.id:
            return ()
        windows = [w for w in self.problem.windows_of(stop) if w.day in days and only in (None, w.day)]
        return tuple((w.day, w.day * self.day + w.opens, w.day * self.day + w.closes) for w in windows)

    def _is_plain(self) -> bool:
        """Whether one window each on one day makes the simple arithmetic right."""
        one_day = all(len(tour.days) == 1 and not tour.driven for tour in self.tours)
        one_window = all(len(openings) <= 1 for tour in self.tours for openings in tour.openings)
        return one_day and one_window and self.grid == 1 and not self.problem.hours.lunch_minutes

    def arrival(self, tour: Tour, ready: int, ride: int, day: int, meal: bool = False) -> int:
        """The earliest moment to be there on `day` when free to leave since `ready`, on that day or before."""
        today, hours = ready // self.day, tour.hours
        if today != day:
            ready = day * self.day + hours.earliest
            ride = max(0, ride - hours.road_day * (day - today - 1))
        midnight = day * self.day
        return midnight + hours.arrive(ready - midnight, ride, meal)

    def reach(self, tour: Tour, ready: int, ride: int, openings: tuple[Opening, ...], meal: bool) -> int | None:
        """The earliest moment to begin there; None if every opening is missed."""
        today = ready // self.day
        for day, opens, closes in openings:
            if day >= today and closes >= ready:
                there = self.arrival(tour, ready, ride, day, meal)
                if there <= opens:
                    return opens
                there += -there % self.grid
                if there <= closes:
                    return there
        return None

    def advance(
        self, tour: Tour, state: State, ride: int, openings: tuple[Opening, ...], minutes: int, meal: bool
    ) -> State | None:
        """The same with the driver in mind: the state after the visit."""
        ready, driven, spell = state
        hours, today = tour.hours, ready // self.day
        for day, opens, closes in openings:
            if day < today or closes < ready:
                continue
            midnight, left = day * self.day, ride
            leave, before, since = ready - midnight, driven, spell
            if day != today:
                leave, before, since = hours.earliest, 0, 0
                left = max(0, ride - hours.road_day * (day - today - 1))
            if hours.drive_day and left and before + left > hours.drive_day:
                continue
            there, since = hours.drive(leave, left, meal, since)
            there += midnight
            begin = opens if there <= opens else there + -there % self.grid
            if begin <= closes:
                rested = begin + minutes - there >= hours.drive_rest
                return begin + minutes, before + left, 0 if rested else since
        return None

    def after(self, tour: Tour, state: State, node: int, following: int) -> State | None:
        """The earliest state after the following node when one leaves a node in that state; remembered."""
        key, known = (state, node, following), tour.memo.after
        if key in known:
            return known[key]
        if len(known) >= WAYS:
            known.clear()
        ride, openings, meal = tour.rides[node][following], tour.openings[following], self.meal[following]
        minutes = self.minutes[following]
        if tour.driven:
            found = self.advance(tour, state, ride, openings, minutes, meal)
        else:
            begin = self.reach(tour, state[0], ride, openings, meal)
            found = None if begin is None else (begin + minutes, 0, 0)
        known[key] = found
        return found

    def keeps(self, tour: Tour, route: Route, after: int, node: int, state: State) -> bool:
        """Whether the drivers' hours allow all that follows behind the `after`-th of the route, once one is
        in that state after a visit to the node."""
        for number in range(after + 1, len(route.nodes)):
            then = self.after(tour, state, node, route.nodes[number])
            if then is None:
                return False
            if then == route.states[number]:
                return True
            node, state = route.nodes[number], then
        return True

    def in_time(self, leave: int, ride: int, tour: Tour, node: int, by: int) -> bool:
        """Whether one who leaves then can begin at the node `by` then, on that day or an earlier one."""
        if self.arrival(tour, leave, ride, by // self.day, self.meal[node]) <= by:
            return True
        if leave // self.day == by // self.day:
            return False
        begin = self.reach(tour, leave, ride, tour.openings[node], self.meal[node])
        return begin is not None and begin <= by

    def _latest_before(self, tour: Tour, node: int, after: int, by: int) -> int:
        """The last moment to begin at the node so as to begin at the one after it `by` then; remembered."""
        key, known = (node, after, by), tour.memo.before
        if key in known:
            return known[key]
        if len(known) >= WAYS:
            known.clear()
        best = -1
        for _, opens, closes in reversed(tour.openings[after]):
            if best >= closes:
                break
            if opens <= by:
                best = max(best, self._latest_for(tour, node, after, min(closes, by)))
        known[key] = best
        return best

    def _latest_for(self, tour: Tour, node: int, after: int, moment: int) -> int:
        """The same for being at the next at just that moment; -1 if it cannot be."""
        ride, meal, target = tour.rides[node][after], self.meal[after], moment // self.day
        for day, opens, closes in reversed(tour.openings[node]):
            if day > target or opens > moment:
                continue
            limit = closes
            if day == target:
                midnight = day * self.day
                leave = midnight + tour.hours.leave_by(moment - midnight, ride, meal)
                limit = min(closes, leave - self.minutes[node])
            elif self.arrival(tour, (day + 1) * self.day - 1, ride, target, meal) > moment:
                continue
            if limit >= opens:
                return max(opens, limit - limit % self.grid)
        return -1

    def empty(self, tour: Tour) -> Route:
        """Staying at home."""
        state = (tour.departs, 0, 0)
        last = tour.openings[tour.end][-1][2]
        return Route([tour.start, tour.end], [state, state], [tour.departs] * 2, [tour.departs, last])

    def route(self, tour: Tour, stops: list[int]) -> Route | None:
        """The tour through these nodes in this order; None if the time does not allow it."""
        key, known = tuple(stops), tour.memo.routes
        if key not in known:
            if len(known) >= ROUTES:
                known.clear()
            known[key] = self._made(tour, [tour.start, *stops, tour.end])
        return known[key]

    def _made(self, tour: Tour, nodes: list[int]) -> Route | None:
        states = self.states(tour, nodes)
        if len(states) < len(nodes):
            return None
        latest = [tour.openings[tour.end][-1][2]]
        for node, after in zip(nodes[-2:0:-1], nodes[:1:-1], strict=True):
            latest.append(self._latest_before(tour, node, after, latest[-1]))
        latest.append(tour.departs)
        travel = sum(tour.rides[before][node] for before, node in pairwise(nodes))
        return Route(nodes, states, [state[0] for state in states], latest[::-1], travel)

    def states(self, tour: Tour, nodes: list[int]) -> list[State]:
        """The earliest states at the nodes, as far as the time allows."""
        states: list[State] = [(tour.departs, 0, 0)]
        for before, node in pairwise(nodes):
            state = self.after(tour, states[-1], before, node)
            if state is None:
                break
            states.append(state)
        return states

    def spots(self, tour: Tour, route: Route) -> dict[int, Spot]:
        """Every node that fits into the route somewhere, what it costs where it costs least, and where that is.

        Where drivers' hours hold, a driver may still be in the way of what follows.
        """
        if route.spots is None:
            found: dict[int, Spot] = {}
            for at, gap in enumerate(self._gaps(tour, route)):
                for cost, node in gap:
                    if node not in found or cost < found[node][0]:
                        found[node] = (cost, at)
            route.spots = found
        return route.spots

    def spots_of(self, tour: Tour, route: Route, wanted: int) -> list[Spot]:
        """Every place in the route where the node fits."""
        return [(cost, at) for at, gap in enumerate(self._gaps(tour, route)) for cost, node in gap if node == wanted]

    def _gaps(self, tour: Tour, route: Route) -> Iterator[list[Fit]]:
        """What fits between each two nodes of the route."""
        ends = zip(route.states, route.nodes, route.nodes[1:], route.latest[1:], strict=False)
        return (self._plainly(tour, *end) if self.plain else self._carefully(tour, *end) for end in ends)

    def _between(self, tour: Tour, before: int, after: int, time: int) -> list[Between]:
        """The nodes there could be between leaving one and beginning another when so much time lies between."""
        key, known = (before, after), tour.memo.between
        if key not in known:
            if len(known) * len(tour.able) >= BETWEEN:
                known.clear()
            out, back = tour.rides[before], tour.into[after]
            first = tour.openings[before][0][1] + self.minutes[before] if tour.openings[before] else tour.departs
            last = tour.openings[after][-1][2]
            entries = [
                (out[node] + minutes + back[node], node, out[node], opens, closes, minutes + back[node])
                for node, opens, closes, minutes in tour.able
                if first + out[node] <= closes and opens + minutes + back[node] <= last
            ]
            entries.sort()
            known[key] = [entry[0] for entry in entries], entries
        needed, found = known[key]
        return found[: bisect_right(needed, time)]

    def _plainly(self, tour: Tour, state: State, before: int, after: int, by: int) -> list[Fit]:
        """One window on one day needs no more than this."""
        ready, direct = state[0], tour.rides[before][after]
        return [
            (out + tail - self.minutes[node] - direct, node)
            for _, node, out, opens, closes, tail in self._between(tour, before, after, by - ready)
            if (there := ready + out) <= closes and (there if there > opens else opens) + tail <= by
        ]

    def _carefully(self, tour: Tour, state: State, before: int, after: int, by: int) -> list[Fit]:
        key, known = (state, before, after, by), tour.memo.gaps
        if key in known:
            return known[key]
        if len(known) >= GAPS:
            known.clear()
        ready, direct, by_then = state[0], tour.rides[before][after], by + self.minutes[after]
        found = known[key] = []
        for _, node, out, opens, closes, tail in self._between(tour, before, after, by - ready):
            if closes < ready or by < opens + self.minutes[node]:
                continue
            then = self.after(tour, state, before, node)
            last = self.after(tour, then, node, after) if then and then[0] <= by else None
            if last and last[0] <= by_then:
                found.append((out + tail - self.minutes[node] - direct, node))
        return found


def weights_of(problem: Problem) -> list[int]:
    """What leaving a stop out costs: one `must` is worth all prizes, one settled visit all musts.

    Of two plans with the same prize the one with more visits is better, hence the one beside the prize.
    """
    scale = len(problem.stops) + 1
    prizes = [max(0, stop.prize) * scale + 1 for stop in problem.stops]
    must = 1 + sum(prizes)
    settled = must * scale
    return [
        settled if stop.settled else must if stop.must else prize
        for stop, prize in zip(problem.stops, prizes, strict=True)
    ]


def _spans(problem: Problem, team: Team) -> list[tuple[int, ...]]:
    days = problem.days_of(team)
    return [(day,) for day in days] if team.home_nights else [days] if days else []


def _mates(problem: Problem) -> dict[int, tuple[int, ...]]:
    """For each stop that has any, those that may not be on its day; by their numbers in the problem."""
    number = {stop.id: index for index, stop in enumerate(problem.stops)}
    return {number[stop]: tuple(sorted(number[one] for one in others)) for stop, others in problem.apart.items()}
