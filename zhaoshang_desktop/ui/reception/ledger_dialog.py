"""台账 of a period, one kind at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.reception import RECEPTION_KINDS
from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.pieces import foot

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

FOLDER = "reception.folder"


class LedgerDialog(QDialog):
    """The year so far unless other days are chosen."""

    def __init__(self, desk: Desk, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("接待台账")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.kind = QComboBox(self)
        self.kind.addItems(RECEPTION_KINDS)
        self.kind.setCurrentText(kind)
        today = desk.today()
        self.first, self.last = QDateEdit(self), QDateEdit(self)
        for edit, day in ((self.first, date(today.year, 1, 1)), (self.last, date(today.year, 12, 31))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setDate(QDate(day.year, day.month, day.day))
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("哪一种", self.kind)
        form.addRow("从", self.first)
        form.addRow("到", self.last)
        said = QLabel("两种接待的台账分开出，一次只写一种。", self)
        said.setProperty("role", "secondary")
        write = QPushButton("写成 Excel…", self)
        write.clicked.connect(self.save)
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        self.setMinimumWidth(360)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(said)
        column.addLayout(foot(cancel, write))

    def save(self) -> None:
        """Ask where, and write."""
        folder = Path(str(self._desk.settings.choices.get(FOLDER, "")) or offices_folder())
        name = f"{self.kind.currentText()}台账.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "写台账", str(folder / name), "Excel (*.xlsx)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the ledger of the chosen days and close."""
        self._desk.settings.choices[FOLDER] = str(path.parent)
        days = _day(self.first), _day(self.last)
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        self._desk.run(_write, self.kind.currentText(), *days, target, on_done=self._desk.exported)
        self.accept()


def _day(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def _write(office: Office, kind: str, first: date, last: date, path: Path) -> tuple[Path, int]:
    from zhaoshang_desktop.actions.reception_paper import write_ledger  # brings spreadsheets and the press with it

    return path, write_ledger(office, kind, first, last, path)
