"""Which record of the library a row means: exactly, likely, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.firm_name import Core, firm_core, same_core
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import folded

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Candidate(NamedTuple):
    """What matching knows of a record: its key (or place among the new ones), name, code, and whose it is."""

    key: int
    name: str
    code: str = ""
    employer: str = ""


class Match(NamedTuple):
    """The record meant; `reason` says why, in words; `exact` when credit code or name say so."""

    key: int
    reason: str
    exact: bool


@dataclass
class Library:
    """The records of one type by code, by name and by the core of a firm's name."""

    by_code: dict[str, Candidate] = field(default_factory=dict)
    by_name: dict[str, list[Candidate]] = field(default_factory=dict)
    by_core: dict[str, list[tuple[Candidate, Core]]] = field(default_factory=dict)
    firms: bool = False

    def add(self, candidate: Candidate) -> None:
        """Makes a record one that later rows are compared with."""
        if candidate.code:
            self.by_code.setdefault(candidate.code, candidate)
        self.by_name.setdefault(folded(candidate.name), []).append(candidate)
        if self.firms:
            core = firm_core(candidate.name)
            self.by_core.setdefault(core[0], []).append((candidate, core))

    def match(self, wanted: Candidate) -> Match | None:
        """By credit code, else by name; else a firm whose name differs in region or legal form only."""
        same_code = self.by_code.get(wanted.code) if wanted.code else None
        if same_code:
            return Match(same_code.key, "信用代码相同", exact=True)
        same_name = self.by_name.get(folded(wanted.name), [])
        for place, candidate in enumerate(same_name):
            if not _contradict(candidate, wanted):
                same_name[place] = self._learn(candidate, wanted)
                return Match(candidate.key, "名称相同", exact=True)
        if same_name:
            reason = "名称相同，信用代码不同" if same_name[0].code and wanted.code else "姓名相同，单位不同"
            return Match(same_name[0].key, reason, exact=False)
        return self._likely(wanted)

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


def candidate_of(record: Record, key: int = 0) -> Candidate:
    """What matching knows of a record that is at hand."""
    if isinstance(record, Investor):
        return Candidate(key or record.id, record.name, record.credit_code)
    if isinstance(record, Expert):
        return Candidate(key or record.id, record.name, employer=record.employer)
    return Candidate(key or record.id, record.title)


def library_of(office: Office, record: type[Record]) -> Library:
    """The whole library as matching sees it."""
    found = Library(firms=record is Investor)
    for candidate in _candidates(office, record):
        found.add(candidate)
    return found


def _candidates(office: Office, record: type[Record]) -> Iterable[Candidate]:
    if record is Investor:
        return (Candidate(key, name, code) for key, name, code in office.columns(record, "name", "credit_code"))
    if record is Expert:
        rows = office.columns(record, "name", "employer")
        return (Candidate(key, name, employer=employer) for key, name, employer in rows)
    return (Candidate(key, title) for key, title in office.columns(record, record.TITLE))


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
