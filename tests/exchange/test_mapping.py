"""Columns find their fields by heading, alias and by what their values look like."""

from __future__ import annotations

import re
from typing import Any

import pytest

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.layout import guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping, guess_mapping
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.exchange.understanding import understand


def mapping_of(record: type[Record], *rows: list[Any]) -> Mapping:
    sheet = Sheet("名单", [tuple(row) for row in rows])
    return guess_mapping(sheet, guess_layout(sheet), record)


def paths(mapping: Mapping) -> dict[str, str]:
    return {match.column.header: match.path for match in mapping.matches}


def test_labels_and_aliases_are_found_with_their_units() -> None:
    mapping = mapping_of(
        Investor,
        ["序号", "单位名称", "信用代码", "注册资金（万元）", "所在地", "联系人", "职务", "手机号", "成立时间"],
        [1, "青禾有限公司", "91320211MA1XQH2P0K", 5000, "无锡", "周远航", "经理", "13800002216", "2018年"],
    )
    assert paths(mapping) == {
        "序号": "", "单位名称": "name", "信用代码": "credit_code", "注册资金": "registered_capital", "所在地": "place",
        "联系人": "contacts.name", "职务": "contacts.post", "手机号": "contacts.mobile", "成立时间": "founded",
    }  # fmt: skip
    assert mapping.matches[3].unit == "万元"
    assert all(match.sure for match in mapping.used)
    assert mapping.missing == mapping.unused == ()


def test_a_person_with_telephone_is_split_whatever_the_heading_says() -> None:
    row = ["青禾有限公司", "周远航 13800002216"]
    for heading in ("联系人及电话", "联系人/联系方式", "联系人", "对方人员"):
        assert paths(mapping_of(Investor, ["企业名称", heading], row))[heading] == "contacts.person"
    assert (
        paths(mapping_of(Investor, ["企业名称", "联系人电话"], ["青禾", "13800002216"]))["联系人电话"]
        == "contacts.phone"
    )


def test_values_tell_what_a_strange_heading_does_not() -> None:
    mapping = mapping_of(
        Investor,
        ["对象", "证照", "热线"],
        *[[f"青禾{n}有限公司", "91320211MA1XQH2P0K", "13800002216"] for n in range(5)],
    )
    assert paths(mapping) == {"对象": "name", "证照": "credit_code", "热线": "contacts.mobile"}
    assert not any(match.sure for match in mapping.matches)


def test_an_identity_number_is_never_taken_for_a_code() -> None:
    rows = [[f"青禾{n}有限公司", f"11010119900307{1234 + n}"] for n in range(5)]
    assert "credit_code" not in paths(mapping_of(Investor, ["企业名称", "证号"], *rows)).values()


def test_a_group_of_places_is_the_place() -> None:
    mapping = mapping_of(
        Investor,
        ["序号", "企业名称", "备注"],
        ["一、无锡市（1家）", "", ""],
        [1, "青禾有限公司", "二期"],
        ["二、苏州市（1家）", "", ""],
        [2, "华澄有限公司", "三期"],
    )
    assert paths(mapping)["分组行"] == "place"


def test_two_columns_of_degrees_are_one_point() -> None:
    mapping = mapping_of(Investor, ["公司名", "经度", "纬度"], ["1X", 10.66, 59.44])
    assert paths(mapping) == {"公司名": "name", "经度": "point.lon", "纬度": "point.lat"}


def test_amounts_without_any_unit_are_doubtful() -> None:
    mapping = mapping_of(Project, ["项目名称", "总投资"], ["某项目", 5000], ["另一项目", 12000])
    assert mapping.matches[1].doubt
    assert not mapping.set_unit(1, "万元").matches[1].doubt


def test_the_unit_above_the_table_holds_for_amounts_without_their_own() -> None:
    mapping = mapping_of(
        Project, ["单位：万元", "", ""], ["项目名称", "总投资", "固定资产投资（亿元）"], ["某项目", 5000, 0.3]
    )
    assert [match.unit for match in mapping.matches] == ["", "万元", "亿元"]


def test_stage_and_days_of_steps_become_milestones_of_a_project() -> None:
    mapping = mapping_of(
        Project,
        ["项目名称", "投资方", "项目阶段", "签约时间", "计划开工时间"],
        ["某项目", "青禾有限公司", "签约", "2026-03", "2026年9月"],
    )
    assert list(paths(mapping).values()) == [
        "name", "stakes.investor", "milestones.step", "milestones.签约", "milestones.计划开工",
    ]  # fmt: skip


def test_every_library_knows_its_own_lists() -> None:
    lead = mapping_of(
        Lead, ["信息标题", "信息内容", "渠道", "提供人", "日期"], ["某信息", "某内容", "老乡", "某人", "2026-09-01"]
    )
    assert list(paths(lead).values()) == ["subject", "content", "channel", "provider", "day"]
    expert = mapping_of(
        Expert, ["姓名", "工作单位", "职务职称", "专长", "联系电话"], ["某人", "某校", "教授", "法律", "13800000000"]
    )
    assert list(paths(expert).values()) == ["name", "employer", "post", "skills", "phone"]


def test_the_clerk_moves_a_column_and_no_target_is_used_twice() -> None:
    mapping = mapping_of(Investor, ["企业名称", "简称", "备注"], ["青禾有限公司", "青禾", "二期"])
    changed = mapping.assign(2, "short_name")
    assert [match.path for match in changed.matches] == ["name", "", "short_name"]
    assert [column.header for column in changed.unused] == ["简称"]
    assert mapping.assign(0, "").missing == ("企业名称",)


def test_every_target_offered_has_a_label_of_its_own() -> None:
    for record in (Investor, Project, Lead, Expert):
        labels = [target.label for target in targets_of(record).values()]
        assert len(labels) == len(set(labels))


def test_a_column_that_tells_of_a_step_needs_one_that_says_which() -> None:
    rows = (["项目名称", "文号", "签约时间"], ["某项目", "某发改备〔2026〕5号", "2026.5"])
    assert paths(mapping_of(Project, *rows)) == {"项目名称": "name", "文号": "", "签约时间": "milestones.签约"}


def test_headings_that_repeat_are_a_header_all_the_same() -> None:
    rows = [
        ("企业名称", "自定", "电话", "电话", "备注", "备注"),
        ("甲有限公司", "x", "0510-88887766", "13800000000", "一", "二"),
        ("乙有限公司", "y", "0510-88887767", "13800000001", "一", "二"),
    ]
    layout, mapping = understand(Sheet("名单", rows), Investor)
    assert layout.header_rows == (0,)
    assert {match.column.index: match.path for match in mapping.used} == {
        0: "name", 2: "contacts.phone", 3: "contacts.mobile", 4: "note"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("联系人 电话 联系人 电话", "1.name 1.phone 2.name 2.phone"),
        ("联系人 电话 联系人2 电话2", "1.name 1.phone 2.name 2.phone"),
        ("联系人一 联系人二 电话一 电话二", "1.name 2.name 1.phone 2.phone"),
        ("联系人 联系人 电话 电话", "1.name 2.name 1.phone 2.phone"),
        ("第一联系人 手机 第二联系人 手机", "1.name 1.mobile 2.name 2.mobile"),
        ("联系人1姓名 联系人1电话 联系人2姓名 联系人2电话", "1.name 1.phone 2.name 2.phone"),
        ("联系人及电话 备用联系人及电话", "1.person 2.person"),
        ("法定代表人 联系人 联系电话", "1.name 2.name 2.phone"),
        ("联系人 法定代表人 联系电话", "1.name 2.name 1.phone"),
        ("负责人 手机 联系人 职务 手机", "1.name 1.mobile 2.name 2.post 2.mobile"),
        ("联系人 手机1 手机2", "1.name 1.mobile 1.phone"),
        ("联系人 电话 包联领导 电话", "1.name 1.phone . ."),
        ("电话 联系人 手机 包联领导 电话", "1.phone 1.name 1.mobile . ."),
        ("企业联系人 电话 项目联系人 电话", "1.name 1.phone 2.name 2.phone"),
        ("电话 包联领导", "1.phone ."),
        ("包联领导 电话", ". ."),
        ("联系人 电话 联系人2 电话2 联系人3 电话3 联系人4 电话4", "1.name 1.phone 2.name 2.phone 3.name 3.phone . ."),
    ],
)
def test_whose_a_number_is_is_told_by_its_place_and_its_heading(headings: str, told: str) -> None:
    heads = headings.split()
    people = iter(["周远航", "李静", "王磊", "陈晨"])
    row = [next(people) if re.search(r"人[1-4一二]?(姓名)?$|领导|专员", head) else "138 0000 2216" for head in heads]
    if "及" in headings:
        row = ["周远航 13800002216", "李静 13900002217"]
    mapping = mapping_of(Investor, ["企业名称", *heads], ["甲有限公司", *row])
    part = {"1": "contacts.", "2": "contacts2.", "3": "contacts3.", "": ""}
    wanted = [part[person] + name for person, _, name in (one.partition(".") for one in told.split())]
    assert [match.path for match in mapping.matches][1:] == wanted


def test_who_we_are_is_no_contact_of_theirs() -> None:
    mapping = mapping_of(
        Investor,
        ["企业名称", "联系人", "手机", "责任人", "电话"],
        ["甲", "周远航", "13800000000", "张敏", "13800000001"],
    )
    assert [match.path for match in mapping.matches] == ["name", "contacts.name", "contacts.mobile", "owner", ""]
    assert [column.letter for column in mapping.unused] == ["E"]


def test_a_fax_is_no_telephone() -> None:
    mapping = mapping_of(Investor, ["企业名称", "传真", "QQ"], ["甲有限公司", "0510-88887766", "123456789"])
    assert [match.path for match in mapping.matches] == ["name", "", ""]


def test_a_column_of_units_belongs_to_the_amount_beside_it() -> None:
    rows = (
        ["企业名称", "注册资本", "单位", "年营业收入", "单位"],
        ["甲", 5000, "万元", 3, "亿元"],
        ["乙", 2, "亿美元", 8, "-"],
    )
    mapping = mapping_of(Investor, *rows)
    paths = ["name", "registered_capital", "unit.registered_capital", "revenue", "unit.revenue"]
    assert [match.path for match in mapping.matches] == paths
    assert not any(match.doubt for match in mapping.matches)
    mapping = mapping_of(Investor, ["企业名称", "注册资本", "单位"], ["甲", 5000, "投促局"])
    assert [match.path for match in mapping.matches] == ["name", "registered_capital", ""]
    doubted = mapping.matches[1]
    assert doubted.doubt
    assert not mapping.assign(2, "unit.registered_capital").matches[1].doubt


def test_a_currency_alone_leaves_open_how_much_is_meant() -> None:
    mapping = mapping_of(Investor, ["企业名称", "注册资本", "币种"], ["甲有限公司", 5000, "美元"])
    assert [match.path for match in mapping.matches] == ["name", "registered_capital", "unit.registered_capital"]
    assert mapping.matches[1].doubt


def test_columns_that_excel_hides_go_nowhere_unless_somebody_says_so() -> None:
    rows = [("企业名称", "简称", "备注"), ("甲有限公司", "甲", "内部")]
    sheet = Sheet("名单", rows, columns_hidden=frozenset({2}))
    _, mapping = understand(sheet, Investor)
    assert [match.path for match in mapping.matches] == ["name", "short_name", ""]
    assert [column.header for column in mapping.hidden] == ["备注"]
    assert mapping.unused == ()
    _, mapping = understand(sheet, Investor, with_hidden=True)
    assert mapping.matches[2].path == "note"
    _, mapping = understand(sheet, Investor, paths={2: "note"})
    assert mapping.matches[2].path == "note"


def test_what_a_heading_says_in_brackets_is_only_a_proposal_unless_it_tells_how_to_fill_it_in() -> None:
    mapping = mapping_of(
        Investor,
        ["公司名称（英文）", "企业名称（全称）", "员工数（含外包）", "网站（如有）"],
        ["Qinghe Materials Ltd.", "青禾新材料有限公司", "120", "www.qinghe.example"],
    )
    assert paths(mapping) == {
        "公司名称（英文）": "", "企业名称（全称）": "name", "员工数（含外包）": "staff", "网站（如有）": "website",
    }  # fmt: skip
    assert [match.sure for match in mapping.used] == [True, False, True]


def test_a_count_is_no_name() -> None:
    assert paths(mapping_of(Project, ["镇", "项目数"], ["城关镇", 3]))["项目数"] == ""


def test_a_day_is_no_telephone_number() -> None:
    mapping = mapping_of(Investor, ["企业名称", "年报日期"], ["青禾新材料有限公司", "2026-03-01"])
    assert paths(mapping)["年报日期"] == ""
