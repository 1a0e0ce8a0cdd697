"""Who could go on a trip, what they can do, and what the meetings call for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.trip import Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.planning.crew import Need, needs_of, person_of
from zhaoshang_desktop.ui.trip.sight import OFF_THE_LIST

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.investor import Investor
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.trip.sight import Sight


@dataclass(frozen=True)
class Somebody:
    """One of ours or an expert; `busy` says which other trip they are on in these days."""

    key: int
    expert: bool
    name: str
    post: str
    can: tuple[str, ...]
    busy: str = ""

    @property
    def who(self) -> tuple[bool, int]:
        return self.expert, self.key


@dataclass(frozen=True)
class Pool:
    """Everybody who could go, our own first."""

    people: tuple[Somebody, ...] = ()

    def find(self, who: tuple[bool, int]) -> Somebody | None:
        return next((one for one in self.people if one.who == who), None)


def pool(start: date | None, end: date | None, trip: int) -> Callable[[Office], Pool]:
    """The question who could go from start to end."""

    def question(office: Office) -> Pool:
        busy = _busy(office, start, end, trip)
        units = {key: short or name for key, name, short in office.columns(Unit, "name", "short_name")}
        members = sorted(office.find(Query(Member, order=("name",))), key=lambda one: (True, one.id) in busy)
        ours = [
            Somebody(
                one.id,
                False,
                one.name,
                f"{units.get(one.unit, '')} {one.duty}".strip(),
                (*one.skills, *one.languages),
                busy.get((False, one.id), ""),
            )
            for one in members
        ]
        experts = [
            Somebody(
                one.id,
                True,
                one.name,
                f"专家 {one.employer}",
                (*one.skills, *one.languages),
                busy.get((True, one.id), ""),
            )
            for one in office.find(Query(Expert, order=("name",)))
        ]
        return Pool((*ours, *experts))

    return question


def _busy(office: Office, start: date | None, end: date | None, trip: int) -> dict[tuple[bool, int], str]:
    """Who is on another trip then, and which."""
    if start is None or end is None:
        return {}
    overlapping = (Where("start", "<=", end), Where("end", ">=", start), Where("state", "!=", OFF_THE_LIST))
    others = {one.id: one for one in office.find(Query(Trip, where=overlapping)) if one.id != trip}
    found: dict[tuple[bool, int], str] = {}
    for team in office.find(Query(Team)) if others else ():
        other = others.get(team.trip)
        if other is not None:
            words = f"{other.start:%m-%d} 至 {other.end:%m-%d} 在“{other.name}”"
            found |= {(False, key): words for key in team.members}
            found |= {(True, key): words for key in team.experts}
    return found


@dataclass(frozen=True)
class Cover:
    """What one person does for one target: the needs they meet, of how many, and why else they belong there."""

    met: tuple[str, ...] = ()
    of: int = 0
    owner: bool = False

    @property
    def words(self) -> str:
        parts = ["责任人"] if self.owner else []
        return "、".join([*parts, *self.met])


@dataclass(frozen=True)
class Table:
    """Persons × skills × targets: `teams` by name with their people; `lacking` what nobody in a team can."""

    needs: tuple[Need, ...] = ()
    targets: tuple[tuple[int, str], ...] = ()
    teams: tuple[tuple[str, tuple[Somebody, ...]], ...] = ()
    skills: Mapping[tuple[bool, int], frozenset[str]] = field(default_factory=dict)
    covers: Mapping[tuple[tuple[bool, int], int], Cover] = field(default_factory=dict)
    lacking: tuple[tuple[Need, tuple[Somebody, ...]], ...] = ()


def table_of(sight: Sight, people: Pool, teams: Sequence[tuple[str, Sequence[tuple[bool, int]]]]) -> Table:
    """The matrix for these teams, each as its name and who is in it."""
    investors = {
        visit.id: sight.book.investors[visit.investor]
        for visit in sight.targets
        if visit.investor in sight.book.investors
    }
    needs = tuple(needs_of(list(investors.values())))
    groups = tuple((name, tuple(filter(None, (people.find(who) for who in group)))) for name, group in teams)
    going = [one for _, group in groups for one in group]
    skills = {one.who: _skills(one) for one in going}
    own_needs = {visit: [need.skill for need in needs_of([investor])] for visit, investor in investors.items()}
    covers = {
        (one.who, visit): _cover(one, skills[one.who], own_needs[visit], investor)
        for one in going
        for visit, investor in investors.items()
    }
    lacking = tuple(
        (need, tuple(one for one in people.people if need.skill in _skills(one) and not one.busy)[:4])
        for need in needs
        if not any(need.skill in skills[one.who] for one in going)
    )
    targets = tuple((visit.id, sight.called(visit)) for visit in sight.targets if visit.id in investors)
    return Table(needs, targets, groups, skills, covers, lacking)


def _skills(one: Somebody) -> frozenset[str]:
    """By the words the needs are named with; a level after a language is not asked for."""
    record = Member(id=one.key, name=one.name, skills=one.can)
    return person_of(record).can | {word.split()[0] for word in one.can if word.split()}


def _cover(one: Somebody, can: frozenset[str], needs: Sequence[str], investor: Investor) -> Cover:
    owner = not one.expert and bool(investor.owner) and investor.owner == one.key
    return Cover(tuple(need for need in needs if need in can), len(needs), owner)
