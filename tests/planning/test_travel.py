"""Estimates of the way between two places."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.allowance import TRAVEL_ITEMS, TravelRule
from zhaoshang_desktop.domain.reference import records
from zhaoshang_desktop.planning.problem import Hours, Place
from zhaoshang_desktop.planning.travel import CAR, RAIL, Estimate, estimate, rules_of, shipped_rules, tables

RULES = shipped_rules()
WUXI = Place("无锡", (120.30, 31.57), "320200")
SUZHOU = Place("苏州", (120.58, 31.30), "320500")
LUOYANG = Place("洛阳", (112.45, 34.62), "410300")
NOWHERE = Place("没有坐标", None, "320200")
points = st.tuples(st.floats(100, 125), st.floats(20, 45))


def test_a_neighbouring_city_is_about_an_hour_by_car() -> None:
    way = estimate(WUXI, SUZHOU, CAR, RULES)
    assert 45 <= way.minutes <= 80
    assert 45 <= way.kilometres <= 65
    assert way.mode == CAR


def test_far_away_the_train_is_sooner() -> None:
    by_car, by_rail = estimate(WUXI, LUOYANG, CAR, RULES), estimate(WUXI, LUOYANG, RAIL, RULES)
    assert by_rail.mode == RAIL
    assert by_rail.minutes < by_car.minutes
    assert by_rail.minutes > RULES.station_before + RULES.station_after


def test_a_short_way_is_driven_even_by_those_who_go_by_rail() -> None:
    near = Place("近处", (120.33, 31.60), "320200")
    assert estimate(WUXI, near, RAIL, RULES).mode == CAR


def test_without_coordinates_a_city_is_still_a_city() -> None:
    assert estimate(WUXI, NOWHERE, CAR, RULES) == Estimate(RULES.local, 0, CAR)
    assert estimate(SUZHOU, NOWHERE, CAR, RULES) == Estimate(RULES.unknown, 0, CAR)


@given(points, points, st.sampled_from((CAR, RAIL)))
def test_there_and_back_take_equally_long_and_never_nothing(
    a: tuple[float, float], b: tuple[float, float], mode: str
) -> None:
    there, back = (estimate(Place(point=x), Place(point=y), mode, RULES) for x, y in ((a, b), (b, a)))
    assert there == back
    assert there.minutes >= RULES.local


@given(points, points, points)
def test_farther_is_never_sooner_by_car(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    ways = sorted((estimate(Place(point=a), Place(point=x), CAR, RULES) for x in (b, c)), key=lambda w: w.kilometres)
    if ways[0].kilometres < ways[1].kilometres:
        assert ways[0].minutes <= ways[1].minutes


def test_what_was_typed_in_replaces_the_estimate_one_way() -> None:
    table = tables((WUXI, LUOYANG), [RAIL], RULES, {(RAIL, 0, 1): 333})[RAIL]
    assert table[0] == (0, 333)
    assert table[1] == (estimate(LUOYANG, WUXI, RAIL, RULES).minutes, 0)


def test_two_places_in_one_building_take_the_local_minutes() -> None:
    twin = replace(WUXI, name="同一栋楼")
    assert tables((WUXI, twin), [CAR], RULES)[CAR][0][1] == RULES.local


def line(item: str, value: str, up_to: str = "", since: date | None = None, until: date | None = None) -> TravelRule:
    step = Decimal(up_to) if up_to else None
    return TravelRule(id=1, item=item, value=Decimal(value), up_to=step, valid_from=since, valid_to=until)


def test_what_ships_says_every_number() -> None:
    assert {one.item for one in records(TravelRule, "travel")} == set(TRAVEL_ITEMS)
    assert (RULES.road_factor, RULES.rail_fare, RULES.car_cost) == (1.3, 46, 110)
    assert RULES.hours == replace(Hours(), drive_spell=240, drive_rest=20, drive_day=480)
    assert RULES.car_speeds[-1] == (math.inf, 88)


def test_the_line_that_holds_on_the_day_of_the_trip_counts() -> None:
    table = [
        line("高铁票价", "0.5", until=date(2026, 12, 31)),
        line("高铁票价", "0.6", since=date(2027, 1, 1)),
        line("用车费用", "1.5", since=date(2026, 6, 1)),
        line("用车费用", "1.3"),
    ]
    assert rules_of(table, date(2026, 12, 31)).rail_fare == 50
    assert rules_of(table, date(2027, 1, 1)).rail_fare == 60
    assert rules_of(table, date(2026, 12, 31)).car_cost == 150
    assert rules_of(table, date(2026, 12, 31)).station_before == RULES.station_before


def test_speeds_of_the_office_replace_those_that_ship() -> None:
    rules = rules_of([line("驾车时速", "20", "10"), line("驾车时速", "90", "300")], date(2026, 12, 1))
    assert rules.car_speeds == ((10, 20), (math.inf, 90))


def test_what_seeing_somebody_is_worth_is_the_offices_by_priority_or_else_by_level() -> None:
    rules = rules_of([line("低优先的分量", "80")], date(2026, 12, 1))
    assert [rules.prize_of("低", "A", False), rules.prize_of("", "C", False), rules.prize_of("", "", False)] == [80] * 3
    assert [rules.prize_of("", "A", False), rules.prize_of("中", "A", False), rules.prize_of("中", "", True)] == [
        *(30, 20, 80)
    ]


def test_an_absurd_number_is_not_taken() -> None:
    table = [
        line("高铁时速", "0"),
        line("中优先的分量", "-5"),
        line("道路系数", "0.5"),
        line("驾车时速", "0"),
        line("连续驾驶上限", "0"),
    ]
    assert rules_of(table, date(2026, 12, 1)) == RULES


def test_a_number_that_no_way_can_have_is_not_taken_either() -> None:
    table = [line("高铁时速", "5000"), line("道路系数", "1000"), line("进站", "1000000000000"), line("未知路程", "-5")]
    assert rules_of(table, date(2026, 12, 1)) == RULES


def test_the_offices_hours_hold_while_they_are_valid() -> None:
    table = [
        line("下午开始", "14.5", since=date(2027, 6, 1), until=date(2027, 9, 30)),
        line("最早出发", "7"),
        line("午餐时间", "60"),
        line("全天驾驶上限", "600"),
    ]
    summer, winter = (rules_of(table, day).hours for day in (date(2027, 7, 1), date(2027, 12, 1)))
    assert (summer.sessions[1], winter.sessions[1]) == ((870, 1050), (840, 1050))
    assert (summer.earliest, summer.lunch_minutes, summer.drive_day) == (420, 60, 600)


def test_hours_that_end_before_they_begin_are_not_taken() -> None:
    table = [line("上午结束", "8"), line("最晚到达", "5"), line("约见间隔", "0"), line("午餐开始", "30")]
    assert rules_of(table, date(2026, 12, 1)).hours == RULES.hours
