"""In whose name one works where nobody signs in."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.office.conftest import Start
from zhaoshang_desktop import app
from zhaoshang_desktop.actions.looking import losses
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.office.unlocking import UnlockDialog
from zhaoshang_desktop.ui.office.who import NameDialog
from zhaoshang_desktop.ui.settings import SettingsDialog

PATIENCE_MS = 20_000
PASSPHRASE = "青山绿水带回家门口"
pytestmark = pytest.mark.usefixtures("drawer")


@pytest.fixture(autouse=True)
def _every_pc_calls_its_clerk_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "Administrator")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office with an investor and a member, and a pack of it that went out with 王强."""
    where = tmp_path / "清岚.office"
    with contextlib.closing(new_office(where, name="清岚县投资促进局", actor="张敏")) as office:
        with office.transaction("准备") as tx:
            firm = tx.save(Investor(name="青禾"))
            tx.save(Member(name="李敏", unit=tx.save(Unit(name="高新园区")).id))
        pack_out(office, tmp_path / "带走.pack", {Investor: [firm.id]}, PASSPHRASE, holder="王强")
    return where


def opened(program: app.Program, qtbot: QtBot) -> Office:
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    return program.window.desk.office


def asked(program: app.Program, qtbot: QtBot) -> NameDialog:
    qtbot.waitUntil(lambda: bool(program.window.findChildren(NameDialog)), timeout=PATIENCE_MS)
    return program.window.findChildren(NameDialog)[-1]


def edited_by(program: app.Program, qtbot: QtBot, note: str) -> str:
    """Whom the history names after an edit."""
    desk = program.window.desk
    (firm,) = desk.office.find(Query(Investor))
    with qtbot.waitSignal(desk.worker.changed, timeout=PATIENCE_MS):
        desk.run(edit_record, Investor, firm.id, {"note": note}, firm.version)
    return desk.office.history(Investor, firm.id)[0].actor


def test_in_a_pack_one_works_in_the_name_of_who_carries_it(start: Start, qtbot: QtBot, file: Path) -> None:
    program = start(str(file.with_name("带走.pack")), Settings())
    qtbot.waitUntil(lambda: bool(program.window.findChildren(UnlockDialog)), timeout=PATIENCE_MS)
    (dialog,) = program.window.findChildren(UnlockDialog)
    dialog.form.secret.setText(PASSPHRASE)
    dialog.open_.click()
    opened(program, qtbot)
    assert edited_by(program, qtbot, "路上记的") == "王强"
    assert not program.window.findChildren(NameDialog)


def test_who_gave_no_name_is_asked_for_it_once(start: Start, qtbot: QtBot, file: Path) -> None:
    settings = Settings()
    program = start(str(file), settings)
    opened(program, qtbot)
    dialog = asked(program, qtbot)
    dialog.name.insert("赵刚")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk.office.actor == "赵刚", timeout=PATIENCE_MS)
    assert edited_by(program, qtbot, "第一次") == "赵刚"
    program.window.close()
    program.end()
    again = start(str(file), settings)
    opened(again, qtbot)
    assert edited_by(again, qtbot, "第二次") == "赵刚"
    assert not again.window.findChildren(NameDialog)


def test_who_does_not_want_to_say_is_not_asked_again(start: Start, qtbot: QtBot, file: Path) -> None:
    settings = Settings()
    program = start(str(file), settings)
    opened(program, qtbot)
    qtbot.keyClick(asked(program, qtbot), Qt.Key.Key_Escape)
    program.window.close()
    program.end()
    again = start(str(file), settings)
    opened(again, qtbot)
    with qtbot.waitSignal(again.window.ready, timeout=PATIENCE_MS):
        pass
    assert not again.window.findChildren(NameDialog)


def test_the_member_chosen_as_oneself_is_who_acts(start: Start, qtbot: QtBot, file: Path) -> None:
    settings = Settings(choices={"actor": "科室电脑"})
    program = start(str(file), settings)
    office = opened(program, qtbot)
    (member,) = office.find(Query(Member))
    program.window.call("settings")
    dialog = program.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.me.put_changed(member.id)
    dialog.accept()
    qtbot.waitUntil(lambda: office.actor == "李敏", timeout=PATIENCE_MS)
    assert edited_by(program, qtbot, "选了我是之后") == "李敏"
    program.window.close()
    program.end()
    assert opened(start(str(file), settings), qtbot).actor == "李敏"


def test_losses_of_who_left_no_name_are_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USERNAME")
    monkeypatch.delenv("USER", raising=False)
    with contextlib.closing(new_office(tmp_path / "清岚.office", name="清岚县")) as office:
        with office.transaction("新建客商") as tx:
            tx.save(Investor(name="青禾"))
        assert "没写姓名的人" in losses(office, office.batches(), 10).words()
