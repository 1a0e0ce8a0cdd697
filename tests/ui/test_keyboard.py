"""A morning without the mouse: every key goes where it should."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import County, names
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.editor import Editor
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CONTROL = Modifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    """On whatever has the focus, as a keyboard does."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def test_a_morning_without_the_mouse(
    window: MainWindow, investors: LibraryPage, office: Office, county: County
) -> None:
    window.activateWindow()
    table = investors.list.table
    table.setFocus()
    table.go_to(county.huacheng.id)

    press(Key.Key_Down)
    assert table.current_key == county.jiangnan.id
    press(Key.Key_Space)
    assert investors.list.model.ticks == {county.jiangnan.id}
    press(Key.Key_Space)

    press(Key.Key_A, CONTROL)
    press(Key.Key_C, CONTROL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4

    press(Key.Key_F, CONTROL)
    assert investors.list.search.hasFocus()
    QTest.keyClicks(investors.list.search, "qinghe")
    assert names(investors) == ["青禾新材料股份有限公司"]
    press(Key.Key_Escape)
    assert investors.list.search.text() == ""

    table.setFocus()
    table.go_to(county.jiangnan.id)
    press(Key.Key_Delete)
    assert investors.list.model.rowCount() == 2
    press(Key.Key_Z, CONTROL)
    assert investors.list.model.rowCount() == 3
    press(Key.Key_Y, CONTROL)
    assert investors.list.model.rowCount() == 2

    table.go_to(county.qinghe.id)
    press(Key.Key_F2)
    editor = table.findChild(Editor)
    assert isinstance(editor, Editor)
    press(Key.Key_A, CONTROL)
    for letter in (Key.Key_Q, Key.Key_H):
        press(letter)
    press(Key.Key_Return)
    assert office.get(Investor, county.qinghe.id).name == "qh"

    table.setFocus()
    press(Key.Key_Return)
    assert investors.in_form
    press(Key.Key_PageDown, CONTROL)
    assert investors.form.key == county.huacheng.id
    press(Key.Key_Escape)
    assert not investors.in_form

    press(Key.Key_K, CONTROL)
    assert window.ui.search.hasFocus()
    press(Key.Key_Escape)
    press(Key.Key_3, CONTROL)
    assert window.stack.key == "projects"
    press(Key.Key_N, CONTROL)
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    assert page.in_form


def test_keys_that_belong_to_the_text_stay_with_the_text(window: MainWindow, investors: LibraryPage) -> None:
    window.activateWindow()
    investors.list.search.setFocus()
    QTest.keyClicks(investors.list.search, "qh")
    press(Key.Key_Z, CONTROL)
    assert window.notice.text == ""
    press(Key.Key_Delete)
    press(Key.Key_Space)
    assert investors.list.model.ticks == set()
