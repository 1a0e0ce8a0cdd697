"""Rows become records; no cell is lost or guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.layout import guess_layout
from zhaoshang_desktop.exchange.mapping import guess_mapping
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.exchange.row_parts import NAMELESS, UNSAID
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.understanding import understand


def drafts_of(record: type[Record], *rows: list[Any], **options: Any) -> list[Draft]:
    sheet = Sheet("名单", [tuple(row) for row in rows], unread=options.pop("unread", {}))
    layout = guess_layout(sheet)
    return list(rows_to_records(sheet, layout, guess_mapping(sheet, layout, record), **options))


def find_among(keys: dict[str, int]) -> Callable[[str, str], int]:
    def find(_noun: str, title: str) -> int:
        if title not in keys:
            raise NotUnderstood(f"库里没有“{title}”")
        return keys[title]

    return find


def test_values_are_read_as_people_write_them() -> None:
    (draft,) = drafts_of(
        Investor,
        ["企业名称", "注册资本（万元）", "年营业收入", "员工数", "成立日期", "所在地区", "榜单资质"],
        ["青禾有限公司", 5000.0, "1.2亿元", "１２０人", "2018年12月", "江苏省无锡市", "专精特新 2025、上市公司"],
    )
    one = draft.record
    assert isinstance(one, Investor)
    assert one.registered_capital == Money(5000 * 10**6)
    assert one.revenue == Money(12 * 10**9)
    assert (one.staff, one.founded, one.place) == (120, When(2018, 12), "320200")
    assert one.honours == (("专精特新", 2025), ("上市公司", None))
    assert not draft.problems
    assert draft.row == 2


def test_a_cell_not_understood_stays_as_text_and_is_listed() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "注册资本（万元）", "员工数"], ["青禾有限公司", "未透露", "很多"])
    one = draft.record
    assert isinstance(one, Investor)
    assert (one.registered_capital, one.staff) == (None, None)
    assert one.raw == {"registered_capital": "未透露", "staff": "很多"}
    assert [(p.sheet, p.row, p.column, p.field, p.text) for p in draft.problems] == [
        ("名单", 2, "B", "注册资本", "未透露"), ("名单", 2, "C", "员工数", "很多"),
    ]  # fmt: skip
    assert all(problem.reason and not problem.warning for problem in draft.problems)


def test_a_doubtful_code_is_kept_and_warned_about() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "信用代码"], ["青禾有限公司", "91320211MA1XQH2P0A"])
    assert isinstance(draft.record, Investor)
    assert draft.record.credit_code == "91320211MA1XQH2P0A"
    assert [problem.warning for problem in draft.problems] == [True]


def test_a_code_that_became_a_number_has_lost_its_end_and_is_not_taken() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "信用代码"], ["青禾有限公司", 9.1320211123456789e17])
    assert draft.record.raw["credit_code"].startswith("91320211123456")
    assert "丢失" in draft.problems[0].reason


def test_dashes_are_empty_cells() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "注册资本（万元）", "备注"], ["青禾有限公司", "-", "——"])
    assert not draft.record.raw
    assert not draft.problems


def test_a_formula_without_value_is_listed_and_is_no_zero() -> None:
    rows = (["企业名称", "注册资本（万元）"], ["青禾有限公司", "=B3+B4"])
    (draft,) = drafts_of(Investor, *rows, unread={(1, 1): "=B3+B4"})
    assert draft.record.raw == {"registered_capital": "=B3+B4"}
    assert "公式" in draft.problems[0].reason


def test_a_row_without_its_name_is_rejected() -> None:
    drafts = drafts_of(Investor, ["企业名称", "备注"], ["", "没有名称"], ["青禾有限公司", ""])
    assert [draft.rejected for draft in drafts] == ["没有企业名称", ""]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("周远航 13800002216", [("周远航", "", "13800002216", "")]),
        (
            "许厂长/李经理 0510-8888 7777",
            [("许厂长", "厂长", "", "0510-88887777"), ("李经理", "经理", "", "0510-88887777")],
        ),
        ("顾女士", [("顾女士", "", "", "")]),
    ],
)
def test_people_and_their_numbers_are_split(cell: str, people: list[tuple[str, str, str, str]]) -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "联系人及电话"], ["青禾有限公司", cell])
    contacts = [child for child in draft.children if isinstance(child, Contact)]
    assert [(one.name, one.post, one.mobile, one.phone) for one in contacts] == people


def test_several_people_in_columns_are_dealt_their_own_numbers() -> None:
    (draft,) = drafts_of(
        Investor, ["企业名称", "联系人", "职务", "手机"],
        ["青禾有限公司", "周远航、许多", "经理、厂长", "13800002216、13900002217"],
    )  # fmt: skip
    assert [(c.name, c.post, c.mobile) for c in draft.children if isinstance(c, Contact)] == [
        ("周远航", "经理", "13800002216"), ("许多", "厂长", "13900002217"),
    ]  # fmt: skip


def test_a_number_without_a_name_is_kept_and_said() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "手机"], ["青禾有限公司", "13800002216"])
    (contact,) = draft.children
    assert isinstance(contact, Contact)
    assert (contact.name, contact.mobile) == (NAMELESS, "13800002216")
    assert draft.problems[0].warning


def test_what_may_tell_a_faith_is_not_taken_without_its_basis() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "联系人", "民族"], ["青禾有限公司", "周远航", "某族"])
    (contact,) = draft.children
    assert isinstance(contact, Contact)
    assert contact.ethnicity == ""
    assert "某族" not in draft.problems[0].text


def test_degrees_in_two_columns_are_one_point() -> None:
    drafts = drafts_of(Investor, ["公司名", "经度", "纬度"], ["甲公司", 120.5, 31.5], ["乙公司", 120.5, ""])
    assert isinstance(drafts[0].record, Investor)
    assert drafts[0].record.point == (120.5, 31.5)
    assert "point" in drafts[1].record.raw


def test_a_stage_with_its_day_is_one_milestone() -> None:
    (draft,) = drafts_of(
        Project,
        ["项目名称", "项目阶段", "签约时间", "计划开工时间"],
        ["某项目", "已签约", "2026年3月", date(2026, 9, 1)],
    )
    steps = [child for child in draft.children if isinstance(child, Milestone)]
    assert {(step.step, step.actual, step.planned, step.reached) for step in steps} == {
        ("签约", When(2026, 3), None, True), ("开工", None, When(2026, 9, 1), None),
    }  # fmt: skip


def test_a_step_of_which_only_the_plan_is_told_is_not_reached() -> None:
    rows = (
        ["项目名称", "节点", "计划日期", "实际日期"],
        ["甲项目", "开工", "2027-01-01", ""],
        ["乙项目", "开工", "", ""],
    )
    (planned,), (said,) = (draft.children for draft in drafts_of(Project, *rows))
    assert isinstance(planned, Milestone)
    assert isinstance(said, Milestone)
    assert (planned.is_reached, said.is_reached) == (False, True)


def test_linked_records_are_found_by_who_knows_them() -> None:
    def find(noun: str, title: str) -> int:
        if (noun, title) == ("investor", "青禾有限公司"):
            return 7
        raise NotUnderstood(f"库里没有“{title}”")

    rows = (["项目名称", "投资方", "责任单位"], ["某项目", "青禾有限公司", "某局"], ["另一项目", "北塘有限公司", ""])
    first, second = drafts_of(Project, *rows, find=find)
    assert [child.investor for child in first.children if isinstance(child, Stake)] == [7]
    assert first.record.raw == {"unit": "某局"}
    assert second.children[0].raw == {"investor": "北塘有限公司"}
    assert [problem.reason for problem in first.problems] == ["库里没有“某局”"]


def test_several_investors_in_a_cell_are_several_stakes() -> None:
    (draft,) = drafts_of(
        Project,
        ["项目名称", "投资方", "角色", "占比（%）"],
        ["某项目", "青禾有限公司、北塘有限公司", "牵头方、—", "50、50"],
        find=find_among({"青禾有限公司": 7, "北塘有限公司": 8}),
    )
    stakes = [child for child in draft.children if isinstance(child, Stake)]
    assert [(one.investor, one.role, one.share) for one in stakes] == [(7, "牵头方", 50), (8, "", 50)]


def test_a_name_with_a_comma_in_it_is_one_name() -> None:
    (draft,) = drafts_of(
        Project, ["项目名称", "投资方", "角色"], ["某项目", "Rehberg, Inc.", "甲、乙"],
        find=find_among({"Rehberg, Inc.": 7}),
    )  # fmt: skip
    assert [(s.investor, s.role) for s in draft.children if isinstance(s, Stake)] == [(7, "甲、乙")]


def test_a_row_whose_name_cannot_be_read_is_rejected_and_says_why() -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "备注"], ['=A9&"公司"', "x"], unread={(1, 0): '=A9&"公司"'})
    assert draft.rejected == '企业名称没有看懂：=A9&"公司"'
    assert [problem.column for problem in draft.problems] == ["A"]


def test_signs_that_nobody_sees_are_no_name() -> None:
    first, second = drafts_of(
        Investor, ["企业名称", "联系人", "手机"],
        ["\u200b", "周远航", "13800002216"], ["青禾有限公司", "\ufeff", "13800002216"],
    )  # fmt: skip
    assert first.rejected == "没有企业名称"
    assert [child.title for child in second.children] == [NAMELESS]


def test_what_is_told_of_a_stake_or_a_step_without_its_name_is_kept_and_said() -> None:
    first, second = drafts_of(
        Project, ["项目名称", "投资方", "角色", "项目阶段", "完成时间"],
        ["某项目", "", "牵头方", "", "2026.5"], ["另一项目", "青禾有限公司", "", "在谈", ""],
        find=lambda _noun, _title: 7,
    )  # fmt: skip
    stake, milestone = first.children
    assert isinstance(stake, Stake)
    assert isinstance(milestone, Milestone)
    assert (stake.role, stake.raw) == ("牵头方", {"investor": UNSAID})
    assert (milestone.actual, milestone.raw) == (When(2026, 5), {"step": UNSAID})
    assert [(problem.column, problem.warning) for problem in first.problems] == [("C", True), ("E", True)]
    assert not second.problems


def test_names_stretched_to_the_width_of_others_are_the_same_names() -> None:
    keys = {"张敏": 7}
    (draft,) = drafts_of(Expert, ["姓名", "单位"], ["李　四", "某大学"])
    assert draft.record.title == "李四"
    (draft,) = drafts_of(
        Investor, ["企业名称", "责任人"], ["青禾有限公司", "张　敏"], find=lambda _noun, title: keys[title]
    )
    assert isinstance(draft.record, Investor)
    assert draft.record.owner == 7


def test_a_place_that_says_more_becomes_the_address_unless_one_is_told() -> None:
    header = ["企业名称", "所在地区", "详细地址"]
    first, second = drafts_of(
        Investor, header, ["甲有限公司", "韩国首尔", ""], ["乙有限公司", "无锡市新吴区长江路1号", "太湖大道9号"]
    )
    assert isinstance(first.record, Investor)
    assert (first.record.place, first.record.address, first.problems) == ("X:韩国", "韩国首尔", [])
    assert isinstance(second.record, Investor)
    assert (second.record.place, second.record.address) == ("320214", "太湖大道9号")
    assert [(problem.reason, problem.warning) for problem in second.problems] == [("“长江路1号”没有用上", True)]


@pytest.mark.parametrize(
    ("names", "numbers", "dealt"),
    [
        ("周远航、许多", "13800002216", ["13800002216", "13800002216"]),
        ("周远航、许多", "—、13900002217", ["", "13900002217"]),
        ("周远航、许多", "13800002216/13800002217、—", ["13800002216、13800002217", ""]),
        ("周远航/许多", "13800002216/13900002217", ["13800002216", "13900002217"]),
        ("周远航", "13800002216、13900002217", ["13800002216、13900002217"]),
    ],
)
def test_numbers_go_to_those_they_stand_for(names: str, numbers: str, dealt: list[str]) -> None:
    (draft,) = drafts_of(Investor, ["企业名称", "联系人", "手机"], ["青禾有限公司", names, numbers])
    assert [child.mobile for child in draft.children if isinstance(child, Contact)] == dealt
    assert not draft.problems


def test_each_person_of_a_row_is_found_again_where_he_stands() -> None:
    rows: list[tuple[str, ...]] = [
        ("企业名称", "联系人", "电话", "联系人2", "电话2"),
        ("青禾新材料有限公司", "周远航", "13800002216", "李静", "13900002217"),
        ("", "王 磊", "13700000000", "", ""),
    ]
    sheet = Sheet("名单", [*rows])
    (draft,) = rows_to_records(sheet, *understand(sheet, Investor))
    places = {}
    for one in draft.children:
        assert isinstance(one, Contact)
        places[one.name] = [draft.place_of(one, name) for name in ("", "phone")]
    assert places == {
        "周远航": [("名单", 2, "B"), ("名单", 2, "C")],
        "李静": [("名单", 2, "D"), ("名单", 2, "E")],
        "王磊": [("名单", 3, "B"), ("名单", 3, "C")],
    }


def test_who_is_named_twice_in_a_row_is_one_unless_both_say_different_things() -> None:
    heads = ["企业名称", "法定代表人", "邮箱", "联系人", "邮箱", "电话"]
    same, other = drafts_of(
        Investor,
        heads,
        ["青禾新材料有限公司", "周远航", "", "周远航", "zhou@qinghe.example", "13800002216"],
        ["北塘精密铸造有限公司", "李静", "li@beitang.example", "李静", "office@beitang.example", "13900002217"],
    )
    (person,) = same.children
    assert isinstance(person, Contact)
    assert (person.email, person.phone) == ("zhou@qinghe.example", "13800002216")
    assert [one.title for one in other.children] == ["李静", "李静"]
