"""What is what on a sheet, and the clerk's corrections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.exchange.layout import Layout, Role, group_name, guess_layout
from zhaoshang_desktop.exchange.sheet import Merge, Sheet

LIST: list[list[Any]] = [
    ["苏锡常新材料企业名单（2026年9月）", "", "", "", "", ""],
    ["", "", "", "", "", "单位：万元"],
    ["序号", "单位名称", "企业基本情况", "", "联系人及电话", "拟投资额"],
    ["", "", "统一社会信用代码", "注册资本", "", "（亿元）"],
    ["一、无锡市（2家）", "", "", "", "", ""],
    [1.0, "青禾新材料股份有限公司", "91320211MA1XQH2P0K", "1.2亿", "周远航 13800002216", 5.0],
    [2.0, "北塘精密铸造有限公司", "", 4200.0, "许厂长/李经理 0510-8888 7777", "约3千"],
    ["", "小计", "", 16200.0, "", 53000.0],
    ["二、苏州市（2家）", "", "", "", "", ""],
    ["序号", "单位名称", "企业基本情况", "", "联系人及电话", "拟投资额"],
    [3.0, "华澄新材料科技有限公司", "91320594MA25K8TT3C", 8600.0, "顾女士", "2.5亿元"],
    ["", "", "", "", "", ""],
    [4.0, "盛泽纺织集团有限公司", "91320509713825XX1R", "２８００", "", "未透露"],
    ["", "合  计", "", 52800.0, "", 78000.0],
    ["注：名单由商会提供，仅供参考。", "", "", "", "", ""],
    ["填表人：某某", "", "", "审核人：某某", "", ""],
]
MERGED = (Merge(0, 0, 0, 5), Merge(2, 2, 2, 3), Merge(2, 0, 3, 0), Merge(2, 1, 3, 1), Merge(4, 0, 4, 5))
T, H, G, D, S, R, B, N = (
    Role.TITLE, Role.HEADER, Role.GROUP, Role.DATA, Role.SUM, Role.REPEAT, Role.BLANK, Role.NOTE
)  # fmt: skip


def sheet_of(rows: list[list[Any]], merged: tuple[Merge, ...] = ()) -> Sheet:
    return Sheet("名单", [tuple(row) for row in rows], merged=merged)


@pytest.mark.parametrize("merged", [MERGED, ()], ids=["merged", "unmerged"])
def test_a_list_as_offices_make_them_is_understood(merged: tuple[Merge, ...]) -> None:
    layout = guess_layout(sheet_of(LIST, merged))
    assert layout.roles == (T, T, H, H, G, D, D, S, G, R, D, B, D, S, N, N)
    assert [column.header for column in layout.columns] == [
        "序号", "单位名称", "企业基本情况·统一社会信用代码", "企业基本情况·注册资本",
        "联系人及电话", "拟投资额", "分组行",
    ]  # fmt: skip
    assert [column.unit for column in layout.columns] == ["", "", "", "", "", "亿元", ""]
    assert layout.unit == "万元"


def test_the_group_becomes_a_column() -> None:
    layout = guess_layout(sheet_of(LIST, MERGED))
    assert [(number, row[1], row[-1]) for number, row in layout.data(sheet_of(LIST, MERGED))] == [
        (5, "青禾新材料股份有限公司", "无锡市"),
        (6, "北塘精密铸造有限公司", "无锡市"),
        (10, "华澄新材料科技有限公司", "苏州市"),
        (12, "盛泽纺织集团有限公司", "苏州市"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一、无锡市（2家）", "无锡市"),
        ("（二）苏州市", "苏州市"),
        ("北京市（92所）", "北京市"),
        ("新材料产业链", "新材料产业链"),
    ],
)
def test_a_group_is_called_by_its_bare_name(text: str, name: str) -> None:
    assert group_name((text, "", "")) == name


def test_a_correction_is_kept_and_the_rest_guessed_anew() -> None:
    rows: list[list[Any]] = [["甲", "乙", "丙"], ["子", "丑", "寅"], ["a", "b", "c"], ["d", "e", "f"]]
    layout = guess_layout(sheet_of(rows), {1: Role.HEADER, 3: Role.NOTE})
    assert layout.roles == (T, H, D, N)
    assert [column.header for column in layout.columns] == ["子", "丑", "寅"]


def test_a_header_in_three_rows_is_joined() -> None:
    rows = [
        ["项目名称", "投资情况（万元）", "", "", "备注"],
        ["", "总投资", "其中", "", ""],
        ["", "", "固定资产投资", "设备投资", ""],
        ["清岚新材料产业园", 12000.0, 9000.0, 5000.0, ""],
    ]
    merged = (Merge(0, 0, 2, 0), Merge(0, 1, 0, 3), Merge(1, 1, 2, 1), Merge(1, 2, 1, 3), Merge(0, 4, 2, 4))
    layout = guess_layout(sheet_of(rows, merged))
    assert layout.roles == (H, H, H, D)
    assert [column.header for column in layout.columns] == [
        "项目名称", "投资情况·总投资", "投资情况·其中·固定资产投资", "投资情况·其中·设备投资", "备注",
    ]  # fmt: skip
    assert layout.columns[2].unit == "万元"


def test_sums_before_the_data_are_no_data() -> None:
    rows = [["序号", "企业名称", "金额"], ["", "合计", 30.0], ["", "其中：外资", 10.0], [1.0, "青禾有限公司", 30.0]]
    assert guess_layout(sheet_of(rows)).roles == (H, S, S, D)


def test_cells_merged_downwards_are_filled_down() -> None:
    rows = [["地区", "企业名称"], ["无锡", "青禾有限公司"], ["", "北塘有限公司"], ["苏州", "华澄有限公司"]]
    sheet = sheet_of(rows, (Merge(1, 0, 2, 0),))
    assert [row for _, row in guess_layout(sheet).data(sheet)] == [
        ("无锡", "青禾有限公司"), ("无锡", "北塘有限公司"), ("苏州", "华澄有限公司"),
    ]  # fmt: skip


def test_a_sheet_with_only_a_header_has_no_data() -> None:
    layout = guess_layout(sheet_of([["企业名称", "联系人", "手机"]]))
    assert layout.roles == (H,)
    assert layout.count(Role.DATA) == 0


def test_a_record_with_nothing_but_its_name_is_data() -> None:
    rows = [["企业名称", "联系人", "手机"], ["青禾有限公司", "", ""], ["北塘有限公司", "周远航", "13800002216"]]
    assert guess_layout(sheet_of(rows)).roles == (H, D, D)


cells = st.one_of(st.just(""), st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=20)
)


@settings(max_examples=200, deadline=None)
@given(
    tables, st.lists(st.tuples(st.integers(0, 19), st.integers(0, 5), st.integers(0, 4), st.integers(0, 4)), max_size=4)
)
def test_any_sheet_gets_a_layout_that_accounts_for_every_row(
    rows: list[list[Any]], blocks: list[tuple[int, int, int, int]]
) -> None:
    merged = tuple(
        Merge(top, left, min(top + down, len(rows) - 1), left + right)
        for top, left, down, right in blocks
        if top < len(rows)
    )
    sheet = sheet_of(rows, merged)
    layout = guess_layout(sheet)
    assert isinstance(layout, Layout)
    assert len(layout.roles) == len(rows)
    assert len(list(layout.data(sheet))) == layout.count(Role.DATA)
    assert all(len(row) == len(layout.columns) for _, row in layout.data(sheet))


names = st.text("青禾北塘华澄盛泽新材料科技", min_size=2, max_size=8).map(lambda text: text + "有限公司")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(names, st.floats(1, 1e6)), min_size=1, max_size=30),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
)
def test_title_and_sum_around_any_list_lose_no_row(
    records: list[tuple[str, float]], numbered: bool, summed: bool, blanks: int
) -> None:
    rows: list[list[Any]] = [["某某名单（2026年）", "", "", ""], *[["", "", "", ""]] * blanks]
    rows.append(["序号", "企业名称", "注册资本（万元）", "备注"])
    rows += [[n if numbered else "", name, money, "某某"] for n, (name, money) in enumerate(records, 1)]
    if summed:
        rows.append(["", "合计", sum(money for _, money in records), ""])
    sheet = sheet_of(rows)
    assert [(row[1], row[2]) for _, row in guess_layout(sheet).data(sheet)] == records
