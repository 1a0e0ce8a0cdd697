"""A new office holds what ships, as records that are its own to change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from zhaoshang_desktop.actions.office import SHIPPED, new_office, open_office
from zhaoshang_desktop.actions.trip_book import calendar_of
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, LodgingLimit
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.reference import records
from zhaoshang_desktop.store.check import check


def test_the_tables_that_ship_are_read_whole_and_say_where_they_come_from() -> None:
    for record, table in SHIPPED:
        for one in records(record, table):
            assert one.raw == {}
            assert one.title or isinstance(one, CalendarDay)
            assert getattr(one, "source", ""), one


def test_a_new_office_has_the_limits_and_the_holidays(tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏")
    meals = [one for one in office.find(Query(Allowance)) if one.item == "伙食补助"]
    assert {(one.places, one.amount) for one in meals} == {("", Money(10_000)), ("西藏、青海、新疆", Money(12_000))}
    beijing = [one for one in office.find(Query(LodgingLimit)) if one.region == "北京"]
    assert [one.third for one in beijing] == [Money(50_000)]
    calendar = calendar_of(office)
    assert not calendar.is_workday(date(2026, 10, 1))
    assert calendar.is_workday(date(2026, 11, 23))
    assert check(office).wrong == []
    office.close()


def test_what_ships_is_not_taken_back_by_undo(tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局")
    assert office.undo() is None
    assert office.count(Query(Allowance))
    office.close()


def test_what_the_office_has_changed_stays_changed(tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局")
    with office.transaction("改标准") as tx:
        for one in tx.find(Query(Allowance)):
            one.amount = Money(1)
            tx.save(one)
    office.close()
    again = open_office(tmp_path / "清岚.office")
    assert {one.amount for one in again.find(Query(Allowance))} == {Money(1)}
    again.close()
