"""认表 of tables laid out in odd ways: hidden rows, rows that go on, several tables, forms."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.exchange.corpus.case import FOLDER
from tests.ui.importing.conftest import Walk
from tests.ui.importing.test_recognise import call_row, match_of, role_words
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.ui.importing.mapping_pane import _HiddenNote


def sample(walk: Walk) -> list[Draft]:
    assert walk.session.view is not None
    return walk.session.view.sample


def copied(name: str, tmp_path: Path) -> Path:
    """The file of the corpus as the clerk's own."""
    (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path / name


def test_hidden_rows_are_told_and_taken_with_a_click(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("hidden_rows.xlsx", tmp_path))
    assert role_words(walk) == ["表头", "", "", "隐藏 · 不导入"]
    note = walk.wizard.recognise.mapping.findChild(_HiddenNote)
    assert note is not None
    assert "1 行在 Excel 里隐藏着" in note.words.text()
    walk.bot.mouseClick(note.button, Qt.MouseButton.LeftButton)
    walk.idle()
    assert [draft.record.title for draft in sample(walk)][-1] == "丙有限公司"


def test_that_hidden_rows_were_wanted_is_remembered_for_such_sheets(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("hidden_rows.xlsx", tmp_path))
    walk.session.take_hidden(True)
    walk.idle()
    walk.recognise(copied("hidden_rows.xls", tmp_path))
    assert len(sample(walk)) == 3


def test_a_row_that_goes_on_is_told_and_can_be_called_data(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("goes_on_two_people.xlsx", tmp_path))
    assert role_words(walk) == ["表头", "", "续行", ""]
    assert len(sample(walk)[0].children) == 2
    call_row(walk, 2, Role.DATA)
    assert [bool(draft.rejected) for draft in sample(walk)] == [False, True, False]


def test_a_row_called_one_that_goes_on_does(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("row_without_name.xlsx", tmp_path))
    call_row(walk, 2, Role.CONTINUED)
    assert [draft.continued for draft in sample(walk)] == [1]


def test_each_table_of_a_sheet_can_be_chosen(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("tables_below.xlsx", tmp_path))
    assert walk.session.workbook is not None
    titles = [sheet.title for sheet in walk.session.workbook.book.sheets]
    assert titles == ["名单 · 第 1 张表（第 1 行起）", "名单 · 第 2 张表（第 6 行起）"]
    walk.session.choose_sheet(1)
    walk.idle()
    assert [draft.row for draft in sample(walk)] == [8]


def test_forms_are_shown_as_a_list_with_the_problem_where_it_is(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(copied("form_a_sheet_each.xlsx", tmp_path))
    assert [draft.record.title for draft in sample(walk)] == ["青禾新材料有限公司", "北塘精密铸造有限公司"]
    assert match_of(walk, 0).column.header == "企业名称"
    model = walk.wizard.recognise.view.sheet
    marked = [(r, c) for r in range(3) for c in range(model.columnCount()) if model.problem_at(r, c)]
    assert [model.index(*at).data() for at in marked] == ["1390000221x"]
