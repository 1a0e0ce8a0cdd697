"""Workdays, holidays, and years nobody has announced."""

from __future__ import annotations

from datetime import date

import pytest

from zhaoshang_desktop.domain import calendar
from zhaoshang_desktop.domain.calendar import Calendar


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 9, 20), True),
        (date(2024, 2, 9), True),
    ],
)
def test_the_notice_goes_before_the_weekday(day: date, worked: bool) -> None:
    assert calendar.shipped().is_workday(day) is worked


def test_a_day_off_has_the_name_of_its_holiday() -> None:
    shipped = calendar.shipped()
    assert shipped.name(date(2026, 10, 1)) == "国庆节"
    assert shipped.name(date(2026, 10, 10)) == "调休上班"
    assert shipped.name(date(2026, 10, 12)) == ""


def test_a_year_without_notice_goes_by_weekdays_and_says_so() -> None:
    shipped = calendar.shipped()
    assert [shipped.announced(year) for year in (2024, 2025, 2026, 2027)] == [True, True, True, False]
    assert shipped.is_workday(date(2027, 10, 8))
    assert shipped.is_workday(date(2027, 2, 10))
    assert shipped.caution(date(2026, 12, 28), date(2027, 1, 4)).startswith("2027年放假安排尚未公布")
    assert shipped.caution(date(2026, 3, 1), date(2026, 3, 5)) == ""


def test_the_holidays_of_the_law_are_off_before_the_notice_and_as_it_says_after_it() -> None:
    shipped = calendar.shipped()
    assert [shipped.is_workday(day) for day in (date(2027, 1, 1), date(2027, 2, 5), date(2027, 10, 1))] == [False] * 3
    assert (shipped.name(date(2027, 2, 8)), shipped.name(date(2027, 2, 9))) == ("春节", "")
    told = Calendar({date(2027, 1, 1): "休", date(2027, 2, 5): "班"}, {date(2027, 1, 1): "元旦"})
    assert (told.is_workday(date(2027, 2, 5)), told.is_workday(date(2027, 2, 8))) == (True, True)


def test_the_years_that_ship_have_as_many_workdays_as_announced() -> None:
    shipped = calendar.shipped()
    counts = [len(shipped.workdays(date(year, 1, 1), date(year, 12, 31))) for year in (2024, 2025, 2026)]
    assert counts == [251, 248, 248]


def test_an_empty_calendar_knows_weekends_only() -> None:
    empty = Calendar({})
    assert empty.workdays(date(2025, 10, 1), date(2025, 10, 7)) == [
        date(2025, 10, day) for day in (1, 2, 3, 6, 7)
    ]  # fmt: skip
    assert not empty.announced(2025)
