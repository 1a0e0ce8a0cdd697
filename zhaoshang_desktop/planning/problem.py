"""What the planner is asked: teams, days, places, and the visits that are wished for.

Everything is whole numbers, so that the search neither knows geography nor rounds: days are
indexes into `Problem.days`, times are minutes since midnight, places are indexes into
`Problem.places`, and the way between two of them is looked up in `Problem.travel`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Place:
    """Somewhere a team can be; `point` is longitude and latitude, `city` the code nights are booked under."""

    name: str = ""
    point: tuple[float, float] | None = None
    city: str = ""


@dataclass(frozen=True)
class Hours:
    """The office's day, in minutes since midnight; `grid` is the step in which meetings begin.

    Nobody is on the road before `earliest` or comes home after `latest`. Whoever is on the road at
    `lunch` stops for `lunch_minutes`. Who drives stops for `drive_rest` before going on after
    `drive_spell` minutes, and drives `drive_day` minutes a day at the most (0: no limit); a meeting or
    a lunch that is long enough is a rest. `day` is a day's length, so that a problem in other units
    than minutes can be put too.
    """

    sessions: tuple[tuple[int, int], ...] = ((9 * 60, 12 * 60), (14 * 60, 17 * 60 + 30))
    earliest: int = 6 * 60 + 30
    latest: int = 22 * 60
    lunch: int = 12 * 60
    lunch_minutes: int = 45
    grid: int = 15
    day: int = 24 * 60
    drive_spell: int = 0
    drive_rest: int = 0
    drive_day: int = 0

    @cached_property
    def riding(self) -> Hours:
        """The same for those who do not drive."""
        return replace(self, drive_spell=0, drive_rest=0, drive_day=0)

    @cached_property
    def road_day(self) -> int:
        """Minutes that a team can be on the road on a day without meetings."""
        most = max(0, self.latest - self.earliest - self.lunch_minutes)
        most = min(most, self.drive_day) if self.drive_day else most
        while most and self.drive_spell and self.arrive(self.earliest, most) > self.latest:
            most -= 1
        return most

    def arrive(self, leave: int, ride: int, meal: bool = False) -> int:
        """When one is there who is free to leave at `leave`; whoever goes to a meal needs no lunch stop."""
        if self.drive_spell and ride > self.drive_spell:
            return self.drive(leave, ride, meal)[0]
        if not ride or not self.lunch_minutes or meal:
            return leave + ride
        if leave >= self.lunch + self.lunch_minutes or leave + ride <= self.lunch:
            return leave + ride
        return min(leave, self.lunch) + ride + self.lunch_minutes

    def drive(self, leave: int, ride: int, meal: bool = False, driven: int = 0) -> tuple[int, int]:
        """When one is there, and the minutes driven since the last rest by then; `driven` of them before."""
        back = self.lunch + (0 if meal else self.lunch_minutes)
        now, spell = leave, self.drive_spell or driven + ride
        while ride > 0:
            if self.lunch <= now < back:
                stood = max(back - now, self.drive_rest) if driven >= spell else back - now
                now, driven = now + stood, 0 if stood >= self.drive_rest else driven
            elif driven >= spell:
                now, driven = now + self.drive_rest, 0
            else:
                part = min(ride, spell - driven, self.lunch - now if now < self.lunch else ride)
                now, driven, ride = now + part, driven + part, ride - part
        return now, driven

    def leave_by(self, there: int, ride: int, meal: bool = False) -> int:
        """The last minute to leave at so as to be there at `there`."""
        if self.drive_spell and ride > self.drive_spell:
            return self._last_start(there, ride, meal)
        if not ride or not self.lunch_minutes or meal:
            return there - ride
        if there <= self.lunch or there - ride >= self.lunch + self.lunch_minutes:
            return there - ride
        return max(min(there - ride - self.lunch_minutes, self.lunch - 1), self.lunch - ride)

    def _last_start(self, there: int, ride: int, meal: bool) -> int:
        """The same for a drive with rests: who leaves later is never there sooner, so it is halved down to."""
        late = there - ride + 1
        early = late - self.lunch_minutes - self.drive_rest * (ride // self.drive_spell + 1) - 1
        while late - early > 1:
            middle = (early + late) // 2
            early, late = (middle, late) if self.arrive(middle, ride, meal) <= there else (early, middle)
        return early


@dataclass(frozen=True, order=True)
class Window:
    """When a visit may begin: on that day, from `opens` to `closes`, both included."""

    day: int
    opens: int
    closes: int


@dataclass(frozen=True)
class Slot:
    """A day and an hour somebody has agreed to or put there by hand."""

    day: int
    start: int


@dataclass(frozen=True)
class Pin(Slot):
    """A visit dragged to its place: that team (None: whichever can), that day, that hour."""

    team: int | None


@dataclass(frozen=True)
class Team:
    """Who travels together; empty `days` are all days. With `home_nights` they sleep at their start, and
    only the last day ends at their end.

    `drives` says that one of them is at the wheel, so that the drivers' hours hold.
    """

    id: int
    start: int
    end: int
    mode: str = "驾车"
    days: tuple[int, ...] = ()
    home_nights: bool = False
    drives: bool = True


@dataclass(frozen=True)
class Stop:
    """A visit that is wished for.

    Without windows it may begin in any session of a workday that it fits into. An `appointment`
    or a `pin` leaves one moment and comes before everything else; `must` comes before any prize.
    `apart` are the visits (by id) that may not be on the same day, whichever team makes them; it is
    enough that one of the two says so.
    """

    id: int
    place: int
    minutes: int
    prize: int = 1
    must: bool = False
    windows: tuple[Window, ...] = ()
    appointment: Slot | None = None
    team: int | None = None
    pin: Pin | None = None
    apart: frozenset[int] = frozenset()

    @property
    def settled(self) -> Slot | None:
        """The moment that the planner may not change."""
        return self.pin or self.appointment

    @property
    def only_team(self) -> int | None:
        return self.team if self.pin is None or self.pin.team is None else self.pin.team

    @property
    def wished(self) -> bool:
        """Whether a plan without this visit is not what was asked for."""
        return self.must or self.settled is not None


@dataclass(frozen=True)
class Problem:
    """`travel[mode][a][b]` is minutes from place a to place b; `balance` is what it is worth, in
    minutes of travel and squared visits, that no team does all the work."""

    days: tuple[date, ...]
    workdays: frozenset[date]
    places: tuple[Place, ...]
    travel: Mapping[str, Table]
    teams: tuple[Team, ...]
    stops: tuple[Stop, ...]
    hours: Hours = field(default_factory=Hours)
    balance: int = 0

    def days_of(self, team: Team) -> tuple[int, ...]:
        if not team.days:
            return tuple(range(len(self.days)))
        return tuple(sorted(day for day in set(team.days) if 0 <= day < len(self.days)))

    def end_of(self, team: Team, day: int) -> int:
        """Where the team has to be in the end if it does not sleep away on that day."""
        sleeps_at_start = team.home_nights and day != max(self.days_of(team), default=day)
        return team.start if sleeps_at_start else team.end

    def hours_of(self, team: Team) -> Hours:
        """The office's hours as they hold for this team."""
        return self.hours if team.drives else self.hours.riding

    @cached_property
    def apart(self) -> dict[int, frozenset[int]]:
        """For each visit that has any, those that may not be on its day; whoever of the two said so."""
        found: dict[int, set[int]] = {stop.id: set() for stop in self.stops}
        for stop in self.stops:
            for other in stop.apart & found.keys() - {stop.id}:
                found[stop.id].add(other)
                found[other].add(stop.id)
        return {stop: frozenset(others) for stop, others in found.items() if others}

    def is_meal(self, stop: Stop) -> bool:
        """An appointment that begins in the lunch break is the lunch."""
        hours = self.hours
        return stop.settled is not None and hours.lunch <= stop.settled.start < hours.lunch + hours.lunch_minutes

    def is_workday(self, day: int) -> bool:
        return 0 <= day < len(self.days) and self.days[day] in self.workdays

    def windows_of(self, stop: Stop) -> tuple[Window, ...]:
        """When the visit may begin, such that it ends on the same day; in order, none in another, perhaps none."""
        if stop.settled:
            asked: tuple[Window, ...] = (Window(stop.settled.day, stop.settled.start, stop.settled.start),)
        else:
            asked = stop.windows or self._sessions_for(stop.minutes)
        last = self.hours.day - stop.minutes
        fitting = (Window(w.day, w.opens, min(w.closes, last)) for w in asked if 0 <= w.day < len(self.days))
        return joined(w for w in fitting if w.opens <= w.closes)

    def _sessions_for(self, minutes: int) -> tuple[Window, ...]:
        return tuple(
            Window(day, opens, closes - minutes)
            for day in range(len(self.days))
            if self.is_workday(day)
            for opens, closes in self.hours.sessions
            if closes - minutes >= opens
        )


def days_between(start: date, end: date) -> tuple[date, ...]:
    """Every day of a trip, first and last included."""
    return tuple(start + timedelta(days=number) for number in range((end - start).days + 1))


def joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """In order, those of a day that overlap as one."""
    found: list[Window] = []
    for window in sorted(windows):
        if found and found[-1].day == window.day and window.opens <= found[-1].closes:
            found[-1] = Window(window.day, found[-1].opens, max(found[-1].closes, window.closes))
        else:
            found.append(window)
    return tuple(found)
