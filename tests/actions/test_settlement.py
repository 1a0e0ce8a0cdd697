"""A trip is settled in an office: typed, filled in, taken back, exported, closed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.actions.conftest import Stocked
from tests.papers.reading import page_texts
from zhaoshang_desktop.actions.budget import make_budget
from zhaoshang_desktop.actions.paper import write_paper
from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.actions.settlement import (
    HEADS,
    export_settlement,
    fill_known,
    finish_settlement,
    settle,
    settlement_of,
    spend,
)
from zhaoshang_desktop.actions.trip import TargetWish, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import BudgetLine, Team, Trip
from zhaoshang_desktop.planning.settlement import NOT_TYPED, Entry


@pytest.fixture
def trip(stocked: Stocked) -> int:
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:4]], teams=1)
    plan_trip(stocked.office, key, iterations=200)
    return key


def entries(stocked: Stocked, trip: int, item: str) -> list[Entry]:
    return [one for one in settlement_of(stocked.office, trip).entries if one.line.item.startswith(item)]


def line(stocked: Stocked, trip: int, item: str) -> BudgetLine:
    return next(one for one in load_trip(stocked.office, trip).budget if one.item.startswith(item))


def test_what_one_person_spent_counts_on_the_line_and_can_be_taken_back(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    zhang, wang = entries(stocked, trip, "住宿费")[:2]
    settle(office, zhang.line.id, zhang.person, {"amount": Money(30_000), "receipts": "0001"})
    settle(office, wang.line.id, wang.person, {"amount": Money(35_050), "reason": "合住不便"})
    assert line(stocked, trip, zhang.line.item).actual == Money(65_050)
    office.undo()
    assert line(stocked, trip, zhang.line.item).actual == Money(30_000)
    settle(office, zhang.line.id, zhang.person, {"amount": None, "receipts": ""})
    assert line(stocked, trip, zhang.line.item).actual is None
    assert office.find(Query(Expense)) == []


def test_reckoning_again_keeps_what_was_spent_and_its_line(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    zhang = entries(stocked, trip, "住宿费")[0]
    settle(office, zhang.line.id, zhang.person, {"amount": Money(30_000)})
    make_budget(office, trip)
    assert line(stocked, trip, zhang.line.item).id == zhang.line.id
    assert entries(stocked, trip, zhang.line.item)[0].actual == 30_000
    local = entries(stocked, trip, "市内交通")[0]
    settle(office, local.line.id, local.person, {"amount": Money(100)})
    team = load_trip(office, trip).teams[0]
    edit_record(office, Team, team.id, {"official_car": True}, team.version)
    make_budget(office, trip)
    kept = line(stocked, trip, "市内交通")
    assert (kept.planned, kept.actual) == (None, Money(100))


def test_allowances_and_tickets_fill_themselves_in_once_and_as_one_step(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    typed = entries(stocked, trip, "伙食补助")[0]
    settle(office, typed.line.id, typed.person, {"amount": Money(1)})
    fill_known(office, trip)
    meals = entries(stocked, trip, "伙食补助")
    assert [one.actual for one in meals] == [1, meals[1].planned]
    assert all(one.actual == one.planned > 0 for one in entries(stocked, trip, "市内交通"))
    assert all(one.spent is None for one in entries(stocked, trip, "住宿费"))
    before = settlement_of(office, trip).actual
    fill_known(office, trip)
    assert settlement_of(office, trip).actual == before
    office.undo()
    assert settlement_of(office, trip).actual == 1 or settlement_of(office, trip).actual == before


def test_bought_tickets_bring_their_price_and_their_numbers(stocked: Stocked) -> None:
    office = stocked.office
    trip = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:3]], teams=1)
    team = load_trip(office, trip).teams[0]
    edit_record(office, Team, team.id, {"mode": "高铁"}, team.version)
    plan_trip(office, trip, iterations=200)
    rides = [leg for leg in load_trip(office, trip).legs if leg.mode == "高铁"]
    assert rides
    with office.transaction("买票") as tx:
        for number, leg in enumerate(rides):
            leg.cost, leg.ticket, leg.estimated = Money(20_001), f"G{number}", False
            tx.save(leg)
    make_budget(office, trip)
    fill_known(office, trip)
    bought = entries(stocked, trip, "城市间交通费（高铁）")
    assert sum(one.actual for one in bought) == 20_001 * len(rides)
    assert bought[0].receipts == "、".join(f"G{number}" for number in range(len(rides)))


def test_a_sum_for_the_whole_line_gives_way_to_no_second_one(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    meals = line(stocked, trip, "伙食补助")
    spend(office, meals.id, Money(50_000))
    assert [one.name for one in entries(stocked, trip, "伙食补助")] == ["公共"]
    spend(office, meals.id, None)
    people = entries(stocked, trip, "伙食补助")
    settle(office, meals.id, people[0].person, {"amount": Money(10_000)})
    with pytest.raises(KnownError, match="按人填"):
        spend(office, meals.id, Money(1))


def test_an_older_sum_of_the_line_is_not_lost_when_a_person_is_typed(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    meals, person = line(stocked, trip, "伙食补助"), entries(stocked, trip, "伙食补助")[0].person
    edit_record(office, BudgetLine, meals.id, {"actual": Money(50_000)}, meals.version)
    settle(office, meals.id, person, {"amount": Money(10_000)})
    assert line(stocked, trip, "伙食补助").actual == Money(60_000)
    assert sum(one.actual for one in entries(stocked, trip, "伙食补助")) == 60_000


def test_a_line_that_is_removed_takes_its_expenses_along_and_brings_them_back(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    zhang = entries(stocked, trip, "住宿费")[0]
    settle(office, zhang.line.id, zhang.person, {"amount": Money(30_000)})
    remove_records(office, BudgetLine, [zhang.line.id])
    assert settlement_of(office, trip).actual == 0
    office.undo()
    assert settlement_of(office, trip).actual == 30_000


def test_a_trip_is_settled_when_nothing_is_open(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    with pytest.raises(KnownError, match="处要补"):
        finish_settlement(office, trip)
    fill_known(office, trip)
    for one in settlement_of(office, trip).entries:
        if NOT_TYPED in one.problems:
            settle(office, one.line.id, one.person, {"amount": Money(one.planned), "receipts": "1"})
    finish_settlement(office, trip)
    assert office.get(Trip, trip).state == "已结算"
    office.undo()
    assert office.get(Trip, trip).state == "已排"


def test_a_trip_without_a_budget_cannot_be_settled(stocked: Stocked) -> None:
    with pytest.raises(KnownError, match="没有预算"):
        finish_settlement(stocked.office, stocked.trip())


def test_the_sheet_and_the_workbook_say_the_same(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    office = stocked.office
    fill_known(office, trip)
    count = export_settlement(office, trip, tmp_path / "结算.xlsx")
    book = openpyxl.load_workbook(tmp_path / "结算.xlsx")
    rows = [list(row) for row in book.active.iter_rows(min_row=3, values_only=True)]  # type: ignore[union-attr]
    assert rows[0] == list(HEADS)
    done = settlement_of(office, trip)
    total = next(row for row in rows if row[1] == "合计")
    assert (total[3], total[5]) == (done.planned / 100, done.actual / 100)
    assert count == len(done.entries) == rows.index(total) - 1
    write_paper(office, "settlement", trip, tmp_path / "结算.pdf")
    text = "".join(page_texts((tmp_path / "结算.pdf").read_bytes())).replace("\n", "")
    assert f"{done.actual / 100:,.2f}" in text
    assert "还要补的" in text
    assert [entry.deed.file for entry in office.ledger()[:2]] == ["结算.pdf", "结算.xlsx"]
