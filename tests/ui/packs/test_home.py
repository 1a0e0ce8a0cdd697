"""A pack comes home through the window: compared first, chosen with the arrows, one button, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County, texts
from tests.ui.packs.conftest import PASSPHRASE
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.allowance import Rate
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.history import line_html
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.standards import StandardsPart
from zhaoshang_desktop.ui.packs.came import CameDialog
from zhaoshang_desktop.ui.packs.home import HomecomingPage
from zhaoshang_desktop.ui.packs.page import PacksPage


@pytest.fixture
def page(window: MainWindow, pack: Path) -> HomecomingPage:
    """The page after the file was dropped on the window."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(pack))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), actions, files, button, keys)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(9, 9), actions, files, button, keys))
    current = window.stack.current
    assert isinstance(current, HomecomingPage)
    return current


def unlock(page: HomecomingPage, secret: str = PASSPHRASE) -> None:
    page.unlock.line.setText(secret)
    page.unlock.button.click()


def test_a_wrong_passphrase_is_one_sentence_and_can_be_typed_again(page: HomecomingPage) -> None:
    unlock(page, "不是这个")
    assert "密码不对" in page.unlock.said.text()
    assert page.home is None
    unlock(page)
    assert page.home is not None


def test_one_types_the_passphrase_at_once_and_then_decides(window: MainWindow, page: HomecomingPage) -> None:
    window.activateWindow()
    page.arrive()
    assert QApplication.focusWidget() is page.unlock.line
    unlock(page)
    assert QApplication.focusWidget() is page.sides
    QTest.keyClick(page.sides, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.twins


def test_what_came_is_said_before_anything_is_written(page: HomecomingPage, office: Office, county: County) -> None:
    before = len(office.batches())
    unlock(page)
    assert "修改客商 1 条" in page.summary.text()
    assert "并到已有的客商 1 条" in page.summary.text()
    assert "新增客商" not in page.summary.text()
    assert page.who.text() == "修改人：王强"
    assert {conflict.label for conflict in page.conflicts} == {"备注", "关注等级"}
    assert not page.go_on.isEnabled()
    assert page.status() == "还有 2 处没有选定"
    assert len(office.batches()) == before


def test_everything_that_comes_unasked_can_be_read_before(page: HomecomingPage) -> None:
    unlock(page)
    page.details.click()
    dialog = page.findChild(CameDialog)
    assert isinstance(dialog, CameDialog)
    lines = {(line[0], line[1]): line[2:] for line in texts(dialog.list)}
    what, when = lines["修改客商", "青禾新材料股份有限公司"]
    assert "合作需求：蒸汽 20 吨/小时" in what
    assert "关注等级" not in what
    assert when.startswith("王强 ")
    assert "姓名：林海" in lines["新增联系人", "林海"][0]
    dialog.accept()


def test_conflicts_are_chosen_with_the_arrows(
    page: HomecomingPage, qtbot: QtBot, office: Office, county: County
) -> None:
    unlock(page)
    note = next(row for row, one in enumerate(page.conflicts) if one.label == "备注")
    page.sides.setCurrentCell(note, 2)
    qtbot.keyClick(page.sides, Qt.Key.Key_Left)
    assert page.sides.item(note, 2).text().startswith("✓ 二期要蒸汽")
    assert "王强 11-20" in page.sides.item(note, 2).text()
    assert "张敏 11-20" in page.sides.item(note, 3).text()
    assert page.sides.currentRow() != note
    qtbot.keyClick(page.sides, Qt.Key.Key_Right)
    assert page.go_on.isEnabled()
    page.go_on.click()
    assert page.merged is not None
    assert page.merged.is_whole
    assert "一致" in page.outcome.result.text()
    firm = office.get(Investor, county.qinghe.id)
    assert (firm.note, firm.level, firm.needs) == ("二期要蒸汽，价格敏感", "C", "蒸汽 20 吨/小时")
    assert office.find(Query(Pack))[0].state == "已回"
    assert [one.short_name for one in office.find(Query(Investor, words="海珥"))] == ["海珥"]


def test_the_history_says_who_did_it_on_the_road_and_who_brought_it_home(
    page: HomecomingPage, office: Office, county: County
) -> None:
    unlock(page)
    page.theirs.click()
    page.go_on.click()
    line = office.history(Investor, county.qinghe.id)[0]
    assert (line.actor, line.carried_by) == ("王强", "张敏")
    assert "王强（在外，张敏 带回）" in line_html(Investor, line, {})


def test_one_button_chooses_a_side_for_all(page: HomecomingPage, office: Office, county: County) -> None:
    unlock(page)
    page.theirs.click()
    page.go_on.click()
    firm = office.get(Investor, county.qinghe.id)
    assert (firm.note, firm.level) == ("二期要蒸汽，价格敏感", "B")


def test_a_double_can_be_a_record_of_its_own(page: HomecomingPage, qtbot: QtBot, office: Office) -> None:
    unlock(page)
    assert page.twins.rowCount() == 1
    assert "同一条" in page.twins.item(0, 3).text()
    qtbot.keyClick(page.twins, Qt.Key.Key_Space)
    assert "新建" in page.twins.item(0, 3).text()
    assert "新增客商 1 条" in page.summary.text()
    page.ours.click()
    page.go_on.click()
    assert office.count(Query(Investor, words="海珥")) == 2


def test_the_whole_merge_is_taken_back_with_one_click(page: HomecomingPage, office: Office, county: County) -> None:
    unlock(page)
    page.ours.click()
    page.go_on.click()
    assert office.find(Query(Visit, order=("-id",)))[0].said
    page.outcome.take_back.click()
    assert not office.find(Query(Visit, order=("-id",)))[0].said
    assert office.find(Query(Pack))[0].state == "在外"


def test_what_was_taken_back_is_said_in_front_of_the_page_below(window: MainWindow, page: HomecomingPage) -> None:
    unlock(page)
    page.ours.click()
    page.go_on.click()
    page.outcome.take_back.click()
    assert window.notice.text.startswith("已撤销：带回出差包")
    seen = window.ui.pages.childAt(window.notice.geometry().center())
    assert seen is not None
    assert window.notice.isAncestorOf(seen)


def test_choices_are_there_again_when_the_page_is_opened_anew(
    window: MainWindow, page: HomecomingPage, pack: Path
) -> None:
    unlock(page)
    page.sides.chosen.emit(0, "pack")
    chosen = dict(page.home.choices)  # type: ignore[union-attr]
    page.back()
    window.orders.open_homecoming(pack)
    again = window.stack.current
    assert isinstance(again, HomecomingPage)
    unlock(again)
    assert again.home is not None
    assert again.home.choices == chosen


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, page: HomecomingPage, qtbot: QtBot) -> None:
    window.activateWindow()
    unlock(page)
    page.ours.setFocus()
    qtbot.keyClick(page.ours, Qt.Key.Key_Return)
    page.go_on.setFocus()
    qtbot.keyClick(page.go_on, Qt.Key.Key_Enter)
    assert page.merged is not None
    assert QApplication.focusWidget() is page.go_on
    qtbot.keyClick(page.go_on, Qt.Key.Key_Return)
    assert window.stack.current is not page


def test_a_second_homecoming_brings_nothing_and_asks_nothing(
    window: MainWindow, page: HomecomingPage, pack: Path, office: Office
) -> None:
    unlock(page)
    page.ours.click()
    page.go_on.click()
    page.go_on.click()
    before = len(office.batches())
    window.orders.open_homecoming(pack)
    again = window.stack.current
    assert isinstance(again, HomecomingPage)
    unlock(again)
    assert again.summary.text() == "没有新的改动"
    assert again.conflicts == []
    assert "带回过" in again.who.text()
    assert again.go_on.text() == "完成"
    again.go_on.click()
    assert len(office.batches()) == before


def test_a_file_that_is_no_pack_is_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a.pack").write_text("不是", encoding="utf-8")
    window.orders.open_homecoming(tmp_path / "a.pack")
    page = window.stack.current
    assert isinstance(page, HomecomingPage)
    unlock(page)
    assert "打不开" in page.unlock.said.text()


def test_a_clerk_sees_what_of_the_standards_stays_out_and_an_admin_brings_it_later(
    window: MainWindow, pack: Path, office: Office
) -> None:
    there = open_office(pack, actor="王强", secret=PASSPHRASE, clock=office.clock)
    with there.transaction("汇率") as tx:
        tx.save(Rate(currency="USD", day=date(2026, 11, 20), cny=Decimal("7.1")))
    there.close()
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "王磊", Role.CLERK, "qinglan-2")
    office.sign_in("王磊", "qinglan-2")

    def bring() -> HomecomingPage:
        window.orders.open_homecoming(pack)
        page = window.stack.current
        assert isinstance(page, HomecomingPage)
        unlock(page)
        return page

    page = bring()
    waits = "标准的 3 处改动（汇率）要由管理员带回，这次没有并入。"
    assert page.held.text() == waits
    assert not page.held.isHidden()
    assert "汇率" not in page.summary.text()
    page.theirs.click()
    page.go_on.click()
    assert page.outcome.result.text().endswith(waits)
    page.go_on.click()
    assert office.count(Query(Rate)) == 0
    window.call("packs")
    register = window.stack.current
    assert isinstance(register, PacksPage)
    assert waits in register.facts.text()
    office.sign_in("张敏", "qinglan-1")
    page = bring()
    assert page.held.isHidden()
    assert page.summary.text() == "新增汇率 1 条"
    page.go_on.click()
    assert office.count(Query(Rate)) == 1
    page.go_on.click()
    assert waits not in register.facts.text()


def test_standards_in_a_pack_of_an_office_with_users_are_shown_and_not_changed(
    office: Office, trip: Trip, tmp_path: Path, open_window: Callable[[Office], MainWindow]
) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    pack_out(office, tmp_path / "带走.pack", {Trip: [trip.id]}, PASSPHRASE, holder="王强")
    there = open_office(tmp_path / "带走.pack", actor="王强", secret=PASSPHRASE, clock=office.clock)
    laptop = open_window(there)
    laptop.call("office.standards")
    page = laptop.stack.current
    assert isinstance(page, OfficePage)
    part = page.parts["standards"]
    assert isinstance(part, StandardsPart)
    assert "出差包里不能改" in part.hint.text()
    assert part.shipped.isHidden()
    table = part.tables["allowance"]
    assert table._add.isHidden()
    assert not table.model.flags(table.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    laptop.close()
