"""The frame: tabs, commands with their keys, the global search, notices, wizards laid over pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar

from tests.ui.conftest import County, names
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.commands import NEEDS, READS, commands
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.reception.view import SECTIONS
from zhaoshang_desktop.ui.trip.hand import Hand
from zhaoshang_desktop.ui.trip.trip_view import STEPS
from zhaoshang_desktop.ui.workbench import Workbench


def badge(window: MainWindow, key: str) -> str:
    index = [entry.key for entry in window.tabs].index(key)
    found = window.ui.tabs.tabButton(index, QTabBar.ButtonPosition.RightSide)
    return found.text() if isinstance(found, QLabel) else ""


def found(window: MainWindow) -> list[str]:
    model = window.search.popup.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_tabs_are_those_of_the_libraries_and_the_window_names_the_office(window: MainWindow) -> None:
    titles = [window.ui.tabs.tabText(index) for index in range(window.ui.tabs.count())]
    assert titles[:5] == ["工作台", "客商库", "项目库", "信息库", "专家库"]
    assert window.windowTitle() == "招商桌面 — 清岚县投资促进局"


def test_a_tab_counts_what_waits(window: MainWindow, office: Office, county: County) -> None:
    assert badge(window, "leads") == "1"
    with office.transaction("核实") as tx:
        lead = tx.get(Lead, county.lead.id)
        lead.state = "已核实"
        tx.save(lead)
    window.desk.worker.changed.emit(tx.changes)
    assert badge(window, "leads") == ""


def test_a_page_is_made_when_it_is_first_looked_at(window: MainWindow) -> None:
    assert len(list(window.stack)) == 1
    window.ui.tabs.setCurrentIndex(2)
    assert len(list(window.stack)) == 2
    assert isinstance(window.stack.current, LibraryPage)
    assert names(window.stack.current) == ["青禾电解液添加剂二期"]


def test_no_key_stands_for_two_commands_and_every_command_has_words() -> None:
    keys = Counter(command.key for command in commands() if command.key)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(command.text for command in commands())


def test_every_command_is_carried_out_by_somebody(window: MainWindow) -> None:
    window.call("library.bin")
    able = {*window.stack.current.handlers(), *window.orders.handlers}
    window.call("library.all")
    able |= {*window.stack.current.handlers()}
    window.call("record.new")
    able |= {*window.stack.current.handlers()}
    window.call("units")
    able |= {*window.orders.handlers}
    window.go("leads")
    able |= {*window.stack.current.handlers()}
    missing = {command.name for command in commands() if not command.more} - able
    # an office in a plain file that has not moved has no lock and nothing to come back from; visits are a trip's
    elsewhere = {"office.lock", "office.reopen", "server.from", "visit.add", "visit.facts", "visit.replan"}
    assert missing <= elsewhere


def test_a_command_that_cannot_be_done_now_is_grey(window: MainWindow) -> None:
    assert window.commands.actions["record.remove"].isEnabled()
    assert not window.commands.actions["record.restore"].isEnabled()
    window.call("library.bin")
    assert window.commands.actions["record.restore"].isEnabled()
    assert not window.commands.actions["record.remove"].isEnabled()


def test_the_global_search_looks_into_every_library(window: MainWindow) -> None:
    window.search.focus()
    QTest.keyClicks(window.ui.search, "qinghe")
    assert found(window) == ["客商库", "青禾新材料股份有限公司", "项目库", "青禾电解液添加剂二期"]
    assert window.ui.search.hasFocus()


def test_arrows_and_enter_choose_what_was_found(window: MainWindow, county: County) -> None:
    window.search.focus()
    QTest.keyClicks(window.ui.search, "qinghe")
    QTest.keyClick(window.ui.search, Qt.Key.Key_Down)
    QTest.keyClick(window.ui.search, Qt.Key.Key_Return)
    assert window.stack.key == "projects"
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    assert page.list.table.current_key == county.project.id
    assert not window.search.popup.isVisible()


def test_esc_closes_the_search_and_nothing_found_says_so(window: MainWindow) -> None:
    window.search.focus()
    QTest.keyClicks(window.ui.search, "zzzz")
    assert found(window) == ["四个库里都没有“zzzz”"]
    QTest.keyClick(window.ui.search, Qt.Key.Key_Escape)
    assert window.ui.search.text() == ""
    assert not window.search.popup.isVisible()


def test_a_record_is_shown_even_if_the_present_filter_hides_it(
    window: MainWindow, investors: LibraryPage, county: County
) -> None:
    investors.list.search.setText("华澄")
    window.show_record(Investor, county.qinghe.id)
    assert investors.list.search.text() == ""
    assert investors.list.table.current_key == county.qinghe.id


def test_a_known_error_is_a_sentence_and_esc_puts_it_away(window: MainWindow) -> None:
    window.desk.complained.emit(KnownError("文件被别的程序占用。", "关掉它再试。"))
    assert window.notice.text == "文件被别的程序占用。关掉它再试。"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.notice.text == ""


def test_saving_shows_when_and_offers_to_undo(window: MainWindow, investors: LibraryPage) -> None:
    investors.list.table.selectRow(0)
    window.call("record.remove")
    labels = [label.text() for label in window.ui.status.findChildren(QLabel)]
    assert "已保存 10:42" in labels


def test_units_and_members_open_as_pages_of_their_own(window: MainWindow) -> None:
    window.call("members")
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    assert names(page) == ["张敏"]
    assert window.ui.tabs.tabText(window.ui.tabs.currentIndex()) == "招商人员"
    window.call("units")
    assert isinstance(window.stack.current, LibraryPage)
    assert names(window.stack.current) == ["高新园区"]


def test_a_wizard_lies_over_its_page_until_it_is_closed(window: MainWindow) -> None:
    wizard = Page(window.desk)
    window.stack.push(wizard)
    window.go("projects")
    window.go("investors")
    assert window.stack.current is wizard
    wizard.closed.emit()
    assert window.stack.key == "investors"


def test_the_workbench_shows_what_waits_and_leads_there(window: MainWindow, county: County) -> None:
    page = window.go("workbench")
    assert isinstance(page, Workbench)
    texts = page.texts()
    assert "下一步已逾期　1" in texts
    assert "青禾新材料股份有限公司　寄送园区图纸" in texts
    assert "待核实的信息　1" in texts
    page.follow("青禾新材料股份有限公司　寄送园区图纸")
    assert window.stack.key == "investors"


def test_a_number_on_the_workbench_opens_what_it_counts(window: MainWindow) -> None:
    page: Any = window.go("workbench")
    page.follow("待核实的信息　1")
    leads = window.stack.current
    assert isinstance(leads, LibraryPage)
    assert leads.list.view.key == "waiting"
    assert names(leads) == ["盛泽纺织拟转移产能"]


def test_who_sits_here_decides_what_is_mine(window: MainWindow, investors: LibraryPage, county: County) -> None:
    mine = next(view for view in investors.all_views if view.key == "mine")
    investors.views.chosen.emit(mine)
    assert "选一下自己的名字" in window.notice.text
    window.settings.choices[f"me.{window.desk.office.where}"] = county.zhang.id
    window.settings_changed()
    mine = next(view for view in investors.all_views if view.key == "mine")
    investors.views.chosen.emit(mine)
    assert names(investors) == ["青禾新材料股份有限公司"]


def test_another_office_takes_the_place_of_the_first(
    window: MainWindow, open_window: Callable[[Office], MainWindow], tmp_path: Any
) -> None:
    from zhaoshang_desktop.store import create_office
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.runner import AtOnce
    from zhaoshang_desktop.ui.worker import Worker

    other = create_office(tmp_path / "other.office", name="云溪县招商局")
    window.set_office(other, Worker(other, AtOnce()), Reader(other, AtOnce()))
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    assert page.list.model.rowCount() == 0
    assert "云溪县招商局" in window.windowTitle()
    window.leave_office()
    other.close()


def test_sizes_and_choices_are_kept_when_the_window_closes(
    window: MainWindow, investors: LibraryPage, settings: Settings
) -> None:
    investors.list.table.horizontalHeader().resizeSection(1, 240)
    window.close()
    assert settings.windows["main"]
    assert settings.choices["widths.investor"]["name"] == 240
    assert len(settings.choices["panes.investor"]) == 3


def test_a_person_of_an_investor_is_in_the_right_pane(investors: LibraryPage, county: County) -> None:
    investors.list.table.go_to(county.qinghe.id)
    investors.detail.reload()
    texts = [label.text() for label in investors.detail.findChildren(QLabel)]
    assert "周远航　董事长　138****2216" in texts
    assert "下一步　寄送园区图纸" in texts
    assert any("二期要看蒸汽价格" in text for text in texts)


def test_a_contact_stays_within_the_window_of_its_investor() -> None:
    assert pages.entry_of(Contact.NOUN) is None


def test_each_command_says_whether_it_writes(window: MainWindow) -> None:
    """One that nobody has placed would let a leader write, or keep them from looking."""
    known = {command.name for command in commands()}
    for entry in pages.PAGES:
        if entry.works:
            known |= set(window.go(entry.key).handlers())
    known |= {name for step in STEPS for name in step(window.desk, Hand(window.desk), window).handlers()}
    known |= {name for section in SECTIONS for name in section(window.desk, window).handlers()}
    known |= set(window.orders.handlers)
    assert NEEDS.keys() & READS == set()
    assert known - NEEDS.keys() - READS == set(), "place them in ui/commands.NEEDS or READS"


def test_an_error_goes_with_its_page_but_one_said_on_the_way_there_stays(window: MainWindow) -> None:
    window.desk.complained.emit(KnownError("“5 月”不是日期。"))
    QApplication.processEvents()
    window.go("projects")
    assert not window.notice.text
    window.desk.complained.emit(KnownError("那条记录已经不在了。"))
    window.go("leads")
    assert "不在了" in window.notice.text
    window.notice.complain(KnownError("第二处备份没有存上。"))
    QApplication.processEvents()
    window.go("projects")
    assert "第二处" in window.notice.text


def test_the_foot_offers_to_take_back_only_what_can_be(
    open_window: Callable[[Office], MainWindow], office: Office, county: County, tmp_path: Path
) -> None:
    again = open_office(office.where, clock=office.clock)
    window = open_window(again)

    def offered() -> bool:
        return any(one.text() == "撤销 Ctrl+Z" and one.isVisible() for one in window.findChildren(QPushButton))

    chosen = {Investor: [county.qinghe.id]}
    window.desk.run(pack_out, tmp_path / "带走.pack", chosen, "青山绿水带回家门口")
    assert (tmp_path / "带走.pack").exists()
    assert not offered()
    window.desk.run(edit_record, Investor, county.qinghe.id, {"note": "改过"}, county.qinghe.version)
    assert offered()
    window.call("undo")
    assert not offered()
    window.close()
    again.close()
