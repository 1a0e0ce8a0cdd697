"""Where the teams of a trip are at a moment, and how the rest of it begins from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.trip import Leg, Team
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, Visit
from zhaoshang_desktop.planning.problem import Problem
from zhaoshang_desktop.runtime.clock import SHANGHAI


@dataclass(frozen=True)
class Now:
    """A moment of a trip: the day to plan from, and the first minute of it that can be used."""

    day: date
    minute: int
    today: date
    clock: int

    def is_behind(self, visit: Visit) -> bool:
        """Over or under way."""
        began = visit.day is not None and (visit.day, visit.start or 0) <= (self.today, self.clock)
        return visit.state == HELD or (visit.state == PLACED and began)


def moment_of(book: TripBook, at: datetime, *, strict: bool = True) -> Now:
    """KnownError when nothing of the trip is left to plan; not unless `strict`."""
    local = at.astimezone(SHANGHAI)
    today, clock = local.date(), local.hour * 60 + local.minute
    start, end = book.trip.start, book.trip.end
    if not book.teams or start is None or end is None:
        raise KnownError("还没有分队或日期，排不了行程。", "请先在“目的”和“队员”两步填好。")
    hours = book.travel.hours
    if today < start:
        return Now(start, hours.earliest, start, -1)
    day, minute = (today, max(clock, hours.earliest))
    if clock >= hours.latest:
        day, minute = today + timedelta(days=1), hours.earliest
    if strict and day > end:
        raise KnownError("这次外出已经没有剩下的时间，后面排不了。", "可以只改这一家，或者先把返回日期往后改。")
    return Now(day, minute, today, clock)


def is_away(book: TripBook, key: int, day: date) -> bool:
    """Whether a team is on the trip on that day."""
    team = next(one for one in book.teams if one.id == key)
    return (team.first_day is None or team.first_day <= day) and (team.last_day is None or day <= team.last_day)


def is_ahead(leg: Leg, now: Now) -> bool:
    """Whether a way is still to be gone."""
    return leg.day is not None and (leg.day, leg.start or 0) >= (now.today, now.clock)


@dataclass(frozen=True)
class Here:
    """Where a team is and how long it is still busy there, in minutes after now; `coming` on its way to there."""

    team: int
    place: str
    busy: int = 0
    investor: int = 0
    coming: bool = False


def here_of(book: TripBook, team: Team, now: Now, there: int) -> Here:
    """At the last meeting that has begun (`there` one that is called off at the door), at the end of a way more than
    half gone, else at the start."""
    moment = (now.today, now.clock)
    behind = [
        visit
        for visit in book.visits
        if visit.team == team.id
        and visit.day
        and (visit.state in (PLACED, HELD) or visit.id == there)
        and (visit.day, visit.start or 0) <= moment
    ]
    last = max(behind, key=lambda visit: (visit.day, visit.start or 0), default=None)
    since = (last.day, last.start or 0) if last and last.day else (date.min, 0)
    way = _way_since(book, team, since, moment)
    if way:
        left = _left_of(way, now)
        if left is not None:
            return Here(team.id, way[0].destination, left, coming=True)
    if last is None:
        return Here(team.id, team.origin or book.trip.base)
    investor = book.investors.get(last.investor)
    over = last.state in (CALLED_OFF, HELD) or last.day != now.day
    busy = 0 if over else max(0, (last.start or 0) + (last.minutes or 0) - now.minute)
    return Here(team.id, last.place or (investor.place if investor else ""), busy, last.investor)


def _way_since(book: TripBook, team: Team, since: tuple[date, int], moment: tuple[date, int]) -> list[Leg]:
    """The way a team has last set out on since then, with all its parts: a long one goes over several days."""
    own = sorted(
        (leg for leg in book.legs if leg.team == team.id and leg.day and (leg.day, leg.start or 0) >= since),
        key=lambda leg: (leg.day, leg.start or 0),
    )
    begun = [leg for leg in own if leg.day and (leg.day, leg.start or 0) <= moment]
    if not begun or not begun[-1].destination:
        return []
    ends = (begun[-1].origin, begun[-1].destination)
    return [leg for leg in own if (leg.origin, leg.destination) == ends]


def _left_of(way: Sequence[Leg], now: Now) -> int | None:
    """Minutes until the end of a way; None when less than half of it is gone."""
    whole = gone = 0
    for leg in way:
        start, end = leg.start or 0, max(leg.end or 0, leg.start or 0)
        whole += end - start
        if leg.day and leg.day <= now.today:
            gone += end - start if leg.day < now.today else min(max(now.clock - start, 0), end - start)
    if 2 * gone < whole:
        return None
    return whole - gone if now.day == now.today else 0


def beginnings(book: TripBook, here: Sequence[Here], now: Now) -> list[Visit]:
    """A meeting of every team with itself, which says where it is now and how long it is busy there."""
    return [
        Visit(
            id=-number,
            investor=one.investor,
            trip=book.trip.id,
            team=one.team,
            state=PLACED,
            day=now.day,
            start=now.minute,
            minutes=one.busy,
            place=one.place,
            pinned=True,
        )
        for number, one in enumerate(here, start=1)
    ]


def without_ways_to(problem: Problem, here: Sequence[Here]) -> Problem:
    """Nobody has to travel to where he is, nor on from the end of his way to whom it leads to."""
    teams = {team.id: team for team in problem.teams}
    places = {stop.id: stop.place for stop in problem.stops}
    travel = {mode: [list(row) for row in table] for mode, table in problem.travel.items()}
    for number, one in enumerate(here, start=1):
        own = places.get(-number)
        if own is None:
            continue
        for table in travel.values():
            table[teams[one.team].start][own] = 0
            for other, place in enumerate(problem.places):
                if one.coming and place.city == one.place:
                    table[own][other] = 0
    return replace(problem, travel={mode: tuple(tuple(row) for row in table) for mode, table in travel.items()})
