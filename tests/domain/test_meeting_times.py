"""When a host can be met: as people say it, as it is shown, and back."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.meeting_times import Span, read_times, write_times

MINUTES = st.integers(0, 23 * 60 + 59)
DAYS = st.one_of(
    st.just({}),
    st.builds(lambda weekday: {"weekday": weekday}, st.integers(0, 6)),
    st.builds(lambda day: {"month": day.month, "day": day.day}, st.dates(date(2024, 1, 1), date(2024, 12, 31))),
    st.builds(lambda day: {"day": day}, st.integers(1, 31)),
)
HOURS = st.one_of(
    st.just({}),
    st.builds(lambda part: {"part": part}, st.sampled_from(["上午", "下午"])),
    st.builds(lambda start: {"start": start}, MINUTES),
    st.builds(lambda end: {"end": end}, MINUTES),
    st.lists(MINUTES, min_size=2, max_size=2, unique=True).map(sorted).map(lambda p: {"start": p[0], "end": p[1]}),
)


def _span(day: dict[str, Any], hours: dict[str, Any]) -> Span:
    return Span(**day, **hours)


TIMES = st.lists(st.builds(_span, DAYS, HOURS), min_size=1, max_size=5, unique=True).map(tuple)


@given(TIMES)
def test_what_is_shown_is_read_as_what_was_meant(times: tuple[Span, ...]) -> None:
    assert read_times(write_times(times)) == times


TYPED_DAYS = st.sampled_from(
    ["周二", "星期三", "礼拜五", "12月8日", "8日", "12-08", "12/9", "周一至周三", "周二、周四", "每天", ""]
)
TYPED_HOURS = st.sampled_from(
    ["上午", "下午", "9点到11点半", " 14:00-16:00", "下午2-4点", "10点后", " 16:00前", "晚上"]
)
TYPED_MARKS = st.sampled_from(["；", "，", ";", "\n", "；"])


@given(st.lists(st.tuples(TYPED_DAYS, TYPED_HOURS, TYPED_MARKS), min_size=1, max_size=5))
def test_whatever_way_wishes_are_typed_they_stay_once_they_are_shown(parts: list[tuple[str, str, str]]) -> None:
    typed = "".join(f"{day} {hours}{mark}" for day, hours, mark in parts)
    shown = write_times(read_times(typed))
    assert write_times(read_times(shown)) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("周二上午；周三 14:00–16:00", "周二上午；周三 14:00–16:00"),
        ("周二、周四上午", "周二上午；周四上午"),
        ("周二上午、下午", "周二上午；周二下午"),
        ("星期一到星期三下午", "周一下午；周二下午；周三下午"),
        ("周六至周一", "周六；周日；周一"),
        ("周二 9-11", "周二 09:00–11:00"),
        ("周二下午2-4", "周二 14:00–16:00"),
        ("12月8日下午2点到4点半", "12月8日 14:00–16:30"),
        ("十二月八日上午九点到十点", "12月8日 09:00–10:00"),
        ("12-08 9:00-11:00", "12月8日 09:00–11:00"),
        ("2026-12-08", "12月8日"),
        ("12月30日至1月2日下午", "12月30日下午；12月31日下午；1月1日下午；1月2日下午"),
        ("7-9日上午", "7日上午；8日上午；9日上午"),
        ("12月8日（周二）上午", "12月8日上午"),
        ("周二14点后，周四16:00前", "周二 14:00 后；周四 16:00 前"),
        ("周二晚上", "周二 18:00–21:00"),
        ("周二四下午", "周二下午；周四下午"),
        ("周末", "周六；周日"),
        ("周二：上午", "周二上午"),
        ("每天", "每天"),
        ("随时", ""),
        ("", ""),
    ],
)
def test_times_are_read_as_people_say_them(typed: str, shown: str) -> None:
    assert write_times(read_times(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("9-11", "分不清"),
        ("周二 2-4", "请写明上午还是下午"),
        ("周二 14:00", "只写了从几点"),
        ("周二 16:00-14:00", "结束早于开始"),
        ("13月3日", "没有13月"),
        ("2月30日", "2月没有30日"),
        ("明天上午", "看不懂"),
        ("周二 25:00-26:00", "没有这个时间"),
        ("9-7日", "看不懂"),
    ],
)
def test_what_could_mean_two_things_is_asked_back(typed: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_times(typed)


@given(st.text(alphabet="周一二三天日月上下午点半前后至到-–;；、,0123456789: /", max_size=20))
def test_nothing_typed_crashes(typed: str) -> None:
    with contextlib.suppress(NotUnderstood):
        read_times(typed)


def test_a_span_knows_its_days() -> None:
    tuesday = date(2026, 12, 8)
    assert Span(weekday=1).is_on(tuesday)
    assert Span(month=12, day=8).is_on(tuesday)
    assert Span(day=8).is_on(tuesday)
    assert Span().is_on(tuesday)
    assert not Span(weekday=2).is_on(tuesday)
    assert not Span(month=1, day=8).is_on(tuesday)
