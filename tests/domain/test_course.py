"""Where an affair stands is what the calendar says, unless somebody has said that it is further on."""

from __future__ import annotations

from datetime import date

import pytest

from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.trip import Trip

BEFORE, FIRST, LAST, AFTER = (date(2026, 12, day) for day in (6, 7, 11, 12))
DAYS = {"start": FIRST, "end": LAST}


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("草稿", ("草稿", "草稿", "草稿", "草稿")),
        ("已排", ("已排", "在途", "在途", "已归")),
        ("在途", ("在途", "在途", "在途", "已归")),
        ("已归", ("已归", "已归", "已归", "已归")),
        ("已结算", ("已结算", "已结算", "已结算", "已结算")),
        ("取消", ("取消", "取消", "取消", "取消")),
    ],
)
def test_a_trip_stands_where_its_days_say(stated: str, shown: tuple[str, ...]) -> None:
    trip = Trip(state=stated, **DAYS)
    assert tuple(trip.state_on(day) for day in (BEFORE, FIRST, LAST, AFTER)) == shown


def test_a_reception_of_one_day_is_over_the_day_after() -> None:
    reception = Reception(state="已定", start=FIRST)
    assert [reception.state_on(day) for day in (BEFORE, FIRST, AFTER)] == ["已定", "接待中", "已结束"]


def test_a_trip_without_a_first_day_stands_where_it_was_stated() -> None:
    assert Trip(state="已排").state_on(AFTER) == "已排"
