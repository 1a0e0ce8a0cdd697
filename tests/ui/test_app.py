"""From the start of the program to the first rows, and what happens when that fails."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import names
from zhaoshang_desktop import app
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.crash import CrashDialog, CrashReporter
from zhaoshang_desktop.ui.help import RulesDialog
from zhaoshang_desktop.ui.instance import OneInstance
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.welcome import WelcomeDialog

HEAVY = (
    "sqlalchemy",
    "sqlite3",
    "openpyxl",
    "python_calamine",
    "reportlab",
    "pyvrp",
    "numpy",
    "phonenumbers",
    "rapidfuzz",
    "zhaoshang_desktop.actions.record",
    "zhaoshang_desktop.domain.region",
)
FIRST_PICTURE = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from zhaoshang_desktop import app
from zhaoshang_desktop.runtime.settings import Settings

class Window(app.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        if not hasattr(self, "seen"):
            self.seen = [name for name in {HEAVY!r} if name in sys.modules]

qt = QApplication(["zhaoshang", "-style", "Fusion"])
app.MainWindow = Window
program = app.Program(qt, Settings())
program.window.painted.disconnect()
program.window.painted.connect(qt.quit)
program.window.show()
qt.exec()
page = program.window.stack.current
print(program.window.seen, page.list.model.columnCount(), program.window.ui.tabs.count())
"""


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[str, Settings], app.Program]]:
    """Starts programs, as `run` does, in this process; ends them all."""
    programs: list[app.Program] = []

    def starting(office: str, settings: Settings) -> app.Program:
        program = app.Program(qapp, settings)
        programs.append(program)
        qtbot.addWidget(program.window)
        program.start(office)
        return program

    yield starting
    for program in programs:
        program.end()
        program.deleteLater()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office with one investor."""
    where = tmp_path / "清岚.office"
    office = new_office(where, name="清岚县投资促进局")
    with office.transaction("新建客商") as tx:
        tx.save(Investor(name="青禾新材料股份有限公司"))
    office.close()
    return where


def test_the_first_picture_waits_for_no_database_spreadsheet_paper_or_solver(tmp_path: Path) -> None:
    root = Path(app.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE], cwd=root, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    heavy, columns, tabs = done.stdout.strip().rsplit(" ", 2)
    assert heavy == "[]"
    assert int(columns) > 5
    assert int(tabs) >= 5


def test_the_last_office_opens_by_itself_and_its_rows_follow(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path
) -> None:
    program = start("", Settings(recent_offices=[str(file)]))
    page = program.window.stack.current
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: names(page) == ["青禾新材料股份有限公司"])
    assert program.window.windowTitle() == "招商桌面 — 清岚县投资促进局"


def test_what_start_up_has_made_is_nothing_to_collect_while_somebody_types(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path
) -> None:
    before = gc.get_freeze_count()
    with qtbot.waitSignal(start("", Settings(recent_offices=[str(file)])).window.ready):
        pass
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_the_first_start_asks_for_an_office_and_says_what_must_not_be_entered(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, tmp_path: Path
) -> None:
    settings = Settings()
    program = start("", settings)
    qtbot.waitUntil(lambda: program.window.findChild(WelcomeDialog) is not None)
    dialog = program.window.findChild(WelcomeDialog)
    assert isinstance(dialog, WelcomeDialog)
    assert "不得录入国家秘密和工作秘密" in dialog.ui.secrets.text()
    dialog.ui.create.click()
    assert "单位名称" in dialog.ui.wrong.text()
    dialog.ui.name.setText("云溪县招商局")
    assert Path(dialog.ui.place.text()) == paths.offices_folder() / "云溪县招商局.office"
    dialog.ui.place.setText(str(tmp_path / "云溪.office"))
    dialog.ui.create.click()
    qtbot.waitUntil(lambda: program.window.desk.is_open)
    assert settings.recent_offices == [str(tmp_path / "云溪.office")]
    assert (tmp_path / "云溪.office").exists()


def test_who_starts_with_an_office_is_told_once_what_does_not_belong_in_it(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path
) -> None:
    settings = Settings()
    program = start(str(file), settings)
    qtbot.waitUntil(lambda: program.window.findChild(RulesDialog) is not None)
    dialog = program.window.findChild(RulesDialog)
    assert isinstance(dialog, RulesDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for words in ("国家秘密", "工作秘密", "不联网", "不是经认证的商用密码产品"):
        assert words in said
    dialog.accept()
    qtbot.waitUntil(lambda: program.window.desk.is_open)
    program.window.close()
    program.end()
    again = start("", settings)
    qtbot.waitUntil(lambda: again.window.desk.is_open)
    assert again.window.findChild(RulesDialog) is None


def test_a_file_that_is_no_office_is_refused_with_a_sentence(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, tmp_path: Path
) -> None:
    stranger = tmp_path / "名单.xlsx"
    stranger.write_bytes(b"PK\x03\x04 something else")
    program = start(str(stranger), Settings())
    qtbot.waitUntil(lambda: program._welcome is not None)
    assert program._welcome is not None
    assert "不是办公室文件" in program._welcome.ui.wrong.text()


def test_the_same_office_opens_once_and_a_second_start_knocks(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    where = str(tmp_path / "清岚.office")
    first, second = OneInstance(where, tmp_path), OneInstance(where, tmp_path)
    assert first.take()
    first.listen()
    assert not second.take()
    with qtbot.waitSignal(first.knocked):
        assert second.knock()
    first.release()
    assert second.take()
    second.release()


def test_an_unknown_error_shows_one_crash_dialog(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path
) -> None:
    program = start(str(file), Settings())
    qtbot.waitUntil(lambda: program.window.desk.is_open)
    reporter = CrashReporter(program.window)
    for _ in range(2):
        try:
            raise ZeroDivisionError("division by zero")
        except ZeroDivisionError as error:
            reporter.report(error)
    dialogs = program.window.findChildren(CrashDialog)
    assert len(dialogs) == 1
    assert "ZeroDivisionError" in dialogs[0].ui.details.toPlainText()
    dialogs[0].accept()


def test_closing_and_starting_again_opens_the_same_office(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path
) -> None:
    settings = Settings()
    first = start(str(file), settings)
    qtbot.waitUntil(lambda: first.window.desk.is_open)
    first.window.close()
    first.end()
    again = start("", settings)
    qtbot.waitUntil(lambda: again.window.desk.is_open)
    assert again.window.desk.office.where == str(file)


def test_an_office_that_is_refused_leaves_the_one_before_open_and_locked(
    start: Callable[[str, Settings], app.Program], qtbot: QtBot, file: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "名单.xlsx"
    stranger.write_bytes(b"PK\x03\x04 something else")
    program = start(str(file), Settings())
    qtbot.waitUntil(lambda: program.window.desk.is_open)
    program.window.office_wanted.emit(str(stranger))
    qtbot.waitUntil(lambda: program.window.notice.text != "")
    assert program.window.desk.office.where == str(file)
    assert not OneInstance(str(file), paths.settings_folder()).take()
    free = OneInstance(str(stranger), paths.settings_folder())
    assert free.take()
    free.release()
