"""Trips as nobody should wish for them: what is odd about each, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zhaoshang_desktop.actions.office import SHIPPED
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, move_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.meeting_times import read_times
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.store.office import Office

MONDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 11)
PLACES = ("320500", "320200", "330100", "310100")


@dataclass(frozen=True)
class Odd:
    """How the trip is made, the sentences of which each must be said, and how many visits are placed (-1: any)."""

    make: Callable[[Office], int]
    said: tuple[str, ...]
    placed: int = -1


def _people(office: Office) -> list[int]:
    with office.transaction("准备") as tx:
        tx.save_all([one for record, table in SHIPPED for one in reference.records(record, table)])
        unit = tx.save(Unit(name="投资促进局"))
        return [tx.save(Member(name=name, unit=unit.id)).id for name in ("张敏", "王磊", "李想", "陈燕")]


def _host(office: Office, number: int, place: str, phone: str = "13800000000") -> int:
    with office.transaction("客商") as tx:
        investor = tx.save(Investor(name=f"青禾{number}新材料有限公司", place=place))
        tx.save(Contact(investor=investor.id, name="周远航", mobile=phone))
    return investor.id


def _trip(
    office: Office,
    *targets: TargetWish,
    start: date = MONDAY,
    end: date = FRIDAY,
    people: int = 2,
    name: str = "小分队",
) -> int:
    known = [one.id for one in office.find(Query(Member, order=("id",)))] or _people(office)
    teams = (TeamWish("一队", tuple(known[:people])),)
    return new_trip(office, TripWish("走访", start, end, "371300", name, targets=targets, teams=teams))[0]


def _nowhere(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, "")), TargetWish(_host(office, 2, PLACES[0])))


def _without_phone(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0], phone="")))


def _no_minutes(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0]), minutes=0))


def _twenty_hours(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0]), minutes=1200), TargetWish(_host(office, 2, PLACES[1])))


def _new_year(office: Office) -> int:
    hosts = [TargetWish(_host(office, number, PLACES[0])) for number in range(3)]
    return _trip(office, *hosts, start=date(2026, 12, 30), end=date(2027, 1, 5))


def _one_person(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0])), people=1)


def _pinned_in_contradiction(office: Office) -> int:
    trip = _trip(office, *(TargetWish(_host(office, number, place)) for number, place in enumerate(PLACES)))
    plan_trip(office, trip, iterations=30)
    book = load_trip(office, trip)
    for visit in book.visits:
        move_visit(office, visit.id, book.teams[0].id, date(2026, 12, 9), 10 * 60)
    return trip


def _three_hundred(office: Office) -> int:
    with office.transaction("客商") as tx:
        hosts = [tx.save(Investor(name=f"云帆{n}有限公司", place=PLACES[n % 4])) for n in range(300)]
        for host in hosts:
            tx.save(Contact(investor=host.id, name="周远航", mobile="13800000000"))
    return _trip(office, *(TargetWish(host.id) for host in hosts), end=date(2026, 12, 9))


def _two_trips_at_once(office: Office) -> int:
    host = _host(office, 1, PLACES[0])
    _trip(office, TargetWish(host), start=date(2026, 12, 9), end=date(2026, 12, 15), name="珠三角小分队")
    return _trip(office, TargetWish(host))


def _japan(office: Office) -> int:
    host = _host(office, 1, "X:日本")
    return _trip(office, TargetWish(host, windows=read_times("周三 9:00-10:30")))


def _unknown_country(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, "X:云上国")))


def _no_time_left(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0]), windows=read_times("周二 9:00-10:00")))


def _another_week(office: Office) -> int:
    return _trip(office, TargetWish(_host(office, 1, PLACES[0]), windows=read_times("12月20日")))


def _in_the_bin(office: Office) -> int:
    trip = _trip(office, *(TargetWish(_host(office, number, PLACES[0])) for number in range(2)))
    book = load_trip(office, trip)
    remove_records(office, Member, book.teams[0].members[:1])
    remove_records(office, Investor, [book.visits[0].investor])
    return trip


def tables_emptied(office: Office) -> int:
    trip = _trip(office, TargetWish(_host(office, 1, PLACES[0])), start=date(2026, 9, 30), end=date(2026, 10, 7))
    for record, _ in SHIPPED:
        remove_records(office, record, [one.id for one in office.find(Query(record))])
    return trip


def two_days_away(office: Office) -> int:
    """One driver, and further than may be driven in a day: the way there and the way home take two each."""
    return _trip(office, TargetWish(_host(office, 1, "330483")), people=1)


def two_appointments_at_once(office: Office) -> int:
    """One team, and two hosts in two cities who both await it at nine."""
    hosts = (_host(office, number, place) for number, place in enumerate(PLACES[:2]))
    return _trip(office, *(TargetWish(host, day=date(2026, 12, 9), start=9 * 60) for host in hosts))


ODD = {
    "no coordinates": Odd(_nowhere, ("所在城市不清楚",), 2),
    "no phone": Odd(_without_phone, ("没有联系电话：青禾1新材料有限公司",), 1),
    "no minutes": Odd(_no_minutes, ("时长是 0 分钟",)),
    "twenty hours": Odd(_twenty_hours, ("要谈 20 小时，最长只能给",), 1),
    "across New Year": Odd(_new_year, ("2027年放假安排尚未公布",), 3),
    "a team of one": Odd(_one_person, ("一队只有 1 人，小分队一般 2–5 人",), 1),
    "pinned in contradiction": Odd(
        _pinned_in_contradiction, ("不能同时做到", "（已钉住）排不到一起", "已钉住，却没有排上")
    ),
    "300 visits in 3 days": Odd(_three_hundred, ("时间已满",)),
    "two trips at once": Odd(_two_trips_at_once, ("张敏、王磊 12-09 至 12-11还在另一次外出“珠三角小分队”里",), 1),
    "Japan": Odd(_japan, ("日本（按首都的标准时间，不算夏令时）比国内早 1 小时", "出境一程没有订票时按 8 小时估算"), 1),
    "a country nobody knows": Odd(_unknown_country, ("不知道云上国的时差",)),
    "people in the bin": Odd(
        _in_the_bin,
        ("一队的张敏在回收站里，请换人或先恢复", "青禾0新材料有限公司在回收站里，请取消这次拜访或先恢复"),
        2,
    ),
    "too short a time": Odd(_no_time_left, ("对方给的时间（周二 09:00–10:00）最长 1 小时，要谈 1 小时 30 分",), 0),
    "times in another week": Odd(_another_week, ("对方给的时间（12月20日）都不在这次行程的日子里",), 0),
}
