"""外出招商资料: everything a trip reaches, gathered and printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions import fairness
from zhaoshang_desktop.actions.attachment import Attached, attach_paper
from zhaoshang_desktop.actions.fairness import Promise, note_of
from zhaoshang_desktop.actions.trip_book import caution_of, load_trip
from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.milestone import ASIDE
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.talking import matching_projects
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import HELD, Visit
from zhaoshang_desktop.papers.brief import briefing_pack
from zhaoshang_desktop.papers.briefing import BriefingPack
from zhaoshang_desktop.papers.fonts import fonts_of_this_pc
from zhaoshang_desktop.papers.pdf import Printed, pdf_bytes, write_pdf
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


def write_brief(office: Office, trip: int, path: Path) -> Printed:
    """Prints the briefing pack of a trip; says how many pages it has and which characters no font had."""
    pack = briefing_of(office, trip)
    printed = write_pdf(briefing_pack(pack), path)
    warned = note_of(promises_in(office, pack))
    office.note(Deed(Act.PRINT, len(pack.investors), path.name, f"外出招商资料：{pack.trip.name}{warned}"))
    return printed


def keep_brief(office: Office, trip: int) -> Attached:
    """The briefing pack as it is now, put to its trip as a file: so it travels in 出差包 and is at hand without a
    printer. The one kept before makes room."""
    pack = briefing_of(office, trip)
    data, _ = pdf_bytes(briefing_pack(pack), fonts_of_this_pc())
    return attach_paper(office, Trip, trip, f"{pack.trip.name} 资料.pdf", data)


def promises_in(office: Office, pack: BriefingPack) -> list[Promise]:
    """What our side has written into a pack and the law on fair competition review does not allow."""
    return fairness.find(office, _written(pack))


def _written(pack: BriefingPack) -> Iterator[tuple[str, str]]:
    """Our own words in a pack, with their places; what a firm plans and wants is its own."""
    yield "外出目的", pack.trip.purpose
    for fact in pack.facts:
        yield f"本地概况·{fact.heading or fact.topic}", fact.text
    for team in pack.teams:
        for member in pack.team_members(team):
            yield f"{member.name}·授权事项", member.authority
    named = set[int]()
    for target in pack.targets:
        for match in matching_projects(target.investor, pack.projects, pack.stakes):
            project = match.project
            if project.id not in named:
                named.add(project.id)
                yield f"项目“{project.name}”·推介要点", project.pitch
                yield f"项目“{project.name}”·建设内容", "" if project.pitch else project.content
        for visit in (*target.visits, *pack.past_of(target.investor)):
            when = f"{visit.day:%Y-%m-%d}" if visit.day else "未定日期"
            for title, text in (("洽谈内容", visit.said), ("结果", visit.result), ("下一步", visit.next_step)):
                yield f"{target.investor.name}·{when}{title}", text


def briefing_of(office: Office, trip: int) -> BriefingPack:
    """The records of a briefing pack."""
    book = load_trip(office, trip)
    investors = tuple(book.investors)
    history = office.find(Query(Visit, where=(Where("investor", "in", investors), Where("state", "=", HELD))))
    went = {key for visit in history for key in visit.members} - set(book.members)
    stakes = office.find(Query(Stake, where=(Where("investor", "in", investors),)))
    members = [*book.members.values(), *office.rows(Member, sorted(went))]
    return BriefingPack(
        office=office.name,
        printed=today(office.clock),
        trip=book.trip,
        teams=book.teams,
        visits=book.visits,
        legs=book.legs,
        budget=book.budget,
        investors=tuple(book.investors.values()),
        contacts=tuple(contact for group in book.contacts.values() for contact in group),
        projects=_projects(office, stakes, book.investors.values()),
        stakes=stakes,
        history=history,
        members=members,
        experts=tuple(book.experts.values()),
        units=office.rows(Unit, sorted({member.unit for member in members if member.unit})),
        facts=office.find(Query(CountyFact)),
        caution=caution_of(office, book.trip),
    )


def _projects(office: Office, stakes: Iterable[Stake], investors: Iterable[Investor]) -> list[Project]:
    """Their own projects, and what is open on their chains."""
    own = {stake.project for stake in stakes}
    chains = tuple({investor.chain for investor in investors if investor.chain})
    found = {project.id: project for project in office.rows(Project, sorted(own)) if not project.removed}
    for project in office.find(Query(Project, where=(Where("chain", "in", chains),))):
        if project.stage not in ASIDE:
            found.setdefault(project.id, project)
    return list(found.values())
