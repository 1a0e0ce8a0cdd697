"""接待方案: the whole of a reception for those of ours who see to it: days, people, meals, cars, rooms, costs."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.money import write_money
from zhaoshang_desktop.domain.reception import OWN_MEAL
from zhaoshang_desktop.papers.amounts import plain_money, sums_by_currency
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, FieldTable, Heading, Items, Paper, Paragraph
from zhaoshang_desktop.papers.briefing import span
from zhaoshang_desktop.papers.reception import ReceptionPack, days, hour_span, meal_day
from zhaoshang_desktop.papers.reception_lists import car_blocks, people_blocks, room_blocks

TITLE = "接待方案"
ITEMS = (
    Column("时间", 1.65, "center"),
    Column("内容", 2.6),
    Column("地点", 1.9),
    Column("陪同", 1.3),
    Column("用车", 0.9),
    Column("备注", 1.6),
)
MEALS = (
    Column("日期、餐次", 2.6),
    Column("方式", 1.4),
    Column("地点", 1.7),
    Column("客人", 0.7, "right"),
    Column("陪餐", 0.7, "right"),
    Column("每人（元）", 1.3, "right"),
    Column("备注", 1.4),
)
COSTS = (
    Column("项目", 2.4),
    Column("依据与算法", 3.4),
    Column("预算（元）", 1.2, "right"),
    Column("限额（元）", 1.2, "right"),
)


def reception_programme(pack: ReceptionPack) -> Paper:
    """What is against a rule stands at its head, for who signs."""
    one = pack.book.reception
    return pack.paper(
        f"{one.name or '来访'}　{TITLE}",
        (
            FieldTable(tuple((label, value or "待定") for label, value in _facts(pack))),
            *_wrong(pack),
            Heading("日程", 2, listed=False),
            *_items(pack),
            Heading("人员", 2, listed=False),
            *people_blocks(pack),
            Heading("用餐", 2, listed=False),
            *_meals(pack),
            Heading("车辆", 2, listed=False),
            *car_blocks(pack),
            Heading("住房", 2, listed=False),
            *room_blocks(pack),
            Heading("经费预算", 2, listed=False),
            *_costs(pack),
        ),
    )


def _facts(pack: ReceptionPack) -> Iterator[tuple[str, str]]:
    one = pack.book.reception
    yield "接待类别", one.kind
    yield "时间", pack.when
    yield "来访单位", pack.visitor
    yield "事由", one.purpose
    yield "主要地点", one.place
    yield "接待领导", one.host
    yield "经办人员", "、".join(pack.book.members[key].name for key in one.members if key in pack.book.members)
    letter = " ".join(part for part in (one.letter_from, one.letter_number) if part)
    yield "来函", f"{letter}（{span(one.letter_day, None)}）" if letter and one.letter_day else letter
    yield "人数", f"客人 {len(pack.book.guests)} 人，我方 {len(pack.book.ours)} 人"


def _items(pack: ReceptionPack) -> Iterator[Block]:
    if not pack.book.items:
        yield Paragraph("日程尚未排定。", note=True)
    for heading, group in days(pack.book.items):
        yield Heading(heading, 3, listed=False)
        yield DataTable(
            ITEMS, tuple((hour_span(one), one.what, one.place, one.leader, one.car, one.note) for one in group)
        )


def _meals(pack: ReceptionPack) -> Iterator[Block]:
    rows = []
    for meal in pack.book.meals:
        guests, companions = pack.book.eaters(meal)
        price = meal.per_head or (None if meal.kind == OWN_MEAL else pack.standard.price(r.MEAL_PRICE))
        with_us = "" if meal.kind == OWN_MEAL else str(companions)
        rows.append((meal_day(meal), meal.kind, meal.place, str(guests), with_us, plain_money(price), meal.note))
    if rows:
        yield DataTable(MEALS, tuple(rows))
    else:
        yield Paragraph("没有安排用餐，由客人自行用餐。" if pack.official else "尚未安排用餐。", note=True)


def _costs(pack: ReceptionPack) -> Iterator[Block]:
    lines = pack.book.costs
    if not lines:
        yield Paragraph("尚未编制预算。", note=True)
        return
    rows = [(one.item, one.basis, plain_money(one.planned), plain_money(one.allowed)) for one in lines]
    planned = sums_by_currency(one.planned for one in lines)
    sums = [("合计", "", plain_money(total), "") for total in planned.values()]
    yield DataTable(COSTS, (*rows, *sums), sums=len(sums))
    price = pack.standard.price(r.MEAL_PRICE)
    if price:
        yield Paragraph(f"用餐标准每人每餐{write_money(price)}{pack.standard.cited(r.MEAL_PRICE)}。", note=True)
    yield Paragraph(f"列支：{pack.book.reception.kind}，与其他接待分开核算。", note=True)


def _wrong(pack: ReceptionPack) -> Iterator[Block]:
    wrong = tuple(one.sentence for one in pack.findings if one.wrong)
    if wrong:
        yield Heading("须改正后再报批", 2, listed=False)
        yield Items(wrong, "1")
