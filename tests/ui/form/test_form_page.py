"""A superior's form is uploaded, mapped by clicks, kept, and filled from a library's list."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from tests.ui.conftest import County
from zhaoshang_desktop.domain.form import Form
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.form.fill_dialog import FillDialog
from zhaoshang_desktop.ui.form.page import FormPage
from zhaoshang_desktop.ui.form.picker import PathPicker
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "重点项目调度表", "填报单位："
    sheet.merge_cells("A1:D1")
    for place, head in enumerate(("序号", "项目名称", "总投资（亿元）", "情况"), 1):
        sheet.cell(3, place, head)
    sheet["A6"] = "合计"
    book.save(tmp_path / "省表.xlsx")
    return tmp_path / "省表.xlsx"


@pytest.fixture
def page(window: MainWindow, county: County, empty: Path) -> FormPage:
    page = window.go("forms")
    assert isinstance(page, FormPage)
    assert "上传一次" in page.empty.sentence.text()
    page.take(empty)
    return page


def test_what_the_headings_say_is_proposed_and_shown_on_their_sheet(page: FormPage) -> None:
    assert page.proposal is not None
    assert page.proposal.columns["C"] == ("total", "亿元")
    model = page.view.sheet
    assert model.index(3, 1).data() == "〔项目名称〕"
    assert model.index(1, 0).data() == "填报单位： 〔本单位名称〕"
    assert "总投资" in str(model.headerData(2, Qt.Orientation.Horizontal))
    assert (page.first.value(), page.last.value()) == (4, 5)


def test_a_column_is_sent_elsewhere_with_a_click_and_some_letters(page: FormPage) -> None:
    page.view.column_asked.emit(3, QPoint(10, 10))
    (picker,) = page.findChildren(PathPicker)
    picker.search.setText("备注")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert page.proposal is not None
    assert page.proposal.columns["D"][0] == "note"
    page.assign("D", "")
    assert "D" not in page.proposal.columns


def test_a_kept_form_is_there_next_month_and_filled_from_the_list(
    window: MainWindow, page: FormPage, office: Office, empty: Path, tmp_path: Path
) -> None:
    page.keep()
    empty.unlink()
    assert [form.title for form in office.find(Query(Form))] == ["省表"]
    assert (page.list.count(), page.list.currentRow(), page.fill.isEnabled()) == (1, 0, True)
    library = window.go("projects")
    assert isinstance(library, LibraryPage)
    dialog = FillDialog(window.desk, library.list.query, 1, [], library)
    assert dialog.forms.currentText() == "省表"
    dialog.write(tmp_path / "11月.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "11月.xlsx").worksheets[0]
    assert [sheet["B4"].value, sheet["C4"].value, sheet["A2"].value] == [
        "青禾电解液添加剂二期", 5, "填报单位：清岚县投资促进局",
    ]  # fmt: skip
    assert "已导出 1 条" in window.notice.text


def test_a_form_is_corrected_later_and_removed_with_undo(window: MainWindow, page: FormPage, office: Office) -> None:
    page.keep()
    page.assign("D", "note")
    page.keep()
    (form,) = office.find(Query(Form))
    assert form.column_paths["D"] == ("note", "")
    page._remove()
    assert office.find(Query(Form)) == []
    window.call("undo")
    assert len(office.find(Query(Form))) == 1


def test_where_there_is_no_form_the_dialog_says_where_to_upload_one(window: MainWindow, county: County) -> None:
    library = window.go("projects")
    assert isinstance(library, LibraryPage)
    window.call("form.fill")
    (dialog,) = library.findChildren(FillDialog)
    assert (dialog.ok.isEnabled(), "请先到" in dialog.wrong.text()) == (False, True)
    seen = weakref.ref(dialog)
    dialog.done(QDialog.DialogCode.Rejected)
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert seen() is None


def test_what_is_no_workbook_of_that_kind_is_told(window: MainWindow, county: County, tmp_path: Path) -> None:
    page = window.go("forms")
    assert isinstance(page, FormPage)
    (tmp_path / "表.csv").write_text("名称,金额\n甲,1\n", encoding="utf-8")
    page.take(tmp_path / "表.csv")
    assert "只有 .xlsx" in window.notice.text
