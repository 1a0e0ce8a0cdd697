"""外出招商报告 as an official paper, with its two tables: who was visited, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhaoshang_desktop.domain.numeral import chinese_number
from zhaoshang_desktop.domain.report import SECTIONS, Report
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.blocks import (
    Addressee,
    Annex,
    Annexes,
    Block,
    Column,
    DataTable,
    Heading,
    Paper,
    Paragraph,
    Signature,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, span
from zhaoshang_desktop.papers.report_draft import held, host_names, name_of, our_names, owner_name, place_of

VISIT_COLUMNS = (
    Column("序号", 0.8, "center"),
    Column("日期", 1.35, "center"),
    Column("客商", 2.5),
    Column("地点", 1.1),
    Column("对方", 1.3),
    Column("我方", 1.15),
    Column("意向", 0.8, "center"),
    Column("结果", 2.6),
)
HOSTS = 4
"""The column of the hosts, left out where nobody was noted."""
STEP_COLUMNS = (
    Column("序号", 0.8, "center"),
    Column("客商", 2.4),
    Column("下一步", 3.6),
    Column("责任人", 1, "center"),
    Column("时限", 1.3, "center"),
)
VISITS, STEPS = "走访洽谈情况一览表", "下一步工作清单"
BREAKS_BEFORE = "外出招商情况的报告"
ONE_LINE = 20
"""Characters of a title in 2号 on one line of the text block."""
_PART = re.compile(r"（[一二三四五六七八九十百零]+）[^。；]{1,40}")


def trip_report(pack: BriefingPack, report: Report) -> Paper:
    """The report as its sections stand, by GB/T 9704; the figures of the tables are the records'."""
    return Paper(
        title=_title(report.name),
        blocks=(*_addressed(report), *_sections(report), *_signed(pack), *_tables(pack)),
        author=pack.office,
        official=True,
    )


def _addressed(report: Report) -> Iterator[Block]:
    if names := report.addressee.strip().rstrip("：:"):
        yield Addressee(names)


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
    visits = held(pack)
    if visits:
        yield Annexes(_annexes(visits))
    yield Signature(pack.office, span(pack.printed, None))


def _title(name: str) -> str:
    """Broken, where it must be, between what the trip was and what is told of it."""
    head, mark, tail = name.rpartition(BREAKS_BEFORE)
    return f"{head}\n{mark}{tail}" if head and len(name) > ONE_LINE else name


def _annexes(visits: Sequence[Visit]) -> tuple[str, ...]:
    return (VISITS, STEPS) if any(visit.next_step for visit in visits) else (VISITS,)


def _tables(pack: BriefingPack) -> Iterator[Block]:
    visits = held(pack)
    if not visits:
        return
    several = len(_annexes(visits)) > 1
    rows = tuple(
        (
            str(number),
            f"{visit.day.month}月{visit.day.day}日" if visit.day else "",
            name_of(pack, visit),
            place_of(pack, visit),
            host_names(pack, visit).replace("、", "\n"),
            our_names(pack, visit).replace("、", "\n"),
            visit.intention,
            visit.result or visit.said.split("。")[0],
        )
        for number, visit in enumerate(visits, 1)
    )
    kept = [at for at in range(len(VISIT_COLUMNS)) if at != HOSTS or any(row[HOSTS] for row in rows)]
    yield Annex(1 if several else 0, VISITS)
    yield DataTable(tuple(VISIT_COLUMNS[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))
    steps = [visit for visit in visits if visit.next_step]
    if steps:
        yield Annex(2, STEPS)
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
