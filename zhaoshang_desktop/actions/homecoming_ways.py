"""Ways of a trip that was planned anew both in the office and on the laptop: two sets of them are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.budget import put_budget
from zhaoshang_desktop.actions.trip_book import TripBook, calendar_of, hold_trip, load_trip
from zhaoshang_desktop.actions.trip_draft import lay_out_again
from zhaoshang_desktop.domain.homecoming import Item, RecordKey
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Trip

if TYPE_CHECKING:
    from zhaoshang_desktop.store.transaction import Transaction


def lay_ways_again(tx: Transaction, writes: Iterable[tuple[Item, Mapping[str, Any]]]) -> frozenset[RecordKey]:
    """Estimated ways are laid out anew, and the budget reckoned, where those of both sides stand beside each other;
    gives the records that are not as they came any more."""
    trips = {int(fields.get("trip") or 0) for item, fields in writes if item.record is Leg}
    changed: set[RecordKey] = set()
    for trip in tx.rows(Trip, sorted(trips)):
        book = hold_trip(tx, trip.id)
        if trip.removed is None and _are_doubled(book):
            changed |= {RecordKey(Leg.NOUN, leg.id) for leg in book.legs if leg.estimated}
            changed |= {RecordKey(BudgetLine.NOUN, line.id) for line in book.budget}
            lay_out_again(tx, book, calendar_of(tx))
            put_budget(tx, load_trip(tx, trip.id))
    return frozenset(changed)


def _are_doubled(book: TripBook) -> bool:
    """Whether somebody would be on two ways at once."""
    ways = sorted((leg.team, leg.day, leg.start or 0, leg.end or 0) for leg in book.legs if leg.day and leg.estimated)
    return any(one[:2] == other[:2] and other[2] < one[3] for one, other in pairwise(ways))
