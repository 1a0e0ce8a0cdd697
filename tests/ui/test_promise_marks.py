"""Underlined while typed: what, where, and that a mark is no change."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain.fairness import FairRule
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.editors import NoteEditor
from zhaoshang_desktop.ui.main_window import MainWindow

PROMISE = "县里同意，一律零地价供应。"


def editor(window: MainWindow, qtbot: QtBot) -> NoteEditor:
    made = NoteEditor(field_of(Project, "pitch"), window.desk, window)
    qtbot.addWidget(made)
    made.show()
    return made


def underlined(made: NoteEditor, paragraph: int = 0) -> list[str]:
    block = made.box.document().findBlockByNumber(paragraph)
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        block.text()[one.start : one.start + one.length]
        for one in block.layout().formats()
        if one.format.underlineStyle() == wave
    ]


def test_a_promise_is_underlined_as_soon_as_it_is_typed(window: MainWindow, county: County, qtbot: QtBot) -> None:
    made = editor(window, qtbot)
    made.box.insertPlainText("园区已完成规划环评。\n")
    made.box.insertPlainText(PROMISE)
    qtbot.waitUntil(lambda: underlined(made, 1) == ["零地价"])
    assert underlined(made, 0) == []
    made.box.setPlainText("不得承诺零地价供应。")
    assert underlined(made) == []


def test_a_mark_is_no_change_of_what_stands_there(window: MainWindow, county: County, qtbot: QtBot) -> None:
    made = editor(window, qtbot)
    made.put(PROMISE)
    qtbot.waitUntil(lambda: underlined(made) == ["零地价"])
    assert not made.touched
    assert made.take() == (PROMISE, "")
    assert not made.box.document().isUndoAvailable()


def test_the_article_stands_under_the_pointer(window: MainWindow, county: County, qtbot: QtBot) -> None:
    made = editor(window, qtbot)
    made.put(PROMISE)
    qtbot.waitUntil(lambda: underlined(made) == ["零地价"])
    cursor = made.box.textCursor()
    cursor.setPosition(PROMISE.index("零地价") + 1)
    point = made.box.cursorRect(cursor).center()
    view = made.box.viewport()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    assert "第十条第（三）项" in QToolTip.text()
    assert "可以这样写" in QToolTip.text()


def test_a_changed_list_changes_the_marks(window: MainWindow, office: Office, county: County, qtbot: QtBot) -> None:
    made = editor(window, qtbot)
    made.put(PROMISE)
    with office.transaction("只留一条") as tx:
        tx.save(FairRule(words="县里同意", article="本县规定", valid_from=date(2026, 1, 1)))
    window.desk.take_in(tx.changes)
    qtbot.waitUntil(lambda: underlined(made) == ["县里同意"])


def test_an_editor_that_is_gone_is_not_marked_any_more(
    window: MainWindow, office: Office, county: County, qtbot: QtBot
) -> None:
    made = NoteEditor(field_of(Project, "pitch"), window.desk, window)
    made.put(PROMISE)
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()
    with office.transaction("加一条") as tx:
        tx.save(FairRule(words="县里同意", article="本县规定"))
    window.desk.take_in(tx.changes)
