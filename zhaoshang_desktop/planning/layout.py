"""From who-is-where-when to the whole plan: the ways between the meetings, and the nights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zhaoshang_desktop.planning.plan import Call, LeftOut, Plan, Ride, Route
from zhaoshang_desktop.planning.problem import Hours, Pin, Problem, Stop, Team


def lay_out(problem: Problem, placed: Mapping[int, Pin], left_out: tuple[LeftOut, ...] = ()) -> Plan:
    """The plan in which these stops (by id) are where they were put, whether or not that can be kept."""
    stops = {stop.id: stop for stop in problem.stops}
    routes: list[Route] = []
    for team in problem.teams:
        own = sorted(
            (pin.day, pin.start, stop) for stop, pin in placed.items() if pin.team == team.id and stop in stops
        )
        calls: dict[int, tuple[Call, ...]] = {}
        for day, start, stop in own:
            calls[day] = (*calls.get(day, ()), Call(stop, start, start + stops[stop].minutes))
        days = sorted({*problem.days_of(team), *calls})
        for span in [[day] for day in days] if team.home_nights else [days] if days else []:
            routes += _Journey(problem, team, stops, span, calls).routes()
    inside = {call.stop for route in routes for call in route.calls}
    return Plan(
        routes=tuple(routes),
        left_out=left_out,
        prize=sum(stop.prize for stop in problem.stops if stop.id in inside),
        travel=sum(ride.minutes for route in routes for ride in route.rides),
    )


@dataclass
class _Journey:
    """The days from leaving home to being home again."""

    problem: Problem
    team: Team
    stops: dict[int, Stop]
    days: list[int]
    calls: dict[int, tuple[Call, ...]]
    rides: dict[int, list[Ride]] = field(default_factory=dict)
    home_on: int | None = None
    hours: Hours = field(init=False)
    end: int = field(init=False)
    driven: int = 0
    since: int = 0

    def __post_init__(self) -> None:
        self.hours = self.problem.hours_of(self.team)
        self.end = self.problem.end_of(self.team, self.days[-1])

    def routes(self) -> list[Route]:
        busy = [day for day in self.days if self.calls.get(day)]
        if busy:
            self._travel(busy)
        return self._with_nights(busy)

    def _travel(self, busy: list[int]) -> None:
        table = self.problem.travel[self.team.mode]
        place, slept_after = self.team.start, self.days[0] - 1
        free = 0
        for day in busy:
            for number, call in enumerate(self.calls[day]):
                stop = self.stops[call.stop]
                ride, meal = table[place][stop.place], self.problem.is_meal(stop)
                if number:
                    there = self._ride(day, place, stop.place, ride, free, meal)
                else:
                    there = self._to_first(slept_after, day, place, stop, ride, call.start)
                self.since = 0 if call.end - there >= self.hours.drive_rest else self.since
                place, free = stop.place, call.end
            slept_after = day
        self._home(slept_after, place, table[place][self.end], free)

    def _ride(self, day: int, origin: int, to: int, minutes: int, leave: int, meal: bool = False) -> int:
        """When they are there."""
        if not minutes:
            return leave
        arrive, self.since = self.hours.drive(leave, minutes, meal, self.since)
        self.rides.setdefault(day, []).append(Ride(origin, to, leave, arrive, minutes))
        self.driven += minutes
        return arrive

    def _to_first(self, slept_after: int, day: int, origin: int, stop: Stop, ride: int, start: int) -> int:
        """To the first meeting of a day: in the morning if that is enough, else on the empty days before."""
        hours, meal = self.hours, self.problem.is_meal(stop)
        empty = [number for number in self.days if slept_after < number < day]
        tired = hours.drive_day and ride + self._ways_of(day) > hours.drive_day
        if tired or hours.arrive(hours.earliest, ride, meal) > start:
            ride -= self._on_empty_days(empty, origin, stop.place, ride)
        self.driven = self.since = 0
        leave = max(hours.earliest, hours.leave_by(start, ride, meal))
        return self._ride(day, origin, stop.place, ride, leave, meal)

    def _ways_of(self, day: int) -> int:
        """Minutes on the road from the first meeting of a day on; home too if that must be on the same day."""
        table = self.problem.travel[self.team.mode]
        places = [self.stops[call.stop].place for call in self.calls[day]]
        last = table[places[-1]][self.end] if day == self.days[-1] else 0
        return sum(table[a][b] for a, b in pairwise(places)) + last

    def _on_empty_days(self, empty: list[int], origin: int, to: int, ride: int) -> int:
        """The minutes of the ride that are done on the last of these days."""
        hours = self.hours
        needed = min(len(empty), -(-ride // hours.road_day)) if hours.road_day else 0
        done = 0
        for day in empty[len(empty) - needed :]:
            share = min(ride - done, hours.road_day)
            self.since = 0
            self._ride(day, origin, to, share, hours.earliest)
            done += share
        return done

    def _home(self, day: int, place: int, ride: int, free: int) -> None:
        """That evening if they are home in time, else on the days that are left, else late."""
        hours = self.hours
        later = [number for number in self.days if number > day]
        fresh = not hours.drive_day or self.driven + ride <= hours.drive_day
        if not later or (fresh and hours.drive(free, ride, driven=self.since)[0] <= hours.latest):
            self._ride(day, place, self.end, ride, free)
            self.home_on = day
            return
        for number in later:
            share = ride if number == later[-1] else min(ride, hours.road_day)
            self.since = 0
            self._ride(number, place, self.end, share, hours.earliest)
            ride -= share
            if not ride:
                self.home_on = number
                return

    def _with_nights(self, busy: list[int]) -> list[Route]:
        """Where the day's last ride or meeting was, until they are home."""
        routes, here = [], None
        for day in self.days:
            route = Route(self.team.id, day, self.calls.get(day, ()), tuple(self.rides.get(day, ())))
            if route.calls:
                here = self.stops[route.calls[-1].stop].place
            elif route.rides:
                here = route.rides[-1].destination
            if not busy or self.home_on is None or day >= self.home_on:
                here = None
            routes.append(replace(route, night=here))
        return routes
