"""公务接待 and 招商接待: limits by their own standard, never by the other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING,
    INVESTING_MEAL,
    OFFICIAL,
    OURS,
    OWN_MEAL,
    SUITE,
    WORKING_MEAL,
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import ReceptionBook, check
from zhaoshang_desktop.domain.reception_rule import ReceptionRule, Standard, shipped_rules, standard_of

DAY = date(2026, 12, 8)
RULES = standard_of(shipped_rules(), OFFICIAL, DAY)
COUNTY = standard_of(
    (
        *shipped_rules(),
        ReceptionRule(kind=INVESTING, item=r.SMALL_PARTY, value=Decimal(10), source="本县标准第五条"),
        ReceptionRule(kind=INVESTING, item=r.SMALL_COMPANY, value=Decimal(5), source="本县标准第五条"),
        ReceptionRule(kind=INVESTING, item=r.SHARE, value=Decimal(2), source="本县标准第五条"),
        ReceptionRule(kind=INVESTING, item=r.MEAL_PRICE, value=Decimal(120), source="本县标准第六条"),
    ),
    INVESTING,
    DAY,
)


def official(guests: int = 8, companions: int = 2, **fields: object) -> ReceptionBook:
    """An official reception with a letter, so many guests and one working meal."""
    book = ReceptionBook(
        Reception(
            name="市局调研", kind=OFFICIAL, start=DAY, end=DAY, letter_number="枣商函〔2026〕9号", from_unit="市局"
        )
    )
    book.people = [ReceptionPerson(side=GUEST, name=f"客{n}", unit="市局") for n in range(guests)]
    book.people += [ReceptionPerson(side=OURS, name=f"我{n}", companion=True) for n in range(companions)]
    book.meals = [ReceptionMeal(day=DAY, meal="午餐", kind=WORKING_MEAL)]
    for name, value in fields.items():
        setattr(book.meals[0], name, value)
    return book


def investing(guests: int = 4, companions: int = 3) -> ReceptionBook:
    """The same guests as clients."""
    book = official(guests, companions)
    book.reception.kind, book.meals[0].kind = INVESTING, INVESTING_MEAL
    return book


def said(book: ReceptionBook, standard: Standard = RULES, today: date = DAY) -> list[str]:
    return [one.sentence for one in check(book, standard, today)]


def test_a_reception_by_the_book_has_nothing_to_say() -> None:
    assert said(official()) == []
    assert said(investing(), COUNTY) == []


@pytest.mark.parametrize(("guests", "most"), [(1, 3), (8, 3), (10, 3), (11, 3), (12, 4), (20, 6), (29, 9), (300, 100)])
def test_three_may_eat_along_with_up_to_ten_guests_and_a_third_beyond(guests: int, most: int) -> None:
    assert RULES.companions(guests) == most
    assert not [one for one in said(official(guests, most)) if "陪餐不超过" in one]
    (told,) = [one for one in said(official(guests, most + 1)) if "陪餐不超过" in one]
    assert f"客人 {guests} 人，陪餐不超过 {most} 人，现在是 {most + 1} 人" in told
    assert "《党政机关国内公务接待管理规定》第十条" in told


def test_without_a_letter_officials_are_not_received() -> None:
    book = official()
    book.reception.letter_number = ""
    assert said(book) == [
        "没有公函：无公函的公务活动和来访人员一律不予接待（《党政机关国内公务接待管理规定》第七条）。"
    ]


def test_clients_need_their_own_paper_and_no_official_letter() -> None:
    book = investing()
    book.reception.letter_number = ""
    assert said(book, COUNTY) == ["没有来访函，也没有写洽谈记录（本县招商接待标准：来访函或洽谈记录）。"]


def test_one_working_meal_and_no_more() -> None:
    book = official()
    book.meals.append(ReceptionMeal(day=DAY, meal="晚餐", kind=WORKING_MEAL))
    assert said(book)[0].startswith("安排了 2 次工作餐：确因工作需要可以安排 1 次")
    book.meals[1].kind = OWN_MEAL
    assert said(book) == []


def test_no_alcohol_and_no_tobacco_wherever_they_are_written() -> None:
    assert "工作餐不上酒（《党政机关厉行节约反对浪费条例》第二十三条）" in said(official(alcohol=True))[0]
    assert "不得提供香烟" in said(official(tobacco=True))[0]
    assert "上酒" in said(official(note="自备白酒两瓶"))[0]
    book = official()
    book.costs = [ReceptionCost(account=OFFICIAL, item="酒水", receipt=True)]
    assert "里有酒" in said(book)[0]
    book.costs = [ReceptionCost(account=OFFICIAL, item="酒店会议室", receipt=True)]
    assert said(book) == []


def test_alcohol_was_another_rule_before_its_day() -> None:
    before = standard_of(shipped_rules(), OFFICIAL, date(2024, 3, 1))
    assert not before.forbids(r.ALCOHOL)
    assert before.companions(8) == 3


def test_suites_are_for_ministers() -> None:
    book = official()
    book.people[0].room_kind = SUITE
    assert "省部级干部可以安排普通套间" in said(book)[0]
    book.people[0].rank = "省部级副职"
    assert said(book) == []


def test_neither_kind_borrows_the_others_meal() -> None:
    assert "公务接待只能安排工作餐或自行用餐" in said(official(kind=INVESTING_MEAL))[0]
    book = investing()
    book.meals[0].kind = WORKING_MEAL
    assert any("招商接待请用“招商用餐”" in one for one in said(book, COUNTY))


def test_guests_pay_their_own_night_and_take_no_gifts() -> None:
    book = official()
    book.costs = [ReceptionCost(account=OFFICIAL, item="住宿费", receipt=True)]
    assert "回本单位报销" in said(book)[0]
    book.costs = [ReceptionCost(account=OFFICIAL, item="纪念品", receipt=True)]
    assert "不得赠送" in said(book)[0]


def test_a_cost_of_the_other_kind_is_told() -> None:
    book = official()
    book.costs = [ReceptionCost(account=INVESTING, item="用餐", receipt=True)]
    assert said(book) == ["“用餐”记在招商接待名下，这次是公务接待：两种接待的费用不能混在一起。"]


def test_dates_are_looked_at() -> None:
    book = official()
    book.reception.end = date(2026, 12, 7)
    assert "结束日期早于开始日期。" in said(book)
    book = official()
    book.reception.start, book.reception.end = date(2026, 12, 30), date(2027, 1, 2)
    book.meals[0].day = date(2027, 1, 1)
    book.items = [ReceptionItem(day=date(2026, 12, 31), what="座谈"), ReceptionItem(day=date(2027, 1, 2), what="送站")]
    assert said(book) == []
    book.items.append(ReceptionItem(day=date(2027, 1, 3), what="参观"))
    assert said(book) == ["“参观”在 01-03，不在接待的日子里。"]


def test_hours_that_cross_are_told() -> None:
    book = official()
    book.items = [
        ReceptionItem(day=DAY, start=540, end=660, what="座谈"),
        ReceptionItem(day=DAY, start=600, end=700, what="看企业"),
        ReceptionItem(day=DAY, start=800, end=700, what="送站"),
    ]
    assert said(book) == ["“送站”的结束时间不晚于开始时间。", "“座谈”和“看企业”的时间重叠。"]


def test_no_guests_a_crowd_and_a_guest_without_a_name_are_told() -> None:
    assert "还没有客人名单。" in said(official(0, 0))
    assert any("客人有 300 人" in one for one in said(official(300, 3)))
    book = official()
    book.people[0].name = ""
    book.people[1].name = book.people[2].name
    assert said(book) == ["有 1 人没有写姓名。", "“客2”在名单上写了 2 次。"]


def test_a_car_has_so_many_seats() -> None:
    book = official(4)
    book.cars = [ReceptionCar(name="1号车", seats=4)]
    for one in book.guests:
        one.car = "1号车"
    assert said(book) == ["1号车有 4 座（含司机），安排了 4 人。"]
    book.people[0].car = "2号车"
    assert said(book) == ["名单上有 1 人乘“2号车”，车辆表里没有这辆车。"]


def test_receipts_are_missed_when_it_is_over() -> None:
    book = official()
    book.costs = [ReceptionCost(account=OFFICIAL, item="午餐", actual=Money(40_000))]
    (early,) = check(book, RULES, DAY)
    (late,) = check(book, RULES, date(2026, 12, 20))
    assert (early.wrong, late.wrong) == (False, True)
    assert late.sentence == "票据还没收齐：午餐。"


@given(guests=st.integers(0, 500), party=st.integers(0, 50), few=st.integers(0, 20), share=st.integers(1, 9))
def test_more_than_may_eat_along_is_told_and_no_fewer(guests: int, party: int, few: int, share: int) -> None:
    numbers = {r.SMALL_PARTY: party, r.SMALL_COMPANY: few, r.SHARE: share}
    rules = [ReceptionRule(kind=OFFICIAL, item=item, value=Decimal(value)) for item, value in numbers.items()]
    standard = standard_of(rules, OFFICIAL, DAY)
    most = standard.companions(guests)
    assert most == (0 if guests == 0 else few if guests <= party else guests // share)
    meal = ReceptionMeal(day=DAY, kind=WORKING_MEAL, guests=guests)
    for companions in (most, most + 1):
        book = replace(official(0, 0), meals=[replace(meal, companions=companions)])
        assert any("陪餐不超过" in one for one in said(book, standard)) == (companions > most)


@given(st.lists(st.tuples(st.sampled_from([OFFICIAL, INVESTING]), st.integers(0, 99)), max_size=20))
def test_a_standard_knows_the_rules_of_its_own_kind_only(made: list[tuple[str, int]]) -> None:
    rules = [ReceptionRule(id=n, kind=kind, item=r.SMALL_COMPANY, value=Decimal(v)) for n, (kind, v) in enumerate(made)]
    for kind in (OFFICIAL, INVESTING):
        own = [value for other, value in made if other == kind]
        assert standard_of(rules, kind, DAY).companions(1) == (own[-1] if own else None)
