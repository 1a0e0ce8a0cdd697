"""The workbooks about projects, leads, experts, units and members."""

from __future__ import annotations

from random import Random

from zhaoshang_desktop.actions.sample.manners import Hand
from zhaoshang_desktop.actions.sample.model import Colleague, Tip, Work
from zhaoshang_desktop.actions.sample.tables import Column, Group, Table
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.milestone import STEPS
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.unit import Unit
from zhaoshang_desktop.exchange.sample_book import Page
from zhaoshang_desktop.exchange.sheet import Cell

_SAID = {"对接": "洽谈中", "签约": "已签约", "开工": "已开工", "投产": "已投产", "在建": "在建项目"}
_PARTS = {"储备": "储备项目", "包装推介": "储备项目", "在谈": "在谈项目", "项目评审": "在谈项目"}


def project_ledger(rng: Random, works: list[Work], year: int) -> list[Page]:
    """Projects in three parts by stage, amounts in 亿元, with sums."""
    hand = Hand(rng)
    parts: dict[str, list[Work]] = {}
    for work in works:
        parts.setdefault(_PARTS.get(STEPS[work.step], "签约及落地项目"), []).append(work)
    columns: list[Column[Work]] = [
        Column("项目名称", lambda work: work.project.name, width=40),
        Column("产业链", lambda work: work.project.chain),
        Column("环节", lambda work: work.project.chain_node),
        Column("行业", lambda work: work.project.industry, width=18),
        Column("建设内容及规模", lambda work: work.project.content, width=44),
        Column("建设性质", lambda work: work.project.construction, width=9),
        Column("投资方", lambda work: work.investor, width=30),
        Column(
            "总投资",
            lambda work: hand.amount(work.project.total, "亿元"),
            above="投资情况（亿元）",
            total=lambda work: float(work.project.total.yuan / 10**8) if work.project.total else 0.0,
        ),
        Column("其中：固定资产投资", lambda work: hand.amount(work.project.fixed, "亿元"), above="投资情况（亿元）"),
        Column("占地面积（亩）", lambda work: hand.count(int(work.project.land or 0), "亩")),
        Column("落地园区", lambda work: work.project.carrier, width=20),
        Column("项目阶段", lambda work: _SAID.get(work.step, work.step)),
        Column("签约时间", lambda work: _reached(hand, work, "签约"), width=14),
        Column("开工时间", lambda work: _reached(hand, work, "开工"), width=14),
        Column("年产值（万元）", lambda work: hand.amount(work.project.output, "万元"), above="预期效益"),
        Column("年税收（万元）", lambda work: hand.amount(work.project.tax, "万元"), above="预期效益"),
        Column("带动就业（人）", lambda work: hand.count(work.project.jobs), above="预期效益"),
        Column("包装情况", lambda work: work.project.packaging),
        Column("项目亮点", lambda work: work.project.pitch, width=30),
        Column("关联度", lambda work: work.project.relevance or "", width=7),
        Column("带动性", lambda work: work.project.drive or "", width=7),
        Column("责任单位", lambda work: work.unit, width=22),
        Column("责任人", lambda work: work.owner, width=9),
        Column("考核内外", lambda work: work.project.counted, width=9),
    ]
    page = Table(columns).page(
        "项目台账",
        f"清岚县储备、在谈和签约项目台账（{year}年）",
        [Group(name, rows) for name, rows in parts.items()],
        under_title="填报单位：清岚县投资促进局",
        counted="个",
        notes=("备注：投资额以合同或备案为准，框架协议不计入签约。", "制表：孙若溪　　审核：周岚"),
    )
    return [page]


def _reached(hand: Hand, work: Work, step: str) -> Cell:
    return hand.day(work.steps.get(step))


def lead_list(rng: Random, tips: list[Tip]) -> list[Page]:
    """Two years of leads; an old page of another form stays in the book, hidden."""
    hand = Hand(rng)
    columns: list[Column[Tip]] = [
        Column("信息标题", lambda tip: tip.lead.subject, width=36),
        Column("主要内容", lambda tip: tip.lead.content, width=60),
        Column("信息来源", lambda tip: tip.lead.channel),
        Column("提供人", lambda tip: tip.lead.provider, width=18),
        Column("登记日期", lambda tip: hand.day(When.of(tip.lead.day) if tip.lead.day else None), width=14),
        Column("信息类型", lambda tip: tip.lead.kind),
        Column("产业链", lambda tip: tip.lead.chain),
        Column("所在地区", lambda tip: place_name(tip.lead.place).replace(" ", "")),
        Column("涉及企业", lambda tip: tip.firm, width=30),
        Column("可信度", lambda tip: f"{tip.lead.credibility}级" if hand.often(0.3) else tip.lead.credibility, width=8),
        Column("核实状态", lambda tip: tip.lead.state),
        Column("承办人", lambda tip: tip.owner, width=9),
        Column("办理时限", lambda tip: tip.lead.due or "", width=14),
    ]
    page = Table(columns).page("信息登记", "招商信息线索登记表", [Group("", tips)], counted="条")
    return [page]


def expert_list(rng: Random, experts: list[Expert]) -> Page:
    """What the expert system of the province hands out."""
    hand = Hand(rng)
    columns: list[Column[Expert]] = [
        Column("专家姓名", lambda expert: expert.name),
        Column("工作单位", lambda expert: expert.employer),
        Column("职务/职称", lambda expert: expert.post),
        Column("联系电话", lambda expert: hand.telephone(expert.phone)),
        Column("专业特长", lambda expert: "、".join(expert.skills)),
        Column("外语", lambda expert: "、".join(expert.languages)),
        Column("籍贯", lambda expert: place_name(expert.home_place).replace(" ", "")),
        Column("聘任类别", lambda expert: expert.kind),
        Column("聘期", lambda expert: _period(hand, expert)),
        Column("是否公职人员", lambda expert: "是" if expert.public_servant else "否"),
        Column("补贴", lambda expert: expert.pay),
        Column("可服务时间", lambda expert: expert.available),
    ]
    return Table(columns).page("专家", "招商专家和顾问名册", [Group("", experts)], notes=("导出自人才服务系统",))


def _period(hand: Hand, expert: Expert) -> str:
    term = expert.term
    if term is None or term.start is None or term.end is None:
        return ""
    start, end = term.start, term.end
    if hand.often(0.5):
        return f"{start.year}.{start.month:02d}-{end.year}.{end.month:02d}"
    return f"{start.year}年{start.month}月至{end.year}年{end.month}月"


def unit_list(units: list[Unit]) -> list[Page]:
    """The six units."""
    columns: list[Column[Unit]] = [
        Column("单位名称", lambda unit: unit.name, width=28),
        Column("简称", lambda unit: unit.short_name),
        Column("单位类型", lambda unit: unit.kind),
        Column("考核类别", lambda unit: f"{unit.category}类"),
        Column("是否考核", lambda unit: "是" if unit.assessed else "否"),
        Column("联系电话", lambda unit: unit.phone, width=16),
        Column("备注", lambda unit: unit.note, width=30),
    ]
    return [Table(columns).page("单位", "招商责任单位一览表", [Group("", units)], counted="个")]


def member_list(rng: Random, colleagues: list[Colleague]) -> list[Page]:
    """The twenty-five members."""
    hand = Hand(rng)
    columns: list[Column[Colleague]] = [
        Column("姓名", lambda one: one.member.name),
        Column("所在单位", lambda one: one.unit, width=28),
        Column("职务", lambda one: one.member.duty, width=18),
        Column("手机号", lambda one: hand.telephone(one.member.phone), width=15),
        Column("特长", lambda one: "、".join(one.member.skills), width=26),
        Column("外语", lambda one: "、".join(one.member.languages)),
        Column("籍贯", lambda one: place_name(one.member.home_place).replace(" ", "")),
        Column("毕业院校", lambda one: one.member.school, width=18),
        Column("工作经历", lambda one: one.member.experience, width=26),
        Column("授权事项", lambda one: one.member.authority, width=30),
    ]
    return [Table(columns).page("花名册", "招商人员花名册", [Group("", colleagues)], counted="人")]
