"""下发填报表: which records, parted by what, which columns, and which of them they fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.sending import EVERYBODY
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.sending import SendingWish, Sent
    from zhaoshang_desktop.domain.query import Query
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

_WEEK = timedelta(days=7)
_MONTHS = 3
_PERIODIC = "progress."
_USUAL_OF_PERIOD = ("progress.state", "progress.problems", "progress.next_plan", "progress.month_invested")
_OURS = ("unit", "owner")
"""Who is responsible is the office's to say, unless the clerk asks for it."""
COLUMN, FILL = 0, 1


class SendDialog(QDialog):
    """`question` is what the list shows, `keys` what is ticked in it."""

    def __init__(self, desk: Desk, question: Query, listed: int, keys: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        from zhaoshang_desktop.actions.sending import parted_by  # openpyxl, when first needed
        from zhaoshang_desktop.actions.sheet_columns import offered

        self._desk, self._question, self._keys = desk, question, tuple(keys)
        self._record = question.record
        self.setWindowTitle("下发填报表")
        self.resize(640, 430)
        self._choice_of_records(listed)
        self.title = QLineEdit(self)
        self.due = QDateEdit(self)
        self.by, self.month = QComboBox(self), QComboBox(self)
        self.masked = QCheckBox("遮住个人信息（手机 138****1234）", self)
        self.masked.setChecked(True)
        self.protected = QCheckBox("不让填的列加工作表保护（他们就不能排序了）", self)
        self.columns = QTreeWidget(self)
        self.wrong = QuietLabel(self, "wrong")
        self.ok = QPushButton("选择文件夹并写出…", self)
        self._kept: dict[str, Any] = dict(desk.settings.choices.get(f"sending.{self._record.NOUN}", {}))
        for name, label in parted_by(self._record).items():
            self.by.addItem(f"按{label}，每个一份", name)
        self.by.addItem("不分，一份给所有人", "")
        self.by.setCurrentIndex(max(self.by.findData(self._kept.get("by", "unit")), 0))
        self._offer_months(any(path.startswith(_PERIODIC) for path in offered(self._record)))
        self._fill_columns(offered(self._record))
        self._lay_out()
        self._suggest_title()
        self.columns.itemChanged.connect(self._check)
        self.title.textChanged.connect(self._check)
        self.month.currentIndexChanged.connect(self._suggest_title)
        self.ok.clicked.connect(self._choose)
        self.finished.connect(self.deleteLater)
        self._check()

    def send(self, folder: Path) -> None:
        """Write the sheets there, in the background."""
        from zhaoshang_desktop.actions.sending import send_out  # openpyxl, when first needed

        wish = self.wish()
        self._desk.settings.choices[f"sending.{self._record.NOUN}"] = {
            "by": wish.by,
            "columns": list(wish.columns),
            "fill": list(wish.fillable),
        }

        def sending(office: Office, *, progress: Progress) -> Sent:
            return send_out(office, wish, folder, progress=progress)

        told = _Told(self._desk, folder)
        self._desk.run(sending, on_done=told.say, words="正在写下发表", steps=True)
        self.accept()

    def wish(self) -> SendingWish:
        """What the dialog says by now."""
        from zhaoshang_desktop.actions.sending import SendingWish  # openpyxl, when first needed

        columns, fillable = self.chosen_columns()
        periodic = any(path.startswith(_PERIODIC) for path in columns)
        year, month = self.month.currentData() or (0, 0)
        return SendingWish(
            self._record,
            self.title.text().strip(),
            columns,
            fillable,
            by=self.by.currentData(),
            keys=self._keys if self.chosen.isChecked() else (),
            question=self._question,
            due=_day(self.due.date()),
            month=When(year, month) if periodic and year else None,
            masked=self.masked.isChecked(),
            protected=self.protected.isChecked(),
        )

    def chosen_columns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths in the sheet, and those to be filled in."""
        items = [self.columns.topLevelItem(row) for row in range(self.columns.topLevelItemCount())]
        chosen = [item for item in items if item and item.checkState(COLUMN) is Qt.CheckState.Checked]
        fillable = [item for item in chosen if item.checkState(FILL) is Qt.CheckState.Checked]
        role = Qt.ItemDataRole.UserRole
        return tuple(item.data(COLUMN, role) for item in chosen), tuple(item.data(COLUMN, role) for item in fillable)

    def _choice_of_records(self, listed: int) -> None:
        self.chosen = QRadioButton(f"勾选的 {len(self._keys):,} 条", self)
        self.listed = QRadioButton(f"现在列表里的 {listed:,} 条", self)
        self.chosen.setVisible(bool(self._keys))
        (self.chosen if self._keys else self.listed).setChecked(True)

    def _offer_months(self, wanted: bool) -> None:
        today = self._desk.today()
        for back in range(-1, _MONTHS):
            months = today.year * 12 + today.month - 1 - back
            year, month = divmod(months, 12)
            self.month.addItem(f"{year} 年 {month + 1} 月", (year, month + 1))
        self.month.setCurrentIndex(1)
        self.month.setVisible(wanted)

    def _fill_columns(self, known: dict[str, str]) -> None:
        from zhaoshang_desktop.actions.sheet_columns import sheet_columns, usual_columns  # openpyxl

        usual = usual_columns(self._record)
        periodic = [path for path in _USUAL_OF_PERIOD if path in known]
        chosen = set(self._kept.get("columns", [*usual, *periodic]))
        fill = set(self._kept.get("fill", periodic or [path for path in usual if path not in _OURS]))
        may = {one.path: one.fillable for one in sheet_columns(self._record, tuple(known), tuple(known), masked=False)}
        title = self._record.TITLE
        order = sorted(known, key=lambda path: (path != title, path not in chosen, not path.startswith(_PERIODIC)))
        self.columns.setHeaderLabels(["放进表里的列", "让他们填"])
        self.columns.setRootIsDecorated(False)
        self.columns.setUniformRowHeights(True)
        self.columns.setAccessibleName("列")
        for path in order:
            item = QTreeWidgetItem([known[path], ""])
            item.setData(COLUMN, Qt.ItemDataRole.UserRole, path)
            is_title = path == self._record.TITLE
            item.setCheckState(COLUMN, _checked(is_title or path in chosen))
            if may[path]:
                item.setCheckState(FILL, _checked(path in fill and path in chosen))
            else:
                item.setText(FILL, "自动得出")
            if is_title:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
                item.setText(FILL, "认行用，不填")
                item.setData(FILL, Qt.ItemDataRole.CheckStateRole, None)
            self.columns.addTopLevelItem(item)
        header = self.columns.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(COLUMN, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(FILL, 110)

    def _suggest_title(self) -> None:
        if not self.title.isModified():
            _, month = self.month.currentData() or (0, self._desk.today().month)
            self.title.setText(f"{month}月{RECORD_TITLES[self._record.NOUN]}填报表")

    def _check(self, item: QTreeWidgetItem | None = None, column: int = COLUMN) -> None:
        """What is to be filled in must be in the sheet; what is missing is said beside the button."""
        if item is not None and column == FILL and item.checkState(FILL) is Qt.CheckState.Checked:
            item.setCheckState(COLUMN, Qt.CheckState.Checked)
        _, fillable = self.chosen_columns()
        wrong = "" if self.title.text().strip() else "请写一个名称。"
        wrong = wrong or ("" if fillable else "请至少让他们填一列。")
        self.wrong.say(wrong)
        self.ok.setEnabled(not wrong)

    def _choose(self) -> None:
        folder = str(self._desk.settings.choices.get("sending.folder", Path.home()))
        place = QFileDialog.getExistingDirectory(self, "写到哪个文件夹", folder)
        if place:
            self._desk.settings.choices["sending.folder"] = place
            self.send(Path(place) / _folder_name(self.title.text()))

    def _form(self) -> QFormLayout:
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        due = self._desk.today() + _WEEK
        self.due.setDate(QDate(due.year, due.month, due.day))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        records = QVBoxLayout()
        records.addWidget(self.chosen)
        records.addWidget(self.listed)
        form.addRow("名称", self.title)
        form.addRow("记录", records)
        form.addRow("分单位", self.by)
        if self.month.isVisibleTo(self):
            form.addRow("填报期", self.month)
        form.addRow("应回日期", self.due)
        return form

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addLayout(self._form())
        left.addWidget(self.masked)
        left.addWidget(self.protected)
        hint = QLabel("发出去的表里藏着签了名的记号：改名、排序、删列、加行、另存成 .xls 都认得出。", self)
        hint.setWordWrap(True)
        hint.setProperty("role", "secondary")
        left.addWidget(hint)
        left.addStretch(1)
        panes = QHBoxLayout()
        panes.setSpacing(16)
        panes.addLayout(left, 1)
        panes.addWidget(self.columns, 1)
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        self.ok.setProperty("kind", "primary")
        self.ok.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.wrong, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(panes, 1)
        column.addLayout(buttons)


class _Told:
    """Says where the sheets went, after the dialog is gone."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder

    def say(self, sent: Sent) -> None:
        left = f"；有 {len(sent.left_out)} 条没有填分单位的字段，没有下发" if sent.left_out else ""
        self._desk.say(f"已写好 {len(sent.files)} 份，在 {self._folder}{left}。", sent.changes.batch)
        self._desk.called.emit("sending")


def _folder_name(title: str) -> str:
    from zhaoshang_desktop.actions.sending import file_name  # openpyxl, when first needed

    return file_name(title, EVERYBODY).removesuffix(".xlsx")


def _checked(yes: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if yes else Qt.CheckState.Unchecked


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
