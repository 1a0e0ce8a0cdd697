"""What the assessment will count of a visit: filled in when it is typed up, and listed for whoever counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.counting import host_rank_of, leader_of
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

TYPED_UP = ("said", "intention", "result")
"""What nobody can say of a visit before it was held."""


def fill_in(visit: Visit, members: Iterable[Member], contacts: Iterable[Contact], day: date) -> None:
    """What is not said yet of unit, leader, host and guests, from who was there; what somebody typed stays."""
    there = list(members)
    hosts = list(contacts)
    visit.day = visit.day or day
    visit.leader = visit.leader or leader_of(member.duty for member in there)
    visit.host_rank = visit.host_rank or host_rank_of(contact.post for contact in hosts)
    if not visit.unit:
        units = Counter(member.unit for member in there if member.unit)
        visit.unit = max(units, key=lambda unit: units[unit], default=0)
    if visit.guests is None and hosts:
        visit.guests = len(hosts)


def fill_in_from(office: Office, visit: Visit, day: date) -> None:
    """The same, with the people read from the office; without a contact named, nobody of theirs is known."""
    fill_in(visit, office.rows(Member, list(visit.members)), office.rows(Contact, list(visit.contacts)), day)


def follow(office: Office, visit: Visit, changes: Iterable[str]) -> None:
    """What follows from a change of these fields: what was typed up has been held, and what was held is counted.

    A visit of a trip is a draft until its log says that it was held (`log_visit`).
    """
    typed = not visit.trip and any(getattr(visit, name) for name in TYPED_UP if name in changes)
    if typed and "state" not in changes and visit.state in (WAITING, PLACED):
        visit.state = HELD
    if visit.state == HELD:
        fill_in_from(office, visit, today(office.clock))


def counted_visits(office: Office, start: date | None = None, end: date | None = None) -> list[Visit]:
    """The visits that were held from `start` to `end`, both included, in the order of their days."""
    bounds = [Where("day", ">=", start)] if start else []
    bounds += [Where("day", "<=", end)] if end else []
    question = Query(Visit, where=(Where("state", "=", HELD), Where("day", "filled"), *bounds), order=("day", "id"))
    return office.find(question)
