"""What a visit asks for: typed in the list and in its own window, kept, shown, and undone in one step."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.test_tab_order import stops
from tests.ui.trip.conftest import visit_of
from zhaoshang_desktop.domain.meeting_times import read_times, write_times
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.chosen_table import MINUTES, PRIORITY, WINDOWS
from zhaoshang_desktop.ui.trip.minutes_box import MinutesBox
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.visit_dialog import VisitDialog


@pytest.fixture
def step(page: TripPage, planned: int) -> TargetsStep:
    page.show_record(planned, "targets")
    step = page.view.step
    assert isinstance(step, TargetsStep)
    return step


def cell(step: TargetsStep, visit: int, column: int) -> str:
    row = [one.id for one in step.chosen.rows.visits].index(visit)
    return str(step.chosen.rows.index(row, column).data())


def write_cell(step: TargetsStep, visit: int, column: int, text: str) -> None:
    """Open the cell's editor, put the text there, and leave it by Enter."""
    table = step.chosen
    row = [one.id for one in table.rows.visits].index(visit)
    index = table.rows.index(row, column)
    delegate = table.itemDelegate()
    editor = delegate.createEditor(table.viewport(), None, index)  # type: ignore[arg-type]
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    elif isinstance(editor, MinutesBox):
        editor.setEditText(text)
    else:
        editor.setCurrentText(text)  # type: ignore[attr-defined]
    delegate.setModelData(editor, table.rows, index)
    editor.deleteLater()


def dialog_of(step: TargetsStep, visit: int) -> VisitDialog:
    step.edit(visit)
    return next(one for one in step.findChildren(VisitDialog) if one.isVisible())


def test_tab_goes_down_the_window_of_a_visit(step: TargetsStep, office: Office, planned: int) -> None:
    dialog = dialog_of(step, visit_of(office, planned, "临浦").id)
    told = [dialog.ui.team, dialog.ui.day, dialog.minutes, dialog.ui.windows, dialog.apart.line, dialog.ui.must]
    told += [dialog.ui.address, dialog.ui.save, dialog.ui.cancel]
    assert [one for one in stops(dialog, dialog.ui.team) if one in told] == told


def test_times_are_typed_in_the_list_and_shown_as_they_are_kept(
    step: TargetsStep, office: Office, planned: int
) -> None:
    visit = visit_of(office, planned, "临浦")
    write_cell(step, visit.id, WINDOWS, "周二、周四上午")
    assert write_times(visit_of(office, planned, "临浦").windows) == "周二上午；周四上午"
    assert cell(step, visit.id, WINDOWS) == "周二上午；周四上午"
    write_cell(step, visit.id, PRIORITY, "高")
    assert visit_of(office, planned, "临浦").priority == "高"


def test_times_nobody_understands_are_said_and_nothing_is_changed(
    step: TargetsStep, page: TripPage, office: Office, planned: int
) -> None:
    said: list[str] = []
    page.desk.said.connect(lambda words, batch: said.append(words))
    visit = visit_of(office, planned, "临浦")
    write_cell(step, visit.id, WINDOWS, "9-11")
    write_cell(step, visit.id, MINUTES, "0")
    assert visit_of(office, planned, "临浦").version == visit.version
    assert "分不清" in said[0]
    assert "至少 5 分钟" in said[1]


def test_hours_are_minutes_and_twenty_of_them_are_kept_as_typed(
    step: TargetsStep, office: Office, planned: int
) -> None:
    visit = visit_of(office, planned, "临浦")
    for typed, minutes in (("1.5小时", 90), ("一个半小时", 90), ("2小时15分", 135), ("20小时", 1200), ("40", 40)):
        write_cell(step, visit.id, MINUTES, typed)
        assert visit_of(office, planned, "临浦").minutes == minutes


def test_all_wishes_of_a_visit_are_one_change(step: TargetsStep, page: TripPage, office: Office, planned: int) -> None:
    visit, other = visit_of(office, planned, "临浦"), visit_of(office, planned, "青禾")
    before = len(office.batches(100))
    dialog = dialog_of(step, visit.id)
    dialog.ui.windows.setFocus()
    QTest.keyClicks(dialog.ui.windows, "")
    dialog.ui.windows.setText("周三 14:00-16:00")
    dialog.ui.windows.textEdited.emit("周三 14:00-16:00")
    assert "周三 12-09" in dialog.ui.windowsNote.text()
    dialog.apart.line.setText("青禾")
    dialog.ui.priority.setCurrentIndex(dialog.ui.priority.findData("高"))
    dialog.ui.day.setCurrentIndex(3)
    dialog.ui.day.activated.emit(3)
    dialog.ui.start.setText("14:30")
    dialog.ui.save.click()
    stored = visit_of(office, planned, "临浦")
    assert stored.windows == read_times("周三 14:00–16:00")
    assert (stored.apart, stored.priority, stored.start, stored.pinned) == ((other.id,), "高", 870, True)
    assert len(office.batches(100)) == before + 1
    page.window().call("undo")  # type: ignore[attr-defined]
    back = visit_of(office, planned, "临浦")
    assert (back.windows, back.apart, back.priority, back.start) == ((), (), "", visit.start)


def test_the_window_of_a_visit_stays_open_on_what_cannot_be_meant(
    step: TargetsStep, office: Office, planned: int
) -> None:
    visit = visit_of(office, planned, "临浦")
    dialog = dialog_of(step, visit.id)
    dialog.minutes.setEditText("0")
    dialog.ui.save.click()
    assert "至少" in dialog.ui.minutesNote.text()
    dialog.minutes.setEditText("90")
    dialog.ui.windows.setText("周二 2-4")
    dialog.ui.save.click()
    dialog.ui.windows.setText("周二下午")
    dialog.apart.line.setText("没有这家")
    dialog.ui.save.click()
    assert "没有“没有这家”" in dialog.ui.windowsNote.text()
    assert dialog.isVisible()
    assert visit_of(office, planned, "临浦").version == visit.version
    dialog.reject()
