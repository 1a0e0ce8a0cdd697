"""Restore and repair through the whole program: the office is closed, mended and opened again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import names
from zhaoshang_desktop import app
from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.paths import looked_folder
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.office.backups import BackupsPart
from zhaoshang_desktop.ui.office.damage import DamageDialog, RepairedDialog
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.server_dialog import ServerDialog
from zhaoshang_desktop.ui.office.while_closed import WhileClosed

PATIENCE_MS = 20_000
Start = Callable[[], app.Program]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office with two investors and a backup from when there was one."""
    where = tmp_path / "清岚.office"
    office = new_office(where, name="清岚县投资促进局", actor="张敏")
    for name in ("青禾", "云帆"):
        with office.transaction(f"新建客商：{name}") as tx:
            tx.save(Investor(name=name))
        if name == "青禾":
            actions.make(office)
    office.close()
    return where


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, file: Path) -> Iterator[Start]:
    programs: list[app.Program] = []

    def starting() -> app.Program:
        program = app.Program(qapp, Settings())
        programs.append(program)
        qtbot.addWidget(program.window)
        program.start(str(file))
        return program

    yield starting
    for program in programs:
        program.end()
        program.deleteLater()


def investors(program: app.Program) -> list[str]:
    if not program.window.desk.is_open:
        return []
    return [one.name for one in program.window.desk.office.find(Query(Investor, order=("id",)))]


def typed(start: Start, qtbot: QtBot, note: str) -> tuple[app.Program, LibraryPage, int]:
    """The program with that remark typed into the first of two investors and not yet stored; the page and the key."""
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    page = program.window.go("investors")
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=PATIENCE_MS)
    key = page.list.model.all_keys()[0]
    page.open_record(key)
    qtbot.waitUntil(lambda: page.form.key == key, timeout=PATIENCE_MS)
    page.form.form.parts["note"].editor.put_changed(note)
    return program, page, key


def test_a_restore_closes_the_office_and_opens_it_as_it_was(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    page = program.window.go("office")
    assert isinstance(page, OfficePage)
    part = page.parts["backups"]
    assert isinstance(part, BackupsPart)
    qtbot.waitUntil(lambda: not part.restore.isHidden(), timeout=PATIENCE_MS)
    part.list.selectRow(part.list.rowCount() - 1)
    qtbot.waitUntil(lambda: "丢掉" in part.restore.text(), timeout=PATIENCE_MS)
    part.restore.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "已恢复到" in program.window.notice.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not part.take_back.isHidden(), timeout=PATIENCE_MS)
    part.take_back.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)


def test_what_is_typed_when_a_backup_is_restored_comes_back_when_that_is_taken_back(start: Start, qtbot: QtBot) -> None:
    program, _page, key = typed(start, qtbot, "没来得及保存")
    part = program.window.go("office").parts["backups"]  # type: ignore[attr-defined]
    assert isinstance(part, BackupsPart)
    qtbot.waitUntil(lambda: not part.restore.isHidden(), timeout=PATIENCE_MS)
    part.list.selectRow(part.list.rowCount() - 1)
    qtbot.waitUntil(lambda: "丢掉" in part.restore.text(), timeout=PATIENCE_MS)
    part.restore.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not part.take_back.isHidden(), timeout=PATIENCE_MS)
    part.take_back.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)
    assert program.window.desk.office.get(Investor, key).note == "没来得及保存"


def test_a_backup_opens_in_a_window_of_its_own_to_be_looked_at(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    part = program.window.go("office").parts["backups"]  # type: ignore[attr-defined]
    assert isinstance(part, BackupsPart)
    qtbot.waitUntil(lambda: not part.open.isHidden(), timeout=PATIENCE_MS)
    part.list.selectRow(part.list.rowCount() - 1)
    qtbot.waitUntil(lambda: "丢掉" in part.restore.text(), timeout=PATIENCE_MS)
    part.open.click()
    qtbot.waitUntil(lambda: len(program._looks.open) == 1, timeout=PATIENCE_MS)
    window, office = program._looks.open[0]
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: names(page) == ["青禾"], timeout=PATIENCE_MS)
    assert "备份（只能看）" in window.windowTitle()
    assert not window.commands.actions["record.new"].isEnabled()
    with pytest.raises(KnownError, match="备份，只能看"), office.transaction("改") as tx:
        tx.save(Investor(name="岚溪"))
    office.note(Deed(Act.EXPORT, 1, "客商.xlsx"))
    assert program.window.desk.office.ledger()[0].deed.file == "客商.xlsx"
    assert investors(program) == ["青禾", "云帆"]
    window.close()
    qtbot.waitUntil(lambda: not program._looks.open, timeout=PATIENCE_MS)
    assert not looked_folder().exists()


def test_a_file_that_cannot_be_opened_for_damage_is_repaired_and_opened(start: Start, qtbot: QtBot, file: Path) -> None:
    with file.open("r+b") as data:
        data.write(bytes(4096))
    program = start()
    qtbot.waitUntil(lambda: program.window.findChild(DamageDialog) is not None, timeout=PATIENCE_MS)
    dialog = program.window.findChild(DamageDialog)
    assert isinstance(dialog, DamageDialog)
    dialog.repair.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.window.findChild(RepairedDialog) is not None, timeout=PATIENCE_MS)
    report = program.window.findChild(RepairedDialog)
    assert isinstance(report, RepairedDialog)
    assert "没有发现丢失。" in report.lines
    report.accept()
    assert len(list(file.parent.glob("清岚-损坏-*.office"))) == 1


def test_what_is_done_to_a_closed_office_can_be_stopped_at_the_foot_of_the_window(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    held = threading.Event()

    def work(progress: Callable[..., None]) -> None:
        while not held.wait(0.01):
            progress("正在加密", 40, 100)

    program.window.desk.while_closed.emit(WhileClosed("正在加密", work, "已加密。"))
    qtbot.waitUntil(lambda: program.window.status.work == "正在加密 40 %", timeout=PATIENCE_MS)
    program.window.status._stop.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "已取消" in program.window.notice.text, timeout=PATIENCE_MS)
    assert program.window.status.work == ""
    held.set()


def test_another_office_waits_for_what_is_done_to_a_closed_one(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program, other, done = start(), tmp_path / "北川.office", threading.Event()
    new_office(other, name="北川县", actor="张敏").close()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    program.window.desk.while_closed.emit(WhileClosed("正在加密", lambda progress: done.wait(), "已加密。"))
    qtbot.waitUntil(lambda: not program.window.desk.is_open, timeout=PATIENCE_MS)
    program.window.office_wanted.emit(str(other))
    assert "正在加密，现在不能打开别的办公室" in program.window.notice.text
    done.set()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "已加密" in program.window.notice.text, timeout=PATIENCE_MS)
    program.window.office_wanted.emit(str(other))
    qtbot.waitUntil(lambda: program.window.desk.office.name == "北川县", timeout=PATIENCE_MS)


def test_whoever_does_not_want_the_repair_is_asked_for_another_office(start: Start, qtbot: QtBot, file: Path) -> None:
    with file.open("r+b") as data:
        data.write(bytes(4096))
    program = start()
    qtbot.waitUntil(lambda: program.window.findChild(DamageDialog) is not None, timeout=PATIENCE_MS)
    dialog = program.window.findChild(DamageDialog)
    assert isinstance(dialog, DamageDialog)
    dialog.later.click()
    qtbot.waitUntil(lambda: program._welcome is not None, timeout=PATIENCE_MS)
    assert list(file.parent.glob("清岚-损坏-*.office")) == []


def test_a_repair_that_was_put_off_is_offered_again_where_the_file_is_opened(
    start: Start, qtbot: QtBot, file: Path
) -> None:
    with file.open("r+b") as data:
        data.write(bytes(4096))
    program = start()
    program._settings.opened(str(file))
    qtbot.waitUntil(lambda: program.window.findChild(DamageDialog) is not None, timeout=PATIENCE_MS)
    first = program.window.findChild(DamageDialog)
    assert isinstance(first, DamageDialog)
    first.later.click()
    qtbot.waitUntil(lambda: program._welcome is not None, timeout=PATIENCE_MS)
    welcome = program._welcome
    assert welcome is not None
    assert "清岚.office" in welcome.ui.wrong.text()
    assert program.window.notice.text == ""
    assert program._settings.recent_offices == [str(file)]
    welcome.opened.emit(file)
    qtbot.waitUntil(lambda: welcome.findChild(DamageDialog) is not None, timeout=PATIENCE_MS)
    again = welcome.findChild(DamageDialog)
    assert isinstance(again, DamageDialog)
    again.repair.click()
    qtbot.waitUntil(lambda: investors(program) == ["青禾", "云帆"], timeout=PATIENCE_MS)


def test_the_server_that_was_connected_to_last_is_filled_in(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    program._settings.recent_offices.append("postgresql://zhangmin@10.0.0.8:5433/qinglan?sslmode=verify-full")
    program.window.call("server.connect")
    dialog = program.window.findChild(ServerDialog)
    assert isinstance(dialog, ServerDialog)
    assert (dialog.host.text(), dialog.port.value(), dialog.user.text()) == ("10.0.0.8", 5433, "zhangmin")
    dialog.reject()


def test_what_is_typed_is_saved_before_another_office_is_opened_and_its_list_is_shown(
    start: Start, qtbot: QtBot, file: Path, tmp_path: Path
) -> None:
    new_office(tmp_path / "北川.office", name="北川县", actor="张敏").close()
    program, page, key = typed(start, qtbot, "二期要看蒸汽价格")
    program.window.office_wanted.emit(str(tmp_path / "北川.office"))
    qtbot.waitUntil(lambda: "北川" in program.window.windowTitle(), timeout=PATIENCE_MS)
    assert not page.in_form
    program.window.office_wanted.emit(str(file))
    qtbot.waitUntil(lambda: "清岚" in program.window.windowTitle(), timeout=PATIENCE_MS)
    assert program.window.desk.office.get(Investor, key).note == "二期要看蒸汽价格"


def test_what_is_half_typed_stays_with_its_own_office(start: Start, qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    new_office(tmp_path / "北川.office", name="北川县", actor="张敏").close()
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    page = program.window.go("investors")
    assert isinstance(page, LibraryPage)
    page.new()
    page.form.form.parts["note"].editor.put_changed("名称还不知道")
    program.window.office_wanted.emit(str(tmp_path / "北川.office"))
    assert "没有填" in program.window.notice.text
    for where, name, note in ((tmp_path / "北川.office", "北川", ""), (file, "清岚", "名称还不知道")):
        program.window.office_wanted.emit(str(where))
        qtbot.waitUntil(lambda name=name: name in program.window.windowTitle(), timeout=PATIENCE_MS)
        page.new()
        assert page.form.form.parts["note"].editor.take()[0] == note
        page.form.form.parts["note"].editor.put(note)
        page.back()


def test_an_office_in_which_something_long_goes_on_is_left_only_when_that_is_stopped(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    answers, asked = [False, True], list[str]()

    def answer(_parent: object, question: str, _button: str) -> bool:
        asked.append(question)
        return answers.pop(0)

    monkeypatch.setattr("zhaoshang_desktop.ui.asking.confirm", answer)
    held = threading.Event()

    def work(_office: object, progress: Callable[..., None]) -> None:
        while not held.wait(0.01):
            progress("正在搬客商", 40, 50)

    program.window.desk.run(work, words="正在搬办公室", steps=True)
    qtbot.waitUntil(lambda: program.window.status.work == "正在搬客商 40 / 50", timeout=PATIENCE_MS)
    assert not program.window.close()
    assert program.window.desk.is_open
    assert program.window.close()
    assert not program.window.desk.is_open
    assert "正在搬客商 40 / 50" in asked[0]
    held.set()


def test_without_an_office_the_window_says_how_to_get_one(start: Start, qtbot: QtBot, file: Path) -> None:
    file.unlink()
    program = start()
    qtbot.waitUntil(lambda: program._welcome is not None, timeout=PATIENCE_MS)
    assert program._welcome is not None
    program._welcome.reject()
    assert "还没有打开办公室" in program.window.notice.text


@pytest.mark.parametrize("by", ["the link at the foot", "choosing the same office"])
def test_an_office_opened_on_a_full_disk_can_be_worked_in_again_once_there_is_room(
    start: Start, qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(total=1 << 30, used=1 << 30, free=0))
    program = start()
    window = program.window
    qtbot.waitUntil(lambda: window.desk.is_open, timeout=PATIENCE_MS)
    assert (window.status.reach, window.status.again.isHidden()) == ("只能看", False)

    def choose() -> None:
        window.status.again.click() if by == "the link at the foot" else window.office_wanted.emit(str(file))

    choose()
    qtbot.waitUntil(lambda: "还是放在已满的磁盘上" in window.notice.text, timeout=PATIENCE_MS)
    assert investors(program) == ["青禾", "云帆"]
    monkeypatch.undo()
    choose()
    qtbot.waitUntil(lambda: "可以修改了" in window.notice.text, timeout=PATIENCE_MS)
    assert (window.status.again.isHidden(), window.status.work) == (True, "")
    assert "只能看" not in window.windowTitle()
    with window.desk.office.transaction("新建客商") as tx:
        tx.save(Investor(name="岚溪"))
    assert investors(program) == ["青禾", "云帆", "岚溪"]


def test_who_opens_a_file_while_a_server_keeps_silent_hears_no_more_of_the_server(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    program, other = start(), tmp_path / "北川.office"
    new_office(other, name="北川县", actor="张敏").close()
    qtbot.waitUntil(lambda: program.window.desk.is_open, timeout=PATIENCE_MS)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://office@127.0.0.1:{silent.getsockname()[1]}/x"
        program.window.office_wanted.emit(url)
        line, _ = silent.accept()
        program.window.office_wanted.emit(str(other))
        qtbot.waitUntil(lambda: program.window.desk.office.name == "北川县", timeout=PATIENCE_MS)
        line.close()
    qtbot.waitUntil(lambda: "office opener" not in {one.name for one in threading.enumerate()}, timeout=PATIENCE_MS)
    assert program.window.notice.text == ""
    assert program.window.settings.recent_offices[0] == str(other)
    program.window.office_wanted.emit(url)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(ServerDialog)), timeout=PATIENCE_MS)
