"""What may become of a record that is there already: as a menu under a cell, and by the keys 1 to 4."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView

from zhaoshang_desktop.actions.import_plan import Decision
from zhaoshang_desktop.actions.settling import Choice, choices_for

KEYS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), Choice, strict=True))


def offer_choices(
    table: QTableView,
    index: QModelIndex,
    decision: Decision,
    present: Choice | None,
    take: Callable[[QAction], None],
) -> None:
    """A menu under that cell; `take` gets the action whose data is the value of a Choice."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, choice in enumerate(Choice, start=1):
        if choice in choices_for(decision):
            action = menu.addAction(f"{choice.value}\t{number}")
            action.setData(choice.value)
            action.setCheckable(True)
            action.setChecked(choice is present)
    menu.triggered.connect(take)
    menu.popup(table.viewport().mapToGlobal(table.visualRect(index).bottomLeft() + QPoint(0, 2)))
