"""What the library has already: a policy for all, keys for some, ticks for cells; the preview is what is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.conftest import County
from tests.ui.importing.conftest import Save, Walk
from zhaoshang_desktop.actions.settling import Policy
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.cell_table import CHOICE, FIELD, HAD, NAME, TICK, WILL
from zhaoshang_desktop.ui.importing.summary import Group
from zhaoshang_desktop.ui.importing.wizard import DUPLICATES, OUTCOME

ROWS = (
    ("企业名称", "主营业务", "注册资本（万元）", "地区"),
    ("华澄新材料科技有限公司", "隔膜", 9000, ""),
    ("新的有限公司", "", "", ""),
)


def preview(walk: Walk) -> list[tuple[str, str, str, str]]:
    """Record, field, what the library has and what it will be, line by line."""
    cells = walk.wizard.duplicates.cells.table.cells
    return [tuple(cells.text(row, at) for at in (NAME, FIELD, HAD, WILL)) for row in range(cells.rowCount())]  # type: ignore[misc]


def test_what_is_empty_is_filled_and_every_cell_is_shown_before(
    walk: Walk, office: Office, county: County, save: Save
) -> None:
    walk.settle(save(ROWS))
    assert preview(walk) == [("华澄新材料科技有限公司", "主营业务", "", "隔膜")]
    assert "会改 1 条的 1 格" in walk.wizard.duplicates.cells.told.text()
    walk.wizard.duplicates.cells.only.setChecked(False)
    assert preview(walk)[1] == ("", "注册资本", "8600万元", "9000万元（不改）")
    walk.on(OUTCOME)
    assert office.get(Investor, county.huacheng.id).business == "隔膜"
    assert "改动了库里已有的 1 格" in walk.wizard.outcome.told.text()


def test_overwriting_takes_what_the_list_says_and_an_empty_cell_empties_nothing(
    walk: Walk, office: Office, county: County, save: Save
) -> None:
    walk.settle(save(ROWS))
    place = office.get(Investor, county.huacheng.id).place
    assert place
    walk.wizard.duplicates.cells.policies[Policy.OVERWRITE].click()
    assert [line[1:] for line in preview(walk)] == [("主营业务", "", "隔膜"), ("注册资本", "8600万元", "9000万元")]
    walk.on(OUTCOME)
    found = office.get(Investor, county.huacheng.id)
    assert (found.business, found.registered_capital, found.place) == ("隔膜", Money(9_000_000_000), place)
    walk.wizard.outcome.undo.click()
    walk.until(lambda: walk.session.taken_back is not None)
    assert office.get(Investor, county.huacheng.id).business == ""


def test_a_single_cell_is_ticked_off_and_stays_as_it_was(
    walk: Walk, office: Office, county: County, save: Save
) -> None:
    walk.settle(save(ROWS))
    pane = walk.wizard.duplicates.cells
    pane.policies[Policy.OVERWRITE].click()
    table = pane.table
    where = table.visualRect(table.cells.index(1, TICK)).center()
    walk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert preview(walk)[1][3] == "9000万元（不改）"
    walk.on(OUTCOME)
    found = office.get(Investor, county.huacheng.id)
    assert (found.business, found.registered_capital) == ("隔膜", Money(8_600_000_000))


def test_skipping_leaves_all_that_is_known_alone_and_is_remembered(
    walk: Walk, office: Office, county: County, save: Save
) -> None:
    walk.settle(save(ROWS))
    walk.wizard.duplicates.cells.policies[Policy.SKIP].click()
    assert preview(walk) == []
    assert walk.wizard.onward.text() == "导入 1 条"
    walk.on(OUTCOME)
    assert office.get(Investor, county.huacheng.id).business == ""
    assert len(office.find(Query(Investor, words="新的有限公司"))) == 1
    walk.recognise(save(ROWS, "再来.xlsx"))
    assert walk.session.choices.policy is Policy.SKIP


def test_asking_wants_an_answer_for_each(walk: Walk, office: Office, county: County, save: Save) -> None:
    rows = [*ROWS, ("青禾新材料股份有限公司", "添加剂", "", "")]
    walk.settle(save(rows))
    step = walk.wizard.duplicates
    step.cells.policies[Policy.ASK].click()
    assert step.cells.table.cells.text(0, CHOICE) == "待定"
    assert "2 条待定" in step.obstacle
    assert not walk.wizard.onward.isEnabled()
    step.cells.table.setFocus()
    walk.bot.keyClick(step.cells.table, Qt.Key.Key_2)
    assert step.cells.table.currentIndex().row() == 2
    walk.bot.keyClick(step.cells.table, Qt.Key.Key_3)
    assert step.obstacle == ""
    walk.on(OUTCOME)
    found = office.get(Investor, county.huacheng.id)
    assert (found.business, found.registered_capital) == ("隔膜", Money(9_000_000_000))
    assert office.get(Investor, county.qinghe.id).business == ""


def test_the_preview_is_filtered_by_name_and_field(walk: Walk, save: Save) -> None:
    walk.settle(save([*ROWS, ("青禾新材料股份有限公司", "添加剂", "", "")]))
    pane = walk.wizard.duplicates.cells
    pane.search.setText("青禾")
    assert [line[0] for line in preview(walk)] == ["青禾新材料股份有限公司"]
    pane.search.clear()
    pane.fields.setCurrentIndex(pane.fields.findData("investor.registered_capital"))
    assert preview(walk) == []
    pane.only.setChecked(False)
    assert [line[1] for line in preview(walk)] == ["注册资本"]


def test_a_likely_one_that_goes_into_the_record_is_in_the_preview_too(walk: Walk, save: Save) -> None:
    walk.settle(save([("企业名称", "主营业务"), ("青禾新材料有限公司", "添加剂"), *[(r[0], r[1]) for r in ROWS[1:]]]))
    step = walk.wizard.duplicates
    walk.bot.keyClick(step.table, Qt.Key.Key_1)
    step.show_group(Group.KNOWN)
    assert [line[0] for line in preview(walk)] == ["青禾新材料有限公司", "华澄新材料科技有限公司"]
    assert walk.wizard.onward.text() == "导入 3 条"
    assert walk.wizard.place == DUPLICATES
