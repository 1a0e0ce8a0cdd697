"""What a trip may cost, reckoned by the office's tables and kept with the trip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.allowance import Allowance, LodgingLimit
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.planning.budget import Budget, Rules, budget

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction


def make_budget(office: Office, trip: int) -> tuple[Budget, Changes]:
    """Reckons the lines anew; what was typed by hand stays, and what was actually spent."""
    book = load_trip(office, trip)
    with office.transaction(f"测算预算：{book.trip.name}") as tx:
        made = put_budget(tx, book)
    return made, tx.changes


def put_budget(tx: Transaction, book: TripBook) -> Budget:
    """Replaces the reckoned lines of a trip inside a transaction."""
    rules = Rules(tuple(tx.find(Query(Allowance))), tuple(tx.find(Query(LodgingLimit))))
    made = budget(book.trip, book.teams, book.members.values(), book.legs, rules)
    spent = {line.item: line.actual for line in book.budget if line.reckoned and line.actual}
    tx.erase(BudgetLine, [line.id for line in book.budget if line.reckoned])
    for line in made.lines:
        line.reckoned, line.actual = True, spent.pop(line.item, None)
    typed = [line for line in book.budget if not line.reckoned]
    orphans = [BudgetLine(trip=book.trip.id, item=item, actual=actual) for item, actual in spent.items()]
    for number, line in enumerate([*made.lines, *typed, *orphans], 1):
        line.number = number
        tx.save(line)
    return made
