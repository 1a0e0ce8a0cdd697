"""Who goes: the smallest teams that together can do what each of their meetings needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.region import ABROAD
from zhaoshang_desktop.planning.abilities import LEADING, Abilities
from zhaoshang_desktop.planning.cover import Option, Task
from zhaoshang_desktop.planning.sharing import Told, share_out, untold

FEWEST, MOST = 2, 5
LANGUAGES = {"日本": "日语", "韩国": "韩语", "德国": "德语", "法国": "法语", "俄罗斯": "俄语"}
ENGLISH = "英语"
TALKING, TECHNICAL = "谈判", "产业技术"
APPROVAL, IMPACT, REGISTERING = "项目审批", "环评能评", "经营主体登记"
AT_STAGE: dict[str, tuple[str, str]] = {
    "在谈": (APPROVAL, "有在谈项目，要答复落地手续"),
    "项目评审": (APPROVAL, "项目在评审，要答复落地手续"),
    "签约": (REGISTERING, "项目已签约，要办登记"),
    "注册": (APPROVAL, "项目公司已注册，要立项"),
    "立项": (IMPACT, "项目已立项，要办环评能评"),
    "供地报建": (IMPACT, "项目在报建，要办环评能评"),
}
"""What a project of the host calls for next, by its stage."""
KNOWING = "认识"
FULL, DEAR, ELSEWHERE = f"有空，但队里已满 {MOST} 人", "有空，但经费限额不够", "在本次的另一队"
Who = tuple[bool, int]


def unusual_size(people: int) -> str:
    """What is to be said of a team of so many, "" of one as large as a 小分队 should be."""
    if FEWEST <= people <= MOST:
        return ""
    return f"{'只' if people < FEWEST else ''}有 {people} 人，小分队一般 {FEWEST}–{MOST} 人"


@dataclass(frozen=True)
class Person:
    """One of ours, or an expert.

    `can` is what stands in the record, `abilities` what follows from it; `knows` says by investor whence they know
    them; `busy` why they are not free in these days, "" when they are; `load` are the days on other trips of late.
    """

    key: int
    expert: bool
    name: str
    post: str = ""
    can: tuple[str, ...] = ()
    abilities: Abilities = field(default_factory=Abilities)
    knows: Mapping[int, str] = field(default_factory=dict)
    busy: str = ""
    load: int = 0
    rank: str = ""

    @property
    def who(self) -> Who:
        return self.expert, self.key


@dataclass(frozen=True)
class Host:
    """One who is to be seen: the visit, the firm, what it is called, and the stages of its open projects."""

    visit: int
    investor: Investor
    name: str = ""
    stages: tuple[str, ...] = ()
    place: str = ""

    @property
    def where(self) -> str:
        return self.place or self.investor.place

    @property
    def called(self) -> str:
        return self.name or self.investor.short_name or self.investor.name


@dataclass(frozen=True)
class Need:
    """What some of the meetings call for: any of the abilities will do, or knowing the `host` (an investor)."""

    skill: str
    visits: tuple[int, ...] = ()
    reason: str = ""
    any_of: tuple[str, ...] = ()
    host: int = 0

    @property
    def meetings(self) -> int:
        return len(self.visits)

    @property
    def words(self) -> str:
        """As what one can: 会日语, 懂新材料, 认识青禾."""
        return self.skill if self.skill.startswith(("懂", KNOWING, LEADING)) else f"会{self.skill}"

    def met_by(self, person: Person) -> str:
        """How the person meets it, in words; "" if they do not."""
        if self.host:
            return person.knows.get(self.host, "")
        found = next((ability for ability in self.any_of if ability in person.abilities), "")
        if not found:
            return ""
        source = person.abilities.known[found]
        return f"{self.skill}（{source}）" if source else self.skill


@dataclass(frozen=True)
class Party:
    """A team as it stands: who is in it already, whom it is to see, and what a person costs by rank (分)."""

    name: str
    hosts: tuple[Host, ...] = ()
    kept: tuple[Person, ...] = ()
    costs: Mapping[str, int] = field(default_factory=dict)

    def cost(self, person: Person) -> int:
        return self.costs.get(person.rank, 0)


@dataclass(frozen=True)
class Pick:
    """Somebody of a proposed team, with what they bring in sentences; `fresh` who was not in it before."""

    person: Person
    brings: tuple[str, ...] = ()
    fresh: bool = True

    @property
    def words(self) -> str:
        return "；".join(self.brings) if self.brings else "增加人手"


@dataclass(frozen=True)
class Gap:
    """A need of a team that nobody in it meets, and those who could with why they do not."""

    need: Need
    could: tuple[tuple[Person, str], ...] = ()


@dataclass(frozen=True)
class ProposedTeam:
    """A team with its needs; `gaps` are those that all its picks together leave."""

    name: str
    picks: tuple[Pick, ...] = ()
    gaps: tuple[Gap, ...] = ()
    hosts: tuple[Host, ...] = ()
    needs: tuple[Need, ...] = ()
    cost: Money = field(default_factory=lambda: Money(0))


@dataclass(frozen=True)
class Proposal:
    """Teams in the order of the trip's; `limit` is what all people together may cost, `proven` is False only if the
    search had to stop before its end."""

    teams: tuple[ProposedTeam, ...] = ()
    proven: bool = True
    limit: Money | None = None

    @property
    def cost(self) -> Money:
        return Money(sum(team.cost.fen for team in self.teams))

    @property
    def fresh(self) -> list[tuple[int, Pick]]:
        """Those who are new, with the number of their team."""
        return [(number, pick) for number, team in enumerate(self.teams) for pick in team.picks if pick.fresh]


def propose(
    parties: Sequence[Party],
    people: Sequence[Person],
    limit: int | None = None,
    led: bool = False,
    told: Told = untold,
) -> Proposal:
    """For each team the people who are to join those already in it.

    What is best, in this order: as many needs of as many meetings met as can be; at least two people in a team; the
    fewest people; the least cost; our own before experts; those who were away least of late (with the number of
    people given, that makes the days of all most equal); of equals the one whose key is older. Nobody is in two
    teams, no team grows above five, everybody proposed is free, and all that join cost no more than `limit` (分)
    together. Needs that nobody free can meet are told, and cost nothing. `told` hears how much was tried.
    """
    wants = [needs_of(party.hosts, people, led and not number) for number, party in enumerate(parties)]
    inside = {person.who for party in parties for person in party.kept}
    free = [person for person in people if not person.busy and person.who not in inside]
    numbers = {person.who: number for number, person in enumerate(sorted(free, key=lambda one: one.who))}
    tasks = [_task(party, needs, free, numbers) for party, needs in zip(parties, wants, strict=True)]
    spent = sum(party.cost(person) for party in parties for person in party.kept)
    answers = share_out(tasks, None if limit is None else max(0, limit - spent), told)
    joining = {number: person for person in free for number in (numbers[person.who],)}
    groups = [
        (*party.kept, *(joining[number] for number in answer.people))
        for party, answer in zip(parties, answers, strict=True)
    ]
    teams = [
        _proposed(party, group, needs, people, groups)
        for party, group, needs in zip(parties, groups, wants, strict=True)
    ]
    proven = all(answer.proven for answer in answers)
    return Proposal(tuple(teams), proven, None if limit is None else Money(limit))


def needs_of(hosts: Sequence[Host], people: Iterable[Person] = (), led: bool = False) -> list[Need]:
    """What the meetings with these call for, each need once with all its meetings.

    That a host is known to somebody is a need only where one of the people knows them; a chain is a need of its own
    only where it is somebody's skill, else it is 产业技术.
    """
    found: dict[str, Need] = {}
    people = list(people)
    skills = {ability for person in people for ability in person.abilities.known}
    known = {investor for person in people for investor in person.knows}
    for host in hosts:
        for need in (*_needs(host, skills), *_knowing(host, known)):
            before = found.get(need.skill)
            visits = (*before.visits, host.visit) if before else (host.visit,)
            found[need.skill] = Need(need.skill, visits, need.reason, need.any_of, need.host)
    if led and hosts:
        visits = tuple(host.visit for host in hosts)
        found[LEADING] = Need(LEADING, visits, "领导带队", (LEADING,))
    return sorted(found.values(), key=lambda need: bool(need.host))


def _needs(host: Host, skills: Collection[str]) -> list[Need]:
    investor, needs = host.investor, [Need(TALKING, reason="每次洽谈", any_of=(TALKING,))]
    if investor.chain in skills and investor.chain:
        needs.append(Need(f"懂{investor.chain}", reason="懂产业链", any_of=(investor.chain, TECHNICAL)))
    elif investor.chain or investor.industry:
        needs.append(Need(TECHNICAL, reason="懂行业和产业链", any_of=(TECHNICAL,)))
    if host.where.startswith(ABROAD):
        language = LANGUAGES.get(host.where.removeprefix(ABROAD), ENGLISH)
        needs.append(Need(language, reason="境外客商", any_of=(language,)))
    stages = host.stages or (("在谈",) if investor.open_projects else ())
    for skill, reason in dict(AT_STAGE[stage] for stage in stages if stage in AT_STAGE).items():
        needs.append(Need(skill, reason=reason, any_of=(skill,)))
    return needs


def _knowing(host: Host, known: set[int]) -> list[Need]:
    if host.investor.id not in known:
        return []
    return [Need(f"{KNOWING}{host.called}", reason="熟人好说话", host=host.investor.id)]


def spread(hosts: Sequence[Host], fixed: Mapping[int, int], teams: int) -> list[list[Host]]:
    """Whom each team sees. Those whose visit has its team (`fixed`, by visit) stay there; the others, neighbours
    together in the order of their 行政区划代码, fill the teams one after the other so that all have equally many:
    no team that gets any ends with more than one above another."""
    parts: list[list[Host]] = [[host for host in hosts if fixed.get(host.visit) == team] for team in range(teams)]
    rest = sorted((host for host in hosts if host.visit not in fixed), key=lambda host: (host.where, host.visit))
    sizes = [len(part) for part in parts]
    for _ in rest:
        sizes[sizes.index(min(sizes))] += 1
    for part, size in zip(parts, sizes, strict=True):
        taken = size - len(part)
        part += rest[:taken]
        rest = rest[taken:]
    return parts


def _task(party: Party, needs: Sequence[Need], free: Sequence[Person], numbers: Mapping[Who, int]) -> Task:
    """The covering problem of a team; needs that the same people meet are one need of their joint weight."""
    open_needs = [need for need in needs if not any(need.met_by(person) for person in party.kept)]
    columns: dict[tuple[bool, ...], int] = {}
    for need in open_needs:
        column = tuple(bool(need.met_by(person)) for person in free)
        columns[column] = columns.get(column, 0) + need.meetings
    options = tuple(
        Option(
            numbers[person.who],
            sum(1 << bit for bit, column in enumerate(columns) if column[place]),
            (party.cost(person), int(person.expert), person.load),
        )
        for place, person in enumerate(free)
    )
    kept, wanted = len(party.kept), FEWEST if party.hosts else 0
    return Task(options, tuple(columns.values()), max(0, wanted - kept), max(0, MOST - kept) if party.hosts else 0)


def _proposed(
    party: Party,
    group: Sequence[Person],
    needs: Sequence[Need],
    people: Sequence[Person],
    groups: Sequence[Sequence[Person]],
) -> ProposedTeam:
    kept = {person.who for person in party.kept}
    picks = tuple(Pick(person, brings(person, needs, party.hosts), person.who not in kept) for person in group)
    lacking = unmet(needs, group)
    elsewhere = {person.who: number for number, others in enumerate(groups) for person in others}
    full = FULL if len(group) >= MOST else DEAR
    gaps = tuple(Gap(need, _could(need, people, elsewhere, full)) for need in lacking)
    return ProposedTeam(
        party.name, picks, gaps, party.hosts, tuple(needs), Money(sum(party.cost(person) for person in group))
    )


def _could(
    need: Need, people: Sequence[Person], elsewhere: Mapping[Who, int], full: str
) -> tuple[tuple[Person, str], ...]:
    """Those who could, the free ones first, each with why they do not."""
    able = [person for person in people if need.met_by(person)]
    told = [
        (person, person.busy or (ELSEWHERE if person.who in elsewhere else full))
        for person in sorted(able, key=lambda one: (bool(one.busy), one.expert))
    ]
    return tuple(told)


def unmet(needs: Iterable[Need], group: Sequence[Person]) -> list[Need]:
    """What nobody of the group meets."""
    return [need for need in needs if not any(need.met_by(person) for person in group)]


def brings(person: Person, needs: Sequence[Need], hosts: Sequence[Host]) -> tuple[str, ...]:
    """What the person does for the team, in sentences: "日语：东瀛精工、大阪电装", "认识青禾（责任人）"."""
    names = {host.visit: host.called for host in hosts}
    found, known = [], []
    for need in needs:
        how = need.met_by(person)
        if how and need.host:
            known.append(f"{need.skill.removeprefix(KNOWING)}（{how.split('（')[0]}）")
        elif how:
            everywhere = len(need.visits) == len(hosts)
            found.append(how if everywhere else f"{how}：{_named([names[visit] for visit in need.visits])}")
    return (*found, f"{KNOWING}{_named(known)}") if known else tuple(found)


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:2]) + (f"等{len(names)}家" if len(names) > 2 else "")
