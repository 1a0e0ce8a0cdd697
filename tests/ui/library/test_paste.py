"""粘贴成信息: what was copied is shown as leads, corrected, and stored as one batch."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.editors import LineEditor
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.library.paste_dialog import PasteDialog
from zhaoshang_desktop.ui.main_window import MainWindow

CHAT = """张敏：
昨天拜访了青禾新材料股份有限公司，二期想在北方选址，投资约3亿元
李想：云帆智能装备股份有限公司打算从苏州外迁，电话13900001111
"""


@pytest.fixture
def dialog(window: MainWindow, county: County) -> PasteDialog:
    """The dialog that Ctrl+V opens over the list."""
    page = window.go("leads")
    assert isinstance(page, LibraryPage)
    QGuiApplication.clipboard().setText(CHAT)
    page.list.buttons["lead.paste"].click()
    made = page.list.findChild(PasteDialog)
    assert isinstance(made, PasteDialog)
    return made


def leads(office: Office) -> dict[str, Lead]:
    return {one.provider: one for one in office.find(Query(Lead))}


def test_each_message_is_a_lead_with_what_was_found(dialog: PasteDialog, county: County) -> None:
    assert [one.lead.provider for one in dialog.drafts] == ["张敏", "李想"]
    assert dialog.drafts[0].lead.investor == county.qinghe.id
    assert "客商库已有：青禾新材料股份有限公司" in dialog.told.text()
    assert "约3亿元" in dialog.told.text()
    assert dialog.onward.text() == "存入信息库 2 条"


def test_what_was_corrected_is_stored_as_one_batch_with_a_new_firm(
    qtbot: QtBot, dialog: PasteDialog, office: Office
) -> None:
    before = len(office.batches())
    count = office.count(Query(Lead))
    editor = dialog.form.parts["subject"].editor
    assert isinstance(editor, LineEditor)
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "Qinghe")
    dialog.list.setCurrentRow(1)
    assert dialog.firm.text() == "把“云帆智能装备股份有限公司”建为客商，并关联到这条信息"
    dialog.firm.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    found = leads(office)
    assert found["张敏"].subject == "Qinghe"
    assert found["李想"].place == "320500"
    made = office.get(Investor, found["李想"].investor)
    assert made.name == "云帆智能装备股份有限公司"
    assert len(office.batches()) == before + 1
    office.undo()
    assert office.count(Query(Lead)) == count


def test_one_that_is_ticked_off_stays_out(qtbot: QtBot, dialog: PasteDialog, office: Office) -> None:
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.onward.text() == "存入信息库 1 条"
    dialog.onward.click()
    assert "李想" not in leads(office)


def test_the_text_can_be_changed_and_taken_apart_again(dialog: PasteDialog) -> None:
    dialog.back.click()
    dialog.text.setPlainText("只有一句话")
    assert dialog.onward.text() == "认一认"
    dialog.onward.click()
    assert [one.lead.subject for one in dialog.drafts] == ["只有一句话"]
    assert dialog.list.isHidden()


def test_ctrl_v_on_the_list_of_leads_takes_what_was_copied(qtbot: QtBot, window: MainWindow, office: Office) -> None:
    page = window.go("leads")
    assert isinstance(page, LibraryPage)
    QGuiApplication.clipboard().setText(CHAT)
    window.activateWindow()
    page.list.table.setFocus()
    qtbot.waitUntil(page.list.table.hasFocus)
    count = office.count(Query(Lead))
    qtbot.keyClick(page.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = page.list.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    assert [one.lead.provider for one in dialog.drafts] == ["张敏", "李想"]
    qtbot.mouseClick(dialog.onward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: office.count(Query(Lead)) == count + 2)


def test_ctrl_v_in_the_search_box_of_leads_pastes_there(qtbot: QtBot, window: MainWindow) -> None:
    page = window.go("leads")
    assert isinstance(page, LibraryPage)
    QGuiApplication.clipboard().setText("青禾")
    window.activateWindow()
    page.list.search.setFocus()
    qtbot.waitUntil(page.list.search.hasFocus)
    qtbot.keyClick(page.list.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.list.search.text() == "青禾"
    assert page.list.findChild(PasteDialog) is None
