"""What the parts of the office's page have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk

ROW_PX = 28


class Part(QWidget):
    """One entry of the page's left side; `told` when what it asked for is there."""

    TITLE = ""
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def load(self) -> None:
        """The part has come to the front, or there is another office: show what is true now."""

    def status(self) -> str:
        """What the status bar says of it."""
        return ""


def label(text: str, role: str = "", *, wraps: bool = True) -> QLabel:
    """A line of text in one of the theme's roles."""
    made = QLabel(text)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    """A button of one of the theme's kinds ("" is the plain one), and what it does."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(pressed)
    return made


def fit(dialog: QWidget) -> None:
    """As high as its wrapped lines need at its width: Qt by itself stops at two thirds of a small screen."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.resize(
            dialog.width(), max(layout.totalHeightForWidth(dialog.width()), layout.totalMinimumSize().height())
        )


def scrolled(pane: QWidget) -> QScrollArea:
    """The pane, which scrolls where it is higher than its room; Tab goes to what is in it."""
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(pane)
    return area


def table(heads: Sequence[str], widths: Sequence[int], parent: QWidget) -> QTableWidget:
    """A table of lines to read and choose from; the last column takes what is left."""
    made = QTableWidget(0, len(heads), parent)
    made.setObjectName("children")
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalHeaderLabels(list(heads))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(ROW_PX)
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    for column, width in enumerate(widths):
        made.setColumnWidth(column, width)
    return made


def fill(made: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Puts these texts into a table; a long one is whole on hover."""
    made.setRowCount(len(rows))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(text if len(text) > 12 else "")
            made.setItem(number, column, item)


def texts(made: QTableWidget) -> list[list[str]]:
    """What a table says, row by row."""
    return [
        [item.text() if (item := made.item(row, column)) else "" for column in range(made.columnCount())]
        for row in range(made.rowCount())
    ]
