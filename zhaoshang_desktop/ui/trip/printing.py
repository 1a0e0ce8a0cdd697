"""The days of a trip, and the pages of a pack, on a printer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.blocks import Picture
from zhaoshang_desktop.ui.trip.painting import Canvas, Scale

MARGIN_MM = 12.0
A_PAGE = 6
"""So many columns go on one landscape page."""
COLUMN, HOUR, TITLE = 150.0, 38.0, 34.0


def print_picture(picture: Picture, title: str, parent: QWidget) -> None:
    """Ask which printer, then print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        draw_picture(picture, title, printer, parent.font())


def draw_picture(picture: Picture, title: str, printer: QPrinter, font: QFont) -> int:
    """Whole days on landscape pages, in the light colours; gives the number of pages."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter))
    pages = _pages(picture)
    painter = QPainter(printer)
    for number, part in enumerate(pages):
        if number:
            printer.newPage()
        count = f"　{number + 1}/{len(pages)}" if len(pages) > 1 else ""
        _draw_page(painter, part, f"{title}　行程{count}", font)
    painter.end()
    return len(pages)


def _pages(picture: Picture) -> list[Picture]:
    """The picture cut between days."""
    pages: list[list[int]] = [[]]
    days = sorted({column.day for column in picture.columns})
    for day in days:
        own = [number for number, column in enumerate(picture.columns) if column.day == day]
        if pages[-1] and len(pages[-1]) + len(own) > A_PAGE:
            pages.append([])
        pages[-1] += own
    return [_part(picture, numbers) for numbers in pages if numbers]


def _part(picture: Picture, numbers: list[int]) -> Picture:
    blocks = [replace(b, column=numbers.index(b.column)) for b in picture.blocks if b.column in numbers]
    return replace(picture, columns=tuple(picture.columns[n] for n in numbers), blocks=tuple(blocks))


def _draw_page(painter: QPainter, picture: Picture, title: str, font: QFont) -> None:
    scale = Scale(picture, COLUMN, HOUR / 60)
    page = QRectF(painter.viewport())
    whole = QSizeF(scale.width, scale.height + TITLE)
    factor = min(page.width() / whole.width(), page.height() / whole.height())
    painter.save()
    painter.scale(factor, factor)
    painter.setFont(theme.sized(font, theme.HEADING_PX))
    canvas = Canvas(painter, scale, font, theme.LIGHT)
    painter.setPen(canvas.colour("text"))
    painter.drawText(QRectF(0, 0, scale.width, TITLE - 8), Qt.AlignmentFlag.AlignVCenter, title)
    painter.translate(0, TITLE)
    canvas.grid()
    for block in picture.blocks:
        canvas.block(block)
    canvas.head(0)
    canvas.hours(0)
    painter.restore()
