"""重复与合并: exact matches are filled, likely ones wait for the clerk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.conftest import County
from tests.ui.importing.conftest import Save, Walk, count
from zhaoshang_desktop.actions.settling import Choice
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.summary import Group
from zhaoshang_desktop.ui.importing.wizard import OUTCOME

LIKELY_ROWS = (("企业名称", "主营业务", "联系人", "手机"), ("青禾新材料有限公司", "添加剂", "周远航", "13900001111"))


def compared(walk: Walk) -> dict[str, tuple[str, str, str]]:
    """The lines side by side, by field."""
    return {line.label: (line.had, line.said, line.will) for line in walk.wizard.duplicates.compared.lines.lines}


def table(walk: Walk) -> list[list[str]]:
    """What the table of rows shows."""
    model = walk.wizard.duplicates.table.decisions
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def test_likely_duplicates_come_first_and_are_left_out_unless_the_clerk_says_otherwise(
    walk: Walk, office: Office, messy: Path
) -> None:
    walk.settle(messy)
    assert [row[1] for row in table(walk)] == ["青禾新材料有限公司"]
    assert table(walk)[0][4] == Choice.SKIP.value
    assert walk.wizard.onward.text() == "导入 3 条"
    walk.on(OUTCOME)
    assert len(office.find(Query(Investor, words="青禾"))) == 1


def test_a_likely_duplicate_stands_beside_the_record_it_may_be(walk: Walk, county: County, save: Save) -> None:
    walk.settle(save(LIKELY_ROWS))
    assert compared(walk)["主营业务"] == ("", "添加剂", "")
    walk.wizard.duplicates.buttons[Choice.FILL].click()
    assert compared(walk)["主营业务"] == ("", "添加剂", "添加剂")
    assert compared(walk)["企业名称"] == ("青禾新材料股份有限公司", "青禾新材料有限公司", "青禾新材料股份有限公司")


def test_merging_fills_what_is_empty_and_overwrites_nothing(
    walk: Walk, office: Office, county: County, save: Save
) -> None:
    people = count(office, Contact)
    walk.settle(save(LIKELY_ROWS))
    walk.bot.keyClick(walk.wizard.duplicates.table, Qt.Key.Key_1)
    walk.on(OUTCOME)
    found = office.get(Investor, county.qinghe.id)
    assert (found.name, found.business) == ("青禾新材料股份有限公司", "添加剂")
    assert count(office, Contact) == people
    assert office.get(Contact, county.person.id).mobile == "13812342216、13900001111"


def test_a_likely_duplicate_can_be_a_record_of_its_own(walk: Walk, office: Office, save: Save) -> None:
    walk.settle(save(LIKELY_ROWS))
    assert not walk.wizard.onward.isEnabled()
    walk.bot.keyClick(walk.wizard.duplicates.table, Qt.Key.Key_4)
    assert walk.wizard.onward.text() == "导入 1 条"
    walk.on(OUTCOME)
    assert len(office.find(Query(Investor, words="青禾新材料"))) == 2


def test_two_rows_that_may_be_one_firm_can_be_merged(walk: Walk, office: Office, save: Save) -> None:
    rows = [("企业名称", "主营业务"), ("星罗材料有限公司", ""), ("星罗材料股份有限公司", "光刻胶")]
    walk.settle(save(rows))
    assert "第 2 行" in walk.wizard.duplicates.compared.lines.headerData(
        1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
    )
    walk.bot.keyClick(walk.wizard.duplicates.table, Qt.Key.Key_1)
    walk.on(OUTCOME)
    assert [one.business for one in office.find(Query(Investor, words="星罗材料"))] == ["光刻胶"]


def test_all_of_a_kind_are_settled_at_once(walk: Walk, office: Office, save: Save) -> None:
    walk.settle(save([("企业名称",), ("青禾新材料有限公司",), ("华澄新材料科技股份有限公司",)]))
    walk.wizard.duplicates.all.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.triggered.emit(next(action for action in menu.actions() if action.data() == Choice.SEPARATE.value))
    menu.close()
    assert walk.wizard.onward.text() == "导入 2 条"


def test_groups_are_shown_by_their_chips(walk: Walk, messy: Path) -> None:
    walk.settle(messy)
    walk.wizard.duplicates.chips[Group.NEW].click()
    assert [row[1] for row in table(walk)] == ["北塘精密铸造有限公司", "盛泽纺织集团有限公司"]
