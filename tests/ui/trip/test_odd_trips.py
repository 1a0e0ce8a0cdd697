"""The window answers every odd trip beside the days, and can be used on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from tests.odd_trips import ODD, two_appointments_at_once, two_days_away
from zhaoshang_desktop.actions.trip import plan_trip
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.today import TodayStep


@pytest.mark.parametrize("name", list(ODD))
def test_an_odd_trip_is_answered_on_the_screen(
    name: str, open_window: Callable[[Office], MainWindow], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning_job, "SECONDS", 0.3)
    odd = ODD[name]
    trip = odd.make(office)
    page = open_window(office).go("trips")
    assert isinstance(page, TripPage)
    page.show_record(trip, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    step.plan()
    said = "\n".join(step.findings.texts())
    for words in odd.said:
        assert words in said
    if odd.placed >= 0:
        assert len(step.timeline.picture.visits) == odd.placed
    wrong = step.findings.findChildren(QLabel)
    assert ("处需要处理" in step.status()) == any("处需要处理" in one.text() for one in wrong)
    page.view.go("purpose")
    assert page.view.step.KEY == "purpose"


def test_a_way_of_two_days_is_interrupted_on_the_timeline_and_no_way_home_on_the_page_of_its_first_day(
    open_window: Callable[[Office], MainWindow], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning_job, "SECONDS", 0.3)
    trip = two_days_away(office)
    page = open_window(office).go("trips")
    assert isinstance(page, TripPage)
    page.show_record(trip, "schedule")
    days = page.view.step
    assert isinstance(days, ScheduleStep)
    days.plan()
    blocks = days.timeline.picture.blocks
    assert [block.head for block in blocks].count("宿 途中") == 2
    assert sum("次日接着走" in "".join(block.lines) for block in blocks) == 2
    page.view.go("today")
    today = page.view.step
    assert isinstance(today, TodayStep)
    today.days.itemAt(0).widget().click()  # type: ignore[union-attr]
    assert today.way.text().startswith("路上：")
    assert "次日接着去嘉兴" in today.way.text()


def test_an_appointment_without_a_place_is_still_told_when_the_trip_is_opened_another_day(
    open_window: Callable[[Office], MainWindow], office: Office
) -> None:
    trip = two_appointments_at_once(office)
    plan_trip(office, trip, iterations=60)
    page = open_window(office).go("trips")
    assert isinstance(page, TripPage)
    page.show_record(trip, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    said = "\n".join(step.findings.texts())
    assert "已约定，却没有排上" in said
    assert "（已约定）排不到一起" in said
    assert "没有冲突" not in said
    assert "1 处需要处理" in step.status()
