"""What the stories through the window share: the window as the program opens it, with its own threads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.app import dress
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.worker import Worker


@pytest.fixture
def window(office: Office, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window on the story's office; nothing may crash behind it."""
    dress(qapp, Settings())
    made = MainWindow(Settings(), office.clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    worker, reader = Worker(office), Reader(office)
    crashes: list[Exception] = []
    worker.crashed.connect(crashes.append)
    reader.crashed.connect(crashes.append)
    made.set_office(office, worker, reader)
    yield made
    made.close()
    assert crashes == []
