"""认表 of 登记表: each is shown as it is, and what it says is corrected where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.importing.conftest import Walk
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.shapes import kept_shapes
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.field_picker import FieldPicker

FORM: tuple[tuple[Any, ...], ...] = (
    ("清岚县招商引资企业登记表", "", "", "", "", ""),
    ("填表单位：县投资促进局", "", "", "", "填表日期：2026年9月", ""),
    ("企业名称", "青禾新材料有限公司", "", "", "企业性质", "□国企 ☑民企 □外资"),
    ("统一社会信用代码", "91320200MA1234567", "", "", "注册资本（万元）", 12000),
    ("法人代表", "周远航", "", "", "联系电话", "13812342216"),
    ("投资意向", "拟在我县建设电解液添加剂项目，占地约 80 亩", "", "", "", ""),
    ("备注", "", "", "", "", ""),
    ("", "", "现有生产基地：", "无锡市新吴区、常州市武进区", "", ""),
    ("填表人：张敏", "", "", "", "审核人：", ""),
)
MERGED = ("A1:F1", "A2:D2", "E2:F2", "B3:D3", "B4:D4", "B5:D5", "B6:F6", "B7:F7", "D8:F8", "A9:D9", "E9:F9")


def write_forms(path: Path, *names: str, unsaid: Sequence[int] = ()) -> Path:
    """A workbook with a form on each of its sheets; what stands in the rows `unsaid` (from 1) is not filled in."""
    book = openpyxl.Workbook()
    for number, name in enumerate(names):
        sheet: Any = book.active if not number else book.create_sheet()
        sheet.title = name
        for row in FORM:
            sheet.append([None if cell == "" else cell for cell in row])
        sheet["B3"] = name + FORM[2][1][2:]
        for row_number in unsaid:
            sheet.cell(row_number, 2).value = None
        for block in MERGED:
            sheet.merge_cells(block)
    book.save(path)
    book.close()
    return path


@pytest.fixture
def forms(walk: Walk, tmp_path: Path) -> Walk:
    """Two forms, recognised."""
    walk.recognise(write_forms(tmp_path / "企业登记表.xlsx", "青禾", "云帆"))
    return walk


def text(walk: Walk, row: int, column: int) -> str:
    return str(walk.wizard.recognise.form.form.index(row, column).data())


def click(walk: Walk, row: int, column: int) -> FieldPicker:
    """Clicks a cell of the form; the fields that are offered then."""
    view = walk.wizard.recognise.form
    place = view.visualRect(view.form.index(row, column)).center()
    walk.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, FieldPicker)
    return picker


def pick(walk: Walk, row: int, column: int, words: str) -> None:
    picker = click(walk, row, column)
    picker.search.setText(words)
    walk.bot.keyClick(picker.search, Qt.Key.Key_Return)
    walk.idle()


def test_a_form_is_shown_as_it_is_with_where_everything_goes(forms: Walk) -> None:
    step = forms.wizard.recognise
    assert step.shows_form
    model = step.form.form
    assert text(forms, 0, 0) == "清岚县招商引资企业登记表"
    assert model.column_at(0, 0) < 0
    assert model.is_label(2, 0)
    assert (model.target_at(2, 0), model.target_at(2, 1)) == ("企业名称", "企业名称")
    assert model.target_at(3, 5) == "注册资本"
    assert step.form.columnSpan(2, 1) == 3


def test_what_is_told_in_a_form_is_sent_elsewhere_by_a_click_on_it(forms: Walk) -> None:
    pick(forms, 5, 1, "备注")
    assert forms.wizard.recognise.form.form.target_at(5, 1) == "备注"
    pick(forms, 5, 0, "合作需求")
    assert forms.wizard.recognise.form.form.target_at(5, 1) == "合作需求"


def test_the_correction_is_remembered_for_forms_of_that_shape(forms: Walk, tmp_path: Path) -> None:
    pick(forms, 5, 1, "合作需求")
    forms.recognise(write_forms(tmp_path / "又来一份.xlsx", "东澜"))
    assert "已照样改好" in forms.wizard.recognise.hint
    assert forms.wizard.recognise.form.form.target_at(5, 1) == "合作需求"


def test_a_form_in_which_something_is_not_filled_in_has_the_same_shape(forms: Walk, tmp_path: Path) -> None:
    pick(forms, 4, 1, "联系人姓名")
    pick(forms, 5, 1, "合作需求")
    forms.recognise(write_forms(tmp_path / "填得少的.xlsx", "东澜", unsaid=[5]))
    assert forms.wizard.recognise.form.form.target_at(5, 1) == "合作需求"


def name_label(walk: Walk, row: int, column: int) -> list[str]:
    """Clicks a cell, and takes the first of what is offered: that it is a label. Returns all that was."""
    view = walk.wizard.recognise.form
    walk.bot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.form.index(row, column)).center()
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions()]
    menu.triggered.emit(menu.actions()[0])
    menu.close()
    walk.idle()
    return said


def test_a_cell_that_nobody_knows_is_called_a_label_and_its_value_goes_where_it_should(forms: Walk) -> None:
    model = forms.wizard.recognise.form.form
    assert model.column_at(7, 3) < 0
    name_label(forms, 7, 2)
    assert forms.wizard.recognise.shows_form
    assert model.is_label(7, 2)
    pick(forms, 7, 3, "经营状况")
    assert (model.target_at(7, 3), model.target_at(2, 1)) == ("经营状况", "企业名称")
    assert forms.session.view is not None
    said = [getattr(draft.record, "condition", "") for draft in forms.session.view.sample]
    assert said == ["无锡市新吴区、常州市武进区"] * 2


def test_what_was_called_a_label_is_one_in_the_next_form_and_on_the_command_line(
    forms: Walk, tmp_path: Path, office: Office
) -> None:
    name_label(forms, 7, 2)
    pick(forms, 7, 3, "经营状况")
    pick(forms, 5, 1, "合作需求")
    path = write_forms(tmp_path / "又来一份.xlsx", "东澜")
    forms.recognise(path)
    model = forms.wizard.recognise.form.form
    assert (model.target_at(7, 3), model.target_at(5, 1)) == ("经营状况", "合作需求")
    kept = kept_shapes(forms.session.desk.settings)
    [decision] = import_file(office, Investor, path, dry_run=True, kept=kept).plan.decisions
    record = decision.draft.record
    assert isinstance(record, Investor)
    assert (record.condition, record.needs[:4]) == ("无锡市新吴区、常州市武进区", "拟在我县")


def write_stacked(path: Path, name: str) -> Path:
    """A form in which two values stand under their labels: one label that nobody knows, one that has nothing beside."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = name
    rows: tuple[tuple[Any, ...], ...] = (
        ("企业名称", f"{name}新材料有限公司", "企业性质", "民企"),
        ("联系人", "周远航", "联系电话", "13812342216"),
        ("企业情况摘要", None, None, "盖章处"),
        ("年产电解液添加剂 3000 吨", None, None, None),
        ("主营业务", None, "备注", "二期"),
        ("电解液添加剂", None, None, None),
    )
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A4:D4")
    sheet.merge_cells("A6:D6")
    book.save(path)
    book.close()
    return path


def test_a_label_with_its_value_below_is_corrected_by_a_click(walk: Walk, tmp_path: Path, office: Office) -> None:
    walk.recognise(write_stacked(tmp_path / "上下排的.xlsx", "青禾"))
    model = walk.wizard.recognise.form.form
    assert name_label(walk, 2, 0) == [
        "“企业情况摘要”是一项的名称，右边是它的内容",
        "“企业情况摘要”是一项的名称，下面是它的内容",
    ]
    assert model.column_at(2, 3) >= 0
    walk.session.call_label("企业情况摘要", "下面")
    walk.idle()
    assert model.column_at(2, 3) < 0
    pick(walk, 3, 0, "经营状况")
    assert name_label(walk, 4, 0) == ["“主营业务”是一项的名称，下面是它的内容", "改导入到哪个字段…"]
    assert (model.target_at(5, 0), model.target_at(4, 3)) == ("主营业务", "备注")
    again = write_stacked(tmp_path / "又一份.xlsx", "云帆")
    kept = kept_shapes(walk.session.desk.settings)
    [decision] = import_file(office, Investor, again, dry_run=True, kept=kept).plan.decisions
    record = decision.draft.record
    assert isinstance(record, Investor)
    assert (record.condition, record.business) == ("年产电解液添加剂 3000 吨", "电解液添加剂")


def test_a_label_with_nothing_beside_it_can_still_go_elsewhere(walk: Walk, tmp_path: Path) -> None:
    walk.recognise(write_stacked(tmp_path / "上下排的.xlsx", "青禾"))
    view = walk.wizard.recognise.form
    view.setCurrentIndex(view.form.index(4, 0))
    walk.bot.keyClick(view, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.triggered.emit(menu.actions()[-1])
    menu.close()
    picker = view.window().findChild(FieldPicker)
    assert isinstance(picker, FieldPicker)
    picker.search.setText("合作需求")
    walk.bot.keyClick(picker.search, Qt.Key.Key_Return)
    walk.idle()
    assert view.form.target_at(4, 0) == "合作需求"


def test_what_was_called_a_label_is_forgotten_with_the_rest(forms: Walk) -> None:
    name_label(forms, 7, 2)
    forms.session.forget_corrections()
    forms.idle()
    assert forms.wizard.recognise.form.form.column_at(7, 3) < 0


def test_the_other_forms_and_the_list_of_all_are_a_click_away(forms: Walk) -> None:
    step = forms.wizard.recognise
    assert step.forms.isVisible()
    for name, shown in (("云帆", True), ("", False), ("青禾", True)):
        forms.bot.mouseClick(step.forms, Qt.MouseButton.LeftButton)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.data() == name)
        menu.triggered.emit(action)
        menu.close()
        assert step.shows_form is shown
        if shown:
            assert text(forms, 2, 1) == f"{name}新材料有限公司"
    assert step.view.sheet.index(1, 0).data() == "青禾新材料有限公司"


def test_what_was_not_understood_is_shown_in_its_cell_of_its_form(forms: Walk) -> None:
    step = forms.wizard.recognise
    marked = step.form.form.problem_at(3, 1)
    assert marked is not None
    assert "18位" in marked.reason
    step.step_problem(1)
    step.step_problem(1)
    assert text(forms, 2, 1) == "云帆新材料有限公司"
    assert (step.form.currentIndex().row(), step.form.currentIndex().column()) == (3, 1)


def test_the_keyboard_corrects_a_form_too(forms: Walk) -> None:
    view = forms.wizard.recognise.form
    view.setCurrentIndex(view.form.index(5, 1))
    forms.bot.keyClick(view, Qt.Key.Key_Return)
    assert isinstance(QApplication.activePopupWidget(), FieldPicker)


def test_a_cell_that_tells_nothing_offers_nothing(forms: Walk) -> None:
    view = forms.wizard.recognise.form
    forms.bot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.form.index(0, 0)).center() + QPoint(0, 2)
    )
    assert QApplication.activePopupWidget() is None


def test_a_list_has_no_forms_to_choose(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    assert not walk.wizard.recognise.shows_form
    assert not walk.wizard.recognise.forms.isVisible()


def test_forms_become_one_record_each(walk: Walk, tmp_path: Path) -> None:
    walk.finish(write_forms(tmp_path / "企业登记表.xlsx", "青禾", "云帆"))
    found = {one.name: one for one in walk.session.desk.office.find(Query(Investor))}
    assert found["云帆新材料有限公司"].registered_capital == Money(12_000_000_000)
    assert "青禾新材料有限公司" not in found  # likely 青禾新材料股份有限公司, which the office knows
