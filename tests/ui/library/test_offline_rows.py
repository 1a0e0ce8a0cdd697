"""Rows that belong to a record while the server is out of reach: what was typed is what one sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from tests.wire import Wire
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow

TIP, FONT = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.FontRole
SOON = 15_000


@pytest.fixture
def office(far_office: Office) -> Office:
    return far_office


@pytest.fixture
def window(open_window: Callable[[Office], MainWindow], office: Office, county: County) -> MainWindow:
    return open_window(office)


@pytest.fixture
def people(window: MainWindow, county: County) -> ChildTable:
    """The people of a firm, on its page."""
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    page.open_record(county.qinghe.id)
    return page.form.children_tables["contact"]


def column(table: ChildTable, name: str) -> int:
    return [one.name for one in table.model.columns].index(name)


def said(table: ChildTable, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return table.model.index(row, column(table, name)).data(role)


def stored(office: Office, county: County) -> list[Contact]:
    where = (Where("investor", "=", county.qinghe.id),)
    found: list[Contact] = office.find(Query(Contact, where=where, order=("id",)))
    return found


def test_a_cell_typed_offline_shows_what_was_typed_until_it_is_sent(
    qtbot: QtBot, window: MainWindow, people: ChildTable, office: Office, county: County, cable: tuple[Wire, str]
) -> None:
    cable[0].cut()
    people.model.setData(people.model.index(0, column(people, "post")), ("总经理", ""))
    assert said(people, 0, "post") == "总经理"
    assert "还没有送到服务器" in str(said(people, 0, "post", TIP))
    assert "还没有送到服务器" not in str(said(people, 0, "name", TIP))
    people.model.setData(people.model.index(0, column(people, "mobile")), ("", "等他回电话"))
    assert said(people, 0, "mobile") == "？等他回电话"
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    (one,) = stored(office, county)
    assert (one.post, one.raw) == ("总经理", {"mobile": "等他回电话"})
    assert "还没有送到服务器" not in str(said(people, 0, "post", TIP))


def test_a_row_added_or_removed_offline_is_seen_to_be_on_its_way(
    qtbot: QtBot, window: MainWindow, people: ChildTable, office: Office, county: County, cable: tuple[Wire, str]
) -> None:
    cable[0].cut()
    people.model.add(Contact(investor=county.qinghe.id))
    people.model.setData(people.model.index(1, column(people, "name")), ("王秘书", ""))
    assert people.model.rowCount() == 2
    assert said(people, 1, "name") == "王秘书"
    assert "还没有送到服务器" in str(said(people, 1, "name", TIP))
    assert not people.model.flags(people.model.index(1, 0)) & Qt.ItemFlag.ItemIsEditable
    assert "留在这个窗口里" in window.notice.text
    people.view.selectRow(0)
    people.remove()
    assert said(people, 0, "name", FONT).strikeOut()  # type: ignore[attr-defined]
    assert len(window.desk.worker.outbox) == 2
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    assert [one.name for one in stored(office, county)] == ["王秘书"]
    qtbot.waitUntil(lambda: people.model.rowCount() == 1, timeout=SOON)
    assert said(people, 0, "name") == "王秘书"


def test_a_value_that_is_typed_back_offline_is_stored_as_it_was(
    qtbot: QtBot, window: MainWindow, people: ChildTable, office: Office, county: County, cable: tuple[Wire, str]
) -> None:
    cable[0].cut()
    for post in ("总经理", "董事长"):
        people.model.setData(people.model.index(0, column(people, "post")), (post, ""))
    assert said(people, 0, "post") == "董事长"
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    assert stored(office, county)[0].post == "董事长"


def test_the_pane_beside_the_list_shows_a_waiting_edit(
    window: MainWindow, county: County, cable: tuple[Wire, str]
) -> None:
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    page.detail.show_key(county.qinghe.id)
    page.detail.reload()
    cable[0].cut()
    window.desk.run(edit_record, Investor, county.qinghe.id, {"name": "青禾一号"}, county.qinghe.version)
    assert page.detail._title.text() == "青禾一号"


def test_however_many_answers_are_lost_they_are_asked_for_once(
    qtbot: QtBot, window: MainWindow, cable: tuple[Wire, str]
) -> None:
    """Each lost answer used to ask for all of them again: within a minute a window was busy with nothing else."""
    window.reach.again.setInterval(20)
    missed: list[object] = []
    turns: list[int] = []
    window.desk.reader.lost.connect(missed.append)
    window.reach.again.timeout.connect(lambda: turns.append(len(missed)))
    cable[0].cut()
    window.stack.current.office_resumed()
    qtbot.waitUntil(lambda: len(turns) >= 8, timeout=SOON)
    window.reach.again.stop()
    assert turns[1] > 1
    assert turns[7] <= 8 * turns[1]


def test_a_page_can_be_left_with_all_that_was_typed_on_it_while_the_server_is_away(
    qtbot: QtBot, window: MainWindow, office: Office, county: County, cable: tuple[Wire, str]
) -> None:
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    page.open_record(county.qinghe.id)
    parts = page.form.form.parts
    cable[0].cut()
    for name, value in (("note", "第一次"), ("note", "第二次"), ("controller", "周家")):
        parts[name].editor.put_changed(value)
        page.form.save()
    (state,) = [one for one in page.form.findChildren(QLabel) if "连上服务器就保存" in one.text()]
    page.back()
    assert not page.in_form
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    stored = office.get(Investor, county.qinghe.id)
    assert (stored.note, stored.controller) == ("第二次", "周家")
    assert state.text() == ""


def test_a_new_record_that_waits_is_made_once_with_all_that_was_typed_since(
    qtbot: QtBot, window: MainWindow, office: Office, cable: tuple[Wire, str]
) -> None:
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    page.new()
    cable[0].cut()
    for name, value in (("name", "云帆智能"), ("note", "路上记的")):
        page.form.form.parts[name].editor.put_changed(value)
        page.form.save()
    page.back()
    assert not page.in_form
    assert len(window.desk.worker.outbox) == 1
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    assert [one.note for one in office.find(Query(Investor, words="云帆智能"))] == ["路上记的"]
