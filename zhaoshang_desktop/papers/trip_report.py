"""外出招商报告 as an official paper, with its two tables: who was visited, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhaoshang_desktop.domain.numeral import chinese_number
from zhaoshang_desktop.domain.report import SECTIONS, Report
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, Heading, PageBreak, Paper, Paragraph
from zhaoshang_desktop.papers.briefing import BriefingPack, span
from zhaoshang_desktop.papers.report_draft import held, host_names, name_of, our_names, owner_name, place_of

VISIT_COLUMNS = (
    Column("序号", 0.6, "center"),
    Column("日期", 0.9, "center"),
    Column("客商", 2.6),
    Column("地点", 1.1),
    Column("对方", 1.5),
    Column("我方", 1.3),
    Column("意向", 0.6, "center"),
    Column("结果", 2.8),
)
STEP_COLUMNS = (
    Column("序号", 0.6, "center"),
    Column("客商", 2.4),
    Column("下一步", 3.6),
    Column("责任人", 1, "center"),
    Column("时限", 1.1, "center"),
)
_PART = re.compile(r"（[一二三四五六七八九十百零]+）[^。；]{1,40}")


def trip_report(pack: BriefingPack, report: Report) -> Paper:
    """The report as its sections stand, by GB/T 9704; the figures of the tables are the records'."""
    return Paper(
        title=report.name,
        blocks=(*_sections(report), *_signed(pack), *_tables(pack)),
        author=pack.office,
        official=True,
    )


def _sections(report: Report) -> Iterator[Block]:
    number = 0
    for name, heading in SECTIONS.items():
        text = getattr(report, name).strip()
        if not text:
            continue
        number += 1
        yield Heading(f"{chinese_number(number)}、{heading}", 1)
        for line in text.splitlines():
            if _PART.fullmatch(line.strip()):
                yield Heading(line.strip(), 2)
            elif line.strip():
                yield Paragraph(line.strip())


def _signed(pack: BriefingPack) -> Iterator[Block]:
    yield Paragraph("")
    yield Paragraph(pack.office, align="right")
    yield Paragraph(span(pack.printed, None), align="right")


def _tables(pack: BriefingPack) -> Iterator[Block]:
    visits = held(pack)
    if not visits:
        return
    yield PageBreak()
    yield Heading("附件1：走访洽谈情况一览表", 1)
    yield DataTable(
        VISIT_COLUMNS,
        tuple(
            (
                str(number),
                f"{visit.day.month}.{visit.day.day}" if visit.day else "",
                name_of(pack, visit),
                place_of(pack, visit),
                host_names(pack, visit),
                our_names(pack, visit),
                visit.intention,
                visit.result or visit.said.split("。")[0],
            )
            for number, visit in enumerate(visits, 1)
        ),
    )
    steps = [visit for visit in visits if visit.next_step]
    if steps:
        yield Heading("附件2：下一步工作清单", 1)
        yield DataTable(
            STEP_COLUMNS,
            tuple(
                (
                    str(number),
                    name_of(pack, visit),
                    visit.next_step + ("（已办）" if visit.next_done else ""),
                    owner_name(pack, visit),
                    f"{visit.next_due.month}月{visit.next_due.day}日" if visit.next_due else "待定",
                )
                for number, visit in enumerate(steps, 1)
            ),
        )
