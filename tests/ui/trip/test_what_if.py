"""假如: two plans side by side, nothing stored until one is taken, and that undone in one step."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from PySide6.QtWidgets import QCheckBox

from tests.ui.trip.conftest import book_of, visit_of
from zhaoshang_desktop.actions.trip import move_visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.what_if_dialog import WhatIfDialog


@pytest.fixture
def step(page: TripPage, planned: int, monkeypatch: pytest.MonkeyPatch) -> ScheduleStep:
    monkeypatch.setattr(planning_job, "SECONDS", 0.2)
    page.show_record(planned, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    return step


def opened(step: ScheduleStep) -> WhatIfDialog:
    step.handlers()["what_if"]()
    return next(one for one in step.findChildren(WhatIfDialog) if one.isVisible())


def untick(dialog: WhatIfDialog, visit: int) -> None:
    row = [one.id for one in dialog._rows].index(visit)
    tick = dialog.visits.cellWidget(row, 0)
    assert isinstance(tick, QCheckBox)
    tick.setChecked(False)


def test_without_a_visit_the_trip_is_compared_and_nothing_is_stored(
    step: ScheduleStep, office: Office, planned: int
) -> None:
    before = len(office.batches(100))
    gone = visit_of(office, planned, "临浦")
    dialog = opened(step)
    untick(dialog, gone.id)
    dialog.try_it()
    assert dialog.comparison is not None
    now, then = dialog.comparison.looks
    assert (len(now.seen), len(then.seen)) == (4, 3)
    assert "见不到了：临浦" in dialog.said.text()
    assert then.road_minutes <= now.road_minutes
    assert gone.id not in {block.visit for block in dialog.days[1].picture.blocks}
    assert gone.id in {block.visit for block in dialog.days[0].picture.blocks}
    assert all(any(block.head.startswith("宿") for block in days.picture.blocks) for days in dialog.days)
    dialog.keep.click()
    assert len(office.batches(100)) == before
    assert visit_of(office, planned, "临浦").state == "已排"


def test_every_number_of_the_comparison_is_shown_to_its_end(step: ScheduleStep, office: Office, planned: int) -> None:
    dialog = opened(step)
    untick(dialog, visit_of(office, planned, "临浦").id)
    dialog.try_it()
    table = dialog.table
    for row, column in product(range(table.rowCount()), range(table.columnCount())):
        item = table.item(row, column)
        assert item is not None
        assert table.fontMetrics().horizontalAdvance(item.text()) + 16 <= table.columnWidth(column), item.text()


def test_the_other_plan_is_taken_as_one_change_and_undone_as_one(
    step: ScheduleStep, page: TripPage, office: Office, planned: int
) -> None:
    gone = visit_of(office, planned, "临浦")
    before, plan = len(office.batches(100)), [(v.id, v.team, v.day, v.start) for v in book_of(office, planned).visits]
    dialog = opened(step)
    untick(dialog, gone.id)
    dialog.end.put(date(2026, 12, 10))
    dialog.try_it()
    assert dialog.comparison is not None
    would = {(v.id, v.team, v.day, v.start) for v in dialog.comparison.then.book.visits}
    dialog.taken.click()
    book = book_of(office, planned)
    assert len(office.batches(100)) == before + 1
    assert {(v.id, v.team, v.day, v.start) for v in book.visits} == would
    assert (visit_of(office, planned, "临浦").state, book.trip.end) == ("取消", date(2026, 12, 10))
    page.window().call("undo")  # type: ignore[attr-defined]
    book = book_of(office, planned)
    assert [(v.id, v.team, v.day, v.start) for v in book.visits] == plan
    assert (visit_of(office, planned, "临浦").state, book.trip.end) == ("已排", date(2026, 12, 11))


def test_a_visit_may_be_given_to_the_other_team(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    other = next(team for team in book_of(office, planned).teams if team.id != visit.team)
    dialog = opened(step)
    row = [one.id for one in dialog._rows].index(visit.id)
    who = dialog.visits.cellWidget(row, 1)
    who.setCurrentIndex(who.findData(other.id))  # type: ignore[union-attr]
    dialog.try_it()
    dialog.taken.click()
    stored = visit_of(office, planned, "临浦")
    assert (stored.team, stored.only_team) == (other.id, other.id)


def test_dates_that_make_no_trip_are_said_in_the_window(step: ScheduleStep, office: Office, planned: int) -> None:
    dialog = opened(step)
    dialog.end.put(date(2026, 12, 1))
    dialog.try_it()
    assert "早于" in dialog.said.text()
    assert not dialog.taken.isEnabled()
    dialog.end.put(date(2026, 12, 11))
    dialog.try_it()
    assert dialog.taken.isEnabled()


def test_what_somebody_changed_meanwhile_is_not_overwritten(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    dialog = opened(step)
    dialog.try_it()
    move_visit(office, visit.id, visit.team, date(2026, 12, 11), 14 * 60)
    dialog.taken.click()
    assert dialog.isVisible()
    assert visit_of(office, planned, "临浦").day == date(2026, 12, 11)
    dialog.reject()


def test_pins_are_kept_unless_they_may_move(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    move_visit(office, visit.id, visit.team, date(2026, 12, 11), 14 * 60)
    dialog = opened(step)
    dialog.try_it()
    assert dialog.comparison is not None
    kept = next(one for one in dialog.comparison.then.book.visits if one.id == visit.id)
    assert (kept.day, kept.start, kept.pinned) == (date(2026, 12, 11), 14 * 60, True)
    dialog.unpin.setChecked(True)
    dialog.try_it()
    free = next(one for one in dialog.comparison.then.book.visits if one.id == visit.id)
    assert free.pinned is None
    dialog.reject()
