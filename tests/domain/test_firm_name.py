"""When two names are likely one firm."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain.firm_name import firm_core, same_core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾新材料股份有限公司", "青禾新材料有限公司"),
        ("江苏青禾新材料有限公司", "青禾新材料（集团）有限公司"),
        ("云帆智能装备（无锡）有限公司", "云帆智能装备有限责任公司"),
        ("云帆智能装备(无锡)有限公司", "无锡市云帆智能装备有限公司"),
        ("北塘精密铸造厂", "北塘精密铸造有限公司"),
    ],
)
def test_the_same_firm_written_differently_is_likely_one(one: str, other: str) -> None:
    assert same_core(firm_core(one), firm_core(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江苏科技有限公司", "浙江科技有限公司"),
        ("青禾新材料有限公司", "青禾新能源有限公司"),
        ("测试企业00001有限公司", "测试企业00002有限公司"),
        ("上海第一建筑公司", "上海第二建筑公司"),
        ("公司", "集团"),
    ],
)
def test_different_firms_are_not_taken_for_one(one: str, other: str) -> None:
    assert not same_core(firm_core(one), firm_core(other))


def test_the_core_leaves_out_region_and_legal_form() -> None:
    assert firm_core("江苏青禾新材料（集团）有限公司") == ("青禾新材料", frozenset({"江苏"}))
