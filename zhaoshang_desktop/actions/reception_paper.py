"""The papers of a reception, and the ledger 台账 of a period: one for each kind, never both in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions import fairness
from zhaoshang_desktop.actions.fairness import Promise, note_of
from zhaoshang_desktop.actions.reception_book import load_reception, look_at
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.reception_check import ReceptionBook
from zhaoshang_desktop.exchange.reception_ledger import LedgerRow, write_reception_ledger
from zhaoshang_desktop.papers.blocks import Paper, PlaceCards
from zhaoshang_desktop.papers.pdf import Printed, write_pdf
from zhaoshang_desktop.papers.reception import ReceptionPack
from zhaoshang_desktop.papers.reception_bill import reception_bill
from zhaoshang_desktop.papers.reception_guide import guest_guide
from zhaoshang_desktop.papers.reception_lists import car_plan, name_list, room_plan
from zhaoshang_desktop.papers.reception_programme import reception_programme
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

CALLED_OFF = "取消"
WRITTEN = ("programme", "guide", "bill")
"""The papers that carry sentences of ours."""


def reception_pack(office: Office, key: int) -> ReceptionPack:
    """The records that the papers are made of."""
    look = look_at(office, key)
    found = {one.id: one.name for one in office.rows(Investor, list(look.book.reception.investors))}
    firms = tuple(found[one] for one in look.book.reception.investors if one in found)
    return ReceptionPack(office.name, today(office.clock), look.book, look.standard, look.findings, firms)


def paper_of_reception(office: Office, kind: str, key: int, *, masked: bool = False) -> tuple[Paper, list[Promise]]:
    """A paper as the records are now, with the promises in it; `kind` is a key of RECEPTION_PAPERS."""
    pack = reception_pack(office, key)
    return RECEPTION_PAPERS[kind][1](pack, masked), promises_in(office, kind, pack)


def promises_in(office: Office, kind: str, pack: ReceptionPack) -> list[Promise]:
    """What our side has written into a paper and the law on fair competition review does not allow."""
    return fairness.find(office, _written(pack) if kind in WRITTEN else ())


def _written(pack: ReceptionPack) -> Iterator[tuple[str, str]]:
    """Our own words, with their places."""
    yield "事由", pack.book.reception.purpose
    for item in pack.book.items:
        yield f"日程“{item.what}”", item.what
        yield f"日程“{item.what}”·内部备注", item.note
    yield "接待结果", pack.book.reception.result


def write_reception_paper(office: Office, kind: str, key: int, path: Path, *, masked: bool = False) -> Printed:
    """Prints a paper into a file, and notes it in the ledger of what left the office."""
    paper, promises = paper_of_reception(office, kind, key, masked=masked)
    printed = write_pdf(paper, path)
    note_reception_printed(office, kind, key, path.name, promises, masked=masked)
    return printed


def note_reception_printed(
    office: Office, kind: str, key: int, file: str, promises: Sequence[Promise], *, masked: bool = False
) -> None:
    """Notes in the ledger that a paper went into a file or, without its name, to a printer."""
    book = load_reception(office, key)
    how = ("，隐去个人信息" if masked else "") + note_of(promises)
    office.note(Deed(Act.PRINT, len(book.people), file, f"{RECEPTION_PAPERS[kind][0]}：{book.reception.name}{how}"))


def ledger_rows(office: Office, kind: str, first: date, last: date) -> list[LedgerRow]:
    """The receptions of one kind that began in these days, and what was booked under that kind, the earliest first."""
    if last < first:
        raise KnownError("台账的结束日期早于开始日期。", "请检查日期。")
    where = (Where("kind", "=", kind), Where("start", ">=", first), Where("start", "<=", last))
    found = office.find(Query(Reception, where=where, order=("start", "id")))
    return [_ledger_row(office, load_reception(office, one.id)) for one in found if one.state != CALLED_OFF]


def write_ledger(office: Office, kind: str, first: date, last: date, path: Path) -> int:
    """Writes the ledger of a kind and period; how many receptions it has."""
    rows = ledger_rows(office, kind, first, last)
    period = f"{first.isoformat()} 至 {last.isoformat()}"
    write_reception_ledger(path, rows, title=f"{kind}台账", period=period, made_by=office.name)
    office.note(Deed(Act.EXPORT, len(rows), path.name, f"{kind}台账：{period}"))
    return len(rows)


def _ledger_row(office: Office, book: ReceptionBook) -> LedgerRow:
    one = book.reception
    costs = [line for line in book.costs if line.account == one.kind]
    firms = [firm.name for firm in office.rows(Investor, list(one.investors))]
    spent = [line for line in costs if line.actual]
    lacking = sum(1 for line in spent if not line.receipt)
    return LedgerRow(
        start=one.start,
        end=one.end,
        visitor=one.from_unit or "、".join(firms),
        purpose=one.purpose,
        letter=one.letter_number,
        guests=len(book.guests),
        ours=len(book.ours),
        meals=len(book.meals),
        planned=_sum(line.planned for line in costs),
        allowed=_sum(line.allowed for line in costs),
        actual=_sum(line.actual for line in costs),
        receipts="" if not spent else f"缺 {lacking}" if lacking else "齐",
        by="、".join(book.members[key].name for key in one.members if key in book.members),
        state=one.state,
    )


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    """Of 元; other money is not added."""
    fen = [amount.fen for amount in amounts if amount is not None and amount.currency == "CNY"]
    return Money(sum(fen)) if fen else None


def _place_cards(pack: ReceptionPack, _masked: bool) -> Paper:
    names = tuple(one.name for one in pack.book.people if one.name)
    if not names:
        raise KnownError("名单上还没有人，没有席签可印。", "请先在“人员”一栏写好名单。")
    return pack.paper(f"{pack.book.reception.name}　席签", (PlaceCards(names),), internal=False)


RECEPTION_PAPERS: dict[str, tuple[str, Callable[[ReceptionPack, bool], Paper]]] = {
    "programme": ("接待方案", lambda pack, _masked: reception_programme(pack)),
    "guide": ("日程手册", lambda pack, _masked: guest_guide(pack)),
    "names": ("名单", lambda pack, masked: name_list(pack, masked=masked)),
    "cards": ("席签", _place_cards),
    "cars": ("车辆安排", lambda pack, _masked: car_plan(pack)),
    "rooms": ("住房安排", lambda pack, _masked: room_plan(pack)),
    "bill": ("接待清单", lambda pack, _masked: reception_bill(pack)),
}
"""By the name of the command line, what a person calls each paper, and who makes it."""
