"""认表: the sheet as it is, what its rows are, and which column becomes which field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.forms import LIST_NAME
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.ui.importing.field_picker import FieldPicker
from zhaoshang_desktop.ui.importing.form_view import FormView, place_of
from zhaoshang_desktop.ui.importing.mapping_pane import MappingPane
from zhaoshang_desktop.ui.importing.problem_list import ProblemList
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.sheet_view import SheetView
from zhaoshang_desktop.ui.importing.step import Step

SIZES = (850, 372)
NARROW, NARROW_PANE = 960, 244
PROBLEM_HEIGHT = 150


class RecogniseStep(Step):
    """The clerk compares what the program thinks with what he sees, and corrects it by clicking on it."""

    title = "认表"

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.view = SheetView(self)
        self.form = FormView(self)
        self.faces = QStackedWidget(self)
        self.faces.addWidget(self.view)
        self.faces.addWidget(self.form)
        self.mapping = MappingPane(session, self)
        self.problems = ProblemList(self)
        self.sheets = QPushButton(self)
        self.sheets.setToolTip("换一张工作表")
        self.forms = QPushButton(self)
        self.forms.setToolTip("换一页登记表，或看成一张列表")
        self._picking = 0
        self._left = QSplitter(Qt.Orientation.Vertical, self)
        self._left.setHandleWidth(1)
        self._left.addWidget(self.faces)
        self._left.addWidget(self.problems)
        self._left.setStretchFactor(0, 1)
        self._left.setCollapsible(0, False)
        self._whole = QSplitter(Qt.Orientation.Horizontal, self)
        self._whole.setHandleWidth(1)
        self._whole.addWidget(self._left)
        self._whole.addWidget(self.mapping)
        self._whole.setStretchFactor(0, 1)
        self._whole.setSizes(SIZES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)
        self._connect()

    @property
    def question(self) -> str:
        return "这张表是这样的吗？"

    @property
    def hint(self) -> str:
        if self.session.recalled:
            return f"以前同样的表改过，{self.session.recalled} 处已照样改好"
        if self.shows_form:
            return "点哪一格都可以改它导入到哪里；没认出的名称也点一下。改过的，下次同样的表会记住"
        return "点左边的标记、上面的列名都可以改；改过的，下次同样的表会记住"

    @property
    def onward(self) -> str:
        return "下一步：核对内容"

    @property
    def obstacle(self) -> str:
        seen = self.session.view
        if seen is None:
            return "正在认表，请稍等。"
        if seen.mapping.missing:
            return f"还没有指明哪一列是“{'、'.join(seen.mapping.missing)}”。"
        return "" if seen.rows else "这张表里没有数据行。"

    @property
    def shows_form(self) -> bool:
        """Are 登记表 shown as they are, rather than the list that was made of them?"""
        return self.faces.currentWidget() is self.form

    def tools(self) -> list[QWidget]:
        return [self.sheets, self.forms]

    def wants(self, tool: QWidget) -> bool:
        found = self.session.workbook
        forms = found is not None and bool(self.session.sheet.origin)
        return forms if tool is self.forms else not forms or (found is not None and len(found.book.sheets) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the sheet has most of it."""
        super().resizeEvent(event)
        right = SIZES[1] if self.width() >= NARROW else NARROW_PANE
        self._whole.setSizes([self.width() - right, right])
        self._share_height()

    def arrive(self) -> None:
        self.view.fit()
        (self.form if self.shows_form else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        found = self.session.workbook
        if found is None:
            return ""
        sheet, book = self.session.sheet, found.book
        size = f"{len(sheet.rows):,} 行 × {sheet.width} 列" if not sheet.origin else sheet.part or LIST_NAME
        parts = [f"已读 {size}，{found.seconds:.1f} 秒"]
        parts += [f"编码 {book.encoding}"] if book.encoding else []
        return "　".join(parts)

    def step_problem(self, by: int) -> None:
        """F8 and Shift+F8."""
        self.problems.step(by)

    def _connect(self) -> None:
        self.session.opened.connect(self._opened)
        self.session.seen.connect(self._seen)
        self.view.rows_called.connect(self._call_rows)
        self.view.column_asked.connect(self.pick_field)
        self.view.selectionModel().currentColumnChanged.connect(self._show_column)
        self.form.asked.connect(self.pick_field)
        self.form.unknown.connect(self._offer_label)
        self.form.moved.connect(self.mapping.table.show_column)
        self.mapping.table.asked.connect(self.pick_field)
        self.mapping.table.moved.connect(self._show_in_sheet)
        self.mapping.row_wanted.connect(self._go_to_role)
        self.mapping.confirmed.connect(self.session.confirm_all)
        self.mapping.forgotten.connect(self.session.forget_corrections)
        self.problems.chosen.connect(self._go_to)
        self.sheets.clicked.connect(self._offer_sheets)
        self.forms.clicked.connect(self._offer_forms)

    def _opened(self) -> None:
        self.view.show_sheet(self.session.sheet)
        self._show_form(self.session.sheet.sources[0] if self.session.sheet.origin else "")
        sheets = self.session.workbook.book.sheets if self.session.workbook else []
        hidden = sum(not sheet.visible for sheet in sheets)
        self.sheets.setText(f"工作表：{self.session.sheet.title}" + (" ▾" if len(sheets) > 1 else ""))
        self.sheets.setEnabled(len(sheets) > 1)
        self.sheets.setAccessibleDescription(f"另有隐藏工作表 {hidden} 个，不导入" if hidden else "")
        self.problems.hide()
        self.altered.emit()

    def _seen(self) -> None:
        seen = self.session.view
        if seen is not None:
            if self.view.sheet.sheet is not self.session.sheet:
                self._opened()
            self.view.understand(seen)
            if self.shows_form:
                self.form.understand(seen)
            self.mapping.understand(self.session.sheet, seen)
            partly = f"前 {len(seen.sample)} 条里有 " if seen.rows > len(seen.sample) else ""
            self.problems.show_problems(seen.problems, partly)
            self.problems.setVisible(bool(seen.problems))
            self._share_height()
        self.altered.emit()

    def _share_height(self) -> None:
        whole = self._left.height()
        low = min(PROBLEM_HEIGHT, whole * 2 // 5)
        self._left.setSizes([whole - low, low])

    def _call_rows(self, rows: list[int], role: Role) -> None:
        self.session.correct_rows(rows, role)

    def pick_field(self, column: int, point: QPoint) -> FieldPicker:
        """Offer the fields for that column of the sheet."""
        seen = self.session.view
        assert seen is not None
        taken = {match.path: match.column.header for match in seen.mapping.used}
        self._picking = column
        present = seen.mapping.matches[column].path
        picker = FieldPicker(self.session.record, present, taken, self)
        picker.picked.connect(self._picked)
        picker.open_at(point)
        return picker

    def _picked(self, path: str) -> None:
        self.session.assign(self._picking, path)

    def _show_column(self, current: object) -> None:
        self.mapping.table.show_column(self.view.currentIndex().column())

    def _show_in_sheet(self, column: int) -> None:
        seen = self.session.view
        if self.shows_form:
            if cells := self.form.form.cells_of(column):
                self.form.go_to(*cells[0])
        elif seen is not None and column < self.session.sheet.width and seen.sample:
            row = seen.sample[0].row - 1
            self.view.setCurrentIndex(self.view.sheet.index(row, column))

    def _go_to_role(self, role: Role) -> None:
        """The next row of that role below the cursor, or the first."""
        seen = self.session.view
        rows = [row for row, found in enumerate(seen.layout.roles) if found is role] if seen is not None else []
        if rows and self.shows_form:
            self._show_form("")
            self.altered.emit()
        if rows:
            here = self.view.currentIndex().row()
            self.view.go_to(next((row for row in rows if row > here), rows[0]), 0)

    def _go_to(self, problem: CellProblem) -> None:
        if self.shows_form:
            self._show_form(problem.sheet)
            self.form.go_to(*place_of(problem))
        else:
            self.view.go_to(*self.view.sheet.place_of(problem))

    def _show_form(self, name: str) -> None:
        """The forms on that sheet of the file; without a name the table."""
        found = self.session.workbook
        sheet = next((one for one in found.whole.sheets if one.name == name), None) if found and name else None
        self.faces.setCurrentWidget(self.form if sheet is not None else self.view)
        if sheet is not None and (self.form.form.sheet is not sheet or self.form.form.listed is not self.session.sheet):
            self.form.show_form(sheet, self.session.sheet)
            if self.session.view is not None:
                self.form.understand(self.session.view)
        self.forms.setText(f"登记表：{name} ▾" if sheet is not None else "看成列表 ▾")

    def _offer_forms(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in (*self.session.sheet.sources, ""):
            action = menu.addAction(f"登记表：{name}" if name else "看成一张列表，一份一行")
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == (self.form.form.sheet.name if self.shows_form else ""))
        menu.triggered.connect(self._take_form)
        menu.popup(self.forms.mapToGlobal(QPoint(0, self.forms.height())))

    def _offer_label(self, words: str, sides: list[str], column: int, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for side in sides:
            menu.addAction(f"“{words}”是一项的名称，{side}是它的内容").setData((words, side))
        if column >= 0:
            menu.addAction("改导入到哪个字段…").setData((column, point))
        menu.triggered.connect(self._take_label)
        menu.popup(point)

    def _take_label(self, action: QAction) -> None:
        what, where = action.data()
        if isinstance(what, str):
            self.session.call_label(what, where)
        else:
            self.pick_field(what, where)

    def _take_form(self, action: QAction) -> None:
        self._show_form(action.data())
        self.altered.emit()

    def _offer_sheets(self) -> None:
        found = self.session.workbook
        if found is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, sheet in enumerate(found.book.sheets):
            hidden = "" if sheet.visible else "，隐藏"
            action = menu.addAction(f"{sheet.title}（{len(sheet.rows):,} 行{hidden}）")
            action.setData(place)
            action.setCheckable(True)
            action.setChecked(place == self.session.sheet_place)
            action.setEnabled(bool(sheet.rows))
        menu.triggered.connect(self._take_sheet)
        menu.popup(self.sheets.mapToGlobal(QPoint(0, self.sheets.height())))

    def _take_sheet(self, action: QAction) -> None:
        self.session.choose_sheet(action.data())
        self._opened()
