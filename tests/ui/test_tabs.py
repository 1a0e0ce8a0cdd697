"""Tabs that a command opened can be closed; what takes a moment says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QToolButton

from tests.ui.conftest import County
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Unit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.list_pane import fitted
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.waiting import waiting
from zhaoshang_desktop.ui.workbench import Workbench


def titles(window: MainWindow) -> list[str]:
    return [window.ui.tabs.tabText(index) for index in range(window.ui.tabs.count())]


def test_a_tab_that_a_command_opened_is_closed_and_opened_again(window: MainWindow, county: County) -> None:
    before = titles(window)
    assert not window.closable
    window.call("units")
    window.call("members")
    assert titles(window) == [*before, "单位", "招商人员"]
    window.call("tab.close")
    assert titles(window) == [*before, "单位"]
    assert window.stack.key == "units"
    cross = window.ui.tabs.tabButton(len(before), QTabBar.ButtonPosition.RightSide)
    assert isinstance(cross, QToolButton)
    window.go("investors")
    cross.click()
    assert (titles(window), window.stack.key) == (before, "investors")
    window.call("units")
    assert titles(window)[-1] == "单位"


def test_what_is_typed_is_stored_before_a_tab_is_closed(window: MainWindow, office: Office, county: County) -> None:
    window.call("units")
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    page.open_record(county.unit.id)
    page.form.form.parts["note"].editor.put_changed("搬到新楼")
    window.call("tab.close")
    assert office.find(Query(Unit))[0].note == "搬到新楼"


def test_a_library_of_the_four_has_no_cross(window: MainWindow) -> None:
    window.go("investors")
    window.close_tab()
    assert "客商库" in titles(window)


def test_a_cover_says_what_is_coming_and_goes(window: MainWindow) -> None:
    with waiting(window.ui.pages, "正在打开外出与接待…"):
        cover = window.ui.pages.findChild(QLabel, "waiting")
        assert cover is not None
        assert cover.isVisible()
        assert cover.geometry() == window.ui.pages.rect()
    assert not cover.isVisible()


def test_columns_fit_a_narrow_list_as_far_as_they_can() -> None:
    assert fitted([200, 84, 46], 400) == [200, 84, 46]
    narrow = fitted([200, 84, 124, 46, 96, 88], 588)
    assert sum(narrow) <= 588
    assert narrow[3] == 46
    assert fitted([200, 46], 10) == [140, 46]


def test_a_line_of_the_workbench_ends_in_an_ellipsis_when_it_is_long(window: MainWindow, county: County) -> None:
    page = window.go("workbench")
    assert isinstance(page, Workbench)
    window.resize(911, 512)
    line = next(one for one in page.findChildren(QPushButton) if one.property("kind") == "line")
    line.resize(80, line.height())
    cut = line.grab().toImage()
    line.setText(line.fontMetrics().elidedText(line.text(), Qt.TextElideMode.ElideRight, 76))
    assert line.text().endswith("…")
    assert line.grab().toImage() == cut
