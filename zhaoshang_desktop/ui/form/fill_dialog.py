"""填上级报表: which form, for which period, with which records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.file_name import safe_name
from zhaoshang_desktop.domain.form import Form
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.pieces import foot

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

_MONTHS = 12


class FillDialog(QDialog):
    """`question` is what a list shows, `keys` what is ticked in it; `form` the one chosen beforehand."""

    def __init__(
        self, desk: Desk, question: Query, listed: int, keys: Sequence[int], parent: QWidget, *, form: int = 0
    ) -> None:
        super().__init__(parent)
        self._desk, self._question, self._keys = desk, question, tuple(keys)
        self.setWindowTitle("填上级报表")
        self.forms, self.month = QComboBox(self), QComboBox(self)
        self.chosen = QRadioButton(f"勾选的 {len(keys):,} 条", self)
        self.listed = QRadioButton(f"现在列表里的 {listed:,} 条" if listed else "库里的全部", self)
        self.chosen.setVisible(bool(keys))
        (self.chosen if keys else self.listed).setChecked(True)
        self.masked = QCheckBox("遮住个人信息（手机 138****1234）", self)
        self.wrong = QuietLabel(self)
        self.ok = QPushButton("选择文件并填写…", self)
        self._known: list[Form] = []
        self._wanted = form
        self._offer_months()
        self._lay_out()
        self.ok.clicked.connect(self._choose)
        self.finished.connect(self.deleteLater)
        self.ok.setEnabled(False)
        desk.ask("forms to fill", self._asking(), self._offer)

    def write(self, out: Path) -> None:
        """Fill the chosen form there, in the background."""
        from zhaoshang_desktop.actions.form import fill_out  # openpyxl, when first needed

        form, question, masked = self._known[self.forms.currentIndex()], self._question, self.masked.isChecked()
        if self.chosen.isChecked():
            question = Query(question.record, where=(Where("id", "in", self._keys),), order=question.order)
        year, month = self.month.currentData()

        def filling(office: Office) -> tuple[Path, int]:
            made = fill_out(office, form, out, question, month=When(year, month), masked=masked)
            return made[0] if len(made) == 1 else out, office.count(question)

        self._desk.run(filling, on_done=self._desk.exported, words="正在填表")
        self.accept()

    def _asking(self) -> Callable[[Office], list[Form]]:
        noun = self._question.record.NOUN

        def asking(office: Office) -> list[Form]:
            return list(office.find(Query(Form, where=(Where("library", "=", noun),), order=("title",))))

        return asking

    def _offer(self, forms: list[Form]) -> None:
        self._known = forms
        self.forms.addItems([form.title for form in forms])
        keys = [form.id for form in forms]
        if self._wanted in keys:
            self.forms.setCurrentIndex(keys.index(self._wanted))
        self.ok.setEnabled(bool(forms))
        self.wrong.say("" if forms else "还没有这个库的上级报表，请先到“文件 → 上级报表”上传空表。")

    def _offer_months(self) -> None:
        today = self._desk.today()
        for back in range(_MONTHS):
            year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
            self.month.addItem(f"{year} 年 {month + 1} 月", (year, month + 1))

    def _choose(self) -> None:
        form = self._known[self.forms.currentIndex()]
        folder = str(self._desk.settings.choices.get("export.folder", Path.home()))
        if form.first:
            name = safe_name(f"{form.title} {self.month.currentText().replace(' ', '')}.xlsx")
            place, _ = QFileDialog.getSaveFileName(self, "填好存到", str(Path(folder) / name), "Excel 工作簿 (*.xlsx)")
        else:
            place = QFileDialog.getExistingDirectory(self, "每条一份，存到哪个文件夹", folder)
        if place:
            self._desk.settings.choices["export.folder"] = str(Path(place).parent)
            self.write(Path(place if not form.first or place.endswith(".xlsx") else f"{place}.xlsx"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        records = QVBoxLayout()
        records.addWidget(self.chosen)
        records.addWidget(self.listed)
        form.addRow("报表", self.forms)
        form.addRow("报表期", self.month)
        form.addRow("记录", records)
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.masked)
        column.addWidget(self.wrong)
        column.addLayout(foot(cancel, self.ok))
        self.resize(420, 240)
