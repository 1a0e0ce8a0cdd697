"""Dates, periods and hours as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.day import (
    Period,
    When,
    read_day,
    read_hour,
    read_period,
    read_when,
    split_year,
    write_hour,
)
from zhaoshang_desktop.domain.errors import NotUnderstood

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WHENS = st.builds(
    lambda day, depth: When(*(day.year, day.month, day.day)[:depth]), DAYS, st.integers(min_value=1, max_value=3)
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018-12-28", "2018-12-28"),
        ("2018-1-5", "2018-01-05"),
        ("2018/1/5", "2018-01-05"),
        ("2018.12.28", "2018-12-28"),
        ("2018.12.28.", "2018-12-28"),
        ("18/12/28", "2018-12-28"),
        ("98.5.1", "1998-05-01"),
        ("20181228", "2018-12-28"),
        ("2018年12月28日", "2018-12-28"),
        ("2018 年 12 月 28 日", "2018-12-28"),
        ("2018年12月28号", "2018-12-28"),
        ("2018年12月28日（星期五）", "2018-12-28"),
        ("2018年12月28日 周五", "2018-12-28"),
        ("２０１８－１２－２８", "2018-12-28"),
        ("2018—12—28", "2018-12-28"),
        ("二〇一八年十二月二十八日", "2018-12-28"),
        ("二零二四年一月廿五日", "2024-01-25"),
        ("2024年十月一日", "2024-10-01"),
        ("2018-12-28 00:00:00", "2018-12-28"),
        ("2018-12-28T08:30:00", "2018-12-28"),
        ("2018/12/28 14:30", "2018-12-28"),
        ("2018年12月28日10:30", "2018-12-28"),
        ("2018", "2018"),
        ("2018年", "2018"),
        ("2018年度", "2018"),
        ("二○一八年", "2018"),
        ("2018.12", "2018-12"),
        ("2018-12", "2018-12"),
        ("2018年12月", "2018-12"),
        ("2018年12月份", "2018-12"),
        ("2018年12", "2018-12"),
        ("18年12月", "2018-12"),
        ("201812", "2018-12"),
        ("一九九八年五月", "1998-05"),
    ],
)
def test_a_date_is_understood_as_exactly_as_it_is_written(text: str, iso: str) -> None:
    assert str(read_when(text)) == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2018-02-30", "2018年2月没有30日"),
        ("2019年2月29日", "2019年2月没有29日"),
        ("2018-13-01", "没有13月"),
        ("2018-00-10", "没有0月"),
        ("20180230", "没有30日"),
        ("1899-12-31", "年份应在1900到2100之间"),
        ("2101年", "年份应在1900到2100之间"),
        ("2018年12月28日星期四", "日期与星期对不上"),
    ],
)
def test_an_impossible_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_when(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("去年", "没有写明年份"),
        ("今年3月", "没有写明年份"),
        ("3月5日", "没有写明年份"),
        ("2018年底", "没有写明几月几日"),
        ("2018年上半年", "没有写明几月几日"),
        ("2018年3月中旬", "没有写明几月几日"),
        ("约2018年", "没有写明几月几日"),
        ("18年", "没有写明"),
        ("50.3.2", "四位数"),
        ("200512", "分不清是2005年12月还是2020年5月12日"),
        ("未定", "未透露"),
        ("12/28/2018", "看不懂"),
        ("1/5/2018", "看不懂"),
        ("45000", "看不懂"),
        ("2018-12/28", "看不懂"),
        ("", "看不懂"),
    ],
)
def test_a_date_that_is_not_clear_is_not_guessed(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_when(text)


@pytest.mark.parametrize(("text", "missing"), [("2018", "写到年"), ("2018.12", "写到月")])
def test_where_a_day_is_wanted_a_month_is_not_enough(text: str, missing: str) -> None:
    with pytest.raises(NotUnderstood, match=missing):
        read_day(text)


def test_an_impossible_iso_day_says_why() -> None:
    with pytest.raises(NotUnderstood, match="没有31日"):
        read_day("2024-04-31")


@given(DAYS)
def test_a_day_is_read_from_each_usual_form(day: date) -> None:
    for form in ("{0:%Y}-{0:%m}-{0:%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日"):
        assert read_day(form.format(day)) == day


@given(WHENS)
def test_a_date_that_is_written_is_read_again_as_the_same(when: When) -> None:
    assert read_when(str(when)) == when
    assert when.earliest <= when.latest


@given(WHENS, WHENS)
def test_dates_sort_by_their_first_possible_day_and_then_by_exactness(one: When, other: When) -> None:
    if one.earliest != other.earliest:
        assert (one < other) == (one.earliest < other.earliest)
    assert sorted([one, other]) == sorted([other, one])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2007.10-2010.12", "2007-10 至 2010-12"),
        ("2024年1－5月", "2024-01 至 2024-05"),
        ("2024年1月至5月", "2024-01 至 2024-05"),
        ("2024.1-5", "2024-01 至 2024-05"),
        ("2018-2020", "2018 至 2020"),
        ("2018年-2020年", "2018 至 2020"),
        ("2022-2025年", "2022 至 2025"),
        ("2018-1-5-2018-3-2", "2018-01-05 至 2018-03-02"),
        ("2018/1/5—2018/3/2", "2018-01-05 至 2018-03-02"),
        ("2024.01.01～2026.12.31", "2024-01-01 至 2026-12-31"),
        ("20240101-20261231", "2024-01-01 至 2026-12-31"),
        ("2024年1月5日-8日", "2024-01-05 至 2024-01-08"),
        ("2024年1月5日至3月2日", "2024-01-05 至 2024-03-02"),
        ("2024年12月-2025年1月", "2024-12 至 2025-01"),
        ("自2024年1月至2024年5月", "2024-01 至 2024-05"),
        ("2020年1月至今", "2020-01 至今"),
        ("2020.1-至今", "2020-01 至今"),
        ("2020年起", "2020 至今"),
        ("自2024年1月起", "2024-01 至今"),
        ("至2020年5月", "至 2020-05"),
        ("截至2024年6月", "至 2024-06"),
        ("2023年上半年", "2023-01 至 2023-06"),
        ("2023年第三季度", "2023-07 至 2023-09"),
        ("2023年2季度", "2023-04 至 2023-06"),
        ("2024", "2024"),
        ("2018-12", "2018-12"),
        ("2018年12月28日", "2018-12-28"),
    ],
)
def test_a_period_is_understood_at_both_ends(text: str, period: str) -> None:
    assert str(read_period(text)) == period


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3年", "多久"),
        ("三年", "多久"),
        ("18年", "多久"),
        ("12个月", "多久"),
        ("2025-2024", "结束早于开始"),
        ("2024年5月-1月", "结束早于开始"),
        ("长期", "看不懂"),
        ("1月至5月", "没有写明年份"),
        ("2024年6月前", "看不懂"),
        ("2024至2025至2026", "起止时间看不懂"),
        ("未定", "未透露"),
    ],
)
def test_a_period_that_is_not_clear_is_not_guessed(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_period(text)


@given(st.none() | WHENS, st.none() | WHENS)
def test_a_period_that_is_written_is_read_again_as_the_same(start: When | None, end: When | None) -> None:
    if start is None and end is None:
        return
    if start and end and end.latest < start.earliest:
        start, end = end, start
    period = Period(start, end)
    assert read_period(str(period)) == period


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("14:30", "14:30"),
        ("14：30", "14:30"),
        ("9:05", "09:05"),
        ("08:30:00", "08:30"),
        ("0930", "09:30"),
        ("9点", "09:00"),
        ("9点整", "09:00"),
        ("九点半", "09:30"),
        ("9时30分", "09:30"),
        ("9点5分", "09:05"),
        ("14点30", "14:30"),
        ("上午9点", "09:00"),
        ("下午2点半", "14:30"),
        ("下午2:30", "14:30"),
        ("下午14:30", "14:30"),
        ("下午三点一刻", "15:15"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("晚上8点", "20:00"),
        ("凌晨12点", "00:00"),
        ("2:30 PM", "14:30"),
        ("12:30 am", "00:30"),
        ("2:00", "02:00"),
    ],
)
def test_an_hour_is_understood(text: str, hour: str) -> None:
    assert write_hour(read_hour(text)) == hour


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2点", "上午还是下午"),
        ("930", "看不懂"),
        ("9:00-11:00", "看不懂"),
        ("24:00", "没有这个时间"),
        ("9:75", "没有这个时间"),
        ("上午14:30", "没有这个时间"),
        ("晚上12点", "没有这个时间"),
        ("上午", "看不懂"),
        ("待定", "未透露"),
    ],
)
def test_an_hour_that_is_not_clear_is_not_guessed(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_hour(text)


@given(st.integers(0, 24 * 60 - 1))
def test_an_hour_that_is_written_is_read_again_as_the_same(minutes: int) -> None:
    assert read_hour(write_hour(minutes)) == minutes


@given(st.text(st.sampled_from("0123456789年月日号.-/: 至今到一二十〇上下半点时周五PM()~"), max_size=16))
def test_any_text_is_a_date_or_not_understood(text: str) -> None:
    for read in (read_day, read_when, read_period, read_hour):
        try:
            read(text)
        except NotUnderstood:
            continue


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("专精特新 2025", "专精特新", 2025),
        ("专精特新(2025年度)", "专精特新", 2025),
        ("2023年世界500强", "世界500强", 2023),
        ("2023中国企业500强", "中国企业500强", 2023),
        ("2023年度行业百强", "行业百强", 2023),
        ("高新技术（2021年）", "高新技术", 2021),
        ("民企500强2023", "民企500强", 2023),
        ("世界500强", "世界500强", None),
        ("上市公司", "上市公司", None),
        ("2021-2023年世界500强", "2021-2023年世界500强", None),
        ("2021", "2021", None),
    ],
)
def test_a_title_is_parted_from_its_year(text: str, title: str, year: int | None) -> None:
    assert split_year(text) == (title, year)
