"""Who goes: a few people who together can do what the meetings need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.region import ABROAD
from zhaoshang_desktop.domain.unit import Member

ALWAYS = ("谈判",)
LANGUAGES = {"日本": "日语", "韩国": "韩语", "德国": "德语", "法国": "法语", "俄罗斯": "俄语"}
ENGLISH = "英语"
TECHNICAL, APPROVAL = "产业技术", "项目审批"


@dataclass(frozen=True)
class Person:
    """One of ours, or an expert, with all that they can do (skills, languages, chains they work on)."""

    id: int
    name: str
    can: frozenset[str]
    expert: bool = False
    available: bool = True

    @property
    def key(self) -> tuple[bool, int]:
        return self.expert, self.id


@dataclass(frozen=True)
class Need:
    """A skill, and for how many of the meetings it is needed."""

    skill: str
    meetings: int = 1
    reason: str = ""


@dataclass(frozen=True)
class Chosen:
    person: Person
    covers: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.person.name}：{'、'.join(self.covers)}" if self.covers else f"{self.person.name}：增加人手"


@dataclass(frozen=True)
class Crew:
    """Who goes and why; `uncovered` names for each skill nobody brings those who could, were they free."""

    chosen: tuple[Chosen, ...]
    uncovered: tuple[tuple[Need, tuple[Person, ...]], ...] = ()


def person_of(record: Member | Expert, *, available: bool = True) -> Person:
    """A level after a language ("英语 熟练") is not asked for."""
    languages = (language.split()[0] for language in record.languages if language.split())
    return Person(
        record.id, record.name, frozenset((*record.skills, *languages)), isinstance(record, Expert), available
    )


def needs_of(investors: Sequence[Investor]) -> list[Need]:
    """What the meetings with these call for, the most frequent first."""
    needs = [Need(skill, len(investors), "每次洽谈") for skill in ALWAYS if investors]
    technical = [investor for investor in investors if investor.chain or investor.industry]
    if technical:
        needs.append(Need(TECHNICAL, len(technical), "懂行业和产业链"))
    talking = [investor for investor in investors if investor.open_projects]
    if talking:
        needs.append(Need(APPROVAL, len(talking), "有在谈项目，要答复落地手续"))
    spoken: dict[str, int] = {}
    for investor in investors:
        if investor.place.startswith(ABROAD):
            language = LANGUAGES.get(investor.place.removeprefix(ABROAD), ENGLISH)
            spoken[language] = spoken.get(language, 0) + 1
    return needs + [Need(language, count, "境外客商") for language, count in spoken.items()]


def choose(people: Iterable[Person], needs: Sequence[Need], *, size: int, keep: Iterable[Person] = ()) -> Crew:
    """At most `size` people, those in `keep` first; each next one covers the most meetings' needs not yet covered.

    Our own go before experts who bring the same. Nobody is taken who adds nothing.
    """
    everybody = sorted(people, key=lambda person: person.key)
    open_needs = list(needs)
    chosen: list[Chosen] = []
    for person in keep:
        chosen.append(_chosen(person, open_needs))
    while len(chosen) < size and open_needs:
        taken = {choice.person.key for choice in chosen}
        free = [person for person in everybody if person.available and person.key not in taken]
        best = max(free, key=lambda person: _worth(person, open_needs), default=None)
        if best is None or not _worth(best, open_needs):
            break
        chosen.append(_chosen(best, open_needs))
    left = tuple((need, tuple(person for person in everybody if need.skill in person.can)) for need in open_needs)
    return Crew(tuple(chosen), left)


def _chosen(person: Person, needs: list[Need]) -> Chosen:
    """The person with what they cover, which is then no longer needed."""
    covers = tuple(need.skill for need in needs if need.skill in person.can)
    needs[:] = [need for need in needs if need.skill not in person.can]
    return Chosen(person, covers)


def _worth(person: Person, needs: Sequence[Need]) -> int:
    return sum(need.meetings for need in needs if need.skill in person.can)
