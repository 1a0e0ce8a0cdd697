"""Whom a trip might see: the whole library ranked, the best with their reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.planning.suggest import WAITING, Suggestion, Wanted, suggest
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

GROUNDS_ON = (
    "chain",
    "place",
    "level",
    "head_target",
    "last_contact",
    "next_step",
    "next_due",
    "open_projects",
    "dishonest",
    "enforced",
)
"""The fields that the reasons look at; only these are read of everybody."""


def candidates(office: Office, trip: int, places: tuple[str, ...] = (), limit: int = 200) -> list[Suggestion]:
    """The best investors for a trip that are not on it yet; `places` are the regions it goes to, if chosen."""
    book = load_trip(office, trip)
    chosen = {visit.investor for visit in book.visits if visit.state != "取消"}
    reached = tuple({visit.place for visit in book.visits if visit.place})
    wanted = Wanted(
        today=today(office.clock),
        chain=book.trip.chain,
        places=places or reached,
        leads=tuple(office.find(Query(Lead, where=(Where("state", "in", WAITING), Where("investor", "filled"))))),
        without=frozenset(chosen),
    )
    everybody = (
        Investor(id=key, **dict(zip(GROUNDS_ON, values, strict=True)))
        for key, *values in office.columns(Investor, *GROUNDS_ON)
    )
    best = suggest(everybody, wanted, limit=limit)
    whole = {one.id: one for one in office.rows(Investor, [one.investor.id for one in best])}
    return [replace(one, investor=whole[one.investor.id]) for one in best if one.investor.id in whole]
