"""A reception with forty guests in an office of 100,000 investors: how long each section takes to appear."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.bench.measures import measure
from tests.bench.search import fill
from tests.bench.trip_pages import ROUNDS, SETTLE_MS, appears
from tests.bench.window import pause
from zhaoshang_desktop.actions.reception import ReceptionWish, new_reception
from zhaoshang_desktop.app import dress
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING,
    INVESTING_MEAL,
    OURS,
    Reception,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.view import SECTIONS
from zhaoshang_desktop.ui.worker import Worker

GUESTS = 40
AHEAD_MS = 5_000
"""Time enough for all sections to be made while nobody waits."""
DAY = date(2026, 12, 8)


@measure("reception.page_slowest_ms_100k", bar=100, unit="ms")
@measure("reception.page_first_time_slowest_ms_100k", bar=100, unit="ms")
def pages() -> dict[str, float]:
    """The slowest section: when it is looked at for the first time, and by the median of its later turns."""
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        office = create_office(Path(folder) / "many.office", name="清岚县投资促进局")
        fill(office)
        reception = _reception(office)
        app = QApplication.instance() or QApplication(["zhaoshang", "-style", "Fusion"])
        assert isinstance(app, QApplication)
        dress(app, Settings())
        window = MainWindow(Settings())
        window.resize(1366, 768)
        window.show()
        window.set_office(office, Worker(office), Reader(office))
        pause(SETTLE_MS)
        page = window.go("receptions")
        assert isinstance(page, ReceptionPage)
        page.show_record(reception)
        pause(AHEAD_MS)
        first = {section.KEY: appears(page, section.KEY) for section in SECTIONS}
        later = {one.KEY: statistics.median(appears(page, one.KEY) for _ in range(ROUNDS)) for one in SECTIONS}
        window.close()
        office.close()
    for key, taken in later.items():
        print(f"{key}: {first[key]:.0f} ms, then {taken:.0f} ms", file=sys.stderr)
    return {
        "reception.page_slowest_ms_100k": max(later.values()),
        "reception.page_first_time_slowest_ms_100k": max(first.values()),
    }


def _reception(office: Office) -> int:
    """Forty guests, ten of ours, two days."""
    sides = [GUEST] * GUESTS + [OURS] * (GUESTS // 4)
    wish = ReceptionWish(
        Reception(name="考察团来访", kind=INVESTING, start=DAY, end=DAY + timedelta(days=1)),
        items=[ReceptionItem(day=DAY, start=8 * 60 + 30 * n, what=f"第 {n + 1} 站") for n in range(20)],
        people=[ReceptionPerson(side=side, name=f"某{n}", unit="某公司") for n, side in enumerate(sides)],
        meals=[ReceptionMeal(day=DAY + timedelta(days=n // 3), kind=INVESTING_MEAL) for n in range(6)],
    )
    return new_reception(office, wish)[0]
