"""Sheets are sent out from a library's list, dropped back onto the window, looked at and stored."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.conftest import County, money
from tests.ui.dropping import drop
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.sending import Sending, SendingUnit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import ImportWizard
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.sending.findings import CONFLICTS, MISSING, TAKEN
from zhaoshang_desktop.ui.sending.gather_page import GatherPage
from zhaoshang_desktop.ui.sending.page import SendingPage
from zhaoshang_desktop.ui.sending.send_dialog import COLUMN, FILL, SendDialog


@pytest.fixture
def dialog(window: MainWindow, county: County) -> SendDialog:
    page = window.go("projects")
    assert isinstance(page, LibraryPage)
    dialog = SendDialog(window.desk, page.list.query, page.list.model.rowCount(), [], page)
    dialog.open()
    return dialog


def tick(dialog: SendDialog, label: str, column: int) -> None:
    (item,) = dialog.columns.findItems(label, Qt.MatchFlag.MatchExactly, COLUMN)
    item.setCheckState(column, Qt.CheckState.Checked)


@pytest.fixture
def sheet(dialog: SendDialog, window: MainWindow, tmp_path: Path) -> Path:
    """The one sheet that was sent, of the one project there is."""
    tick(dialog, "总投资", FILL)
    dialog.send(tmp_path / "下发")
    (path,) = (tmp_path / "下发").iterdir()
    return path


def typed(path: Path, heading: str, value: object, *, row: int = 5) -> Path:
    book = openpyxl.load_workbook(path)
    head = [str(cell.value) for cell in book.worksheets[0][4]]
    place = next(n for n, text in enumerate(head, 1) if text.startswith(heading))
    book.worksheets[0].cell(row, place).value = value
    book.save(path)
    return path


def test_the_command_of_a_library_asks_what_to_send(window: MainWindow, county: County) -> None:
    window.go("projects")
    window.call("sending.out")
    (dialog,) = window.findChildren(SendDialog)
    assert dialog.title.text() == "11月项目填报表"
    assert dialog.by.currentData() == "unit"
    columns, fillable = dialog.chosen_columns()
    assert columns[0] == "name"
    assert "progress.state" in fillable
    dialog.reject()


def test_what_is_to_be_filled_in_is_in_the_sheet_and_something_must_be(dialog: SendDialog) -> None:
    tick(dialog, "备注", FILL)
    assert "note" in dialog.chosen_columns()[0]
    for row in range(dialog.columns.topLevelItemCount()):
        item = dialog.columns.topLevelItem(row)
        assert item is not None
        if item.checkState(FILL) is Qt.CheckState.Checked:
            item.setCheckState(FILL, Qt.CheckState.Unchecked)
    assert (dialog.ok.isEnabled(), dialog.wrong.text()) == (False, "请至少让他们填一列。")
    dialog.reject()


def test_sent_sheets_stand_on_the_board_and_the_names_of_those_out_can_be_copied(
    window: MainWindow, sheet: Path, office: Office
) -> None:
    page = window.stack.current
    assert isinstance(page, SendingPage)
    assert page.current is not None
    assert [one.name for one in page.current.out] == ["高新园区"]
    assert sheet.name == "11月项目填报表-高新园区.xlsx"
    page.copy_missing()
    assert "高新园区　张敏" in QApplication.clipboard().text()
    assert "还有 1 个单位没有交回" in page.status()


def test_a_returned_sheet_that_is_dropped_is_looked_at_stored_and_undone(
    window: MainWindow, sheet: Path, office: Office
) -> None:
    drop(window, typed(typed(sheet, "总投资", 60000), "目前进展", "已开工"))
    page = window.stack.current
    assert isinstance(page, GatherPage)
    assert page.group == TAKEN
    model = page.table.model_
    assert {row.texts[1] for row in model.rows} == {"目前进展", "总投资（万元）"}
    page.store()
    assert isinstance(window.stack.current, SendingPage)
    assert "汇总完成：采用 2 格" in window.notice.text
    assert office.find(Query(Project))[0].total == money(600_000_000)
    assert [one.state for one in office.find(Query(SendingUnit))] == ["已回"]
    window.call("undo")
    assert office.find(Query(Project))[0].total == money(500_000_000)


def test_of_two_changes_the_clerk_chooses_one_with_the_keyboard(
    window: MainWindow, sheet: Path, office: Office
) -> None:
    project = office.find(Query(Project))[0]
    with office.transaction("改") as tx:
        project.total = money(700_000_000)
        tx.save(project)
    drop(window, typed(sheet, "总投资", 60000))
    page = window.stack.current
    assert isinstance(page, GatherPage)
    assert page.group == CONFLICTS
    assert page.table.model_.rows[0].texts[2:5] == ("50000", "70000", "60000")
    QTest.keyClick(page.table, Qt.Key.Key_2)
    assert page.choices.theirs == {0}
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.choices.theirs == set()
    page.table.choose_all(1)
    page.store()
    assert office.find(Query(Project))[0].total == money(600_000_000)


def test_a_missing_row_goes_only_when_the_clerk_says_so(window: MainWindow, sheet: Path, office: Office) -> None:
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0].delete_rows(5)
    book.save(sheet)
    drop(window, sheet)
    page = window.stack.current
    assert isinstance(page, GatherPage)
    assert page.group == MISSING
    QTest.keyClick(page.table, Qt.Key.Key_2)
    page.store()
    assert office.find(Query(Project)) == []


def test_what_is_no_sheet_of_ours_is_imported_or_refused_in_a_sentence(
    window: MainWindow, county: County, tmp_path: Path
) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active["A1"], book.active["A2"] = "企业名称", "云帆有限公司"
        book.save(tmp_path / name)
    drop(window, tmp_path / "甲.xlsx", tmp_path / "乙.xlsx")
    assert "没有从这里下发的表" in window.notice.text
    drop(window, tmp_path / "甲.xlsx")
    assert isinstance(window.stack.current, ImportWizard)


def test_a_stranger_among_the_files_is_told_and_the_others_are_taken(
    window: MainWindow, sheet: Path, tmp_path: Path
) -> None:
    (tmp_path / "通讯录.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    drop(window, typed(sheet, "总投资", 60000), tmp_path / "通讯录.csv")
    page = window.stack.current
    assert isinstance(page, GatherPage)
    texts = [page.files.item(row).text() for row in range(page.files.count())]
    assert texts[0].startswith("✗ 通讯录.csv\n不是从这里下发的表")
    assert texts[1].startswith("✓")
    assert page.take.isEnabled()


def test_an_empty_board_says_what_to_do(window: MainWindow, county: County) -> None:
    page = window.go("sending")
    assert isinstance(page, SendingPage)
    assert "还没有下发过" in page.empty.sentence.text()
    page.empty.button.click()
    assert window.stack.key == "projects"


def test_a_second_sending_keeps_what_was_chosen(window: MainWindow, sheet: Path, office: Office) -> None:
    page = window.go("projects")
    assert isinstance(page, LibraryPage)
    again = SendDialog(window.desk, page.list.query, 1, [], page)
    assert "total" in again.chosen_columns()[1]
    again.title.setText("")
    assert not again.ok.isEnabled()
    again.reject()
    assert office.count(Query(Sending)) == 1


def test_a_closed_dialog_and_a_closed_page_are_freed(window: MainWindow, sheet: Path) -> None:
    page = window.go("projects")
    assert isinstance(page, LibraryPage)
    dialog = SendDialog(window.desk, page.list.query, 1, [], page)
    dialog.open()
    drop(window, sheet)
    gathering = window.stack.current
    assert isinstance(gathering, GatherPage)
    seen = [weakref.ref(dialog), weakref.ref(gathering)]
    dialog.done(QDialog.DialogCode.Rejected)
    window.stack.pop(gathering)
    del dialog, gathering
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [one() for one in seen] == [None, None]
