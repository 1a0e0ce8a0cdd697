"""Locking a window while somebody types, and unlocking it; asking for a passphrase; what can be changed of it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.library.test_record_page import type_into
from tests.ui.office.conftest import Start
from zhaoshang_desktop import app
from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.office.protection import ProtectionDialog
from zhaoshang_desktop.ui.office.unlocking import UnlockDialog
from zhaoshang_desktop.ui.office.users import UsersPart

SECRET = "铁桶 青禾 月台 七"
PATIENCE_MS = 20_000
pytestmark = pytest.mark.usefixtures("drawer")


@pytest.fixture(scope="module")
def made() -> encryption.NewVault:
    return encryption.new_vault(SECRET)


@pytest.fixture
def file(tmp_path: Path, made: encryption.NewVault) -> Path:
    where = tmp_path / "清岚县招商引资工作领导小组办公室二〇二六年度.office"
    office = new_office(where, name="清岚县投资促进局", made=made)
    with contextlib.closing(office), office.transaction("新建客商") as tx:
        tx.save(Investor(name="青禾新材料股份有限公司"))
    return where


def asked(start: Start, qtbot: QtBot, file: Path) -> tuple[app.Program, UnlockDialog]:
    """The program, and the dialog in which it asks for the passphrase."""
    program = start(str(file), Settings(choices={"actor": "张敏"}))
    qtbot.waitUntil(lambda: bool(program.window.findChildren(UnlockDialog)), timeout=PATIENCE_MS)
    return program, program.window.findChildren(UnlockDialog)[0]


@pytest.fixture
def program(start: Start, qtbot: QtBot, file: Path) -> app.Program:
    """A window on an encrypted office that was opened by its passphrase."""
    made, dialog = asked(start, qtbot, file)
    dialog.form.secret.setText(SECRET)
    dialog.open_.click()
    qtbot.waitUntil(lambda: made.window.desk.is_open, timeout=PATIENCE_MS)
    return made


def lock_and_unlock(program: app.Program, qtbot: QtBot) -> None:
    window = program.window
    window.call("office.lock")
    qtbot.waitUntil(lambda: not window.desk.is_open, timeout=PATIENCE_MS)
    window.unlock_wanted.emit(SECRET)
    qtbot.waitUntil(lambda: not window.is_locked, timeout=PATIENCE_MS)


def test_a_refused_passphrase_leaves_its_line_as_high_as_before(start: Start, qtbot: QtBot, file: Path) -> None:
    _program, dialog = asked(start, qtbot, file)
    qtbot.waitUntil(dialog.isVisible)
    before = dialog.form.secret.height()
    dialog.form.secret.setText("不对")
    dialog.open_.click()
    qtbot.waitUntil(dialog.form.wrong.isVisible, timeout=PATIENCE_MS)
    dialog.layout().activate()
    assert dialog.form.secret.height() >= before
    assert dialog.form.wrong.height() >= dialog.form.wrong.heightForWidth(dialog.form.wrong.width())


def test_a_new_record_is_still_unsaved_after_the_lock_and_the_cursor_where_it_was(
    program: app.Program, qtbot: QtBot
) -> None:
    window = program.window
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    window.call("record.new")
    name = page.form.form.parts["name"].editor
    type_into(name, "Jilan")
    typing = window.focusWidget()
    assert typing is not None
    assert name.isAncestorOf(typing) or typing is name
    lock_and_unlock(program, qtbot)
    assert [one.name for one in window.desk.office.find(Query(Investor))] == ["青禾新材料股份有限公司"]
    assert page.in_form
    assert page.form.form.parts["name"].take()[0] == "Jilan"
    assert window.focusWidget() is typing


def test_an_edit_of_a_stored_record_is_saved_when_the_window_is_locked(program: app.Program, qtbot: QtBot) -> None:
    window = program.window
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    (firm,) = window.desk.office.find(Query(Investor))
    page.open_record(firm.id)
    qtbot.waitUntil(lambda: page.in_form and page.form.key == firm.id, timeout=PATIENCE_MS)
    type_into(page.form.form.parts["address"].editor, "Road 7")
    lock_and_unlock(program, qtbot)
    assert window.desk.office.find(Query(Investor))[0].address == "Road 7"


def test_the_button_says_what_will_be_done_and_a_pc_that_does_not_remember_says_so(program: app.Program) -> None:
    dialog = ProtectionDialog(program.window.desk, program.window)
    dialog.open()
    assert dialog.do.text() == "更换密码"
    dialog.renew.setChecked(True)
    assert dialog.do.text() == "换恢复密钥"
    dialog.undo.setChecked(True)
    assert dialog.do.text() == "解除加密"
    assert dialog.forget.isHidden()
    assert "没有记住密码" in dialog.forgotten.text()
    dialog.reject()


def test_users_of_an_encrypted_office_are_not_told_to_encrypt_it(program: app.Program, qtbot: QtBot) -> None:
    program.window.call("office.users")
    part = program.window.go("office").parts["users"]  # type: ignore[attr-defined]
    assert isinstance(part, UsersPart)
    qtbot.waitUntil(lambda: bool(part.hint.text()), timeout=PATIENCE_MS)
    assert "没有密码的人什么也读不出来" in part.hint.text()
    assert "请给办公室加密" not in part.hint.text()
