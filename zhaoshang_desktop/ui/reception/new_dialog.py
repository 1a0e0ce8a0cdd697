"""新建接待: which kind, who comes, when; everything else is typed where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.reception import INVESTING, OFFICIAL, Reception
from zhaoshang_desktop.ui.tab_order import in_order

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk

WORDS = {
    OFFICIAL: "公务接待：来的是国家工作人员。凭公函，按中央规定，记公务接待台账。",
    INVESTING: "招商接待：来的是客商。凭来访函或洽谈记录，按本县标准，记招商接待台账。",
}


class NewReceptionDialog(QDialog):
    """`wanted` carries the reception to be made. The kind has to be chosen: nothing is taken for granted."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("新建接待")
        self.setMinimumWidth(560)
        self.kinds: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for kind, words in WORDS.items():
            button = QRadioButton(words, self)
            self.kinds[kind] = button
            group.addButton(button)
            button.toggled.connect(self._judge)
            column.addWidget(button)
        self.visitor, self.letter = QLineEdit(self), QLineEdit(self)
        self.letter.setPlaceholderText("可以后补")
        today = desk.today()
        self.start, self.end = QDateEdit(self), QDateEdit(self)
        for edit in (self.start, self.end):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setDate(QDate(today.year, today.month, today.day))
        self.start.dateChanged.connect(self._follow)
        self.end.dateChanged.connect(self._judge)
        self.visitor.textChanged.connect(self._judge)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("来访单位", self.visitor)
        form.addRow("从", self.start)
        form.addRow("到", self.end)
        form.addRow("来函文号", self.letter)
        in_order(self.visitor, self.start, self.end, self.letter)
        column.addSpacing(4)
        column.addLayout(form)
        column.addSpacing(8)
        column.addLayout(self._foot())
        self._judge()

    @property
    def kind(self) -> str:
        """The chosen kind, "" before."""
        return next((kind for kind, button in self.kinds.items() if button.isChecked()), "")

    def reception(self) -> Reception:
        """What was typed."""
        visitor = self.visitor.text().strip()
        return Reception(
            name=f"{visitor}来访",
            kind=self.kind,
            from_unit=visitor,
            start=_day(self.start),
            end=_day(self.end),
            letter_number=self.letter.text().strip(),
        )

    def accept(self) -> None:
        if self.make.isEnabled():
            self.wanted.emit(self.reception())
            super().accept()

    def _foot(self) -> QHBoxLayout:
        self.said = QLabel(self)
        self.said.setProperty("role", "secondary")
        self.make = QPushButton("新建", self)
        self.make.setProperty("kind", "primary")
        self.make.setDefault(True)
        self.make.clicked.connect(self.accept)
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.make)
        return foot

    def _follow(self, day: QDate) -> None:
        """The end is never before the beginning that was just chosen."""
        if self.end.date() < day:
            self.end.setDate(day)
        self._judge()

    def _judge(self) -> None:
        lacks = ""
        if not self.kind:
            lacks = "先选是哪一种接待，两种的标准和台账分开。"
        elif not self.visitor.text().strip():
            lacks = "请写来访单位。"
        elif self.end.date() < self.start.date():
            lacks = "结束日期早于开始日期。"
        self.said.setText(lacks)
        self.make.setEnabled(not lacks)


def _day(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
