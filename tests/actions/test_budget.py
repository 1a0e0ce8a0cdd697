"""The budget follows the plan; what a person typed or spent is never lost and never counted twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.budget import add_untold, budget_talk, make_budget
from zhaoshang_desktop.actions.record import edit_record, new_record
from zhaoshang_desktop.actions.trip import TargetWish, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.allowance import Allowance, LodgingLimit, TravelRule
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip

STEPS = 300
MEALS, LOCAL = "伙食补助", "市内交通"


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Four firms, one team of two, five days."""
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:4]], teams=1)
    plan_trip(stocked.office, key, iterations=STEPS)
    return key


def line(stocked: Stocked, trip: int, item: str) -> BudgetLine:
    found = [one for one in load_trip(stocked.office, trip).budget if one.item == item]
    assert len(found) == 1
    return found[0]


def test_allowances_are_persons_times_days_by_the_table_that_ships(stocked: Stocked, trip: int) -> None:
    days = {leg.day for leg in load_trip(stocked.office, trip).legs if leg.day}
    away = (max(days) - min(days)).days + 1
    assert line(stocked, trip, MEALS).planned == Money(2 * away * 10_000)
    assert line(stocked, trip, LOCAL).planned == Money(2 * away * 8_000)
    assert "财行〔2013〕531号" in line(stocked, trip, MEALS).basis


def test_an_official_car_takes_the_local_fares_away(stocked: Stocked, trip: int) -> None:
    team = load_trip(stocked.office, trip).teams[0]
    edit_record(stocked.office, Team, team.id, {"official_car": True}, team.version)
    make_budget(stocked.office, trip)
    items = [one.item for one in load_trip(stocked.office, trip).budget]
    assert MEALS in items
    assert LOCAL not in items


def test_reckoning_again_changes_nothing(stocked: Stocked, trip: int) -> None:
    def told() -> list[tuple[int | None, str, str, Money | None]]:
        return [(one.number, one.item, one.basis, one.planned) for one in load_trip(stocked.office, trip).budget]

    before = told()
    assert [number for number, *_ in before] == list(range(1, len(before) + 1))
    for _ in range(2):
        make_budget(stocked.office, trip)
    assert told() == before


def test_a_changed_table_is_reckoned_with_from_then_on(stocked: Stocked, trip: int) -> None:
    before = line(stocked, trip, MEALS).planned
    rule = next(one for one in stocked.office.find(Query(Allowance)) if one.item == MEALS and not one.places)
    edit_record(stocked.office, Allowance, rule.id, {"amount": Money(12_000)}, rule.version)
    assert line(stocked, trip, MEALS).planned == before
    make_budget(stocked.office, trip)
    assert before is not None
    assert line(stocked, trip, MEALS).planned == Money(before.fen * 12 // 10)


def test_a_table_that_has_run_out_is_named_as_missing(stocked: Stocked, trip: int) -> None:
    for rule in stocked.office.find(Query(Allowance)):
        edit_record(stocked.office, Allowance, rule.id, {"valid_to": date(2025, 12, 31)}, rule.version)
    made, _ = make_budget(stocked.office, trip)
    assert any("没有有效的伙食补助标准" in sentence for sentence in made.missing)
    assert MEALS not in [one.item for one in load_trip(stocked.office, trip).budget]


def test_what_is_typed_by_hand_stays_and_is_not_counted_twice(stocked: Stocked, trip: int) -> None:
    meals = line(stocked, trip, MEALS)
    edit_record(stocked.office, BudgetLine, meals.id, {"planned": Money(50_000), "reckoned": None}, meals.version)
    new_record(stocked.office, BudgetLine(trip=trip, item="资料印刷", planned=Money(30_000)))
    plan_trip(stocked.office, trip, iterations=STEPS)
    made, _ = make_budget(stocked.office, trip)
    assert line(stocked, trip, MEALS).planned == Money(50_000)
    assert line(stocked, trip, "资料印刷").planned == Money(30_000)
    stored = load_trip(stocked.office, trip).budget
    assert made.total == Money(sum(one.planned.fen for one in stored if one.planned))


def test_what_was_spent_stays_with_its_item_even_while_that_is_gone(stocked: Stocked, trip: int) -> None:
    local = line(stocked, trip, LOCAL)
    edit_record(stocked.office, BudgetLine, local.id, {"actual": Money(7_700)}, local.version)
    for car, planned in ((True, False), (None, True)):
        team = load_trip(stocked.office, trip).teams[0]
        edit_record(stocked.office, Team, team.id, {"official_car": car}, team.version)
        make_budget(stocked.office, trip)
        kept = line(stocked, trip, LOCAL)
        assert kept.actual == Money(7_700)
        assert (kept.planned is not None) == planned


def test_a_ticket_counts_as_typed(stocked: Stocked, trip: int) -> None:
    leg = load_trip(stocked.office, trip).legs[0]
    edit_record(
        stocked.office, Leg, leg.id, {"cost": Money(123_400), "ticket": "苏B·A0001", "estimated": False}, leg.version
    )
    make_budget(stocked.office, trip)
    assert "已定1234元" in line(stocked, trip, "城市间交通费（用车）").basis


def test_the_verdict_holds_the_total_against_the_limit_of_the_fund(stocked: Stocked, trip: int) -> None:
    made, _ = make_budget(stocked.office, trip)
    assert "没有填写经费限额" in made.verdict
    for limit, words in ((Money(made.total.fen + 100), "结余"), (Money(made.total.fen - 100), "超出")):
        found = stocked.office.get(Trip, trip)
        edit_record(stocked.office, Trip, trip, {"fund_limit": limit}, found.version)
        made, _ = make_budget(stocked.office, trip)
        assert words in made.verdict


def test_a_trip_that_is_not_planned_has_allowances_and_says_what_is_missing(stocked: Stocked) -> None:
    trip = stocked.trip(TargetWish(stocked.investors[0].id))
    made, _ = make_budget(stocked.office, trip)
    assert line(stocked, trip, MEALS).planned == Money(4 * 5 * 10_000)
    assert any("还没有行程" in sentence for sentence in made.missing)


def test_the_numbers_of_travel_are_the_offices_to_change(stocked: Stocked, trip: int) -> None:
    def car() -> tuple[str, int]:
        found = line(stocked, trip, "城市间交通费（用车）")
        return found.basis, found.planned.fen if found.planned else 0

    basis, before = car()
    assert "每公里1.1元" in basis
    rate = next(one for one in stocked.office.find(Query(TravelRule)) if one.item == "用车费用")
    edit_record(stocked.office, TravelRule, rate.id, {"value": Decimal("2.2")}, rate.version)
    make_budget(stocked.office, trip)
    assert car()[1] == 2 * before
    with stocked.office.transaction("快些") as tx:
        for one in stocked.office.find(Query(TravelRule)):
            if one.item == "驾车时速":
                one.value *= 2
                tx.save(one)
    ways = [leg.end - leg.start for leg in load_trip(stocked.office, trip).legs if leg.distance]
    plan_trip(stocked.office, trip, iterations=STEPS)
    faster = [leg.end - leg.start for leg in load_trip(stocked.office, trip).legs if leg.distance]
    assert max(faster) < max(ways)


def test_what_no_table_has_is_added_as_lines_to_be_filled_in(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    for limit in office.find(Query(LodgingLimit)):
        edit_record(office, LodgingLimit, limit.id, {"valid_to": date(2020, 1, 1)}, limit.version)
    make_budget(office, trip)
    talk = budget_talk(office, trip)
    assert talk.untold
    add_untold(office, trip)
    assert budget_talk(office, trip).untold == ()
    added = [one for one in load_trip(office, trip).budget if one.item in talk.untold]
    assert all(one.planned is None and not one.reckoned for one in added)
    make_budget(office, trip)
    assert [one.item for one in load_trip(office, trip).budget if one.item in talk.untold] == list(talk.untold)
    office.undo()
