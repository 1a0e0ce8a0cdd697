"""日程手册: what a guest holds in hand: days, who will be there, whom to call. No costs, no remarks of ours."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.papers.blocks import Block, Column, Cover, DataTable, Heading, PageBreak, Paper, Paragraph
from zhaoshang_desktop.papers.reception import ReceptionPack, meal_day, programme

TITLE = "日程手册"
PEOPLE = (Column("姓名", 1.2), Column("单位", 2.8), Column("职务", 2))
CALLS = (Column("联络人", 1.2), Column("单位、职务", 3), Column("电话", 1.8))
MEALS = (Column("日期、餐次", 2.4), Column("地点", 2.6), Column("方式", 1.4))
CARS = (Column("姓名", 1.2), Column("乘车", 1.4), Column("房号", 1.4))


def guest_guide(pack: ReceptionPack) -> Paper:
    """Whose telephone is in it: ours who see to it, nobody's of the guests."""
    one = pack.book.reception
    facts = [("来宾", pack.visitor), ("时间", pack.when), ("地点", one.place)]
    cover = Cover(pack.office, one.name or "欢迎来访", TITLE, tuple(pair for pair in facts if pair[1]))
    return pack.paper(
        f"{one.name or '来访'}　{TITLE}",
        (
            cover,
            PageBreak(),
            Heading("日程", 2, listed=False),
            *programme(pack),
            *_meals(pack),
            *_calls(pack),
            Heading("来宾", 2, listed=False),
            *_people(pack, guests=True),
            Heading("我方人员", 2, listed=False),
            *_people(pack, guests=False),
            *_seats(pack),
        ),
        internal=False,
    )


def _people(pack: ReceptionPack, *, guests: bool) -> Iterator[Block]:
    people = pack.book.guests if guests else pack.book.ours
    rows = tuple((one.name, one.unit, one.duty) for one in people)
    yield DataTable(PEOPLE, rows) if rows else Paragraph("名单待定。", note=True)


def _meals(pack: ReceptionPack) -> Iterator[Block]:
    rows = tuple(
        (meal_day(one), one.place or "待定", "自行用餐" if one.kind == "自行用餐" else "统一安排")
        for one in pack.book.meals
    )
    if rows:
        yield Heading("用餐", 2, listed=False)
        yield DataTable(MEALS, rows)


def _seats(pack: ReceptionPack) -> Iterator[Block]:
    rows = tuple((one.name, one.car, one.room) for one in pack.book.guests if one.car or one.room)
    kept = [0, *(at for at in (1, 2) if any(row[at] for row in rows))]
    if rows:
        titles = {1: "乘车", 2: "住宿"}
        yield Heading("与".join(titles[at] for at in kept[1:]), 2, listed=False)
        yield DataTable(tuple(CARS[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))


def _calls(pack: ReceptionPack) -> Iterator[Block]:
    ours = [one for one in pack.book.ours if one.member in pack.book.reception.members and one.phone]
    rows = [(one.name, f"{one.unit} {one.duty}".strip(), one.phone) for one in ours]
    listed = {one.member for one in ours}
    for key in pack.book.reception.members:
        member = pack.book.members.get(key)
        if member and key not in listed and member.phone:
            rows.append((member.name, member.duty, member.phone))
    if rows:
        yield Heading("联络", 2, listed=False)
        yield DataTable(CALLS, tuple(rows))
