"""记录: from one visit to the next with the keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.trip.conftest import Stock, book_of, visit_of, write
from zhaoshang_desktop.actions.attachment import files_of
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.files_dialog import FilesDialog
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.page import TripPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def step(page: TripPage, planned: int) -> LogStep:
    page.show_record(planned, "log")
    found = page.view.step
    assert isinstance(found, LogStep)
    return found


def shown(step: LogStep, office: Office) -> Visit:
    assert step.form.visit is not None
    return office.get(Visit, step.form.visit.id)


def states(step: LogStep) -> list[str]:
    return [step.list.item(row).data(Qt.ItemDataRole.UserRole)[2] for row in range(step.list.count())]


def test_every_visit_is_marked_as_not_typed_up(step: LogStep) -> None:
    assert states(step) == ["未记"] * 4
    assert step.status() == "已记录 0 / 4 家　未记 4 家"


def test_a_sentence_at_the_foot_leaves_the_buttons_of_the_form_free(step: LogStep, page: TripPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.resize(911, 512)
    page.desk.say("已记下新事实：青禾新材料股份有限公司，新联系人一位，电话 13812342216。")
    notice = window.notice
    for button in (step.ui.save, step.ui.facts):
        where = QRect(button.mapTo(window, QPoint()), button.size())
        assert not where.intersects(QRect(notice.mapTo(window, QPoint()), notice.size()))


def test_the_form_fits_beside_the_list_on_a_small_screen(step: LogStep, office: Office, page: TripPage) -> None:
    first = shown(step, office)
    people = [Contact(investor=first.investor, name=f"欧阳{n}", post="董事长助理兼投资总监") for n in range(5)]
    with office.transaction("准备") as tx:
        tx.save_all(people)
    page.desk.take_in(tx.changes)
    assert len(step.hosts._chips) == 6
    form = step.ui.said.parentWidget()
    assert isinstance(form, QWidget)
    assert form.minimumSizeHint().width() <= 450
    assert step.ui.counted.accessibleName().startswith("走出去")


def test_ctrl_enter_stores_and_goes_to_the_next(step: LogStep, office: Office, planned: int) -> None:
    first = shown(step, office)
    write(step.ui.said, "二期要看蒸汽价格。")
    write(step.ui.result, "同意来县里看地。")
    QTest.keyClick(step.intention, Qt.Key.Key_B)
    line = step.form.fields["next_step"].editor.focusProxy()
    due = step.form.fields["next_due"].editor.focusProxy()
    assert line is not None
    assert due is not None
    write(line, "寄园区图")
    write(due, "2026-12-20")
    QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    stored = office.get(Visit, first.id)
    assert (stored.state, stored.said, stored.result) == ("已完成", "二期要看蒸汽价格。", "同意来县里看地。")
    assert (stored.intention, stored.next_step, stored.next_due) == ("B", "寄园区图", date(2026, 12, 20))
    assert (
        stored.members
        == book_of(office, planned).teams[[t.id for t in book_of(office, planned).teams].index(first.team)].members
    )
    assert shown(step, office).id != first.id
    assert step.ui.said.toPlainText() == ""
    assert states(step).count("已记") == 1


def test_the_whole_trip_is_typed_up_without_the_mouse(step: LogStep, office: Office, planned: int) -> None:
    for number in range(4):
        write(step.ui.said, f"谈了第 {number} 件事。")
        QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    assert {visit.state for visit in book_of(office, planned).visits} == {"已完成"}
    assert len({visit.said for visit in book_of(office, planned).visits}) == 4
    assert LogStep.mark(step.sight).state == "done"  # type: ignore[arg-type]


def test_half_a_sentence_is_kept_as_a_draft(step: LogStep, page: TripPage, office: Office) -> None:
    first = shown(step, office)
    write(step.ui.said, "对方问到用电")
    page.back()
    stored = office.get(Visit, first.id)
    assert (stored.said, stored.state) == ("对方问到用电", "已排")
    page.show_record(page.view.key, "log")
    assert states(step)[0] == "草稿"
    assert step.ui.said.toPlainText() == "对方问到用电"


def test_going_to_another_visit_keeps_what_was_typed(step: LogStep, office: Office) -> None:
    first = shown(step, office)
    write(step.ui.said, "先记一句")
    step.list.setCurrentRow(2)
    assert office.get(Visit, first.id).said == "先记一句"
    assert step.ui.said.toPlainText() == ""
    step.list.setCurrentRow(0)
    assert step.ui.said.toPlainText() == "先记一句"


def test_undo_takes_back_what_was_typed_up(step: LogStep, page: TripPage, office: Office) -> None:
    first = shown(step, office)
    write(step.ui.said, "谈妥了")
    QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    page.window().call("undo")  # type: ignore[attr-defined]
    assert office.get(Visit, first.id).state == "已排"
    assert states(step) == ["未记"] * 4


def test_a_date_nobody_understands_is_asked_for_before_storing(step: LogStep, page: TripPage, office: Office) -> None:
    first = shown(step, office)
    due = step.form.fields["next_due"].editor.focusProxy()
    assert due is not None
    write(due, "年后")
    QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    assert office.get(Visit, first.id).state == "已排"
    assert shown(step, office).id == first.id
    assert "年后" in page.window().notice.text  # type: ignore[attr-defined]


def test_letters_and_arrows_choose_the_intention(step: LogStep) -> None:
    QTest.keyClick(step.intention, Qt.Key.Key_D)
    assert step.intention.value == "D"
    QTest.keyClick(step.intention, Qt.Key.Key_Left)
    assert step.intention.value == "C"
    QTest.keyClick(step.intention, Qt.Key.Key_Delete)
    assert step.intention.value == ""


def test_the_investor_shows_the_visit(
    step: LogStep, page: TripPage, office: Office, stock: Stock, planned: int
) -> None:
    write(step.ui.said, "谈妥了")
    first = shown(step, office)
    QTest.keyClick(step.ui.said, Qt.Key.Key_Return, CTRL)
    investor = book_of(office, planned).investors[first.investor]
    assert investor.last_contact == first.day


def test_before_there_are_days_the_log_says_what_it_is_for(page: TripPage, trip: int) -> None:
    page.show_record(trip, "log")
    step = page.view.step
    assert isinstance(step, LogStep)
    assert "在这里记下" in step.empty.sentence.text()
    step.empty.button.click()
    assert page.view.step.KEY == "schedule"


def test_a_visit_called_off_is_not_asked_about(step: LogStep, page: TripPage, office: Office, planned: int) -> None:
    from zhaoshang_desktop.actions.trip import cancel_visit

    page.desk.run(cancel_visit, visit_of(office, planned, "太湖").id)
    assert len(states(step)) == 3


def test_a_picture_pasted_while_typing_goes_to_the_visit_and_files_of_the_whole_trip_to_the_trip(
    step: LogStep, office: Office, planned: int, tmp_path: Path
) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    step.ui.said.setFocus()
    QTest.keyClick(step.ui.said, Qt.Key.Key_V, CTRL)
    visit = shown(step, office)
    assert [one.attachment.media_type for one in files_of(office, Visit, visit.id)] == ["image/png"]
    assert (step.form.files.list.count(), step.ui.said.toPlainText()) == (1, "")
    QGuiApplication.clipboard().setText("文字")
    QTest.keyClick(step.ui.said, Qt.Key.Key_V, CTRL)
    assert (step.form.files.list.count(), step.ui.said.toPlainText()) == (1, "文字")
    step.open_trip_files()
    dialog = step.findChild(FilesDialog)
    assert dialog is not None
    paper = tmp_path / "批件.pdf"
    paper.write_bytes(b"%PDF")
    dialog.files.attach([paper])
    assert [one.attachment.name for one in files_of(office, Trip, planned)] == ["批件.pdf"]
    assert dialog.files.list.count() == 1
    dialog.reject()
