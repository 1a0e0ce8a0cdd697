"""选择文件: what is wrong with a file is one sentence on the page, and the next file works."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from PySide6.QtCore import Qt

from tests.ui.importing.conftest import Save, Walk
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.kept import RECENT
from zhaoshang_desktop.ui.importing.wizard import CHOOSE, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.main_window import MainWindow

ROWS = [("企业名称", "备注"), ("甲新材料有限公司", "一期")]


def missing(folder: Path, _: Save) -> Path:
    return folder / "没有.xlsx"


def empty_sheet(_: Path, save: Save) -> Path:
    return save([], "空表.xlsx")


def picture(folder: Path, _: Save) -> Path:
    path = folder / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    return path


def broken_zip(folder: Path, save: Save) -> Path:
    whole = save(ROWS, "好的.xlsx").read_bytes()
    path = folder / "坏的.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    return path


def zip_of_something(folder: Path, _: Save) -> Path:
    path = folder / "照片集.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "没有表格")
    return path


@pytest.mark.parametrize("bad", [missing, empty_sheet, picture, broken_zip, zip_of_something])
def test_a_file_that_cannot_be_read_is_one_sentence_and_the_next_one_works(
    walk: Walk, office: Office, save: Save, tmp_path: Path, bad: Callable[[Path, Save], Path]
) -> None:
    path = bad(tmp_path, save)
    batches = len(office.batches())
    walk.open(path)
    assert walk.wizard.place == CHOOSE
    assert walk.wizard.choose.error.isVisible()
    assert path.name in walk.wizard.choose.error.words.text()
    assert len(office.batches()) == batches
    walk.recognise(save(ROWS, "下一个.xlsx"))
    assert not walk.wizard.choose.error.isVisible()


def test_a_list_without_rows_says_so_and_goes_no_further(walk: Walk, save: Save) -> None:
    walk.recognise(save([("企业名称", "备注")]))
    assert walk.wizard.hint.text() == "这张表里没有数据行。"
    assert not walk.wizard.onward.isEnabled()


def test_a_formula_that_was_never_calculated_is_a_cell_to_look_at(walk: Walk, save: Save) -> None:
    walk.recognise(save([("企业名称", "员工数"), ("甲新材料有限公司", "=1+1")]))
    assert walk.session.view is not None
    assert [problem.field for problem in walk.session.view.problems] == ["员工数"]


def test_a_password_is_asked_for_until_it_is_right(walk: Walk, save: Save, tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    with save(ROWS, "原件.xlsx").open("rb") as plain, path.open("wb") as locked:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("qinglan", locked)
    walk.open(path)
    card = walk.wizard.choose.password
    assert card.isVisible()
    for password in ("错的", "qinglan"):
        card.line.setText(password)
        walk.bot.keyClick(card.line, Qt.Key.Key_Return)
        walk.idle()
    assert walk.wizard.place == RECOGNISE
    assert not card.isVisible()


def test_a_wrong_password_is_called_wrong(walk: Walk, save: Save, tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    locked = io.BytesIO()
    with save(ROWS, "原件.xlsx").open("rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("qinglan", locked)
    path.write_bytes(locked.getvalue())
    walk.open(path)
    walk.wizard.choose.password.line.setText("错的")
    walk.wizard.choose.password.button.click()
    walk.idle()
    assert "不对" in walk.wizard.choose.password.words.text()


def test_files_lately_imported_are_one_click_away(
    walk: Walk, window: MainWindow, settings: Settings, save: Save
) -> None:
    path = save(ROWS)
    walk.recognise(path)
    assert settings.choices[RECENT] == [str(path)]
    window.orders.open_import()
    again = window.stack.current
    assert isinstance(again, ImportWizard)
    assert again.session.recent == [path]
    again.session.close()


def test_another_library_looks_at_the_same_file_anew(walk: Walk, save: Save) -> None:
    walk.recognise(save([("姓名", "单位", "职务"), ("褚文博", "云帆大学", "教授")]))
    walk.wizard.go(CHOOSE)
    walk.wizard.choose.libraries.button(3).click()
    walk.idle()
    assert walk.session.record is Expert
    walk.wizard.onward.click()
    assert walk.wizard.onward.isEnabled()
    assert walk.session.view is not None
    assert {match.path for match in walk.session.view.mapping.used} == {"name", "employer", "post"}
