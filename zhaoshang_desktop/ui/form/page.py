"""上级报表: uploaded once, mapped by clicking on its columns, filled ever after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.form import Proposal, fillable, keep_form, look_at, opened_form, propose_form
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.domain.form import NUMBERING, SPECIALS, Form
from zhaoshang_desktop.domain.libraries import LIBRARIES, LIBRARY_TITLES, RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.exchange.sheet import column_letter
from zhaoshang_desktop.ui.form.fill_dialog import FillDialog
from zhaoshang_desktop.ui.form.picker import PathPicker
from zhaoshang_desktop.ui.form.sheet import FormView
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import number_box

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

_MOST_ROWS = 1_000_000
_HOW = "单击列头选它填什么；单击表头上方的格填本单位名称、日期。紫色的行是备好的，不够会自动加行，其他一概不动。"


class FormPage(Page):
    """At the left the forms there are, at the right the one in hand."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._forms: list[Form] = []
        self.proposal: Proposal | None = None
        self._key = 0
        self._asked = ""
        self.list = QListWidget(self)
        self.view = FormView(self)
        self.empty = EmptyHint(self.view.viewport())
        self.title = QLineEdit(self)
        self.library, self.sheets = QComboBox(self), QComboBox(self)
        self.first, self.last = number_box(self), number_box(self)
        self.save, self.fill = QPushButton("保存", self), QPushButton("填一份…", self)
        self.remove, self.upload = QPushButton("移除", self), QPushButton("上传空表…", self)
        self._how = QuietLabel(self)
        self._how.say(_HOW)
        self._lay_out()
        self._connect()
        self._show(None, 0)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"reload": self.ask, "record.save": self.keep}

    def keep_edits(self) -> None:
        if self._key:
            self.keep()

    def arrive(self) -> None:
        self.ask()

    def office_opened(self) -> None:
        self._key = 0
        self.ask()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("form"):
            self.ask()

    def status(self) -> str:
        return f"共 {len(self._forms):,} 份上级报表"

    def ask(self) -> None:
        """Take from the office which forms there are."""
        if self.desk.is_open:
            self.desk.ask((self, "forms"), _forms, self._fill_list)

    def take(self, path: Path) -> None:
        """An empty form that was uploaded, guessed at; it is kept when the clerk saves it."""
        record = LIBRARIES[self.library.currentData()]

        def proposing(_office: Office) -> Proposal:
            return propose_form(path, record)

        self.desk.ask((self, "form"), proposing, self._take)

    def keep(self) -> None:
        """Store what is mapped by now."""
        proposal, key = self.proposal, self._key
        if proposal is None or not self.save.isEnabled():
            return
        proposal.title = self.title.text().strip()

        def keeping(office: Office) -> _Kept:
            return _Kept(*keep_form(office, proposal, key))

        self.desk.run(keeping, on_done=self._kept)

    def assign(self, place: str, path: str) -> None:
        """A column (C) or a cell (C2) is to hold that; "" for nothing."""
        proposal = self.proposal
        if proposal is None:
            return
        held = proposal.cells if place[-1].isdigit() else proposal.columns
        unit = held.pop(place, ("", ""))[1]
        if path:
            held[place] = path, unit
        self._redraw()

    def _take(self, proposal: Proposal) -> None:
        self.list.clearSelection()
        self._show(proposal, 0)

    def _kept(self, kept: _Kept) -> None:
        self._show(self.proposal, kept.key)
        self.ask()
        self.desk.say(f"已保存上级报表“{self.title.text()}”。以后在库里用“填上级报表…”，或在这里“填一份…”。")

    def _fill_list(self, forms: list[Form]) -> None:
        self._forms = forms
        self.list.blockSignals(True)
        self.list.clear()
        for form in forms:
            self.list.addItem(QListWidgetItem(f"{form.title}\n{RECORD_TITLES[form.library]}　{len(form.columns)} 列"))
        keys = [form.id for form in forms]
        if self._key in keys:
            self.list.setCurrentRow(keys.index(self._key))
        self.list.blockSignals(False)
        if self.proposal is None and forms:
            self.list.setCurrentRow(0)
        self.status_changed.emit(self.status())

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._forms):
            return
        key = self._forms[row].id

        def opening(office: Office) -> tuple[int, Proposal]:
            return key, opened_form(office, key)

        self.desk.ask((self, "form"), opening, self._opened)

    def _opened(self, found: tuple[int, Proposal]) -> None:
        key, proposal = found
        self._show(proposal, key)

    def _show(self, proposal: Proposal | None, key: int) -> None:
        self.proposal, self._key = proposal, key
        may_write = self.desk.may_write
        for widget in (self.title, self.sheets, self.first, self.last, self.save):
            widget.setEnabled(proposal is not None and may_write)
        self.library.setEnabled(key == 0 and may_write)
        self.fill.setEnabled(key != 0)
        self.remove.setEnabled(key != 0 and may_write)
        if proposal is None:
            self.view.show_form(None, {})
            self.empty.say("把上级发来的空表（.xlsx）上传一次，对好各列，以后每个月一键填好。", "上传空表…", "upload")
            return
        self.empty.hide()
        self.title.setText(proposal.title)
        library = next(name for name, record in LIBRARIES.items() if record is proposal.record)
        self._put(self.library, self.library.findData(library))
        self.sheets.blockSignals(True)
        self.sheets.clear()
        self.sheets.addItems([sheet.name for sheet in proposal.book.sheets if sheet.visible])
        self.sheets.setCurrentText(proposal.sheet)
        self.sheets.blockSignals(False)
        self.sheets.setVisible(self.sheets.count() > 1)
        self._redraw()

    def _redraw(self) -> None:
        proposal = self.proposal
        if proposal is None:
            return
        for box, value in ((self.first, proposal.first), (self.last, proposal.last)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self.view.show_form(proposal, _labels(proposal))

    def _rows_changed(self) -> None:
        if self.proposal is not None:
            self.proposal.first = self.first.value()
            self.proposal.last = max(self.last.value(), self.first.value())
            self._redraw()

    def _sheet_changed(self, name: str) -> None:
        if self.proposal is not None and name:
            look_at(self.proposal, name)
            self._redraw()

    def _library_changed(self) -> None:
        if self.proposal is not None and self._key == 0:
            self.proposal.record = LIBRARIES[self.library.currentData()]
            look_at(self.proposal, self.proposal.sheet)
            self._redraw()

    def _ask_column(self, column: int, point: QPoint) -> None:
        if self.proposal is not None:
            letter = column_letter(column)
            offered = {NUMBERING: "序号", **fillable(self.proposal.record)}
            self._pick(letter, offered, self.proposal.columns.get(letter, ("", ""))[0], point)

    def _ask_cell(self, row: int, column: int, point: QPoint) -> None:
        if self.proposal is not None:
            place = f"{column_letter(column)}{row + 1}"
            offered = dict(SPECIALS) if self.proposal.first else {**SPECIALS, **fillable(self.proposal.record)}
            self._pick(place, offered, self.proposal.cells.get(place, ("", ""))[0], point)

    def _pick(self, place: str, offered: Mapping[str, str], present: str, point: QPoint) -> None:
        if not self.desk.allows(Right.WRITE):
            return
        self._asked = place
        picker = PathPicker(offered, present, self)
        picker.picked.connect(self._picked)
        picker.open_at(point)

    def _picked(self, path: str) -> None:
        self.assign(self._asked, path)

    def _choose_file(self) -> None:
        if not self.desk.allows(Right.WRITE):
            return
        folder = str(self.desk.settings.choices.get("form.upload", Path.home()))
        place, _ = QFileDialog.getOpenFileName(self, "上传上级的空表", folder, "Excel 工作簿 (*.xlsx)")
        if place:
            self.desk.settings.choices["form.upload"] = str(Path(place).parent)
            self.take(Path(place))

    def _fill_out(self) -> None:
        form = next((one for one in self._forms if one.id == self._key), None)
        if form is not None and self.proposal is not None:
            record = self.proposal.record
            FillDialog(self.desk, Query(record, order=(record.TITLE,)), 0, (), self, form=form.id).open()

    def _remove(self) -> None:
        if self._key:
            key = self._key
            self._show(None, 0)
            self.desk.run(remove_records, Form, [key], on_done=self._removed)

    def _removed(self, changes: Changes) -> None:
        self.desk.say("已移除这份上级报表。", changes.batch)

    def _put(self, box: QComboBox, place: int) -> None:
        box.blockSignals(True)
        box.setCurrentIndex(place)
        box.blockSignals(False)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.view.column_asked.connect(self._ask_column)
        self.view.cell_asked.connect(self._ask_cell)
        self.first.valueChanged.connect(self._rows_changed)
        self.last.valueChanged.connect(self._rows_changed)
        self.sheets.currentTextChanged.connect(self._sheet_changed)
        self.library.currentIndexChanged.connect(self._library_changed)
        self.upload.clicked.connect(self._choose_file)
        self.save.clicked.connect(self.keep)
        self.fill.clicked.connect(self._fill_out)
        self.remove.clicked.connect(self._remove)
        self.empty.pressed.connect(self._choose_file)

    def _lay_out(self) -> None:
        for name, title in LIBRARY_TITLES.items():
            self.library.addItem(f"用{title}填", name)
        self.library.setCurrentIndex(self.library.findData("projects"))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        self.list.setSpacing(4)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("上级报表")
        split.addWidget(self.list)
        right = QWidget(split)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(right))
        column.addWidget(self.view, 1)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 1166])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _bar(self, parent: QWidget) -> QFrame:
        bar = QFrame(parent)
        bar.setObjectName("toolbar")
        column = QVBoxLayout(bar)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(6)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        self.title.setPlaceholderText("报表名称")
        self.title.setMinimumWidth(140)
        for box, name in ((self.first, "首行"), (self.last, "末行")):
            box.setRange(0, _MOST_ROWS)
            box.setAccessibleName(name)
            box.setFixedWidth(64)
        self.first.setToolTip("从第几行填起；0 是一条记录一张的表")
        self.last.setToolTip("表里备好的行到第几行")
        upper.addWidget(self.title, 1)
        for widget in (self.library, self.sheets, self.upload, self.remove, self.fill, self.save):
            upper.addWidget(widget)
        self.save.setProperty("kind", "primary")
        lower.addWidget(self._how, 1)
        lower.addWidget(QLabel("备好的行", bar))
        lower.addWidget(self.first)
        lower.addWidget(QLabel("至", bar))
        lower.addWidget(self.last)
        column.addLayout(upper)
        column.addLayout(lower)
        return bar


class _Kept:
    """The key of a form that was stored, and what changed."""

    def __init__(self, key: int, changes: Changes) -> None:
        self.key, self.changes = key, changes


def _forms(office: Office) -> list[Form]:
    return list(office.find(Query(Form, order=("title",))))


def _labels(proposal: Proposal) -> dict[str, str]:
    return {NUMBERING: "序号", **SPECIALS, **fillable(proposal.record)}
