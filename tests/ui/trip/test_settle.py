"""结算 with the keyboard: amounts and receipts typed down a column, what is open said, all of it taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import book_of
from zhaoshang_desktop.actions.settlement import settlement_of
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.planning.settlement import Settlement
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.files_dialog import FilesDialog
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.settle import SettleStep
from zhaoshang_desktop.ui.trip.settle_table import ACTUAL, OPEN, REASON, RECEIPTS


@pytest.fixture
def step(page: TripPage, planned: int) -> Iterator[SettleStep]:
    page.show_record(planned, "settle")
    found = page.view.step
    assert isinstance(found, SettleStep)
    yield found
    page.leave()


def window_of(step: SettleStep) -> MainWindow:
    window = step.window()
    assert isinstance(window, MainWindow)
    return window


def row_of(step: SettleStep, item: str, number: int = 0) -> int:
    rows = [row for row, entry in enumerate(step.entries.done.entries) if entry.line.item.startswith(item)]
    return rows[number]


def type_in(step: SettleStep, text: str, then: Qt.Key = Qt.Key.Key_Return) -> None:
    """Typing begins in the cell that is current, and ends with a key."""
    QTest.keyClick(step.table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, then)
    QApplication.sendPostedEvents()  # Qt commits a cell with the next event


def cell(step: SettleStep, row: int, column: int) -> str:
    return str(step.entries.index(row, column).data() or "")


def done(office: Office, trip: int) -> Settlement:
    return settlement_of(office, trip)


def test_amounts_are_typed_down_the_column(step: SettleStep, office: Office, planned: int, qtbot: QtBot) -> None:
    row = row_of(step, "住宿费")
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
    type_in(step, "300")
    assert step.table.currentIndex().row() == row + 1
    type_in(step, "310.5")
    nights = [one for one in done(office, planned).entries if one.line.item.startswith("住宿费")]
    assert [one.spent for one in nights[:2]] == [Money(30_000), Money(31_050)]
    qtbot.waitUntil(lambda: cell(step, row, ACTUAL) == "300.00")
    assert cell(step, row, OPEN) == "▲ 缺票据"


def test_tab_goes_on_to_the_receipt_and_the_reason(step: SettleStep, office: Office, planned: int) -> None:
    row = row_of(step, "住宿费")
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
    type_in(step, "900", Qt.Key.Key_Tab)
    assert (step.table.currentIndex().row(), step.table.currentIndex().column()) == (row, RECEIPTS)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "24110001")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert step.table.currentIndex().column() == REASON
    QTest.keyClicks(editor, "expo")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.sendPostedEvents()
    entry = done(office, planned).entries[row]
    assert (entry.spent, entry.receipts, entry.reason, entry.problems) == (Money(90_000), "24110001", "expo", ())


def test_what_is_no_amount_is_said_and_not_stored(step: SettleStep, office: Office, planned: int) -> None:
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row_of(step, "住宿费"), ACTUAL))
    type_in(step, "abc")
    assert "看不懂" in window_of(step).notice.text
    type_in(step, "-5")
    assert done(office, planned).actual == 0


def test_allowances_fill_themselves_in_and_go_again(step: SettleStep, office: Office, planned: int) -> None:
    step.fill()
    meals = [one for one in done(office, planned).entries if one.is_allowance]
    assert all(one.actual == one.planned > 0 for one in meals)
    assert f"填了 {len(meals)} 项" in window_of(step).notice.text
    window_of(step).call("undo")
    assert done(office, planned).actual == 0


def test_f8_goes_round_what_is_open(step: SettleStep) -> None:
    rows = [row for row, entry in enumerate(step.entries.done.entries) if entry.problems]
    assert f"还有 {len(step.entries.done.problems)} 处要补" in step.next.text()
    step.table.setCurrentIndex(step.entries.index(rows[-1], ACTUAL))
    step.next.click()
    assert step.table.currentIndex().row() == rows[0]


def test_a_photo_of_the_receipt_is_a_receipt(step: SettleStep, office: Office, planned: int, qtbot: QtBot) -> None:
    row = row_of(step, "住宿费")
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
    type_in(step, "300")
    line = step.entries.done.entries[row].line
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
    step.open_files()
    dialog = next(one for one in step.findChildren(FilesDialog) if one.isVisible())
    QApplication.clipboard().setImage(image)
    dialog.files.paste()
    qtbot.waitUntil(lambda: cell(step, row, RECEIPTS) == "附件 1")
    assert "缺票据" not in cell(step, row, OPEN)
    dialog.close()
    assert line.id in {one.line.id for one in done(office, planned).entries if one.files}


def test_a_trip_is_settled_once_nothing_is_open(step: SettleStep, office: Office, planned: int) -> None:
    step.finish()
    assert "处要补" in window_of(step).notice.text
    assert book_of(office, planned).trip.state != "已结算"
    step.fill()
    for row, entry in enumerate(step.entries.done.entries):
        if entry.problems:
            step.table.setFocus()
            step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
            type_in(step, f"{entry.planned / 100}", Qt.Key.Key_Tab)
            editor = QApplication.focusWidget()
            assert editor is not None
            QTest.keyClicks(editor, "1")
            QTest.keyClick(editor, Qt.Key.Key_Return)
            QApplication.sendPostedEvents()
    assert step.next.text() == "都填齐了"
    step.finish()
    assert book_of(office, planned).trip.state == "已结算"
    assert SettleStep.mark(step.sight).state == "done"  # type: ignore[arg-type]
    assert "finish" not in [name for _, name in step.buttons()]
    window_of(step).call("undo")
    assert book_of(office, planned).trip.state == "已排"


def test_the_settlement_is_exported_in_both_ways(step: SettleStep, tmp_path: Path) -> None:
    step.export_to(tmp_path / "结算.xlsx")
    step.export_to(tmp_path / "结算.pdf")
    assert openpyxl.load_workbook(tmp_path / "结算.xlsx").active["A1"].value.endswith("结算单")  # type: ignore[index,union-attr]
    assert (tmp_path / "结算.pdf").read_bytes().startswith(b"%PDF")


def test_a_trip_without_a_budget_is_sent_there(page: TripPage, trip: int) -> None:
    page.show_record(trip, "settle")
    step = page.view.step
    assert isinstance(step, SettleStep)
    assert step.buttons() == ()
    step.empty.button.click()
    assert page.view.step.KEY == "budget"


def test_a_line_of_the_budget_has_what_was_spent_on_it(
    step: SettleStep, page: TripPage, office: Office, planned: int
) -> None:
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row_of(step, "住宿费"), ACTUAL))
    type_in(step, "300")
    lines: list[BudgetLine] = book_of(office, planned).budget
    assert next(line.actual for line in lines if line.item.startswith("住宿费")) == Money(30_000)
