"""今日: the day on the road, by keyboard: who is next, log, add, cancel, replan, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import Stock, book_of, visit_of, write
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.replan_dialog import ReplanDialog
from zhaoshang_desktop.ui.trip.today import TodayStep
from zhaoshang_desktop.ui.trip.today_list import DATA
from zhaoshang_desktop.ui.trip.unplanned import UnplannedDialog
from zhaoshang_desktop.ui.worker import Worker

CTRL = Qt.KeyboardModifier.ControlModifier
TUESDAY_AT_EIGHT = datetime(2026, 12, 8, 8, 0, tzinfo=SHANGHAI)


@pytest.fixture
def step(qtbot: QtBot, settings: Settings, office: Office, planned: int) -> Iterator[TodayStep]:
    """Tuesday of the trip at eight, opened by F6 from wherever one is."""
    clock = FixedClock(TUESDAY_AT_EIGHT)
    window = MainWindow(settings, clock)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.set_office(office, Worker(office, AtOnce()), Reader(office, AtOnce()))
    window.call("today")
    page = window.stack.current
    assert isinstance(page, TripPage)
    found = page.view.step
    assert isinstance(found, TodayStep)
    yield found
    window.close()


def rows(step: TodayStep) -> list[str]:
    return [step.list.item(row).text() for row in range(step.list.count())]


def open_dialog(step: TodayStep, kind: type) -> object:
    return next(one for one in step.findChildren(kind) if one.isVisible())


def test_the_next_meeting_is_in_large_with_its_way_and_its_phone(step: TodayStep, office: Office, planned: int) -> None:
    assert step.found is not None
    first = step.found.next
    assert first is not None
    assert step.left.text().startswith("还有 ")
    assert first.name in step.who.text()
    assert "13812342216" in step.call.text()
    assert "迁移注册" in step.text.toPlainText()
    step.call.click()
    assert QGuiApplication.clipboard().text() == "13812342216"
    tuesday = [one for one in book_of(office, planned).visits if one.day == date(2026, 12, 8)]
    assert len(rows(step)) == len(tuesday)


def test_who_is_being_talked_to_is_not_called_the_next(step: TodayStep) -> None:
    assert step.found is not None
    first = step.found.next
    assert first is not None
    assert first.visit.start is not None
    hour, minute = divmod(first.visit.start + 10, 60)
    step.desk.clock = FixedClock(TUESDAY_AT_EIGHT.replace(hour=hour, minute=minute))
    step.handlers()["reload"]()
    said = [step.list.item(row).data(DATA)[1] for row in range(step.list.count()) if first.name in rows(step)[row]]
    assert all("正在谈" in words and "下一家" not in words for words in said)
    assert said


def test_another_day_is_a_click_away_and_a_team_is_too(step: TodayStep) -> None:
    step.days.itemAt(2).widget().click()  # type: ignore[union-attr]
    assert step.found is not None
    assert step.found.day == date(2026, 12, 9)
    step.groups.itemAt(0).widget().click()  # type: ignore[union-attr]
    assert {one.team for one in step.found.meetings} <= {"一队"}


def test_enter_opens_the_log_of_that_visit(step: TodayStep, office: Office) -> None:
    chosen = step._chosen
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    page = step.window().stack.current  # type: ignore[attr-defined]
    log = page.view.step
    assert isinstance(log, LogStep)
    assert log.form.visit is not None
    assert log.form.visit.id == chosen
    write(log.ui.said, "二期要看蒸汽价格。")
    QTest.keyClick(log.intention, Qt.Key.Key_B)
    for name, text in (("next_step", "寄园区图"), ("next_due", "下周三")):
        line = log.form.fields[name].editor.focusProxy()
        assert line is not None
        write(line, text)
    QTest.keyClick(log.ui.said, Qt.Key.Key_Return, CTRL)
    stored = office.get(Visit, chosen)
    assert (stored.state, stored.next_due) == ("已完成", date(2026, 12, 16))
    assert stored.contacts
    assert stored.host_rank == "董事长或总经理"
    page.view.go("today")
    assert "已记录 1 家" in step.status()


def test_a_boss_cancels_and_it_is_taken_and_undone(step: TodayStep, office: Office) -> None:
    chosen = step._chosen
    step._cancel()
    dialog = open_dialog(step, ReplanDialog)
    assert isinstance(dialog, ReplanDialog)
    assert dialog.found is not None
    assert "取消" in dialog.list.item(0).text()
    assert office.get(Visit, chosen).state == "已排"
    write(dialog.reason, "董事长临时出国")
    dialog.take.click()
    stored = office.get(Visit, chosen)
    assert (stored.state, stored.reason) == ("取消", "董事长临时出国")
    step.window().call("undo")  # type: ignore[attr-defined]
    assert office.get(Visit, chosen).state == "已排"


def test_a_visit_is_moved_to_an_hour_that_was_typed(step: TodayStep, office: Office) -> None:
    chosen = step._chosen
    step._move()
    dialog = open_dialog(step, ReplanDialog)
    assert isinstance(dialog, ReplanDialog)
    assert not dialog.take.isEnabled()
    QTest.keyClicks(dialog.to_day, "+1")
    QTest.keyClicks(dialog.to_hour, "16:00")
    assert dialog.found is not None
    dialog.only.click()
    stored = office.get(Visit, chosen)
    assert (stored.day, stored.start, stored.fixed) == (date(2026, 12, 9), 960, True)


def test_when_nothing_has_to_change_it_says_so(step: TodayStep) -> None:
    step.window().call("visit.replan")  # type: ignore[attr-defined]
    dialog = open_dialog(step, ReplanDialog)
    assert isinstance(dialog, ReplanDialog)
    assert "没有要变的" in dialog.said.text()
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_somebody_new_is_visited_here_and_now(step: TodayStep, office: Office, planned: int) -> None:
    step.window().call("visit.add")  # type: ignore[attr-defined]
    dialog = open_dialog(step, UnplannedDialog)
    assert isinstance(dialog, UnplannedDialog)
    dialog.store()
    assert "请写下见的是谁" in dialog.said.text()
    line = dialog.who.editor.focusProxy()
    assert line is not None
    write(line, "澄榕膜材料有限公司")
    assert "会新建" in dialog.said.text()
    dialog.contact.setText("沈一帆")
    dialog.store()
    visit = visit_of(office, planned, "澄榕")
    assert (visit.day, visit.start, visit.unplanned) == (date(2026, 12, 8), 480, True)
    assert office.get(Investor, visit.investor).source == "外出途中"
    assert "澄榕膜材料有限公司" in rows(step)


def test_somebody_of_the_library_is_not_made_twice(step: TodayStep, office: Office, stock: Stock) -> None:
    before = len(office.columns(Investor, "name"))
    step.add()
    dialog = open_dialog(step, UnplannedDialog)
    assert isinstance(dialog, UnplannedDialog)
    line = dialog.who.editor.focusProxy()
    assert line is not None
    write(line, "沪东化工行业协会")
    assert dialog.said.text() == "客商库里有。"
    dialog.store()
    assert len(office.columns(Investor, "name")) == before


def test_a_trip_without_days_says_what_the_page_is_for(page: TripPage, trip: int) -> None:
    page.show_record(trip, "today")
    step = page.view.step
    assert isinstance(step, TodayStep)
    assert "排好日程" in step.empty.sentence.text()
    step.empty.button.click()
    assert page.view.step.KEY == "schedule"


def test_without_a_trip_under_way_f6_says_so(page: TripPage, planned: int) -> None:
    page.window().call("today")  # type: ignore[attr-defined]
    assert "没有正在外出" in page.window().notice.text  # type: ignore[attr-defined]


def test_the_report_is_written_on_by_hand_and_saved(
    page: TripPage, office: Office, planned: int, tmp_path: Path
) -> None:
    from zhaoshang_desktop.actions.trip import log_visit
    from zhaoshang_desktop.ui.trip.report import ReportStep

    page.show_record(planned, "report")
    step = page.view.step
    assert isinstance(step, ReportStep)
    assert "报告的草稿" in step.empty.sentence.text()
    page.desk.run(partial(log_visit, said="谈了二期", intention="A"), visit_of(office, planned, "青禾").id)
    assert "谈了二期" in step.boxes["visits"].toPlainText()
    assert step.status().startswith("走访 1 次，客商 1 家　A 1")
    write(step.boxes["lessons"], "要先备好蒸汽价格。")
    step.keep()
    page.desk.run(partial(log_visit, said="想租厂房", intention="B"), visit_of(office, planned, "华澄").id)
    assert step.boxes["lessons"].toPlainText() == "要先备好蒸汽价格。"
    assert "想租厂房" in step.boxes["visits"].toPlainText()
    write(step.addressee, "县委、县政府")
    step.keep()
    assert step.addressee.text() == "县委、县政府"
    write(step.boxes["overview"], "手写：")
    step.keep()
    assert step.marks["overview"].isVisibleTo(step)
    step.again["overview"].click()
    assert "手写：" not in step.boxes["overview"].toPlainText()
    step.save_to(tmp_path / "报告.docx")
    assert (tmp_path / "报告.docx").read_bytes().startswith(b"PK")


def test_facts_go_to_the_libraries_out_of_the_log(page: TripPage, office: Office, planned: int) -> None:
    from zhaoshang_desktop.domain.project import Project
    from zhaoshang_desktop.ui.library.child_dialog import ChildDialog

    page.show_record(planned, "log")
    step = page.view.step
    assert isinstance(step, LogStep)
    write(step.ui.said, "要建二期。")
    step.keep()
    step.form.facts.new_project()
    dialog = next(one for one in step.findChildren(ChildDialog) if one.isVisible())
    dialog.save()
    assert step.form.visit is not None
    key = office.get(Visit, step.form.visit.id).project
    assert office.get(Project, key).content == "要建二期。"
    assert "走出去" in step.ui.counted.text()


def test_the_dialogs_of_the_day_are_freed(step: TodayStep, qtbot: QtBot) -> None:
    step.add()
    dialog = open_dialog(step, UnplannedDialog)
    assert isinstance(dialog, UnplannedDialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    step.replan()
    other = open_dialog(step, ReplanDialog)
    assert isinstance(other, ReplanDialog)
    with qtbot.waitSignal(other.destroyed):
        other.reject()
