"""拜访记录表: one page a meeting, to be written on at the table and typed up in the evening."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.blocks import Block, FormLines, FormRow, Heading
from zhaoshang_desktop.papers.briefing import BriefingPack, hours, long_day
from zhaoshang_desktop.papers.itinerary import where

INTENTION_BOXES = "□ A 明确　　□ B 较明确　　□ C 一般　　□ D 无意向"


def visit_sheet(pack: BriefingPack, visit: Visit, title: str, *, new_page: bool = True) -> Iterator[Block]:
    """The form with what is known already filled in."""
    team = pack.team_of.get(visit.team)
    when = f"{long_day(visit.day)} {hours(visit.start, visit.minutes)}" if visit.day else ""
    yield Heading(title, 2, listed=False, new_page=new_page)
    yield FormLines(
        (
            FormRow((("计划时间", when), ("实际时间", ""))),
            FormRow((("地点", where(pack, visit)),)),
            FormRow((("我方参加人", pack.team_names(team) if team else ""),)),
            FormRow((("对方参加人", "、".join(f"{host.name} {host.post}".strip() for host in pack.hosts(visit))),)),
            FormRow((("洽谈内容", ""),), 10),
            FormRow((("意向", INTENTION_BOXES),)),
            FormRow((("结果", ""),), 3),
            FormRow((("下一步", ""),), 2),
            FormRow((("时限", ""), ("责任人", ""))),
            FormRow((("记录人", ""), ("联系人变化", ""))),
        )
    )
