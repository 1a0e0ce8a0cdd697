"""A reception that is opened: said while it comes, shown to who may only look, left by Esc and when it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW, County
from tests.ui.reception.conftest import DAY, book, make
from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.reception import INVESTING, Reception
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.commands import READS
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.papers import PapersSection
from zhaoshang_desktop.ui.reception.view import SECTIONS
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker

LONG = 30_000


class Held(AtOnce):
    """A reader that is busy with something else until it is let go."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.busy = False

    def submit(self, job: Callable[[], None]) -> None:
        if self.busy:
            self.waiting.append(job)
        else:
            job()

    def let_go(self) -> None:
        self.busy = False
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def slow(qtbot: QtBot, settings: Settings, office: Office, county: County) -> Iterator[tuple[ReceptionPage, Held]]:
    """请进来 in a window whose answers wait until they are let go."""
    held, window = Held(), MainWindow(settings, FixedClock(NOW))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.set_office(office, Worker(office, AtOnce()), Reader(office, held))
    page = window.go("receptions")
    assert isinstance(page, ReceptionPage)
    yield page, held
    window.close()


def window_of(page: ReceptionPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def notice(page: ReceptionPage) -> str:
    return window_of(page).notice.text


def test_a_section_chosen_while_the_reception_is_on_its_way_is_where_it_opens(
    slow: tuple[ReceptionPage, Held], office: Office
) -> None:
    page, held = slow
    held.busy = True
    page.show_record(make(office))
    page.view.go("meals")
    assert page.view.strip.currentRow() == [section.KEY for section in SECTIONS].index("meals")
    held.let_go()
    assert page.view.step.KEY == "meals"


def test_a_reception_that_is_long_on_its_way_says_so_instead_of_showing_the_one_before(
    slow: tuple[ReceptionPage, Held], office: Office, qtbot: QtBot
) -> None:
    page, held = slow
    page.show_record(make(office, name="甲来访", letter_number=""))
    assert page.view.findings.isVisible()
    assert page.view.head.name.text() == "甲来访"
    held.busy = True
    page.show_record(make(office, name="乙来访"))
    qtbot.waitUntil(lambda: page.view.opening)
    head = page.view.head
    assert (head.name.text(), head.state.isVisible(), head.stored.isVisible(), head.offered()) == ("", False, False, ())
    assert not page.view.findings.isVisible()
    assert page.handlers().keys() == {"reload", "reception.new", "reception.ledger"}
    held.let_go()
    assert not page.view.opening
    assert page.view.head.name.text() == "乙来访"


def test_the_sections_are_made_while_nobody_waits(page: ReceptionPage, office: Office, qtbot: QtBot) -> None:
    page.show_record(make(office))
    assert len(page.view.ready()) == 1
    qtbot.waitUntil(lambda: len(page.view.ready()) == len(SECTIONS), timeout=LONG)


def test_a_reception_is_shown_to_a_leader_and_takes_nothing(page: ReceptionPage, office: Office) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    page.show_record(make(office))
    assert (page.view.head.stored.text(), page.view.head.state.isEnabled()) == ("自动保存", True)
    lines = page.view.step.findChildren(QLineEdit)
    assert not all(line.isReadOnly() for line in lines)
    office.sign_in("局长", "qinglan-3")
    page.desk.rights_changed.emit()
    assert all(line.isReadOnly() or not line.isEnabled() for line in lines)
    assert not any(box.isEnabled() for box in page.view.step.findChildren(QComboBox))
    assert (page.view.head.stored.text(), page.view.head.state.isEnabled()) == ("只能看", False)
    for section in SECTIONS[1:]:
        page.view.go(section.KEY)
        tables = page.view.step.findChildren(QAbstractItemView)
        assert all(table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers for table in tables)
        assert {name for _, name in page.view.head.offered()} <= READS
    office.sign_in("张敏", "qinglan-1")
    page.desk.rights_changed.emit()
    page.view.go("basic")
    assert not all(line.isReadOnly() for line in lines)


def test_that_one_may_only_look_is_said_in_a_narrow_window_too(page: ReceptionPage, office: Office) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    page.window().resize(911, 512)
    page.show_record(make(office))
    assert not page.view.head.stored.isVisible()
    office.sign_in("局长", "qinglan-3")
    page.desk.rights_changed.emit()
    assert page.view.head.stored.isVisible()


def test_a_name_that_has_no_room_is_cut_and_whole_under_the_mouse(page: ReceptionPage, office: Office) -> None:
    name = "青禾新材料股份有限公司董事长一行来清岚考察电解液添加剂二期选址和蒸汽管网"
    page.window().resize(911, 512)
    page.show_record(make(office, name=name))
    title = page.view.head.name
    assert title.shown().endswith("…")
    title.grab()
    assert title.toolTip() == name
    for button in page.view.head.findChildren(type(page.view.head.state)):
        assert not button.isVisible() or button.geometry().right() <= page.view.head.width()


def test_esc_stops_the_printer_first_and_leads_to_the_list_then(
    page: ReceptionPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    papers = papers_of(page, office, qtbot)
    papers.print_on(to_file(tmp_path))
    assert papers.sheets.busy
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page.inside
    assert papers.said.text() == "已取消，打印了 0 页。"
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    assert not page.inside


def test_a_reception_that_another_removes_closes_to_the_list_with_a_sentence(
    page: ReceptionPage, office: Office, qtbot: QtBot
) -> None:
    key = make(office, name="甲来访")
    page.show_record(key)
    window_of(page).follow(office)
    other = open_office(Path(office.where), actor="李想", clock=FixedClock(NOW + timedelta(minutes=5)))
    remove_records(other, Reception, [key])
    other.close()
    qtbot.waitUntil(lambda: not page.inside, timeout=LONG)
    assert notice(page) == "“甲来访”已经不在了（删除、移到回收站或撤销了新建），回到了列表。"
    assert page.list.model.lines == []


def test_a_reception_removed_behind_another_page_moves_no_cursor(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key)
    page.back()
    page.list.search.setFocus()
    page.desk.run(remove_records, Reception, [key])
    assert not page.inside
    assert page.list.search.hasFocus()
    assert "回到了列表" not in notice(page)


def test_undoing_a_new_reception_leads_back_to_the_list(page: ReceptionPage, office: Office) -> None:
    page.make(Reception(name="甲来访", kind=INVESTING, start=DAY, end=DAY))
    assert page.inside
    page.desk.called.emit("undo")
    assert not page.inside


def test_what_a_leader_may_not_do_is_refused_in_a_sentence(page: ReceptionPage, office: Office) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    page.list.empty.button.click()
    assert "什么都没有改动" in notice(page)


def test_a_state_is_chosen_in_the_head(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key)
    page.view.head.stated.emit("已定")
    assert book(office, key).reception.state == "已定"
    assert page.view.head.state.text() == "已定 ▾"


def papers_of(page: ReceptionPage, office: Office, qtbot: QtBot, kind: str = "names") -> PapersSection:
    """材料 of a new reception, its pages made."""
    page.show_record(make(office), "papers")
    papers = page.view.step
    assert isinstance(papers, PapersSection)
    papers.choose(kind)
    qtbot.waitUntil(lambda: bool(papers.pages.proof.sizes), timeout=LONG)
    return papers


def to_file(folder: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "打印.pdf"))
    return printer


def test_pages_of_a_reception_that_went_to_a_printer_are_in_the_ledger(
    page: ReceptionPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    papers = papers_of(page, office, qtbot)
    with qtbot.waitSignal(papers.sheets.over, timeout=LONG):
        papers.print_on(to_file(tmp_path))
    deed = office.ledger()[0].deed
    assert (deed.act, deed.count, deed.note) == (Act.PRINT, 8, "名单：市局来访")
    page.leave()


def test_a_paper_chosen_while_another_is_printed_waits_until_that_is_through(
    page: ReceptionPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    papers = papers_of(page, office, qtbot)
    with qtbot.waitSignal(papers.sheets.over, timeout=LONG) as over:
        papers.print_on(to_file(tmp_path))
        papers.choose("programme")
    assert over.args == ["已送出 1 页到打印机。"]
    assert office.ledger()[0].deed.note == "名单：市局来访"
    qtbot.waitUntil(lambda: bool(papers.pages.proof.sizes), timeout=LONG)
    page.leave()


def test_a_paper_of_a_reception_is_saved_masked_and_can_be_opened_at_once(
    page: ReceptionPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    papers = papers_of(page, office, qtbot, "programme")
    assert not papers.masked.isVisible()
    papers.choose("names")
    assert papers.masked.isVisible()
    papers.masked.setChecked(True)
    papers.save_to(tmp_path / "名单")
    assert papers.open.isVisible()
    assert len(pypdfium2.PdfDocument(tmp_path / "名单.pdf")) == 1
    assert office.ledger()[0].deed.note == "名单：市局来访，隐去个人信息"
    page.leave()


def test_the_paper_that_was_looked_at_last_is_the_first_next_time(
    page: ReceptionPage, office: Office, qtbot: QtBot
) -> None:
    papers_of(page, office, qtbot, "cards")
    page.leave()
    again = PapersSection(page.desk, page)
    assert again.chosen == "cards"


def test_promises_of_ours_are_counted_beside_the_pages(page: ReceptionPage, office: Office, qtbot: QtBot) -> None:
    papers = papers_of(page, office, qtbot, "programme")
    assert not papers.warned.isVisible()
    one = book(office, page.view.key).reception
    with qtbot.waitSignal(papers.press.made, timeout=LONG):
        page.desk.run(edit_record, Reception, one.id, {"purpose": "洽谈，承诺零地价供应"}, one.version)
    assert papers.warned.text() == "▲ 公平竞争提示 1 处"
    assert papers.warned.isVisible()
    page.leave()


def test_a_list_without_names_says_what_is_lacking_where_the_pages_would_be(
    page: ReceptionPage, office: Office, qtbot: QtBot
) -> None:
    page.show_record(make(office, guests=0), "papers")
    papers = page.view.step
    assert isinstance(papers, PapersSection)
    with qtbot.waitSignal(papers.press.failed, timeout=LONG):
        papers.choose("cards")
    assert "名单上还没有人" in papers.empty.sentence.text()
    papers.print_paper()
    assert "名单上还没有人" in notice(page)
    page.leave()
