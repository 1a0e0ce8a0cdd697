"""The words above a column."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.formats import format_of
from zhaoshang_desktop.exchange.heading import header_key, heading_of, split_unit, unit_of_sheet


@pytest.mark.parametrize(
    ("parts", "text", "unit"),
    [
        (["单位名称"], "单位名称", ""),
        (["*企业\n名 称"], "企业名称", ""),
        (["企业基本情况", "统一社会信用代码"], "企业基本情况·统一社会信用代码", ""),
        (["拟投资额", "（万元）"], "拟投资额", "万元"),
        (["总投资(亿元)"], "总投资", "亿元"),
        (["投资情况（万元）", "总投资"], "投资情况·总投资", "万元"),
        (["投资额（单位：万美元）"], "投资额", "万美元"),
        (["用地面积（亩）"], "用地面积", "亩"),
        (["占比（%）"], "占比", "%"),
        (["综合能耗（吨标准煤/年）"], "综合能耗", "吨标准煤/年"),
        (["注册资本/万元"], "注册资本", "万元"),
        (["联系人（手机）"], "联系人（手机）", ""),
        (["国家（地区）"], "国家（地区）", ""),
        (["", "名称", ""], "名称", ""),
    ],
)
def test_a_heading_is_cleaned_joined_and_parted_from_its_unit(parts: list[str], text: str, unit: str) -> None:
    heading = heading_of(parts)
    assert (heading.text, heading.unit) == (text, unit)


def test_every_unit_a_register_writes_is_known_when_it_comes_back() -> None:
    units = {
        format_of(field.kind).unit(field.kind)
        for record in RECORDS.values()
        for field in fields_of(record)
        if isinstance(field.kind, (kinds.Amount, kinds.Number, kinds.Whole))
    }
    assert {unit: split_unit(f"某项（{unit}）") for unit in units if unit} == {u: ("某项", u) for u in units if u}


def test_the_unit_above_the_table_is_found_and_an_office_is_no_unit() -> None:
    assert unit_of_sheet(["单位：某某局", "2026年", "单位：万元"]) == "万元"
    assert unit_of_sheet(["填报单位：投资促进局"]) == ""


def test_headings_are_compared_without_width_case_marks_and_units() -> None:
    assert header_key("E－mail") == header_key("e-mail") == "e-mail"
    assert header_key(" 总 投 资\n（万元）") == header_key("总投资")
