"""Qt's own words in Chinese: the menu of a field, the printer's window, calendars."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def speak_chinese(app: QApplication) -> None:
    """Once is enough."""
    if app.findChild(QTranslator) is None:
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        words = QTranslator(app)
        words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        app.installTranslator(words)
