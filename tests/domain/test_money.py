"""Amounts as offices write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.money import CURRENCIES, Money, read_money, write_money


def yuan(amount: str, currency: str = "CNY") -> Money:
    return Money(int(Decimal(amount) * 100), currency)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0"),
        ("5000", "5000"),
        ("12,000.50", "12000.50"),
        ("1,000,000", "1000000"),
        ("3000万", "30000000"),
        ("3000万元", "30000000"),
        ("1.2亿元", "120000000"),
        ("1.2 亿", "120000000"),
        ("１２００万", "12000000"),
        ("１．２亿", "120000000"),
        ("5000万 元", "50000000"),
        ("5000万元整", "50000000"),
        ("500块", "500"),
        ("200w", "2000000"),
        ("5000.000000万人民币", "50000000"),
        ("1000万(元)", "10000000"),
        ("1.5千万", "15000000"),
        ("5千万", "50000000"),
        ("3千5百万", "35000000"),
        ("3亿5000万", "350000000"),
        ("3亿零500万", "305000000"),
        ("3万5千元", "35000"),
        ("1万亿", "1000000000000"),
        ("一亿两千万元", "120000000"),
        ("二十五万", "250000"),
        ("十万元", "100000"),
        ("一百零五万", "1050000"),
        ("壹仟万元整", "10000000"),
        ("伍拾万圆整", "500000"),
        ("叁万零伍元整", "30005"),
        ("壹亿零贰仟元整", "100002000"),
        ("壹仟伍佰元伍角整", "1500.5"),
        ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("壹仟元零陆分", "1000.06"),
        ("-500万", "-5000000"),
        ("1.2E+8", "120000000"),
        ("0.004", "0"),
        ("0.005", "0.01"),
    ],
)
def test_an_amount_is_understood_to_the_fen(text: str, amount: str) -> None:
    assert read_money(text) == yuan(amount)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1.2", "亿元", "120000000"),
        ("1200", "万元", "12000000"),
        ("1200.0", "万元", "12000000"),
        ("1,200", "万元", "12000000"),
        ("1200", "单位：万元", "12000000"),
        ("1200", "（万元）", "12000000"),
        ("1200", "人民币万元", "12000000"),
        ("1200", "万元人民币", "12000000"),
        ("10个亿", "万元", "1000000000"),
        ("3个百万元", "", "3000000"),
        ("1200", "万人民币", "12000000"),
        ("1200", "百万元", "1200000000"),
        ("1200", "千元", "1200000"),
        ("1200", "元", "1200"),
        ("333.3333333333", "万元", "3333333.33"),
        ("二百", "万元", "2000000"),
        ("约200", "万元", "2000000"),
        ("1.2E+3", "万元", "12000000"),
    ],
)
def test_the_unit_of_the_header_counts_where_the_text_has_none(text: str, unit: str, amount: str) -> None:
    assert read_money(text, unit) == yuan(amount)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("500万", "亿元", "5000000"),
        ("5亿", "万元", "500000000"),
        ("5000元", "万元", "5000"),
        ("1.2亿元", "万元", "120000000"),
        ("500万元", "万美元", "5000000"),
        ("3千5百万", "亿元", "35000000"),
    ],
)
def test_the_unit_in_the_text_beats_the_header(text: str, unit: str, amount: str) -> None:
    assert read_money(text, unit) == yuan(amount)


@pytest.mark.parametrize(
    ("text", "unit", "amount", "currency"),
    [
        ("约5千万美元", "", "50000000", "USD"),
        ("500万美金", "", "5000000", "USD"),
        ("USD 5,000,000", "", "5000000", "USD"),
        ("US$5,000,000", "", "5000000", "USD"),
        ("$500万", "", "5000000", "USD"),
        ("2.5百万美元", "", "2500000", "USD"),
        ("500", "万美元", "5000000", "USD"),
        ("500万", "万美元", "5000000", "USD"),
        ("500美元", "万元", "500", "USD"),
        ("800万港币", "", "8000000", "HKD"),
        ("HK$800万", "", "8000000", "HKD"),
        ("500万欧元", "", "5000000", "EUR"),
        ("€500万", "", "5000000", "EUR"),
        ("100亿日元", "", "10000000000", "JPY"),
        ("三亿日元", "", "300000000", "JPY"),
        ("200万新台币", "", "2000000", "TWD"),
        ("RMB 5000万", "", "50000000", "CNY"),
        ("人民币5000万元", "", "50000000", "CNY"),
        ("500万人民币", "", "5000000", "CNY"),
        ("500万元人民币", "", "5000000", "CNY"),
        ("5000万元（人民币）", "", "50000000", "CNY"),
        ("¥300万", "", "3000000", "CNY"),
        ("￥300万", "", "3000000", "CNY"),
        ("500（万元）", "", "5000000", "CNY"),
        ("500（万美元）", "", "5000000", "USD"),
    ],
)
def test_a_currency_is_kept(text: str, unit: str, amount: str, currency: str) -> None:
    assert read_money(text, unit) == yuan(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "约5000万",
        "大约5000万元",
        "近5000万元",
        "5000余万元",
        "5000万余元",
        "5000多万",
        "5000万左右",
        "人民币约5000万元",
    ],
)
def test_a_figure_that_is_about_right_stands_for_what_is_meant(text: str) -> None:
    assert read_money(text) == yuan("50000000")


@pytest.mark.parametrize("text", ["未透露", "未公开", "面议", "保密", "不详", "待定", "无", "-", "—", "——", "/", "N/A"])
def test_what_was_not_told_is_no_amount(text: str) -> None:
    with pytest.raises(NotUnderstood, match="未透露"):
        read_money(text)


@pytest.mark.parametrize(
    "text", ["1000-2000万", "1000~2000万", "1000至2000万元", "5亿—8亿", "500万到800万", "2－3千万"]
)
def test_a_range_is_no_amount(text: str) -> None:
    with pytest.raises(NotUnderstood, match="范围"):
        read_money(text)


@pytest.mark.parametrize("text", ["超1亿元", "1亿元以上", "不低于5000万", "5000万以内", "逾3亿", "≥500万"])
def test_a_bound_is_no_amount(text: str) -> None:
    with pytest.raises(NotUnderstood, match="上限或下限"):
        read_money(text)


@pytest.mark.parametrize("text", ["三万五", "1亿5千", "1亿5", "3亿500"])
def test_a_last_figure_without_its_unit_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_money(text)


@pytest.mark.parametrize("text", ["USD500", "$500", "3千", "500 RMB", "人民币500", "500 人民币"])
def test_a_currency_mark_under_a_header_in_wan_leaves_open_which_unit_is_meant(text: str) -> None:
    with pytest.raises(NotUnderstood, match="没写明是元还是万元"):
        read_money(text, "万元")


@pytest.mark.parametrize(
    "text",
    [
        "12,00万",
        "1,2",
        "1.2.3",
        "千万",
        "亿元",
        "万元",
        "元",
        "(500)",
        "30万元/亩",
        "5000万元（其中外资2000万）",
        "5000万美元（约3.5亿元）",
        "500万美元人民币",
        "注册资本5000万",
        "一二三万",
        "5万3万",
        "5亿3亿",
        "百万",
        "若干",
        "9" * 30,
        "999999999999999亿",
    ],
)
def test_what_is_not_clearly_one_amount_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_money(text)


def test_a_header_with_another_unit_is_named_in_the_reason() -> None:
    with pytest.raises(NotUnderstood, match="万元/亩"):
        read_money("30", "万元/亩")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("120000000", "CNY", "1.2亿元"),
        ("12000000", "CNY", "1200万元"),
        ("123400", "CNY", "12.34万元"),
        ("5000", "CNY", "5000元"),
        ("12345.67", "CNY", "12345.67元"),
        ("123456789", "CNY", "12345.6789万元"),
        ("50000000", "USD", "5000万美元"),
        ("10000000000", "JPY", "100亿日元"),
        ("-5000000", "CNY", "-500万元"),
        ("0", "CNY", "0元"),
    ],
)
def test_an_amount_is_shown_in_the_largest_unit_that_says_it_shortly(amount: str, currency: str, text: str) -> None:
    assert write_money(yuan(amount, currency)) == text


@given(st.integers(-(10**17), 10**17), st.sampled_from(sorted(CURRENCIES)))
@example(10**10, "CNY")
@example(10**6 + 1, "CNY")
def test_what_is_written_is_read_again_as_the_same_amount(fen: int, currency: str) -> None:
    money = Money(fen, currency)
    assert read_money(write_money(money)) == money
    assert read_money(write_money(money), "万元") == money


@given(st.text(st.sampled_from("0123456789.,，万亿千百十零一二壹贰元角分美港USD$¥()（）约余-~至 "), max_size=14))
@example("1e99")
def test_any_text_is_an_amount_that_round_trips_or_is_not_understood(text: str) -> None:
    try:
        money = read_money(text, "万元")
    except NotUnderstood:
        return
    assert read_money(write_money(money)) == money
