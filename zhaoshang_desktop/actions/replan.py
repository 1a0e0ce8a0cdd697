"""The rest of a trip planned anew from now on: what is over or under way stays, and what changes is said in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from zhaoshang_desktop.actions.plan_words import Words
from zhaoshang_desktop.actions.trip_book import Seen, TripBook, calendar_of, load_trip, refuse_changed
from zhaoshang_desktop.actions.trip_problem import ask, legs_of
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.day import WEEKDAYS, write_hour
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.trip import Leg, Team
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Problem, Stop, Window
from zhaoshang_desktop.planning.solve import solve
from zhaoshang_desktop.runtime.clock import SHANGHAI

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.calendar import Calendar
    from zhaoshang_desktop.store.office import Office

SECONDS, HELD_SECONDS = 0.8, 0.15
"""For everything together, and for a plan in which nearly everybody stays, which leaves little to try."""
RELEASED = 4
"""Where so many cannot stay at their hours, all may move."""
Happening = Literal["cancel", "skip", "move", "late"]


@dataclass(frozen=True)
class Upset:
    """What has come between: a visit called off, skipped (another day will do), moved to an hour the host has named,
    or simply the time that has passed (`late`); `reason` stays with the visit."""

    what: Happening = "late"
    visit: int = 0
    reason: str = ""
    day: date | None = None
    start: int | None = None


@dataclass(frozen=True)
class Shift:
    """One visit that is not where it was, in a sentence; `call` are those to be told, with their numbers."""

    visit: int
    text: str
    call: tuple[Contact, ...] = ()
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Replanned:
    """The trip as it would be from that moment on; nothing is stored yet."""

    trip: int
    upset: Upset
    at: datetime
    visits: tuple[Visit, ...]
    legs: tuple[Leg, ...]
    old_legs: tuple[int, ...]
    shifts: tuple[Shift, ...]
    kept: int
    keeping: bool
    seen: Seen

    @property
    def changes_nothing(self) -> bool:
        return not self.shifts


@dataclass(frozen=True)
class _Now:
    """A moment of a trip: the day to plan from, and the first minute of it that can be used."""

    day: date
    minute: int
    today: date
    clock: int

    def is_behind(self, visit: Visit) -> bool:
        """Over or under way."""
        began = visit.day is not None and (visit.day, visit.start or 0) <= (self.today, self.clock)
        return visit.state == HELD or (visit.state == PLACED and began)


def replan(
    office: Office,
    trip: int,
    upset: Upset,
    at: datetime,
    *,
    keep: bool = True,
    seconds: float = SECONDS,
    iterations: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Replanned:
    """Plans the rest from that moment on and stores nothing. With `keep` whoever can stay at his hour stays there,
    and only what has come free is used; who cannot may move, then everything that is not agreed."""
    before = load_trip(office, trip)
    book = before.copied()
    now = _moment(book, at, office)
    happened = _happen(book, upset, now)
    calendar = calendar_of(office)
    names = _names(book)
    every = frozenset(visit.id for visit in book.visits)
    free = frozenset() if keep else every
    end = time.monotonic() + seconds
    while True:
        problem, rest = _problem(book, now, calendar, upset, free)
        left = max(end - time.monotonic(), HELD_SECONDS) if free == every else HELD_SECONDS
        plan = solve(problem, seconds=left, iterations=iterations, cancelled=cancelled)
        if cancelled():
            raise KnownError("没有重排，行程没有改动。")
        lost = _lost(plan, rest)
        if free == every or not lost:
            break
        free = free | lost if len(free) < RELEASED and lost - free else every
    _put(book, problem, plan, rest)
    words = Words(problem, names, {team.id: team.name for team in book.teams}, book.travel.unknown)
    legs = [leg for leg in legs_of(book, problem, plan) if not leg.id]
    shifts, kept = _told(before, book, plan, words, happened)
    gone = tuple(leg.id for leg in before.legs if leg.estimated and _is_ahead(leg, now))
    changed = tuple(visit for visit in book.visits if _differs(visit, before))
    return Replanned(trip, upset, at, changed, tuple(legs), gone, shifts, kept, not free, before.seen)


def take(office: Office, found: Replanned, reason: str = "") -> Changes:
    """Makes the trip so, as one change; refused when somebody has changed it meanwhile. `reason` is one
    that was typed while the plan was looked at."""
    visits = [copy(visit) for visit in found.visits]
    for visit in visits:
        if visit.id == found.upset.visit:
            visit.reason = reason or visit.reason
    said = {"cancel": "取消拜访", "skip": "跳过拜访", "move": "改期", "late": "重排"}
    with office.transaction(f"{said[found.upset.what]}，重排后面的行程") as tx:
        refuse_changed(tx, found.trip, found.seen)
        tx.save_all(visits)
        tx.erase(Leg, list(found.old_legs))
        tx.save_all([copy(leg) for leg in found.legs])
    return tx.changes


def only_this(office: Office, upset: Upset, at: datetime) -> Changes:
    """What has happened to the one visit, with the rest left as it is."""
    book = load_trip(office, office.get(Visit, upset.visit).trip)
    visit = _happen(book, upset, _moment(book, at, office, strict=False))
    with office.transaction({"cancel": "取消拜访", "skip": "跳过拜访", "move": "改期"}[upset.what]) as tx:
        if visit is not None:
            tx.save(visit)
    return tx.changes


def _is_ahead(leg: Leg, now: _Now) -> bool:
    """Whether a way is still to be gone."""
    return leg.day is not None and (leg.day, leg.start or 0) >= (now.today, now.clock)


def _moment(book: TripBook, at: datetime, office: Office, *, strict: bool = True) -> _Now:
    local = at.astimezone(SHANGHAI)
    today, clock = local.date(), local.hour * 60 + local.minute
    start, end = book.trip.start, book.trip.end
    if not book.teams or start is None or end is None:
        raise KnownError("还没有分队或日期，排不了行程。", "请先在“目的”和“队员”两步填好。")
    hours = book.travel.hours
    if today < start:
        return _Now(start, hours.earliest, start, -1)
    day, minute = (today, max(clock, hours.earliest))
    if clock >= hours.latest:
        day, minute = today + timedelta(days=1), hours.earliest
    if strict and day > end:
        raise KnownError("这次外出已经没有剩下的时间，后面排不了。", "可以只改这一家，或者先把返回日期往后改。")
    return _Now(day, minute, today, clock)


def _happen(book: TripBook, upset: Upset, now: _Now) -> Visit | None:
    """Does to the visit what has happened to it."""
    if upset.what == "late":
        return None
    visit = next((one for one in book.visits if one.id == upset.visit), None)
    if visit is None:
        raise KnownError("这次拜访已经不在这次外出里了。", "请刷新后再试。")
    if visit.state == HELD:
        raise KnownError("这一家已经记录为见过面，不能再取消或改期。", "请先撤销那条记录。")
    visit.reason, visit.fixed, visit.pinned = upset.reason, None, None
    if upset.what == "cancel":
        visit.state = CALLED_OFF
    elif upset.what == "skip":
        visit.state, visit.team, visit.day, visit.start = WAITING, 0, None, None
    else:
        if upset.day is None or upset.start is None:
            raise KnownError("还没有说改到哪天几点。", "请填日期和时间。")
        if (upset.day, upset.start) < (now.today, now.clock):
            raise KnownError("改到的时间已经过了。", "请填后面的时间。")
        if book.trip.end and not (book.trip.start or date.min) <= upset.day <= book.trip.end:
            raise KnownError(f"{upset.day:%m-%d} 不在这次外出的日子里。", "可以先跳过这一家，或者改外出的日期。")
        visit.state, visit.day, visit.start, visit.fixed = PLACED, upset.day, upset.start, True
    return visit


def _problem(
    book: TripBook, now: _Now, calendar: Calendar, upset: Upset, free: frozenset[int]
) -> tuple[Problem, dict[int, Visit]]:
    """The rest of the trip as a problem of its own: it begins where every team is now, as a meeting with itself."""
    rest = {v.id: v for v in book.visits if v.state in (WAITING, PLACED) and not now.is_behind(v)}
    trip = copy(book.trip)
    trip.start = max(now.day, trip.start or now.day)
    there = upset.visit if upset.what == "cancel" else 0
    begun = now.clock >= 0 and trip.start == now.day
    here = [_here(book, team, now, there) for team in book.teams] if begun else []
    here = [one for one in here if _is_away(book, one.team, now.day)]
    visits = [copy(visit) if visit.id in free else _held(visit) for visit in rest.values()]
    problem = ask(replace(book, trip=trip, visits=[*visits, *_beginnings(book, here, now)]), calendar)
    stops = tuple(_from_now(stop, problem, now, upset) for stop in problem.stops)
    return _without_ways_to(replace(problem, stops=stops), here), rest


def _is_away(book: TripBook, key: int, day: date) -> bool:
    """Whether a team is on the trip on that day."""
    team = next(one for one in book.teams if one.id == key)
    return (team.first_day is None or team.first_day <= day) and (team.last_day is None or day <= team.last_day)


def _held(visit: Visit) -> Visit:
    """A copy that is pinned where it stands, if it stands anywhere ahead."""
    own = copy(visit)
    if own.state == PLACED and own.day and own.start is not None and own.team:
        own.pinned = True
    return own


def _from_now(stop: Stop, problem: Problem, now: _Now, upset: Upset) -> Stop:
    """Nothing begins before now; what was skipped not on this day either."""
    if stop.settled or problem.days[0] != now.day:
        return stop
    first = 1 if upset.what == "skip" and stop.id == upset.visit else 0
    windows = tuple(
        replace(window, opens=max(window.opens, now.minute)) if window.day == 0 else window
        for window in problem.windows_of(stop)
        if window.day >= first and (window.day > 0 or window.closes >= now.minute)
    )
    return replace(stop, windows=windows or (Window(-1, 0, 0),))


@dataclass(frozen=True)
class _Here:
    """Where a team is and how long it is still busy there, in minutes after now; `coming` on its way to there."""

    team: int
    place: str
    busy: int = 0
    investor: int = 0
    coming: bool = False


def _here(book: TripBook, team: Team, now: _Now, there: int) -> _Here:
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
            return _Here(team.id, way[0].destination, left, coming=True)
    if last is None:
        return _Here(team.id, team.origin or book.trip.base)
    investor = book.investors.get(last.investor)
    over = last.state in (CALLED_OFF, HELD) or last.day != now.day
    busy = 0 if over else max(0, (last.start or 0) + (last.minutes or 0) - now.minute)
    return _Here(team.id, last.place or (investor.place if investor else ""), busy, last.investor)


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


def _left_of(way: Sequence[Leg], now: _Now) -> int | None:
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


def _beginnings(book: TripBook, here: Sequence[_Here], now: _Now) -> list[Visit]:
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


def _without_ways_to(problem: Problem, here: Sequence[_Here]) -> Problem:
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


def _lost(plan: Plan, rest: dict[int, Visit]) -> frozenset[int]:
    """Who was to be kept at his hour and cannot be, and whose hours stand in the way of it."""
    standing = {key for key, visit in rest.items() if visit.state == PLACED}
    clashing = {stop for stop, _ in plan.conflict.wishes} if plan.conflict else set()
    lost = ({left.stop for left in plan.left_out} | clashing) & standing
    return frozenset(lost) or frozenset(standing if plan.conflict else ())


def _put(book: TripBook, problem: Problem, plan: Plan, rest: dict[int, Visit]) -> None:
    for key, visit in rest.items():
        found = plan.where(key)
        if found is None:
            visit.state, visit.team = WAITING, 0
            if not visit.fixed:
                visit.day, visit.start, visit.pinned = None, None, None
            continue
        route, call = found
        visit.state, visit.team, visit.left_out = PLACED, route.team, ""
        visit.day, visit.start = problem.days[route.day], call.start


def _told(
    before: TripBook, book: TripBook, plan: Plan, words: Words, happened: Visit | None
) -> tuple[tuple[Shift, ...], int]:
    old = {visit.id: visit for visit in before.visits}
    reasons = {left.stop: words.left_out(left).text for left in plan.left_out if left.stop > 0}
    shifts, kept = [], 0
    for visit in sorted(book.visits, key=lambda one: (one.day or date.max, one.start or 0)):
        was = old[visit.id]
        if (was.state, was.day, was.start, was.team) == (visit.state, visit.day, visit.start, visit.team):
            kept += visit.state == PLACED
            continue
        visit.left_out = reasons.get(visit.id, visit.left_out) if visit.state == WAITING else ""
        shifts.append(_shift(book, was, visit, reasons.get(visit.id, ""), happened))
    return tuple(shifts), kept


def _shift(book: TripBook, was: Visit, visit: Visit, reason: str, happened: Visit | None) -> Shift:
    name = book.name_of(visit)
    own = happened is not None and visit.id == happened.id
    contacts = book.contacts.get(visit.investor, [])
    named = [one for one in contacts if one.id in visit.contacts] or contacts[:1]
    stood = was.state == PLACED and was.day is not None and was.start is not None
    teams = {team.id: team.name for team in book.teams} if len(book.teams) > 1 else {}
    if visit.state == CALLED_OFF:
        return Shift(visit.id, f"{name}：取消（{visit.reason}）" if visit.reason else f"{name}：取消", is_gone=True)
    if visit.state == WAITING:
        why = reason.partition("：")[2] or "这次没有空档了"
        text = f"{name}：原定 {_when(was, teams)}，排不上了，{why}" if stood else f"{name}：没有排上，{why}"
        if own and visit.fixed:
            text = f"{name}：改到 {_when(visit, {})} 赶不上，{why}"
        return Shift(visit.id, text, tuple(named) if stood else (), is_gone=stood)
    if not stood:
        return Shift(visit.id, f"{name}：新排在 {_when(visit, teams)}", tuple(named), is_new=True)
    text = f"{name}：{_when(was, teams)} 改到 {_when(visit, teams)}"
    told = own and visit.fixed and (visit.day, visit.start) != (was.day, was.start)
    only_team = (was.day, was.start) == (visit.day, visit.start)
    return Shift(visit.id, text, () if told or only_team else tuple(named))


def _when(visit: Visit, teams: dict[int, str]) -> str:
    day = f"周{WEEKDAYS[visit.day.weekday()]} {visit.day:%m-%d}" if visit.day else ""
    team = f"（{teams[visit.team]}）" if visit.team in teams else ""
    return f"{day} {write_hour(visit.start or 0)}{team}"


def _names(book: TripBook) -> dict[int, str]:
    names = {visit.id: book.name_of(visit) for visit in book.visits}
    return names | {-number: "现在" for number in range(1, len(book.teams) + 1)}


def _differs(visit: Visit, before: TripBook) -> bool:
    return next(one for one in before.visits if one.id == visit.id) != visit
