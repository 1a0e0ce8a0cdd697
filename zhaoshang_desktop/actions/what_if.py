"""假如: the trip planned with something changed, beside the trip as it stands; one of them is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.budget import expected_cost
from zhaoshang_desktop.actions.trip_book import TripBook, calendar_of, load_trip
from zhaoshang_desktop.actions.trip_draft import Draft, OnBetter, PlanOutcome, as_it_stands, planned, store
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.planning.budget import stays

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


@dataclass(frozen=True)
class WhatIf:
    """What is to be tried: visits called off or wanted again, visits given to a team (0: to any), other dates.

    With `unpin` nothing is held that was only put somewhere by hand.
    """

    cancelled: frozenset[int] = frozenset()
    wanted: frozenset[int] = frozenset()
    teams: tuple[tuple[int, int], ...] = ()
    start: date | None = None
    end: date | None = None
    unpin: bool = False


@dataclass(frozen=True)
class Outlook:
    """What a plan comes to: who is seen and who is not, by key, and what it takes; `nights` are teams' nights."""

    seen: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    musts: int = 0
    kilometres: int = 0
    road_minutes: int = 0
    nights: int = 0
    cost: Money = field(default_factory=lambda: Money(0))
    clashes: int = 0


@dataclass(frozen=True)
class Comparison:
    """The trip as it stands and as it would be."""

    now: Draft
    then: Draft
    looks: tuple[Outlook, Outlook]
    names: dict[int, str]

    @property
    def only_now(self) -> tuple[str, ...]:
        """Who is seen as things stand, and would not be."""
        return self._names(key for key in self.looks[0].seen if key not in self.looks[1].seen)

    @property
    def only_then(self) -> tuple[str, ...]:
        """Who would be seen besides."""
        return self._names(key for key in self.looks[1].seen if key not in self.looks[0].seen)

    def _names(self, keys: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.names[key] for key in keys)


def compare(
    office: Office,
    trip: int,
    wish: WhatIf,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_better: OnBetter | None = None,
) -> Comparison:
    """Plans with these changes and stores nothing; KnownError when they make no trip, or when cancelled."""
    calendar = calendar_of(office)
    before = load_trip(office, trip)
    now = as_it_stands(before, calendar)
    book = before.copied()
    changed = _changed(book, wish)
    then = planned(
        book,
        calendar,
        seconds=seconds,
        iterations=iterations,
        cancelled=cancelled,
        on_better=on_better,
        changed=changed,
    )
    looks = (_outlook(office, now), _outlook(office, then))
    return Comparison(now, then, looks, {visit.id: book.name_of(visit) for visit in book.visits})


def take(office: Office, comparison: Comparison) -> PlanOutcome:
    """Makes the trip what was compared, as one change; refused when somebody has changed it meanwhile."""
    draft = comparison.then
    return store(office, draft, f"换用比较过的日程：{draft.book.trip.name}")


def _changed(book: TripBook, wish: WhatIf) -> list[Record]:
    """Changes the book as wished; gives the records that are not as they were."""
    teams = dict(wish.teams)
    found: list[Record] = []
    for visit in book.visits:
        before = (visit.state, visit.only_team, visit.pinned)
        _change(visit, wish, teams)
        if (visit.state, visit.only_team, visit.pinned) != before:
            found.append(visit)
    start, end = wish.start or book.trip.start, wish.end or book.trip.end
    if start and end and end < start:
        raise KnownError("返回日期早于出发日期。", "请检查日期。")
    if (start, end) != (book.trip.start, book.trip.end):
        book.trip.start, book.trip.end = start, end
        found.append(book.trip)
    return found


def _change(visit: Visit, wish: WhatIf, teams: dict[int, int]) -> None:
    if visit.state == HELD:
        return
    if visit.id in wish.cancelled:
        visit.state = CALLED_OFF
    elif visit.id in wish.wanted and visit.state == CALLED_OFF:
        visit.state, visit.team, visit.pinned = WAITING, 0, None
    if visit.id in teams:
        visit.only_team = teams[visit.id]
        if visit.only_team and visit.pinned and visit.team != visit.only_team:
            visit.pinned = None
    if wish.unpin:
        visit.pinned = None


def _outlook(office: Office, draft: Draft) -> Outlook:
    book = draft.book
    seen = [visit for visit in book.visits if visit.state in (PLACED, HELD) and visit.team and visit.day]
    waiting = [visit for visit in book.visits if visit.state == WAITING]
    legs = [leg for leg in book.legs if leg.day]
    nights = sum(
        1
        for team in book.teams
        for stay in stays(book.trip, [leg for leg in legs if leg.team == team.id], team)
        if stay.night
    )
    return Outlook(
        seen=tuple(visit.id for visit in seen),
        left_out=tuple(visit.id for visit in waiting),
        musts=sum(1 for visit in seen if visit.must),
        kilometres=sum(int(leg.distance or 0) for leg in legs),
        road_minutes=sum((leg.end or 0) - (leg.start or 0) for leg in legs),
        nights=nights,
        cost=expected_cost(office, book),
        clashes=len(draft.clashes),
    )
