"""The problem as the search sees it: numbered nodes, tours, and the rules of time.

Being at a place earlier is never worse than later, because one can wait or sleep there. So every
node of a route has an earliest moment (`ready`) and a latest one (`latest`) that do not depend on
what the other says, and a visit fits between two others exactly when it can be reached from the
one's earliest moment and left for the other's latest. Moments are minutes since the first midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from zhaoshang_desktop.planning.problem import Problem, Stop, Team

Opening = tuple[int, int, int]  # day, first and last moment to begin


@dataclass(eq=False, slots=True)
class Tour:
    """What one team does without coming home in between: its whole trip, or one day if it sleeps at home.

    `rides[a][b]` is minutes between nodes; `openings[node]` when the tour may begin there, in order.
    """

    team: int
    days: tuple[int, ...]
    departs: int
    start: int
    end: int
    rides: list[list[int]]
    openings: list[tuple[Opening, ...]]


@dataclass(eq=False, slots=True)
class Route:
    """The nodes of a tour from start to end; never changed once made, so that it can be shared.

    `spots` remembers where another stop would go at what cost, if anywhere.
    """

    nodes: list[int]
    ready: list[int] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)
    travel: int = 0
    spots: dict[int, tuple[int, int] | None] = field(default_factory=dict)


class Model:
    """Nodes 0 … n-1 are the problem's stops; each tour adds its start and its end."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        hours = problem.hours
        self.day, self.early, self.grid = hours.day, hours.earliest, hours.grid
        self.hours, self.road_day = hours, hours.road_day
        spans = [(team, days) for team in problem.teams for days in _spans(problem, team)]
        self.size = len(problem.stops)
        self.places = [stop.place for stop in problem.stops]
        for team, _ in spans:
            self.places += [team.start, team.end]
        self.minutes = [stop.minutes for stop in problem.stops] + [0] * (2 * len(spans))
        self.meal = [problem.is_meal(stop) for stop in problem.stops] + [False] * (2 * len(spans))
        self.weights = weights_of(problem)
        matrices = {team.mode: self._matrix(team.mode) for team in problem.teams}
        self.tours = [self._tour(number, team, days, matrices[team.mode]) for number, (team, days) in enumerate(spans)]
        self.plain = self._is_plain()

    def _matrix(self, mode: str) -> list[list[int]]:
        table = self.problem.travel[mode]
        return [[table[a][b] for b in self.places] for a in self.places]

    def _tour(self, number: int, team: Team, days: tuple[int, ...], rides: list[list[int]]) -> Tour:
        start = self.size + 2 * number
        departs = days[0] * self.day + (self.early if len(days) == 1 else -1)
        home: list[Opening] = [(d, d * self.day, d * self.day + self.problem.hours.latest) for d in days]
        openings = [self._openings(stop, team, days) for stop in self.problem.stops]
        openings += [()] * (len(self.places) - self.size)
        openings[start + 1] = tuple(home)
        return Tour(team.id, days, departs, start, start + 1, rides, openings)

    def _openings(self, stop: Stop, team: Team, days: tuple[int, ...]) -> tuple[Opening, ...]:
        if stop.only_team is not None and stop.only_team != team.id:
            return ()
        windows = self.problem.windows_of(stop)
        return tuple((w.day, w.day * self.day + w.opens, w.day * self.day + w.closes) for w in windows if w.day in days)

    def _is_plain(self) -> bool:
        """Whether one window each on one day makes the simple arithmetic right."""
        one_day = all(len(tour.days) == 1 for tour in self.tours)
        one_window = all(len(openings) <= 1 for tour in self.tours for openings in tour.openings)
        return one_day and one_window and self.grid == 1 and not self.hours.lunch_minutes

    def arrival(self, ready: int, ride: int, day: int, meal: bool = False) -> int:
        """The earliest moment to be there on `day` when free to leave since `ready`, on that day or before."""
        today = ready // self.day
        if today != day:
            ready = day * self.day + self.early
            ride = max(0, ride - self.road_day * (day - today - 1))
        midnight = day * self.day
        return midnight + self.hours.arrive(ready - midnight, ride, meal)

    def reach(self, ready: int, ride: int, openings: tuple[Opening, ...], meal: bool) -> int | None:
        """The earliest moment to begin there; None if every opening is missed."""
        today = ready // self.day
        for day, opens, closes in openings:
            if day >= today and closes >= ready:
                there = self.arrival(ready, ride, day, meal)
                if there <= opens:
                    return opens
                there += -there % self.grid
                if there <= closes:
                    return there
        return None

    def in_time(self, leave: int, ride: int, tour: Tour, node: int, by: int) -> bool:
        """Whether one who leaves then can begin at the node `by` then, on that day or an earlier one."""
        if self.arrival(leave, ride, by // self.day, self.meal[node]) <= by:
            return True
        if leave // self.day == by // self.day:
            return False
        begin = self.reach(leave, ride, tour.openings[node], self.meal[node])
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
                leave = midnight + self.hours.leave_by(moment - midnight, ride, meal)
                limit = min(closes, leave - self.minutes[node])
            elif self.arrival((day + 1) * self.day - 1, ride, target, meal) > moment:
                continue
            if limit >= opens:
                return max(opens, limit - limit % self.grid)
        return -1

    def empty(self, tour: Tour) -> Route:
        """Staying at home."""
        return Route([tour.start, tour.end], [tour.departs] * 2, [tour.departs, tour.openings[tour.end][-1][2]])

    def route(self, tour: Tour, stops: list[int]) -> Route | None:
        """The tour through these stops in this order; None if the time does not allow it."""
        nodes = [tour.start, *stops, tour.end]
        ready, travel = [tour.departs], 0
        for before, node in pairwise(nodes):
            ride = tour.rides[before][node]
            begin = self.reach(ready[-1], ride, tour.openings[node], self.meal[node])
            if begin is None:
                return None
            ready.append(begin + self.minutes[node])
            travel += ride
        latest = [tour.openings[tour.end][-1][2]]
        for node, after in zip(nodes[-2:0:-1], nodes[:1:-1], strict=True):
            latest.append(self._latest_before(tour, node, after, latest[-1]))
        latest.append(tour.departs)
        return Route(nodes, ready, latest[::-1], travel)


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
