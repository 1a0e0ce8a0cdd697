"""The papers of a trip out of an office, and what the ledger says of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.actions.conftest import MONDAY, Stocked
from tests.papers.reading import page_texts
from zhaoshang_desktop.actions.paper import PAPERS, Wish, paper_of, people_of, write_paper, write_trip_calendar
from zhaoshang_desktop.actions.trip import TargetWish, cancel_visit, move_visit, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.domain.visit import Visit


@pytest.fixture
def trip(stocked: Stocked) -> int:
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:6]])
    plan_trip(stocked.office, key, iterations=200)
    return key


def events(path: Path) -> dict[str, dict[str, str]]:
    """By UID, the properties of each entry."""
    found: dict[str, dict[str, str]] = {}
    for part in path.read_bytes().decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = [line.split(":", 1) for line in part.split("BEGIN:VALARM")[0].split("\r\n") if ":" in line]
        own = dict(lines)
        found[own["UID"]] = own
    return found


@pytest.mark.parametrize("kind", [*PAPERS])
def test_each_paper_is_written_and_noted(stocked: Stocked, trip: int, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.pdf"
    printed = write_paper(stocked.office, kind, trip, path)
    assert len(page_texts(path.read_bytes())) == printed.pages > 0
    deed = stocked.office.ledger()[0].deed
    assert (deed.act, deed.file) == (Act.PRINT, path.name)
    assert PAPERS[kind][0] in deed.note or kind == "brief"


@pytest.mark.parametrize("kind", ["approval", "settlement"])
def test_a_promise_typed_into_a_line_is_told_with_its_paper(stocked: Stocked, trip: int, kind: str) -> None:
    assert paper_of(stocked.office, kind, trip)[1] == []
    with stocked.office.transaction("预算") as tx:
        tx.save(BudgetLine(trip=trip, number=9, item="商谈税收返还", planned=Money(100)))
    assert [one.words for one in paper_of(stocked.office, kind, trip)[1]] == ["税收返还"]


def test_the_sheet_of_one_person_has_no_others_days(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    path = tmp_path / "行程单.pdf"
    write_paper(stocked.office, "itinerary", trip, path, Wish(("张敏",)))
    text = "".join(page_texts(path.read_bytes()))
    book = load_trip(stocked.office, trip)
    mine = {team.id for team in book.teams if stocked.members[0].id in team.members}
    for visit in book.visits:
        assert (book.name_of(visit) in text.replace("\n", "")) == (visit.team in mine)


def test_who_does_not_go_has_no_sheet_and_is_told_who_goes(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    assert people_of(stocked.office, trip) == ["张敏", "王磊", "李想", "陈燕"]
    with pytest.raises(KnownError, match="没有叫“李四”的人"):
        write_paper(stocked.office, "itinerary", trip, tmp_path / "x.pdf", Wish(("李四",)))
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_calendar_has_an_entry_a_meeting_and_a_way(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    path = tmp_path / "行程.ics"
    count = write_trip_calendar(stocked.office, trip, path)
    book = load_trip(stocked.office, trip)
    found = events(path)
    assert count == len(found) == len([v for v in book.visits if v.start is not None]) + len(book.legs)
    for visit in book.visits:
        own = found[f"visit-{visit.id}@zhaoshang"]
        assert visit.day is not None
        assert visit.start is not None
        local = datetime.combine(visit.day, datetime.min.time(), UTC) + timedelta(minutes=visit.start - 8 * 60)
        assert own["DTSTART"] == f"{local:%Y%m%dT%H%M%SZ}"
        assert book.name_of(visit) in own["SUMMARY"]
    text = path.read_text(encoding="utf-8")
    assert "13800000000" not in text
    assert stocked.office.ledger()[0].deed.act == Act.EXPORT


def test_planned_again_the_entries_keep_their_names(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    plan_trip(stocked.office, trip, iterations=200)
    before = {leg.id for leg in load_trip(stocked.office, trip).legs}
    write_trip_calendar(stocked.office, trip, tmp_path / "1.ics")
    visit = load_trip(stocked.office, trip).visits[0]
    assert visit.day is not None
    assert visit.start is not None
    move_visit(stocked.office, visit.id, visit.team, visit.day, visit.start)
    write_trip_calendar(stocked.office, trip, tmp_path / "2.ics")
    assert {leg.id for leg in load_trip(stocked.office, trip).legs}.isdisjoint(before)
    assert events(tmp_path / "1.ics").keys() == events(tmp_path / "2.ics").keys()


def test_a_meeting_that_was_called_off_is_taken_out_of_the_calendar(
    stocked: Stocked, trip: int, tmp_path: Path
) -> None:
    visit = next(one for one in load_trip(stocked.office, trip).visits if one.state == "已排")
    cancel_visit(stocked.office, visit.id)
    write_trip_calendar(stocked.office, trip, tmp_path / "行程.ics")
    assert events(tmp_path / "行程.ics")[f"visit-{visit.id}@zhaoshang"]["STATUS"] == "CANCELLED"


def test_an_hour_abroad_is_the_hour_there(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    office = stocked.office
    visit = next(one for one in load_trip(office, trip).visits if one.state == "已排")
    with office.transaction("东京") as tx:
        own = tx.get(Visit, visit.id)
        own.place, own.day, own.start = "X:日本", MONDAY, 10 * 60
        tx.save(own)
    write_trip_calendar(office, trip, tmp_path / "行程.ics")
    assert events(tmp_path / "行程.ics")[f"visit-{visit.id}@zhaoshang"]["DTSTART"] == f"{MONDAY:%Y%m%d}T010000Z"


def test_a_trip_without_hours_makes_no_calendar(stocked: Stocked, tmp_path: Path) -> None:
    key = stocked.trip(TargetWish(stocked.investors[0].id))
    with pytest.raises(KnownError, match="没有排定时间"):
        write_trip_calendar(stocked.office, key, tmp_path / "空.ics")
