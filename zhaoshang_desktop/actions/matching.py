"""Which record of the library a row means: exactly, likely, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.firm_name import Core, firm_core, same_core
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import folded

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Candidate(NamedTuple):
    """What matching knows of a record: its key (or place among the new ones), name, code, whose it is, its numbers."""

    key: int
    name: str
    code: str = ""
    employer: str = ""
    phones: tuple[str, ...] = ()


class Match(NamedTuple):
    """The record meant; `reason` says why, in words; `exact` when credit code or name say so."""

    key: int
    reason: str
    exact: bool


@dataclass
class Library:
    """The records of one type by code, by name, by the core of a firm's name and by telephone number.

    A number that several records have tells nothing of any: an agent's, a park's exchange.
    """

    by_code: dict[str, Candidate] = field(default_factory=dict)
    by_name: dict[str, list[Candidate]] = field(default_factory=dict)
    by_core: dict[str, list[tuple[Candidate, Core]]] = field(default_factory=dict)
    by_phone: dict[str, Candidate | None] = field(default_factory=dict)
    firms: bool = False

    def add(self, candidate: Candidate) -> None:
        """Makes a record one that later rows are compared with."""
        if candidate.code:
            self.by_code.setdefault(candidate.code, candidate)
        self.by_name.setdefault(folded(candidate.name), []).append(candidate)
        if self.firms:
            core = firm_core(candidate.name)
            self.by_core.setdefault(core[0], []).append((candidate, core))

    def add_number(self, number: str, candidate: Candidate) -> None:
        """A number of a record of the library."""
        known = self.by_phone.setdefault(number, candidate)
        if known is not None and known.key != candidate.key:
            self.by_phone[number] = None

    def forget_common(self, numbers: Iterable[str]) -> None:
        """Numbers that several rows of a list have, such as that of the chamber which sends it, tell nothing."""
        if self.by_phone:
            for number, count in Counter(numbers).items():
                if count > 1:
                    self.by_phone.pop(number, None)

    def match(self, wanted: Candidate) -> Match | None:
        """By credit code, else by name; else a firm whose name differs in region or legal form only, or who has
        the telephone number that no other has."""
        same_code = self.by_code.get(wanted.code) if wanted.code else None
        if same_code:
            return Match(same_code.key, "信用代码相同", exact=True)
        same_name = self.by_name.get(folded(wanted.name), [])
        for place, candidate in enumerate(same_name):
            if not _contradict(candidate, wanted):
                same_name[place] = self._learn(candidate, wanted)
                return Match(candidate.key, "名称相同", exact=True)
        if same_name:
            if (caller := self._caller(wanted)) and caller.key in {one.key for one in same_name} and not caller.code:
                return Match(caller.key, "姓名和电话相同", exact=True)
            reason = "名称相同，信用代码不同" if same_name[0].code and wanted.code else "姓名相同，单位不同"
            return Match(same_name[0].key, reason, exact=False)
        return self._likely(wanted) or self._by_phone(wanted)

    def _caller(self, wanted: Candidate) -> Candidate | None:
        """Whose number a row tells."""
        return next((found for number in wanted.phones if (found := self.by_phone.get(number))), None)

    def _by_phone(self, wanted: Candidate) -> Match | None:
        found = self._caller(wanted)
        if found is None or (found.code and wanted.code and found.code != wanted.code):
            return None
        return Match(found.key, f"电话与“{found.name}”的相同", exact=False)

    def _learn(self, candidate: Candidate, said: Candidate) -> Candidate:
        """What a row says of a record that had no code or employer yet holds for the rows after it."""
        known = candidate._replace(code=candidate.code or said.code, employer=candidate.employer or said.employer)
        if known.code:
            self.by_code.setdefault(known.code, known)
        return known

    def _likely(self, wanted: Candidate) -> Match | None:
        if not self.firms:
            return None
        wanted_core = firm_core(wanted.name)
        for candidate, core in self.by_core.get(wanted_core[0], ()):
            if same_core(core, wanted_core) and not _contradict(candidate, wanted):
                return Match(candidate.key, f"与“{candidate.name}”只差地区或组织形式", exact=False)
        return None


def _contradict(one: Candidate, other: Candidate) -> bool:
    codes = bool(one.code and other.code and one.code != other.code)
    employers = bool(one.employer and other.employer and folded(one.employer) != folded(other.employer))
    return codes or employers


def candidate_of(
    record: Record, children: Iterable[Record] = (), key: int = 0, *, with_numbers: bool = False
) -> Candidate:
    """What matching knows of a record that is at hand, with those that belong to it."""
    key, numbers = key or record.id, numbers_told(record, children) if with_numbers else ()
    if isinstance(record, Investor):
        return Candidate(key, record.name, record.credit_code, phones=numbers)
    if isinstance(record, Expert):
        return Candidate(key, record.name, employer=record.employer, phones=numbers)
    return Candidate(key, record.title)


def numbers_told(record: Record, children: Iterable[Record]) -> tuple[str, ...]:
    """The numbers by which a record may be known: an expert's own, those of an investor's people."""
    people = [record] if isinstance(record, Expert) else [one for one in children if isinstance(one, Contact)]
    texts = (text for one in people for text in (getattr(one, "mobile", ""), one.phone) if text)
    return tuple(number for text in texts for number in text.split("、"))


def library_of(office: Office, record: type[Record]) -> Library:
    """The whole library as matching sees it."""
    found = Library(firms=record is Investor)
    by_key: dict[int, Candidate] = {}
    for candidate, numbers in _candidates(office, record):
        found.add(candidate)
        by_key[candidate.key] = candidate
        for number in filter(None, numbers.split("、")):
            found.add_number(number, candidate)
    if record is Investor:
        for _, owner, *texts in office.columns(Contact, "investor", "mobile", "phone"):
            for number in (number for text in texts if text for number in text.split("、")):
                if owner in by_key:
                    found.add_number(number, by_key[owner])
    return found


def _candidates(office: Office, record: type[Record]) -> Iterable[tuple[Candidate, str]]:
    """Every record with its own numbers."""
    if record is Investor:
        rows = office.columns(record, "name", "credit_code")
        return ((Candidate(key, name, code), "") for key, name, code in rows)
    if record is Expert:
        rows = office.columns(record, "name", "employer", "phone")
        return ((Candidate(key, name, employer=employer), phone) for key, name, employer, phone in rows)
    return ((Candidate(key, title), "") for key, title in office.columns(record, record.TITLE))


class Finder:
    """Records named in cells (责任人, 投资方): by exact title, when only one has it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._titles: dict[str, dict[str, int]] = {}

    def __call__(self, noun: str, title: str) -> int:
        """The key of the record of that noun and title; NotUnderstood when there is none or more than one."""
        if noun not in self._titles:
            self._titles[noun] = self._load(RECORDS[noun])
        key = self._titles[noun].get(folded(title))
        if key is None:
            raise NotUnderstood(f"库里没有叫这个名字的{RECORD_TITLES[noun]}")
        if not key:
            raise NotUnderstood(f"库里叫这个名字的{RECORD_TITLES[noun]}不止一个")
        return key

    def _load(self, record: type[Record]) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, title in self._office.columns(record, record.TITLE):
            found[folded(title)] = 0 if folded(title) in found else key
        return found
