"""信息: every scrap of information, through any channel, until it is verified, used or void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choice, Day, Flag, Link, Note, Place, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

CHANNELS = (
    "战友",
    "老乡",
    "同学",
    "朋友",
    "以商招商",
    "招商顾问",
    "商会协会",
    "中介机构",
    "展会洽谈会",
    "驻点招商",
    "媒体",
    "网络",
    "合作单位推荐",
    "上级交办",
)
LEAD_KINDS = ("投资意向", "产业转移", "资本动向", "展会", "政策", "人才技术")
CREDIBILITIES = ("A", "B", "C", "D")
LEAD_STATES = ("待核实", "已核实", "跟进中", "转项目", "失效")

SAID_CHANNELS = (
    ("商会", "商会协会"),
    ("协会", "商会协会"),
    ("商协会", "商会协会"),
    ("中介", "中介机构"),
    ("展会", "展会洽谈会"),
    ("洽谈会", "展会洽谈会"),
    ("驻点", "驻点招商"),
    ("顾问", "招商顾问"),
    ("互联网", "网络"),
    ("上级交办件", "上级交办"),
    ("合作单位", "合作单位推荐"),
)
SAID_KINDS = (
    ("意向", "投资意向"),
    ("展会信息", "展会"),
    ("政策信息", "政策"),
    ("人才", "人才技术"),
    ("技术", "人才技术"),
)
SAID_CREDIBILITIES = tuple(
    (said, grade) for grade in CREDIBILITIES for said in (grade.lower(), f"{grade}级", f"{grade}类")
)
SAID_STATES = (
    ("未核实", "待核实"),
    ("核实中", "待核实"),
    ("跟进", "跟进中"),
    ("已转项目", "转项目"),
    ("已失效", "失效"),
    ("作废", "失效"),
)


@dataclass(kw_only=True, slots=True)
class Lead(Record):
    """It becomes an investor, a project or both in one step, and stays linked to them."""

    NOUN: ClassVar[str] = "lead"
    TITLE: ClassVar[str] = "subject"

    subject: Annotated[
        str,
        Spec(
            "标题",
            Text(),
            required=True,
            search=True,
            column=1,
            aliases=words("信息标题 信息名称 线索名称 线索 线索标题 主题 题目 信息 名称"),
        ),
    ] = ""
    content: Annotated[
        str,
        Spec(
            "内容", Note(), search=True, aliases=words("信息内容 线索内容 详细内容 主要内容 信息摘要 具体内容 基本情况")
        ),
    ] = ""
    channel: Annotated[
        str,
        Spec(
            "渠道",
            Choice(CHANNELS, SAID_CHANNELS),
            column=4,
            aliases=words("信息渠道 来源渠道 信息来源 来源 线索来源 获取渠道"),
        ),
    ] = ""
    provider: Annotated[
        str,
        Spec(
            "提供人",
            Text(),
            search=True,
            sensitive=True,
            aliases=words("信息提供人 提供者 推荐人 线索提供人 介绍人 报送人"),
        ),
    ] = ""
    expert: Annotated[int, Spec("提供专家", Link("expert"), hint="由专家或招商顾问提供的，从专家库选")] = 0
    day: Annotated[
        date | None,
        Spec("日期", Day(), column=7, aliases=words("信息日期 收集日期 获取日期 登记日期 时间 收集时间 获取时间")),
    ] = None
    kind: Annotated[
        str, Spec("类型", Choice(LEAD_KINDS, SAID_KINDS), aliases=words("信息类型 信息类别 类别 线索类型 分类"))
    ] = ""
    chain: Annotated[str, Spec("产业链", Text(), column=5, aliases=words("所属产业链 产业 所属产业 行业 所属行业"))] = (
        ""
    )
    place: Annotated[
        str, Spec("地区", Place(), column=6, aliases=words("所属地区 所在地区 所在地 来源地 区域 城市"))
    ] = ""
    investor: Annotated[
        int,
        Spec(
            "客商", Link("investor"), aliases=words("企业名称 客商名称 公司名称 企业 单位名称 涉及企业 关联企业 投资方")
        ),
    ] = 0
    project: Annotated[int, Spec("项目", Link("project"), aliases=words("项目名称 关联项目 涉及项目"))] = 0
    credibility: Annotated[
        str,
        Spec(
            "可信度",
            Choice(CREDIBILITIES, SAID_CREDIBILITIES),
            column=3,
            aliases=words("可信等级 可靠程度 可靠性 信息等级 等级"),
        ),
    ] = ""
    state: Annotated[
        str,
        Spec(
            "状态",
            Choice(LEAD_STATES, SAID_STATES),
            column=2,
            aliases=words("信息状态 核实状态 线索状态 跟进状态 处理状态"),
        ),
    ] = "待核实"
    owner: Annotated[
        int, Spec("承办人", Link("member"), column=8, aliases=words("责任人 跟进人 经办人 对接人 负责人"))
    ] = 0
    due: Annotated[date | None, Spec("时限", Day(), column=9, aliases=words("办理时限 截止日期 期限 完成时限"))] = None
    published: Annotated[bool | None, Spec("对外发布", Flag(), aliases=words("是否发布 是否对外发布 已发布"))] = None
