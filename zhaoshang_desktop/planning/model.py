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

from dataclasses import dataclass, field
from itertools import pairwise

from zhaoshang_desktop.planning.problem import Hours, Problem, Team

Opening = tuple[int, int, int]  # day, first and last moment to begin
State = tuple[int, int, int]  # free to leave at, minutes driven on that day, minutes driven since the last rest


@dataclass(eq=False, slots=True)
class Tour:
    """What one team does without coming home in between: its whole trip, or one day if it sleeps at home.

    `rides[a][b]` is minutes between nodes; `openings[node]` when the tour may begin there, in order;
    `driven` whether drivers' hours hold.
    """

    team: int
    days: tuple[int, ...]
    departs: int
    start: int
    end: int
    rides: list[list[int]]
    openings: list[tuple[Opening, ...]]
    hours: Hours
    driven: bool


@dataclass(eq=False, slots=True)
class Route:
    """The nodes of a tour from start to end; never changed once made, so that it can be shared.

    `states` are kept where drivers' hours hold. `spots` remembers where another node would go at what
    cost, if anywhere.
    """

    nodes: list[int]
    ready: list[int] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)
    travel: int = 0
    states: list[State] = field(default_factory=list)
    spots: dict[int, tuple[int, int] | None] = field(default_factory=dict)


class Model:
    """Nodes 0 … n-1 are the problem's stops. A stop that may not be on the same day as another has one
    more node for each of its days, of which a plan takes one (`nodes_of`); each tour adds its start and end.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.day, self.grid = problem.hours.day, problem.hours.grid
        spans = [(team, days) for team in problem.teams for days in _spans(problem, team)]
        self.size = len(problem.stops)
        self.mates = _mates(problem)
        self.nodes_of, self.stop_of, self.day_of = self._variants()
        asked = [problem.stops[stop] for stop in self.stop_of]
        self.places = [stop.place for stop in asked]
        for team, days in spans:
            self.places += [team.start, problem.end_of(team, days[-1])]
        self.minutes = [stop.minutes for stop in asked] + [0] * (2 * len(spans))
        self.meal = [problem.is_meal(stop) for stop in asked] + [False] * (2 * len(spans))
        self.weights = weights_of(problem)
        matrices = {team.mode: self._matrix(team.mode) for team in problem.teams}
        self.tours = [self._tour(number, team, days, matrices[team.mode]) for number, (team, days) in enumerate(spans)]
        self.plain = self._is_plain()

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

    def _matrix(self, mode: str) -> list[list[int]]:
        table = self.problem.travel[mode]
        return [[table[a][b] for b in self.places] for a in self.places]

    def _tour(self, number: int, team: Team, days: tuple[int, ...], rides: list[list[int]]) -> Tour:
        hours = self.problem.hours_of(team)
        start = len(self.stop_of) + 2 * number
        departs = days[0] * self.day + (hours.earliest if len(days) == 1 else -1)
        home: list[Opening] = [(d, d * self.day, d * self.day + hours.latest) for d in days]
        openings = [self._openings(node, team, days) for node in range(len(self.stop_of))]
        openings += [()] * (len(self.places) - len(openings))
        openings[start + 1] = tuple(home)
        driven = bool(hours.drive_spell or hours.drive_day)
        return Tour(team.id, days, departs, start, start + 1, rides, openings, hours, driven)

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

    def keeps(self, tour: Tour, route: Route, after: int, node: int, state: State) -> bool:
        """Whether the drivers' hours allow all that follows behind the `after`-th of the route, once one is
        in that state after a visit to the node."""
        for number in range(after + 1, len(route.nodes)):
            following = route.nodes[number]
            ride, openings, meal = tour.rides[node][following], tour.openings[following], self.meal[following]
            then = self.advance(tour, state, ride, openings, self.minutes[following], meal)
            if then is None:
                return False
            if then == route.states[number]:
                return True
            node, state = following, then
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
        """The last moment to begin at the node so as to begin at the one after it `by` then."""
        best = -1
        for _, opens, closes in reversed(tour.openings[after]):
            if best >= closes:
                break
            if opens <= by:
                best = max(best, self._latest_for(tour, node, after, min(closes, by)))
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
        return Route([tour.start, tour.end], [tour.departs] * 2, [tour.departs, last], states=[state, state])

    def route(self, tour: Tour, stops: list[int]) -> Route | None:
        """The tour through these nodes in this order; None if the time does not allow it."""
        nodes = [tour.start, *stops, tour.end]
        states = self.states(tour, nodes) if tour.driven else []
        ready = [state[0] for state in states] if tour.driven else self._earliest(tour, nodes)
        if len(ready) < len(nodes):
            return None
        latest = [tour.openings[tour.end][-1][2]]
        for node, after in zip(nodes[-2:0:-1], nodes[:1:-1], strict=True):
            latest.append(self._latest_before(tour, node, after, latest[-1]))
        latest.append(tour.departs)
        travel = sum(tour.rides[before][node] for before, node in pairwise(nodes))
        return Route(nodes, ready, latest[::-1], travel, states)

    def _earliest(self, tour: Tour, nodes: list[int]) -> list[int]:
        """When one is free to leave each node, as far as the time allows."""
        ready = [tour.departs]
        for before, node in pairwise(nodes):
            ride = tour.rides[before][node]
            begin = self.reach(tour, ready[-1], ride, tour.openings[node], self.meal[node])
            if begin is None:
                break
            ready.append(begin + self.minutes[node])
        return ready

    def states(self, tour: Tour, nodes: list[int]) -> list[State]:
        """The same with the driver in mind."""
        states = [(tour.departs, 0, 0)]
        for before, node in pairwise(nodes):
            ride, openings = tour.rides[before][node], tour.openings[node]
            state = self.advance(tour, states[-1], ride, openings, self.minutes[node], self.meal[node])
            if state is None:
                break
            states.append(state)
        return states


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
    if not days:
        return []
    return [(day,) for day in days] if team.home_nights else [days]


def _mates(problem: Problem) -> dict[int, tuple[int, ...]]:
    """For each stop that has any, those that may not be on its day; by their numbers in the problem."""
    number = {stop.id: index for index, stop in enumerate(problem.stops)}
    return {number[stop]: tuple(sorted(number[one] for one in others)) for stop, others in problem.apart.items()}
