"""Importing: a workbook into a library, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.importing.wizard import ImportWizard
    from zhaoshang_desktop.ui.main_window import MainWindow


def open_import(window: MainWindow, library: str, path: Path | None = None) -> ImportWizard:
    """Lay the wizard for that library over the present page, with a file already chosen if there is one."""
    from zhaoshang_desktop.ui.importing.wizard import ImportWizard  # brings the readers of spreadsheets

    wizard = ImportWizard(window.desk, library, path)
    window.stack.push(wizard)
    return wizard
