"""办公室: its backups, its checking, its ledger, as a clerk sees them."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW, County, texts
from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.progress import untold
from zhaoshang_desktop.runtime.settings import SECOND, Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.repair import Repaired
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.backups import BackupsPart
from zhaoshang_desktop.ui.office.checking import CheckingPart
from zhaoshang_desktop.ui.office.damage import DamageDialog, RepairedDialog
from zhaoshang_desktop.ui.office.keeper import Keeper
from zhaoshang_desktop.ui.office.ledger import LedgerPart
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.while_closed import WhileClosed
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker

SMALL = (911, 464)
"""1366×768 at 150 %, without the task bar."""


@pytest.fixture
def page(window: MainWindow) -> OfficePage:
    found = window.go("office")
    assert isinstance(found, OfficePage)
    return found


@pytest.fixture
def backups(page: OfficePage) -> BackupsPart:
    part = page.parts["backups"]
    assert isinstance(part, BackupsPart)
    return part


def add(office: Office, name: str) -> None:
    with office.transaction(f"新建客商：{name}") as tx:
        tx.save(Investor(name=name))


def test_the_menu_leads_to_each_part(window: MainWindow) -> None:
    for name in ("checking", "ledger", "backups"):
        window.call(f"office.{name}")
        page = window.stack.current
        assert isinstance(page, OfficePage)
        assert page.names.currentRow() == list(page.parts).index(name)


def test_an_office_without_backups_says_what_will_come(backups: BackupsPart) -> None:
    assert backups.list.rowCount() == 0
    assert "立即备份" in backups.holds.text()
    assert backups.restore.isHidden()


def test_while_a_backup_is_looked_into_the_lists_answer(
    office: Office, county: County, qtbot: QtBot, settings: Settings
) -> None:
    actions.make(office)
    window = MainWindow(settings, office.clock)
    qtbot.addWidget(window)
    window.show()
    reader = Reader(office)
    window.set_office(office, Worker(office), reader)
    held = threading.Event()
    reader.ask("long", lambda _office: held.wait(20), lambda _answer: None, later=True)
    page, library = window.go("office"), window.go("investors")
    assert isinstance(page, OfficePage)
    assert isinstance(library, LibraryPage)
    backups = page.parts["backups"]
    assert isinstance(backups, BackupsPart)
    qtbot.waitUntil(lambda: library.list.model.rowCount() == 3)
    qtbot.waitUntil(lambda: backups.list.rowCount() == 1)
    library.list.search.setText("没有的")
    qtbot.waitUntil(lambda: library.list.model.rowCount() == 0)
    assert backups.holds.text() == "正在打开看……"
    held.set()
    qtbot.waitUntil(lambda: "客商库 3" in backups.holds.text())
    window.close()


def test_a_backup_made_now_is_listed_with_what_it_holds(backups: BackupsPart, office: Office) -> None:
    backups.now.click()
    assert [row[:2] for row in texts(backups.list)] == [["2026-11-20 10:42", "手动"]]
    assert "客商库 3" in backups.holds.text()
    assert backups.cost.text() == "之后没有修改，恢复不会丢掉什么。"
    add(office, "云帆")
    add(office, "海岳")
    backups.load()
    assert "丢掉之后的 2 批修改" in backups.cost.text()
    assert backups.lost.text() == "新建客商 2\n张敏 2 条"
    assert {tuple(row[:3]) for row in texts(backups.records)} == {
        ("海岳", "新建客商", "张敏"),
        ("云帆", "新建客商", "张敏"),
    }
    assert backups.restore.text() == "恢复到这一份（丢掉 2 批修改）"


def test_what_going_back_would_cost_is_read_whole_on_a_small_screen(
    backups: BackupsPart, office: Office, window: MainWindow
) -> None:
    window.resize(*SMALL)
    backups.now.click()
    for number in range(3):
        add(office, f"云帆智能装备科技有限公司第{number}分公司")
    backups.load()
    QApplication.processEvents()
    assert window.height() <= SMALL[1]
    assert backups.restore.isVisible()
    for line in (backups.holds, backups.cost, backups.lost):
        assert line.height() >= line.heightForWidth(line.width()), line.text()
    assert backups.records.height() >= 100


def test_going_back_is_asked_of_the_program_with_the_present_backed_up(
    window: MainWindow, backups: BackupsPart, office: Office
) -> None:
    backups.now.click()
    add(office, "云帆")
    backups.load()
    asked: list[WhileClosed] = []
    window.desk.while_closed.connect(asked.append)
    backups.restore.click()
    assert [one.words for one in asked] == ["正在恢复"]
    assert [one.name.why for one in actions.backups(Path(office.where), now=office.clock.now())] == ["恢复前", "手动"]
    backups.load()
    assert not backups.take_back.isHidden()


def test_that_users_stay_as_they_are_is_said_before_and_after_going_back(
    window: MainWindow, backups: BackupsPart, office: Office
) -> None:
    backups.now.click()
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    backups.load()
    assert backups.cost.text().startswith(actions.USERS_STAY)
    asked: list[WhileClosed] = []
    window.desk.while_closed.connect(asked.append)
    backups.restore.click()
    office.close()
    assert asked[0].told(asked[0].work(progress=untold)).endswith(actions.USERS_STAY)


def test_a_damaged_backup_is_said_where_one_looks(backups: BackupsPart, office: Office) -> None:
    backups.now.click()
    made = actions.backups(Path(office.where), now=office.clock.now())[0].path
    made.write_bytes(made.read_bytes()[:9000])
    backups.load()
    assert "损坏" in backups.holds.text()
    assert backups.restore.isHidden()


def test_the_second_place_gets_the_newest_at_once(backups: BackupsPart, tmp_path: Path, window: MainWindow) -> None:
    backups.now.click()
    stick = tmp_path / "U盘"
    stick.mkdir()
    backups.put_second(stick)
    assert window.settings.choices[SECOND] == str(stick)
    assert backups.second.text() == str(stick)
    assert texts(backups.list)[0][3] == "本机和第二处"
    assert len(list(stick.glob("*/*.office"))) == 1
    backups.drop.click()
    assert SECOND not in window.settings.choices
    assert "电脑坏了" in backups.second.text()


def test_a_check_that_finds_nothing_says_so_and_one_that_finds_the_index_wrong_offers_to_rebuild(
    page: OfficePage, office: Office
) -> None:
    page.show_view("checking")
    part = page.parts["checking"]
    assert isinstance(part, CheckingPart)
    part.start.click()
    assert part.found.text() == "全部完好。"
    with sqlite3.connect(office.where) as file:
        file.execute("UPDATE investor_entry SET text = '别的'")
    file.close()
    part.start.click()
    assert "1 处问题" in part.found.text()
    assert not part.rebuild.isHidden()
    assert part.repair.isHidden()
    part.rebuild.click()
    assert part.found.text() == "全部完好。"


def test_a_check_that_finds_records_wrong_offers_to_repair(
    page: OfficePage, office: Office, window: MainWindow
) -> None:
    page.show_view("checking")
    part = page.parts["checking"]
    assert isinstance(part, CheckingPart)
    with sqlite3.connect(office.where) as file:
        file.execute("UPDATE investor SET level = 'C'")
    file.close()
    part.start.click()
    assert part.rebuild.isHidden()
    asked: list[WhileClosed] = []
    window.desk.while_closed.connect(asked.append)
    part.repair.click()
    assert [one.words for one in asked] == ["正在修复"]


def test_the_ledger_is_read_by_kind_and_exported(page: OfficePage, office: Office, tmp_path: Path) -> None:
    office.note(Deed(Act.EXPORT, 3214, "客商.xlsx", "客商库登记册"))
    office.note(Deed(Act.PRINT, 12, "资料.pdf"))
    page.show_view("ledger")
    part = page.parts["ledger"]
    assert isinstance(part, LedgerPart)
    assert [row[2] for row in texts(part.list)] == ["打印", "导出"]
    part.kinds.setCurrentText("导出")
    assert [row[:5] for row in texts(part.list)] == [["2026-11-20 10:42:00", "张敏", "导出", "3,214", "客商.xlsx"]]
    part.write(tmp_path / "台账.xlsx")
    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[5]][2:5] == ["导出", "3,214", "客商.xlsx"]
    assert [one.deed.note for one in office.ledger(1)] == ["台账"]


@pytest.fixture
def keeper(window: MainWindow, office: Office, county: County) -> Keeper:
    return Keeper(office, window.desk, AtOnce(), window)


def test_the_day_begins_with_a_check_and_a_backup(keeper: Keeper, office: Office) -> None:
    said: list[str] = []
    keeper.kept.connect(said.append)
    keeper.begin()
    assert [one.name.why for one in actions.backups(Path(office.where), now=office.clock.now())] == ["每日"]
    assert said == [""]


def test_a_stick_that_is_not_in_is_said_calmly(keeper: Keeper, window: MainWindow, tmp_path: Path) -> None:
    window.settings.choices[SECOND] = str(tmp_path / "没有")
    keeper.kept.connect(window.status.show_kept)
    keeper.begin()
    assert "下次补上" in window.status.kept


def test_a_damaged_file_is_noticed_and_no_backup_is_made_of_it(
    window: MainWindow, office: Office, county: County, tmp_path: Path
) -> None:
    actions.make(office)
    office.engine.dispose()
    size = Path(office.where).stat().st_size
    with Path(office.where).open("r+b") as file:
        for page in range(20, size // 4096, 3):
            file.seek(page * 4096)
            file.write(bytes(4096))
    keeper = Keeper(office, window.desk, AtOnce(), window)
    found: list[str] = []
    keeper.damaged.connect(found.append)
    keeper.begin()
    assert len(found) == 1
    assert len(actions.backups(Path(office.where), now=office.clock.now())) == 1


def test_the_dialog_of_damage_names_the_backup_and_the_way_out(window: MainWindow) -> None:
    dialog = DamageDialog("清岚.office", "2026-11-20 10:42", "文件结构：……", window)
    asked: list[bool] = []
    dialog.repair_wanted.connect(lambda: asked.append(True))
    assert dialog.repair.text() == "从备份修复"
    dialog.repair.click()
    assert asked == [True]


def test_a_long_report_of_a_repair_is_scrolled_and_fits_a_small_screen(qtbot: QtBot) -> None:
    lost = [f"1 条客商的编号对不上任何修改记录，没有放回。它写着：企业名称 青禾{n}新材料有限公司" for n in range(60)]
    dialog = RepairedDialog(Repaired(Path("清岚县-损坏.office"), None, lost=lost))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.height() < 700
    assert len(dialog.lines) > 60


def test_a_part_opens_with_the_cursor_in_its_list_or_on_its_first_button(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    actions.make(office)
    for command, kind in (("ledger", QTableWidget), ("backups", QTableWidget), ("checking", QPushButton)):
        window.ui.tabs.setFocus()
        window.call(f"office.{command}")
        part = window.stack.current.parts[command]  # type: ignore[attr-defined]
        focused = window.focusWidget()
        assert isinstance(focused, kind)
        assert part.isAncestorOf(focused)


def test_backups_of_one_minute_are_told_apart_and_their_list_needs_no_scrolling(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    for number, second in enumerate((5, 40, 130)):
        add(office, f"云帆{number}")
        office.clock = FixedClock(NOW + timedelta(seconds=second))
        actions.make(office)
    page = window.go("office")
    assert isinstance(page, OfficePage)
    part = page.parts["backups"]
    assert isinstance(part, BackupsPart)
    window.resize(*SMALL)
    page.names.setFocus()
    part.load()
    assert [row[0] for row in texts(part.list)] == ["2026-11-20 10:44", "2026-11-20 10:42:40", "2026-11-20 10:42:05"]
    qtbot.waitUntil(lambda: part.list.horizontalScrollBar().maximum() == 0)
    for row in range(3):
        index = part.list.model().index(row, 0)
        assert part.list.fontMetrics().horizontalAdvance(index.data()) < part.list.columnWidth(0)
