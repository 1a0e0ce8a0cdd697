"""认表: the sheet as it is, what its rows are, and which column becomes which field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.ui.importing.field_picker import FieldPicker
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
        self.mapping = MappingPane(session, self)
        self.problems = ProblemList(self)
        self.sheets = QPushButton(self)
        self.sheets.setToolTip("换一张工作表")
        self._picking = 0
        self._left = QSplitter(Qt.Orientation.Vertical, self)
        self._left.setHandleWidth(1)
        self._left.addWidget(self.view)
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

    def tools(self) -> list[QWidget]:
        return [self.sheets]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the sheet has most of it."""
        super().resizeEvent(event)
        right = SIZES[1] if self.width() >= NARROW else NARROW_PANE
        self._whole.setSizes([self.width() - right, right])
        self._share_height()

    def arrive(self) -> None:
        self.view.fit()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        found = self.session.workbook
        if found is None:
            return ""
        sheet, book = self.session.sheet, found.book
        parts = [f"已读 {len(sheet.rows):,} 行 × {sheet.width} 列，{found.seconds:.1f} 秒"]
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
        self.mapping.table.asked.connect(self.pick_field)
        self.mapping.table.moved.connect(self._show_in_sheet)
        self.mapping.row_wanted.connect(self._go_to_role)
        self.mapping.confirmed.connect(self.session.confirm_all)
        self.mapping.forgotten.connect(self.session.forget_corrections)
        self.problems.chosen.connect(self._go_to)
        self.sheets.clicked.connect(self._offer_sheets)

    def _opened(self) -> None:
        self.view.show_sheet(self.session.sheet)
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
        if seen is not None and column < self.session.sheet.width and seen.sample:
            row = seen.sample[0].row - 1
            self.view.setCurrentIndex(self.view.sheet.index(row, column))

    def _go_to_role(self, role: Role) -> None:
        """The next row of that role below the cursor, or the first."""
        seen = self.session.view
        rows = [row for row, found in enumerate(seen.layout.roles) if found is role] if seen is not None else []
        if rows:
            here = self.view.currentIndex().row()
            self.view.go_to(next((row for row in rows if row > here), rows[0]), 0)

    def _go_to(self, problem: CellProblem) -> None:
        self.view.go_to(*self.view.sheet.place_of(problem))

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
