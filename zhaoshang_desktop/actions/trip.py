"""外出: a new trip, whom to see, who goes, the plan, moving a visit, the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.counted import fill_in_from
from zhaoshang_desktop.actions.let_in import Change
from zhaoshang_desktop.actions.plan_words import ClashSentence
from zhaoshang_desktop.actions.ticket_words import ticket_clashes
from zhaoshang_desktop.actions.trip_book import (
    LONGEST_DAYS,
    TripBook,
    calendar_of,
    hold_trip,
    host_of,
    load_trip,
    own_of,
)
from zhaoshang_desktop.actions.trip_draft import (
    OnBetter,
    PlanOutcome,
    as_it_stands,
    count_as_planned,
    lay_out_again,
    planned,
    store,
    unplaced,
)
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.meeting_times import Times
from zhaoshang_desktop.domain.trip import Road, Team, Trip, team_name
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, USUAL_MINUTES, Visit
from zhaoshang_desktop.planning.check import problems
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.calendar import Calendar
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction


@dataclass(frozen=True)
class Travels:
    """Where a team sets out from and comes back to, and when, if not as the whole trip does."""

    origin: str = ""
    goal: str = ""
    first_day: date | None = None
    last_day: date | None = None
    home_nights: bool | None = None


@dataclass(frozen=True)
class TeamWish:
    """A team as it should be; `key` 0 is a new one, `travels` None leaves its own ends and days as they are."""

    name: str
    members: tuple[int, ...] = ()
    experts: tuple[int, ...] = ()
    mode: str = "驾车"
    official_car: bool | None = None
    key: int = 0
    travels: Travels | None = None


@dataclass(frozen=True)
class TargetWish:
    """Whom to see; `day` and `start` (minutes) make a fixed appointment, `team` is a team's name, `apart` are
    the investors whose visits must not be on the same day."""

    investor: int
    must: bool = False
    minutes: int | None = None
    day: date | None = None
    start: int | None = None
    team: str = ""
    priority: str = ""
    windows: Times = ()
    apart: tuple[int, ...] = ()


@dataclass(frozen=True)
class RoadWish:
    """What a way really takes, from door to door."""

    origin: str
    destination: str
    minutes: int
    mode: str = "驾车"


@dataclass(frozen=True)
class TripWish:
    """A trip as a person asks for it."""

    purpose: str
    start: date
    end: date
    base: str = ""
    name: str = ""
    chain: str = ""
    targets: tuple[TargetWish, ...] = ()
    teams: tuple[TeamWish, ...] = ()
    roads: tuple[RoadWish, ...] = ()


def new_trip(office: Office, wish: TripWish) -> tuple[int, Changes]:
    """Stores a trip with its teams and targets; gives its key."""
    _refuse_days(wish.start, wish.end)
    trip = Trip(
        name=wish.name or f"{wish.chain or wish.purpose[:12]}小分队 {wish.start:%m-%d}",
        purpose=wish.purpose,
        chain=wish.chain,
        start=wish.start,
        end=wish.end,
        base=wish.base,
    )
    with office.transaction(f"新建外出：{trip.name}") as tx:
        tx.save(trip)
        teams = _put_teams(tx, trip.id, wish.teams, [])
        by_name = {team.name: team.id for team in teams}
        for target in wish.targets:
            if target.team and target.team not in by_name:
                raise KnownError(f"没有叫“{target.team}”的队。", "请检查队名。")
        visits = [_target(tx, trip.id, target, by_name.get(target.team, 0)) for target in wish.targets]
        tx.save_all(visits)
        _put_apart(tx, visits, wish.targets)
        tx.save_all([Road(trip=trip.id, **asdict(road)) for road in wish.roads])
    return trip.id, tx.changes


def add_targets(office: Office, trip: int, targets: Sequence[TargetWish]) -> Changes:
    """Puts investors on the list of a trip; who is on it already stays as he is."""
    known = {visit.investor for visit in load_trip(office, trip).visits if visit.state != CALLED_OFF}
    with office.transaction(f"增加拜访对象 {len(targets)} 家") as tx:
        for target in targets:
            if target.investor not in known:
                tx.save(_target(tx, trip, target, 0))
    return tx.changes


def remove_targets(office: Office, visits: Sequence[int]) -> Changes:
    """Takes visits off their trip."""
    with office.transaction(f"去掉拜访对象 {len(visits)} 家") as tx:
        for key in visits:
            tx.remove(tx.get(Visit, key))
    return tx.changes


def set_teams(office: Office, trip: int, teams: Sequence[TeamWish]) -> Changes:
    """Makes the teams of a trip these; visits of a team that is gone wait for a new place."""
    book = load_trip(office, trip)
    kept = {team.key for team in teams}
    with office.transaction("调整队员") as tx:
        _put_teams(tx, trip, teams, book.teams)
        for team in book.teams:
            if team.id not in kept:
                for visit in book.visits:
                    if visit.team == team.id and visit.state == PLACED:
                        tx.save(unplaced(visit))
                tx.remove(team)
    return tx.changes


def set_travels(office: Office, team: int, travels: Travels) -> Changes:
    """Where and when a team sets out and comes back; the days as they stand are laid out anew."""
    if travels.first_day and travels.last_day and travels.last_day < travels.first_day:
        raise KnownError("返回日早于出发日。", "请检查日期。")
    known = office.get(Team, team)
    with office.transaction(f"{known.name}的出发与回程") as tx:
        book = hold_trip(tx, known.trip)
        own = own_of(book.teams, team)
        for name, value in asdict(travels).items():
            setattr(own, name, value)
        tx.save(own)
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def plan_trip(
    office: Office,
    trip: int,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    cancelled: Callable[[], bool] | None = None,
    on_better: OnBetter | None = None,
    change: Change | None = None,
) -> PlanOutcome:
    """Plans around what is fixed and pinned, and stores the plan; nothing is stored when cancelled.

    `change` is made first (a visit given way to, a day more), and stored with the plan as one batch.
    """
    book = load_trip(office, trip)
    changed = change(book) if change else []
    draft = planned(
        book,
        calendar_of(office),
        seconds=seconds,
        iterations=iterations,
        seed=seed,
        cancelled=cancelled,
        on_better=on_better,
        changed=changed,
    )
    return store(office, draft, f"排程：{book.trip.name}")


def move_visit(
    office: Office, visit: int, team: int, day: date, start: int, fields: Mapping[str, Any] | None = None
) -> Changes:
    """Puts a visit where the clerk wants it and pins it there; the ways around it are laid out anew.

    `fields` of the visit are set at the same time.
    """
    moved = office.get(Visit, visit)
    with office.transaction(f"移动：{host_of(office, moved)}") as tx:
        book = hold_trip(tx, moved.trip)
        own = own_of(book.visits, visit)
        if own.fixed and (own.day, own.start) != (day, start):
            own.fixed = None
        own.team, own.day, own.start, own.state, own.pinned, own.left_out = team, day, start, PLACED, True, ""
        for name, value in (fields or {}).items():
            setattr(own, name, value)
        tx.save(own)
        count_as_planned(tx, book.trip)
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def cancel_visit(office: Office, visit: int) -> Changes:
    """Calls a visit off: it stays in the trip's record, and its time is free."""
    known = office.get(Visit, visit)
    with office.transaction(f"取消拜访：{host_of(office, known)}") as tx:
        book = hold_trip(tx, known.trip)
        own = own_of(book.visits, visit)
        own.state = CALLED_OFF
        tx.save(own)
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def check_trip(office: Office, trip: int) -> tuple[ClashSentence, ...]:
    """Everything that cannot be kept in the trip as it stands."""
    return check_book(load_trip(office, trip), calendar_of(office))


def check_book(book: TripBook, calendar: Calendar) -> tuple[ClashSentence, ...]:
    """The same for a trip that has been read; nothing while its dates make no trip. A visit that has no place counts
    from when the planner found none for it."""
    if not book.has_days:
        return ()
    draft = as_it_stands(book, calendar)
    words = draft.words
    inside = {call.stop for route in draft.plan.routes for call in route.calls}
    inside |= {visit.id for visit in book.visits if visit.left_out}
    found = (words.clash(one) for one in problems(draft.problem, draft.plan) if set(one.stops) & inside or one.team)
    return (*found, *_off_the_days(book), *words.unknown_ways(draft.plan), *ticket_clashes(book))


def _off_the_days(book: TripBook) -> Iterator[ClashSentence]:
    """Appointments and pins on days that the trip has no more."""
    first, last = book.trip.start, book.trip.end
    for visit in book.wished:
        settled = (visit.fixed or visit.pinned) and visit.day is not None and visit.start is not None
        if settled and visit.day and first and last and not first <= visit.day <= last:
            words = "约定" if visit.fixed else "钉住"
            days = f"（{first:%m-%d} 至 {last:%m-%d}）"
            yield ClashSentence(
                (visit.id,), f"{book.name_of(visit)}：{words}在 {visit.day:%m-%d}，不在这次外出的日子里{days}"
            )


def log_visit(
    office: Office,
    visit: int,
    *,
    said: str = "",
    intention: str = "",
    result: str = "",
    next_step: str = "",
    next_due: date | None = None,
    next_owner: int = 0,
    members: tuple[int, ...] = (),
    contacts: tuple[int, ...] | None = None,
) -> Changes:
    """Types up what came of a visit; without people named, those of its team were there. What the assessment counts
    is filled in from them."""
    with office.transaction("记录拜访") as tx:
        own = tx.get(Visit, visit)
        own.state, own.said, own.intention, own.result = HELD, said, intention, result
        own.next_step, own.next_due, own.next_owner = next_step, next_due, next_owner
        own.members = members or own.members or (tx.get(Team, own.team).members if own.team else ())
        own.contacts = own.contacts if contacts is None else contacts
        fill_in_from(office, own, today(office.clock))
        tx.save(own)
    return tx.changes


def _put_teams(tx: Transaction, trip: int, teams: Sequence[TeamWish], known: Sequence[Team]) -> list[Team]:
    by_key = {team.id: team for team in known}
    saved = []
    for number, wish in enumerate(teams, 1):
        team = by_key.get(wish.key) or Team(trip=trip)
        team.name = wish.name or team_name(number)
        team.mode, team.official_car = wish.mode, wish.official_car
        team.members, team.experts = wish.members, wish.experts
        if wish.travels is not None:
            for name, value in asdict(wish.travels).items():
                setattr(team, name, value)
        saved.append(tx.save(team))
    return saved


def _target(tx: Transaction, trip: int, wish: TargetWish, team: int) -> Visit:
    investor = tx.get(Investor, wish.investor)
    return Visit(
        investor=investor.id,
        trip=trip,
        place=investor.place,
        address=investor.address,
        must=wish.must or None,
        priority=wish.priority,
        windows=wish.windows,
        minutes=USUAL_MINUTES if wish.minutes is None else wish.minutes,
        day=wish.day,
        start=wish.start,
        fixed=True if wish.start is not None else None,
        only_team=team,
    )


def _put_apart(tx: Transaction, visits: Sequence[Visit], targets: Sequence[TargetWish]) -> None:
    """Investors named by others become the keys of their visits."""
    keys = {visit.investor: visit.id for visit in visits}
    for visit, target in zip(visits, targets, strict=True):
        if target.apart:
            visit.apart = tuple(keys[one] for one in target.apart if one in keys and one != visit.investor)
            tx.save(visit)


def _refuse_days(start: date, end: date) -> None:
    if end < start:
        raise KnownError("返回日期早于出发日期。", "请检查日期。")
    if (end - start).days >= LONGEST_DAYS:
        raise KnownError(f"一次外出最多 {LONGEST_DAYS} 天。", "请检查日期，或分成几次。")
