"""The sample county's receptions, one of each kind, and its own standard for clients; all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from zhaoshang_desktop.actions.reception import ReceptionWish
from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.investor import Contact, Investor
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
from zhaoshang_desktop.domain.reception_rule import ReceptionRule
from zhaoshang_desktop.domain.unit import Member

_STANDARD = "清岚县招商接待标准（示例）"
_PRICES = (
    (OFFICIAL, r.MEAL_PRICE, 50, "清岚县公务接待工作餐标准（示例）"),
    (INVESTING, r.SMALL_PARTY, 10, f"{_STANDARD}第五条"),
    (INVESTING, r.SMALL_COMPANY, 4, f"{_STANDARD}第五条"),
    (INVESTING, r.SHARE, 3, f"{_STANDARD}第五条"),
    (INVESTING, r.MEAL_PRICE, 120, f"{_STANDARD}第六条"),
    (INVESTING, r.ROOM_PRICE, 350, f"{_STANDARD}第七条"),
)
_CITY = "枣岭市发展和改革委员会"
_VISITORS = (
    ("韩维平", "副主任", "县处级"),
    ("罗开颜", "固定资产投资科科长", "乡科级"),
    ("方䶮", "四级主任科员", ""),
    ("欧阳霁月", "三级主任科员", ""),
)


def county_rules() -> list[ReceptionRule]:
    """What the law leaves to the county."""
    return [ReceptionRule(kind=k, item=i, value=Decimal(v), unit="", source=s) for k, i, v, s in _PRICES]


def officials(today: date, calendar: Calendar, members: Sequence[Member]) -> ReceptionWish:
    """The city's planners come for a day next week, with a letter."""
    day = calendar.workdays(today + timedelta(days=7), today + timedelta(days=21))[0]
    keys = {member.name: member for member in members}
    one = Reception(
        name="市发改委调研新材料项目",
        kind=OFFICIAL,
        start=day,
        end=day,
        from_unit=_CITY,
        purpose="调研新材料项目用地、能耗指标和供汽管廊建设",
        place="清岚县政府三号会议室",
        host="陆明远副县长",
        members=(keys["张敏"].id,),
        letter_number=f"枣岭发改函〔{today.year}〕31号",
        letter_day=today - timedelta(days=2),
        letter_from=_CITY,
        state="已定",
    )
    return ReceptionWish(
        one,
        items=[
            _item(day, 540, 690, "座谈：项目用地和能耗指标", "三号会议室", "陆明远", note="投影和材料8:30到位"),
            _item(day, 840, 960, "看化工集中区供汽管廊", "化工集中区", "张敏", "1号车"),
        ],
        people=[
            *(
                ReceptionPerson(side=GUEST, name=name, unit=_CITY, duty=duty, rank=rank, car="1号车")
                for name, duty, rank in _VISITORS
            ),
            ReceptionPerson(side=OURS, name="陆明远", unit="清岚县政府", duty="副县长", companion=True),
            _ours(keys["张敏"], companion=True),
            _ours(keys["王磊"]),
        ],
        meals=[
            ReceptionMeal(day=day, meal="午餐", kind=WORKING_MEAL, place="机关食堂"),
            ReceptionMeal(day=day, meal="晚餐", kind=OWN_MEAL),
        ],
        cars=[ReceptionCar(name="1号车", model="中巴", seats=19, driver="马师傅")],
    )


def clients(
    today: date, calendar: Calendar, investor: Investor, contacts: Sequence[Contact], members: Sequence[Member]
) -> ReceptionWish:
    """Two from a firm stayed for two days not long ago; the bills are in but one."""
    days = calendar.workdays(today - timedelta(days=25), today - timedelta(days=12))
    first = next(day for day in days if day + timedelta(days=1) in days)
    last = first + timedelta(days=1)
    keys = {member.name: member for member in members}
    one = Reception(
        name=f"{investor.short_name or investor.name}考察团来访",
        kind=INVESTING,
        start=first,
        end=last,
        investors=(investor.id,),
        purpose=f"考察{investor.chain or '主业'}项目选址和标准厂房",
        place="清岚宾馆",
        host="陆明远副县长",
        members=(keys["李想"].id,),
        letter_number="来访函",
        letter_day=first - timedelta(days=6),
        letter_from=investor.name,
        state="已结束",
        result="看了三处厂房，带走供汽价格和地块图，约定两周内给出设备清单。",
    )
    guests = [_guest(person, investor, 301 + at, first, last) for at, person in enumerate(contacts[:3])]
    meals = Money(11_000)
    spent = meals.fen * (len(guests) + 1)
    return ReceptionWish(
        one,
        items=[
            _item(first, 600, 690, "看标准厂房和地块", "新材料产业园", "李想", "1号车"),
            _item(first, 870, 1000, "座谈", "清岚宾馆二楼", "陆明远"),
            _item(last, 540, 570, "送站", "高铁站", "李想", "1号车"),
        ],
        people=[*guests, _ours(keys["李想"], companion=True), _ours(keys["陈燕"])],
        meals=[ReceptionMeal(day=first, meal="晚餐", kind=INVESTING_MEAL, place="清岚宾馆", per_head=meals)],
        cars=[ReceptionCar(name="1号车", model="商务车", seats=7, driver="马师傅")],
        costs=[
            ReceptionCost(account=INVESTING, item="会议室", planned=Money(30_000), actual=Money(30_000), receipt=True),
            ReceptionCost(account=INVESTING, item="加班车费", planned=Money(20_000), actual=Money(spent // 4)),
        ],
    )


def _guest(person: Contact, investor: Investor, room: int, first: date, last: date) -> ReceptionPerson:
    """One of theirs, with the car that takes him about and the room he sleeps in."""
    return ReceptionPerson(
        side=GUEST,
        name=person.name,
        unit=investor.name,
        duty=person.post,
        phone=person.mobile,
        contact=person.id,
        car="1号车",
        room_kind="标准间",
        room=str(room),
        check_in=first,
        check_out=last,
    )


def _item(
    day: date, start: int, end: int, what: str, place: str, leader: str, car: str = "", note: str = ""
) -> ReceptionItem:
    return ReceptionItem(day=day, start=start, end=end, what=what, place=place, leader=leader, car=car, note=note)


def _ours(member: Member, *, companion: bool = False) -> ReceptionPerson:
    return ReceptionPerson(
        side=OURS,
        name=member.name,
        unit="投促局",
        duty=member.duty,
        phone=member.phone,
        member=member.id,
        companion=companion or None,
    )
