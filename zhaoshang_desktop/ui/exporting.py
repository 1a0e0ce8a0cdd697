"""导出: what leaves the office is asked for first, and masked unless the clerk says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from zhaoshang_desktop.domain.libraries import LIBRARIES, LIBRARY_TITLES
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.forms.export import Ui_Export

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class ExportDialog(QDialog):
    """`question` is what the list shows, `keys` what is ticked or selected in it."""

    def __init__(self, desk: Desk, question: Query, listed: int, keys: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question = question
        self._keys = tuple(keys)
        self.ui = Ui_Export()
        self.ui.setupUi(self)
        self.ui.chosen.setText(f"勾选的 {len(keys):,} 条")
        self.ui.chosen.setVisible(bool(keys))
        self.ui.chosen.setChecked(bool(keys))
        self.ui.listed.setText(f"现在列表里的 {listed:,} 条")
        self.ui.ok.clicked.connect(self._choose)
        self.finished.connect(self.deleteLater)

    def export(self, path: Path) -> None:
        """Write the register there, in the background."""
        from zhaoshang_desktop.actions.exporting import export_records  # openpyxl, when first needed

        question = self._question
        if self.ui.chosen.isChecked():
            question = Query(question.record, where=(Where("id", "in", self._keys),), order=question.order)
        masked = self.ui.masked.isChecked()
        today = self._desk.today()

        def exporting(office: Office) -> tuple[Path, int]:
            count = export_records(office, question.record, path, question=question, today=today, masked=masked)
            return path, count

        self._desk.run(exporting, on_done=self._desk.exported, words="正在导出")
        self.accept()

    def _choose(self) -> None:
        library = next((name for name, record in LIBRARIES.items() if record is self._question.record), "")
        name = f"{LIBRARY_TITLES.get(library, '登记册')}{self._desk.today():%Y-%m-%d}.xlsx"
        folder = str(self._desk.settings.choices.get("export.folder", Path.home()))
        place, _ = QFileDialog.getSaveFileName(
            self, "导出到", str(Path(folder) / name), "Excel 工作簿 (*.xlsx);;CSV (*.csv)"
        )
        if place:
            self._desk.settings.choices["export.folder"] = str(Path(place).parent)
            self.export(Path(place if place.endswith((".xlsx", ".csv")) else f"{place}.xlsx"))
