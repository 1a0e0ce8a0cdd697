"""结算单: planned, allowed and spent, who gets what, and what is still to be handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhaoshang_desktop.papers.approval import DATED
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    FormLines,
    FormRow,
    Heading,
    Items,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, span

TITLE = "外出招商结算单"
ENTRIES = (
    Column("项目", 2.1),
    Column("姓名", 1.1),
    Column("预算", 1.45, "right"),
    Column("限额", 1.35, "right"),
    Column("实际", 1.45, "right"),
    Column("差额", 1.5, "right"),
    Column("票据、说明", 2),
)
PEOPLE = (
    Column("姓名", 2),
    Column("预算", 1.5, "right"),
    Column("实际", 1.5, "right"),
    Column("其中补助", 1.5, "right"),
    Column("凭票报销", 1.5, "right"),
)
SIGNED = (("经办人", "报销人"), ("财务审核", "单位负责人"))


@dataclass(frozen=True)
class SettledTexts:
    """The settlement in words: rows of the two tables with their total last, what is open, the verdict."""

    entries: Sequence[tuple[str, ...]]
    people: Sequence[tuple[str, ...]]
    open: Sequence[str]
    verdict: str


def settlement_sheet(pack: BriefingPack, told: SettledTexts) -> Paper:
    """A row for each person and kind of cost, to be signed."""
    trip = pack.trip
    facts = (
        ("单位", pack.office),
        ("审批文号", trip.approval),
        ("外出名称", trip.name),
        ("时间", span(trip.start, trip.end)),
    )
    return Paper(
        title=TITLE,
        blocks=(FieldTable(facts), *_body(told)),
        author=pack.office,
        footer=f"填表日期：{span(pack.printed, None)}　金额单位：元",
    )


def _body(told: SettledTexts) -> Iterator[Block]:
    if len(told.entries) < 2:
        yield Paragraph("尚未编制预算，没有可以结算的。", note=True)
        return
    yield DataTable(ENTRIES, tuple(told.entries), sums=1, shared=(0,))
    yield Paragraph(told.verdict)
    yield Heading("各人合计", 3, listed=False)
    yield DataTable(PEOPLE, tuple(told.people), sums=1, keep=True)
    yield Heading("签字", 3, listed=False)
    yield FormLines(tuple(FormRow(tuple((who, DATED) for who in row), 1, signed=True) for row in SIGNED))
    if told.open:
        yield Heading("还要补的", 3, listed=False)
        yield Items(tuple(told.open), "1")
