"""Whom a trip might see: the whole library ranked, the best with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.firm_name import spoken_name
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, Visit
from zhaoshang_desktop.planning.abilities import same_home
from zhaoshang_desktop.planning.suggest import (
    STAGE_SHARES,
    WAITING,
    Suggestion,
    Tie,
    Wanted,
    explain,
    rules_of,
    terms_of,
)
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

FRIENDLY = ("战友", "老乡", "同学", "朋友")
SCHOOL, INTRODUCED, HOME = 1000, 900, 700


@dataclass(frozen=True)
class Sieve:
    """Which candidates are wanted: inside these places, of this chain, of these levels, not met for so many days
    (or never), with a project in talk, with a lead that waits, and with these words in them."""

    places: tuple[str, ...] = ()
    chain: str = ""
    levels: tuple[str, ...] = ()
    silent: int = 0
    in_talk: bool = False
    with_lead: bool = False
    words: str = ""


EVERYBODY = Sieve()


def candidates(office: Office, trip: int, sieve: Sieve = EVERYBODY, limit: int = 200) -> list[Suggestion]:
    """The best investors for a trip that are not on it yet.

    A region that is chosen is where the trip goes, else the places of its visits are. The score of every investor is
    reckoned by the database; what is known of few (acquaintances, stages, leads) is gathered before. Whoever is looked
    for by words is shown even if nothing speaks for a visit, or if they are on the trip.
    """
    book = load_trip(office, trip)
    wanted = wanted_of(office, book, sieve.places)
    on_it = {visit.investor for visit in book.visits if visit.state != CALLED_OFF}
    question = Query(Investor, words=sieve.words, where=tuple(_conditions(sieve, wanted)))
    named = bool(sieve.words.strip())
    found = office.best(question, terms_of(wanted), limit + len(on_it), positive=not named)
    keys = [key for key, _ in found if named or key not in on_it][:limit]
    return explain(office.rows(Investor, keys), wanted)


def wanted_of(office: Office, book: TripBook, places: tuple[str, ...] = ()) -> Wanted:
    """What speaks for a visit on this trip, as far as the records beside the investors tell."""
    on_it = [visit for visit in book.visits if visit.state != CALLED_OFF]
    there = [book.investors[visit.investor] for visit in on_it if visit.investor in book.investors]
    day = today(office.clock)
    leads = office.columns(
        Lead, "investor", "subject", "channel", "provider", where=(Where("state", "in", WAITING), _filled("investor"))
    )
    waiting: dict[int, tuple[str, ...]] = {}
    for _, investor, subject, _, _ in leads:
        waiting[investor] = (*waiting.get(investor, ()), subject)
    introduced = {lead[1]: f"{lead[3]}{lead[4]}牵线" for lead in leads if lead[3] in FRIENDLY and lead[4]}
    crew = {key for team in book.teams for key in team.members}
    return Wanted(
        today=day,
        rules=rules_of(office.find(Query(TargetRule)), day),
        chain=book.trip.chain,
        industries={one.industry: spoken_name(one.name, one.short_name, one.place) for one in there if one.industry},
        base=book.trip.base,
        places=places or tuple(sorted({visit.place for visit in on_it if visit.place})),
        stages=_stages(office),
        leads=waiting,
        ties=_ties(office, crew, introduced),
        met=_met(office, book, crew),
    )


def _conditions(sieve: Sieve, wanted: Wanted) -> list[Where]:
    where = []
    if sieve.places:
        where.append(Where("place", "under", sieve.places))
    if sieve.chain:
        where.append(Where("chain", "=", sieve.chain))
    if sieve.levels:
        where.append(Where("level", "in", sieve.levels))
    if sieve.silent:
        where.append(Where("last_contact", "not after", wanted.today - timedelta(days=sieve.silent)))
    if sieve.in_talk:
        where.append(Where("open_projects", ">=", 1))
    if sieve.with_lead:
        where.append(Where("id", "in", tuple(wanted.leads)))
    return where


def _filled(field: str) -> Where:
    return Where(field, "filled")


def _stages(office: Office) -> dict[int, str]:
    """By investor the stage of the open project for which a visit is worth most."""
    stages = dict(office.columns(Project, "stage", where=(_filled("stage"),)))
    found: dict[int, str] = {}
    for _, project, investor in office.columns(Stake, "project", "investor", where=(_filled("investor"),)):
        stage = stages.get(project, "")
        if STAGE_SHARES.get(stage, 0) > STAGE_SHARES.get(found.get(investor, ""), 0):
            found[investor] = stage
    return found


def _ties(office: Office, crew: set[int], introduced: dict[int, str]) -> dict[int, Tie]:
    """Who at an investor was at school with one of us or comes from the same city; us: who goes, else all of ours."""
    ours: Sequence[Member] = office.rows(Member, sorted(crew)) if crew else office.find(Query(Member, order=("id",)))
    found = {key: Tie(INTRODUCED, words) for key, words in introduced.items()}
    cities = {city: one for one in reversed(ours) if one.home_place and (city := _city(one.home_place))}
    for _, investor, name, home in _contacts(office, "home_place", "under", tuple(cities)):
        city = _city(home)
        if city in cities and investor not in found:
            words = f"{name}与{cities[city].name}同乡（{place_name(city).split()[-1]}）"
            found[investor] = Tie(HOME, words)
    schools = {one.school: one for one in reversed(ours) if one.school}
    for _, investor, name, school in _contacts(office, "school", "in", tuple(schools)):
        found[investor] = Tie(SCHOOL, f"{name}与{schools[school].name}同校（{school}）")
    return found


def _city(home: str) -> str:
    """The city of a home place, "" when no more than the province is known."""
    return same_home(home, home) if home else ""


def _contacts(office: Office, field: str, operator: str, values: tuple[str, ...]) -> list[tuple[int, int, str, str]]:
    if not values:
        return []
    where = (Where(field, operator, values),)  # type: ignore[arg-type]
    return office.columns(Contact, "investor", "name", field, where=where)


def _met(office: Office, book: TripBook, crew: set[int]) -> dict[int, str]:
    """Whom those who go have seen before, and who of them was the last."""
    if not crew:
        return {}
    names = {key: member.name for key, member in book.members.items()}
    held = (Where("state", "=", HELD), _filled("members"), _filled("day"))
    found: dict[int, tuple[str, str]] = {}
    for _, investor, day, members in office.columns(Visit, "investor", "day", "members", where=held):
        seen = [key for key in members if key in crew]
        if seen and (investor not in found or found[investor][0] < day.isoformat()):
            found[investor] = day.isoformat(), names.get(seen[0], "")
    return {investor: f"{name}{day}见过" for investor, (day, name) in found.items()}
