"""A new record with what belongs to it, typed in one form and stored as one."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from tests.ui.library.test_record_page import InTurn, type_into
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.child_dialog import ChildDialog
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.editors import LineEditor
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.library.record_page import RecordPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker


@pytest.fixture
def form(window: MainWindow, investors: LibraryPage) -> RecordPage:
    window.call("record.new")
    return investors.form


def set_cell(table: ChildTable, row: int, name: str, value: Any) -> None:
    names = [column.name for column in table.model.columns]
    table.model.setData(table.model.index(row, names.index(name)), (value, ""))


def add_person(form: RecordPage, name: str) -> ChildTable:
    table = form.children_tables["contact"]
    table.add()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    return table


def test_people_typed_with_a_new_firm_are_stored_and_taken_back_with_it(
    form: RecordPage, window: MainWindow, office: Office, investors: LibraryPage
) -> None:
    type_into(form.form.parts["name"].editor, "Bailu")
    table = add_person(form, "Zhou")
    assert table.model.rows[0].id == 0
    add_person(form, "Li")
    set_cell(table, 1, "mobile", "13800000000")
    before = len(office.batches())
    window.call("record.save")
    made = office.get(Investor, form.key)
    people = office.find(Query(Contact, order=("id",)))[-2:]
    assert [(one.name, one.investor) for one in people] == [("Zhou", made.id), ("Li", made.id)]
    assert people[1].mobile == "13800000000"
    assert len(office.batches()) == before + 1
    assert [row.title for row in table.model.rows] == ["Li", "Zhou"]
    assert not form.touched
    assert investors.in_form
    window.call("undo")
    assert office.count(Query(Contact)) == 1
    assert office.count(Query(Investor, words="Bailu")) == 0
    assert not investors.in_form


def test_a_name_pasted_with_blanks_for_its_looks_is_the_name_that_a_workbook_would_give(
    form: RecordPage, window: MainWindow, office: Office
) -> None:
    name = form.form.parts["name"].editor
    assert isinstance(name, LineEditor)
    name.line.insert("江苏青禾 新材料\u3000有限公司")
    window.call("record.save")
    assert office.get(Investor, form.key).name == "江苏青禾新材料有限公司"


def test_a_firm_with_a_person_but_no_name_is_not_stored(form: RecordPage, window: MainWindow, office: Office) -> None:
    add_person(form, "Zhou")
    assert form.touched
    window.call("record.save")
    assert form.form.parts["name"].note == "请填写企业名称。"
    assert office.count(Query(Contact)) == 1


def test_a_row_that_lacks_something_is_named_and_an_empty_one_is_nothing(
    form: RecordPage, window: MainWindow, office: Office
) -> None:
    type_into(form.form.parts["name"].editor, "Bailu")
    table = form.children_tables["contact"]
    table.add()
    table.add()
    assert len(table.model.rows) == 1
    set_cell(table, 0, "post", "董事长")
    table.add()
    assert len(table.model.rows) == 2
    window.call("record.save")
    assert window.notice.text == "第 1 行联系人还没有填“姓名”。"
    assert not form.key
    set_cell(table, 0, "name", "周远航")
    window.call("record.save")
    assert [one.name for one in office.find(Query(Contact, order=("id",)))][1:] == ["周远航"]


def test_all_fields_of_a_person_can_be_filled_before_anything_is_stored(form: RecordPage, office: Office) -> None:
    table = add_person(form, "Zhou")
    table.view.setCurrentIndex(table.model.index(0, 0))
    table.open_whole()
    dialog = table.findChild(ChildDialog)
    assert dialog is not None
    type_into(dialog.form.parts["school"].editor, "Yunfan")
    dialog.save()
    assert table.waiting()[0].school == "Yunfan"  # type: ignore[attr-defined]
    assert office.count(Query(Contact)) == 1


def test_a_draft_keeps_its_rows(form: RecordPage, window: MainWindow, investors: LibraryPage, county: County) -> None:
    type_into(form.form.parts["address"].editor, "X 1")
    add_person(form, "Zhou")
    form.go_back()
    form.go_back()
    investors.open_record(county.huacheng.id)
    assert form.children_tables["contact"].model.rows == []
    form.go_back()
    window.call("record.new")
    assert [row.title for row in form.children_tables["contact"].waiting()] == ["Zhou"]
    type_into(form.form.parts["name"].editor, "Bailu")
    window.call("record.save")
    form.go_back()
    window.call("record.new")
    assert form.children_tables["contact"].model.rows == []


def test_a_row_typed_while_the_record_is_being_stored_follows_it(
    window: MainWindow, office: Office, county: County
) -> None:
    writing = InTurn()
    window.set_office(office, Worker(office, writing), Reader(office, AtOnce()))
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    page.new()
    form = page.form
    type_into(form.form.parts["name"].editor, "Bailu")
    add_person(form, "Zhou")
    form.save()
    add_person(form, "Li")
    writing.finish()
    assert form.key
    people = office.find(Query(Contact, order=("id",)))[-2:]
    assert [(one.name, one.investor) for one in people] == [("Zhou", form.key), ("Li", form.key)]


def test_a_new_project_takes_its_investors_and_milestones(window: MainWindow, office: Office, county: County) -> None:
    page = window.go("projects")
    assert isinstance(page, LibraryPage)
    page.new()
    type_into(page.form.form.parts["name"].editor, "Bailu II")
    stakes, steps = page.form.children_tables["stake"], page.form.children_tables["milestone"]
    stakes.add()
    set_cell(stakes, 0, "investor", county.qinghe.id)
    steps.add()
    set_cell(steps, 0, "step", "签约")
    set_cell(steps, 0, "actual", When(2026, 11))
    window.call("record.save")
    key = page.form.key
    assert office.get(Project, key).name == "Bailu II"
    assert office.get(Project, key).stage == "签约"
    assert [one.investor for one in office.find(Query(Stake)) if one.project == key] == [county.qinghe.id]
    assert [one.step for one in office.find(Query(Milestone)) if one.project == key] == ["签约"]


def test_saving_takes_what_is_being_typed_into_a_cell(form: RecordPage, window: MainWindow, office: Office) -> None:
    type_into(form.form.parts["name"].editor, "Bailu")
    form.children_tables["contact"].add()
    QTest.keyClicks(QApplication.focusWidget(), "Zhou")
    window.call("record.save")
    assert [one.name for one in office.find(Query(Contact, order=("id",)))][1:] == ["Zhou"]


def test_a_change_from_elsewhere_does_not_end_what_is_being_typed(
    window: MainWindow, investors: LibraryPage, office: Office, county: County, qtbot: QtBot
) -> None:
    investors.open_record(county.qinghe.id)
    table = investors.form.children_tables["contact"]
    table.add()
    QTest.keyClicks(QApplication.focusWidget(), "Zh")
    window.desk.run(edit_record, Contact, county.person.id, {"post": "总裁"}, county.person.version)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Zh"
    QTest.keyClicks(editor, "ou")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {row.title for row in table.model.rows} == {"Zhou", "周远航"})
    assert "总裁" in {getattr(row, "post", "") for row in table.model.rows}
