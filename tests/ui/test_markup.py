"""What a person wrote is shown as it is: no label and no tooltip reads it as markup, which could fetch a picture from
another machine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.pieces import hover

MARKUP = "<img src='file://10.0.0.1/share/x.png'><h1>大字</h1>"


@pytest.fixture
def firm(office: Office, county: County) -> Investor:
    with office.transaction("带回") as tx:
        return tx.save(Investor(name=MARKUP, note=MARKUP))


@pytest.mark.parametrize("page", ["library", "notice"])
def test_no_label_reads_markup(window: MainWindow, firm: Investor, qtbot: QtBot, page: str) -> None:
    window.show()
    library = window.go("investors")
    library.show_record(firm.id)
    if page == "notice":
        window.desk.complained.emit(KnownError(f"“{MARKUP}”打不开。"))
    qtbot.waitUntil(lambda: any(MARKUP in label.text() for label in window.findChildren(QLabel)))
    for label in window.findChildren(QLabel):
        if label.isVisible() and "<" in label.text():
            plain = label.textFormat() is Qt.TextFormat.PlainText
            assert plain or (label.property("rich") and "<img" not in label.text())


def test_a_tooltip_shows_markup_and_is_not_without_end() -> None:
    assert "<img" not in hover(MARKUP)
    assert hover("青禾新材料") == "青禾新材料"
    assert len(hover("长" * 100_000)) < 1_100
