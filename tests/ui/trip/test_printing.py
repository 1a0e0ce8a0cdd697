"""The days on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.blocks import picture_of
from zhaoshang_desktop.ui.trip.printing import draw_picture
from zhaoshang_desktop.ui.trip.sight import sight


def test_five_days_of_two_teams_are_printed_whole_days_to_a_page(
    office: Office, planned: int, tmp_path: Path, qapp: QApplication
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "日程.pdf"))
    assert draw_picture(picture_of(sight(planned)(office)), "长三角小分队", printer, qapp.font()) == 2
    document = pypdfium2.PdfDocument(tmp_path / "日程.pdf")
    width, height = document.get_page_size(0)
    assert width > height
    assert len(document) == 2
