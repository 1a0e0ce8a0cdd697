"""标准与参数 and 附件: policy is data that the office edits; room is freed when somebody says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, Rate, TravelRule
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.space import SpacePart
from zhaoshang_desktop.ui.office.standards import TABLES, StandardsPart


@pytest.fixture
def part(window: MainWindow) -> StandardsPart:
    window.call("office.standards")
    page = window.stack.current
    assert isinstance(page, OfficePage)
    found = page.parts["standards"]
    assert isinstance(found, StandardsPart)
    return found


def show(part: StandardsPart, noun: str) -> None:
    part.tabs.setCurrentIndex(list(TABLES).index(noun))


def cells(part: StandardsPart) -> list[list[str]]:
    model = part.tables[part.noun].model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_what_ships_is_put_into_an_empty_table_once(part: StandardsPart, office: Office, window: MainWindow) -> None:
    assert cells(part) == []
    part.shipped.click()
    assert [row[0] for row in cells(part)] == ["伙食补助", "伙食补助", "市内交通"]
    part.shipped.click()
    assert "没有要补的" in window.notice.text
    assert office.count(Query(Allowance)) == 3


def test_an_amount_is_changed_where_it_stands_and_taken_back(
    part: StandardsPart, office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    part.shipped.click()
    table = part.tables["allowance"]
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(0, 2))
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    editor = window.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "120")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert office.find(Query(Allowance, order=("id",)))[0].amount == Money(12_000)
    qtbot.waitUntil(lambda: "120" in cells(part)[0][2])
    window.call("undo")
    assert office.find(Query(Allowance, order=("id",)))[0].amount == Money(10_000)


def test_a_new_line_is_stored_once_it_says_what_it_must(part: StandardsPart, office: Office) -> None:
    show(part, "rate")
    table = part.tables["rate"]
    table.add()
    names = [column.name for column in table.model.columns]
    for name, value in (("currency", "USD"), ("day", date(2026, 11, 20)), ("cny", Decimal("7.08"))):
        assert office.count(Query(Rate)) == 0
        table.model.setData(table.model.index(0, names.index(name)), (value, ""))
    assert [(one.currency, one.cny) for one in office.find(Query(Rate))] == [("USD", Decimal("7.08"))]
    assert len(cells(part)) == 1


def test_a_line_is_found_and_removed(part: StandardsPart, office: Office, window: MainWindow) -> None:
    show(part, "calendar_day")
    part.shipped.click()
    assert len(cells(part)) > 50
    part.words.setText("2026 国庆")
    assert {row[0][:4] for row in cells(part)} == {"2026"}
    before = office.count(Query(CalendarDay))
    table = part.tables["calendar_day"]
    table.view.setCurrentIndex(table.model.index(0, 0))
    QTest.keyClick(table.view, Qt.Key.Key_Delete)
    assert office.count(Query(CalendarDay)) == before - 1
    assert "回收站" in window.notice.text


def test_every_number_of_travel_has_its_line(part: StandardsPart, office: Office) -> None:
    show(part, "travel_rule")
    part.shipped.click()
    assert office.count(Query(TravelRule)) == len(cells(part)) == len(tables.rows("travel"))
    assert f"{len(tables.rows('travel'))} 行" in part.status()


def test_room_is_freed_when_somebody_says_so(window: MainWindow, office: Office, county: County) -> None:
    with office.transaction("添加") as tx:
        tx.put_blob(b"nobody wants this")
        tx.save(Attachment(owner_noun="investor", owner=county.qinghe.id, name="1.txt", sha256=tx.put_blob(b"wanted")))
    window.call("office.space")
    page = window.stack.current
    assert isinstance(page, OfficePage)
    space = page.parts["space"]
    assert isinstance(space, SpacePart)
    assert space.held.text() == "共 2 个，23 字节"
    assert "可以清理出 17 字节" in space.unused.text()
    space.clean.click()
    assert window.notice.text == "已清理 1 个，腾出 17 字节。"
    assert not space.clean.isEnabled()


def test_the_status_bar_counts_the_rows_of_the_table_in_front(part: StandardsPart, window: MainWindow) -> None:
    page = window.stack.current
    assert isinstance(page, OfficePage)
    said: list[str] = []
    page.status_changed.connect(said.append)
    show(part, "calendar_day")
    assert said[-1].endswith(f"{len(cells(part)):,} 行")
