"""The rule of keeping backups, by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain import backup as rules

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=rules.WALL)


def ago(days: int, hours: int = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def test_a_name_says_of_which_file_when_and_what_for() -> None:
    stem = rules.backup_stem("清岚县-2026", NOW, rules.IMPORT)
    assert stem == "清岚县-2026-2026-11-20-104200-导入前"
    assert rules.named(stem) == rules.Named("清岚县-2026", NOW.astimezone(UTC), "导入前")
    assert rules.named(stem + "~2") == rules.named(stem)


def test_a_name_of_the_first_version_is_read_as_utc() -> None:
    found = rules.named("清岚-20261120-024200-升级前")
    assert found == rules.Named("清岚", NOW.astimezone(UTC), "升级前")


@pytest.mark.parametrize(
    "stem", ["清岚", "清岚-备份", "清岚-2026-13-40-104200-每日", "-2026-11-20-104200-每日", "清岚-损坏"]
)
def test_what_is_no_backup_has_no_such_name(stem: str) -> None:
    assert rules.named(stem) is None


def test_a_backup_is_due_on_the_first_use_of_a_day_in_china() -> None:
    assert rules.is_due(None, NOW)
    assert rules.is_due(ago(1), NOW)
    assert not rules.is_due(ago(0, hours=10), NOW)
    assert rules.is_due(ago(0, hours=11), NOW)


def test_all_of_today_then_one_a_day_a_week_a_month() -> None:
    every_eight_hours = [(NOW - timedelta(hours=8 * n), rules.DAILY) for n in range(3 * 900)]
    gone = rules.superfluous(every_eight_hours, NOW)
    kept = sorted({(NOW.date() - at.date()).days for at, why in every_eight_hours if (at, why) not in gone})
    assert len([one for one in every_eight_hours if one not in gone and one[0].date() == NOW.date()]) == 2
    assert kept[:14] == list(range(14))
    weeks = [age for age in kept if 14 <= age < 62]
    assert 7 <= len(weeks) <= 8
    months = [age for age in kept if age >= 62]
    assert 22 <= len(months) <= 24
    assert kept[-1] < 750


def test_what_was_made_before_something_grave_stays_for_two_weeks_whatever_else_there_is() -> None:
    known = [(ago(3, hours=n), why) for n, why in enumerate([rules.DAILY, rules.IMPORT, rules.RESTORE, rules.MERGE])]
    assert rules.superfluous(known, NOW) == {known[1]}
    old = [(at - timedelta(days=20), why) for at, why in known]
    assert rules.superfluous([(NOW, rules.DAILY), *old], NOW) == set(old[1:])


@given(st.sets(st.integers(0, 24 * 1000), min_size=1))
def test_the_newest_is_never_thinned_and_a_second_thinning_finds_nothing(hours: set[int]) -> None:
    known = {(NOW - timedelta(hours=n), rules.DAILY) for n in hours}
    gone = rules.superfluous(known, NOW)
    assert max(known) not in gone
    assert rules.superfluous(known - gone, NOW) == set()


@given(st.lists(st.integers(0, 3), min_size=1, max_size=400))
def test_used_day_after_day_there_are_never_many_and_never_a_gap(a_day: list[int]) -> None:
    """Some days see no backup, some three; it is thinned every day."""
    kept: set[tuple[datetime, str]] = set()
    first = ago(len(a_day))
    for day, count in enumerate(a_day):
        now = first + timedelta(days=day)
        kept |= {(now + timedelta(minutes=n), rules.DAILY) for n in range(count)}
        kept -= rules.superfluous(kept, now + timedelta(hours=1))
    assert len(kept) <= 3 + 14 + 9 + 25
    made = {(first + timedelta(days=day)).date() for day, count in enumerate(a_day) if count}
    have = {at.date() for at, _ in kept}
    today = (first + timedelta(days=len(a_day) - 1)).date()
    assert {day for day in made if (today - day).days < 14} <= have


def test_the_newest_is_kept_however_old_even_beside_one_of_a_clock_that_ran_ahead() -> None:
    old = [(NOW - timedelta(days=900 + day), rules.DAILY) for day in range(3)]
    ahead = (NOW + timedelta(days=365), rules.DAILY)
    assert rules.superfluous([ahead, *old], NOW) == set(old[1:])
