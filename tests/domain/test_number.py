"""Numbers with their units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.number import read_number, write_number

UNITS = (
    "",
    "亩",
    "㎡",
    "人",
    "%",
    "公里",
    "分钟",
    "工作日",
    "吨/年",
    "万千瓦时/年",
    "万立方米/年",
    "吨标准煤/年",
    "元",
    "个",
    "分",
)


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("120", "亩", "120"),
        ("120亩", "亩", "120"),
        ("１２０亩", "亩", "120"),
        ("1,200", "㎡", "1200"),
        ("1.2万", "㎡", "12000"),
        ("1.2万平方米", "㎡", "12000"),
        ("3万㎡", "㎡", "30000"),
        ("50000m²", "㎡", "50000"),
        ("200人", "人", "200"),
        ("约200人", "人", "200"),
        ("200余人", "人", "200"),
        ("1.2万人", "人", "12000"),
        ("二十五人", "人", "25"),
        ("2300.0", "人", "2300"),
        ("30%", "%", "30"),
        ("３０％", "%", "30"),
        ("300公里", "公里", "300"),
        ("300km", "公里", "300"),
        ("500米", "公里", "0.5"),
        ("1.5小时", "分钟", "90"),
        ("3个", "个", "3"),
        ("5个工作日", "工作日", "5"),
        ("1200万千瓦时", "万千瓦时/年", "1200"),
        ("1200", "万千瓦时/年", "1200"),
        ("1200万", "万千瓦时/年", "1200"),
        ("1.2亿度", "万千瓦时/年", "12000"),
        ("3000吨标煤", "吨标准煤/年", "3000"),
        ("100万方", "万立方米/年", "100"),
        ("-5", "亩", "-5"),
        ("1e3", "亩", "1000"),
    ],
)
def test_a_number_is_understood_in_the_unit_of_its_field(text: str, wanted: str, value: str) -> None:
    assert read_number(text, "", wanted) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "wanted", "value"),
    [
        ("5公顷", "", "亩", "75"),
        ("20000平方米", "", "亩", "30"),
        ("5000", "平方米", "亩", "7.5"),
        ("5", "公顷", "亩", "75"),
        ("5亩", "公顷", "亩", "5"),
        ("0.2平方公里", "", "亩", "300"),
        ("300亩", "", "㎡", "200000"),
        ("5", "万平方米", "㎡", "50000"),
        ("2万", "平方米", "㎡", "20000"),
    ],
)
def test_land_is_converted_where_that_is_exact(text: str, unit: str, wanted: str, value: str) -> None:
    assert read_number(text, unit, wanted) == Decimal(value)


def test_land_that_does_not_come_out_even_is_not_rounded() -> None:
    with pytest.raises(NotUnderstood, match="不能准确换算"):
        read_number("100亩", "", "㎡")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("200-300人", "人"),
        ("50人以上", "人"),
        ("未透露", "人"),
        ("若干", "人"),
        ("500吨/天", "吨/年"),
        ("5天", "工作日"),
        ("120平方米", "人"),
        ("12亩3分", "亩"),
        ("三成", "%"),
        ("3个", ""),
        ("", "亩"),
        ("1000000000000", ""),
        ("99999999999999999999", "人"),
        ("1e18", "亩"),
    ],
)
def test_another_unit_a_range_or_a_word_is_not_understood(text: str, wanted: str) -> None:
    with pytest.raises(NotUnderstood):
        read_number(text, "", wanted)


def test_what_excel_reckoned_is_rounded_to_what_is_kept() -> None:
    assert read_number("33.33333333333333", "", "亩") == Decimal("33.333333")
    assert read_number("4.5e-05", "", "%") == Decimal("0.000045")


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(UNITS))
def test_what_is_written_is_read_again_as_the_same_number(value: Decimal, unit: str) -> None:
    assert read_number(write_number(value, unit), "", unit) == value


@given(
    st.text(st.sampled_from("0123456789.,，万亿千百十一二壹亩人㎡%平方米公顷约余-~ e"), max_size=12),
    st.sampled_from(UNITS),
)
def test_any_text_is_a_number_or_not_understood(text: str, unit: str) -> None:
    try:
        value = read_number(text, "", unit)
    except NotUnderstood:
        return
    assert read_number(write_number(value, unit), "", unit) == value
