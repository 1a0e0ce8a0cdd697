"""What a briefing pack is made from, and how its records hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.day import WEEKDAYS, write_hour
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import CALLED_OFF, Visit

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_LATE = date.max
_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Target:
    """Who is to be met on the trip, and at which of its meetings."""

    investor: Investor
    visits: tuple[Visit, ...]


@dataclass(frozen=True, kw_only=True)
class BriefingPack:
    """The records of one trip and everything they reach, in any order.

    `history` are the targets' visits outside this trip; `projects` those that may match (own ones
    and open ones); `office` is the name on the cover; `caution` what the days of the itinerary rest on.
    """

    office: str
    printed: date
    trip: Trip
    teams: Sequence[Team] = ()
    visits: Sequence[Visit] = ()
    legs: Sequence[Leg] = ()
    budget: Sequence[BudgetLine] = ()
    investors: Collection[Investor] = ()
    contacts: Collection[Contact] = ()
    projects: Collection[Project] = ()
    stakes: Collection[Stake] = ()
    history: Collection[Visit] = ()
    members: Collection[Member] = ()
    experts: Collection[Expert] = ()
    units: Collection[Unit] = ()
    facts: Collection[CountyFact] = ()
    caution: str = ""

    @property
    def name(self) -> str:
        """What the trip is called, without the date that the program puts behind it."""
        head, _, tail = self.trip.name.rpartition(" ")
        return head if head and tail.replace("-", "").isdecimal() else self.trip.name

    @cached_property
    def investor_of(self) -> dict[int, Investor]:
        return _by_id(self.investors)

    @cached_property
    def contact_of(self) -> dict[int, Contact]:
        return _by_id(self.contacts)

    @cached_property
    def member_of(self) -> dict[int, Member]:
        return _by_id(self.members)

    @cached_property
    def expert_of(self) -> dict[int, Expert]:
        return _by_id(self.experts)

    @cached_property
    def unit_of(self) -> dict[int, Unit]:
        return _by_id(self.units)

    @cached_property
    def team_of(self) -> dict[int, Team]:
        return _by_id(self.teams)

    @cached_property
    def planned(self) -> list[Visit]:
        """The meetings of the trip in the order of their hours; those without a day come last."""
        place = {team.id: number for number, team in enumerate(self.teams)}
        kept = [visit for visit in self.visits if visit.state != CALLED_OFF]
        return sorted(kept, key=lambda v: (v.day or _LATE, v.start or 0, place.get(v.team, len(place)), v.id))

    @cached_property
    def targets(self) -> list[Target]:
        """Every investor to be met, once, in the order of the first meeting."""
        meetings: dict[int, list[Visit]] = {}
        for visit in self.planned:
            if visit.investor in self.investor_of:
                meetings.setdefault(visit.investor, []).append(visit)
        return [Target(self.investor_of[key], tuple(visits)) for key, visits in meetings.items()]

    def people_of(self, target: Target) -> list[Contact]:
        """The investor's contacts: those to be met first, then who decides, then the others."""
        met = [key for visit in target.visits for key in visit.contacts]
        own = [contact for contact in self.contacts if contact.investor == target.investor.id]
        return sorted(own, key=lambda c: (c.id not in met, not c.decides, c.id))

    def hosts(self, visit: Visit) -> list[Contact]:
        """Whom to ask for at a meeting: the named ones, else the first that the investor has."""
        named = [self.contact_of[key] for key in visit.contacts if key in self.contact_of]
        return named or self.people_of(Target(self.investor_of[visit.investor], (visit,)))[:1]

    def past_of(self, investor: Investor) -> list[Visit]:
        """What was between us before, newest first."""
        own = [
            v for v in self.history if v.investor == investor.id and v.trip != self.trip.id and v.state != CALLED_OFF
        ]
        return sorted(own, key=lambda visit: visit.day or date.min, reverse=True)

    def team_members(self, team: Team) -> list[Member]:
        return [self.member_of[key] for key in team.members if key in self.member_of]

    def team_experts(self, team: Team) -> list[Expert]:
        return [self.expert_of[key] for key in team.experts if key in self.expert_of]

    def team_names(self, team: Team) -> str:
        """Everybody who travels in the team."""
        members = [member.name for member in self.team_members(team)]
        return "、".join(members + [expert.name for expert in self.team_experts(team)])


def long_day(day: date) -> str:
    """11月24日（周二）"""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def short_place(code: str) -> str:
    """A place without its province, as people on the way say it: 无锡 新吴区; 上海 浦东新区."""
    parts = place_name(code).split()
    return " ".join(parts[1:] if len(parts) > 1 and code[:2] not in MUNICIPALITIES else parts)


def hours(start: int | None, minutes: int | None) -> str:
    """09:30–11:00; 待定 without a beginning."""
    if start is None:
        return "待定"
    if not minutes:
        return write_hour(start)
    return f"{write_hour(start)}–{write_hour(min(start + minutes, 24 * 60))}"


def span(start: date | None, end: date | None) -> str:
    """2026年11月24日—28日, with as much of the second date as differs."""
    if start is None or end is None or start == end:
        only = start or end
        return f"{only.year}年{only.month}月{only.day}日" if only else "日期待定"
    first = f"{start.year}年{start.month}月{start.day}日"
    if start.year != end.year:
        return f"{first}—{end.year}年{end.month}月{end.day}日"
    return f"{first}—{end.day}日" if start.month == end.month else f"{first}—{end.month}月{end.day}日"


def _by_id(records: Iterable[_R]) -> dict[int, _R]:
    return {record.id: record for record in records}
