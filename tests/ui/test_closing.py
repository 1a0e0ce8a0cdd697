"""What is closed is gone: no window, no thread is left behind."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW, County
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.worker import Worker


def test_a_closed_window_leaves_no_thread_and_is_freed(qtbot: QtBot, office: Office, county: County) -> None:
    before = set(threading.enumerate())
    window = MainWindow(Settings(), FixedClock(NOW))
    window.show()
    window.set_office(office, Worker(office), Reader(office))
    qtbot.waitUntil(lambda: _rows(window) == 3)
    window.go("projects")
    window.close()
    assert set(threading.enumerate()) <= before
    seen = weakref.ref(window)
    window.deleteLater()
    window = None  # type: ignore[assignment]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert seen() is None


def _rows(window: MainWindow) -> int:
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    return page.list.model.rowCount()
