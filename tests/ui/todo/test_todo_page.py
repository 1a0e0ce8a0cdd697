"""待办 in the window: mine and everybody's, late first, done by the space bar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain.todo import by_urgency
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.todo.act_dialog import ActDialog
from zhaoshang_desktop.ui.todo.model import due_words
from zhaoshang_desktop.ui.todo.page import TodoPage


def shown(page: TodoPage) -> list[tuple[str, ...]]:
    model = page.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def todo(window: MainWindow) -> TodoPage:
    page = window.go("todo")
    assert isinstance(page, TodoPage)
    return page


def dialog(page: TodoPage) -> ActDialog:
    return next(one for one in page.findChildren(ActDialog) if one.isVisible())


def test_what_is_late_is_counted_on_the_tab_and_stands_first(window: MainWindow) -> None:
    page = todo(window)
    assert shown(page) == [
        ("10-25 逾期 26 天", "10-10 电话后还没有跟进", "华澄新材料科技有限公司", "", "跟进"),
        ("11-14 逾期 6 天", "寄送园区图纸", "青禾新材料股份有限公司", "张敏", "下一步"),
    ]
    assert page.status() == "共 2 件　逾期和超期 2 件"


def test_a_row_that_the_program_chooses_is_chosen_alone_while_ctrl_is_down(window: MainWindow) -> None:
    page = todo(window)
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyPress(page.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    page.table.setCurrentIndex(page.model.index(1, 0))
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [1]


def test_a_list_that_moves_on_under_the_dialog_finishes_what_the_dialog_is_about(window: MainWindow) -> None:
    page = todo(window)
    page.table.setCurrentIndex(page.model.index(1, 0))
    page.done()
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(dialog(page).note, Qt.Key.Key_Return)
    assert [row[1] for row in shown(page)] == ["10-10 电话后还没有跟进"]


def test_space_and_enter_finish_with_a_note(window: MainWindow, office: Office, county: County) -> None:
    page = todo(window)
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    asked = dialog(page)
    QTest.keyClicks(asked.note, "ok")
    QTest.keyClick(asked.note, Qt.Key.Key_Return)
    assert "寄送园区图纸" not in [row[1] for row in shown(page)]
    window.call("undo")
    assert "寄送园区图纸" in [row[1] for row in shown(page)]


def test_a_day_is_typed_as_one_says_it(window: MainWindow, office: Office) -> None:
    page = todo(window)
    key = page.model.rows[0].key
    QTest.keyClick(page.table, Qt.Key.Key_F3)
    asked = dialog(page)
    QTest.keyClicks(asked.day, "???")
    asked.act()
    assert "没看懂" in asked.said.text()
    asked.day.setText("+7")
    asked.act()
    assert office.get(Visit, key).next_due == date(2026, 11, 27)


def test_somebody_else_takes_over(window: MainWindow, office: Office, county: County) -> None:
    page = todo(window)
    QTest.keyClick(page.table, Qt.Key.Key_F4)
    asked = dialog(page)
    asked.act()
    assert "选一个人" in asked.said.text()
    asked.owner.put(county.zhang.id, "")
    asked.act()
    assert office.get(Visit, page.model.rows[0].key).next_owner == county.zhang.id


def test_mine_wants_to_know_who_i_am(window: MainWindow, office: Office, county: County) -> None:
    page = todo(window)
    page.bar.chips["我的"].click()
    assert "还不知道你是谁" in page.empty.sentence.text()
    window.settings.choices[f"me.{office.where}"] = county.zhang.id
    page.ask()
    assert [row[3] for row in shown(page)] == ["张敏"]
    assert page.back() is False


def test_words_and_kinds_narrow_the_list_and_escape_clears(window: MainWindow) -> None:
    page = todo(window)
    page.search.setText("图纸")
    assert len(shown(page)) == 1
    page.bar.chips["护商"].click()
    assert "没有符合条件" in page.empty.sentence.text()
    assert page.back()
    assert len(shown(page)) == 2


def test_enter_opens_the_investor(window: MainWindow) -> None:
    page = todo(window)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert window.stack.key == "investors"


def test_the_dialog_is_freed(window: MainWindow, qtbot: QtBot) -> None:
    page = todo(window)
    page.later()
    with qtbot.waitSignal(dialog(page).destroyed):
        dialog(page).reject()


def test_one_clock_is_told_where_two_have_run_out(window: MainWindow) -> None:
    page = todo(window)
    one, day = page.model.rows[-1], page.model.today
    assert due_words(replace(one, due=day - timedelta(days=3), overrun=20), day).endswith("逾期 3 天")
    assert due_words(replace(one, due=day + timedelta(days=3), overrun=20), day).endswith("还有 3 天 · 跟进超期 20 天")
    rows = [replace(one, key=days, due=day - timedelta(days=days), overrun=over) for days, over in ((2, 20), (10, 0))]
    assert [row.key for row in by_urgency(rows, day)] == [10, 2]
