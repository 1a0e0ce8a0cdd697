"""出差审批表: who goes where, why, when and at what cost, with room for those who sign."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.region import is_overseas, place_name
from zhaoshang_desktop.papers.amounts import limit_words, plain_money, sums_by_currency
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    FormLines,
    FormRow,
    Heading,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, span

TITLE = "外出招商出差审批表"
PEOPLE = (
    Column("队", 0.9),
    Column("姓名", 1.1),
    Column("单位、职务", 3.2),
    Column("出差级别", 1, "center"),
    Column("交通工具", 1.6),
)
COSTS = (Column("项目", 1.9), Column("依据与算法", 5), Column("预算（元）", 1.4, "right"))
SIGNED = (("经办人", "单位负责人意见"), ("财务审核意见", "分管领导意见"), ("主要领导意见",))
DATED = "　　年　　月　　日"
NAMED_AT_MOST = 16
ABROAD = "行程中有国（境）外的地点：须另按因公出国（境）规定报批，费用按批件核定，本表只审批境内部分。"


def approval_form(pack: BriefingPack) -> Paper:
    """A form of one page, two for a long trip; what is not known yet is left to be written in by hand."""
    return Paper(
        title=TITLE,
        blocks=(
            FieldTable((("申请单位", pack.office), ("编号", pack.trip.approval), *_facts(pack))),
            *_people(pack),
            *_costs(pack),
            Heading("审批意见", 3, listed=False),
            FormLines(tuple(FormRow(tuple((who, DATED) for who in row), 2, signed=True) for row in SIGNED)),
        ),
        author=pack.office,
        footer=f"填表日期：{span(pack.printed, None)}",
    )


def _facts(pack: BriefingPack) -> Iterator[tuple[str, str]]:
    trip = pack.trip
    yield "外出名称", trip.name
    yield "事由", trip.purpose
    days = (trip.end - trip.start).days + 1 if trip.start and trip.end and trip.end >= trip.start else 0
    yield "时间", span(trip.start, trip.end) + (f"，共{days}天" if days else "")
    yield "类别", trip.kind
    yield "出发地", place_name(trip.base) if trip.base else ""
    yield "目的地", "、".join(_places(pack)) or "待定"
    names = [target.investor.name for target in pack.targets]
    if not names:
        yield "拜访对象", "待定"
        return
    told = "、".join(names[:NAMED_AT_MOST])
    yield "拜访对象", f"{told}等，共{len(names)}家" if len(names) > NAMED_AT_MOST else f"{told}，共{len(names)}家"


def _places(pack: BriefingPack) -> list[str]:
    """The cities to be seen, in the order of the meetings."""
    known = (visit for visit in pack.planned if visit.place or visit.investor in pack.investor_of)
    codes = (visit.place or pack.investor_of[visit.investor].place for visit in known)
    return list(dict.fromkeys(" ".join(place_name(code).split()[:2]) for code in codes if code))


def _people(pack: BriefingPack) -> Iterator[Block]:
    yield Heading("出差人员", 3, listed=False)
    rows = []
    for team in pack.teams:
        ride = f"{team.mode}（公务用车）" if team.official_car else team.mode
        for member in pack.team_members(team):
            unit = pack.unit_of.get(member.unit)
            post = f"{unit.short_name or unit.name if unit else ''} {member.duty}".strip()
            rows.append((team.name, member.name, post, member.rank or "未登记", ride))
        for expert in pack.team_experts(team):
            rows.append((team.name, expert.name, _post(expert), "三类", ride))
    if rows:
        yield DataTable(PEOPLE, tuple(rows))
    else:
        yield Paragraph("尚未选定出差人员。", note=True)


def _post(expert: Expert) -> str:
    return f"{expert.employer} {expert.post}".strip() + f"（{expert.kind or '专家'}）"


def _costs(pack: BriefingPack) -> Iterator[Block]:
    yield Heading("经费预算", 3, listed=False)
    lines = [line for line in pack.budget if line.planned]
    if lines:
        totals = sums_by_currency(line.planned for line in lines)
        rows = [(line.item, line.basis, plain_money(line.planned)) for line in lines]
        sums = [("合计", "", plain_money(total)) for total in totals.values()]
        yield DataTable(COSTS, (*rows, *sums), sums=len(sums), keep=True)
        yield _limit(pack)
    else:
        yield Paragraph("尚未编制预算。", note=True)
    if any(is_overseas(leg.destination) for leg in pack.legs if leg.destination) or any(
        is_overseas(visit.place) for visit in pack.planned if visit.place
    ):
        yield Paragraph(ABROAD, keep=True)


def _limit(pack: BriefingPack) -> Paragraph:
    limit = pack.trip.fund_limit
    if limit is None:
        return Paragraph("未填写经费限额。", note=True, keep=True)
    words = limit_words(limit, (line.planned for line in pack.budget), "须压减或另行报批")
    return Paragraph(words, keep=True)
