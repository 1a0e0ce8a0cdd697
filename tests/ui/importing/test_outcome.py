"""结果: every row is accounted for, the report can be kept, the rest of the workbook goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.importing.conftest import Save, Walk, count
from zhaoshang_desktop.actions.import_plan import Fate
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import CHECK, DUPLICATES, OUTCOME, RECOGNISE


def test_every_row_counts_once(walk: Walk, messy: Path) -> None:
    walk.finish(messy)
    result = walk.session.result
    assert result is not None
    assert {fate.value: result.count(fate) for fate in Fate} == {
        "created": 2,
        "updated": 1,
        "unchanged": 0,
        "duplicates": 1,
        "rejected": 1,
    }
    assert walk.wizard.outcome.headline.text() == "已导入客商库 3 条"


def test_what_was_left_out_is_said_with_its_reason(walk: Walk, messy: Path) -> None:
    walk.finish(messy)
    words = walk.wizard.outcome.reasons.text()
    assert "第 11 行“青禾新材料有限公司”" in words
    assert "第 12 行“（没有名称）”：没有企业名称" in words
    assert "看不懂的 1 处" in words


def test_a_count_shows_which_rows_it_counts(walk: Walk, messy: Path) -> None:
    walk.finish(messy)
    walk.bot.mouseClick(walk.wizard.outcome.counts[Fate.REJECTED], Qt.MouseButton.LeftButton)
    assert walk.wizard.place == DUPLICATES
    model = walk.wizard.duplicates.table.decisions
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["12"]


def test_the_report_is_a_workbook_with_counts_cells_and_the_sheet(walk: Walk, messy: Path, tmp_path: Path) -> None:
    walk.finish(messy)
    report = tmp_path / "导入报告.xlsx"
    walk.wizard.outcome.write_report(report)
    walk.until(report.exists)
    book = read_workbook(report)
    assert [sheet.name for sheet in book.sheets] == ["汇总", "要看的单元格", "改动的单元格", "原表 名单"]
    counts = {row[0]: row[1] for row in book.sheets[0].rows if len(row) > 1}
    assert (counts["读到的行"], counts["新建"], counts["没有名称，没有导入"]) == (5, 2, 1)
    assert "未透露" in book.sheets[1].rows[1]


def test_a_report_that_cannot_be_written_is_one_sentence(walk: Walk, messy: Path, tmp_path: Path) -> None:
    walk.finish(messy)
    heard: list[str] = []
    keep = heard.append
    walk.session.desk.complained.connect(lambda error: keep(str(error)))
    walk.wizard.outcome.write_report(tmp_path / "没有的文件夹" / "报告.xlsx")
    walk.until(lambda: bool(heard))
    assert "不存在" in heard[0]


def test_the_next_sheet_of_the_workbook_is_offered(walk: Walk, office: Office, save: Save) -> None:
    more = {"苏州": [("企业名称", "备注"), ("乙装备有限公司", "二期")], "说明": [("请如实填写",)]}
    before = count(office, Investor)
    walk.finish(save([("企业名称", "备注"), ("甲新材料有限公司", "一期")], more=more))
    assert walk.wizard.outcome.next_sheet.text() == "接着导入工作表“苏州”"
    walk.wizard.outcome.next_sheet.click()
    walk.until(lambda: walk.wizard.place == RECOGNISE and not walk.session.waiting)
    for place in (CHECK, DUPLICATES, OUTCOME):
        walk.on(place)
    assert count(office, Investor) == before + 2
    assert walk.wizard.outcome.next_sheet.isHidden()
