"""The rest of a trip planned anew from now on: what is over or under way stays, and what changes is said in words."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from zhaoshang_desktop.actions.plan_words import Words
from zhaoshang_desktop.actions.replan_words import Shift, shifts_of
from zhaoshang_desktop.actions.trip_book import Seen, TripBook, calendar_of, load_trip, refuse_changed
from zhaoshang_desktop.actions.trip_problem import ask, legs_of
from zhaoshang_desktop.actions.whereabouts import (
    Now,
    beginnings,
    here_of,
    is_ahead,
    is_away,
    moment_of,
    without_ways_to,
)
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.trip import Leg
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Problem, Stop, Window
from zhaoshang_desktop.planning.solve import solve

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.calendar import Calendar
    from zhaoshang_desktop.store.office import Office

SECONDS, HELD_SECONDS = 0.65, 0.1
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


def replan(
    office: Office,
    trip: int,
    upset: Upset,
    at: datetime,
    *,
    keep: bool = True,
    iterations: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Replanned:
    """Plans the rest from that moment on and stores nothing. With `keep` whoever can stay at his hour stays there,
    and only what has come free is used; who cannot may move, then everything that is not agreed."""
    before = load_trip(office, trip)
    book = before.copied()
    now = moment_of(book, at)
    happened = _happen(book, upset, now)
    calendar = calendar_of(office)
    names = _names(book)
    every = frozenset(visit.id for visit in book.visits)
    free = frozenset() if keep else every
    end = time.monotonic() + SECONDS
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
    shifts, kept = shifts_of(before, book, plan, words, happened)
    gone = tuple(leg.id for leg in before.legs if leg.estimated and is_ahead(leg, now))
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
    visit = _happen(book, upset, moment_of(book, at, strict=False))
    with office.transaction({"cancel": "取消拜访", "skip": "跳过拜访", "move": "改期"}[upset.what]) as tx:
        if visit is not None:
            tx.save(visit)
    return tx.changes


def _happen(book: TripBook, upset: Upset, now: Now) -> Visit | None:
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
    book: TripBook, now: Now, calendar: Calendar, upset: Upset, free: frozenset[int]
) -> tuple[Problem, dict[int, Visit]]:
    """The rest of the trip as a problem of its own: it begins where every team is now, as a meeting with itself."""
    rest = {v.id: v for v in book.visits if v.state in (WAITING, PLACED) and not now.is_behind(v)}
    trip = copy(book.trip)
    trip.start = max(now.day, trip.start or now.day)
    there = upset.visit if upset.what == "cancel" else 0
    begun = now.clock >= 0 and trip.start == now.day
    here = [here_of(book, team, now, there) for team in book.teams] if begun else []
    here = [one for one in here if is_away(book, one.team, now.day)]
    visits = [copy(visit) if visit.id in free else _held(visit) for visit in rest.values()]
    problem = ask(replace(book, trip=trip, visits=[*visits, *beginnings(book, here, now)]), calendar)
    stops = tuple(_from_now(stop, problem, now, upset) for stop in problem.stops)
    return without_ways_to(replace(problem, stops=stops), here), rest


def _held(visit: Visit) -> Visit:
    """A copy that is pinned where it stands, if it stands anywhere ahead."""
    own = copy(visit)
    if own.state == PLACED and own.day and own.start is not None and own.team:
        own.pinned = True
    return own


def _from_now(stop: Stop, problem: Problem, now: Now, upset: Upset) -> Stop:
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


def _names(book: TripBook) -> dict[int, str]:
    names = {visit.id: book.name_of(visit) for visit in book.visits}
    return names | {-number: "现在" for number in range(1, len(book.teams) + 1)}


def _differs(visit: Visit, before: TripBook) -> bool:
    return next(one for one in before.visits if one.id == visit.id) != visit
