"""通讯录: everybody of a trip by telephone, hosts in the order of the meetings; each copy says whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zhaoshang_desktop.domain import phone
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.talking import is_expired
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, Heading, Paper, Paragraph
from zhaoshang_desktop.papers.briefing import BriefingPack, hours, span
from zhaoshang_desktop.papers.itinerary import where
from zhaoshang_desktop.papers.travel_sheet import travellers

TITLE = "通讯录"
OURS = (Column("队", 1), Column("姓名", 1.2), Column("单位、职务", 3.2), Column("电话", 2))
HOSTS = (
    Column("时间", 1.7, "center"),
    Column("企业", 2.15),
    Column("姓名", 1.2),
    Column("职务", 1.5),
    Column("电话", 1.95),
    Column("地点", 2.05),
)
MASKED = "对外份：电话只留首尾。"
INTERNAL = "含个人信息，只供本次外出使用，不外传，用后收回销毁。"


def contact_sheet(pack: BriefingPack, *, copy_of: str = "", masked: bool = False) -> Paper:
    """`copy_of` stands across every page; `masked` hides part of the numbers, for a list that leaves the office."""
    shown: Callable[[str], str] = phone.mask if masked else str
    name = pack.name or "外出招商"
    return Paper(
        title=f"{name}　{TITLE}",
        blocks=(
            Paragraph(MASKED if masked else INTERNAL, note=True),
            Heading("我方人员", 2, listed=False),
            *_ours(pack, shown),
            Heading("会见对象", 2, listed=False),
            *_hosts(pack, shown),
        ),
        author=pack.office,
        header=f"{pack.trip.name}　{TITLE}".strip(),
        notice="内部资料　注意保管" if not masked else "",
        footer=f"{pack.office}　{span(pack.printed, None)}",
        watermark=f"{copy_of or pack.office}　{pack.printed:%Y-%m-%d}",
    )


def _ours(pack: BriefingPack, shown: Callable[[str], str]) -> Iterator[Block]:
    rows = tuple((one.team.name, one.name, one.post, shown(one.phone) or "未登记") for one in travellers(pack))
    yield DataTable(OURS, rows) if rows else Paragraph("尚未分队。", note=True)


def _hosts(pack: BriefingPack, shown: Callable[[str], str]) -> Iterator[Block]:
    """Every host once, at the first meeting; whose time for being kept is over is not listed."""
    rows = []
    for target in pack.targets:
        first = target.visits[0]
        when = f"{first.day.month}月{first.day.day}日\n{hours(first.start, first.minutes)}" if first.day else "待定"
        people = [one for one in pack.people_of(target) if not is_expired(one, pack.printed)]
        told, place = (when, target.investor.name), where(pack, first)
        for person in people or [Contact(name="未登记")]:
            rows.append((*told, person.name, person.post, shown(person.mobile or person.phone), place))
    yield DataTable(HOSTS, tuple(rows), shared=(0, 1, 5)) if rows else Paragraph("尚未选定会见对象。", note=True)
