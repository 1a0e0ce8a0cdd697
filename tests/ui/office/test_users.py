"""Users and rights as the window shows them: signing in, what is greyed out, what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County, texts
from zhaoshang_desktop import app
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.sign_in import SignInDialog
from zhaoshang_desktop.ui.office.users import UserDialog, UsersPart


@pytest.fixture
def users(window: MainWindow) -> UsersPart:
    window.call("office.users")
    page = window.stack.current
    assert isinstance(page, OfficePage)
    part = page.parts["users"]
    assert isinstance(part, UsersPart)
    return part


def test_without_users_the_page_says_what_that_means_and_what_users_guard_against(users: UsersPart) -> None:
    assert "谁打开都能做一切" in users.state.text()
    assert "防的是误操作" in users.hint.text()
    assert users.list.isHidden()
    assert users.set_up.isHidden()


def test_the_first_user_is_an_admin_and_the_next_a_clerk(users: UsersPart, window: MainWindow, office: Office) -> None:
    users.add.click()
    dialog = users.findChild(UserDialog)
    assert isinstance(dialog, UserDialog)
    assert not dialog.role.isEnabled()
    dialog.name.setText("张敏")
    dialog.password.setText("qinglan-1")
    dialog.ok.click()
    assert "不一样" in dialog.wrong.text()
    dialog.again.setText("qinglan-1")
    dialog.ok.click()
    assert window.status.user == "张敏 · 管理员"
    users.put("王磊", Role.CLERK, "qinglan-2")
    assert [row[:2] for row in texts(users.list)] == [["张敏", "管理员"], ["王磊", "专员（可写）"]]
    users.put("短", Role.CLERK, "12")
    assert "至少 6 个" in window.notice.text


def test_a_leader_finds_writing_greyed_out_and_is_told_why(
    window: MainWindow, office: Office, county: County, users: UsersPart
) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    window.desk.rights_changed.emit()
    window.go("investors")
    for name in ("record.new", "record.remove", "undo", "trip.new", "library.import"):
        assert not window.commands.actions[name].isEnabled()
    assert window.commands.actions["library.export"].isEnabled()
    window.call("record.new")
    assert "不能修改" in window.notice.text
    window.call("office.users")
    assert not users.add.isEnabled()
    assert "用户由管理员来管" in users.state.text()


def test_a_leader_who_drops_a_file_is_told_at_once(
    window: MainWindow, office: Office, county: County, tmp_path: Path
) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    before = window.stack.current
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "小分队.pack"))])
    where, left, no_keys = QPointF(9, 9), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, files, left, no_keys))
    assert window.stack.current is before
    assert "不能修改" in window.notice.text


def test_what_a_leader_sees_cannot_be_typed_into(window: MainWindow, office: Office, county: County) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    window.desk.rights_changed.emit()
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    model = page.list.model
    editable = Qt.ItemFlag.ItemIsEditable
    assert not any(model.flags(model.index(0, column)) & editable for column in range(1, model.columnCount()))
    page.open_record(county.qinghe.id)
    form = page.form.form
    assert form.parts["name"].editor.findChild(QLineEdit).isReadOnly()
    assert form.parts["note"].editor.findChild(QPlainTextEdit).isReadOnly()
    assert not form.parts["level"].editor.findChild(QComboBox).isEnabled()
    contacts = page.form.children_tables["contact"]
    assert contacts._add.isHidden()
    assert not contacts.model.flags(contacts.model.index(0, 0)) & editable
    assert page.form.files._add.isHidden()
    office.sign_in("张敏", "qinglan-1")
    page.open_record(county.qinghe.id)
    assert not form.parts["name"].editor.findChild(QLineEdit).isReadOnly()
    assert model.flags(model.index(0, 1)) & editable


def test_a_clerk_may_write_and_not_erase(window: MainWindow, office: Office, county: County) -> None:
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "王磊", Role.CLERK, "qinglan-2")
    office.sign_in("王磊", "qinglan-2")
    window.desk.rights_changed.emit()
    window.go("investors")
    assert window.commands.actions["record.new"].isEnabled()
    window.call("library.bin")
    assert not window.commands.actions["record.erase"].isEnabled()


def test_an_office_with_users_asks_who_comes_and_opens_for_who_knows(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局")
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    office.close()
    program = app.Program(qapp, Settings())
    qtbot.addWidget(program.window)
    program.start(office.where)
    qtbot.waitUntil(lambda: program.window.findChild(SignInDialog) is not None)
    dialog = program.window.findChild(SignInDialog)
    assert isinstance(dialog, SignInDialog)
    dialog.password.setText("qinglan-2")
    dialog.ok.click()
    assert "不对" in dialog.wrong.text()
    assert not program.window.desk.is_open
    dialog.password.setText("qinglan-1")
    dialog.ok.click()
    qtbot.waitUntil(lambda: program.window.desk.is_open)
    assert program.window.status.user == "张敏 · 管理员"
    program.end()
    program.deleteLater()


def test_who_does_not_sign_in_is_asked_for_another_office(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局")
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    office.close()
    program = app.Program(qapp, Settings())
    qtbot.addWidget(program.window)
    program.start(office.where)
    qtbot.waitUntil(lambda: program.window.findChild(SignInDialog) is not None)
    dialog = program.window.findChild(SignInDialog)
    assert isinstance(dialog, SignInDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: program._welcome is not None)
    again = open_office(office.where)
    assert len(again.ledger()) == 1
    again.close()
    program.end()
    program.deleteLater()


def test_what_is_wrong_with_a_new_user_takes_the_cursor_there(users: UsersPart) -> None:
    users.add.click()
    dialog = users.findChild(UserDialog)
    assert isinstance(dialog, UserDialog)
    dialog.ok.click()
    assert dialog.focusWidget() is dialog.name
    dialog.name.setText("张敏")
    dialog.ok.click()
    assert dialog.focusWidget() is dialog.password
    dialog.password.setText("qinglan-1")
    dialog.again.setText("qinglan-2")
    dialog.ok.click()
    assert dialog.focusWidget() is dialog.again
    assert dialog.again.selectedText()
    dialog.reject()
