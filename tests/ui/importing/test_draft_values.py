"""What a draft says at the place a column goes to."""

from __future__ import annotations

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.layout import guess_layout
from zhaoshang_desktop.exchange.mapping import guess_mapping
from zhaoshang_desktop.exchange.records import rows_to_records
from zhaoshang_desktop.exchange.sheet import Cell, Row, Sheet
from zhaoshang_desktop.ui.importing.draft_values import text_at


def shown(record: type[Record], head: Row, *cells: Cell) -> list[str]:
    """The texts of a list's only row, column by column."""
    sheet = Sheet("名单", [head, cells])
    layout = guess_layout(sheet)
    mapping = guess_mapping(sheet, layout, record)
    draft = next(rows_to_records(sheet, layout, mapping, lambda noun, title: 7))
    return [text_at(draft, match, sheet) for match in mapping.used]


def test_values_are_written_as_lists_write_them() -> None:
    head = ("企业名称", "注册资本（万元）", "成立日期", "所在地区")
    assert shown(Investor, head, "甲公司", 12000, "2018.12", "无锡市") == ["甲公司", "1.20 亿", "2018-12", "江苏 无锡"]


def test_people_of_one_cell_are_set_apart() -> None:
    head = ("企业名称", "联系人及电话")
    assert shown(Investor, head, "甲公司", "许厂长/李经理 0510-88887766")[1].startswith("许厂长")


def test_each_of_two_people_is_shown_under_his_own_columns() -> None:
    head = ("企业名称", "联系人", "电话", "联系人2", "电话2")
    cells = ("甲公司", "周远航", "13800002216", "李静", "13900002217")
    assert shown(Investor, head, *cells) == [*cells]


def test_a_unit_beside_an_amount_is_shown_as_it_stands() -> None:
    head = ("企业名称", "注册资本", "单位")
    assert shown(Investor, head, "甲公司", 5000, "万美元")[1:] == ["5,000 万美元", "万美元"]


def test_what_is_linked_is_called_as_the_cell_calls_it() -> None:
    assert shown(Investor, ("企业名称", "责任人"), "甲公司", "张敏") == ["甲公司", "张敏"]


def test_what_nobody_understood_is_marked() -> None:
    assert shown(Investor, ("企业名称", "员工数"), "甲公司", "很多") == ["甲公司", "？很多"]


def test_longitude_and_latitude_show_one_point() -> None:
    texts = shown(Investor, ("企业名称", "经度", "纬度"), "甲公司", 120.3, 31.5)
    assert texts[1] == texts[2] == "120.300000, 31.500000"


def test_the_stage_and_the_days_of_steps_are_shown() -> None:
    head = ("项目名称", "签约时间", "预计开工时间", "竣工时间")
    assert shown(Project, head, "甲项目", "2026-03-01", "2026-10", "") == ["甲项目", "2026-03-01", "2026-10", ""]
