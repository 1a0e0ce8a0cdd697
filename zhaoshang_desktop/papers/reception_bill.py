"""接待清单: what has to be filled in truthfully when a reception is over, and signed.

公务接待: 《党政机关国内公务接待管理规定》第七条 wants the guests' unit, names and duties, the business, time, place
and cost; 《党政机关厉行节约反对浪费条例》（2025年修订）第二十四条 adds who of ours was there and who worked for it.
招商接待 has a form of its own; neither borrows the other's.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.domain.reception import OFFICIAL, OWN_MEAL
from zhaoshang_desktop.papers.amounts import plain_money, sums_by_currency
from zhaoshang_desktop.papers.approval import DATED
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    FormLines,
    FormRow,
    Heading,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.reception import ReceptionPack, hour_span, meal_day

TITLES = {OFFICIAL: "公务接待清单"}
OTHER_TITLE = "招商接待清单"
GUESTS = (Column("姓名", 1.2), Column("单位", 2.8), Column("职务", 1.8), Column("级别", 1))
BUSINESS = (Column("日期", 1, "center"), Column("时间", 1.35, "center"), Column("活动项目", 3), Column("场所", 2.4))
MEALS = (
    Column("日期、餐次", 2.1),
    Column("方式", 1.1),
    Column("地点", 2.2),
    Column("客人", 0.8, "right"),
    Column("陪餐", 0.8, "right"),
)
COSTS = (
    Column("费用项目", 2.4),
    Column("依据与算法", 3),
    Column("限额（元）", 1.2, "right"),
    Column("实际（元）", 1.2, "right"),
    Column("票据", 0.7, "center"),
)
SIGNED = (("经办人", "单位负责人审签"), ("财务审核", "分管领导意见"))
VOUCHERS = "报销凭证：财务票据、派出单位公函和本清单（《党政机关国内公务接待管理规定》第十五条）。"
OTHER_VOUCHERS = "报销凭证：财务票据、来访函或洽谈记录和本清单，按本县招商接待标准办理。"


def reception_bill(pack: ReceptionPack) -> Paper:
    """The form of its own kind, with what was really spent."""
    title = TITLES.get(pack.book.reception.kind, OTHER_TITLE)
    return pack.paper(
        title,
        (
            FieldTable(tuple(_facts(pack))),
            Heading(f"接待对象（{len(pack.book.guests)}人）", 3, listed=False),
            *_guests(pack),
            Heading("公务活动" if pack.official else "洽谈考察活动", 3, listed=False),
            *_business(pack),
            Heading("用餐", 3, listed=False),
            *_meals(pack),
            Heading("陪同和工作保障人员", 3, listed=False),
            *_ours(pack),
            Heading("接待费用", 3, listed=False),
            *_costs(pack),
            Paragraph(VOUCHERS if pack.official else OTHER_VOUCHERS, note=True, keep=True),
            Heading("审签", 3, listed=False),
            FormLines(tuple(FormRow(tuple((who, DATED) for who in row), 2, signed=True) for row in SIGNED)),
        ),
    )


def _facts(pack: ReceptionPack) -> Iterator[tuple[str, str]]:
    one = pack.book.reception
    yield "接待单位", pack.office
    yield "接待时间", pack.when
    yield "派出单位" if pack.official else "来访单位", pack.visitor
    yield "公函文号" if pack.official else "来访函或洽谈记录", one.letter_number
    yield "公务活动项目" if pack.official else "来访事由", one.purpose


def _guests(pack: ReceptionPack) -> Iterator[Block]:
    rows = tuple((one.name, one.unit or pack.visitor, one.duty, one.rank) for one in pack.book.guests)
    yield DataTable(GUESTS, rows) if rows else Paragraph("尚未填写接待对象。", note=True)


def _business(pack: ReceptionPack) -> Iterator[Block]:
    rows = tuple(
        (f"{one.day:%m-%d}" if one.day else "", hour_span(one) if one.start is not None else "", one.what, one.place)
        for one in pack.book.items
    )
    yield DataTable(BUSINESS, rows) if rows else Paragraph("尚未填写活动。", note=True)


def _meals(pack: ReceptionPack) -> Iterator[Block]:
    rows = []
    for meal in pack.book.meals:
        guests, companions = pack.book.eaters(meal)
        with_us = "—" if meal.kind == OWN_MEAL else str(companions)
        rows.append((meal_day(meal), meal.kind, meal.place, str(guests), with_us))
    yield DataTable(MEALS, tuple(rows)) if rows else Paragraph("没有安排用餐。", note=True)


def _ours(pack: ReceptionPack) -> Iterator[Block]:
    rows = tuple((one.name, one.unit, one.duty, "陪餐" if one.companion else "") for one in pack.book.ours)
    columns = (*GUESTS[:3], Column("陪餐", 1, "center"))
    yield DataTable(columns, rows) if rows else Paragraph("没有陪同人员。", note=True)


def _costs(pack: ReceptionPack) -> Iterator[Block]:
    """Only what was booked under its own kind."""
    lines = [one for one in pack.book.costs if one.account == pack.book.reception.kind]
    if not lines:
        yield Paragraph("没有发生接待费用。", note=True)
        return
    rows = [
        (one.item, one.basis, plain_money(one.allowed), plain_money(one.actual), "齐" if one.receipt else "缺")
        for one in lines
    ]
    spent = sums_by_currency(one.actual for one in lines)
    sums = [("合计", "", "", plain_money(total), "") for total in spent.values()]
    yield DataTable(COSTS, (*rows, *sums), sums=len(sums), keep=True)
