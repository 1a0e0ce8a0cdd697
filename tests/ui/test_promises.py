"""公平竞争提示 before printing: places, words, article, what to write instead."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.actions.fairness import Promise, find
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.promises import PromiseDialog, may_go_on

TEXTS = [("项目“化工园”·推介要点", "工业用地零地价，<b>税收</b>前三年全额返还")]


def found(office: Office) -> list[Promise]:
    return find(office, TEXTS)


def press(role: QDialogButtonBox.ButtonRole) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PromiseDialog)
    for button in dialog.buttons.buttons():
        if dialog.buttons.buttonRole(button) == role:
            assert isinstance(button, QPushButton)
            button.click()


def go_on() -> None:
    press(QDialogButtonBox.ButtonRole.AcceptRole)


def go_back() -> None:
    press(QDialogButtonBox.ButtonRole.RejectRole)


def test_each_place_is_told_as_it_was_typed(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    dialog = PromiseDialog(found(office), window)
    qtbot.addWidget(dialog)
    text = dialog.list.toPlainText()
    assert "项目“化工园”·推介要点" in text
    assert "第十条第（三）项" in text
    assert "建议：" in text
    assert "零地价" in text


def test_the_clerk_goes_on_or_back(window: MainWindow, office: Office, county: County) -> None:
    assert may_go_on([], window, "仍然打印")
    QTimer.singleShot(0, go_on)
    assert may_go_on(found(office), window, "仍然打印")
    QTimer.singleShot(0, go_back)
    assert not may_go_on(found(office), window, "仍然打印")
