"""A pack goes out through the window: what is in it is said before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County, Drawer
from tests.ui.library.test_record_page import InTurn
from tests.ui.packs.conftest import PASSPHRASE
from zhaoshang_desktop.actions.attachment import files_of
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.protection import ProtectionDialog
from zhaoshang_desktop.ui.packs.home import HomecomingPage
from zhaoshang_desktop.ui.packs.out import PackOutPage
from zhaoshang_desktop.ui.packs.page import PacksPage
from zhaoshang_desktop.ui.promises import PromiseDialog
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker


@pytest.fixture
def page(window: MainWindow, trip: Trip, county: County) -> PackOutPage:
    window.call("pack.out")
    current = window.stack.current
    assert isinstance(current, PackOutPage)
    return current


def type_secret(page: PackOutPage, text: str = PASSPHRASE) -> None:
    page.secret.first.setText(text)
    page.secret.second.setText(text)


def test_what_goes_and_whose_data_leaves_is_said_first(page: PackOutPage) -> None:
    assert "客商 1" in page.counts.text()
    assert "客商联系人 1 人" in page.whose.text()
    assert "KB" in page.weight.text()
    page.abroad.setChecked(True)
    assert "联系人、电话、附件" in page.whose.text()
    assert "联系人" not in page.counts.text()


def test_it_is_written_verified_and_registered(page: PackOutPage, office: Office, tmp_path: Path) -> None:
    page.place.put_folder(tmp_path)
    page.holder.setText("王强")
    type_secret(page)
    page.write.click()
    assert page.done is not None
    assert page.written is not None
    assert "打开核对过" in page.written.result.text()
    assert "打开办公室" in page.written.result.text()
    assert page.written.key.text.count("-") > 5
    pack = office.find(Query(Pack))[0]
    assert (pack.holder, pack.state) == ("王强", "在外")
    laptop = open_office(page.done.path, secret=PASSPHRASE)
    assert laptop.pack == "新材料链小分队"
    laptop.close()


def test_where_to_and_with_whom_is_remembered_and_its_key_if_wanted(
    window: MainWindow, page: PackOutPage, tmp_path: Path, drawer: Drawer
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    page.place.put_folder(stick)
    page.holder.setText("王强")
    page.remember.setChecked(True)
    type_secret(page)
    page.write.click()
    assert page.done is not None
    assert PASSPHRASE not in str(drawer.kept)
    laptop = open_office(page.done.path, secret=PASSPHRASE)
    (trip,) = laptop.find(Query(Trip))
    assert [one.attachment.name for one in files_of(laptop, Trip, trip.id)] == ["新材料链小分队 资料.pdf"]
    laptop.close()
    page.written.kept.setChecked(True)  # type: ignore[union-attr]
    page.back()
    window.call("pack.out")
    again = window.stack.current
    assert isinstance(again, PackOutPage)
    assert (again.holder.text(), Path(again.place.line.text()).parent) == ("王强", stick)
    again.back()
    home = HomecomingPage(window.desk, page.done.path)
    window.stack.push(home)
    assert home.home is not None
    home.back()


def test_a_weak_or_mistyped_passphrase_is_not_taken(page: PackOutPage, office: Office, tmp_path: Path) -> None:
    page.place.put_folder(tmp_path)
    type_secret(page, "123456")
    page.write.click()
    assert page.problem.text()
    type_secret(page)
    page.secret.second.setText("别的")
    page.write.click()
    assert "不一样" in page.problem.text()
    assert office.count(Query(Pack)) == 0


def test_nothing_chosen_cannot_be_written(page: PackOutPage) -> None:
    page.trips.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.write.isEnabled()
    assert "至少选一项" in page.counts.text()


def test_an_office_without_trips_says_where_they_are_made(window: MainWindow) -> None:
    window.call("pack.out")
    page = window.stack.current
    assert isinstance(page, PackOutPage)
    assert page.none.isVisible()
    assert "还没有外出" in page.none.text()
    assert not page.write.isEnabled()
    assert page.write.toolTip()
    assert [one for one in (page.inland, page.holder, page.place, page.secret, page.why_not) if one.isVisible()] == []
    page.new_trip.click()
    assert window.stack.current is not page
    assert window.stack.key in ("", "trips")


def test_what_a_list_has_chosen_can_go_instead_of_a_trip(window: MainWindow, county: County, tmp_path: Path) -> None:
    library = window.go("investors")
    library.list.table.selectAll()  # type: ignore[attr-defined]
    window.call("pack.out")
    page = window.stack.current
    assert isinstance(page, PackOutPage)
    assert page.trips.item(0).text() == "列表里的客商　3 条"
    assert "客商 3" in page.counts.text()


def test_the_register_shows_what_is_out_and_what_came_home(window: MainWindow, pack: Path, office: Office) -> None:
    page = window.go("packs")
    assert isinstance(page, PacksPage)
    assert page.status() == "在外 1 个，共 1 个"
    assert "带包人：王强" in page.facts.text()
    assert page.came.text() == "还没有带回过。"
    page.strike.click()
    assert office.find(Query(Pack))[0].state == "作废"
    assert page.status() == "在外 0 个，共 1 个"


def test_an_office_without_packs_says_what_they_are_for(window: MainWindow) -> None:
    page = window.go("packs")
    assert isinstance(page, PacksPage)
    assert "还没有带出过" in page.empty.text()
    assert not page.empty.isHidden()


def test_a_pack_that_is_open_says_so_in_the_title(window: MainWindow, pack: Path) -> None:
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.runner import AtOnce
    from zhaoshang_desktop.ui.worker import Worker

    laptop = open_office(pack, secret=PASSPHRASE)
    window.set_office(laptop, Worker(laptop, AtOnce()), Reader(laptop, AtOnce()))
    assert window.windowTitle() == "招商桌面 — 出差包：新材料链小分队（清岚县投资促进局）"
    window.leave_office()
    laptop.close()


def test_papers_with_forbidden_promises_are_asked_about_before_they_leave(
    page: PackOutPage, office: Office, trip: Trip, tmp_path: Path
) -> None:
    with office.transaction("目的") as tx:
        one = tx.get(Trip, trip.id)
        one.purpose = "承诺税收返还五成"
        tx.save(one)
    page.place.put_folder(tmp_path)
    type_secret(page)
    asked: list[str] = []

    def answer(button: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PromiseDialog)
        asked.append(dialog.list.toPlainText())
        next(one for one in dialog.buttons.buttons() if one.text() == button).click()

    QTimer.singleShot(0, lambda: answer("返回修改"))
    page.write.click()
    assert "外出目的" in asked[0]
    assert page.done is None
    assert page.write.isEnabled()
    QTimer.singleShot(0, lambda: answer("仍然带出"))
    page.write.click()
    assert page.done is not None
    assert len(asked) == 2


def test_what_one_goes_out_for_is_named_first_and_the_rules_in_one_figure(page: PackOutPage) -> None:
    words = page.counts.text()
    assert words.startswith("外出 1　拜访洽谈")
    assert "节假日" not in words
    assert "各种标准" in words


def test_one_begins_at_what_goes_and_tab_follows_the_page(page: PackOutPage, window: MainWindow) -> None:
    window.activateWindow()
    order = [page.trips, page.papers, page.inland, page.holder, page.place.line]
    page.arrive()
    for widget in order:
        assert QApplication.focusWidget() is widget
        QTest.keyClick(widget, Qt.Key.Key_Tab)


def test_a_complaint_goes_with_what_it_was_about(page: PackOutPage, tmp_path: Path) -> None:
    page.place.put_folder(tmp_path)
    type_secret(page, "123456")
    page.write.click()
    assert "太容易猜" in page.problem.text()
    type_secret(page)
    assert page.problem.text() == ""


def test_the_file_of_several_trips_says_so(page: PackOutPage, window: MainWindow, office: Office) -> None:
    with office.transaction("新建外出") as tx:
        tx.save(Trip(name="电子信息链小分队", start=date(2026, 10, 12), end=date(2026, 10, 16), state="已归"))
    page.office_opened()
    page.trips.item(1).setCheckState(Qt.CheckState.Checked)
    assert Path(page.place.line.text()).name == "出差包-新材料链小分队等 2 项（2026-11-20带出）.pack"


def test_its_recovery_key_is_printed_and_the_page_deleted_again(
    page: PackOutPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _url: True)
    page.place.put_folder(tmp_path)
    type_secret(page)
    page.write.click()
    assert page.written is not None
    key, paper = page.written.key, tmp_path / "钥匙.pdf"
    key.write(paper)
    qtbot.waitUntil(key.drop.isVisible, timeout=20_000)
    assert paper.stat().st_size
    key.drop.click()
    assert not paper.exists()
    page.written.kept.setChecked(True)
    page.back()


def test_from_a_pack_nothing_goes_out_and_it_is_said_how_it_comes_home(
    open_window: Callable[[Office], MainWindow], pack: Path
) -> None:
    laptop = open_office(pack, secret=PASSPHRASE)
    window = open_window(laptop)
    page = window.go("packs")
    assert isinstance(page, PacksPage)
    assert "拖到窗口上" in page.empty.text()
    assert page.take.isHidden()
    for command in ("pack.out", "pack.home"):
        window.notice.hide()
        window.call(command)
        assert window.stack.current is page
        assert "出差包" in window.notice.text
    window.close()
    laptop.close()


def test_a_pack_stays_encrypted_and_is_not_moved_to_a_server(
    open_window: Callable[[Office], MainWindow], pack: Path, tmp_path: Path
) -> None:
    laptop = open_office(pack, secret=PASSPHRASE)
    window = open_window(laptop)
    assert "server.to" not in window.orders.handlers
    with pytest.raises(KnownError, match="出差包"):
        move_office(laptop, tmp_path / "别处.office")
    dialog = ProtectionDialog(window.desk, window)
    dialog.open()
    assert not dialog.undo.isVisible()
    assert dialog.renew.isVisible()
    dialog.reject()
    window.close()
    laptop.close()


def test_esc_while_it_is_written_stops_that_and_the_page_stays(
    window: MainWindow, trip: Trip, office: Office, tmp_path: Path
) -> None:
    writing = InTurn()
    window.set_office(office, Worker(office, writing), Reader(office, AtOnce()))
    window.call("pack.out")
    page = window.stack.current
    assert isinstance(page, PackOutPage)
    page.papers.setChecked(False)
    page.place.put_folder(tmp_path)
    type_secret(page)
    page.write.click()
    page.back()
    writing.finish()
    assert window.stack.current is page
    assert "已取消" in page.problem.text()
    assert (list(tmp_path.glob("*.pack")), office.count(Query(Pack))) == ([], 0)
    assert page.write.isEnabled()
    page.write.click()
    writing.finish()
    assert page.written is not None


def test_the_recovery_key_is_not_lost_by_one_key(
    page: PackOutPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("zhaoshang_desktop.ui.packs.out.confirm", lambda _page, words, _button: asked.append(words))
    page.place.put_folder(tmp_path)
    type_secret(page)
    page.write.click()
    page.back()
    assert "不会再出现" in asked[0]
    assert window.stack.current is page
    assert page.written is not None
    page.written.kept.setChecked(True)
    page.leaving.click()
    assert window.stack.current is not page
    assert len(asked) == 1


def test_a_path_that_was_typed_stays_whatever_is_ticked(page: PackOutPage, tmp_path: Path) -> None:
    mine = str(tmp_path / "mine.pack")
    page.place.line.selectAll()
    QTest.keyClicks(page.place.line, mine)
    page.abroad.setChecked(True)
    page.trips.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert page.place.line.text() == mine


def test_the_cursor_goes_to_what_is_wrong(page: PackOutPage, window: MainWindow, tmp_path: Path) -> None:
    window.activateWindow()
    page.place.put_folder(tmp_path)
    type_secret(page, "123456")
    page.write.click()
    assert QApplication.focusWidget() is page.secret.first
    type_secret(page)
    page.secret.second.setText("别的")
    page.write.click()
    assert QApplication.focusWidget() is page.secret.second
    page.place.line.clear()
    page.write.click()
    assert QApplication.focusWidget() is page.place.line
    QTest.keyClick(page.secret.first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.secret.second


def test_who_takes_it_is_remembered_by_leaving_too(page: PackOutPage, window: MainWindow) -> None:
    page.holder.setText("王强")
    page.back()
    window.call("pack.out")
    again = window.stack.current
    assert isinstance(again, PackOutPage)
    assert again.holder.text() == "王强"
