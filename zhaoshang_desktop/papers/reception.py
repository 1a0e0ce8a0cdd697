"""What the papers of a reception share: the records with the office's name, and how hours and people are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.reception import OFFICIAL, ReceptionItem, ReceptionMeal, ReceptionPerson
from zhaoshang_desktop.domain.reception_check import Finding, ReceptionBook
from zhaoshang_desktop.domain.reception_rule import Standard
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, Heading, Paper, Paragraph
from zhaoshang_desktop.papers.briefing import long_day, span

INTERNAL = "内部资料　注意保管"
PROGRAMME = (Column("时间", 1.35, "center"), Column("内容", 3.2), Column("地点", 2.3), Column("陪同", 1.5))


@dataclass(frozen=True)
class ReceptionPack:
    """A reception as it is printed: its book, its standard, what is wrong with it, the investors' names."""

    office: str
    printed: date
    book: ReceptionBook
    standard: Standard
    findings: tuple[Finding, ...] = ()
    firms: tuple[str, ...] = field(default=())

    @property
    def official(self) -> bool:
        return self.book.reception.kind == OFFICIAL

    @property
    def visitor(self) -> str:
        """Who comes: the unit, else the investors."""
        return self.book.reception.from_unit or "、".join(self.firms)

    @property
    def when(self) -> str:
        return span(self.book.reception.start, self.book.reception.end)

    def paper(self, title: str, blocks: Sequence[Block], *, internal: bool = True) -> Paper:
        """A paper in the manner of all papers of a reception."""
        return Paper(
            title=title,
            blocks=tuple(blocks),
            author=self.office,
            header=self.book.reception.name if internal else "",
            notice=INTERNAL if internal else "",
            footer=f"{self.office}　{span(self.printed, None)}",
        )


def hour_span(item: ReceptionItem) -> str:
    """09:00–10:30; 待定 without a beginning."""
    if item.start is None:
        return "待定"
    return write_hour(item.start) + (f"–{write_hour(item.end)}" if item.end is not None else "")


def days(items: Sequence[ReceptionItem]) -> Iterator[tuple[str, list[ReceptionItem]]]:
    """The programme day by day, each with its heading; without a day at the end."""
    for day, group in groupby(items, key=lambda item: item.day):
        yield long_day(day) if day else "日期待定", list(group)


def programme(pack: ReceptionPack) -> Iterator[Block]:
    """The days as they may be shown to everybody: no cars, no remarks of ours."""
    if not pack.book.items:
        yield Paragraph("日程尚未排定。", note=True)
    for heading, group in days(pack.book.items):
        yield Heading(heading, 3, listed=False)
        yield DataTable(PROGRAMME, tuple((hour_span(one), one.what, one.place, one.leader) for one in group))


def post(person: ReceptionPerson) -> str:
    """Unit and duty."""
    return f"{person.unit} {person.duty}".strip()


def meal_day(meal: ReceptionMeal) -> str:
    """12月8日（周二）午餐"""
    return f"{long_day(meal.day) if meal.day else '日期待定'}{meal.meal}"
