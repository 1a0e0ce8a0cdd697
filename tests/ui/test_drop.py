"""A file dropped on the window begins an import."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import QMimeData, QPoint, QPointF, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, Qt
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from zhaoshang_desktop.ui.importing.wizard import ImportWizard
from zhaoshang_desktop.ui.main_window import MainWindow


def test_a_workbook_dropped_on_the_window_opens_the_wizard_with_it(window: MainWindow, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(("企业名称", "地区"))  # type: ignore[union-attr]
    book.active.append(("云帆有限公司", "无锡"))  # type: ignore[union-attr]
    book.save(tmp_path / "名单.xlsx")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "名单.xlsx"))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), actions, files, button, keys)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(9, 9), actions, files, button, keys))
    assert isinstance(window.stack.current, ImportWizard)


def test_another_office_dropped_on_the_window_is_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "北川.office"
    other.touch()
    with qtbot.waitSignal(window.office_wanted) as wanted:
        assert drop(window, other)
    assert wanted.args == [str(other)]
