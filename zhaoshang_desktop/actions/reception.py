"""请进来: a new reception, its kind, people and rows put on it, its budget, the talks that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.counted import fill_in_from
from zhaoshang_desktop.actions.reception_book import load_reception, standard_for
from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import (
    GUEST,
    OURS,
    OWN_MEAL,
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import ReceptionBook
from zhaoshang_desktop.domain.reception_rule import Standard
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import PLACED, Visit
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office

MOST_ROWS = 500


@dataclass
class ReceptionWish:
    """A reception as somebody asks for it; its rows name no reception yet."""

    reception: Reception
    items: list[ReceptionItem] = field(default_factory=list)
    people: list[ReceptionPerson] = field(default_factory=list)
    meals: list[ReceptionMeal] = field(default_factory=list)
    cars: list[ReceptionCar] = field(default_factory=list)
    costs: list[ReceptionCost] = field(default_factory=list)


def new_reception(office: Office, wish: ReceptionWish) -> tuple[int, Changes]:
    """Stores a reception with its rows, as one batch; gives its key. Costs of the other kind are refused."""
    one = wish.reception
    _refuse_days(one)
    for cost in wish.costs:
        if cost.account != one.kind:
            raise _mixed(cost.item, cost.account, one.kind)
    with office.transaction(f"新建接待：{one.name}") as tx:
        tx.save(one)
        rows: list[Record] = [*wish.items, *wish.people, *wish.meals, *wish.cars, *wish.costs]
        for row in rows:
            row.reception = one.id  # type: ignore[attr-defined]
        tx.save_all(rows)
    return one.id, tx.changes


def keep_apart(office: Office, record: Record, changed: Iterable[str]) -> None:
    """Refuses what would mix the two kinds: a cost booked to the other one, another kind for what has costs."""
    if isinstance(record, ReceptionCost) and record.reception:
        kind = office.get(Reception, record.reception).kind
        if record.account != kind:
            raise _mixed(record.item, record.account, kind)
    elif isinstance(record, Reception) and record.id and "kind" in changed:
        _refuse_switch(office, record.id, record.kind)


def add_contacts(office: Office, reception: int, contacts: Sequence[int]) -> Changes:
    """Puts investors' people on the list of guests; who is on it already stays as he is."""
    known = {one.contact for one in load_reception(office, reception).people}
    chosen = [one for one in office.rows(Contact, list(contacts)) if one.id not in known]
    firms = {one.id: one.name for one in office.rows(Investor, sorted({one.investor for one in chosen}))}
    people = [
        ReceptionPerson(
            reception=reception,
            side=GUEST,
            name=one.name,
            unit=firms.get(one.investor, ""),
            duty=one.post,
            phone=one.mobile or one.phone,
            contact=one.id,
        )
        for one in chosen
    ]
    return _put(office, f"加上客人 {len(people)} 人", people)


def add_members(office: Office, reception: int, members: Sequence[int]) -> Changes:
    """Puts ours on the list."""
    known = {one.member for one in load_reception(office, reception).people}
    chosen = [one for one in office.rows(Member, list(members)) if one.id not in known]
    units = {one.id: one.short_name or one.name for one in office.rows(Unit, sorted({one.unit for one in chosen}))}
    people = [
        ReceptionPerson(
            reception=reception,
            side=OURS,
            name=one.name,
            unit=units.get(one.unit, ""),
            duty=one.duty,
            phone=one.phone,
            member=one.id,
        )
        for one in chosen
    ]
    return _put(office, f"加上我方 {len(people)} 人", people)


@dataclass(frozen=True)
class Pasted:
    """Rows that were put in, how many were left out because what they require was not there, and the last reason."""

    changes: Changes
    added: int
    left_out: int
    reason: str


def paste_rows(
    office: Office, record: type[Record], begun: Mapping[str, Any], names: Sequence[str], text: str
) -> Pasted:
    """Puts rows copied from a spreadsheet in, as one batch. A first row of headings says which column is what,
    without it they are taken in the order of `names`; a cell that is not understood is kept beside its field.
    """
    table = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
    table = [[cell.strip().strip('"') for cell in row] for row in table if any(cell.strip() for cell in row)]
    if len(table) > MOST_ROWS + 1:
        raise KnownError(f"一次最多粘贴 {MOST_ROWS} 行，这里有 {len(table)} 行。", "请分几次粘贴。")
    columns = headed(record, table[0]) if table else None
    if columns is None:
        by_name = {one.name: one for one in fields_of(record)}
        columns = [by_name[name] for name in names]
    else:
        table = table[1:]
    rows = [_row(record, begun, columns, cells) for cells in table]
    good = [row for row in rows if not _lacks(row)]
    lacking = next((_lacks(row) for row in rows if _lacks(row)), "")
    changes = _put(office, f"粘贴 {len(good)} 行", good)
    return Pasted(changes, len(good), len(rows) - len(good), f"没有{lacking}" if lacking else "")


def headed(record: type[Record], cells: Sequence[str]) -> list[Field | None] | None:
    """The fields that these headings name; None when most of them name none."""
    known: dict[str, Field] = {}
    for one in fields_of(record):
        for word in (one.label, *one.spec.aliases):
            known[folded(word)] = one
    found = [known.get(folded(cell.rstrip("*"))) for cell in cells]
    return found if sum(1 for one in found if one) * 2 > len(cells) else None


def make_costs(office: Office, reception: int) -> Changes:
    """Reckons the lines of cost anew; what was typed by hand stays, and what was actually spent."""
    book = load_reception(office, reception)
    standard = standard_for(office, book.reception.kind, book.day)
    made = reckoned(book, standard)
    typed = {line.item for line in book.costs if not line.reckoned}
    spent = {line.item: line for line in book.costs if line.reckoned and (line.actual or line.receipt)}
    with office.transaction(f"测算接待费用：{book.reception.name}") as tx:
        tx.erase(ReceptionCost, [line.id for line in book.costs if line.reckoned])
        for line in made:
            if line.item not in typed:
                before = spent.pop(line.item, None)
                if before:
                    line.actual, line.receipt = before.actual, before.receipt
                tx.save(line)
        for line in spent.values():
            tx.save(replace(line, id=0, version=0, planned=None, allowed=None, basis="测算里已经没有这一项"))
    return tx.changes


def reckoned(book: ReceptionBook, standard: Standard) -> list[ReceptionCost]:
    """What the meals and rooms will cost and may cost; pure figures, in 元."""
    lines = [_meal_cost(book, meal, standard) for meal in book.meals if meal.kind != OWN_MEAL]
    lodging = None if standard.forbids(r.LODGING) else _room_cost(book, standard)
    return [line for line in (*lines, lodging) if line is not None]


def log_talks(office: Office, reception: int) -> Changes:
    """Makes a talk 洽谈 for each investor who came and has none yet, to be typed up like one on a trip; what the
    assessment counts of it is filled in."""
    book = load_reception(office, reception)
    one = book.reception
    known = {visit.investor for visit in office.find(Query(Visit, where=(Where("reception", "=", reception),)))}
    missing = [key for key in one.investors if key not in known]
    if not missing:
        reason = "来访客商都已有洽谈记录。" if one.investors else "没有选来访客商，洽谈记录没有地方放。"
        raise KnownError(reason, "请在“基本”一栏选来访客商。" if not one.investors else "直接填写即可。")
    contacts = {person.contact for person in book.guests if person.contact}
    owners = {contact.id: contact.investor for contact in office.rows(Contact, sorted(contacts))}
    ours = tuple(dict.fromkeys((*one.members, *(person.member for person in book.ours if person.member))))
    visits = [
        Visit(
            investor=key,
            reception=reception,
            contacts=tuple(contact for contact, owner in owners.items() if owner == key),
            state=PLACED,
            direction="请进来",
            way="接待",
            day=one.start,
            address=one.place,
            members=ours,
        )
        for key in missing
    ]
    if len(one.investors) == 1:
        visits[0].guests = len(book.guests) or None
    for visit in visits:
        fill_in_from(office, visit, today(office.clock))
    return _put(office, f"记洽谈 {len(visits)} 家", visits)


def _put(office: Office, label: str, rows: Sequence[Record]) -> Changes:
    with office.transaction(label) as tx:
        tx.save_all(rows)
    return tx.changes


def _row(
    record: type[Record], begun: Mapping[str, Any], columns: Sequence[Field | None], cells: Iterable[str]
) -> Record:
    row = record(**begun)
    for column, cell in zip(columns, cells, strict=False):
        if column is None or not cell:
            continue
        try:
            setattr(row, column.name, column.kind.read(cell))
        except NotUnderstood:
            row.raw[column.name] = cell
    return row


def _lacks(row: Record) -> str:
    """The label of the first required field that stands empty."""
    for one in fields_of(type(row)):
        if one.spec.required and getattr(row, one.name) == one.kind.empty and one.name not in row.raw:
            return one.label
    return ""


def _meal_cost(book: ReceptionBook, meal: ReceptionMeal, standard: Standard) -> ReceptionCost | None:
    guests, companions = book.eaters(meal)
    price, most = meal.per_head or standard.price(r.MEAL_PRICE), standard.price(r.MEAL_PRICE)
    called = f"{meal.day:%m-%d} {meal.meal}" if meal.day else meal.meal
    if price is None:
        basis, planned = "没有填每人费用，标准里也没有", None
    else:
        planned = Money(price.fen * (guests + companions), price.currency)
        basis = f"客人 {guests} 人、陪餐 {companions} 人，每人 {write_money(price)}"
    may = standard.companions(guests)
    eaters = guests + (companions if may is None else min(companions, may))
    allowed = Money(most.fen * eaters) if most else None
    return _line(book, f"{called}（{meal.kind}）", basis, planned, allowed)


def _room_cost(book: ReceptionBook, standard: Standard) -> ReceptionCost | None:
    price = standard.price(r.ROOM_PRICE)
    stays = [one for one in book.guests if one.room_kind not in ("", "自理")]
    nights: dict[str, int] = {}
    for one in stays:
        count = (one.check_out - one.check_in).days if one.check_in and one.check_out else 0
        room = one.room or f"#{one.id}"
        nights[room] = max(nights.get(room, 0), count)
    total = sum(nights.values())
    if not total:
        return None
    if price is None:
        return _line(book, "住宿", f"{len(nights)} 间共 {total} 晚，标准里没有每间每晚", None, None)
    amount = Money(price.fen * total, price.currency)
    return _line(book, "住宿", f"{len(nights)} 间共 {total} 晚，每间每晚 {write_money(price)}", amount, amount)


def _line(book: ReceptionBook, item: str, basis: str, planned: Money | None, allowed: Money | None) -> ReceptionCost:
    return ReceptionCost(
        reception=book.reception.id,
        account=book.reception.kind,
        item=item,
        basis=basis,
        planned=planned,
        allowed=allowed,
        reckoned=True,
    )


def _refuse_switch(office: Office, key: int, wanted: str) -> None:
    book = load_reception(office, key)
    costs = [line for line in book.costs if line.account != wanted]
    if wanted != book.reception.kind and costs:
        total = sum(
            amount.fen for line in costs if (amount := line.actual or line.planned) and amount.currency == "CNY"
        )
        said = f"，合计 {write_money(Money(total))}" if total else ""
        raise KnownError(
            f"这次接待已按“{book.reception.kind}”记了 {len(costs)} 笔费用{said}，不能改成“{wanted}”。",
            f"两种接待的费用不能混在一起：先去掉这些费用再改，或另建一次“{wanted}”。",
        )


def _mixed(item: str, account: str, kind: str) -> KnownError:
    return KnownError(
        f"“{item}”是{account}的费用，不能记到{kind}里。", "两种接待的费用和台账分开，请记到它自己的那次接待。"
    )


def _refuse_days(one: Reception) -> None:
    if one.start and one.end and one.end < one.start:
        raise KnownError("结束日期早于开始日期。", "请检查日期。")
