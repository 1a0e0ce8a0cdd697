"""An office with enough in it for a trip, and the page of trips on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from zhaoshang_desktop.actions.office import SHIPPED
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import TripBook, load_trip
from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip.page import TripPage

MONDAY = date(2026, 12, 7)
FRIDAY = date(2026, 12, 11)
NINE, TEN, TWO = 9 * 60, 10 * 60, 14 * 60
ITERATIONS = 60
"""Enough for six meetings, and the same plan on every machine."""

HOSTS = (
    ("青禾新材料股份有限公司", "320200", "新材料", "A"),
    ("华澄新材料科技有限公司", "320500", "新材料", "B"),
    ("临浦智能装备有限公司", "330100", "高端装备", "B"),
    ("太湖环保设备厂", "330500", "环保", "C"),
    ("江南特种新材料研究院", "320100", "新材料", "A"),
    ("沪东化工行业协会", "310100", "新材料", "B"),
)
PEOPLE = (
    ("张敏", ("谈判", "产业技术"), ("英语",)),
    ("王磊", ("环评能评",), ()),
    ("李想", ("谈判",), ("日语",)),
    ("陈燕", ("材料撰写",), ()),
    ("韩立诚", ("项目审批",), ()),
)


@dataclass
class Stock:
    """Who is in the office, by name; all of it invented."""

    hosts: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    expert: int = 0


@pytest.fixture
def stock(office: Office) -> Stock:
    """Six hosts around the lake, five of ours, one expert, and the office's tables."""
    found = Stock()
    with office.transaction("准备") as tx:
        tx.save_all([one for record, table in SHIPPED for one in reference.records(record, table)])
        unit = tx.save(Unit(name="投资促进局"))
        for name, skills, languages in PEOPLE:
            member = tx.save(Member(name=name, unit=unit.id, skills=skills, languages=languages))
            found.members[name] = member.id
        for number, (name, place, chain, level) in enumerate(HOSTS):
            owner = found.members["张敏"] if number == 0 else 0
            investor = tx.save(Investor(name=name, place=place, chain=chain, level=level, owner=owner))
            tx.save(
                Contact(investor=investor.id, name=f"周{number}", post="董事长", decides=True, mobile="13812342216")
            )
            found.hosts[name] = investor.id
        found.expert = tx.save(Expert(name="褚文博", employer="云帆大学", skills=("项目审批",))).id
    return found


@pytest.fixture
def page(open_window: Callable[[Office], MainWindow], office: Office, stock: Stock) -> Iterator[TripPage]:
    """外出 in front; whatever crashes behind the window fails the test."""
    window = open_window(office)
    crashes: list[Exception] = []
    window.desk.worker.crashed.connect(crashes.append)
    window.desk.reader.crashed.connect(crashes.append)
    found = window.go("trips")
    assert isinstance(found, TripPage)
    yield found
    assert crashes == []


@pytest.fixture
def trip(office: Office, stock: Stock) -> int:
    """A week with two teams and four hosts, one of them with an appointment; nothing is planned yet."""
    teams = (
        TeamWish("一队", (stock.members["张敏"], stock.members["王磊"])),
        TeamWish("二队", (stock.members["李想"], stock.members["陈燕"]), mode="高铁"),
    )
    hosts = list(stock.hosts.values())
    targets = (
        TargetWish(hosts[0], must=True),
        TargetWish(hosts[1], day=date(2026, 12, 8), start=9 * 60 + 30),
        TargetWish(hosts[2]),
        TargetWish(hosts[3], minutes=60),
    )
    wish = TripWish("走访新材料企业", MONDAY, FRIDAY, "320900", "长三角小分队", "新材料", targets, teams)
    return new_trip(office, wish)[0]


@pytest.fixture
def planned(office: Office, trip: int) -> int:
    """The same trip with its days."""
    plan_trip(office, trip, iterations=ITERATIONS)
    return trip


def visit_of(office: Office, trip: int, host: str) -> Visit:
    """The visit of a trip to a host, as it is stored."""
    book = load_trip(office, trip)
    return next(visit for visit in book.visits if host in book.investors[visit.investor].name)


def book_of(office: Office, trip: int) -> TripBook:
    """A trip as it is stored."""
    return load_trip(office, trip)


def write(widget: QWidget, text: str) -> None:
    """Type as an input method does, which is how Chinese gets into a field."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
