"""Invented receptions for the tests of papers: one of each kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING,
    INVESTING_MEAL,
    OFFICIAL,
    OURS,
    OWN_MEAL,
    WORKING_MEAL,
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import ReceptionBook, check
from zhaoshang_desktop.domain.reception_rule import ReceptionRule, shipped_rules, standard_of
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.papers.reception import ReceptionPack

TODAY = date(2026, 12, 1)
DAY, NEXT = date(2026, 12, 8), date(2026, 12, 9)
OFFICE = "清岚县投资促进局"
ZHANG = Member(id=1, unit=1, name="张敏", duty="副局长", phone="138 0000 0101")
PRICES = (
    ReceptionRule(kind=OFFICIAL, item=r.MEAL_PRICE, value=Decimal(50), source="清岚县工作餐开支标准"),
    ReceptionRule(kind=INVESTING, item=r.MEAL_PRICE, value=Decimal(120), source="清岚县招商接待标准第六条"),
    ReceptionRule(kind=INVESTING, item=r.SMALL_PARTY, value=Decimal(10), source="清岚县招商接待标准第五条"),
    ReceptionRule(kind=INVESTING, item=r.SMALL_COMPANY, value=Decimal(4), source="清岚县招商接待标准第五条"),
)


def official() -> ReceptionPack:
    """Eight of the city come for a day."""
    one = Reception(
        id=1,
        name="枣岭市发改委调研组来访",
        kind=OFFICIAL,
        start=DAY,
        end=DAY,
        from_unit="枣岭市发展和改革委员会",
        purpose="调研新材料项目用地和能耗指标",
        place="清岚县政府三号会议室",
        host="陆明远副县长",
        members=(1,),
        letter_number="枣岭发改函〔2026〕31号",
        letter_day=date(2026, 11, 27),
        letter_from="枣岭市发展和改革委员会",
    )
    book = ReceptionBook(
        one,
        items=[
            ReceptionItem(
                id=1,
                day=DAY,
                start=540,
                end=690,
                what="座谈：项目用地和能耗指标",
                place="三号会议室",
                leader="陆明远",
                note="投影和材料8:30到位",
            ),
            ReceptionItem(
                id=2,
                day=DAY,
                start=840,
                end=960,
                what="看化工集中区供汽管廊",
                place="化工集中区",
                leader="张敏",
                car="1号车",
            ),
        ],
        people=[
            *(
                ReceptionPerson(
                    id=n,
                    side=GUEST,
                    name=name,
                    unit="枣岭市发展和改革委员会",
                    duty=duty,
                    rank=rank,
                    phone=f"138000002{n:02}",
                    car="1号车",
                )
                for n, (name, duty, rank) in enumerate(
                    (
                        ("韩维㮾", "副主任", "县处级"),
                        ("罗开颜", "固定资产投资科科长", "乡科级"),
                        ("方䶮", "四级主任科员", ""),
                        ("欧阳霁月", "三级主任科员", ""),
                    ),
                    1,
                )
            ),
            ReceptionPerson(id=11, side=OURS, name="陆明远", unit="清岚县政府", duty="副县长", companion=True),
            ReceptionPerson(
                id=12,
                side=OURS,
                name="张敏",
                unit="县投促局",
                duty="副局长",
                phone="138 0000 0101",
                companion=True,
                member=1,
            ),
            ReceptionPerson(id=13, side=OURS, name="何振声", unit="化工集中区管委会", duty="主任"),
        ],
        meals=[
            ReceptionMeal(id=1, day=DAY, meal="午餐", kind=WORKING_MEAL, place="机关食堂"),
            ReceptionMeal(id=2, day=DAY, meal="晚餐", kind=OWN_MEAL),
        ],
        cars=[
            ReceptionCar(
                id=1, name="1号车", model="中巴", plate="鲁D·00001", seats=19, driver="马师傅", phone="13800000301"
            )
        ],
        costs=[
            ReceptionCost(
                id=1,
                account=OFFICIAL,
                item="12-08 午餐（工作餐）",
                basis="客人 4 人、陪餐 2 人，每人 50元",
                planned=Money(30_000),
                allowed=Money(30_000),
                actual=Money(28_800),
                receipt=True,
                reckoned=True,
            ),
            ReceptionCost(
                id=2, account=OFFICIAL, item="会议材料", basis="打印20份", planned=Money(12_000), actual=Money(11_550)
            ),
        ],
        members={1: ZHANG},
    )
    return pack_of(book)


def investing() -> ReceptionPack:
    """Three clients stay for two days."""
    one = Reception(
        id=2,
        name="青禾新材料考察团来访",
        kind=INVESTING,
        start=DAY,
        end=NEXT,
        purpose="考察电解液添加剂二期选址",
        place="清岚宾馆",
        host="陆明远副县长",
        members=(1,),
        letter_number="来访函（2026年11月25日）",
        investors=(1,),
    )
    guests = (("周远航", "董事长", "301"), ("顾清", "副总经理", "302"), ("沈一诺", "总工程师", "302"))
    book = ReceptionBook(
        one,
        items=[
            ReceptionItem(
                id=1,
                day=DAY,
                start=600,
                end=690,
                what="看标准厂房和地块",
                place="新材料产业园",
                leader="张敏",
                car="1号车",
                note="地价只按公开出让条件介绍",
            ),
            ReceptionItem(id=2, day=DAY, start=870, end=1000, what="座谈", place="清岚宾馆二楼", leader="陆明远"),
            ReceptionItem(id=3, day=NEXT, start=540, what="送站", place="枣岭高铁站", leader="张敏", car="1号车"),
        ],
        people=[
            *(
                ReceptionPerson(
                    id=n,
                    side=GUEST,
                    name=name,
                    unit="青禾新材料股份有限公司",
                    duty=duty,
                    phone=f"138000004{n:02}",
                    car="1号车",
                    room=room,
                    room_kind="标准间",
                    check_in=DAY,
                    check_out=NEXT,
                )
                for n, (name, duty, room) in enumerate(guests, 1)
            ),
            ReceptionPerson(
                id=11,
                side=OURS,
                name="张敏",
                unit="县投促局",
                duty="副局长",
                phone="138 0000 0101",
                companion=True,
                member=1,
            ),
        ],
        meals=[
            ReceptionMeal(id=1, day=DAY, meal="晚餐", kind=INVESTING_MEAL, place="清岚宾馆", per_head=Money(11_000))
        ],
        cars=[ReceptionCar(id=1, name="1号车", model="商务车", plate="鲁D·00002", seats=7, driver="马师傅")],
        costs=[
            ReceptionCost(
                id=1,
                account=INVESTING,
                item="12-08 晚餐（招商用餐）",
                basis="客人 3 人、陪餐 1 人，每人 110元",
                planned=Money(44_000),
                allowed=Money(48_000),
            )
        ],
        members={1: ZHANG},
    )
    return pack_of(book, ("青禾新材料股份有限公司",))


def pack_of(book: ReceptionBook, firms: tuple[str, ...] = ()) -> ReceptionPack:
    standard = standard_of((*shipped_rules(), *PRICES), book.reception.kind, book.day or TODAY)
    return ReceptionPack(OFFICE, TODAY, book, standard, tuple(check(book, standard, TODAY)), firms)
