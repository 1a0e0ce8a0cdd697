"""GB/T 4754 by code and by name."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain import industry


def test_the_standard_has_twenty_sections_and_ninety_seven_divisions() -> None:
    codes = list(industry.industries())
    assert [len([code for code in codes if len(code) == length]) for length in (1, 3)] == [20, 97]
    assert {i.sector for i in industry.industries().values()} == {"第一产业", "第二产业", "第三产业"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C27", "C27"),
        ("c2710", "C27"),
        ("2710 化学药品原料药制造", "C27"),
        ("C27 医药制造业", "C27"),
        ("医药制造业", "C27"),
        ("医药制造", "C27"),
        ("生物医药", "C27"),
        ("制造业", "C"),
        ("C 制造业", "C"),
        ("C", "C"),
        ("非金属矿物制品业", "C30"),
        ("电气机械和器材制造业", "C38"),
        ("教育", "P83"),
        ("物流", "G59"),
    ],
)
def test_an_industry_is_found_by_code_or_name(text: str, code: str) -> None:
    found = industry.find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "业", "A27", "CBD 商圈", "招商", "99"])
def test_what_names_no_industry_finds_none(text: str) -> None:
    assert industry.find(text) is None


def test_services_to_production_are_of_the_third_sector() -> None:
    assert [industry.industries()[code].sector for code in ("A01", "A05", "B11", "C42", "C43", "E47")] == [
        "第一产业",
        "第三产业",
        "第三产业",
        "第二产业",
        "第三产业",
        "第二产业",
    ]
