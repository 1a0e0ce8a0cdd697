"""A trip with 30 visits in an office of 100,000 investors: how long each step takes to appear, and the first plan."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.bench.measures import measure
from tests.bench.search import fill
from tests.bench.window import pause, wait
from zhaoshang_desktop.actions.office import SHIPPED
from zhaoshang_desktop.actions.replan import Upset, replan
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.app import dress
from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.trip_view import STEPS
from zhaoshang_desktop.ui.worker import Worker

VISITS, ROUNDS, PLANS, SETTLE_MS = 30, 5, 3, 700


@measure("trip.page_slowest_ms_100k", bar=100, unit="ms")
@measure("trip.page_first_time_slowest_ms_100k", unit="ms")
@measure("trip.first_plan_shown_ms", bar=1000, unit="ms")
@measure("trip.replan_slowest_ms", bar=1000, unit="ms")
def pages() -> dict[str, float]:
    """The median of each step's turns, the slowest step; from F5 to the first plan on the timeline; each
    visit called off an hour before, until the rest is planned anew, the slowest."""
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        office = create_office(Path(folder) / "many.office", name="清岚县投资促进局")
        fill(office)
        trip = _trip(office)
        app = QApplication.instance() or QApplication(["zhaoshang", "-style", "Fusion"])
        assert isinstance(app, QApplication)
        dress(app, Settings())
        window = MainWindow(Settings())
        window.resize(1366, 768)
        window.show()
        window.set_office(office, Worker(office), Reader(office))
        pause(SETTLE_MS)
        page = window.go("trips")
        assert isinstance(page, TripPage)
        page.show_record(trip, "purpose")
        pause(SETTLE_MS)
        first = [appears(page, step.KEY) for step in STEPS]
        times = {step.KEY: [appears(page, step.KEY) for _ in range(ROUNDS)] for step in STEPS}
        plans = [_first_plan(page) for _ in range(PLANS)]
        replans = [_replanned(office, trip, visit) for visit in load_trip(office, trip).visits if visit.day]
        window.close()
        office.close()
    for key, taken in times.items():
        print(f"{key}: {statistics.median(taken):.0f} ms", file=sys.stderr)
    return {
        "trip.page_slowest_ms_100k": max(statistics.median(taken) for taken in times.values()),
        "trip.page_first_time_slowest_ms_100k": max(first),
        "trip.first_plan_shown_ms": statistics.median(plans),
        "trip.replan_slowest_ms": max(replans),
    }


def _trip(office: Office) -> int:
    """Two teams of two, five days, 30 visits, planned."""
    with office.transaction("准备") as tx:
        tx.save_all([one for record, table in SHIPPED for one in reference.records(record, table)])
        unit = tx.save(Unit(name="投资促进局"))
        people = [tx.save(Member(unit=unit.id, name=name)).id for name in ("张敏", "王磊", "李想", "陈燕")]
    hosts = office.first_ids(Query(Investor, order=("id",)), VISITS)
    teams = (TeamWish("一队", tuple(people[:2])), TeamWish("二队", tuple(people[2:]), mode="高铁"))
    targets = tuple(TargetWish(host, minutes=60) for host in hosts)
    wish = TripWish("走访", date(2026, 12, 7), date(2026, 12, 11), "320900", targets=targets, teams=teams)
    trip, _ = new_trip(office, wish)
    plan_trip(office, trip, seconds=1)
    return trip


def appears(page: TripPage | ReceptionPage, key: str) -> float:
    """From the click to the painted step, in ms."""
    start = time.perf_counter()
    page.view.go(key)
    page.view.step.repaint()
    taken = (time.perf_counter() - start) * 1000
    pause(SETTLE_MS)
    return taken


def _first_plan(page: TripPage) -> float:
    """From F5 to the first plan on the timeline, in ms."""
    page.view.go("schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    there: list[float] = []

    def stamp(_draft: object) -> None:
        there.append(time.perf_counter())

    step.found.connect(stamp)
    start = time.perf_counter()
    wait(step.found, step.plan)
    while step.planning.isVisible():
        pause(SETTLE_MS)
    step.found.disconnect(stamp)
    return (there[0] - start) * 1000


def _replanned(office: Office, trip: int, visit: Visit) -> float:
    """What the window asks for when a host calls off, in ms."""
    assert visit.day is not None
    minutes = max(0, (visit.start or 0) - 60)
    at = datetime(visit.day.year, visit.day.month, visit.day.day, minutes // 60, minutes % 60, tzinfo=SHANGHAI)
    start = time.perf_counter()
    replan(office, trip, Upset("cancel", visit.id), at)
    return (time.perf_counter() - start) * 1000
