"""What a trip may cost, reckoned by the office's tables and kept with the trip."""

from __future__ import annotations

from dataclasses import replace
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
    """Replaces the reckoned lines of a trip inside a transaction; an item typed by hand is not reckoned as well.

    What was spent on an item that is no longer reckoned keeps a line of its own, until the item comes back.
    """
    rules = Rules(tuple(tx.find(Query(Allowance))), tuple(tx.find(Query(LodgingLimit))), book.travel)
    made = budget(book.trip, book.teams, book.members.values(), book.legs, rules)
    typed = {line.item: line for line in book.budget if not line.reckoned}
    spent = {line.item: line.actual for line in book.budget if line.reckoned and line.actual}
    tx.erase(BudgetLine, [line.id for line in book.budget if line.reckoned])
    for line in made.lines:
        line.reckoned, line.actual = True, spent.pop(line.item, None)
    lines = [typed.pop(line.item, line) for line in made.lines]
    lines += typed.values()
    lines += (BudgetLine(trip=book.trip.id, item=item, actual=fen, reckoned=True) for item, fen in spent.items())
    for number, line in enumerate(lines, 1):
        line.number = number
        tx.save(line)
    return replace(made, lines=tuple(lines))
