"""认表: what the program thinks is shown on the sheet itself, and is corrected there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from tests.ui.importing.conftest import MERGED, MESSY, Save, Walk
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.ui.importing.field_picker import FieldPicker


def match_of(walk: Walk, column: int) -> Match:
    """What that column goes to now."""
    assert walk.session.view is not None
    return walk.session.view.mapping.matches[column]


def role_words(walk: Walk) -> list[str]:
    """What stands beside the rows."""
    edge = walk.wizard.recognise.view.roles
    return [edge.words(row) for row in range(walk.wizard.recognise.view.sheet.rowCount())]


def call_row(walk: Walk, row: int, role: Role) -> None:
    """Clicks the role beside a row and takes another one from the menu."""
    edge = walk.wizard.recognise.view.roles
    middle = edge.sectionViewportPosition(row) + edge.sectionSize(row) // 2
    walk.bot.mouseClick(edge.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, middle))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.data() == role.value)
    menu.triggered.emit(action)
    menu.close()
    walk.idle()


def pick(walk: Walk, column: int, words: str) -> None:
    """Clicks a column's field, types and takes the first that is found."""
    picker = walk.wizard.recognise.pick_field(column, QPoint(200, 200))
    walk.bot.keyClicks(picker.search, words)
    walk.bot.keyClick(picker.search, Qt.Key.Key_Return)
    walk.idle()


def test_every_row_says_what_it_is(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    group, left_out = "分组 → 所在地区", "合计 · 不导入"
    head = ["标题", "标题", "表头", "表头", group]
    assert role_words(walk) == [*head, "", "", left_out, group, "", "", "", left_out, "附注"]


def test_what_is_certain_is_green_and_what_is_proposed_is_violet(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    assert match_of(walk, 1).sure
    assert not match_of(walk, 6).sure
    assert "1 列请确认" in walk.wizard.recognise.mapping.found.text()


def test_a_row_is_corrected_by_a_click_on_its_role(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    call_row(walk, 6, Role.NOTE)
    assert role_words(walk)[6] == "附注"
    assert "3 条" not in walk.wizard.recognise.mapping.summary.text()
    assert walk.session.view is not None
    assert walk.session.view.rows == 4


def test_a_heading_found_in_the_wrong_row_is_corrected(walk: Walk, save: Save) -> None:
    walk.recognise(save([("甲", "乙"), ("抬头", "主营"), ("青禾新材料有限公司", "添加剂")]))
    call_row(walk, 1, Role.HEADER)
    assert match_of(walk, 0).column.header.endswith("抬头")


def test_a_column_is_sent_to_another_field_by_typing_its_name(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    pick(walk, 5, "zyyw")
    assert match_of(walk, 5).path == "business"
    assert walk.wizard.recognise.view.sheet.target_label(5) == "主营业务"


def test_a_column_can_be_left_out(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    picker = walk.wizard.recognise.pick_field(5, QPoint(200, 200))
    picker.list.setCurrentIndex(picker.list.model().index(0, 0))
    picker.pick_first()
    walk.idle()
    assert match_of(walk, 5).path == ""


def test_a_click_on_a_column_offers_the_fields(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    walk.wizard.recognise.view.targets.sectionClicked.emit(1)
    assert len(walk.wizard.recognise.findChildren(FieldPicker)) == 1
    walk.wizard.recognise.findChildren(FieldPicker)[0].close()


def test_what_is_proposed_is_confirmed_at_once(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    walk.wizard.recognise.mapping.confirm.click()
    walk.idle()
    assert match_of(walk, 6).sure
    assert not walk.wizard.recognise.mapping.confirm.isVisible()


def test_money_without_a_unit_is_asked_about(walk: Walk, save: Save) -> None:
    walk.recognise(save([("企业名称", "注册资本"), ("甲新材料有限公司", 1200), ("乙装备有限公司", 300)]))
    chips = walk.wizard.recognise.mapping.findChildren(QPushButton)
    next(chip for chip in chips if chip.text() == "万元").click()
    walk.idle()
    assert (match_of(walk, 1).unit, match_of(walk, 1).doubt) == ("万元", "")
    assert walk.session.view is not None
    assert str(walk.session.view.sample[0].record.registered_capital.fen) == "1200000000"  # type: ignore[attr-defined]


def test_corrections_are_remembered_for_a_workbook_of_the_same_shape(walk: Walk, save: Save) -> None:
    walk.recognise(save(MESSY, "九月.xlsx", MERGED))
    pick(walk, 5, "zyyw")
    call_row(walk, 13, Role.DATA)
    later = [*MESSY[:5], (1, "金坛储能科技有限公司", "", "8亿", "", "储能"), *MESSY[-2:]]
    walk.recognise(save(later, "十月.xlsx", MERGED[:-1]))
    assert match_of(walk, 5).path == "business"
    assert role_words(walk)[-1] == "数据"
    assert "2 处已照样改好" in walk.wizard.hint.text()


def test_remembered_corrections_can_be_dropped(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    pick(walk, 5, "zyyw")
    walk.wizard.recognise.mapping.forget.click()
    walk.idle()
    assert match_of(walk, 5).path == "note"
    walk.recognise(messy)
    assert match_of(walk, 5).path == "note"


def test_without_the_name_one_cannot_go_on_and_is_told_why(walk: Walk, save: Save) -> None:
    walk.recognise(save([("甲", "乙", "丙"), ("一", "二", "三"), ("四", "五", "六")]))
    assert not walk.wizard.onward.isEnabled()
    assert "企业名称" in walk.wizard.hint.text()
    pick(walk, 0, "qymc")
    assert walk.wizard.onward.isEnabled()


def test_f8_goes_through_the_cells_to_look_at(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    view = walk.wizard.recognise.view
    walk.bot.keyClick(view, Qt.Key.Key_F8)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (9, 3)
    walk.bot.keyClick(view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (9, 3)


def test_a_cell_to_look_at_says_why_on_hover(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    sheet = walk.wizard.recognise.view.sheet
    hover = sheet.index(9, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert hover.startswith("注册资本：")
    assert "原文保留" in hover


def test_a_count_leads_to_its_rows(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    walk.wizard.recognise.mapping.summary.linkActivated.emit("附注")
    assert walk.wizard.recognise.view.currentIndex().row() == 13


def test_the_sheet_that_fits_is_chosen_and_hidden_ones_are_named(walk: Walk, save: Save) -> None:
    more = {"字典": [("行业",), ("化工",)], "企业": [("企业名称", "备注"), ("甲新材料有限公司", "一期")]}
    walk.recognise(save([("填表说明",), ("请如实填写",)], more=more, hidden=("字典",)))
    assert walk.session.sheet.name == "企业"
    assert "隐藏的工作表不导入：字典" in walk.wizard.recognise.mapping.summary.text()


def test_another_sheet_is_taken_from_the_list(walk: Walk, save: Save) -> None:
    more = {"苏州": [("企业名称", "备注"), ("乙装备有限公司", "二期")]}
    walk.recognise(save([("企业名称", "备注"), ("甲新材料有限公司", "一期")], more=more))
    walk.wizard.recognise.sheets.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.triggered.emit(menu.actions()[1])
    menu.close()
    walk.idle()
    assert walk.session.sheet.name == "苏州"
    assert walk.wizard.recognise.view.sheet.index(1, 0).data() == "乙装备有限公司"


@pytest.mark.parametrize("text", ["<b>甲</b>新材料有限公司", "甲 & 乙有限公司"])
def test_what_looks_like_markup_is_shown_as_it_is(walk: Walk, save: Save, text: str) -> None:
    walk.recognise(save([("企业名称", "备注"), (text, "一期")]))
    index = walk.wizard.recognise.view.sheet.index(1, 0)
    assert index.data() == text
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole) or "&amp;" in index.data(Qt.ItemDataRole.ToolTipRole)
