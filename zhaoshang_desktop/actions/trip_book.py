"""A trip with all that hangs on it, read together."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from zhaoshang_desktop.domain import calendar
from zhaoshang_desktop.domain.allowance import CalendarDay, TravelRule
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record, read_key
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Road, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import PLACED, WAITING, Visit
from zhaoshang_desktop.planning.travel import TravelRules, rules_of, shipped_rules

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

R = TypeVar("R", bound=Record)
Seen = tuple[frozenset[tuple[str, int, int]], tuple[date | None, date | None, str]]
"""The records of a trip as noun, key and version, and its days and base."""
LONGEST_DAYS = 60


@dataclass
class TripBook:
    """The trip, its teams in their order, its visits by time, everybody they name, and what ways are reckoned by;
    `seen` is what was read, however it is changed since."""

    trip: Trip
    teams: list[Team] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    roads: list[Road] = field(default_factory=list)
    budget: list[BudgetLine] = field(default_factory=list)
    investors: dict[int, Investor] = field(default_factory=dict)
    contacts: dict[int, list[Contact]] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    experts: dict[int, Expert] = field(default_factory=dict)
    travel: TravelRules = field(default_factory=shipped_rules)
    seen: Seen = frozenset(), (None, None, "")

    def copied(self) -> TripBook:
        """The same, its records too, so that one can be changed while the other tells what was before."""
        return replace(
            self,
            trip=copy(self.trip),
            teams=[copy(team) for team in self.teams],
            visits=[copy(visit) for visit in self.visits],
            legs=[copy(leg) for leg in self.legs],
        )

    @property
    def has_days(self) -> bool:
        """Whether its dates make a trip: there, in order, and not months apart."""
        start, end = self.trip.start, self.trip.end
        return start is not None and end is not None and 0 <= (end - start).days < LONGEST_DAYS

    @property
    def wished(self) -> list[Visit]:
        """The visits the planner may place: not those already held or called off."""
        return [visit for visit in self.visits if visit.state in (WAITING, PLACED)]

    def name_of(self, visit: Visit) -> str:
        """What the host of a visit is called for short."""
        return _called(self.investors.get(visit.investor))


def load_trip(office: Office | Transaction, key: int) -> TripBook:
    """Reads a trip with its teams, visits, legs, budget and people; KnownError when it is gone."""
    trip = office.get(Trip, key)
    own = (Where("trip", "=", key),)
    book = TripBook(trip)
    book.teams = office.find(Query(Team, where=own, order=("id",)))
    book.visits = sorted(office.find(Query(Visit, where=own, order=("id",))), key=_by_time)
    book.legs = sorted(
        office.find(Query(Leg, where=own, order=("id",))), key=lambda leg: (str(leg.day), leg.start or 0)
    )
    book.roads = office.find(Query(Road, where=own, order=("id",)))
    book.budget = office.find(Query(BudgetLine, where=own, order=("number",)))
    investors = {visit.investor for visit in book.visits}
    book.investors = _by_key(office.rows(Investor, sorted(investors)))
    for contact in office.find(Query(Contact, where=(Where("investor", "in", tuple(sorted(investors))),))):
        book.contacts.setdefault(contact.investor, []).append(contact)
    members = {key for team in book.teams for key in team.members} | {key for v in book.visits for key in v.members}
    members |= {visit.next_owner for visit in book.visits if visit.next_owner}
    book.members = _by_key(office.rows(Member, sorted(members)))
    book.experts = _by_key(office.rows(Expert, sorted({key for team in book.teams for key in team.experts})))
    if trip.start:
        book.travel = rules_of(office.find(Query(TravelRule)), trip.start)
    book.seen = _seen(trip, [*book.teams, *book.visits, *book.legs, *book.roads])
    return book


def hold_trip(tx: Transaction, trip: int) -> TripBook:
    """The trip as it is now; on a server, who else stores a plan or ways of it waits until this transaction ends."""
    tx.stored(Trip, [trip], held=True)
    return load_trip(tx, trip)


def own_of(known: Iterable[R], key: int) -> R:
    """The record of that key among those of a trip; KnownError when it is not there any more."""
    found = next((one for one in known if one.id == key), None)
    if found is None:
        raise KnownError("这条记录已经不在了。", "请刷新后再改。")
    return found


def host_of(office: Office, visit: Visit) -> str:
    """What the host of a visit is called for short."""
    return _called(next(iter(office.rows(Investor, [visit.investor])), None))


def _called(investor: Investor | None) -> str:
    return (investor.short_name or investor.name) if investor else "（客商已删除）"


def refuse_changed(tx: Transaction, trip: int, seen: Seen) -> None:
    """KnownError when the trip's days, teams, visits or ways are not any more what a plan was made of."""
    tx.stored(Trip, [trip], held=True)  # on a server, two who store at once do so one after the other
    where = (Where("trip", "=", trip),)
    own = [one for record in (Team, Visit, Leg, Road) for one in tx.find(Query(record, where=where))]
    now = tx.get(Trip, trip)
    if now.removed:
        raise KnownError(f"外出“{now.name}”已经移到回收站，排好的日程没有保存。", "请先恢复它。")
    if _seen(now, own) != seen:
        raise KnownError("这次外出刚刚被别人改过，排好的日程没有保存。", "请刷新后再排一次。")


def _seen(trip: Trip, own: Iterable[Record]) -> Seen:
    return frozenset((one.NOUN, one.id, one.version) for one in own), (trip.start, trip.end, trip.base)


def find_trip(office: Office, text: str) -> Trip:
    """The trip of that id, or the only one whose name has the text in it."""
    if (key := read_key(text)) and (found := office.rows(Trip, [key])):
        if found[0].removed:
            raise KnownError(f"外出“{found[0].name}”在回收站里。", "请先在窗口里恢复它。")
        return found[0]
    wanted = folded(text)
    trips = [trip for trip in office.find(Query(Trip)) if wanted and wanted in folded(trip.name)]
    exact = [trip for trip in trips if folded(trip.name) == wanted]
    if len(exact or trips) != 1:
        names = "、".join(trip.name for trip in trips[:5])
        problem = f"有 {len(trips)} 次外出的名称含“{text}”：{names}。" if trips else f"没有名称含“{text}”的外出。"
        raise KnownError(problem, "请写全名称或编号。")
    return (exact or trips)[0]


def calendar_of(office: Office | Transaction) -> Calendar:
    """Holidays and 调休 as the office has them; what ships while it has none."""
    days = [one for one in office.find(Query(CalendarDay)) if one.day]
    if not days:
        return calendar.shipped()
    return Calendar({one.day: one.kind for one in days}, {one.day: one.name for one in days})


def caution_of(office: Office, trip: Trip) -> str:
    """What a plan of these days has to say of years whose holidays nobody knows yet; "" when there is nothing."""
    return calendar_of(office).caution(trip.start, trip.end) if trip.start and trip.end else ""


def _by_time(visit: Visit) -> tuple[str, int, int]:
    return (visit.day.isoformat() if visit.day else "9", visit.start or 0, visit.id)


def _by_key(records: Iterable[R]) -> dict[int, R]:
    return {record.id: record for record in records}
