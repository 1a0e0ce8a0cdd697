"""Each kind reads again what it has written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_meeting_times import TIMES
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.investor import HONOURS, OWNERSHIPS
from zhaoshang_desktop.domain.investor_words import SAID_OWNERSHIPS
from zhaoshang_desktop.domain.money import Money

WORDS = st.text(st.sampled_from("青禾新材料链ABC12"), min_size=1, max_size=8)
YEARS = st.integers(1950, 2050)
VALUES: list[tuple[kinds.Kind, st.SearchStrategy[Any]]] = [
    (kinds.Text(), WORDS),
    (kinds.Note(), WORDS),
    (kinds.Phone(), st.just("13800000000、0532-88888888转801")),
    (kinds.CreditCode(), st.from_regex(r"[0-9A-Z]{18}|[0-9]{15}", fullmatch=True)),
    (kinds.Amount(), st.builds(Money, st.integers(-(10**15), 10**15), st.sampled_from(["CNY", "USD", "JPY"]))),
    (kinds.Number("亩"), st.decimals(0, 10**6, places=3)),
    (kinds.Whole("人"), st.integers(0, 10**6)),
    (kinds.Whole(), st.integers(0, 10**6)),
    (kinds.Day(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
    (kinds.When(), st.builds(When, YEARS, st.integers(1, 12))),
    (kinds.Period(), st.builds(lambda year, years: Period(When(year), When(year + years)), YEARS, st.integers(0, 9))),
    (kinds.Hour(), st.integers(0, 1439)),
    (kinds.Times(), TIMES),
    (kinds.Choice(OWNERSHIPS, SAID_OWNERSHIPS), st.sampled_from(OWNERSHIPS)),
    (kinds.Choices(("谋划", "拓展")), st.lists(st.sampled_from(("谋划", "拓展")), unique=True, min_size=1).map(tuple)),
    (kinds.Tags(), st.lists(WORDS, unique=True, min_size=1).map(tuple)),
    (
        kinds.Honours(HONOURS),
        st.lists(st.tuples(st.sampled_from(HONOURS), st.none() | YEARS), unique=True, min_size=1).map(tuple),
    ),
    (kinds.Flag(), st.booleans()),
]


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=[type(kind).__name__ for kind, _ in VALUES])
@given(data=st.data())
def test_what_a_kind_has_written_it_reads_again(
    kind: kinds.Kind, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)
    assert kind.read(kind.write(value)) == value


@pytest.mark.parametrize(
    ("said", "meant"), [("民营企业", "民企"), (" 民企 ", "民企"), ("中外合资", "合资"), ("央企", "央企")]
)
def test_a_choice_is_understood_in_the_words_people_use(said: str, meant: str) -> None:
    assert kinds.Choice(OWNERSHIPS, SAID_OWNERSHIPS).read(said) == meant


def test_a_choice_that_could_mean_two_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood, match="不在选项中"):
        kinds.Choice(OWNERSHIPS, SAID_OWNERSHIPS).read("国有")


def test_a_whole_number_has_no_fraction() -> None:
    assert kinds.Whole("人").read("1.2万") == 12000
    with pytest.raises(NotUnderstood, match="整数"):
        kinds.Whole("人").read("12.5")


def test_lists_are_parted_at_the_usual_marks_without_repeats() -> None:
    assert kinds.Tags().read("甲、乙，丙;甲\n丁 / 戊") == ("甲", "乙", "丙", "丁", "戊")


def test_honours_keep_their_years() -> None:
    assert kinds.Honours(HONOURS).read("专精特新（2025年）、2023年世界500强；上市公司") == (
        ("专精特新", 2025),
        ("世界500强", 2023),
        ("上市公司", None),
    )


@pytest.mark.parametrize(("text", "value"), [("是", True), ("√", True), ("有", True), ("否", False), ("无", False)])
def test_yes_and_no_are_read_as_offices_tick_them(text: str, value: bool) -> None:
    assert kinds.Flag().read(text) is value


def test_an_amount_takes_its_unit_from_the_header() -> None:
    assert kinds.Amount().read("1200", "万元") == Money(1200_0000_00)
    assert kinds.Number("亩").read("2", "公顷") == Decimal(30)
