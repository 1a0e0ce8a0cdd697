"""Who could go on a trip, what they can do, and what the meetings call for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.crew import hosts_of, people_of
from zhaoshang_desktop.planning.crew import Host, Need, Person, Who, needs_of

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.trip.sight import Sight


@dataclass(frozen=True)
class Pool:
    """Everybody who could go, our own first, and whom they are to meet."""

    people: tuple[Person, ...] = ()
    hosts: tuple[Host, ...] = ()

    def find(self, who: Who) -> Person | None:
        return next((one for one in self.people if one.who == who), None)


def pool(sight: Sight) -> Callable[[Office], Pool]:
    """The question who could go on the trip."""
    book = sight.book

    def question(office: Office) -> Pool:
        hosts = hosts_of(office, book)
        return Pool(tuple(people_of(office, book.trip, [host.investor for host in hosts])), tuple(hosts))

    return question


@dataclass(frozen=True)
class Cover:
    """What one person does for one target: the needs they meet, of how many, and whence they know them."""

    met: tuple[str, ...] = ()
    of: int = 0
    knows: str = ""

    @property
    def words(self) -> str:
        parts = [self.knows] if self.knows else []
        return "、".join([*parts, *self.met])


@dataclass(frozen=True)
class Lack:
    """A need that nobody meets who goes to see these hosts, in these teams (none named where no team has them yet);
    who could and is free, and who could and is not."""

    need: Need
    teams: tuple[str, ...] = ()
    free: tuple[Person, ...] = ()
    busy: tuple[Person, ...] = ()

    @property
    def words(self) -> str:
        return f"{'、'.join(self.teams)}没有人{self.need.words}（{self.need.meetings} 家要用：{self.need.reason}）"


@dataclass(frozen=True)
class Table:
    """Persons × skills × targets: `teams` by name with their people; `lacking` what nobody in a team can."""

    needs: tuple[Need, ...] = ()
    targets: tuple[tuple[int, str], ...] = ()
    teams: tuple[tuple[str, tuple[Person, ...]], ...] = ()
    covers: Mapping[tuple[Who, int], Cover] = field(default_factory=dict)
    lacking: tuple[Lack, ...] = ()


Groups = Sequence[tuple[str, Sequence[Who]]]


def table_of(sight: Sight, people: Pool, teams: Groups) -> Table:
    """The matrix for these teams, each as its name and who is in it."""
    needs = needs_of(people.hosts, people.people)
    groups = tuple((name, tuple(filter(None, (people.find(who) for who in group)))) for name, group in teams)
    going = [one for _, group in groups for one in group]
    covers = {(one.who, host.visit): _cover(one, needs, host) for one in going for host in people.hosts}
    lacking = _lacking(sight, people, groups, needs)
    skills = tuple(need for need in needs if not need.host)
    return Table(skills, tuple((host.visit, host.called) for host in people.hosts), groups, covers, lacking)


def _lacking(
    sight: Sight, people: Pool, groups: Sequence[tuple[str, Sequence[Person]]], needs: Sequence[Need]
) -> tuple[Lack, ...]:
    """A host that a team is to see must find it there; one that no team has yet, in any of them."""
    numbers = {team.id: number for number, team in enumerate(sight.book.teams)}
    placed = {visit.id: numbers.get(visit.only_team or visit.team, -1) for visit in sight.targets}
    found = []
    for need in needs:
        lacking = [
            number
            for number in sorted({placed.get(visit, -1) for visit in need.visits})
            if not _meets(need, groups[number : number + 1] if number >= 0 else groups)
        ]
        if lacking:
            visits = tuple(visit for visit in need.visits if placed.get(visit, -1) in lacking)
            names = tuple(groups[number][0] for number in lacking if 0 <= number < len(groups) and len(groups) > 1)
            able = [one for one in people.people if need.met_by(one)]
            free, busy = ([one for one in able if bool(one.busy) is away] for away in (False, True))
            found.append(Lack(replace(need, visits=visits), names, tuple(free[:4]), tuple(busy[:3])))
    return tuple(found)


def _meets(need: Need, groups: Sequence[tuple[str, Sequence[Person]]]) -> bool:
    return any(need.met_by(one) for _, group in groups for one in group)


def _cover(one: Person, needs: Sequence[Need], host: Host) -> Cover:
    own = [need for need in needs if host.visit in need.visits and not need.host]
    met = tuple(need.skill for need in own if need.met_by(one))
    return Cover(met, len(own), one.knows.get(host.investor.id, ""))
