"""What we rely on PySide6 for, and what its 6.12 got wrong on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_a_label_can_be_shown_without_a_screen(qtbot: QtBot) -> None:
    label = QLabel("企业名称")
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)
    assert label.grab().width() > 0


def test_a_thousand_void_calls_leave_none_as_referenced_as_before(qtbot: QtBot) -> None:
    """Since Python 3.12 None is immortal and its count says nothing; there the test holds by itself."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("0")
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_system_has_fonts(qapp: object) -> None:
    assert QFontDatabase.families()
