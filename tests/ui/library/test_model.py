"""Long lists: the first screen at once, all keys a little later, rows as they come into sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library import model as models
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.library.questions import FIRST
from zhaoshang_desktop.ui.main_window import MainWindow

MANY = 400


@pytest.fixture
def page(office: Office, open_window: Callable[[Office], MainWindow]) -> LibraryPage:
    """客商库 with four hundred investors, right after the office was opened."""
    with office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"第 {number:03} 家") for number in range(MANY)])
    found = open_window(office).stack.current
    assert isinstance(found, LibraryPage)
    return found


def test_the_first_screen_comes_at_once_and_all_keys_follow(page: LibraryPage, office: Office, qtbot: QtBot) -> None:
    model = page.list.model
    assert model.rowCount() == FIRST
    assert not model.complete
    assert page.status() == "正在数…"
    qtbot.waitUntil(lambda: model.complete)
    assert model.all_keys() == office.ids(Query(Investor))
    assert page.status() == f"共 {MANY} 条"


def test_rows_are_read_when_they_come_into_sight(page: LibraryPage, qtbot: QtBot) -> None:
    model = page.list.model
    qtbot.waitUntil(lambda: model.complete)
    last = model.key_at(MANY - 1)
    assert model.known(last) is None
    page.list.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.known(last) is not None)
    assert model.index(MANY - 1, 1).data() == "第 399 家"


def test_only_so_many_rows_are_kept_in_memory(page: LibraryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "KEPT", 60)
    model = page.list.model
    qtbot.waitUntil(lambda: model.complete)
    first = model.key_at(0)
    page.list.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.known(model.key_at(MANY - 1)) is not None)
    assert model.known(first) is None


def test_the_place_in_a_long_list_stays_when_something_changes(page: LibraryPage, office: Office, qtbot: QtBot) -> None:
    model, table = page.list.model, page.list.table
    qtbot.waitUntil(lambda: model.complete)
    table.go_to(model.key_at(300))
    place = table.verticalScrollBar().value()
    with office.transaction("新建客商") as tx:
        tx.save(Investor(name="甲"))
    page.desk.worker.changed.emit(tx.changes)
    assert model.rowCount() == MANY + 1
    assert table.verticalScrollBar().value() == place


def test_a_newer_question_makes_the_old_list_be_forgotten(page: LibraryPage, qtbot: QtBot) -> None:
    page.list.search.setText("39")
    page.list.search.setText("399")
    assert page.list.model.rowCount() == 1
    qtbot.waitUntil(lambda: page.list.model.complete)
    assert page.list.model.rowCount() == 1


def test_ticking_the_header_ticks_all_and_again_none(page: LibraryPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.list.model.complete)
    page.list.table.sorted_by.emit(0)
    assert len(page.list.model.ticks) == MANY
    page.list.table.sorted_by.emit(0)
    assert not page.list.model.ticks
