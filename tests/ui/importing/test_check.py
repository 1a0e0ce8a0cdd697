"""核对内容: what the records will be, with what is to be looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.importing.conftest import Save, Walk


def texts(walk: Walk) -> list[list[str]]:
    """What the table shows."""
    model = walk.wizard.check.table.records
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def test_values_are_shown_as_they_will_be(walk: Walk, messy: Path) -> None:
    walk.check(messy)
    assert texts(walk)[0] == ["青禾新材料股份有限公司", "", "1.20 亿", "周远航 13812342216", "二期", "江苏 无锡"]
    assert walk.wizard.check.table.records.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) == "6"


def test_what_was_not_understood_keeps_its_text_and_says_why(walk: Walk, messy: Path) -> None:
    walk.check(messy)
    model = walk.wizard.check.table.records
    cell = model.index(2, 2)
    assert cell.data() == "？未透露"
    assert "D10" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert model.problem_at(2, 2) is not None


def test_a_row_without_its_name_is_shown_as_left_out(walk: Walk, messy: Path) -> None:
    walk.check(messy)
    assert walk.wizard.hint.text() == "可导入 4 条，1 行没有企业名称，不导入"
    header = walk.wizard.check.table.records.headerData(4, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole)
    assert header == "✕ 12"


def test_only_what_is_to_be_looked_at_can_be_shown(walk: Walk, messy: Path) -> None:
    walk.check(messy)
    walk.wizard.check.only.click()
    assert [row[0] for row in texts(walk)] == ["盛泽纺织集团有限公司", ""]
    walk.wizard.check.only.click()
    assert len(texts(walk)) == 5


def test_f8_goes_to_the_next_cell_and_round_again(walk: Walk, save: Save) -> None:
    rows = [("企业名称", "员工数"), ("甲有限公司", "很多"), ("乙有限公司", 12), ("丙有限公司", "不少")]
    walk.check(save(rows))
    table = walk.wizard.check.table
    seen = []
    for _ in range(3):
        walk.bot.keyClick(table, Qt.Key.Key_F8)
        seen.append(table.currentIndex().row())
    assert seen == [0, 2, 0]
    walk.bot.keyClick(table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert table.currentIndex().row() == 2


def test_a_list_in_which_no_row_has_a_name_goes_no_further(walk: Walk, save: Save) -> None:
    walk.check(save([("企业名称", "注册资本（万元）", "员工数"), ("", 300, 5), ("", 400, 6)]))
    assert "没有一行能导入" in walk.wizard.hint.text()
    assert not walk.wizard.onward.isEnabled()


def test_the_list_can_be_narrowed_to_one_field(walk: Walk, save: Save) -> None:
    rows = [("企业名称", "员工数", "责任人"), ("甲有限公司", "很多", "王某"), ("乙有限公司", 12, "李某")]
    walk.check(save(rows))
    listed = walk.wizard.check.problems
    assert len(listed.problems) == 3
    listed.show_kind("责任人")
    assert [problem.text for problem in listed.problems] == ["王某", "李某"]
    walk.bot.keyClick(walk.wizard.check.table, Qt.Key.Key_F8)
    assert walk.wizard.check.table.currentIndex().column() == 2
