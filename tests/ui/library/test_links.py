"""Fields that point to other records, while the names of these records are still being read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW, County
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.link_editors import LinkEditor, LinksEditor
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce, Job
from zhaoshang_desktop.ui.worker import Worker


class Held(AtOnce):
    """A runner that can be made to keep what it is given until it is told to go on."""

    def __init__(self) -> None:
        self.holds = False
        self._jobs: list[Job] = []

    def submit(self, job: Job) -> None:
        if self.holds:
            self._jobs.append(job)
        else:
            job()

    def go_on(self) -> None:
        self.holds = False
        for job in self._jobs:
            job()


@pytest.fixture
def reading() -> Held:
    return Held()


@pytest.fixture
def window(office: Office, reading: Held, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Settings(), FixedClock(NOW))
    qtbot.addWidget(made)
    made.set_office(office, Worker(office, AtOnce()), Reader(office, reading))
    made.desk.titles.clear()
    reading.holds = True
    yield made
    made.close()


def paste(editor: LinksEditor, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keySequence(editor.line, QKeySequence.StandardKey.Paste)


def test_a_record_chosen_before_its_name_was_read_is_taken(window: MainWindow, county: County) -> None:
    editor = LinksEditor(field_of(Reception, "investors"), window.desk, window)
    editor.put_changed((county.qinghe.id,))
    assert editor.take() == ((county.qinghe.id,), "")


def test_typing_before_the_names_were_read_loses_none_of_them(
    window: MainWindow, county: County, reading: Held
) -> None:
    editor = LinksEditor(field_of(Reception, "investors"), window.desk, window)
    editor.put((county.qinghe.id, county.huacheng.id))
    paste(editor, county.jiangnan.name)
    reading.go_on()
    assert editor.line.text() == f"{county.qinghe.name}、{county.huacheng.name}、{county.jiangnan.name}"
    assert editor.take() == ((county.qinghe.id, county.huacheng.id, county.jiangnan.id), "")


def test_what_is_typed_into_a_field_of_one_record_replaces_it_though_its_name_comes_late(
    window: MainWindow, county: County, reading: Held
) -> None:
    editor = LinkEditor(field_of(Member, "unit"), window.desk, window)
    editor.put(county.unit.id)
    paste(editor, "无此单位")
    reading.go_on()
    assert editor.line.text() == "无此单位"
    assert editor.take() == (0, "无此单位")
