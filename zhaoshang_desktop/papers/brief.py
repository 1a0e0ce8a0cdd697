"""外出招商资料: the pack that a team reads in the car and writes on at the table."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.domain.money import CURRENCIES
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.papers.amounts import limit_words, plain_money, sums_by_currency
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    Contents,
    Cover,
    DataTable,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, span
from zhaoshang_desktop.papers.dossier import dossier
from zhaoshang_desktop.papers.itinerary import itinerary, people
from zhaoshang_desktop.papers.visit_sheet import visit_sheet

__all__ = ["BriefingPack", "briefing_pack"]

NOTICE = "内部资料　注意保管"
SUBTITLE = "会见参考资料"
BUDGET_COLUMNS = (
    Column("序号", 0.6, "center"),
    Column("项目", 1.6),
    Column("依据与算法", 4),
    Column("预算（元）", 1.4, "right"),
    Column("实际（元）", 1.4, "right"),
)


def briefing_pack(pack: BriefingPack) -> Paper:
    """The whole pack: cover, contents, days, people, a dossier and a sheet a target, budget."""
    title = pack.trip.name or "外出招商"
    chapters = (*itinerary(pack), *people(pack), *_targets(pack), *_budget(pack))
    return Paper(
        title=f"{title}　{SUBTITLE}",
        blocks=(_cover(pack, title), PageBreak(), Contents(), *chapters),
        author=pack.office,
        header=f"{title}　{SUBTITLE}",
        notice=NOTICE,
    )


def _cover(pack: BriefingPack, title: str) -> Cover:
    trip = pack.trip
    facts = [("时间", span(trip.start, trip.end))]
    if trip.base:
        facts.append(("出发地", place_name(trip.base)))
    for team in pack.teams:
        facts.append((team.name, pack.team_names(team) or "队员待定"))
    facts.append(("会见对象", f"{len(pack.targets)}家" if pack.targets else "待定"))
    if trip.chain:
        facts.append(("产业链", trip.chain))
    if trip.approval:
        facts.append(("审批文号", trip.approval))
    if trip.purpose:
        facts.append(("目的", trip.purpose))
    return Cover(pack.office, pack.name or title, SUBTITLE, tuple(facts), NOTICE, span(pack.printed, None))


def _targets(pack: BriefingPack) -> Iterator[Block]:
    yield Heading("会见参考", 1, new_page=True)
    if not pack.targets:
        yield Paragraph("尚未选定会见对象。", note=True)
        return
    for number, target in enumerate(pack.targets, 1):
        yield from dossier(pack, target, number, new_page=number > 1)
    yield Heading("拜访记录表", 1, new_page=True)
    for number, target in enumerate(pack.targets, 1):
        for again, visit in enumerate(target.visits):
            times = f"（第{again + 1}次）" if len(target.visits) > 1 else ""
            title = f"{number}. {target.investor.name}{times}"
            yield from visit_sheet(pack, visit, title, new_page=number > 1 or again > 0)


def _budget(pack: BriefingPack) -> Iterator[Block]:
    yield Heading("经费预算", 1, new_page=True)
    if not pack.budget:
        yield Paragraph("尚未编制预算。", note=True)
        return
    lines = sorted(pack.budget, key=lambda line: (line.number is None, line.number or 0, line.id))
    rows = [
        (str(at), line.item, line.basis, plain_money(line.planned), plain_money(line.actual))
        for at, line in enumerate(lines, 1)
    ]
    planned, actual = sums_by_currency(line.planned for line in lines), sums_by_currency(line.actual for line in lines)
    currencies = sorted({*planned, *actual}, key=lambda code: (code != "CNY", code))
    sums = [
        ("", _sum_title(code), "", plain_money(planned.get(code)), plain_money(actual.get(code))) for code in currencies
    ]
    yield DataTable(BUDGET_COLUMNS, (*rows, *sums), sums=len(sums))
    yield from _limit(pack)


def _limit(pack: BriefingPack) -> Iterator[Block]:
    if pack.trip.fund_limit is not None:
        said = limit_words(pack.trip.fund_limit, (line.planned for line in pack.budget), "须先报批或压减")
        yield Paragraph(said)


def _sum_title(currency: str) -> str:
    return "合计" if currency == "CNY" else f"合计（{CURRENCIES.get(currency, currency)}）"
