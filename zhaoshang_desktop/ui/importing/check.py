"""核对内容: what the records will be, and which cells to look at before they are stored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.draft_table import DraftTable
from zhaoshang_desktop.ui.importing.problem_list import ProblemList
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import Step

PROBLEM_HEIGHT = 190


class CheckStep(Step):
    """A picture of the records; nothing is stored yet."""

    title = "核对内容"

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.table = DraftTable(self)
        self.problems = ProblemList(self)
        self.only = QPushButton("只看要核对的", self)
        self.only.setProperty("kind", "chip")
        self.only.setCheckable(True)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.table)
        self._split.addWidget(self.problems)
        self._split.setStretchFactor(0, 1)
        self._split.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)
        session.drafted.connect(self._show)
        self.only.toggled.connect(self._filter)
        self.problems.chosen.connect(self.table.go_to)

    @property
    def question(self) -> str:
        return "导入后会是这样"

    @property
    def hint(self) -> str:
        drafts = self.session.drafts
        if drafts is None:
            return ""
        left = [f"{count:,} 行{reason}，不导入" for reason, count in drafts.rejected.items()]
        return "，".join([f"可导入 {drafts.usable:,} 条", *left])

    @property
    def onward(self) -> str:
        return "下一步：重复与合并"

    @property
    def obstacle(self) -> str:
        drafts = self.session.drafts
        return "" if drafts is not None and drafts.usable else "没有一行能导入：每一行都缺必填的内容。"

    def tools(self) -> list[QWidget]:
        return [self.only]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def arrive(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        drafts = self.session.drafts
        if drafts is None:
            return ""
        doubtful = sum(problem.warning for problem in drafts.problems)
        unread = len(drafts.problems) - doubtful
        return f"共 {len(drafts.drafts):,} 行　看不懂 {unread:,} 处　有疑问 {doubtful:,} 处"

    def step_problem(self, by: int) -> None:
        """F8 and Shift+F8."""
        self.problems.step(by)

    def _show(self) -> None:
        drafts = self.session.drafts
        if drafts is not None:
            problems = drafts.problems
            self.only.setEnabled(bool(problems or drafts.rejected))
            self.only.setChecked(False)
            self._filter()
            self.problems.show_problems(problems)
            self.problems.setVisible(bool(problems))
            self._share_height()
        self.altered.emit()

    def _share_height(self) -> None:
        low = min(PROBLEM_HEIGHT, self._split.height() * 2 // 5)
        self._split.setSizes([self._split.height() - low, low])

    def _filter(self) -> None:
        seen, drafts = self.session.view, self.session.drafts
        if seen is not None and drafts is not None:
            theme.restyle(self.only, "active", self.only.isChecked())
            self.table.show_drafts(self.session.sheet, seen.mapping, drafts.drafts, self.only.isChecked())
