"""Every kind has its cell, and a value written to a cell is read back the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.meeting_times import Span
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.formats import FORMATS, format_of, read_cell, write_cell

VALUES: list[tuple[kinds.Kind, Any]] = [
    (kinds.Text(), "青禾新材料"),
    (kinds.Note(), "两行\n文字"),
    (kinds.CreditCode(), "91320211MA1XQH2P0K"),
    (kinds.Phone(), "13800002216、0510-88887777转801"),
    (kinds.Amount(), Money(123456789)),
    (kinds.Amount(), Money(-100)),
    (kinds.Amount(), Money(1)),
    (kinds.Amount(), Money(99_999_999_999_999_999)),
    (kinds.Amount(), Money(5 * 10**11, "USD")),
    (kinds.Number("亩"), Decimal("12.345")),
    (kinds.Number("亩"), Decimal("0.123457")),
    (kinds.Number("%"), Decimal("33.3")),
    (kinds.Whole("人"), 120),
    (kinds.Day(), date(2026, 9, 1)),
    (kinds.When(), When(2018, 12, 28)),
    (kinds.When(), When(2018, 12)),
    (kinds.When(), When(2018)),
    (kinds.Period(), Period(When(2007, 10), When(2010, 12))),
    (kinds.Period(), Period(When(2024), None)),
    (kinds.Hour(), 9 * 60 + 30),
    (kinds.Times(), (Span(weekday=1, part="上午"), Span(month=12, day=8, start=540, end=600))),
    (kinds.Choice(("甲", "乙")), "乙"),
    (kinds.Choices(("甲", "乙")), ("甲", "乙")),
    (kinds.Tags(), ("新能源", "外资")),
    (kinds.Honours(), (("专精特新", 2025), ("上市公司", None))),
    (kinds.Flag(), True),
    (kinds.Flag(), False),
    (kinds.Place(), "320200"),
    (kinds.Place(), "X:日本"),
    (kinds.Point(), (120.30166312345678, 1e-05)),
    (kinds.Link("unit"), 7),
    (kinds.Links("member"), (7, 8)),
]


def test_every_kind_in_use_has_a_format() -> None:
    used = {type(field.kind) for record in RECORDS.values() for field in fields_of(record)}
    assert used <= set(FORMATS)
    assert set(FORMATS) == {type(kind) for kind, _ in VALUES}


def find_numbered(_noun: str, title: str) -> int:
    number = title.strip("第个")
    if not number.isdigit():
        raise NotUnderstood(title)
    return int(number)


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_value_comes_back_from_its_cell(kind: kinds.Kind, value: Any) -> None:
    cell = write_cell(kind, value, lambda _noun, key: f"第{key}个")
    cell = float(cell) if type(cell) is int else cell
    unit = format_of(kind).unit(kind)
    assert read_cell(kind, cell, unit, find_numbered) == value


@pytest.mark.parametrize("kind", [kind for kind, _ in VALUES])
def test_no_value_is_an_empty_cell(kind: kinds.Kind) -> None:
    assert write_cell(kind, kind.empty) == ""


@pytest.mark.parametrize(
    ("kind", "cell", "unit", "value"),
    [
        (kinds.Amount(), 0.1 + 0.2, "万元", Money(300_000)),
        (kinds.Amount(), "2.5亿元", "万元", Money(25 * 10**9)),
        (kinds.Day(), 46266.0, "", date(2026, 9, 1)),
        (kinds.Day(), datetime.combine(date(2026, 9, 1), datetime.min.time()), "", date(2026, 9, 1)),
        (kinds.When(), 2018.0, "", When(2018)),
        (kinds.When(), 2018.12, "", When(2018, 12)),
        (kinds.Text(), 321.0, "", "321"),
        (kinds.Phone(), 13800002216.0, "", "13800002216"),
        (kinds.Flag(), True, "", True),
    ],
)
def test_typed_cells_are_understood(kind: kinds.Kind, cell: Any, unit: str, value: Any) -> None:
    assert read_cell(kind, cell, unit) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (kinds.When(), 2018.1),
        (kinds.Amount(), date(2026, 9, 1)),
        (kinds.Whole("人"), True),
        (kinds.CreditCode(), 9.13e17),
        (kinds.Link("unit"), "某局"),
    ],
)
def test_what_could_be_two_things_is_not_guessed(kind: kinds.Kind, cell: Any) -> None:
    with pytest.raises(NotUnderstood):
        read_cell(kind, cell)
