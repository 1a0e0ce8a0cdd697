"""Pictures of the main screens, for a machine without one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.pages import Entry
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker

_log = logging.getLogger(__name__)
SIZE = (1366, 768)
SETTLE_MS = 400
"""Long enough for what a page puts off until typing or resizing has stopped."""

_FIRST = {
    "investor": ("-contact_count",),
    "project": ("-total",),
    "lead": ("-day",),
    "trip": ("-start",),
    "reception": ("-start",),
}


def take_pictures(where: Path, folder: Path, dress: Callable[[QApplication, Settings], None]) -> list[Path]:
    """Every tab with its most telling record, as PNG files in the folder; `dress` gives the program its look."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["zhaoshang", "-style", "Fusion"])
    settings = Settings()
    dress(app, settings)
    before = qInstallMessageHandler(_to_log)
    window = MainWindow(settings)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*SIZE)
    office = open_office(where)
    try:
        window.set_office(office, Worker(office, AtOnce()), Reader(office, AtOnce()))
        window.show()
        folder.mkdir(parents=True, exist_ok=True)
        return [_picture(window, office, entry, folder, number) for number, entry in enumerate(window.tabs, 1)]
    finally:
        window.close()
        window.deleteLater()
        office.close()
        qInstallMessageHandler(before)


def _picture(window: MainWindow, office: Office, entry: Entry, folder: Path, number: int) -> Path:
    window.go(entry.key)
    record = RECORDS.get(entry.noun)
    keys = office.first_ids(Query(record, order=_FIRST.get(entry.noun, ())), 1) if record else []
    if record is not None and keys:
        window.show_record(record, keys[0])
    _settle()
    path = folder / f"{number} {entry.title}.png"
    window.grab().save(str(path))
    return path


def _to_log(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """What Qt says of a platform without a screen is nothing for the terminal."""
    _log.info("Qt: %s", words)


def _settle() -> None:
    """Let the timers run out that wait for a pause in the clerk's typing."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
