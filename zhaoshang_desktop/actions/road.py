"""在路上: the day as it is now: who is met next, what to know of them, how to get there; an unplanned visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.brief import briefing_of
from zhaoshang_desktop.actions.trip_draft import count_as_planned
from zhaoshang_desktop.domain import talking
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.talking import Point
from zhaoshang_desktop.domain.trip import DRAFT, GIVEN_UP, UNDER_WAY, Leg, Team, Trip, goes_on
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.papers.briefing import BriefingPack, Target
from zhaoshang_desktop.runtime.clock import SHANGHAI

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

GRID = 5
UNPLANNED_MINUTES = 60


@dataclass(frozen=True)
class Meeting:
    """One visit of a day with whom to ask for there; `leg` is the way to it, None where it is next door."""

    visit: Visit
    name: str
    team: str
    hosts: tuple[Contact, ...] = ()
    leg: Leg | None = None

    @property
    def end(self) -> int:
        """Minutes since midnight."""
        return (self.visit.start or 0) + (self.visit.minutes or 0)

    @property
    def leave_by(self) -> int | None:
        """When to set out, in minutes of the day; None where there is no way to go."""
        return self.leg.start if self.leg else None

    def is_over(self, day: date, minute: int) -> bool:
        """Whether it lies behind at that moment."""
        return self.visit.state == HELD or (self.visit.day or day, self.end) <= (day, minute)


@dataclass(frozen=True)
class Dossier:
    """What to know of whom one meets next, in as few lines as say it."""

    investor: Investor
    facts: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[Contact, tuple[tuple[str, str], ...]], ...] = ()
    past: tuple[Visit, ...] = ()
    say: tuple[Point, ...] = ()
    avoid: tuple[Point, ...] = ()


@dataclass(frozen=True)
class DayOut:
    """A day of a trip at a moment; `day` is the one shown, `now` the minute of `today`; `way` the last of its ways,
    which may go on the day after (`goes_on`)."""

    trip: Trip
    teams: tuple[Team, ...]
    today: date
    now: int
    day: date
    meetings: tuple[Meeting, ...] = ()
    dropped: tuple[Meeting, ...] = ()
    waiting: tuple[Meeting, ...] = ()
    next: Meeting | None = None
    dossier: Dossier | None = None
    way: Leg | None = None
    goes_on: bool = False
    days: tuple[date, ...] = field(default=())

    @property
    def minutes_left(self) -> int | None:
        """Until the next meeting begins, negative when it has begun; None where none is left or it is another day."""
        if self.next is None or self.next.visit.day != self.today:
            return None
        return (self.next.visit.start or 0) - self.now


def trip_under_way(office: Office, day: date) -> int:
    """The trip that this is a day of, one that is 在途 first; in a pack else the next one, or the last; 0 for none."""
    trips = [trip for trip in office.find(Query(Trip, where=(Where("state", "!=", GIVEN_UP),))) if trip.start]
    there = [trip for trip in trips if trip.start and trip.end and trip.start <= day <= trip.end]
    if there:
        return max(
            there, key=lambda trip: (trip.state_on(day) == UNDER_WAY, trip.state != DRAFT, trip.start, trip.id)
        ).id
    if not office.pack or not trips:
        return 0
    coming = [trip for trip in trips if trip.start and trip.start > day]
    if coming:
        return min(coming, key=lambda trip: (trip.start, trip.id)).id
    return max(trips, key=lambda trip: (trip.start, trip.id)).id


def day_out(office: Office, trip: int, at: datetime, team: int = 0, day: date | None = None, chosen: int = 0) -> DayOut:
    """What today's page shows at that moment, for one team or all of them, of today or of another day of the trip;
    the dossier is that of the visit `chosen`, else of the next one."""
    pack = briefing_of(office, trip)
    local = at.astimezone(SHANGHAI)
    today, now = local.date(), local.hour * 60 + local.minute
    start, end = pack.trip.start or today, pack.trip.end or today
    shown = day or min(max(today, start), end)
    own = [visit for visit in pack.visits if not team or visit.team in (team, 0)]
    placed = sorted(
        (visit for visit in own if visit.day and visit.start is not None and visit.state not in (CALLED_OFF, WAITING)),
        key=lambda visit: (visit.day, visit.start, visit.id),
    )
    meetings = [_meeting(pack, visit) for visit in placed]
    coming = [one for one in meetings if not one.is_over(today, now)]
    first = next((one for one in coming if one.visit.day == shown), coming[0] if coming and not day else None)
    told = next((visit for visit in own if visit.id == chosen), first.visit if first else None)
    ways = [leg for leg in pack.legs if leg.day == shown and (not team or leg.team == team)]
    way = ways[-1] if ways else None
    return DayOut(
        trip=pack.trip,
        teams=tuple(pack.teams),
        today=today,
        now=now,
        day=shown,
        meetings=tuple(one for one in meetings if one.visit.day == shown),
        dropped=tuple(_meeting(pack, v) for v in own if v.state == CALLED_OFF and v.day in (shown, None)),
        waiting=tuple(_meeting(pack, v) for v in own if v.state == WAITING),
        next=first,
        dossier=dossier_of(pack, told) if told else None,
        way=way,
        goes_on=way is not None and goes_on(way, pack.legs),
        days=tuple(date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1)),
    )


def dossier_of(pack: BriefingPack, visit: Visit) -> Dossier | None:
    """Who they are, whom we meet with habits and taboos, what was before, what to say and what not."""
    investor = pack.investor_of.get(visit.investor)
    if investor is None:
        return None
    target = Target(investor, (visit,))
    contacts = pack.people_of(target)
    past = pack.past_of(investor)
    matches = talking.matching_projects(investor, pack.projects, pack.stakes)
    members = pack.team_members(pack.team_of[visit.team]) if visit.team in pack.team_of else []
    authority = [f"{member.authority}（{member.name}）" for member in members if member.authority]
    return Dossier(
        investor,
        tuple(_facts(investor)),
        tuple((contact, tuple(talking.habits(contact, pack.printed))) for contact in contacts),
        tuple(past),
        tuple(
            talking.to_say(
                investor, history=past, matches=matches, facts=pack.facts, authority=authority, today=pack.printed
            )
        ),
        tuple(talking.not_to_say(investor, contacts=contacts, history=past, today=pack.printed)),
    )


@dataclass(frozen=True)
class Unplanned:
    """A visit that nobody had planned: an investor of ours, or the name of a new one, and who was met there."""

    investor: int = 0
    name: str = ""
    place: str = ""
    contact: str = ""
    mobile: str = ""
    minutes: int = UNPLANNED_MINUTES


@dataclass(frozen=True)
class Added:
    """A visit that was put in, by its key."""

    key: int
    changes: Changes


def add_unplanned(office: Office, trip: int, team: int, wish: Unplanned, at: datetime) -> Added:
    """A visit here and now, with its investor if that is a new one, as one change."""
    if not wish.investor and not wish.name.strip():
        raise KnownError("还没有说见的是谁。", "请选一家客商，或者写下新客商的名称。")
    local = at.astimezone(SHANGHAI)
    with office.transaction(f"临时拜访：{wish.name or '一家客商'}") as tx:
        count_as_planned(tx, tx.get(Trip, trip))
        own = tx.get(Team, team) if team else None
        investor = tx.get(Investor, wish.investor) if wish.investor else None
        if investor is None:
            investor = tx.save(Investor(name=wish.name.strip(), place=wish.place, source="外出途中"))
        contacts: tuple[int, ...] = ()
        if wish.contact.strip():
            met = Contact(investor=investor.id, name=wish.contact.strip(), mobile=wish.mobile)
            contacts = (tx.save(met).id,)
        visit = Visit(
            investor=investor.id,
            contacts=contacts,
            trip=trip,
            team=team,
            state=PLACED,
            day=local.date(),
            start=(local.hour * 60 + local.minute) // GRID * GRID,
            minutes=wish.minutes,
            place=wish.place or investor.place,
            address=investor.address if not wish.place else "",
            members=own.members if own else (),
            unplanned=True,
        )
        tx.save(visit)
    return Added(visit.id, tx.changes)


def team_of(teams: Sequence[Team], member: int) -> int:
    """The team that somebody travels in; the only one there is; 0 for all of them."""
    own = [team.id for team in teams if member and member in team.members]
    return own[0] if own else teams[0].id if len(teams) == 1 else 0


def _meeting(pack: BriefingPack, visit: Visit) -> Meeting:
    investor = pack.investor_of.get(visit.investor)
    team = pack.team_of.get(visit.team)
    hosts = tuple(pack.hosts(visit)) if investor else ()
    name = (investor.short_name or investor.name) if investor else "（客商已删除）"
    return Meeting(visit, name, team.name if team else "", hosts, _leg_to(pack, visit))


def _leg_to(pack: BriefingPack, visit: Visit) -> Leg | None:
    """The last way of the team that ends before the meeting and after the one before it."""
    if visit.day is None or visit.start is None:
        return None
    start = visit.start
    earlier = [
        other.start
        for other in pack.visits
        if (other.team, other.day) == (visit.team, visit.day)
        and other.id != visit.id
        and other.start is not None
        and other.start < start
        and other.state != CALLED_OFF
    ]
    since = max(earlier, default=-1)
    legs = [
        leg
        for leg in pack.legs
        if (leg.team, leg.day) == (visit.team, visit.day) and since <= (leg.start or 0) and (leg.end or 0) <= start
    ]
    found = max(legs, key=lambda leg: leg.start or 0, default=None)
    first = min(legs, key=lambda leg: leg.start or 0, default=None)
    return replace(found, start=first.start) if found and first and found is not first else found


def _facts(investor: Investor) -> list[tuple[str, str]]:
    chain = "·".join(part for part in (investor.chain, investor.chain_node) if part)
    told = (
        ("产业链", chain),
        ("等级", investor.level),
        ("主营", investor.business),
        ("计划", investor.plans),
        ("需求", investor.needs),
        ("与本地", investor.local_ties),
    )
    return [(label, talking.without_unit_numbers(text)) for label, text in told if text]
