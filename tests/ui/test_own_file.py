"""The file of the office itself, chosen or dropped as if it were something else: one sentence, and it stays locked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from zhaoshang_desktop.actions.attachment import attach_files, files_of, save_attachment
from zhaoshang_desktop.actions.form import propose_form
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow

PATIENCE_MS = 20_000
TRY = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
"""


def is_locked(office: Office) -> bool:
    """Does another process find that somebody has it open?"""
    command = [sys.executable, "-c", TRY, office.where]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return "database is locked" in told.stderr


@pytest.mark.parametrize("name", ["清岚.office", "清岚.office-shm", "带回.pack", "桌面/清岚.office"])
def test_the_office_dropped_on_its_own_window_is_one_sentence(
    window: MainWindow, office: Office, name: str, qtbot: QtBot
) -> None:
    assert is_locked(office)
    file = Path(office.where).parent / name
    if name.endswith(".pack"):
        file.hardlink_to(office.where)
    if file.parent.name == "桌面":
        file.parent.symlink_to(".")
    assert drop(window, file)
    if name.endswith(".pack"):
        window.stack.current.unlock.button.click()  # type: ignore[attr-defined]

    def is_said() -> bool:
        return any("就是正开着的办公室" in label.text() for label in window.findChildren(QLabel))

    qtbot.waitUntil(is_said, timeout=PATIENCE_MS)
    assert is_locked(office)


def test_the_office_is_not_read_as_anything_else_either(office: Office) -> None:
    with office.transaction("新建客商") as tx:
        firm = tx.save(Investor(name="青禾"))
    where = Path(office.where)
    with pytest.raises(KnownError, match="就是正开着的办公室"):
        attach_files(office, Investor, firm.id, [where])
    with pytest.raises(KnownError, match="就是正开着的办公室"):
        propose_form(where, Investor)
    assert is_locked(office)


def test_nothing_is_written_over_the_office(office: Office, tmp_path: Path) -> None:
    (tmp_path / "照片.txt").write_text("照片", encoding="utf-8")
    with office.transaction("新建客商") as tx:
        firm = tx.save(Investor(name="青禾"))
    attach_files(office, Investor, firm.id, [tmp_path / "照片.txt"])
    (file,) = files_of(office, Investor, firm.id)
    with pytest.raises(KnownError, match="不能写在它上面"):
        save_attachment(office, file.attachment.id, Path(office.where))
    assert is_locked(office)
    assert office.count(Query(Investor)) == 1
