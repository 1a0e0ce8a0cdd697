"""Which limit holds for a night (财行〔2016〕71号, as it ships)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.money import Money, read_money
from zhaoshang_desktop.domain.region import read_place
from zhaoshang_desktop.planning.lodging import in_season, limit_for

SPRING = date(2026, 5, 20)


@cache
def shipped() -> tuple[LodgingLimit, ...]:
    return tuple(
        LodgingLimit(
            region=row["region"],
            places=row["places"],
            season=row["season"],
            first=read_money(row["first"]),
            second=read_money(row["second"]),
            third=read_money(row["third"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
        )
        for row in tables.rows("lodging_limits")
    )


def yuan(place: str, day: date = SPRING, rank: str = "三类") -> int | None:
    found = limit_for(shipped(), read_place(place), rank, day)
    return found and int(found.amount.yuan)


@pytest.mark.parametrize(
    ("place", "limit"),
    [
        ("无锡", 380),
        ("昆山", 380),
        ("宿迁", 360),
        ("杭州", 400),
        ("宁波", 350),
        ("慈溪", 350),
        ("上海", 500),
        ("天津", 380),
        ("天津市和平区", 380),
        ("天津市宁河区", 320),
        ("重庆", 370),
        ("重庆市万州区", 300),
        ("深圳市南山区", 450),
        ("延吉市", 350),
        ("厦门市思明区", 400),
        ("江苏", 360),
    ],
)
def test_the_limit_of_a_place_is_the_closest_line_of_the_table(place: str, limit: int) -> None:
    assert yuan(place) == limit


@pytest.mark.parametrize(
    ("place", "day", "limit"),
    [
        ("大连", date(2026, 8, 1), 420),
        ("大连", date(2026, 10, 1), 350),
        ("洛阳", date(2026, 5, 10), 500),
        ("洛阳", date(2026, 5, 11), 330),
        ("张家口", date(2026, 1, 11), 525),
        ("三亚", date(2026, 12, 31), 480),
        ("日喀则", date(2026, 7, 1), 350),
    ],
)
def test_in_the_season_the_seasons_line_holds(place: str, day: date, limit: int) -> None:
    assert yuan(place, day) == limit


def test_a_higher_rank_has_a_higher_limit() -> None:
    assert [yuan("无锡", rank=rank) for rank in ("一类", "二类", "三类")] == [900, 490, 380]


def test_abroad_the_table_says_nothing() -> None:
    assert yuan("日本") is None


def test_the_newest_valid_line_of_a_place_holds() -> None:
    newer = LodgingLimit(region="江苏", places="无锡市", third=Money(40000), valid_from=date(2026, 1, 1))
    expired = replace(newer, third=Money(99900), valid_to=date(2026, 2, 1))
    found = limit_for((*shipped(), newer, expired), read_place("无锡"), "三类", SPRING)
    assert found is not None
    assert found.amount == Money(40000)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("7-9月", date(2026, 9, 30), date(2026, 10, 1)),
        ("7-9月、11-3月", date(2026, 2, 1), date(2026, 4, 1)),
        ("4-5月上旬", date(2026, 4, 1), date(2026, 5, 11)),
        ("8月", date(2026, 8, 31), date(2026, 7, 31)),
    ],
)
def test_seasons_are_read_as_the_table_writes_them(text: str, inside: date, outside: date) -> None:
    assert in_season(text, inside)
    assert not in_season(text, outside)
