"""A clerk comes back from a fair: cards in the telephone, a list that corrects what is known, a chat full of news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from zhaoshang_desktop.actions.settling import Policy
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import SystemClock
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.cell_table import TICK
from zhaoshang_desktop.ui.importing.wizard import CHECK, DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.library.paste_dialog import PasteDialog
from zhaoshang_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONGEST_MS = 20_000
CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E6=83=B3;;;
ORG;CHARSET=UTF-8:青禾新材料有限公司
TITLE;CHARSET=UTF-8:总经理
TEL;CELL:13912340000
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:陈一
ORG:云帆装备有限公司
END:VCARD
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=SystemClock())
    with made.transaction("准备") as tx:
        for name in ("青禾新材料有限公司", "海拓半导体有限公司"):
            firm = tx.save(Investor(name=name, level="B"))
            tx.save(Contact(investor=firm.id, name="周远航", mobile="13800000000"))
    yield made
    made.close()


def test_cards_a_list_that_overwrites_and_a_chat(
    qtbot: QtBot, window: MainWindow, office: Office, tmp_path: Path
) -> None:
    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=LONGEST_MS)

    def through(wizard: ImportWizard, *places: int) -> None:
        for place in places:
            until(lambda: wizard.onward.isEnabled() and not wizard.session.waiting)
            wizard.onward.click()
            until(lambda place=place: wizard.place == place and not wizard.session.waiting)  # type: ignore[misc]

    # the telephone's cards are dropped on the window
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    until(lambda: page.list.model.rowCount() == 2)
    cards = tmp_path / "通讯录.vcf"
    cards.write_text(CARDS, encoding="utf-8")
    drop(window, cards)
    until(lambda: isinstance(window.stack.current, ImportWizard))
    wizard = window.stack.current
    assert isinstance(wizard, ImportWizard)
    until(lambda: wizard.place == RECOGNISE and not wizard.session.waiting)
    through(wizard, CHECK, DUPLICATES)
    model = wizard.duplicates.cells.table.cells
    assert [model.text(0, column) for column in (2, 3, 5)] == [
        "青禾新材料有限公司",
        "新联系人",
        "李想 总经理 13912340000",
    ]
    through(wizard, OUTCOME)
    assert {one.name for one in office.find(Query(Contact))} == {"周远航", "李想", "陈一"}
    wizard.onward.click()

    # a list says more than the library and otherwise: overwrite, but for one cell
    book = openpyxl.Workbook()
    for row in (
        ("企业名称", "关注等级", "主营业务"),
        ("青禾新材料有限公司", "A", "添加剂"),
        ("海拓半导体有限公司", "C", None),
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "名单.xlsx")
    drop(window, tmp_path / "名单.xlsx")
    until(lambda: isinstance(window.stack.current, ImportWizard))
    wizard = window.stack.current
    assert isinstance(wizard, ImportWizard)
    until(lambda: wizard.place == RECOGNISE and not wizard.session.waiting)
    through(wizard, CHECK, DUPLICATES)
    pane = wizard.duplicates.cells
    assert pane.table.cells.rowCount() == 1
    qtbot.mouseClick(pane.policies[Policy.OVERWRITE], Qt.MouseButton.LeftButton)
    assert pane.table.cells.rowCount() == 3
    last = pane.table.visualRect(pane.table.cells.index(2, TICK)).center()
    qtbot.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert wizard.onward.text() == "导入 1 条"
    through(wizard, OUTCOME)
    found = {one.name: one for one in office.find(Query(Investor))}
    assert (found["青禾新材料有限公司"].level, found["青禾新材料有限公司"].business) == ("A", "添加剂")
    assert found["海拓半导体有限公司"].level == "B"
    qtbot.mouseClick(wizard.outcome.undo, Qt.MouseButton.LeftButton)
    until(lambda: "已撤销" in wizard.outcome.headline.text())
    assert {one.level for one in office.find(Query(Investor)) if one.name != "云帆装备有限公司"} == {"B"}
    wizard.onward.click()

    # the group's chat is pasted into 信息库
    leads = window.go("leads")
    assert isinstance(leads, LibraryPage)
    QGuiApplication.clipboard().setText("张敏：海拓半导体有限公司想建二期，约2亿元\n李想：收到，我去对接")
    window.activateWindow()
    leads.list.table.setFocus()
    leads.list.buttons["lead.paste"].click()
    dialog = leads.list.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    until(lambda: len(dialog.drafts) == 2)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    qtbot.mouseClick(dialog.onward, Qt.MouseButton.LeftButton)
    until(lambda: office.count(Query(Lead)) == 1)
    lead = office.find(Query(Lead))[0]
    assert (lead.provider, lead.investor) == ("张敏", found["海拓半导体有限公司"].id)
    office.undo()
    assert office.count(Query(Lead)) == 0
