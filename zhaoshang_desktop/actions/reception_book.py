"""A reception with all that hangs on it, read together, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import (
    GUEST,
    OFF,
    OURS,
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import Finding, ReceptionBook, check
from zhaoshang_desktop.domain.reception_rule import ReceptionRule, Standard, shipped_rules, standard_of
from zhaoshang_desktop.domain.record import read_key
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.trip import BACK, GIVEN_UP, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

LATE = 24 * 60


@dataclass(frozen=True)
class Look:
    """A reception as it is now, the standard it goes by, and everything there is to say."""

    book: ReceptionBook
    standard: Standard
    findings: tuple[Finding, ...]


def load_reception(office: Office, key: int) -> ReceptionBook:
    """Reads a reception with programme, people, meals, cars and costs; KnownError when it is gone."""
    reception = office.get(Reception, key)
    own = (Where("reception", "=", key),)
    items: list[ReceptionItem] = office.find(Query(ReceptionItem, where=own, order=("id",)))
    meals: list[ReceptionMeal] = office.find(Query(ReceptionMeal, where=own, order=("id",)))
    people: list[ReceptionPerson] = office.find(Query(ReceptionPerson, where=own, order=("id",)))
    ours = {one.member for one in people if one.member}
    return ReceptionBook(
        reception,
        sorted(items, key=lambda one: (str(one.day or "9"), LATE if one.start is None else one.start, one.id)),
        [*(one for one in people if one.side == GUEST), *(one for one in people if one.side == OURS)],
        sorted(meals, key=lambda one: (str(one.day or "9"), "早午晚".find(one.meal[:1]), one.id)),
        office.find(Query(ReceptionCar, where=own, order=("id",))),
        office.find(Query(ReceptionCost, where=own, order=("id",))),
        {one.id: one for one in office.rows(Member, sorted({*reception.members, *ours}))},
    )


def find_reception(office: Office, text: str) -> Reception:
    """The reception of that id, or the only one whose name has the text in it."""
    if (key := read_key(text)) and (found := office.rows(Reception, [key])):
        if found[0].removed:
            raise KnownError(f"接待“{found[0].name}”在回收站里。", "请先在窗口里恢复它。")
        return found[0]
    wanted = folded(text)
    all_: list[Reception] = office.find(Query(Reception, order=("-start",)))
    hits = [one for one in all_ if folded(one.name) == wanted] or [one for one in all_ if wanted in folded(one.name)]
    if not hits:
        raise KnownError(f"没有名称里有“{text}”的接待。", "请写编号，或名称里的一部分。")
    if len(hits) > 1:
        names = "、".join(f"{one.name}（{one.id}）" for one in hits[:5])
        raise KnownError(f"名称里有“{text}”的接待有 {len(hits)} 次：{names}。", "请写编号。")
    return hits[0]


def rules_of(office: Office) -> list[ReceptionRule]:
    """The office's own rules, and what ships of those it has no line for: a county that only writes down the price of
    a meal still goes by the rest. A line without a value is how it says that nothing is to be checked."""
    own: list[ReceptionRule] = office.find(Query(ReceptionRule, order=("id",)))
    known = {(rule.kind, rule.item) for rule in own}
    return [*own, *(rule for rule in shipped_rules() if (rule.kind, rule.item) not in known)]


def standard_for(office: Office, kind: str, day: date | None) -> Standard:
    """The rules of a kind of reception on a day, today where none is known."""
    return standard_of(rules_of(office), kind, day or today(office.clock))


def look_at(office: Office, key: int) -> Look:
    """A reception with everything there is to say about it."""
    book = load_reception(office, key)
    standard = standard_for(office, book.reception.kind, book.day)
    return Look(book, standard, (*check(book, standard, today(office.clock)), *_busy(office, book)))


def _busy(office: Office, book: ReceptionBook) -> Iterable[Finding]:
    """Who of ours is elsewhere in these days: on a trip, at another reception, away."""
    one = book.reception
    wanted = {*one.members, *(person.member for person in book.people if person.member)}
    if not (wanted and one.start and one.end and one.start <= one.end):
        return
    for member, where in _elsewhere(office, one, one.start, one.end):
        if member in wanted and member in book.members:
            yield Finding("people", f"{book.members[member].name}这几天也在{where}。", wrong=False)


def _elsewhere(office: Office, own: Reception, first: date, last: date) -> Iterable[tuple[int, str]]:
    span = (Where("start", "<=", last), Where("end", ">=", first))
    trips = {one.id: one for one in office.find(Query(Trip, where=span)) if one.state not in (GIVEN_UP, BACK)}
    for team in office.find(Query(Team, where=(Where("trip", "in", tuple(trips)),), order=("id",))):
        yield from ((key, f"外出“{trips[team.trip].name}”") for key in team.members)
    others = {one.id: one for one in office.find(Query(Reception, where=span)) if one.id != own.id and one.state != OFF}
    for other in others.values():
        yield from ((key, f"接待“{other.name}”") for key in other.members)
    for person in office.find(Query(ReceptionPerson, where=(Where("reception", "in", tuple(others)),), order=("id",))):
        if person.member and person.member not in others[person.reception].members:
            yield person.member, f"接待“{others[person.reception].name}”"
    for absence in office.find(Query(Absence, where=(Where("start", "<=", last),), order=("start",))):
        if absence.holds(first, last):
            yield absence.member, absence.kind
