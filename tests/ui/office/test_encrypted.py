"""An encrypted office in the window: made, opened, locked and unlocked, changed."""

from __future__ import annotations

import contextlib
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Drawer, names
from tests.ui.library.test_record_page import type_into
from tests.ui.office.conftest import Start
from zhaoshang_desktop import app
from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.actions.backup import make
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.domain.errors import WrongPassphrase
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime import credentials
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import vault
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.office.backups import BackupsPart
from zhaoshang_desktop.ui.office.damage import DamageDialog
from zhaoshang_desktop.ui.office.lock import MINUTES
from zhaoshang_desktop.ui.office.protection import EncryptDialog, ProtectionDialog
from zhaoshang_desktop.ui.office.recovery import RecoveryDialog
from zhaoshang_desktop.ui.office.unlocking import UnlockDialog
from zhaoshang_desktop.ui.welcome import WelcomeDialog

SECRET = "铁桶 青禾 月台 七"
NAME = "青禾新材料股份有限公司"
pytestmark = pytest.mark.usefixtures("drawer")


@pytest.fixture(scope="module")
def made() -> encryption.NewVault:
    return encryption.new_vault(SECRET)


def office_file(where: Path, made: encryption.NewVault | None) -> Path:
    office = new_office(where, name="清岚县投资促进局", made=made)
    with contextlib.closing(office), office.transaction("新建客商") as tx:
        tx.save(Investor(name=NAME))
    return where


@pytest.fixture
def file(tmp_path: Path, made: encryption.NewVault) -> Path:
    return office_file(tmp_path / "清岚.office", made)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return office_file(tmp_path / "明文.office", None)


def asked(program: app.Program, qtbot: QtBot) -> UnlockDialog:
    """The dialog that asks for the passphrase."""
    qtbot.waitUntil(lambda: program.window.findChild(UnlockDialog) is not None, timeout=10_000)
    dialog = program.window.findChild(UnlockDialog)
    assert isinstance(dialog, UnlockDialog)
    return dialog


def opened(program: app.Program, qtbot: QtBot) -> LibraryPage:
    qtbot.waitUntil(lambda: program.window.desk.is_open and not program.window.is_locked, timeout=20_000)
    page = program.window.go("investors")
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: names(page) == [NAME], timeout=10_000)
    return page


def unlocked(start: Start, qtbot: QtBot, file: Path) -> app.Program:
    """A window on an encrypted office that was opened by its passphrase."""
    program = start(str(file), Settings())
    dialog = asked(program, qtbot)
    dialog.form.secret.setText(SECRET)
    dialog.open_.click()
    opened(program, qtbot)
    return program


def test_the_passphrase_is_asked_for_and_a_wrong_one_is_a_sentence(start: Start, qtbot: QtBot, file: Path) -> None:
    program = start(str(file), Settings())
    dialog = asked(program, qtbot)
    dialog.form.secret.setText("不对")
    dialog.open_.click()
    qtbot.waitUntil(dialog.form.wrong.isVisible, timeout=20_000)
    assert "密码不对" in dialog.form.wrong.text()
    assert not program.window.desk.is_open
    dialog.form.secret.setText(SECRET)
    dialog.open_.click()
    opened(program, qtbot)


def test_the_recovery_key_opens_and_a_slip_is_found_in_its_group(
    start: Start, qtbot: QtBot, file: Path, made: encryption.NewVault
) -> None:
    program = start(str(file), Settings())
    dialog = asked(program, qtbot)
    dialog.form.other.click()
    dialog.form.recovery.setText("2" + made.recovery[1:] if made.recovery[0] != "2" else "3" + made.recovery[1:])
    dialog.open_.click()
    assert "第 1 组" in dialog.form.wrong.text()
    dialog.form.recovery.setText(made.recovery.lower())
    dialog.open_.click()
    opened(program, qtbot)


def test_who_cancels_is_offered_another_office(start: Start, qtbot: QtBot, file: Path) -> None:
    program = start(str(file), Settings())
    asked(program, qtbot).reject()
    qtbot.waitUntil(lambda: program.window.findChild(WelcomeDialog) is not None)
    assert not program.window.desk.is_open


def test_this_pc_remembers_when_it_is_asked_to(start: Start, qtbot: QtBot, file: Path, drawer: Drawer) -> None:
    settings = Settings()
    program = start(str(file), settings)
    dialog = asked(program, qtbot)
    assert dialog.remember.isEnabled()
    dialog.remember.setChecked(True)
    dialog.form.secret.setText(SECRET)
    dialog.open_.click()
    opened(program, qtbot)
    assert SECRET not in str(drawer.kept)
    program.window.close()
    program.end()
    again = start("", settings)
    opened(again, qtbot)
    assert again.window.findChild(UnlockDialog) is None
    protection = ProtectionDialog(again.window.desk, again.window)
    protection.forget.click()
    qtbot.waitUntil(lambda: drawer.kept == {})
    protection.reject()


def test_without_a_credential_store_the_box_says_why(start: Start, qtbot: QtBot, file: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[attr-defined]
    dialog = asked(start(str(file), Settings()), qtbot)
    assert not dialog.remember.isEnabled()
    assert credentials.why_not() == credentials.NO_STORE


def test_caps_lock_is_noticed_while_typing(start: Start, qtbot: QtBot, file: Path) -> None:
    dialog = asked(start(str(file), Settings()), qtbot)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(dialog.form.secret, press)
    assert dialog.form.hint.isVisible()


def test_a_locked_window_shows_nothing_lets_go_of_the_key_and_keeps_an_unfinished_form(
    start: Start, qtbot: QtBot, file: Path
) -> None:
    program = unlocked(start, qtbot, file)
    window = program.window
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    window.call("record.new")
    address = page.form.form.parts["address"]
    type_into(address.editor, "half an address")
    window.call("office.lock")
    assert window.is_locked
    curtain = window.lock._curtain
    assert curtain is not None
    assert curtain.geometry() == window.rect()
    assert "清岚" not in window.windowTitle()
    assert window.focusWidget() is curtain.form.secret
    before = window.stack.key
    QTest.keyClick(curtain.form.secret, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.key == before
    qtbot.waitUntil(lambda: not window.desk.is_open)
    assert program._office is None
    window.call("office.open")
    curtain.form.secret.setText("不对")
    curtain.unlock.click()
    qtbot.waitUntil(curtain.form.wrong.isVisible, timeout=20_000)
    curtain.form.secret.setText(SECRET)
    curtain.unlock.click()
    qtbot.waitUntil(lambda: not window.is_locked, timeout=20_000)
    assert address.take()[0] == "half an address"
    type_into(page.form.form.parts["name"].editor, "Jilan")
    assert page.form.save()
    qtbot.waitUntil(lambda: len(window.desk.office.find(Query(Investor))) == 2)


def test_what_was_done_before_the_lock_can_be_undone_after_it(start: Start, qtbot: QtBot, file: Path) -> None:
    program = unlocked(start, qtbot, file)
    window = program.window
    with window.desk.office.transaction("改") as tx:
        first = tx.find(Query(Investor))[0]
        first.note = "改过"
        tx.save(first)
    window.lock.lock()
    qtbot.waitUntil(lambda: not window.desk.is_open)
    window.unlock_wanted.emit(SECRET)
    qtbot.waitUntil(lambda: not window.is_locked, timeout=20_000)
    undone = window.desk.office.undo()
    assert undone is not None
    assert undone.label == "改"


def test_nobody_there_locks_and_a_plain_office_does_not(start: Start, qtbot: QtBot, file: Path, plain: Path) -> None:
    program = unlocked(start, qtbot, file)
    lock = program.window.lock
    assert lock.idle.isActive()
    assert lock.idle.interval() == 10 * 60_000
    lock.idle.start(1)
    qtbot.waitUntil(lambda: program.window.is_locked)
    program.window.close()
    open_one = start(str(plain), Settings(choices={MINUTES: 5}))
    opened(open_one, qtbot)
    assert not open_one.window.lock.idle.isActive()
    open_one.window.call("office.lock")
    assert not open_one.window.is_locked


def test_a_new_office_is_encrypted_after_its_recovery_key_is_on_paper(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start("", Settings())
    qtbot.waitUntil(lambda: program.window.findChild(WelcomeDialog) is not None)
    dialog = program.window.findChild(WelcomeDialog)
    assert isinstance(dialog, WelcomeDialog)
    where = tmp_path / "云溪.office"
    dialog.ui.name.setText("云溪县招商局")
    dialog.ui.place.setText(str(where))
    dialog.ui.encrypt.setChecked(True)
    dialog.secret.first.setText("123456")
    dialog.ui.create.click()
    assert "太容易猜" in dialog.ui.wrong.text()
    dialog.secret.first.setText(SECRET)
    dialog.secret.second.setText(SECRET + "x")
    dialog.ui.create.click()
    assert "不一样" in dialog.ui.wrong.text()
    dialog.secret.second.setText(SECRET)
    dialog.ui.create.click()
    qtbot.waitUntil(lambda: dialog.findChild(RecoveryDialog) is not None, timeout=10_000)
    shown = dialog.findChild(RecoveryDialog)
    assert isinstance(shown, RecoveryDialog)
    assert not where.exists()
    assert not shown.go_on.isEnabled()
    recovery = shown.key.text
    shown.done_.setChecked(True)
    shown.go_on.click()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=20_000)
    assert vault.is_encrypted(where)
    found = vault.read_vault(where)
    assert found is not None
    assert found.unlock(SECRET) == found.unlock(recovery)
    assert program.window.desk.office.name == "云溪县招商局"


def test_an_open_office_is_encrypted_and_decrypted_from_the_menu(start: Start, qtbot: QtBot, plain: Path) -> None:
    program = start(str(plain), Settings())
    opened(program, qtbot)
    dialog = EncryptDialog(program.window.desk, program.window)
    dialog.fields.first.setText(SECRET)
    dialog.fields.second.setText(SECRET)
    dialog.open()
    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.findChild(RecoveryDialog) is not None, timeout=10_000)
    shown = dialog.findChild(RecoveryDialog)
    assert isinstance(shown, RecoveryDialog)
    shown.accept()
    qtbot.waitUntil(lambda: program.window.desk.is_open and program.window.desk.office.key is not None, timeout=20_000)
    opened(program, qtbot)
    assert NAME.encode() not in plain.read_bytes()
    back = ProtectionDialog(program.window.desk, program.window)
    back.undo.setChecked(True)
    back.do.click()
    assert "现在的密码" in back.wrong.text()
    back.secret.setText(SECRET)
    back.do.click()
    qtbot.waitUntil(lambda: program.window.desk.is_open and program.window.desk.office.key is None, timeout=20_000)
    opened(program, qtbot)


def test_the_passphrase_is_changed_from_the_menu(start: Start, qtbot: QtBot, file: Path) -> None:
    program = unlocked(start, qtbot, file)
    dialog = ProtectionDialog(program.window.desk, program.window)
    dialog.open()
    dialog.secret.setText("不对")
    dialog.fields.first.setText("月台 剃刀 云雀 十九")
    dialog.fields.second.setText("月台 剃刀 云雀 十九")
    dialog.do.click()
    qtbot.waitUntil(lambda: "密码不对" in dialog.wrong.text(), timeout=10_000)
    assert dialog.focusWidget() is dialog.secret
    assert dialog.secret.selectedText()
    dialog.secret.setText(SECRET)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.do.click()
    program.end()
    open_office(file, secret="月台 剃刀 云雀 十九").close()
    with pytest.raises(WrongPassphrase):
        open_office(file, secret=SECRET)


def test_a_damaged_office_whose_key_this_pc_remembers_is_repaired_without_asking(
    start: Start, qtbot: QtBot, file: Path, made: encryption.NewVault
) -> None:
    with contextlib.closing(open_office(file, secret=SECRET)) as office:
        make(office)
    credentials.remember(encryption.mark_of(file), made.key)
    with file.open("r+b") as damaged:
        damaged.seek(100)
        damaged.write(bytes(3000))
    program = start(str(file), Settings(choices={"remembered": [str(file)]}))
    qtbot.waitUntil(lambda: program.window.findChild(DamageDialog) is not None, timeout=20_000)
    offer = program.window.findChild(DamageDialog)
    assert isinstance(offer, DamageDialog)
    offer.repair.click()
    opened(program, qtbot)
    assert program.window.findChild(UnlockDialog) is None


def test_a_damaged_encrypted_office_is_repaired_from_its_backup(start: Start, qtbot: QtBot, file: Path) -> None:
    with contextlib.closing(open_office(file, secret=SECRET)) as office:
        make(office)
    with file.open("r+b") as damaged:
        damaged.seek(100)
        damaged.write(bytes(3000))
    program = start(str(file), Settings())
    dialog = asked(program, qtbot)
    dialog.form.secret.setText(SECRET)
    dialog.open_.click()
    qtbot.waitUntil(lambda: program.window.findChild(DamageDialog) is not None, timeout=20_000)
    offer = program.window.findChild(DamageDialog)
    assert isinstance(offer, DamageDialog)
    offer.repair.click()
    opened(program, qtbot)
    assert program.window.desk.office.key is not None
    assert NAME.encode() not in b"".join(one.read_bytes() for one in file.parent.rglob("*") if one.is_file())


def test_a_backup_from_before_the_office_was_decrypted_asks_for_its_passphrase_and_goes_back(
    start: Start, qtbot: QtBot, file: Path
) -> None:
    with contextlib.closing(open_office(file, secret=SECRET)) as office:
        make(office)
    encryption.decrypt(file, SECRET)
    program = start(str(file), Settings())
    opened(program, qtbot)
    part = program.window.go("office").parts["backups"]  # type: ignore[attr-defined]
    assert isinstance(part, BackupsPart)
    qtbot.waitUntil(part.unlock.isVisible, timeout=20_000)
    assert "用另一个密码加密" in part.holds.text()
    assert part.restore.isHidden()
    part.secret.secret.setText("不对")
    part.unlock.click()
    qtbot.waitUntil(part.secret.wrong.isVisible, timeout=20_000)
    assert "密码不对" in part.secret.wrong.text()
    part.secret.secret.setText(SECRET)
    QTest.keyClick(part.secret.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(part.restore.isVisible, timeout=20_000)
    assert not part.secret.isVisible()
    assert part.secret.secret.text() == ""
    part.restore.click()
    qtbot.waitUntil(lambda: "已恢复到" in program.window.notice.text, timeout=20_000)
    opened(program, qtbot)
    assert vault.is_plain(file)
