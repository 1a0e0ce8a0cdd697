"""What a trip may cost, reckoned by the office's tables and kept with the trip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.allowance import Allowance, LodgingLimit, SeatRule
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.planning.budget import Budget, Rules, budget
from zhaoshang_desktop.planning.savings import Saving, savings

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


def reckoned_budget(office: Office, book: TripBook) -> Budget:
    """The budget as it would be reckoned now; nothing is stored."""
    return budget(book.trip, book.teams, book.members.values(), book.legs, rules_of(office, book))


@dataclass(frozen=True)
class BudgetTalk:
    """What there is to say of a budget: what could not be reckoned, the items that wait to be filled in, and what would
    make the trip cheaper, the most first."""

    trip: int
    missing: tuple[str, ...]
    untold: tuple[str, ...]
    savings: tuple[Saving, ...]


def budget_talk(office: Office, trip: int) -> BudgetTalk:
    """As the trip and the tables are now."""
    book = load_trip(office, trip)
    made, there = reckoned_budget(office, book), {line.item for line in book.budget}
    cheaper = savings(book.trip, book.teams, list(book.members.values()), book.legs, rules_of(office, book))
    untold = tuple(item for item in made.untold if item not in there)
    return BudgetTalk(trip, made.missing, untold, tuple(cheaper))


def add_untold(office: Office, trip: int) -> Changes:
    """Lines for what no table has an amount for, to be filled in by hand."""
    book = load_trip(office, trip)
    there = {line.item for line in book.budget}
    number = max((line.number or 0 for line in book.budget), default=0)
    wanted = [item for item in reckoned_budget(office, book).untold if item not in there]
    with office.transaction(f"加上要自己填的预算 {len(wanted)} 行") as tx:
        for place, item in enumerate(wanted, 1):
            tx.save(BudgetLine(trip=trip, number=number + place, item=item, basis="标准里没有，自行填写依据"))
    return tx.changes


def rules_of(source: Office | Transaction, book: TripBook) -> Rules:
    """The county's tables, as they stand now."""
    allowances, limits = source.find(Query(Allowance, order=("id",))), source.find(Query(LodgingLimit, order=("id",)))
    seats = source.find(Query(SeatRule, order=("id",)))
    return Rules(tuple(allowances), tuple(limits), book.travel, tuple(seats))


def put_budget(tx: Transaction, book: TripBook) -> Budget:
    """Brings the reckoned lines of a trip up to date inside a transaction; what was typed by hand stays as it is.

    A line keeps its place in the store as long as its item is reckoned; one that is not reckoned any more stays if
    money was spent on it or receipts hang on it.
    """
    made = budget(book.trip, book.teams, book.members.values(), book.legs, rules_of(tx, book))
    first: dict[str, BudgetLine] = {}
    for line in book.budget:
        first.setdefault(line.item, line)
    lines = [_renewed(first.get(line.item), line) for line in made.lines]
    others = [line for line in book.budget if line not in lines]
    spent = _spent_on(tx, others)
    gone = [line for line in others if line.reckoned and not line.actual and line.id not in spent]
    tx.erase(BudgetLine, [line.id for line in gone])
    for line in others:
        if line not in gone:
            lines.append(replace(line, planned=None, basis="") if line.reckoned else line)
    for number, line in enumerate(lines, 1):
        line.number = number
        tx.save(line)
    return replace(made, lines=tuple(lines), shares=())


def _renewed(known: BudgetLine | None, line: BudgetLine) -> BudgetLine:
    if known is None:
        line.reckoned = True
        return line
    if known.reckoned:
        known.basis, known.planned = line.basis, line.planned
    return known


def _spent_on(tx: Transaction, lines: Iterable[BudgetLine]) -> set[int]:
    """The lines with expenses or files."""
    keys = tuple(line.id for line in lines)
    if not keys:
        return set()
    bills = tx.find(Query(Expense, where=(Where("line", "in", keys),), order=("id",)))
    owned = (Where("owner_noun", "=", BudgetLine.NOUN), Where("owner", "in", keys))
    files = tx.find(Query(Attachment, where=owned, order=("id",)))
    return {bill.line for bill in bills} | {file.owner for file in files if file.owner}


def expected_cost(office: Office, book: TripBook) -> Money:
    """What a trip as thought of would cost, what was typed by hand counted as typed; nothing is stored."""
    typed = {line.item: line.planned for line in book.budget if not line.reckoned}
    reckoned = {line.item: line.planned for line in reckoned_budget(office, book).lines}
    return Money(sum(money.fen for money in {**reckoned, **typed}.values() if money and money.currency == "CNY"))
