"""Who could go on a trip, and the smallest teams for whom it is to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.budget import rules_of
from zhaoshang_desktop.actions.trip import TeamWish, set_teams
from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.firm_name import spoken_name
from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import ASIDE
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import GIVEN_UP, Team, Trip
from zhaoshang_desktop.domain.unit import TRAVEL_RANKS, Member, Unit
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, Visit
from zhaoshang_desktop.planning.abilities import abilities_of, same_home
from zhaoshang_desktop.planning.budget import EXPERT_RANK, budget
from zhaoshang_desktop.planning.crew import Host, Party, Person, Proposal, Who, propose, spread
from zhaoshang_desktop.planning.lodging import limit_for
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office

LOOKED_BACK = 90
"""Over so many days before a trip somebody's other trips are counted, to share the burden."""
LED = "领导带队"
PER_HEAD = ("伙食补助", "市内交通", "住宿费", "城市间交通费（高铁）")
"""Lines of a budget that grow with the people; what the others hold is gone from the limit already."""


def propose_crew(office: Office, trip: int, *, anew: bool = False, progress: Progress = untold) -> Proposal:
    """The smallest teams for whom the trip is to see, around those already chosen, or `anew` without them."""
    book = load_trip(office, trip)
    hosts = hosts_of(office, book)
    if not hosts:
        raise KnownError("还没有拜访对象。", "请先在“拜访对象”一步选好要见的客商，再看建议人选。")
    people = people_of(office, book.trip, [host.investor for host in hosts])
    by_who = {person.who: person for person in people}
    teams = book.teams or [Team(trip=trip, name="一队")]
    fixed = {
        visit.id: number
        for visit in book.visits
        for number, team in enumerate(teams)
        if team.id and team.id in (visit.only_team, visit.team)
    }
    parties = []
    for team, part in zip(teams, spread(hosts, fixed, len(teams)), strict=True):
        kept = () if anew else tuple(filter(None, map(by_who.get, _inside(team))))
        parties.append(Party(team.name, tuple(part), kept, _costs(office, book, team, part)))

    def told(tried: int) -> None:
        progress(f"正在挑选人选：已试 {tried:,} 种")

    return propose(parties, people, _limit(book), book.trip.kind == LED, told)


def take_crew(
    office: Office, trip: int, proposal: Proposal, wanted: Iterable[tuple[int, Who]], anew: bool = False
) -> Changes:
    """Puts those proposed people into their teams who are wanted (number of the team, who); `anew` in place of those
    who were in them."""
    book = load_trip(office, trip)
    if book.teams and [team.name for team in book.teams] != [team.name for team in proposal.teams]:
        raise KnownError("分队已经变了，建议没有采用。", "请重新看建议人选。")
    chosen = set(wanted)
    wishes = []
    for number, team in enumerate(proposal.teams):
        stored = book.teams[number] if number < len(book.teams) else Team(name=team.name)
        inside = [] if anew else list(_inside(stored))
        going = [*inside, *(p.person.who for p in team.picks if (number, p.person.who) in chosen)]
        wishes.append(_wish(stored, going))
    return set_teams(office, trip, [*wishes, *(_wish(team, _inside(team)) for team in book.teams[len(wishes) :])])


def hosts_of(office: Office, book: TripBook) -> list[Host]:
    """Whom the trip is to see, or has seen, with the stages their open projects are at."""
    investors = sorted({visit.investor for visit in book.visits})
    stakes = office.find(Query(Stake, where=(Where("investor", "in", tuple(investors)),), order=("id",)))
    projects = {one.id: one for one in office.rows(Project, sorted({stake.project for stake in stakes}))}
    stages: dict[int, list[str]] = {}
    for stake in stakes:
        project = projects.get(stake.project)
        if project and not project.removed and project.stage and project.stage not in ASIDE:
            stages.setdefault(stake.investor, []).append(project.stage)
    return [
        Host(
            visit.id,
            book.investors[visit.investor],
            _called(book.investors[visit.investor]),
            tuple(stages.get(visit.investor, ())),
            visit.place,
        )
        for visit in book.visits
        if visit.state != CALLED_OFF and visit.investor in book.investors
    ]


def people_of(office: Office, trip: Trip, investors: Sequence[Investor] = ()) -> list[Person]:
    """Everybody of ours and every expert, the free ones of ours first, with how they know these investors."""
    units = {key: short or name for key, name, short in office.columns(Unit, "name", "short_name")}
    members: list[Member] = office.find(Query(Member, order=("name",)))
    experts: list[Expert] = office.find(Query(Expert, order=("name",)))
    everybody: list[Member | Expert] = [*members, *experts]
    others = _other_trips(office, trip)
    busy = _busy(office, trip, others, experts)
    load = _load(trip, others)
    knows = _knowing(office, investors, everybody)
    found = []
    for one in everybody:
        who = (isinstance(one, Expert), one.id)
        unit = "" if isinstance(one, Expert) else units.get(one.unit, "")
        post = f"专家 {one.employer}" if isinstance(one, Expert) else f"{unit} {one.duty}"
        rank = EXPERT_RANK if isinstance(one, Expert) else one.rank
        can, abilities = (*one.skills, *one.languages), abilities_of(one, unit)
        known, away = knows.get(who, {}), busy.get(who, "")
        found.append(
            Person(one.id, who[0], one.name, post.strip(), can, abilities, known, away, load.get(who, 0), rank)
        )
    return sorted(found, key=lambda person: (person.expert, bool(person.busy)))


def _called(investor: Investor) -> str:
    return spoken_name(investor.name, investor.short_name, investor.place)


def _inside(team: Team) -> list[Who]:
    return [(False, key) for key in team.members] + [(True, key) for key in team.experts]


def _wish(team: Team, people: Sequence[Who]) -> TeamWish:
    members = tuple(key for expert, key in people if not expert)
    experts = tuple(key for expert, key in people if expert)
    return TeamWish(team.name, members, experts, team.mode, team.official_car, team.id)


def _other_trips(office: Office, trip: Trip) -> list[tuple[Trip, Team]]:
    """The teams of other trips in these days and the time before."""
    if trip.start is None or trip.end is None:
        return []
    since = trip.start - timedelta(days=LOOKED_BACK)
    where = (Where("start", "<=", trip.end), Where("end", ">=", since), Where("state", "!=", GIVEN_UP))
    trips = {one.id: one for one in office.find(Query(Trip, where=where)) if one.id != trip.id}
    if not trips:
        return []
    teams = office.find(Query(Team, where=(Where("trip", "in", tuple(trips)),), order=("id",)))
    return [(trips[team.trip], team) for team in teams]


def _busy(office: Office, trip: Trip, others: Sequence[tuple[Trip, Team]], experts: Sequence[Expert]) -> dict[Who, str]:
    """Why somebody is not free: another trip, leave and duties, or a term that has run out."""
    if trip.start is None or trip.end is None:
        return {}
    found: dict[Who, str] = {}
    for expert in experts:
        if not _serves(expert, trip.start, trip.end):
            found[True, expert.id] = f"聘期 {expert.term}，不含这几天"
    for absence in office.find(Query(Absence, where=(Where("start", "<=", trip.end),), order=("start",))):
        if absence.holds(trip.start, trip.end):
            found[False, absence.member] = f"{_span(absence.start, absence.end or absence.start)} {absence.kind}"
    for other, team in others:
        if other.start and other.end and other.start <= trip.end and other.end >= trip.start:
            for who in _inside(team):
                found[who] = f"{_span(other.start, other.end)} 在“{other.name}”"
    return found


def _serves(expert: Expert, first: date, last: date) -> bool:
    """Whether the term, as far as it is known, holds these days."""
    if expert.term is None:
        return True
    start, end = expert.term.start, expert.term.end
    return (start is None or start.earliest <= first) and (end is None or end.latest >= last)


def _load(trip: Trip, others: Sequence[tuple[Trip, Team]]) -> dict[Who, int]:
    """How many days somebody was away in the time before the trip."""
    days: dict[Who, int] = {}
    for other, team in others:
        if other.start and other.end and trip.start and other.end < trip.start:
            for who in _inside(team):
                days[who] = days.get(who, 0) + (other.end - other.start).days + 1
    return days


def _span(first: date | None, last: date | None) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d} 至 {last:%m-%d}"


def _knowing(
    office: Office, investors: Sequence[Investor], people: Sequence[Member | Expert]
) -> dict[Who, dict[int, str]]:
    """By person and investor the best that can be said: responsible, met, at the same school, from the same city."""
    keys = tuple(sorted({one.id for one in investors}))
    if not keys:
        return {}
    found: dict[Who, dict[int, str]] = {}
    ties = _ties(office, keys, people)
    leads = office.find(Query(Lead, where=(Where("investor", "in", keys), Where("expert", "filled")), order=("id",)))
    told = (((True, lead.expert), lead.investor, "提供过信息") for lead in leads)
    met = _met(office, keys)
    owners = [((False, one.owner), one.id, "责任人") for one in investors if one.owner]
    owners += [((False, one.head_owner), one.id, "头部目标责任人") for one in investors if one.head_owner]
    for who, investor, words in (*owners, *met, *ties, *told):
        found.setdefault(who, {}).setdefault(investor, words)
    return found


def _met(office: Office, keys: tuple[int, ...]) -> list[tuple[Who, int, str]]:
    """The latest meeting of each of ours with each of the investors."""
    where = (Where("investor", "in", keys), Where("state", "=", HELD))
    visits: list[Visit] = office.find(Query(Visit, where=where, order=("-day",)))
    return [
        ((False, member), visit.investor, f"{visit.day:%Y-%m-%d}见过" if visit.day else "见过")
        for visit in visits
        for member in visit.members
    ]


def _ties(office: Office, keys: tuple[int, ...], people: Sequence[Member | Expert]) -> list[tuple[Who, int, str]]:
    """Who was at school with one of theirs, or comes from the same city."""
    contacts = office.find(Query(Contact, where=(Where("investor", "in", keys),), order=("id",)))
    schools = [(tie.investor, f"与{tie.name}同校（{tie.school}）", tie.school) for tie in contacts if tie.school]
    homes = [(tie.investor, tie.name, tie.home_place) for tie in contacts if tie.home_place]
    found: list[tuple[Who, int, str]] = []
    for one in people:
        who = (isinstance(one, Expert), one.id)
        found += [(who, investor, words) for investor, words, school in schools if school == one.school]
        for investor, name, home in homes:
            city = same_home(one.home_place, home)
            if city:
                found.append((who, investor, f"与{name}同乡（{place_name(city).split()[-1]}）"))
    return found


def _costs(office: Office, book: TripBook, team: Team, hosts: Sequence[Host]) -> Mapping[str, int]:
    """What a person of each rank costs in this team (分): allowances of the days and, between them, nights at the mean
    of the limits where the team goes. Ways are not counted: they are hardly known before the days are planned."""
    trip = book.trip
    if trip.start is None or trip.end is None:
        return {}
    rules = rules_of(office, book)
    alone = replace(team, members=(1,), experts=())
    allowances = budget(trip, [alone], [], [], rules).total.fen
    nights = (trip.end - trip.start).days
    found = {}
    for rank in TRAVEL_RANKS:
        limits = [limit_for(rules.limits, host.where, rank, trip.start) for host in hosts if host.where]
        known = [one.amount.fen for one in limits if one]
        found[rank] = allowances + (nights * sum(known) // len(known) if known else 0)
    return found


def _limit(book: TripBook) -> int | None:
    """What the fund leaves for people (分), after what is planned for other things; None without a limit."""
    left = left_of(book.trip.fund_limit, [line.planned for line in book.budget if not line.item.startswith(PER_HEAD)])
    return None if left is None or left.currency != "CNY" else max(0, left.fen)
