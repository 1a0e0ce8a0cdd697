"""The sample county: invented, the same every time, and read back from its workbooks as it is."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from zhaoshang_desktop.actions.demo import make_demo
from zhaoshang_desktop.actions.sample.books import Book, write_books
from zhaoshang_desktop.actions.sample.county import sample_county
from zhaoshang_desktop.actions.sample.model import County
from zhaoshang_desktop.actions.trip import check_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain import code
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.phone import is_mobile
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.exchange.layout import Role, guess_layout
from zhaoshang_desktop.exchange.mapping import guess_mapping
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

TODAY = date(2026, 12, 2)


@pytest.fixture(scope="module")
def county() -> County:
    return sample_county(TODAY)


@pytest.fixture(scope="module")
def books(county: County, tmp_path_factory: pytest.TempPathFactory) -> list[Book]:
    return write_books(county, tmp_path_factory.mktemp("来料"))


def drafts(books: list[Book], part_of_name: str, record: type[Record], sheet: int = 0) -> list[Draft]:
    book = next(book for book in books if part_of_name in book.path.name)
    page = read_workbook(book.path).sheets[sheet]
    layout = guess_layout(page)
    return list(rows_to_records(page, layout, guess_mapping(page, layout, record)))


def test_the_county_has_what_an_office_has(county: County) -> None:
    assert len(county.firms) == 300
    assert (len(county.works), len(county.tips), len(county.experts)) == (80, 150, 40)
    assert (len(county.units), len(county.colleagues)) == (6, 25)
    assert all(firm.contacts for firm in county.firms)


def test_the_same_day_gives_the_same_county_and_another_day_moves_its_dates(county: County) -> None:
    assert sample_county(TODAY) == county
    later = sample_county(date(2027, 12, 2))
    assert later.firms[0].investor.name == county.firms[0].investor.name
    assert max(tip.lead.day or TODAY for tip in later.tips).year == 2027


def test_no_two_firms_share_a_name_a_code_or_a_telephone(county: County) -> None:
    codes = Counter(firm.investor.credit_code for firm in county.firms if firm.investor.credit_code)
    names = Counter(firm.investor.name for firm in county.firms)
    mobiles = Counter(person.mobile for firm in county.firms for person in firm.contacts)
    assert max(codes.values()) == max(names.values()) == max(mobiles.values()) == 1


def test_codes_have_right_check_digits_and_telephones_read_as_mobiles(county: County) -> None:
    assert not any(code.warning(firm.investor.credit_code) for firm in county.firms)
    assert all(is_mobile(person.mobile) for firm in county.firms for person in firm.contacts)


def test_what_may_tell_a_faith_stands_only_with_its_basis(county: County) -> None:
    people = [person for firm in county.firms for person in firm.contacts]
    assert any(person.diet for person in people)
    assert all(person.basis for person in people if person.diet)


def test_our_own_list_is_laid_out_like_an_office_would(books: list[Book]) -> None:
    book = read_workbook(next(book.path for book in books if "名录" in book.path.name))
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [
        ("填报说明", True),
        ("名录", True),
        ("选项", False),
    ]
    layout = guess_layout(book.sheets[1])
    assert layout.count(Role.TITLE) == 2
    assert layout.count(Role.HEADER) == 2
    assert layout.count(Role.GROUP) > 10
    assert layout.count(Role.SUM) == layout.count(Role.GROUP) + 1
    assert layout.count(Role.NOTE) == 3
    assert layout.count(Role.DATA) == 220


def test_our_own_list_is_read_back_as_it_is(county: County, books: list[Book]) -> None:
    true = {firm.investor.name: firm for firm in county.firms}
    read = drafts(books, "名录", LIBRARIES["investors"], sheet=1)
    untouched = ("place", "founded", "revenue", "staff", "chain", "business", "level", "honours", "plans")
    for draft in read:
        firm = true[draft.record.title]
        for name in untouched:
            assert getattr(draft.record, name) == getattr(firm.investor, name), (draft.row, name, draft.record.raw)
    unread = [problem for draft in read for problem in draft.problems if not problem.warning]
    assert {problem.field for problem in unread} == {"注册资本", "责任单位", "责任人"}
    assert sum(problem.field == "注册资本" for problem in unread) == 6
    doubtful = [problem.field for draft in read for problem in draft.problems if problem.warning]
    assert Counter(doubtful)["统一社会信用代码"] == 6


def test_the_people_are_read_back_as_they_are(county: County, books: list[Book]) -> None:
    true = {person.mobile: person for firm in county.firms for person in firm.contacts}
    read = [child for draft in drafts(books, "登记造册", LIBRARIES["investors"]) for child in draft.children]
    assert len(read) > 200
    for person in read:
        written = dataclasses.replace(true[person.mobile], raw=person.raw)  # type: ignore[attr-defined]
        assert person == written


def test_projects_leads_and_experts_are_read_back_as_they_are(county: County, books: list[Book]) -> None:
    works = {work.project.name: work for work in county.works}
    for draft in drafts(books, "台账", LIBRARIES["projects"]):
        project = works[draft.record.title].project
        for name in ("chain", "content", "total", "fixed", "land", "output", "tax", "jobs", "packaging"):
            assert getattr(draft.record, name) == getattr(project, name), (draft.row, name, draft.record.raw)
    tips = {tip.lead.subject: tip.lead for tip in county.tips}
    for draft in drafts(books, "线索", LIBRARIES["leads"]):
        lead = tips[draft.record.title]
        for name in ("channel", "provider", "day", "kind", "place", "credibility", "state", "due"):
            assert getattr(draft.record, name) == getattr(lead, name), (draft.row, name, draft.record.raw)
    experts = {expert.name: expert for expert in county.experts}
    for draft in drafts(books, "专家", LIBRARIES["experts"]):
        expert = experts[draft.record.title]
        for name in ("employer", "phone", "skills", "languages", "home_place", "kind", "term", "public_servant"):
            assert getattr(draft.record, name) == getattr(expert, name), (draft.row, name, draft.record.raw)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office that the demo makes on that day."""
    clock = FixedClock(datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI))
    made = make_demo(tmp_path_factory.mktemp("demo"), lambda _: None, clock=clock)
    opened = open_office(made.office, clock=clock)
    yield opened
    opened.close()


def test_the_office_is_whole(office: Office) -> None:
    found = check(office)
    assert found.wrong == []
    assert (found.counts["investor"], found.counts["project"], found.counts["member"]) == (300, 80, 25)


def test_the_projects_stand_where_they_stood(office: Office, county: County) -> None:
    stages = Counter(project.stage for project in office.find(Query(Project)))
    assert (stages["储备"], stages["在谈"], stages["签约"], stages["投产"]) == (12, 26, 8, 3)
    assert "" not in stages


def test_two_years_of_visits_end_yesterday_and_lie_on_workdays(office: Office) -> None:
    held = office.find(Query(Visit, where=(Where("state", "=", "已完成"),)))
    days = [visit.day for visit in held]
    assert TODAY - timedelta(days=730) <= min(days) < TODAY - timedelta(days=600)
    assert TODAY - timedelta(days=14) < max(days) < TODAY
    assert all(visit.said and visit.intention and visit.result and visit.members for visit in held)
    assert any(visit.next_due < TODAY and not visit.next_done for visit in held if visit.next_due)


def test_the_coming_trip_is_five_days_of_two_teams_without_a_clash(office: Office) -> None:
    trip = office.find(Query(Trip, where=(Where("state", "=", "已排"),)))[0]
    assert (trip.start, trip.end) == (date(2026, 12, 7), date(2026, 12, 11))
    book = load_trip(office, trip.id)
    assert [team.mode for team in book.teams] == ["驾车", "高铁"]
    assert all(2 <= len(team.members) <= 5 for team in book.teams)
    placed = [visit for visit in book.visits if visit.state == "已排"]
    assert len(placed) >= 12
    assert {visit.team for visit in placed} == {team.id for team in book.teams}
    assert sum(visit.fixed is True for visit in placed) == 2
    assert book.budget
    assert check_trip(office, trip.id) == ()


def test_the_trips_that_were_made_are_logged(office: Office) -> None:
    made = office.find(Query(Trip, where=(Where("state", "=", "已归"),)))
    assert len(made) == 2
    for trip in made:
        assert trip.end < TODAY
        assert {visit.state for visit in load_trip(office, trip.id).visits} <= {"已完成", "待排"}
