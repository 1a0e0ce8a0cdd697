"""Days as people say them from today."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.day import WEEKDAYS
from zhaoshang_desktop.domain.due import read_due
from zhaoshang_desktop.domain.errors import NotUnderstood

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今天", "2026-11-20"),
        ("明天", "2026-11-21"),
        ("+7", "2026-11-27"),
        ("＋７", "2026-11-27"),
        ("7天", "2026-11-27"),
        ("两周后", "2026-12-04"),
        ("3天内", "2026-11-23"),
        ("周五", "2026-11-20"),
        ("周三", "2026-11-25"),
        ("下周三", "2026-11-25"),
        ("本周三", "2026-11-18"),
        ("下下周一", "2026-11-30"),
        ("星期天", "2026-11-22"),
        ("12.5", "2026-12-05"),
        ("12/5", "2026-12-05"),
        ("12月5日", "2026-12-05"),
        ("1.3", "2027-01-03"),
        ("25号", "2026-11-25"),
        ("5日", "2026-12-05"),
        ("下月5日", "2026-12-05"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("1个月", "2026-12-20"),
        ("半个月", "2026-12-05"),
    ],
)
def test_a_day_is_reckoned_from_today(said: str, meant: str) -> None:
    assert read_due(said, FRIDAY) == date.fromisoformat(meant)


@pytest.mark.parametrize("said", ["年后", "7", "13.40", "下个月", "31号以后再说", "2.30", "", "+", "十十天"])
def test_what_is_no_day_is_not_guessed(said: str) -> None:
    with pytest.raises(NotUnderstood):
        read_due(said, FRIDAY)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_next_weekday_lies_in_the_next_week(today: date, weekday: int) -> None:
    day = read_due(f"下周{WEEKDAYS[weekday]}", today)
    assert day.weekday() == weekday
    monday = today - timedelta(days=today.weekday())
    assert 7 <= (day - monday).days < 14
    assert 0 <= (read_due(f"周{WEEKDAYS[weekday]}", today) - today).days < 7


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(-150, 150))
def test_a_day_without_its_year_is_the_nearest(today: date, days: int) -> None:
    meant = today + timedelta(days=days)
    assert read_due(f"{meant.month}.{meant.day}", today) == meant or (meant.month, meant.day) == (2, 29)


@given(st.text(max_size=8), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_anything_may_be_typed(said: str, today: date) -> None:
    with contextlib.suppress(NotUnderstood):
        assert isinstance(read_due(said, today), date)
