"""Every record type keeps the rules that the other layers rely on."""

from __future__ import annotations

from datetime import date

import pytest

from zhaoshang_desktop.domain.investor import BASIS_FIRST, Contact, Investor
from zhaoshang_desktop.domain.kinds import Choice, Link, Links
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import (
    CHILDREN,
    LIBRARIES,
    LIBRARY_TITLES,
    RECORD_TITLES,
    RECORDS,
    owner_of,
)
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.domain.text import folded, words

FIELDS = {
    "investors": """
        企业名称 简称 曾用名 统一社会信用代码 主体类别 企业性质 榜单资质 所属行业 三次产业 产业链 环节 所在地区
        详细地址 坐标 主营业务 注册资本 实缴资本 年营业收入 年纳税 员工数 实际控制人 母公司 网站 经营状况
        发展战略与投资计划 合作需求 与本地联系 失信 被执行 核查日期 信息来源 关注等级 头部目标企业 责任单位
        责任人 标签 备注 最近联系 联系次数 下一步 在谈项目数
    """,
    "projects": """
        项目名称 项目代码 类别 建设性质 产业链 环节 行业 上情 县情 外情 建设内容 总投资 固定资产投资 其中设备
        意向金额 协议金额 合同金额 备案金额 币种 其中外资 省外资金 项目公司 合作方式 载体 用地 厂房 用水 用电
        用汽 用气 能耗 用地指标 能耗指标 环评类别 用工 预计产值 预计税收 可研 包装状态 关联度 带动性 来源信息
        首谈单位 首报单位 责任单位 责任人 包联领导 考核口径 阶段 合同编号 合同类型 签约方 履约期限
    """,
    "leads": """
        标题 内容 渠道 提供人 日期 类型 产业链 地区 客商 可信度 状态 承办人 时限 对外发布
    """,
    "experts": """
        姓名 单位 职务 专长 语言 籍贯 院校 聘任类别 聘期 荣誉 待遇/补贴 培养深造 可服务时间 提供信息数
    """,
}

ALL = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)


def test_every_library_and_every_record_type_has_a_title() -> None:
    assert LIBRARIES.keys() == LIBRARY_TITLES.keys()
    assert RECORDS.keys() == RECORD_TITLES.keys()
    assert set(LIBRARIES.values()) <= set(RECORDS.values())


@ALL
def test_a_header_names_one_field_of_a_record_type(record: type[Record]) -> None:
    headers = [folded(header) for field in fields_of(record) for header in (field.label, *field.spec.aliases)]
    assert sorted({header for header in headers if headers.count(header) > 1}) == []


@ALL
def test_columns_of_a_list_have_places_of_their_own(record: type[Record]) -> None:
    places = [field.spec.column for field in fields_of(record) if field.spec.column]
    assert len(places) == len(set(places))


@ALL
def test_title_and_owner_are_fields(record: type[Record]) -> None:
    assert field_of(record, record.TITLE)
    if record.OWNER:
        assert isinstance(field_of(record, record.OWNER).kind, Link)


@ALL
def test_links_lead_to_record_types(record: type[Record]) -> None:
    nouns = {field.kind.noun for field in fields_of(record) if isinstance(field.kind, Link | Links)}
    assert nouns <= RECORDS.keys()


@ALL
def test_a_new_record_holds_only_empty_values_and_choices_on_their_lists(record: type[Record]) -> None:
    new = record()
    for field in fields_of(record):
        value = getattr(new, field.name)
        if isinstance(field.kind, Choice):
            assert value == "" or value in field.kind.options
        elif field.spec.required or field.spec.derived:
            assert value == field.kind.empty


@ALL
def test_what_people_also_say_means_an_option(record: type[Record]) -> None:
    for field in fields_of(record):
        if isinstance(field.kind, Choice):
            said = [word for word, _ in field.kind.said if word not in field.kind.options]
            assert len(said) == len(set(said))
            for word in (*said, *field.kind.options):
                assert field.kind.read(word) in field.kind.options


def test_children_belong_to_the_record_they_name() -> None:
    assert owner_of(Contact) is Investor
    assert Contact in CHILDREN[Investor]
    assert Stake in CHILDREN[Project]
    assert owner_of(Lead) is None
    assert CHILDREN[Lead] == ()


@pytest.mark.parametrize(("library", "labels"), FIELDS.items(), ids=FIELDS)
def test_a_library_has_all_the_fields_of_its_trade(library: str, labels: str) -> None:
    assert set(words(labels)) <= {field.label for field in fields_of(LIBRARIES[library])}


@pytest.mark.parametrize(
    ("record", "header", "field"),
    [
        (Investor, "单位名称", "name"),
        (Investor, "公司名", "name"),
        (Investor, "客商名称", "name"),
        (Investor, "所属地区", "place"),
        (Investor, "公司简要介绍", "business"),
        (Investor, "公司主页", "website"),
        (Contact, "联系人", "name"),
        (Contact, "手机号码", "mobile"),
        (Contact, "联系电话", "phone"),
        (Project, "计划总投资", "total"),
        (Project, "建设内容及规模", "content"),
        (Stake, "投资方", "investor"),
        (Lead, "线索来源", "channel"),
    ],
)
def test_headers_as_offices_write_them_name_the_field(record: type[Record], header: str, field: str) -> None:
    assert header in (field_of(record, field).label, *field_of(record, field).spec.aliases)


def test_what_tells_a_faith_waits_for_its_basis_and_is_personal() -> None:
    assert {field_of(Contact, name).label for name in BASIS_FIRST} == {"民族", "饮食与忌口"}
    assert all(field_of(Contact, name).spec.sensitive for name in BASIS_FIRST)


@pytest.mark.parametrize("name", ["mobile", "phone", "wechat", "email", "birthday", "living_habits", "taboos"])
def test_what_is_personal_is_marked(name: str) -> None:
    assert field_of(Contact, name).spec.sensitive


def test_days_of_silence_are_counted_from_the_last_contact() -> None:
    assert Investor(last_contact=date(2026, 3, 1)).days_silent(date(2026, 4, 10)) == 40
    assert Investor().days_silent(date(2026, 4, 10)) is None


def test_a_field_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        field_of(Investor, "nickname")
