"""The briefing pack holds what the trip reaches, at every stage of the trip."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.brief import briefing_of, write_brief
from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.actions.trip import TargetWish, TripWish, cancel_visit, log_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.visit import Visit

STEPS = 300
SPRING = date(2026, 5, 6)


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Three firms, two teams, planned."""
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:3]])
    plan_trip(stocked.office, key, iterations=STEPS)
    return key


def save(stocked: Stocked, *records: Record) -> None:
    with stocked.office.transaction("准备") as tx:
        tx.save_all(records)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())


def test_the_pdf_names_everybody_and_every_page(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    printed = write_brief(stocked.office, trip, tmp_path / "出访资料.pdf")
    text = text_of(tmp_path / "出访资料.pdf")
    for one in stocked.investors[:3]:
        assert one.name in text
    assert stocked.investors[3].name not in text
    for name in ("张敏", "王磊", "李想", "陈燕", "周远航", "清岚县投资促进局", "对接新材料链"):
        assert name in text
    assert not printed.missing
    assert all(f"—{number}—" in text for number in range(1, printed.pages))


def test_a_trip_can_be_printed_before_it_is_planned_and_without_anybody(stocked: Stocked, tmp_path: Path) -> None:
    bare = new_trip(stocked.office, TripWish("看看", MONDAY, MONDAY))[0]
    unplanned = stocked.trip(TargetWish(stocked.investors[0].id))
    for number, key in enumerate((bare, unplanned)):
        assert write_brief(stocked.office, key, tmp_path / f"{number}.pdf").pages


def test_projects_are_their_own_and_the_open_ones_of_their_chain(stocked: Stocked, trip: int) -> None:
    first = stocked.investors[0]
    edit_record(stocked.office, Investor, first.id, {"chain": "新材料"}, first.version)
    own, open_, other, aside, gone = (
        Project(name=name, chain=chain)
        for name, chain in (
            ("自己的", ""),
            ("链上的", "新材料"),
            ("别链的", "食品"),
            ("搁置的", "新材料"),
            ("删除的", ""),
        )
    )
    save(stocked, own, open_, other, aside, gone)
    save(stocked, *[Stake(project=one.id, investor=first.id) for one in (own, gone)])
    save(stocked, Milestone(project=aside.id, step="搁置", reached=True))
    remove_records(stocked.office, Project, [gone.id])
    assert {one.name for one in briefing_of(stocked.office, trip).projects} == {"自己的", "链上的"}


def test_history_is_of_other_days_and_brings_who_went_then(stocked: Stocked, trip: int) -> None:
    one = stocked.investors[0]
    held = Visit(
        investor=one.id, state="已完成", day=date(2026, 5, 6), result="留了样品", members=(stocked.members[3].id,)
    )
    elsewhere = Visit(investor=stocked.investors[5].id, state="已完成", day=date(2026, 5, 6), result="别家的")
    save(stocked, held, elsewhere)
    pack = briefing_of(stocked.office, trip)
    assert [visit.result for visit in pack.history] == ["留了样品"]
    assert stocked.members[3].name in {member.name for member in pack.members}


def test_who_was_cancelled_or_taken_from_the_library_prints_all_the_same(
    stocked: Stocked, trip: int, tmp_path: Path
) -> None:
    first, second, third = load_trip(stocked.office, trip).visits
    cancel_visit(stocked.office, first.id)
    remove_records(stocked.office, Investor, [second.investor])
    log_visit(stocked.office, third.id, result="有意向", intention="A")
    assert write_brief(stocked.office, trip, tmp_path / "a.pdf").pages


def test_a_contact_in_the_bin_is_not_printed(stocked: Stocked, trip: int) -> None:
    people = stocked.office.find(Query(Contact))
    remove_records(stocked.office, Contact, [one.id for one in people])
    assert briefing_of(stocked.office, trip).contacts == ()


def test_a_place_nobody_can_write_to_is_a_sentence(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(KnownError, match="没有写成"):
        write_brief(stocked.office, trip, tmp_path / "文件" / "出访资料.pdf")


def test_a_trip_that_is_gone_is_a_sentence(stocked: Stocked, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="不在了"):
        write_brief(stocked.office, 12345, tmp_path / "a.pdf")
