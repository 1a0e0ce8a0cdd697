"""What the planner answers: who is where when, and why a visit was left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Call:
    """One visit in a plan; minutes since midnight of its day."""

    stop: int
    start: int
    end: int


@dataclass(frozen=True)
class Ride:
    """On the road between two places (indexes into the problem's); `minutes` without the lunch stop."""

    origin: int
    destination: int
    depart: int
    arrive: int
    minutes: int


@dataclass(frozen=True)
class Route:
    """One team's day in order; `night` is the place slept at, None at home."""

    team: int
    day: int
    calls: tuple[Call, ...] = ()
    rides: tuple[Ride, ...] = ()
    night: int | None = None


class Reason(Enum):
    """Why a visit is not in the plan; which numbers of `LeftOut` are filled stands beside it."""

    TOO_LONG = "too long"  # needed: its minutes; given: the longest time anybody could have for it
    NO_DAY = "no day"  # none of its days is a day (a workday) of the trip
    NO_TEAM = "no team"  # there is no team, or the only team wanted is not on this trip then
    TOO_FAR = "too far"  # needed: minutes there; given: minutes there are for it, team: the nearest
    CLASH = "clash"  # others: the settled visits it cannot stand beside
    APART = "apart"  # others: the visits it may not be on one day with, which have the days with room for it
    DRIVERS = "drivers"  # team, day: where it would fit but for the driver; needed, given: minutes at the wheel
    NO_ROOM = (
        "no room"  # team, day, others: the widest gap and what lies around it; needed, given: minutes it falls short
    )


class Remedy(Enum):
    """What would let a visit in."""

    SHORTEN = "shorten"  # minutes: how long it may be then
    GIVE_WAY = "give way"  # stop: the visit that would have to go
    OTHER_TIME = "other time"  # team, day, start: when they would have to agree to
    OTHER_TEAM = "other team"  # team, day, start
    ANOTHER_DAY = "another day"  # the trip would have to be one day longer
    TOGETHER = "together"  # stop: the visit it would have to be on one day with after all
    ANY_TIME = "any time"  # the times its host has named would have to be given up


@dataclass(frozen=True)
class LetIn:
    remedy: Remedy
    minutes: int = 0
    stop: int | None = None
    team: int | None = None
    day: int | None = None
    start: int | None = None


@dataclass(frozen=True)
class LeftOut:
    stop: int
    reason: Reason
    needed: int = 0
    given: int = 0
    team: int | None = None
    day: int | None = None
    others: tuple[int, ...] = ()
    let_in: tuple[LetIn, ...] = ()


class Wish(Enum):
    """What somebody asked of one visit."""

    PINNED = "pinned"
    APPOINTED = "appointed"
    MUST = "must"


@dataclass(frozen=True)
class Conflict:
    """Wishes that cannot hold together; without any one of them the others can.

    Beside what was asked of single visits these are the pairs that may not be on one day (`apart`) and
    the hours that a driver may drive (`drivers`), where they are needed to explain it. `proven` is False
    when the set was found by search and a smaller one may exist.
    """

    wishes: tuple[tuple[int, Wish], ...]
    proven: bool = True
    apart: tuple[tuple[int, int], ...] = ()
    drivers: bool = False

    @property
    def stops(self) -> tuple[int, ...]:
        return tuple(stop for stop, _ in self.wishes)


@dataclass(frozen=True)
class Plan:
    """One route for each team and each of its days. `travel` is minutes on the road; `iterations` with
    the same seed give the same plan again; `conflict` stands there when a wish could not be granted."""

    routes: tuple[Route, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    prize: int = 0
    travel: int = 0
    iterations: int = 0
    conflict: Conflict | None = None

    def where(self, stop: int) -> tuple[Route, Call] | None:
        """The route and call of a visit, None if it is not in the plan."""
        for route in self.routes:
            for call in route.calls:
                if call.stop == stop:
                    return route, call
        return None
