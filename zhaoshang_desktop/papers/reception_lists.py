"""名单, 车辆安排, 住房安排 of a reception."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zhaoshang_desktop.domain import phone
from zhaoshang_desktop.domain.reception import ReceptionPerson
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, Heading, Paper, Paragraph
from zhaoshang_desktop.papers.reception import ReceptionPack, post

GUESTS = (
    Column("序号", 0.6, "center"),
    Column("姓名", 1.2),
    Column("单位", 2.6),
    Column("职务", 1.6),
    Column("电话", 1.7),
)
CARS = (
    Column("车号", 0.9),
    Column("车型、车牌", 1.7),
    Column("司机及电话", 1.8),
    Column("乘车人", 3.6),
)
ROOMS = (
    Column("房号", 0.9),
    Column("房型", 0.9),
    Column("入住人", 2.4),
    Column("入住", 1, "center"),
    Column("退房", 1, "center"),
    Column("备注", 1.4),
)
SELF = "自理"


def name_list(pack: ReceptionPack, *, masked: bool = False) -> Paper:
    """名单 of both sides; `masked` hides part of the numbers."""
    return pack.paper(f"{pack.book.reception.name or '来访'}　名单", tuple(people_blocks(pack, masked=masked)))


def car_plan(pack: ReceptionPack) -> Paper:
    """车辆安排: a car a row, and who has none yet."""
    return pack.paper(f"{pack.book.reception.name or '来访'}　车辆安排", tuple(car_blocks(pack)))


def room_plan(pack: ReceptionPack) -> Paper:
    """住房安排: a room a row, and who has none yet."""
    return pack.paper(f"{pack.book.reception.name or '来访'}　住房安排", tuple(room_blocks(pack)))


def people_blocks(pack: ReceptionPack, *, masked: bool = False) -> Iterator[Block]:
    """Guests, then ours."""
    shown: Callable[[str], str] = phone.mask if masked else str
    for title, people in (("来宾", pack.book.guests), ("我方人员", pack.book.ours)):
        yield Heading(f"{title}（{len(people)}人）", 3, listed=False)
        rows = tuple((str(at), one.name, one.unit, one.duty, shown(one.phone)) for at, one in enumerate(people, 1))
        yield DataTable(GUESTS, rows) if rows else Paragraph("名单待定。", note=True)


def car_blocks(pack: ReceptionPack) -> Iterator[Block]:
    """Cars in their order; cars that only the people name come after them."""
    riders: dict[str, list[ReceptionPerson]] = {}
    for person in pack.book.people:
        riders.setdefault(person.car, []).append(person)
    rows = []
    for car in pack.book.cars:
        kind = " ".join(part for part in (car.model, car.plate) if part)
        driver = " ".join(part for part in (car.driver, car.phone) if part)
        rows.append((car.name, kind or "待定", driver or "待定", _names(riders.pop(car.name, []))))
    without = riders.pop("", [])
    rows += [(name, "待定", "待定", _names(people)) for name, people in riders.items()]
    if rows:
        yield DataTable(CARS, tuple(rows))
        if without:
            yield Paragraph(f"还没有安排乘车：{_names(without)}。", note=True)
    else:
        yield Paragraph("没有安排车辆。", note=True)


def room_blocks(pack: ReceptionPack) -> Iterator[Block]:
    """Guests by room; those who pay and book themselves are named below."""
    rooms: dict[tuple[str, str], list[ReceptionPerson]] = {}
    for guest in pack.book.guests:
        if guest.room_kind not in ("", SELF) or guest.room:
            rooms.setdefault((guest.room or f"#{guest.id}", guest.room_kind), []).append(guest)
    rows = []
    for (room, kind), people in rooms.items():
        starts, ends = [p.check_in for p in people if p.check_in], [p.check_out for p in people if p.check_out]
        rows.append(
            (
                "待定" if room.startswith("#") else room,
                kind or "待定",
                _names(people),
                f"{min(starts):%m-%d}" if starts else "待定",
                f"{max(ends):%m-%d}" if ends else "待定",
                "；".join(p.note for p in people if p.note),
            )
        )
    if rows:
        yield DataTable(ROOMS, tuple(rows))
    own = [guest for guest in pack.book.guests if guest.room_kind == SELF]
    if own:
        yield Paragraph(f"自行安排住宿：{_names(own)}。", note=True)
    if not rows and not own:
        yield Paragraph("没有安排住房。", note=True)
    elif pack.official and rows:
        yield Paragraph("住宿费由接待对象回本单位凭据报销。", note=True)


def _names(people: list[ReceptionPerson]) -> str:
    return "、".join(one.name or post(one) for one in people)
