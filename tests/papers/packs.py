"""Invented packs for the tests: a small one that is read line by line, and larger ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.brief import BriefingPack

TODAY = date(2026, 11, 20)
FIRST_DAY = date(2026, 11, 24)

FACTS = (
    CountyFact(
        id=1,
        topic="区位",
        heading="区位",
        text="清岚县距两座机场均在一小时车程以内，高铁站2025年通车，到上海1小时20分。",
        as_of=When(2026, 6),
    ),
    CountyFact(id=2, topic="要素价格", heading="工业用电", text="平段0.62元/千瓦时", as_of=When(2026, 9)),
    CountyFact(id=3, topic="要素价格", heading="标准厂房租金", text="12元/㎡·月（层高8米）", as_of=When(2026, 9)),
    CountyFact(
        id=4,
        topic="支柱产业",
        heading="新材料",
        text="全县新材料规上企业46家，电解液、隔膜配套半径在60公里以内。",
        as_of=When(2025),
    ),
    CountyFact(id=5, topic="支柱产业", heading="白茶", text="种植面积8万亩。", as_of=When(2025)),
)

UNITS = (Unit(id=1, name="清岚县投资促进局", short_name="县投促局"), Unit(id=2, name="清岚经济开发区管委会"))
MEMBERS = (
    Member(
        id=1, unit=1, name="张敏", duty="副局长", phone="138 0000 0101", skills=("谈判",), authority="厂房租期三年以内"
    ),
    Member(id=2, unit=1, name="李卫东", duty="招商专员", phone="138 0000 0102", skills=("财务",), languages=("英语",)),
    Member(id=3, unit=2, name="王芳", duty="招商科长", phone="138 0000 0103", skills=("规划", "环评")),
    Member(id=4, unit=2, name="赵强", duty="项目专员", phone="138 0000 0104"),
)
EXPERTS = (
    Expert(id=1, name="周启明", employer="清岚大学材料学院", post="教授", phone="138 0000 0105", kind="招商顾问"),
)

QINGHE = Investor(
    id=1,
    name="青禾新材料有限公司",
    short_name="青禾新材",
    ownership="民企",
    level="A",
    honours=(("专精特新", 2024), ("高新技术", None)),
    chain="新材料",
    chain_node="电解液添加剂",
    place="320214",
    address="示范路18号青禾产业园",
    founded=When(2011, 5),
    registered_capital=Money(12_000_000_000),
    revenue=Money(86_000_000_000),
    staff=420,
    controller="𠅤建国",
    business="电解液添加剂的研发、生产和销售，主要产品为VC、FEC，国内市场占有率约12%。",
    plans="三年内在华东新建年产2万吨添加剂基地，一期投资约6亿元，需要化工园区和稳定的蒸汽供应。",
    needs="用地80亩，蒸汽每小时20吨；希望环评周期在6个月以内。",
    local_ties="董事长早年在清岚插队，母校为清岚一中。",
    dishonest=False,
    enforced=False,
    checked_on=date(2026, 11, 18),
)
YUNFAN = Investor(
    id=2,
    name="云帆智能装备股份有限公司",
    ownership="民企",
    level="B",
    chain="高端装备",
    chain_node="减速机",
    place="320500",
    raw={"registered_capital": "约5千万美元"},
)
CONTACTS = (
    Contact(
        id=1,
        investor=1,
        name="𠅤建国",
        post="董事长",
        decides=True,
        mobile="138 0000 1234",
        working_habits="上午十点后方便，先联系秘书；不喜欢临时改期。",
        diet="不吃辣",
        hobbies=("乒乓球", "书法"),
        note="与我县一位老同志同在第27集团军80旅服役。",
        taboos="不提2019年的安全事故；<b>不要</b>&称呼“老板”。",
        basis="同意",
    ),
    Contact(id=2, investor=1, name="陈晓", post="投资总监", mobile="138 0000 5678", diet="清真", basis=""),
)
PROJECTS = (
    Project(
        id=1,
        name="年产2万吨电解液添加剂项目",
        stage="包装推介",
        chain="新材料",
        chain_node="电解液添加剂",
        packaging="已包装",
        pitch="经开区化工园区有净地120亩，蒸汽管网到红线，园区已完成规划环评。",
    ),
    Project(id=2, name="锂电隔膜涂覆项目", stage="储备", chain="新材料", content="租用标准厂房1.2万㎡。"),
    Project(id=3, name="白茶精深加工项目", stage="储备", chain="食品"),
)
HISTORY = (
    Visit(
        id=11,
        investor=1,
        day=date(2026, 7, 8),
        way="接待",
        state="已完成",
        said="对方考察化工园区，关心蒸汽价格和环评周期。",
        intention="B",
        result="愿意继续谈",
        next_step="寄送园区图和蒸汽报价",
        next_due=date(2026, 7, 20),
        next_owner=2,
    ),
    Visit(
        id=12,
        investor=1,
        day=date(2025, 3, 5),
        way="拜访",
        state="已完成",
        said="介绍县情。",
        intention="D",
        result="对方暂不考虑收购本地旧厂",
    ),
)


def small_pack() -> BriefingPack:
    """Two teams, two targets: one with everything, one with almost nothing."""
    trip = Trip(
        id=1,
        name="赴长三角新材料招商",
        purpose="对接电解液添加剂和减速机企业，推介化工园区和标准厂房。",
        chain="新材料",
        start=FIRST_DAY,
        end=FIRST_DAY + timedelta(days=1),
        base="320282",
        fund_limit=Money(1_000_000),
    )
    teams = (
        Team(id=1, trip=1, name="一队", mode="驾车", official_car=True, members=(1, 2), experts=(1,)),
        Team(id=2, trip=1, name="二队", mode="高铁", members=(3, 4)),
    )
    visits = (
        Visit(id=1, investor=1, contacts=(1,), trip=1, team=1, state="已排", day=FIRST_DAY, start=570, fixed=True),
        Visit(id=2, investor=2, trip=1, team=2, state="已排", day=FIRST_DAY + timedelta(days=1), start=840, minutes=60),
        Visit(id=3, investor=2, trip=1, state="取消"),
    )
    legs = (
        Leg(id=1, trip=1, team=1, day=FIRST_DAY, start=430, end=545, origin="320282", destination="320214",
            distance=Decimal(78)),
        Leg(id=2, trip=1, team=2, day=FIRST_DAY, start=780, end=860, origin="320282", destination="320500",
            mode="高铁", ticket="G0000"),
    )  # fmt: skip
    budget = (
        BudgetLine(id=1, trip=1, number=1, item="伙食补助", basis="4人×2天×100元", planned=Money(80_000)),
        BudgetLine(id=2, trip=1, number=2, item="住宿费", basis="4人×1晚×380元", planned=Money(152_000)),
    )
    return BriefingPack(
        office="清岚县投资促进局",
        printed=TODAY,
        trip=trip,
        teams=teams,
        visits=visits,
        legs=legs,
        budget=budget,
        investors=(QINGHE, YUNFAN),
        contacts=CONTACTS,
        projects=PROJECTS,
        stakes=(Stake(id=1, project=2, investor=1),),
        history=HISTORY,
        members=MEMBERS,
        experts=EXPERTS,
        units=UNITS,
        facts=FACTS,
    )


def large_pack(targets: int) -> BriefingPack:
    """As many targets as wanted, each with contacts, history and matching projects, over five days."""
    pack = small_pack()
    investors, contacts, visits, history, legs = [], [], [], [], []
    for number in range(1, targets + 1):
        day = FIRST_DAY + timedelta(days=number % 5)
        team, slot = 1 + number % 2, number // 10
        investors.append(
            replace(
                QINGHE,
                id=number,
                name=f"青禾新材料（第{number}号）有限公司",
                business=f"第{number}类{QINGHE.business}",
                plans=f"{number}年内，{QINGHE.plans}",
                needs=f"{QINGHE.needs}另需宿舍{number}套。",
                revenue=Money(QINGHE.revenue.fen + number * 10**8) if QINGHE.revenue else None,
            )
        )
        contacts += [
            replace(CONTACTS[0], id=number, investor=number),
            replace(CONTACTS[1], id=1000 + number, investor=number),
        ]
        visits.append(replace(pack.visits[0], id=number, investor=number, contacts=(number,), team=team, day=day,
                              start=510 + 75 * slot))  # fmt: skip
        legs.append(replace(pack.legs[0], id=number, team=team, day=day, start=480 + 75 * slot, end=505 + 75 * slot))
        history += [
            replace(visit, id=number * 100 + visit.id, investor=number, said=f"第{number}次。{visit.said}")
            for visit in HISTORY * 2
        ]
    trip = replace(pack.trip, end=FIRST_DAY + timedelta(days=4))
    return replace(pack, trip=trip, investors=tuple(investors), contacts=tuple(contacts), visits=tuple(visits),
                   history=tuple(history), legs=tuple(legs), stakes=())  # fmt: skip
