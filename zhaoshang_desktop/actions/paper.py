"""The papers of a trip besides its briefing pack: approval form, itineraries, telephone numbers, calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions import fairness
from zhaoshang_desktop.actions.brief import briefing_of, promises_in
from zhaoshang_desktop.actions.fairness import Promise, note_of
from zhaoshang_desktop.actions.settlement import settled_texts, settlement_of
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.actions.trip_calendar import events_of
from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.visit import CALLED_OFF
from zhaoshang_desktop.exchange.calendar_file import write_calendar
from zhaoshang_desktop.papers.approval import approval_form
from zhaoshang_desktop.papers.blocks import Paper
from zhaoshang_desktop.papers.brief import briefing_pack
from zhaoshang_desktop.papers.briefing import BriefingPack
from zhaoshang_desktop.papers.contact_sheet import contact_sheet
from zhaoshang_desktop.papers.pdf import Printed, write_pdf
from zhaoshang_desktop.papers.settlement import settlement_sheet
from zhaoshang_desktop.papers.travel_sheet import travel_sheets, travellers
from zhaoshang_desktop.planning.lodging import limit_for

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


@dataclass(frozen=True)
class Wish:
    """How a paper is wanted: for these people only, with what is personal hidden."""

    people: tuple[str, ...] = ()
    masked: bool = False


Maker = Callable[["Office", BriefingPack, Wish], Paper]


def paper_of(office: Office, kind: str, trip: int, wish: Wish = Wish()) -> tuple[Paper, list[Promise]]:
    """A paper of a trip as its records are now (`kind` is a key of PAPERS), and the promises that our side has written
    into it and the law does not allow."""
    pack = briefing_of(office, trip)
    _refuse_strangers(pack, wish.people)
    return PAPERS[kind][1](office, pack, wish), _promises(office, kind, pack)


def _promises(office: Office, kind: str, pack: BriefingPack) -> list[Promise]:
    if kind == "brief":
        return promises_in(office, pack)
    return fairness.find(office, _typed(office, kind, pack))


def _typed(office: Office, kind: str, pack: BriefingPack) -> Iterator[tuple[str, str]]:
    """What our side typed and that paper prints, with its places."""
    yield "外出名称", pack.trip.name
    if kind == "approval":
        yield "事由", pack.trip.purpose
        for line in pack.budget:
            yield f"预算“{line.item}”", f"{line.item} {line.basis}"
    elif kind == "settlement":
        for entry in settlement_of(office, pack.trip.id).entries:
            yield f"结算“{entry.line.item}”{entry.name}", f"{entry.line.item} {entry.reason}"


def write_paper(office: Office, kind: str, trip: int, path: Path, wish: Wish = Wish()) -> Printed:
    """Prints a paper into a file, and notes it in the ledger."""
    paper, promises = paper_of(office, kind, trip, wish)
    printed = write_pdf(paper, path)
    note_printed(office, kind, trip, path.name, wish, promises)
    return printed


def note_printed(
    office: Office, kind: str, trip: int, file: str, wish: Wish = Wish(), promises: Sequence[Promise] = ()
) -> None:
    """Notes in the ledger that a paper went into a file or, without its name, to a printer."""
    book = load_trip(office, trip)
    targets = len({visit.investor for visit in book.visits if visit.state != CALLED_OFF})
    note = f"{PAPERS[kind][0]}：{book.trip.name}{_how(wish)}{note_of(promises)}"
    office.note(Deed(Act.PRINT, targets, file, note))


def write_trip_calendar(office: Office, trip: int, path: Path, wish: Wish = Wish()) -> int:
    """Writes the calendar of a trip, or of the teams of these people; how many entries it has."""
    pack = briefing_of(office, trip)
    _refuse_strangers(pack, wish.people)
    teams = frozenset(one.team.id for one in travellers(pack) if not wish.people or one.name in wish.people)
    events = list(events_of(pack, teams))
    if not events:
        raise KnownError("没有排定时间的会见和路程，日历文件是空的，没有写。", "请先在“日程”一步排好时间。")
    write_calendar(path, pack.trip.name, events, office.clock.now())
    office.note(Deed(Act.EXPORT, len(events), path.name, f"日历文件：{pack.trip.name}{_how(wish)}"))
    return len(events)


def people_of(office: Office, trip: int) -> list[str]:
    """Who goes, by name, in the order of the teams."""
    return list(dict.fromkeys(one.name for one in travellers(briefing_of(office, trip))))


def _how(wish: Wish) -> str:
    return ("，隐去个人信息" if wish.masked else "") + (f"，{len(wish.people)}人" if wish.people else "")


def _refuse_strangers(pack: BriefingPack, people: Sequence[str]) -> None:
    known = [one.name for one in travellers(pack)]
    for name in people:
        if name not in known:
            raise KnownError(f"这次外出没有叫“{name}”的人。", f"同行的人：{'、'.join(known) or '还没有分队'}。")


def _brief(_office: Office, pack: BriefingPack, _wish: Wish) -> Paper:
    return briefing_pack(pack)


def _approval(_office: Office, pack: BriefingPack, _wish: Wish) -> Paper:
    return approval_form(pack)


def _travel(office: Office, pack: BriefingPack, wish: Wish) -> Paper:
    limits = office.find(Query(LodgingLimit, order=("id",)))

    def most(place: str, rank: str, day: date) -> Money | None:
        found = limit_for(limits, place, rank, day)
        return found.amount if found else None

    return travel_sheets(pack, most, wish.people)


def _contacts(office: Office, pack: BriefingPack, wish: Wish) -> Paper:
    return contact_sheet(pack, copy_of=wish.people[0] if len(wish.people) == 1 else office.actor, masked=wish.masked)


def _settlement(office: Office, pack: BriefingPack, _wish: Wish) -> Paper:
    return settlement_sheet(pack, settled_texts(settlement_of(office, pack.trip.id)))


PAPERS: dict[str, tuple[str, Maker]] = {
    "brief": ("会见参考资料", _brief),
    "approval": ("出差审批表", _approval),
    "itinerary": ("行程单", _travel),
    "contacts": ("通讯录", _contacts),
    "settlement": ("结算单", _settlement),
}
"""By the name of the command line, what a person calls each paper, and who makes it."""
