"""Monday morning: a chamber of commerce sends a list; an hour later it is in the library, or as if it never was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.runtime.clock import SystemClock
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import CHECK, DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONGEST_MS = 20_000
LIST: tuple[tuple[Any, ...], ...] = (
    ("苏锡常企业名单（2026年9月）",),
    (None, None, None, None, None, "单位：万元"),
    ("序号", "单位名称", "企业基本情况", None, "联系人及电话", "主营产品", "责任人"),
    (None, None, "统一社会信用代码", "注册资本", None, None, None),
    ("一、无锡市（3家）",),
    (1, "北塘精密铸造有限公司", None, 4200, "许厂长/李经理 0510-88887766", "铸件", "张敏"),
    (2, "青禾新材料有限公司", None, "1.2亿", "周远航 13812342216", "添加剂", "张敏"),
    (3, "太湖环保设备厂", None, "未透露", None, "污水处理", "王某某"),
    (None, "小计", None, 16200),
    ("二、苏州市（2家）",),
    (4, "华澄新材料科技有限公司", None, 8600, "顾女士", "隔膜", None),
    (5, "盛泽纺织集团有限公司", None, "２８００", None, "面料", None),
    ("以下企业仅供参考，暂不联系", None, "另附", None, None, None, None),
    ("注：名单由商会提供。",),
)
BLOCKS = ("A1:G1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4", "G3:G4", "A5:G5", "A10:G10")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one of ours and two firms it knows."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=SystemClock())
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="高新园区"))
        tx.save(Member(name="张敏", unit=unit.id))
        tx.save(Investor(name="青禾新材料股份有限公司", place="320200"))
        tx.save(Investor(name="华澄新材料科技有限公司", business="隔膜涂覆"))
    yield made
    made.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The list as the chamber sent it."""
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet.title = "名单"
    for row in LIST:
        sheet.append(row)
    for block in BLOCKS:
        sheet.merge_cells(block)
    hidden: Any = workbook.create_sheet("字典")
    hidden.append(("行业",))
    hidden.sheet_state = "hidden"
    path = tmp_path / "苏锡常企业名单.xlsx"
    workbook.save(path)
    workbook.close()
    return path


def test_a_chambers_list_comes_into_the_library_and_goes_again_as_one_batch(
    qtbot: QtBot, window: MainWindow, office: Office, book: Path
) -> None:
    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=LONGEST_MS)

    before = [line.name for line in office.find(Query(Investor))]
    page = window.go("investors")
    until(lambda: isinstance(page, LibraryPage) and page.list.model.rowCount() == 2)

    # the clerk presses 导入 and drops the file
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "导入")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wizard = window.stack.current
    assert isinstance(wizard, ImportWizard)
    drop(wizard.choose.drop, book)
    until(lambda: wizard.place == RECOGNISE and not wizard.session.waiting)

    # one row is not what the program took it for; a click on its role says so
    edge = wizard.recognise.view.roles
    assert edge.words(12) == ""
    middle = edge.sectionViewportPosition(12) + 10
    qtbot.mouseClick(edge.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, middle))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.triggered.emit(next(action for action in menu.actions() if action.data() == Role.NOTE.value))
    menu.close()
    until(lambda: edge.words(12) == "附注" and not wizard.session.waiting)

    # 主营产品 is 主营业务, said by typing its initials
    qtbot.mouseClick(wizard.recognise.mapping.confirm, Qt.MouseButton.LeftButton)
    until(lambda: not wizard.session.waiting)
    picker = wizard.recognise.pick_field(5, QPoint(100, 100))
    qtbot.keyClicks(picker.search, "zyyw")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    until(lambda: not wizard.session.waiting and wizard.recognise.view.sheet.target_label(5) == "主营业务")

    # Enter; what cannot be read is found with F8 (a platform without a screen has to be told who is in front)
    window.activateWindow()
    qtbot.keyClick(wizard.recognise.view, Qt.Key.Key_Return)
    until(lambda: wizard.place == CHECK)
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_F8)
    assert wizard.check.table.currentIndex().data() == "？未透露"
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_F8)
    assert wizard.check.table.currentIndex().data() == "？王某某"

    # one may be a firm that is known: its empty fields are filled
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_Return)
    until(lambda: wizard.place == DUPLICATES)
    assert "青禾新材料股份有限公司" in wizard.duplicates.table.decisions.index(0, 2).data()
    qtbot.keyClick(wizard.duplicates.table, Qt.Key.Key_1)
    assert wizard.onward.text() == "导入 5 条"

    qtbot.keyClick(wizard.duplicates.table, Qt.Key.Key_Return)
    until(lambda: wizard.place == OUTCOME)
    found = {one.name: one for one in office.find(Query(Investor))}
    assert sorted(found) == sorted([*before, "北塘精密铸造有限公司", "太湖环保设备厂", "盛泽纺织集团有限公司"])
    assert found["青禾新材料股份有限公司"].business == "添加剂"
    assert found["华澄新材料科技有限公司"].business == "隔膜涂覆"
    assert found["太湖环保设备厂"].raw == {"registered_capital": "未透露", "owner": "王某某"}
    assert found["北塘精密铸造有限公司"].owner == office.find(Query(Member))[0].id
    assert {one.name for one in office.find(Query(Contact))} >= {"许厂长", "李经理", "周远航"}
    batches = office.batches()
    assert batches[0].label == "导入客商 5 条：苏锡常企业名单.xlsx"

    # on reflection: not this list
    qtbot.mouseClick(wizard.outcome.undo, Qt.MouseButton.LeftButton)
    until(lambda: "已撤销" in wizard.outcome.headline.text())
    assert [one.name for one in office.find(Query(Investor))] == before
    assert office.find(Query(Contact)) == []
    assert len(office.batches()) == len(batches) + 1

    # and after all yes; the library opens on what came
    qtbot.mouseClick(wizard.outcome.again, Qt.MouseButton.LeftButton)
    until(lambda: "已导入" in wizard.outcome.headline.text())
    qtbot.mouseClick(wizard.onward, Qt.MouseButton.LeftButton)
    assert isinstance(page, LibraryPage)
    until(lambda: window.stack.current is page and page.list.model.complete and page.list.model.rowCount() == 5)
