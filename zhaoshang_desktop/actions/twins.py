"""New records that came home and look like one the office has already.

Of the libraries only records that share a name or a code are looked at, through the search index: what it costs
depends on how many came, not on how large the office is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.matching import Candidate, Library, candidate_of
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.firm_name import firm_core
from zhaoshang_desktop.domain.homecoming import Edit, RecordKey
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.report import Report
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.trip import BudgetLine

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_ALONE = (Investor, Expert, Project, Lead)
_ONCE: dict[type[Record], tuple[str, str]] = {
    BudgetLine: ("item", "同一次外出已有这一项预算"),
    Report: ("trip", "同一次外出已有报告"),
}
"""What a trip has once: the field that tells one from another, and what is said of two."""
_MOST = 50
_CHUNK = 500


@dataclass(frozen=True)
class Twin:
    """A new record of the laptop, and the one of the office that it seems to be; `exact` when name or code say so,
    `under` the firm's, for a contact that is one only if its firm is."""

    new: RecordKey
    title: str
    key: int
    same_as: str
    reason: str
    exact: bool
    under: RecordKey | None = None


def agreed(twins: Iterable[Twin], same: Collection[RecordKey]) -> dict[RecordKey, int]:
    """Which new record is which of the office, of those that are said to be the `same`; with a firm its contacts."""
    told = (twin for twin in twins if twin.new in same)
    return {twin.new: twin.key for twin in told if twin.under is None or twin.under in same}


def find_twins(office: Office, edits: Sequence[Edit]) -> list[Twin]:
    """Each new record that looks like one of the office's; a contact is compared with those of the same firm."""
    new = [edit for edit in edits if edit.base is None and edit.theirs and "removed" not in edit.theirs]
    twins = [twin for edit in new if edit.record in _ALONE for twin in _twin_of(office, edit)]
    owners = {twin.new.key: twin.key for twin in twins if twin.new.noun == Investor.NOUN}
    twins += _contacts(office, [edit for edit in new if edit.record is Contact], owners)
    twins += [twin for edit in new if edit.record in _ONCE for twin in _of_trip(office, edit)]
    busy = {RecordKey(edit.record.NOUN, edit.key) for edit in edits}
    return [twin for twin in twins if not _is_taken(busy, twin)]


def _is_taken(busy: set[RecordKey], twin: Twin) -> bool:
    """A record that the laptop changed, or that another of its new ones is already, cannot be a second one as well."""
    goal = RecordKey(twin.new.noun, twin.key)
    taken = goal in busy
    busy.add(goal)
    return taken


def _twin_of(office: Office, edit: Edit) -> Iterable[Twin]:
    said: Mapping[str, Any] = edit.theirs or {}
    title = str(said.get(edit.record.TITLE) or "")
    wanted = Candidate(edit.key, title, said.get("credit_code", ""), said.get("employer", ""))
    if not title.strip():
        return
    library = Library(firms=edit.record is Investor)
    alike: dict[int, Record] = {}
    for words in _words(edit.record, wanted):
        for one in _hits(office, edit.record, words):
            if one.id not in (edit.key, *alike):
                alike[one.id] = one
                library.add(candidate_of(one))
    match = library.match(wanted)
    if match:
        new = RecordKey(edit.record.NOUN, edit.key)
        yield Twin(new, title, match.key, alike[match.key].title, match.reason, match.exact)


def _words(record: type[Record], wanted: Candidate) -> Iterable[str]:
    """What to search for: nothing that holds a record which could match is missed by these.

    A core stands in no name whose region is in brackets within it (青禾智能装备（南通）科技有限公司): its two ends do.
    """
    if wanted.code:
        yield wanted.code
    yield folded(wanted.name)
    if record is Investor:
        core = firm_core(wanted.name)[0]
        yield core
        if not core.isascii():
            yield f"{core[:2]} {core[-2:]}"


def _hits(office: Office, record: type[Record], words: str) -> list[Record]:
    keys = office.first_ids(Query(record, words=words), _MOST)
    return list(office.rows(record, keys))


def _contacts(office: Office, new: Sequence[Edit], owners: Mapping[int, int]) -> Iterable[Twin]:
    by_owner: dict[int, list[Edit]] = {}
    for edit in new:
        owner = int((edit.theirs or {}).get(Contact.OWNER) or 0)
        by_owner.setdefault(owners.get(owner, owner), []).append(edit)
    keys = sorted(by_owner)
    for start in range(0, len(keys), _CHUNK):
        where = Where(Contact.OWNER, "in", tuple(keys[start : start + _CHUNK]))
        for one in office.find(Query(Contact, where=(where,), order=("id",))):
            for edit in by_owner[one.investor]:
                if edit.key != one.id and folded(str((edit.theirs or {}).get("name"))) == folded(one.name):
                    new_key = RecordKey(Contact.NOUN, edit.key)
                    owner = int((edit.theirs or {})[Contact.OWNER])
                    under = RecordKey(Investor.NOUN, owner) if owner in owners else None
                    reason = "同一家客商里已有同名联系人"
                    yield Twin(new_key, one.name, one.id, one.name, reason, exact=True, under=under)


def _of_trip(office: Office, edit: Edit) -> Iterable[Twin]:
    """A line of the budget, or the report, that was made on both sides."""
    said: Mapping[str, Any] = edit.theirs or {}
    name, reason = _ONCE[edit.record]
    where = (Where("trip", "=", int(said.get("trip") or 0)), Where(name, "=", said.get(name)))
    for one in office.find(Query(edit.record, where=where, order=("id",)))[:1]:
        if one.id != edit.key:
            yield Twin(RecordKey(edit.record.NOUN, edit.key), one.title, one.id, one.title, reason, exact=True)


def read_twins(texts: Iterable[str]) -> dict[RecordKey, int]:
    """What earlier homecomings of the same pack have said: which new record is which of the office."""
    found: dict[RecordKey, int] = {}
    for text in texts:
        for noun, key, goal in json.loads(text) if text else ():
            found[RecordKey(noun, int(key))] = int(goal)
    return found


def write_twins(twins: Mapping[RecordKey, int]) -> str:
    """The same as one text."""
    told = [[noun, str(key), str(goal)] for (noun, key), goal in sorted(twins.items())]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""
