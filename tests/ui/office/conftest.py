"""The whole program on an office, as `run` starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhaoshang_desktop import app
from zhaoshang_desktop.runtime.settings import Settings

Start = Callable[[str, Settings], app.Program]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Starts programs, as `run` does, in this process; ends them all."""
    programs: list[app.Program] = []

    def starting(office: str, settings: Settings) -> app.Program:
        settings.choices["told"] = True
        program = app.Program(qapp, settings)
        programs.append(program)
        qtbot.addWidget(program.window)
        program.start(office)
        return program

    yield starting
    for program in programs:
        program.end()
        program.deleteLater()
