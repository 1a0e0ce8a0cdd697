"""结算: what everybody spent typed in, allowances and tickets filled in by themselves, and the trip closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.budget import reckoned_budget
from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain.allowance import Rate, in_yuan
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.trip import SETTLED, BudgetLine, Leg
from zhaoshang_desktop.papers.settlement import SettledTexts
from zhaoshang_desktop.planning.budget import SHARED, Person
from zhaoshang_desktop.planning.settlement import TEAM, Entry, Settlement, settlement
from zhaoshang_desktop.planning.travel import AIR, RAIL
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

HEADS = ("序号", "项目", "姓名", "预算", "限额", "实际", "差额", "票据", "说明", "要补的")
_WIDTHS = (6, 26, 10, 12, 12, 12, 12, 24, 30, 24)
_PEOPLE = ("姓名", "预算", "实际", "其中补助", "凭票报销")


def settlement_of(office: Office, trip: int) -> Settlement:
    """A trip's settlement as its records are now."""
    return settled(office, load_trip(office, trip))


def settled(office: Office, book: TripBook) -> Settlement:
    """The settlement of a trip that has been read."""
    keys = tuple(line.id for line in book.budget)
    bills = office.find(Query(Expense, where=(Where("line", "in", keys),), order=("id",))) if keys else []
    owned = (Where("owner_noun", "=", BudgetLine.NOUN), Where("owner", "in", keys))
    files = Counter(one.owner or 0 for one in office.find(Query(Attachment, where=owned))) if keys else Counter[int]()

    def name_of(person: Person) -> str:
        noun, key = person
        if person == SHARED:
            return TEAM
        found = book.members.get(key) if noun == "member" else book.experts.get(key)
        return found.name if found else "（已不在队里）"

    rates = office.find(Query(Rate))
    day = book.trip.end or today(office.clock)
    made = reckoned_budget(office, book)
    return settlement(book.budget, bills, made, name_of, files, lambda amount: in_yuan(amount, rates, day))


def settle(office: Office, line: int, person: Person, changes: dict[str, Any]) -> Changes:
    """Types one entry: amount, receipts or reason; an entry that says nothing any more is taken away."""
    with office.transaction("填结算") as tx:
        _settle(tx, tx.get(BudgetLine, line), person, changes)
    return tx.changes


def _settle(tx: Transaction, line: BudgetLine, person: Person, changes: dict[str, Any]) -> None:
    bills = tx.find(Query(Expense, where=(Where("line", "=", line.id),), order=("id",)))
    noun, key = person
    own = next((bill for bill in bills if (bill.member, bill.expert) == _keys(person)), None)
    if own is None:
        own = Expense(line=line.id, member=key if noun == "member" else 0, expert=key if noun == "expert" else 0)
        if not bills and line.actual:  # typed for the whole line before
            bills.append(own if person == SHARED else Expense(line=line.id))
            bills[0].amount = line.actual
            tx.save(bills[0])
        if own not in bills:
            bills.append(own)
    for name, value in changes.items():
        setattr(own, name, value)
    if own.amount is None and not own.receipts and not own.reason:
        bills.remove(own)
        if own.id:
            tx.remove(own)
    else:
        tx.save(own)
    actual = _sum([bill.amount for bill in bills if bill.amount])
    if line.actual != actual:
        line.actual = actual
        tx.save(line)


def _sum(amounts: Sequence[Money]) -> Money | None:
    """What a line cost: in its one currency, else what of it is 元."""
    currencies = {amount.currency for amount in amounts}
    currency = next(iter(currencies)) if len(currencies) == 1 else "CNY"
    own = [amount.fen for amount in amounts if amount.currency == currency]
    return Money(sum(own), currency) if own else None


def _keys(person: Person) -> tuple[int, int]:
    noun, key = person
    return key if noun == "member" else 0, key if noun == "expert" else 0


def spend(office: Office, line: int, amount: Money | None) -> Changes:
    """Types what a line cost as a whole; KnownError when it is known person by person."""
    bills = office.find(Query(Expense, where=(Where("line", "=", line),), order=("id",)))
    if any(bill.member or bill.expert for bill in bills):
        raise KnownError("这一行的实际支出已经按人填了。", "请在“结算”一步里改。")
    return settle(office, line, SHARED, {"amount": amount})


def fill_known(office: Office, trip: int) -> Changes:
    """What needs no typing: allowances by the day, and tickets whose price and number stand in the ways; only where
    nothing has been typed."""
    book = load_trip(office, trip)
    with office.transaction(f"填补助和车票：{book.trip.name}") as tx:
        for entry in settled(office, book).entries:
            if entry.spent is None and (changes := _known(entry, book)):
                _settle(tx, tx.get(BudgetLine, entry.line.id), entry.person, changes)
    return tx.changes


def _known(entry: Entry, book: TripBook) -> dict[str, Any]:
    if entry.is_allowance and entry.planned:
        return {"amount": Money(entry.planned)}
    legs = _bought(entry, book)
    if legs and entry.planned:
        tickets = "、".join(dict.fromkeys(leg.ticket for leg in legs if leg.ticket))
        return {"amount": Money(entry.planned), "receipts": tickets}
    return {}


def _bought(entry: Entry, book: TripBook) -> list[Leg]:
    """The ways of the entry's person on that line, if every one of them has its price."""
    mode = next((one for one in (RAIL, AIR) if one in entry.line.item), "")
    noun, key = entry.person
    teams = {team.id for team in book.teams if key in (team.members if noun == "member" else team.experts)}
    legs = [leg for leg in book.legs if mode and leg.mode == mode and leg.team in teams]
    return legs if all(leg.cost and leg.cost.currency == "CNY" for leg in legs) else []


def finish_settlement(office: Office, trip: int) -> Changes:
    """The trip is 已结算; KnownError while something is open."""
    book = load_trip(office, trip)
    done = settled(office, book)
    if not done.entries:
        raise KnownError("还没有预算，没有可以结算的。", "请先在“预算”一步测算。")
    if done.problems:
        entry, problem = done.problems[0]
        first = f"{entry.line.item}（{entry.name}）{problem}"
        raise KnownError(f"还有 {len(done.problems)} 处要补：{first}等。", "补齐以后再完成结算。")
    with office.transaction(f"完成结算：{book.trip.name}") as tx:
        book.trip.state = SETTLED
        tx.save(book.trip)
    return tx.changes


def export_settlement(office: Office, trip: int, path: Path) -> int:
    """Writes the settlement as a workbook: the entries, then the sums by person; how many entries."""
    from zhaoshang_desktop.exchange.table import write_table  # openpyxl, when first needed

    book = load_trip(office, trip)
    done = settled(office, book)
    rows = [*settlement_rows(done, _figure), ("",) * len(HEADS), *_people_rows(done, _figure)]
    write_table(path, f"{book.trip.name} 结算单", HEADS, _WIDTHS, rows)
    office.note(Deed(Act.EXPORT, len(done.entries), path.name, f"结算单：{book.trip.name}"))
    return len(done.entries)


def settlement_rows(done: Settlement, yuan: Callable[[int | None], Any]) -> list[tuple[Any, ...]]:
    """Each entry as it is read, and the total; `yuan` makes a figure of 分."""
    rows = [
        (
            str(number),
            entry.line.item,
            entry.name,
            yuan(entry.planned),
            yuan(entry.limit),
            _spent(entry, yuan),
            yuan(entry.difference) if entry.spent else "",
            entry.receipts + (f"（附件{entry.files}个）" if entry.files else ""),
            entry.reason,
            "；".join(entry.problems),
        )
        for number, entry in enumerate(done.entries, 1)
    ]
    spent = (yuan(done.actual), yuan(done.actual - done.planned)) if done.is_begun else ("", "")
    total = ("", "合计", "", yuan(done.planned), "", *spent, "", "", "")
    return [*rows, total]


def _people_rows(done: Settlement, yuan: Callable[[int | None], Any]) -> Iterator[tuple[Any, ...]]:
    empty = ("",) * (len(HEADS) - len(_PEOPLE) - 1)
    yield ("", *_PEOPLE, *empty)
    for one in done.persons:
        money = (one.planned, one.actual, one.allowance, one.actual - one.allowance)
        yield ("", one.name, *map(yuan, money), *empty)


def settled_texts(done: Settlement) -> SettledTexts:
    """The settlement as its paper prints it."""
    rows = [(*row[1:7], "\n".join(filter(None, row[7:9]))) for row in settlement_rows(done, yuan)]
    people = [row[1:6] for row in list(_people_rows(done, yuan))[1:]]
    sums = [sum(getattr(one, name) for one in done.persons) for name in ("planned", "actual", "allowance")]
    people.append(("合计", *map(yuan, (*sums, sums[1] - sums[2]))))
    groups: dict[tuple[str, str], list[str]] = {}
    for entry, problem in done.problems:
        groups.setdefault((problem, entry.line.item), []).append(entry.name)
    still = [f"{item}：{'、'.join(names)}，{problem}" for (problem, item), names in groups.items()]
    return SettledTexts(rows, people, [*still, *done.notes], done.verdict)


def _spent(entry: Entry, yuan: Callable[[int | None], Any]) -> Any:
    if entry.spent and entry.spent.currency != "CNY":
        worth = f"\n折 {entry.worth.yuan:,.2f}" if entry.worth else ""
        return f"{entry.spent.yuan:,.2f} {entry.spent.currency}{worth}"
    return yuan(entry.spent.fen if entry.spent else None)


def _figure(fen: int | None) -> Decimal | str:
    return "" if fen is None else Money(fen).yuan


def yuan(fen: int | None) -> str:
    """1,234.50 元; "" for nothing known."""
    return "" if fen is None else f"{Money(fen).yuan:,.2f}"
