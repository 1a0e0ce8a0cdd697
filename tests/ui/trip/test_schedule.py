"""日程: planning, dragging, the keyboard, what was left out, what clashes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import NINE, TEN, TWO, Stock, book_of, visit_of, write
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import TargetWish, add_targets, move_visit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip import planning_job
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.unplaced import Unplaced
from zhaoshang_desktop.ui.trip.visit_dialog import VisitDialog


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six meetings are planned long before two seconds are over."""
    monkeypatch.setattr(planning_job, "SECONDS", 0.2)


def opened(page: TripPage, trip: int) -> ScheduleStep:
    page.show_record(trip, "schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    return step


@pytest.fixture
def step(page: TripPage, planned: int) -> ScheduleStep:
    return opened(page, planned)


def drag(step: ScheduleStep, visit: int, column: int, start: int) -> None:
    """Take a meeting near its top and let it fall at another column and hour."""
    timeline = step.timeline
    timeline.choose(visit)
    rect = timeline.rect_of(visit)
    scale = timeline.scale
    scroll = QPointF(timeline.horizontalScrollBar().value(), timeline.verticalScrollBar().value())
    taken = QPointF(rect.center().x(), rect.top() + 6)
    goal = QPointF(scale.x(column) + scale.column_width / 2, scale.y(start) + 6) - scroll
    view = timeline.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=taken.toPoint())
    QTest.mouseMove(view, (taken + QPointF(0, 20)).toPoint())
    QTest.mouseMove(view, goal.toPoint())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=goal.toPoint())


def send_drag(step: ScheduleStep, label: Unplaced, at: QPointF) -> QMimeData:
    """What Qt sends while the hand carries a visit from below over the days."""
    data, move, left = label.carried(), Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    view = step.timeline.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(at.toPoint(), move, data, left, none))
    QApplication.sendEvent(view, QDragMoveEvent(at.toPoint(), move, data, left, none))
    return data


def carry(step: ScheduleStep, label: Unplaced, column: int, start: int) -> None:
    """Drag a visit from below to a column and an hour."""
    scale = step.timeline.scale
    goal = QPointF(scale.x(column) + scale.column_width / 2, scale.y(start) + 1)
    data = send_drag(step, label, goal)
    drop = QDropEvent(goal, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(step.timeline.viewport(), drop)


def test_an_unplanned_trip_offers_to_plan_and_f5_does(page: TripPage, office: Office, trip: int) -> None:
    step = opened(page, trip)
    assert step.empty.button.text() == "排日程"
    page.window().call("reload")  # type: ignore[attr-defined]
    book = book_of(office, trip)
    assert {visit.state for visit in book.visits} == {"已排"}
    assert visit_of(office, trip, "华澄").start == 9 * 60 + 30
    assert len(step.timeline.picture.visits) == 4
    assert "安排 4 / 4 家" in page.status()


def test_a_server_that_comes_back_plans_nothing(page: TripPage, office: Office, trip: int) -> None:
    opened(page, trip)
    page.window().reach.come_back()  # type: ignore[attr-defined]
    assert {visit.state for visit in book_of(office, trip).visits} == {"待排"}


def test_without_teams_or_targets_one_is_led_to_the_step_that_lacks(page: TripPage) -> None:
    page.new()
    page.view.go("schedule")
    step = page.view.step
    assert isinstance(step, ScheduleStep)
    step.empty.button.click()
    assert page.view.step.KEY == "targets"


def test_a_dragged_meeting_is_pinned_where_it_was_put(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    drag(step, visit.id, 9, TWO)
    stored = visit_of(office, planned, "临浦")
    assert (stored.day, stored.start, stored.pinned) == (date(2026, 12, 11), TWO, True)
    assert stored.team == book_of(office, planned).teams[1].id
    block = step.timeline.picture.block(visit.id)
    assert block is not None
    assert block.pinned


def test_undo_puts_a_dragged_meeting_back(step: ScheduleStep, page: TripPage, office: Office, planned: int) -> None:
    before = visit_of(office, planned, "临浦")
    drag(step, before.id, 9, TWO)
    page.window().call("undo")  # type: ignore[attr-defined]
    after = visit_of(office, planned, "临浦")
    assert (after.day, after.start, after.pinned) == (before.day, before.start, None)
    block = step.timeline.picture.block(before.id)
    assert block is not None
    assert block.start == before.start


def test_a_click_without_moving_moves_nothing(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    centre = step.timeline.rect_of(visit.id).center().toPoint()
    QTest.mouseClick(step.timeline.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert visit_of(office, planned, "临浦").version == visit.version
    assert step.timeline.current == visit.id


def test_escape_lets_a_meeting_in_the_hand_go(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    rect = step.timeline.rect_of(visit.id)
    view = step.timeline.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    QTest.mouseMove(view, (rect.center() + QPointF(300, 60)).toPoint())
    QTest.keyClick(step.timeline, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=(rect.center() + QPointF(300, 60)).toPoint())
    assert visit_of(office, planned, "临浦").version == visit.version


def test_alt_and_arrows_move_by_a_quarter_and_are_stored_once(
    step: ScheduleStep, office: Office, planned: int, qtbot: QtBot
) -> None:
    visit = visit_of(office, planned, "临浦")
    assert visit.start is not None
    step.timeline.choose(visit.id)
    before = len(office.batches(100))
    for _ in range(3):
        QTest.keyClick(step.timeline, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(visit_of(office, planned, "临浦").pinned))
    assert visit_of(office, planned, "临浦").start == visit.start + 45
    assert len(office.batches(100)) == before + 1


def test_alt_and_a_side_arrow_give_a_meeting_to_the_other_team(
    step: ScheduleStep, office: Office, planned: int
) -> None:
    visit = visit_of(office, planned, "临浦")
    other = next(team.id for team in book_of(office, planned).teams if team.id != visit.team)
    step.timeline.choose(visit.id)
    block = step.timeline.picture.block(visit.id)
    assert block is not None
    key = Qt.Key.Key_Right if block.column % 2 == 0 else Qt.Key.Key_Left
    QTest.keyClick(step.timeline, key, Qt.KeyboardModifier.AltModifier)
    step.timeline.commit()
    stored = visit_of(office, planned, "临浦")
    assert (stored.team, stored.day, stored.start) == (other, visit.day, visit.start)


def test_arrows_walk_from_meeting_to_meeting(step: ScheduleStep) -> None:
    order = [block.visit for block in step.timeline.picture.visits]
    step.timeline.choose(order[0])
    for _ in order:
        QTest.keyClick(step.timeline, Qt.Key.Key_Down)
    assert step.timeline.current == order[-1]
    QTest.keyClick(step.timeline, Qt.Key.Key_Up)
    assert step.timeline.current == order[-2]


def test_replanning_moves_the_rest_and_leaves_the_pinned(
    step: ScheduleStep, page: TripPage, office: Office, planned: int
) -> None:
    drag(step, visit_of(office, planned, "临浦").id, 8, TWO)
    page.window().call("reload")  # type: ignore[attr-defined]
    pinned, fixed = visit_of(office, planned, "临浦"), visit_of(office, planned, "华澄")
    assert (pinned.day, pinned.start) == (date(2026, 12, 11), TWO)
    assert (fixed.day, fixed.start) == (date(2026, 12, 8), 9 * 60 + 30)


def test_a_clash_is_said_below_with_ways_out(step: ScheduleStep, page: TripPage, office: Office, planned: int) -> None:
    fixed, moved = visit_of(office, planned, "华澄"), visit_of(office, planned, "青禾")
    columns = step.timeline.picture.columns
    column = next(n for n, c in enumerate(columns) if c.day == fixed.day and c.team == fixed.team)
    drag(step, moved.id, column, TEN)
    assert step.sight is not None
    assert step.sight.clashes
    assert any("处需要处理" in text for text in step.findings.texts())
    assert "处需要处理" in page.status()
    step.findings.button("不再钉住青禾新材料股份有限公司，重新安排").click()
    assert visit_of(office, planned, "青禾").pinned is None
    assert step.sight.clashes == ()


def test_what_is_left_out_says_why_and_a_button_lets_it_in(
    page: TripPage, office: Office, planned: int, stock: Stock
) -> None:
    wish = TargetWish(stock.hosts["江南特种新材料研究院"], minutes=400)
    add_targets(office, planned, [wish])
    step = opened(page, planned)
    step.plan()
    texts = step.findings.texts()
    assert any(text.startswith("江南特种新材料研究院：要谈 6 小时 40 分") for text in texts)
    button = next(b for b in step.findings._helps if b.text().startswith("缩短到"))
    button.click()
    assert visit_of(office, planned, "江南").state == "已排"
    assert not any("没排上" in text for text in step.findings.texts())


def test_a_visit_that_found_no_place_is_dragged_onto_the_days(
    page: TripPage, office: Office, planned: int, stock: Stock
) -> None:
    add_targets(office, planned, [TargetWish(stock.hosts["江南特种新材料研究院"], minutes=60)])
    step = opened(page, planned)
    (label,) = step.findings.findChildren(Unplaced)
    carry(step, label, 9, TWO)
    visit = visit_of(office, planned, "江南")
    column = step.timeline.picture.columns[9]
    assert (visit.state, visit.pinned, visit.team, visit.day, visit.start) == (
        "已排",
        True,
        column.team,
        column.day,
        TWO,
    )
    assert step.timeline.picture.block(visit.id) is not None
    assert not step.findings.findChildren(Unplaced)


def test_a_visit_carried_off_the_days_stays_without_a_place(
    page: TripPage, office: Office, planned: int, stock: Stock
) -> None:
    add_targets(office, planned, [TargetWish(stock.hosts["江南特种新材料研究院"], minutes=60)])
    step = opened(page, planned)
    (label,) = step.findings.findChildren(Unplaced)
    send_drag(step, label, QPointF(200, 200))
    QApplication.sendEvent(step.timeline.viewport(), QDragLeaveEvent())
    step.timeline.grab()
    assert visit_of(office, planned, "江南").state == "待排"


def test_del_calls_a_visit_off_and_its_time_is_free(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    step.timeline.choose(visit.id)
    QTest.keyClick(step.timeline, Qt.Key.Key_Delete)
    assert visit_of(office, planned, "太湖").state == "取消"
    assert step.timeline.picture.block(visit.id) is None


def test_the_dialog_moves_pins_and_keeps_the_other_fields(
    step: ScheduleStep, office: Office, planned: int, qtbot: QtBot
) -> None:
    visit = visit_of(office, planned, "太湖")
    step.timeline.choose(visit.id)
    QTest.keyClick(step.timeline, Qt.Key.Key_Return)
    dialog = step.findChild(VisitDialog)
    assert dialog is not None
    dialog.ui.day.setCurrentIndex(5)
    dialog.ui.team.setCurrentIndex(1)
    dialog.ui.start.selectAll()
    write(dialog.ui.start, "下午3点")
    assert dialog.ui.pinned.isChecked()
    dialog.ui.fixed.setChecked(True)
    dialog.minutes.put(45)
    dialog.ui.contacts.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.ui.save.click()
    stored = visit_of(office, planned, "太湖")
    assert (stored.day, stored.start, stored.minutes) == (date(2026, 12, 11), 15 * 60, 45)
    assert (stored.fixed, stored.pinned, len(stored.contacts)) == (True, True, 1)


def test_the_dialog_says_what_it_does_not_understand(step: ScheduleStep, office: Office, planned: int) -> None:
    step.edit(visit_of(office, planned, "太湖").id)
    dialog = step.findChild(VisitDialog)
    assert dialog is not None
    dialog.ui.start.setText("饭后")
    dialog.ui.save.click()
    assert dialog.isVisible()
    assert dialog.ui.startNote.text()
    dialog.reject()


def test_a_stopped_plan_leaves_the_trip_as_it_was(page: TripPage, office: Office, trip: int) -> None:
    step = opened(page, trip)
    step.tried.connect(step.back)
    step.plan()
    assert {visit.state for visit in book_of(office, trip).visits} == {"待排"}
    assert "没有改动" in page.window().notice.text  # type: ignore[attr-defined]


def test_planning_says_how_many_it_tried(page: TripPage, office: Office, trip: int) -> None:
    step = opened(page, trip)
    told: list[str] = []
    step.tried.connect(lambda tried, placed: told.append(step.planning.text))
    step.plan()
    assert told
    assert told[-1].startswith("正在安排：已试 ")


def test_a_contradiction_of_pins_is_answered_in_sentences(page: TripPage, office: Office, planned: int) -> None:
    team = book_of(office, planned).teams[0].id
    for host in ("青禾", "临浦", "太湖"):
        move_visit(office, visit_of(office, planned, host).id, team, date(2026, 12, 9), NINE)
    step = opened(page, planned)
    step.plan()
    assert any(text.startswith("这几项不能同时做到") for text in step.findings.texts())
    step.findings.button("改时间…")
    assert step.timeline.picture.visits


def test_a_visit_without_a_place_is_still_planned(page: TripPage, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    edit_record(office, Visit, visit.id, {"place": "", "address": ""}, visit.version)
    step = opened(page, planned)
    step.plan()
    assert step.timeline.picture.block(visit.id) is not None


def test_the_tip_tells_the_whole_of_a_block(step: ScheduleStep, office: Office, planned: int) -> None:
    block = step.timeline.picture.block(visit_of(office, planned, "华澄").id)
    assert block is not None
    assert "华澄新材料科技有限公司" in block.hint
    assert "已和对方约定" in block.hint


def test_what_was_held_cannot_be_dragged(page: TripPage, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    edit_record(office, Visit, visit.id, {"state": "已完成"}, visit.version)
    step = opened(page, planned)
    drag(step, visit.id, 9, TWO)
    assert visit_of(office, planned, "太湖").start == visit.start


def test_the_menu_pins_and_marks_as_agreed(step: ScheduleStep, office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    for name, field in (("不再钉住" if visit.pinned else "钉住", "pinned"), ("标为已约定", "fixed")):
        step._menu(visit.id, QPoint(100, 100))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        next(action for action in menu.actions() if action.text().split("\t")[0] == name).trigger()
        menu.close()
        assert getattr(visit_of(office, planned, "临浦"), field)


def test_the_dialog_is_gone_when_it_is_closed(step: ScheduleStep, office: Office, planned: int, qtbot: QtBot) -> None:
    step.edit(visit_of(office, planned, "太湖").id)
    dialog = step.findChild(VisitDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert step.findChild(VisitDialog) is None
