"""A record as a page: typing, saving, what is not understood, what belongs to it, what happened to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import County, money, names
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.editor import Editor
from zhaoshang_desktop.ui.library.editors import LineEditor, NoteEditor
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.library.record_page import RecordPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce, Job
from zhaoshang_desktop.ui.worker import Worker


class InTurn:
    """Runs what was submitted when told to."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []

    def submit(self, job: Job) -> None:
        self._jobs.append(job)

    def finish(self) -> None:
        while self._jobs:
            self._jobs.pop(0)()

    def stop(self, patience: float | None = None) -> None:
        self.finish()


@pytest.fixture
def form(investors: LibraryPage, county: County) -> RecordPage:
    """青禾, opened as a page."""
    investors.open_record(county.qinghe.id)
    return investors.form


def type_into(editor: Editor, text: str) -> None:
    """As a clerk does who selects all and types."""
    assert isinstance(editor, LineEditor | NoteEditor)
    inner = editor.line if isinstance(editor, LineEditor) else editor.box
    inner.setFocus()
    QTest.keyClick(inner, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(inner, text)


def test_enter_opens_the_record_and_esc_goes_back(investors: LibraryPage, county: County) -> None:
    investors.list.table.go_to(county.qinghe.id)
    QTest.keyClick(investors.list.table, Qt.Key.Key_Return)
    assert investors.in_form
    assert investors.form.key == county.qinghe.id
    QTest.keyClick(investors.form, Qt.Key.Key_Escape)
    assert not investors.in_form


def test_every_field_that_is_typed_has_its_place_in_the_form(form: RecordPage) -> None:
    assert {"name", "place", "registered_capital", "owner", "honours", "dishonest"} <= form.form.parts.keys()
    assert "last_contact" not in form.form.parts


def test_an_amount_says_what_it_was_understood_as(form: RecordPage) -> None:
    part = form.form.parts["registered_capital"]
    type_into(part.editor, "12000")
    assert part.note == "＝ 1.2万元"


def test_saving_stores_and_offers_to_take_back(
    window: MainWindow, form: RecordPage, office: Office, county: County
) -> None:
    type_into(form.form.parts["website"].editor, "www.qinghe.example")
    window.call("record.save")
    assert office.get(Investor, county.qinghe.id).website == "www.qinghe.example"
    assert window.notice.text == "已保存。"
    window.notice.undo.click()
    assert office.get(Investor, county.qinghe.id).website == ""
    assert form.form.parts["website"].take() == ("", "")


def test_what_is_not_understood_is_kept_beside_the_field_until_it_is_settled(
    window: MainWindow, form: RecordPage, office: Office, county: County
) -> None:
    part = form.form.parts["registered_capital"]
    type_into(part.editor, "a lot")
    assert part.note.startswith("？")
    window.call("record.save")
    stored = office.get(Investor, county.qinghe.id)
    assert stored.registered_capital is None
    assert stored.raw == {"registered_capital": "a lot"}
    assert "a lot" in part.note
    type_into(part.editor, "30000000")
    window.call("record.save")
    stored = office.get(Investor, county.qinghe.id)
    assert stored.registered_capital == money(30_000_000)
    assert stored.raw == {}


def test_a_kept_text_can_be_settled_without_a_value(
    window: MainWindow, investors: LibraryPage, office: Office, county: County
) -> None:
    investors.open_record(county.jiangnan.id)
    part = investors.form.form.parts["registered_capital"]
    assert "未透露" in part.note
    part.settle()
    window.call("record.save")
    assert office.get(Investor, county.jiangnan.id).raw == {}


def test_leaving_saves_by_itself(form: RecordPage, investors: LibraryPage, office: Office, county: County) -> None:
    type_into(form.form.parts["website"].editor, "www.qinghe.example")
    form.go_back()
    assert not investors.in_form
    assert office.get(Investor, county.qinghe.id).website == "www.qinghe.example"


def test_a_new_record_needs_its_name(window: MainWindow, investors: LibraryPage, office: Office) -> None:
    window.call("record.new")
    form = investors.form
    type_into(form.form.parts["address"].editor, "X 1")
    window.call("record.save")
    assert form.form.parts["name"].note == "请填写企业名称。"
    assert office.count(Query(Investor)) == 3
    type_into(form.form.parts["name"].editor, "Bailu")
    window.call("record.save")
    assert office.count(Query(Investor)) == 4
    assert form.key
    form.go_back()
    assert "Bailu" in names(investors)


def test_a_half_filled_new_record_waits_as_a_draft(window: MainWindow, investors: LibraryPage) -> None:
    window.call("record.new")
    type_into(investors.form.form.parts["address"].editor, "X 1")
    investors.form.go_back()
    assert investors.in_form
    assert "没有填" in window.notice.text
    investors.form.go_back()
    assert not investors.in_form
    window.call("record.new")
    assert investors.form.form.parts["address"].take() == ("X 1", "")


def test_the_next_record_is_a_key_away(window: MainWindow, investors: LibraryPage, county: County) -> None:
    investors.list.table.go_to(county.huacheng.id)
    investors.open_record(county.huacheng.id)
    window.call("record.next")
    assert investors.form.key == county.jiangnan.id
    window.call("record.previous")
    assert investors.form.key == county.huacheng.id


def test_a_contact_is_added_in_the_page(form: RecordPage, office: Office, county: County) -> None:
    table = form.children_tables["contact"]
    table.add()
    model = table.model
    columns = [column.name for column in model.columns]
    index = model.index(len(model.rows) - 1, columns.index("name"))
    model.setData(index, ("陈新", ""), Qt.ItemDataRole.EditRole)
    people = office.find(Query(Contact))
    assert {person.name for person in people} == {"周远航", "陈新"}
    assert {person.investor for person in people} == {county.qinghe.id}
    assert [row.id for row in model.rows if not row.id] == []


def test_a_contact_removed_in_the_page_goes_to_the_bin(form: RecordPage, office: Office, window: MainWindow) -> None:
    table = form.children_tables["contact"]
    table.view.setCurrentIndex(table.model.index(0, 0))
    table.remove()
    assert office.count(Query(Contact)) == 0
    assert window.notice.text == "已移到回收站。"
    window.notice.undo.click()
    assert office.count(Query(Contact)) == 1
    assert len(table.model.rows) == 1


def test_what_tells_a_faith_waits_for_its_basis(form: RecordPage, county: County) -> None:
    from zhaoshang_desktop.ui.library.child_dialog import ChildDialog

    dialog = ChildDialog(form.desk, county.person, ("investor",), form)
    assert not dialog.form.parts["diet"].isEnabled()
    dialog.form.parts["basis"].editor.put_changed("同意")
    assert dialog.form.parts["diet"].isEnabled()
    dialog.reject()


def test_the_history_says_who_changed_what(
    form: RecordPage, window: MainWindow, office: Office, county: County
) -> None:
    edit_record(office, Investor, county.qinghe.id, {"registered_capital": money(150_000_000)}, form.version)
    form.show_key(county.qinghe.id)
    assert form.history is not None
    texts = [label.text() for label in form.history.findChildren(QLabel)]
    assert "2026-11-20 10:42" in texts[0]
    assert "张敏" in texts[0]
    assert "注册资本：1.20 亿元 → 1.50 亿元" in texts[0]


def test_a_responsible_person_is_found_by_typing(form: RecordPage, office: Office, county: County) -> None:
    editor = form.form.parts["unit"].editor
    editor.put_changed(county.unit.id)
    assert editor.take() == (county.unit.id, "")
    assert form.save()
    assert office.get(Investor, county.qinghe.id).unit == county.unit.id


@pytest.fixture
def waiting(window: MainWindow, office: Office) -> InTurn:
    """The window, with saves that are under way until they are let go."""
    runner = InTurn()
    window.set_office(office, Worker(office, runner), Reader(office, AtOnce()))
    return runner


def test_a_new_record_saved_twice_in_a_hurry_is_stored_once(
    window: MainWindow, investors: LibraryPage, office: Office, waiting: InTurn
) -> None:
    window.call("record.new")
    type_into(investors.form.form.parts["name"].editor, "Bailu")
    window.call("record.save")
    window.call("record.save")
    investors.form.go_back()
    waiting.finish()
    assert names(investors).count("Bailu") == 1
    assert office.count(Query(Investor)) == 4


def test_what_is_typed_while_a_save_is_under_way_follows_it(
    window: MainWindow, investors: LibraryPage, office: Office, county: County, waiting: InTurn
) -> None:
    investors.open_record(county.qinghe.id)
    parts = investors.form.form.parts
    type_into(parts["website"].editor, "a.example")
    window.call("record.save")
    type_into(parts["website"].editor, "b.example")
    investors.form.go_back()
    assert investors.in_form
    assert "正在保存" in window.notice.text
    waiting.finish()
    assert office.get(Investor, county.qinghe.id).website == "b.example"
    assert not investors.form.form.touched
    investors.form.go_back()
    assert not investors.in_form


def test_a_new_record_typed_on_while_it_is_stored_keeps_the_rest_for_the_next_save(
    window: MainWindow, investors: LibraryPage, office: Office, waiting: InTurn
) -> None:
    window.call("record.new")
    form = investors.form
    type_into(form.form.parts["name"].editor, "Bailu")
    window.call("record.save")
    type_into(form.form.parts["website"].editor, "bailu.example")
    waiting.finish()
    assert form.key
    assert form.form.parts["website"].take() == ("bailu.example", "")
    window.call("record.save")
    waiting.finish()
    assert office.get(Investor, form.key).website == "bailu.example"
    assert office.count(Query(Investor)) == 4
