"""The sample county as an office: its workbooks are written, imported, and worked with for two years.

The county is invented, so its trips set out from a real city with a railway station near where it
would lie (`sample.model.BASE`); what the papers say of its place is a 区位 fact of the office.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.brief import write_brief
from zhaoshang_desktop.actions.budget import make_budget
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.reception import log_talks, make_costs, new_reception
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.sample.books import Book, write_books
from zhaoshang_desktop.actions.sample.county import SEED, sample_county
from zhaoshang_desktop.actions.sample.model import COUNTY, OFFICE, County
from zhaoshang_desktop.actions.sample.receptions import clients, county_rules, officials
from zhaoshang_desktop.actions.sample.trips import OUTINGS, Outing, wish_for
from zhaoshang_desktop.actions.sample.visits import log_of_two_years, outcome
from zhaoshang_desktop.actions.trip import log_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import calendar_of, load_trip
from zhaoshang_desktop.actions.trip_draft import PlanOutcome
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.libraries import LIBRARIES, RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import ReceptionCost
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import PLACED, Visit
from zhaoshang_desktop.runtime.clock import Clock, SystemClock, today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

PACK = "外出招商资料.pdf"
ITERATIONS = 1_500
FUND_LIMIT = Money(20_000 * 100)
"""What the sample county grants for each of its trips."""
_TYPES = {**LIBRARIES, "units": RECORDS["unit"], "members": RECORDS["member"]}

Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """What was made: the office, the workbooks it came from, the coming trip and its pack."""

    office: Path
    books: tuple[Path, ...]
    trip: int
    pack: Path
    pages: int


def make_demo(folder: Path, say: Say, *, clock: Clock | None = None) -> Demo:
    """Makes 清岚县 in the folder; `say` is told each step. KnownError when there is one already."""
    clock = clock or SystemClock()
    where = folder / f"{COUNTY}.office"
    if where.exists():
        raise KnownError(f"“{folder}”里已经有一个示例办公室。", "请换一个文件夹，或先把它移走。")
    county = sample_county(today(clock), SEED)
    say(f"编出示例县{COUNTY}（并不存在）：{len(county.firms)} 家客商，{len(county.works)} 个项目。")
    books = write_books(county, folder / "来料", SEED)
    say(f"写出 {len(books)} 份来料表格，放在 {folder / '来料'}")
    office = new_office(where, name=OFFICE, actor="示例", clock=clock)
    try:
        import_books(office, books, say)
        live_two_years(office, county, Random(SEED), say)
        receive(office, Random(SEED), say)
        trip = travel(office, Random(SEED), say)
        pack = folder / PACK
        printed = write_brief(office, trip, pack)
        say(f"打印外出招商资料 {printed.pages} 页：{pack}")
    finally:
        office.close()
    return Demo(where, tuple(book.path for book in books), trip, pack, printed.pages)


def import_books(office: Office, books: list[Book], say: Say) -> None:
    """Every workbook through the importer, as a clerk would."""
    for book in books:
        record = _TYPES[book.library]
        counts = import_file(office, record, book.path).plan.counts
        told = [f"新建 {counts['created']}", f"补充 {counts['updated']}", f"疑似重复 {counts['duplicates']}"]
        say(f"导入{RECORD_TITLES[record.NOUN]}：{book.path.name}，{counts['rows_read']} 行，{'，'.join(told)}")


def live_two_years(office: Office, county: County, rng: Random, say: Say) -> None:
    """What no workbook says: the county's facts, the days of the projects' steps, the log of two years."""
    investors = office.find(Query(Investor, order=("id",)))
    contacts: dict[int, list[Contact]] = {}
    for contact in office.find(Query(Contact, order=("id",))):
        contacts.setdefault(contact.investor, []).append(contact)
    members = office.find(Query(Member, order=("id",)))
    visits = log_of_two_years(rng, county.today, calendar_of(office), investors, contacts, members)
    with office.transaction("录入本地概况") as tx:
        tx.save_all(county.facts)
    with office.transaction("补录项目阶段") as tx:
        tx.save_all(_steps(office, county))
    with office.transaction(f"补录往来 {len(visits)} 次") as tx:
        tx.save_all(visits)
    say(f"补录本地概况 {len(county.facts)} 条，项目阶段，两年往来 {len(visits)} 次")


def _steps(office: Office, county: County) -> list[Milestone]:
    """The days of all steps; the ledger told only where each project stands and two days."""
    projects = {project.name: project.id for project in office.find(Query(Project))}
    known = {(milestone.project, milestone.step): milestone for milestone in office.find(Query(Milestone))}
    found = []
    for work in county.works:
        key = projects[work.project.name]
        for step, day in work.steps.items():
            milestone = known.get((key, step)) or Milestone(project=key, step=step)
            milestone.actual, milestone.who = day, work.owner
            milestone.reason = "企业调整投资计划" if step in {"搁置", "终止"} else ""
            found.append(milestone)
    return found


def receive(office: Office, rng: Random, say: Say) -> None:
    """The county's own standard, clients who came and officials who will come."""
    with office.transaction("本县接待标准") as tx:
        tx.save_all(county_rules())
    day, calendar = today(office.clock), calendar_of(office)
    members = office.find(Query(Member, order=("id",)))
    firms = office.find(Query(Investor, where=(Where("level", "=", "A"),), order=("id",)))
    people: dict[int, list[Contact]] = {}
    for contact in office.find(Query(Contact, order=("id",))):
        people.setdefault(contact.investor, []).append(contact)
    guest = max(firms, key=lambda firm: (len(people.get(firm.id, ())), -firm.id))
    for wish in (clients(day, calendar, guest, people[guest.id], members), officials(day, calendar, members)):
        key, _ = new_reception(office, wish)
        make_costs(office, key)
        if wish.reception.investors:
            _settle(office, key)
            log_talks(office, key)
            (visit,) = office.find(Query(Visit, where=(Where("reception", "=", key),)))
            told = outcome(rng, guest, way="接待")
            log_visit(
                office,
                visit.id,
                said=told.said,
                intention=told.intention,
                result=told.result,
                next_step=told.next_step,
                next_due=day + timedelta(days=6),
                next_owner=wish.reception.members[0],
            )
        say(f"接待：{wish.reception.name}（{wish.reception.kind}）")


def _settle(office: Office, reception: int) -> None:
    """What was reckoned was spent, and its receipts are there."""
    with office.transaction("接待结算") as tx:
        for line in tx.find(Query(ReceptionCost, where=(Where("reception", "=", reception),))):
            if line.reckoned:
                line.actual, line.receipt = line.planned, True
                tx.save(line)


def travel(office: Office, rng: Random, say: Say) -> int:
    """The trips that were made, with what came of them, and the coming one; gives the key of that."""
    trip = 0
    for outing in OUTINGS:
        trip, planned = _plan(office, outing)
        name = office.get(Trip, trip).name
        say(f"排行程：{name}，两队五天，排上 {planned.placed} 家，没排上 {len(planned.left_out)} 家")
        if outing.weeks_ago:
            count = _log(office, rng, trip)
            say(f"记录这次外出的 {count} 次拜访")
    return trip


def _plan(office: Office, outing: Outing) -> tuple[int, PlanOutcome]:
    investors, members = office.find(Query(Investor, order=("id",))), office.find(Query(Member, order=("id",)))
    experts = office.find(Query(Expert, order=("id",)))
    day = today(office.clock)
    trip, _ = new_trip(office, wish_for(outing, day, calendar_of(office), investors, members, experts))
    edit_record(office, Trip, trip, {"fund_limit": FUND_LIMIT}, office.get(Trip, trip).version)
    planned = plan_trip(office, trip, iterations=ITERATIONS)
    make_budget(office, trip)
    return trip, planned


def _log(office: Office, rng: Random, trip: int) -> int:
    """Types up every visit that was placed, and brings the teams home."""
    book = load_trip(office, trip)
    held = [visit for visit in book.visits if visit.state == PLACED]
    for visit in held:
        told = outcome(rng, book.investors[visit.investor], way="拜访")
        team = next(team for team in book.teams if team.id == visit.team)
        log_visit(
            office,
            visit.id,
            said=told.said,
            intention=told.intention,
            result=told.result,
            next_step=told.next_step,
            next_due=visit.day and visit.day + timedelta(days=rng.randrange(10, 40)),
            next_owner=team.members[0],
        )
    edit_record(office, Trip, trip, {"state": "已归"}, office.get(Trip, trip).version)
    return len(held)
