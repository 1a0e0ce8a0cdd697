"""Two clerks at one trip at the same moment, on a real server over connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, move_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import calendar_of, load_trip
from zhaoshang_desktop.actions.trip_draft import as_it_stands, planned, relaid, store
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

MONDAY = date(2026, 12, 7)
CITIES = ("320200", "320500", "310000", "330100", "330700", "330200")
ROUNDS = 5


@pytest.fixture
def pair(postgres_database: str) -> Iterator[tuple[Office, Office]]:
    clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    one = create_office(postgres_database, name="清岚县投资促进局", actor="张敏", clock=clock)
    other = open_office(postgres_database, actor="王磊", clock=clock)
    yield one, other
    other.close()
    one.close()


@pytest.fixture
def trip(pair: tuple[Office, Office]) -> int:
    """Six firms, two teams, five days, planned."""
    office = pair[0]
    with office.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        members = [tx.save(Member(unit=unit.id, name=name)) for name in ("张敏", "王磊", "李想", "陈燕")]
        firms = [tx.save(Investor(name=f"青禾{n}新材料有限公司", place=city)) for n, city in enumerate(CITIES)]
    teams = tuple(TeamWish(f"{n}队", (one.id, other.id)) for n, one, other in ((1, *members[:2]), (2, *members[2:])))
    targets = tuple(TargetWish(one.id) for one in firms)
    wish = TripWish("对接新材料链", MONDAY, MONDAY + timedelta(days=4), "371300", targets=targets, teams=teams)
    key, _ = new_trip(office, wish)
    plan_trip(office, key, iterations=100)
    return key


def together(*acts: Callable[[], object]) -> list[object]:
    """What each came to when all began at once: what it gave, or why it was refused."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except KnownError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ways_are_right(office: Office, trip: int) -> bool:
    """Are the ways those between the visits as they stand, each of them once?"""
    book = load_trip(office, trip)
    draft = as_it_stands(book, calendar_of(office))
    there, wanted = (
        sorted((leg.team, leg.day or MONDAY, leg.origin, leg.destination) for leg in one.legs)
        for one in (book, relaid(book, draft.problem, draft.plan))
    )
    return there == wanted


def test_of_two_plans_of_one_trip_that_are_stored_at_once_one_is_refused(
    pair: tuple[Office, Office], trip: int
) -> None:
    for round_ in range(ROUNDS):
        drafts = [
            planned(load_trip(office, trip), calendar_of(office), iterations=60, seed=2 * round_ + n)
            for n, office in enumerate(pair)
        ]
        came = together(*(partial(store, office, draft, "排程") for office, draft in zip(pair, drafts, strict=True)))
        refused = [str(one) for one in came if isinstance(one, KnownError)]
        assert len(refused) == 1
        assert "刚刚被别人改过" in refused[0]
        kept = drafts[0] if isinstance(came[1], KnownError) else drafts[1]
        now = {visit.id: (visit.team, visit.day, visit.start) for visit in load_trip(pair[0], trip).visits}
        assert now == {visit.id: (visit.team, visit.day, visit.start) for visit in kept.book.visits}
        assert ways_are_right(pair[0], trip)
    assert check(pair[0]).wrong == []


def test_two_visits_of_one_trip_moved_at_once_leave_each_way_once(pair: tuple[Office, Office], trip: int) -> None:
    first, second = (visit.id for visit in load_trip(pair[0], trip).visits[:2])
    teams = load_trip(pair[0], trip).teams
    for round_ in range(ROUNDS):
        day = MONDAY + timedelta(days=round_ % 5)
        came = together(
            partial(move_visit, pair[0], first, teams[0].id, day, 9 * 60 + round_),
            partial(move_visit, pair[1], second, teams[1].id, day, 14 * 60 + round_),
        )
        now = {visit.id: (visit.day, visit.start) for visit in load_trip(pair[0], trip).visits}
        for done, visit, start in zip(came, (first, second), (9 * 60, 14 * 60), strict=True):
            if isinstance(done, KnownError):
                assert "刚刚被别人改过" in str(done)
            else:
                assert now[visit] == (day, start + round_)
        assert ways_are_right(pair[0], trip)
    assert check(pair[0]).wrong == []


def test_a_visit_moved_while_a_plan_is_stored_is_refused_or_the_plan_is(pair: tuple[Office, Office], trip: int) -> None:
    teams = load_trip(pair[0], trip).teams
    for round_ in range(ROUNDS):
        draft = planned(load_trip(pair[0], trip), calendar_of(pair[0]), iterations=60, seed=round_)
        visit = next(one for one in draft.book.visits if not one.pinned)
        together(
            partial(store, pair[0], draft, "排程"),
            partial(move_visit, pair[1], visit.id, teams[0].id, MONDAY + timedelta(days=round_), 9 * 60),
        )
        assert ways_are_right(pair[0], trip)
    assert check(pair[0]).wrong == []
