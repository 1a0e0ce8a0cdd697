"""What Qt itself says is said in Chinese."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCalendarWidget, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot


def test_the_menu_of_a_field_is_chinese(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = "".join(action.text() for action in menu.actions())
    assert all(word in words for word in ("剪切", "复制", "粘贴"))
    menu.deleteLater()


def test_the_window_of_the_printer_is_chinese(qtbot: QtBot) -> None:
    dialog = QPrintDialog(QPrinter())
    qtbot.addWidget(dialog)
    texts = [one.text() for one in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton))]
    assert any("打印" in text for text in texts)
    assert not any("Print" in text or "Cancel" in text for text in texts)


def test_a_calendar_is_chinese(qtbot: QtBot) -> None:
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    assert "十一月" in calendar.locale().monthName(11)
