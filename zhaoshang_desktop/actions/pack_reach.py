"""What a pack holds: the chosen trips or records, and everything they reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, LodgingLimit, Rate, SeatRule, TravelRule
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.expert import Expert, Service
from zhaoshang_desktop.domain.fairness import FairRule
from zhaoshang_desktop.domain.follow_rule import FollowRule
from zhaoshang_desktop.domain.followup import Concern
from zhaoshang_desktop.domain.form import Form
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import CHILDREN
from zhaoshang_desktop.domain.pack import Pack, PackReturn
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import Reception, ReceptionPerson
from zhaoshang_desktop.domain.reception_rule import ReceptionRule
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.sending import Sending, SendingUnit
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.trip import BudgetLine, Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

ALWAYS: tuple[type[Record], ...] = (
    *(Unit, Member, Absence),
    *(CountyFact, Allowance, LodgingLimit, SeatRule, CalendarDay, Rate, TravelRule),
    *(TargetRule, FollowRule, FairRule, ReceptionRule),
)
"""What every trip needs whole: our own people, what is said about the county, the rules of travel."""
NEVER: tuple[type[Record], ...] = (Pack, PackReturn, Sending, SendingUnit, Form)
"""What stays in the office: its registers of what is out, the forms of its superiors."""
_CHUNK = 500

Going = dict[str, set[int]]


def reach(office: Office, chosen: Mapping[type[Record], Iterable[int]], *, abroad: bool = False) -> Going:
    """The keys of all that goes, by noun. `abroad`: nobody's contacts, no names of guests, of our own people and the
    experts only those who travel (or were chosen themselves), no files."""
    going = _Going(office)
    for record, keys in chosen.items():
        going.add(record, keys)
    going.trips()
    going.receptions()
    travelling = {Member: {*chosen.get(Member, ()), *going.team_members()}, Expert: set(going.keys(Expert))}
    going.firms()
    going.projects()
    going.leads()
    for record in ALWAYS:
        going.add(record, office.ids(Query(record, order=("id",))))
    if abroad:
        for record, keys in travelling.items():
            going.found[record.NOUN] = keys & going.keys(record)
        for record in (Contact, ReceptionPerson, Absence):
            going.found.pop(record.NOUN, None)
        going.add_where(Absence, "member", going.keys(Member))
    going.services()
    if not abroad:
        going.files()
    return {noun: keys for noun, keys in going.found.items() if keys}


class _Going:
    """What goes, as far as it is found."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.found: Going = {}

    def keys(self, record: type[Record]) -> set[int]:
        """The keys of that type that go, to be added to."""
        return self.found.setdefault(record.NOUN, set())

    def add(self, record: type[Record], keys: Iterable[int]) -> None:
        """Let these go too; 0 stands for no record."""
        self.keys(record).update(key for key in keys if key)

    def add_where(self, record: type[Record], field: str, keys: Iterable[int]) -> None:
        """All records whose link is one of the keys."""
        self.add(record, self._ids(record, field, keys))

    def trips(self) -> None:
        """Teams, ways, costs; who is visited, and which experts come along."""
        trips = self.keys(Trip)
        for child in CHILDREN[Trip]:
            self.add_where(child, child.OWNER, trips)
        self.add_where(Expense, "line", self.keys(BudgetLine))
        self.add_where(Visit, "trip", trips)
        for team in self._office.rows(Team, sorted(self.keys(Team))):
            self.add(Expert, team.experts)
        for service in self._office.rows(Service, self._ids(Service, "trip", trips)):
            self.add(Expert, [service.expert])
        for visit in self._office.rows(Visit, sorted(self.keys(Visit))):
            self.add(Investor, [visit.investor])
            self.add(Project, [visit.project])

    def team_members(self) -> set[int]:
        """Our own people who travel."""
        return {member for team in self._office.rows(Team, sorted(self.keys(Team))) for member in team.members}

    def receptions(self) -> None:
        """Programme, people, meals, cars, costs; who comes, and what was talked about then."""
        receptions = self.keys(Reception)
        for child in CHILDREN[Reception]:
            self.add_where(child, child.OWNER, receptions)
        self.add_where(Visit, "reception", receptions)
        for reception in self._office.rows(Reception, sorted(receptions)):
            self.add(Investor, reception.investors)

    def firms(self) -> None:
        """Their people, all we ever talked about with them, and their projects."""
        firms = set(self.keys(Investor))
        for record in (Contact, Visit, Concern):
            self.add_where(record, "investor", firms)
        for stake in self._office.rows(Stake, self._ids(Stake, "investor", firms)):
            self.add(Project, [stake.project])
        for visit in self._office.rows(Visit, sorted(self.keys(Visit))):
            self.add(Project, [visit.project])

    def projects(self) -> None:
        """All that belongs to a project; its other investors come as one line, without people and visits."""
        projects = self.keys(Project)
        for child in CHILDREN[Project]:
            self.add_where(child, child.OWNER, projects)
        for stake in self._office.rows(Stake, sorted(self.keys(Stake))):
            self.add(Investor, [stake.investor])
        for project in self._office.rows(Project, sorted(projects)):
            self.add(Lead, [project.lead])

    def leads(self) -> None:
        """What is known through any channel about the firms and projects, and which expert gave it."""
        self.add_where(Lead, "investor", self.keys(Investor))
        self.add_where(Lead, "project", self.keys(Project))
        for lead in self._office.rows(Lead, sorted(self.keys(Lead))):
            self.add(Expert, [lead.expert])

    def services(self) -> None:
        """What the experts did before."""
        self.add_where(Service, "expert", self.keys(Expert))

    def files(self) -> None:
        """The attachments of all that goes."""
        for noun, keys in list(self.found.items()):
            owned = Where("owner_noun", "=", noun)
            for chunk in _chunks(keys):
                question = Query(Attachment, where=(owned, Where("owner", "in", chunk)), order=("id",))
                self.add(Attachment, self._office.ids(question))

    def _ids(self, record: type[Record], field: str, keys: Iterable[int]) -> list[int]:
        return [
            key
            for chunk in _chunks(keys)
            for key in self._office.ids(Query(record, where=(Where(field, "in", chunk),), order=("id",)))
        ]


def _chunks(keys: Iterable[int]) -> list[tuple[int, ...]]:
    ordered = sorted(keys)
    return [tuple(ordered[start : start + _CHUNK]) for start in range(0, len(ordered), _CHUNK)]
