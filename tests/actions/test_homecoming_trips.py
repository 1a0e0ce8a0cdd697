"""A trip that was planned anew and written up on both sides is one trip when the pack is back."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.actions.conftest import MONDAY, Stocked
from tests.actions.laptops import come_home, open_pack, take_out
from zhaoshang_desktop.actions.budget import make_budget
from zhaoshang_desktop.actions.homecoming import Merged, bring_home
from zhaoshang_desktop.actions.replan import Upset, replan, take
from zhaoshang_desktop.actions.report import draft, write_on
from zhaoshang_desktop.actions.trip import TargetWish, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.report import Report
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.runtime.clock import SHANGHAI
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.packs import Cargo
from zhaoshang_desktop.store.tables import RECORDS


@pytest.fixture
def trip(stocked: Stocked) -> int:
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:8]])
    plan_trip(stocked.office, key, iterations=300)
    return key


@pytest.fixture
def pack(stocked: Stocked, trip: int, tmp_path: Path) -> Path:
    path = tmp_path / "小分队.pack"
    every = {noun: stocked.office.ids(Query(kind)) for noun, kind in RECORDS.items()}
    take_out(stocked.office, path, "P1", Cargo({noun: keys for noun, keys in every.items() if keys}))
    return path


def call_off(office: Office, trip: int, place: int) -> None:
    """One visit is called off and everything else may move."""
    placed = [visit for visit in load_trip(office, trip).visits if visit.state == "已排"]
    moment = datetime.combine(MONDAY - timedelta(days=1), datetime.min.time(), SHANGHAI)
    take(office, replan(office, trip, Upset("cancel", placed[place].id), moment, keep=False, iterations=150))
    make_budget(office, trip)


def brought_home(office: Office, path: Path) -> Merged:
    """As the clerk does who takes what looks alike for one, and the laptop's word everywhere."""
    home = come_home(office, path)
    try:
        home.choices.update({item.choice(decision): "pack" for item, decision in home.conflicts()})
        return bring_home(office, home)
    finally:
        home.close()


def test_ways_and_costs_of_both_sides_are_laid_out_anew_once(stocked: Stocked, trip: int, pack: Path) -> None:
    laptop = open_pack(pack)
    call_off(laptop, trip, 0)
    laptop.close()
    call_off(stocked.office, trip, -1)
    before = load_trip(stocked.office, trip)
    merged = brought_home(stocked.office, pack)
    assert (merged.records, merged.sent) == (merged.arrived_records, merged.arrived)
    book = load_trip(stocked.office, trip)
    ways = sorted((leg.team, leg.day, leg.start or 0, leg.end or 0) for leg in book.legs if leg.day)
    assert all(one[:2] != other[:2] or one[3] <= other[2] for one, other in pairwise(ways))
    items = [line.item for line in book.budget]
    assert sorted(items) == sorted(set(items))
    assert [line.number for line in book.budget] == list(range(1, len(items) + 1))
    stocked.office.undo_batch(merged.changes.batch)
    after = load_trip(stocked.office, trip)
    assert [(leg.id, leg.start) for leg in after.legs] == [(leg.id, leg.start) for leg in before.legs]
    assert [line.planned for line in after.budget] == [line.planned for line in before.budget]
    assert check(stocked.office).wrong == []


def test_a_report_written_on_the_road_is_not_hidden_by_one_drafted_at_home(
    stocked: Stocked, trip: int, pack: Path
) -> None:
    laptop = open_pack(pack)
    write_on(laptop, trip, {"lessons": "对方最关心供电。"})
    laptop.close()
    draft(stocked.office, trip)
    brought_home(stocked.office, pack)
    (report,) = stocked.office.find(Query(Report))
    assert report.lessons == "对方最关心供电。"


def test_a_budget_with_a_line_twice_has_it_once_when_it_is_reckoned(stocked: Stocked, trip: int) -> None:
    line = load_trip(stocked.office, trip).budget[0]
    with stocked.office.transaction("两边都有") as tx:
        tx.save(BudgetLine(trip=trip, number=99, item=line.item, planned=line.planned, reckoned=True))
    make_budget(stocked.office, trip)
    assert [one.id for one in load_trip(stocked.office, trip).budget if one.item == line.item] == [line.id]
