"""What is decided about a pack that comes home: doubles, long texts, one pack after the other, taken back elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QUrl
from PySide6.QtGui import QDropEvent, QFontMetrics, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import County, texts
from tests.ui.packs.conftest import PASSPHRASE
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.packs.home import HomecomingPage
from zhaoshang_desktop.ui.packs.page import PacksPage
from zhaoshang_desktop.ui.packs.twins import NEW, SAME, WITH_FIRM

SHARED = "上午参观了园区，看了两块地和标准厂房，听了能耗和排污指标的说明，问了蒸汽价格、工人宿舍和子女上学。"


@pytest.fixture
def doubled(pack: Path, office: Office) -> Path:
    """The pack, whose new firm the office has as well, with the same person."""
    with office.transaction("补联系人") as tx:
        firm = tx.find(Query(Investor, words="海珥"))[0]
        tx.save(Contact(investor=firm.id, name="林海"))
    return pack


@pytest.fixture
def long_notes(pack: Path, office: Office, county: County) -> Path:
    """The pack, with a long remark on both sides that differs at its end only."""
    there = open_office(pack, actor="王强", secret=PASSPHRASE, clock=office.clock)
    for where, end in ((there, "下周回话"), (office, "不再考虑")):
        with where.transaction("补记") as tx:
            firm = tx.get(Investor, county.qinghe.id)
            firm.note = f"{SHARED * 4}\n结论：{end}。"
            tx.save(firm)
    there.close()
    return pack


def opened(window: MainWindow) -> HomecomingPage:
    page = window.stack.current
    assert isinstance(page, HomecomingPage)
    page.unlock.line.setText(PASSPHRASE)
    page.unlock.button.click()
    return page


def brought(window: MainWindow, pack: Path) -> HomecomingPage:
    window.orders.open_homecoming(pack)
    return opened(window)


def answers(page: HomecomingPage) -> list[str]:
    return [row[3] for row in texts(page.twins)]


def toggle(page: HomecomingPage, row: int) -> None:
    page.twins.setCurrentCell(row, 3)
    QTest.keyClick(page.twins, Qt.Key.Key_Space)


def note_of(page: HomecomingPage) -> int:
    return next(row for row, one in enumerate(page.conflicts) if one.label == "备注")


def test_with_a_firm_that_is_a_new_one_its_contacts_are_new_and_with_it_they_come_back(
    window: MainWindow, doubled: Path, office: Office
) -> None:
    page = brought(window, doubled)
    assert answers(page) == [SAME, SAME]
    toggle(page, 0)
    assert answers(page) == [NEW, WITH_FIRM]
    assert {conflict.label for conflict in page.conflicts} == {"备注", "关注等级"}
    toggle(page, 1)
    assert answers(page) == [NEW, WITH_FIRM]
    assert "先把客商改成" in window.notice.text
    toggle(page, 0)
    assert answers(page) == [SAME, SAME]
    toggle(page, 0)
    page.ours.click()
    page.go_on.click()
    owners = [one.investor for one in office.find(Query(Contact)) if one.name == "林海"]
    assert sorted(owners) == sorted(office.ids(Query(Investor, words="海珥")))


def test_two_records_of_one_name_are_told_apart_where_one_is_to_be_chosen(
    window: MainWindow, pack: Path, office: Office, county: County
) -> None:
    there = open_office(pack, actor="王强", secret=PASSPHRASE, clock=office.clock)
    for where in (there, office):
        with where.transaction("换了单位") as tx:
            person = tx.get(Contact, county.person.id)
            person.investor = tx.find(Query(Investor, words="海珥"))[0].id
            tx.save(person)
    there.close()
    page = brought(window, pack)
    toggle(page, 0)
    (moved,) = [one for one in page.conflicts if one.record == "周远航"]
    assert moved.pack.text == "海珥集团有限公司（包里新建）"
    assert moved.office.text == "海珥集团有限公司（办公室已有）"


def test_what_was_said_of_doubles_is_there_again_when_the_pack_is_opened_anew(
    window: MainWindow, doubled: Path
) -> None:
    page = brought(window, doubled)
    toggle(page, 0)
    QTest.keyClick(page.twins, Qt.Key.Key_Escape)
    assert window.stack.current is not page
    again = brought(window, doubled)
    assert answers(again) == [NEW, WITH_FIRM]
    assert "新增客商 1 条" in again.summary.text()
    toggle(again, 0)
    again.back()
    assert answers(brought(window, doubled)) == [SAME, SAME]


def test_packs_that_are_dropped_together_come_one_after_the_other(
    window: MainWindow, pack: Path, office: Office, trip: Trip, tmp_path: Path
) -> None:
    others = [tmp_path / "二组.pack", tmp_path / "三组.pack"]
    for other in others:
        pack_out(office, other, {Trip: [trip.id]}, PASSPHRASE, holder="李强")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in (pack, *others)])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, files, button, keys))
    page = opened(window)
    assert "后面还有 2 个" in page.title.text()
    page.ours.click()
    page.go_on.click()
    assert page.go_on.text() == "打开下一个"
    page.go_on.click()
    second = opened(window)
    assert second.path == others[0]
    second.back()
    third = opened(window)
    assert (third.path, "后面" in third.title.text()) == (others[1], False)
    third.back()
    assert not isinstance(window.stack.current, HomecomingPage)


def test_a_merge_that_is_taken_back_by_ctrl_z_says_so_and_offers_it_no_more(window: MainWindow, pack: Path) -> None:
    page = brought(window, pack)
    page.ours.click()
    page.go_on.click()
    told = page.outcome.result.text()
    window.call("undo")
    assert page.outcome.title.text() == "已撤销"
    assert page.outcome.take_back.isHidden()
    assert "一致" not in page.outcome.result.text()
    window.call("redo")
    assert (page.outcome.title.text(), page.outcome.result.text()) == ("已并入办公室", told)
    page.outcome.take_back.click()
    assert window.notice.text.startswith("已撤销：带回出差包")
    assert "后来又改过" not in window.notice.text


def test_the_register_is_shown_where_a_finished_homecoming_lies_over_it(window: MainWindow, pack: Path) -> None:
    window.call("packs")
    page = brought(window, pack)
    window.call("packs")
    assert window.stack.current is page
    page.ours.click()
    page.go_on.click()
    window.call("packs")
    assert isinstance(window.stack.current, PacksPage)


def test_of_a_long_text_the_row_shows_what_differs_and_who_wrote_it_when(window: MainWindow, long_notes: Path) -> None:
    window.resize(911, 512)
    page = brought(window, long_notes)
    row, ink = note_of(page), QFontMetrics(page.sides.font())
    for column, end, actor in ((2, "下周回话", "王强"), (3, "不再考虑", "张敏")):
        told, who = page.sides.item(row, column).text().split("\n")
        until = told[: told.index(end) + len(end)]
        assert ink.horizontalAdvance(until) < page.sides.columnWidth(column) - 8
        assert who == f"{actor} 11-20 10:42"
    assert not page.sides.wordWrap()
    assert page.sides.rowHeight(row) >= 2 * ink.lineSpacing()


def test_the_row_one_stands_on_is_read_in_full_below_by_the_keyboard(window: MainWindow, long_notes: Path) -> None:
    page = brought(window, long_notes)
    page.sides.setCurrentCell(note_of(page), 2)
    left, right = page.whole.texts
    assert left.toPlainText() == f"{SHARED * 4}\n结论：下周回话。"
    assert right.toPlainText() == f"{SHARED * 4}\n结论：不再考虑。"
    marked = [text.extraSelections() for text in (left, right)]
    assert [one[0].cursor.selectedText() for one in marked] == ["下周回话", "不再考虑"]
    heads = [head.text() for head in page.whole.heads]
    assert heads == ["备注　包里的　王强 11-20 10:42", "备注　办公室的　张敏 11-20 10:42"]
    window.activateWindow()
    page.sides.setFocus()
    for widget in (left, right, page.twins):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is widget


def test_at_least_three_doubles_are_seen_in_a_small_window(window: MainWindow, doubled: Path, office: Office) -> None:
    there = open_office(doubled, actor="王强", secret=PASSPHRASE, clock=office.clock)
    for where in (there, office):
        with where.transaction("补联系人") as tx:
            firm = tx.find(Query(Investor, words="海珥"))[0]
            tx.save_all([Contact(investor=firm.id, name=name) for name in ("周岚", "何静")])
    there.close()
    window.resize(911, 512)
    page = brought(window, doubled)
    window.activateWindow()
    page.sides.setFocus()
    QTest.keyClick(page.sides, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.twins
    assert page.twins.rowCount() == 4
    rows = [page.twins.visualItemRect(page.twins.item(row, 0)) for row in range(3)]
    seen = page.twins.viewport().visibleRegion().boundingRect()
    assert all(seen.contains(row) for row in rows)
