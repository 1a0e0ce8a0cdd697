"""The library as a clerk uses it: looking, finding, changing in place, removing, taking back."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.conftest import County, money, names
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.editor import Editor
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow


def cell(page: LibraryPage, row: int, label: str) -> str:
    labels = [column.label for column in page.list.model.columns]
    return str(page.list.model.index(row, labels.index(label) + 1).data() or "")


def test_investors_are_listed_by_the_sound_of_their_names(investors: LibraryPage) -> None:
    assert names(investors) == ["华澄新材料科技有限公司", "江南特种新材料研究院", "青禾新材料股份有限公司"]


def test_a_row_shows_place_chain_level_capital_and_next_step(investors: LibraryPage) -> None:
    assert cell(investors, 2, "所在地区") == "江苏 无锡"
    assert cell(investors, 2, "产业链 · 环节") == "新材料 · 电解液添加剂"
    assert cell(investors, 2, "注册资本") == "1.20 亿"
    assert cell(investors, 2, "下一步").startswith("寄送园区图纸")


def test_a_text_nobody_understood_is_shown_with_a_question_mark(investors: LibraryPage) -> None:
    assert cell(investors, 1, "注册资本") == "？未透露"


def test_typing_pinyin_finds_and_esc_brings_all_back(window: MainWindow, investors: LibraryPage) -> None:
    QTest.keyClicks(investors.list.search, "qinghe")
    assert names(investors) == ["青禾新材料股份有限公司"]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert investors.list.model.rowCount() == 3


def test_a_telephone_number_finds_the_investor_of_the_person(investors: LibraryPage) -> None:
    investors.list.search.setText("13812342216")
    assert names(investors) == ["青禾新材料股份有限公司"]


def test_nothing_found_says_so_and_offers_to_clear(investors: LibraryPage) -> None:
    investors.list.search.setText("没有这一家")
    assert investors.list.empty.sentence.text() == "没有符合条件的客商。"
    investors.list.empty.button.click()
    assert investors.list.model.rowCount() == 3
    assert investors.list.empty.isHidden()


def test_the_views_count_what_they_hold(investors: LibraryPage) -> None:
    counted = {key: investors.views.count_of(key) for key in ("all", "silent", "never", "late", "head", "bin")}
    assert counted == {"all": 3, "silent": 1, "never": 1, "late": 1, "head": 1, "bin": 0}


def test_the_view_of_those_not_contacted_shows_them(investors: LibraryPage) -> None:
    view = next(view for view in investors.all_views if view.key == "silent")
    investors.views.chosen.emit(view)
    assert names(investors) == ["华澄新材料科技有限公司"]


def test_a_header_sorts_up_then_down_then_as_before(investors: LibraryPage) -> None:
    labels = [column.label for column in investors.list.model.columns]
    capital = labels.index("注册资本") + 1
    investors.list.table.sorted_by.emit(capital)
    assert names(investors)[0] == "华澄新材料科技有限公司"
    investors.list.table.sorted_by.emit(capital)
    assert names(investors)[0] == "青禾新材料股份有限公司"
    investors.list.table.sorted_by.emit(capital)
    assert names(investors)[0] == "华澄新材料科技有限公司"


def test_a_chip_filters_and_its_cross_takes_it_off(investors: LibraryPage) -> None:
    investors.list.filters.set(Where("place", "under", ("320500",)))
    assert names(investors) == ["华澄新材料科技有限公司"]
    chip = investors.list.filters.chip("place")
    assert chip.text() == "江苏 苏州  ✕"
    QTest.keyClick(chip, Qt.Key.Key_Backspace)
    assert investors.list.model.rowCount() == 3
    assert chip.text() == "地区 ▾"


def test_chips_of_several_fields_narrow_together(investors: LibraryPage) -> None:
    investors.list.filters.set(Where("level", "in", ("A", "B")))
    assert investors.list.model.rowCount() == 2
    investors.list.filters.set(Where("head_target", "=", True))
    assert names(investors) == ["青禾新材料股份有限公司"]
    assert investors.list.filters.chip("head_target").text() == "头部目标企业 是  ✕"


def test_the_status_bar_counts_and_sums_what_is_selected(window: MainWindow, investors: LibraryPage) -> None:
    assert window.status.text == "共 3 条"
    investors.list.table.selectAll()
    investors.sum_now()
    assert window.status.text == "共 3 条　选中 3 条　注册资本合计 2.06 亿元"


def edit(page: LibraryPage, key: int, label: str) -> Editor:
    """Opens the editor of that cell, as F2 does."""
    labels = [column.label for column in page.list.model.columns]
    index = page.list.model.index(page.list.model.row_of(key), labels.index(label) + 1)
    page.list.table.setFocus()
    page.list.table.setCurrentIndex(index)
    page.handlers()["record.edit"]()
    return cast("Editor", page.list.table.findChild(Editor))


def test_a_cell_is_changed_in_place_and_enter_stores_it(office: Office, county: County, investors: LibraryPage) -> None:
    editor = edit(investors, county.huacheng.id, "企业名称")
    QTest.keyClick(editor.focusProxy(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor.focusProxy(), "Huacheng")
    QTest.keyClick(editor.focusProxy(), Qt.Key.Key_Return)
    assert office.get(Investor, county.huacheng.id).name == "Huacheng"
    assert "Huacheng" in names(investors)


def test_esc_leaves_the_cell_as_it_was(office: Office, county: County, investors: LibraryPage) -> None:
    editor = edit(investors, county.huacheng.id, "企业名称")
    QTest.keyClicks(editor.focusProxy(), "x")
    QTest.keyClick(editor.focusProxy(), Qt.Key.Key_Escape)
    assert office.get(Investor, county.huacheng.id).name == "华澄新材料科技有限公司"


def test_an_amount_is_typed_as_people_write_it(office: Office, county: County, investors: LibraryPage) -> None:
    editor = edit(investors, county.huacheng.id, "注册资本")
    QTest.keyClick(editor.focusProxy(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    editor.focusProxy().insert("1.5亿")
    editor.touched = True
    QTest.keyClick(editor.focusProxy(), Qt.Key.Key_Return)
    assert office.get(Investor, county.huacheng.id).registered_capital == money(150_000_000)


def test_what_is_typed_into_a_cell_and_not_understood_stays_beside_it(
    office: Office, county: County, investors: LibraryPage
) -> None:
    model = investors.list.model
    labels = [column.label for column in model.columns]
    index = model.index(model.row_of(county.huacheng.id), labels.index("注册资本") + 1)
    model.setData(index, (None, "几千万吧"), Qt.ItemDataRole.EditRole)
    stored = office.get(Investor, county.huacheng.id)
    assert stored.registered_capital is None
    assert stored.raw == {"registered_capital": "几千万吧"}


def test_removing_offers_to_take_it_back(window: MainWindow, investors: LibraryPage, county: County) -> None:
    investors.list.table.go_to(county.qinghe.id)
    window.call("record.remove")
    assert names(investors) == ["华澄新材料科技有限公司", "江南特种新材料研究院"]
    assert window.notice.text == "已移到回收站：1 条客商。"
    window.notice.undo.click()
    assert investors.list.model.rowCount() == 3


def test_the_ticked_rows_go_together_and_come_back_from_the_bin(window: MainWindow, investors: LibraryPage) -> None:
    investors.list.model.tick(investors.list.model.all_keys()[:2], True)
    window.call("record.remove")
    assert investors.list.model.rowCount() == 1
    window.call("library.bin")
    assert investors.list.model.rowCount() == 2
    investors.list.table.selectAll()
    window.call("record.restore")
    assert investors.list.empty.sentence.text() == "回收站是空的。"
    window.call("library.all")
    assert investors.list.model.rowCount() == 3


def test_space_ticks_the_selected_rows(window: MainWindow, investors: LibraryPage, county: County) -> None:
    investors.list.table.go_to(county.qinghe.id)
    window.call("record.check")
    assert investors.list.model.ticks == {county.qinghe.id}
    window.call("record.check")
    assert not investors.list.model.ticks


def test_rows_are_copied_as_a_spreadsheet_takes_them(window: MainWindow, investors: LibraryPage) -> None:
    investors.list.table.selectAll()
    window.call("record.copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("企业名称\t所在地区")
    assert lines[3].split("\t")[0] == "青禾新材料股份有限公司"


def test_undo_and_redo_walk_over_the_journal(
    window: MainWindow, investors: LibraryPage, office: Office, county: County
) -> None:
    model = investors.list.model
    model.setData(model.index(model.row_of(county.qinghe.id), 1), ("青禾集团", ""), Qt.ItemDataRole.EditRole)
    window.call("undo")
    assert office.get(Investor, county.qinghe.id).name == "青禾新材料股份有限公司"
    assert window.notice.text == "已撤销：修改客商。"
    window.call("redo")
    assert office.get(Investor, county.qinghe.id).name == "青禾集团"


def test_what_others_save_appears_by_itself(window: MainWindow, investors: LibraryPage, office: Office) -> None:
    with office.transaction("新建客商") as tx:
        tx.save(Investor(name="白鹭电子有限公司"))
    window.desk.worker.changed.emit(tx.changes)
    assert names(investors)[0] == "白鹭电子有限公司"
    assert investors.views.count_of("all") == 4


def test_the_cursor_stays_on_its_record_when_the_list_changes(
    window: MainWindow, investors: LibraryPage, office: Office, county: County
) -> None:
    investors.list.table.go_to(county.jiangnan.id)
    with office.transaction("新建客商") as tx:
        tx.save(Investor(name="白鹭电子有限公司"))
    window.desk.worker.changed.emit(tx.changes)
    assert investors.list.table.current_key == county.jiangnan.id


def test_going_to_a_record_selects_no_other_even_while_ctrl_is_held(
    window: MainWindow, investors: LibraryPage, county: County
) -> None:
    table = investors.list.table
    table.go_to(county.jiangnan.id)
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        table.go_to(county.qinghe.id)
    finally:
        QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control)
    assert table.selected_keys() == [county.qinghe.id]


def test_a_kept_filter_becomes_a_view_of_its_own(investors: LibraryPage, county: County) -> None:
    investors.list.filters.set(Where("level", "in", ("A",)))
    investors.list.search.setText("青禾")
    investors.keep("一级青禾")
    investors.list.clear_conditions()
    view = next(view for view in investors.all_views if view.title == "一级青禾")
    assert investors.views.count_of(view.key) == 1
    investors.views.chosen.emit(view)
    assert investors.list.search.text() == "青禾"
    assert names(investors) == ["青禾新材料股份有限公司"]


def test_a_column_is_chosen_and_remembered(investors: LibraryPage) -> None:
    before = [column.label for column in investors.list.model.columns]
    assert "年营业收入" not in before
    investors.list.toggle_column("revenue")
    assert "年营业收入" in [column.label for column in investors.list.model.columns]
    assert investors.desk.settings.choices["columns.investor"][-1] == "revenue"


def test_the_records_on_screen_are_those_of_the_store(investors: LibraryPage, office: Office) -> None:
    asked = office.ids(Query(Investor))
    assert investors.list.model.all_keys() == asked


def test_the_right_pane_folds_first_when_there_is_little_room(window: MainWindow, investors: LibraryPage) -> None:
    assert investors.detail.isVisible()
    window.resize(911, 512)
    assert not investors.detail.isVisible()
    assert window.width() == 911
    window.resize(1366, 768)
    assert investors.detail.isVisible()


def test_dates_near_today_are_relative(investors: LibraryPage) -> None:
    from zhaoshang_desktop.ui.library.values import relative_day

    assert relative_day(date(2026, 11, 17), investors.desk.today()) == "3 天前"
    assert relative_day(date(2026, 10, 10), investors.desk.today()) == "10-10"


def test_a_row_that_is_gone_to_stands_in_the_upper_third(
    investors: LibraryPage, office: Office, window: MainWindow
) -> None:
    with office.transaction("很多") as tx:
        made = [tx.save(Investor(name=f"公司{number:03}")) for number in range(120)]
    window.call("reload")
    table = investors.list.table
    assert table.go_to(made[80].id)
    top, height = table.visualRect(table.currentIndex()).top(), table.rowHeight(0)
    assert 0 < top <= table.viewport().height() // 3
    assert table.verticalScrollBar().value() % height == 0
    place = table.verticalScrollBar().value()
    assert table.go_to(made[81].id)
    assert table.verticalScrollBar().value() == place
