"""结果: what was stored, what was not and why; the report; and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.import_plan import Fate
from zhaoshang_desktop.domain.libraries import LIBRARY_TITLES
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import Step
from zhaoshang_desktop.ui.pieces import rich

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

COUNTS = (
    (Fate.CREATED, "新建", "green"),
    (Fate.UPDATED, "更新", "accent"),
    (Fate.UNCHANGED, "没有变化", "text"),
    (Fate.DUPLICATE, "重复，跳过", "amber"),
    (Fate.REJECTED, "不导入", "red"),
)
_WIDTH = 760


class OutcomeStep(Step):
    """`library_wanted` when the clerk wants to see the new records, `another_wanted` when there is more to import."""

    title = "结果"
    library_wanted = Signal()
    another_wanted = Signal()
    sheet_wanted = Signal(int)
    group_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.headline = QLabel(self)
        self.headline.setProperty("role", "title")
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self.counts = {fate: _Count(fate, words, meaning, self) for fate, words, meaning in COUNTS}
        self.report = QPushButton("保存导入报告 .xlsx…", self)
        self.undo = QPushButton("撤销这次导入", self)
        self.again = QPushButton("再导入一次", self)
        self.next_sheet = QPushButton(self)
        self.another = QPushButton("再导入一个文件…", self)
        self.reasons = QLabel(self)
        self.reasons.setWordWrap(True)
        self.reasons.setProperty("role", "value")
        self.reasons.setObjectName("card")
        self.reasons.setContentsMargins(12, 10, 12, 10)
        self._lay_out()
        for count in self.counts.values():
            count.pressed.connect(self.group_wanted)
        self.report.clicked.connect(self._save_report)
        self.undo.clicked.connect(session.undo)
        self.again.clicked.connect(self._again)
        self.another.clicked.connect(self.another_wanted)
        self.next_sheet.clicked.connect(self._take_next_sheet)
        session.stored.connect(self._show)
        session.undone.connect(self._show)

    @property
    def question(self) -> str:
        return "导入完成" if self.session.taken_back is None else "已撤销"

    @property
    def hint(self) -> str:
        return self.session.called

    @property
    def onward(self) -> str:
        result = self.session.result
        stored = result is not None and bool(result.batch) and self.session.taken_back is None
        return "看导入的记录" if stored else f"打开{LIBRARY_TITLES[self.session.library]}"

    def arrive(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        return "撤销会把这一批整个退回" if self.session.taken_back is None else "库已回到导入前的样子"

    def _lay_out(self) -> None:
        grid = QHBoxLayout()
        grid.setSpacing(8)
        for count in self.counts.values():
            grid.addWidget(count, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.report, self.undo, self.again, self.next_sheet, self.another):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QWidget(self)
        box.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.headline)
        column.addWidget(self.told)
        column.addLayout(grid)
        column.addWidget(self.reasons)
        column.addLayout(buttons)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 12)
        row.addWidget(box, 100)
        row.addStretch(1)

    def _show(self) -> None:
        result = self.session.result
        if result is None:
            self.altered.emit()
            return
        for fate, count in self.counts.items():
            count.show_number(result.count(fate))
        library, undone = LIBRARY_TITLES[self.session.library], self.session.taken_back
        created = result.count(Fate.CREATED)
        if undone is not None:
            self.headline.setText(f"已撤销，{library}回到导入前的样子")
            taken = f"新建的 {created:,} 条已拿走，改过的 {result.planned.records - created:,} 条已还原。"
            left = f"有 {len(undone.skipped)} 处后来又改过，没有动：" if undone.skipped else ""
            self.told.setText(taken + left + "；".join(undone.skipped[:3]))
        else:
            told = f"已导入{library} {result.planned.records:,} 条" if result.batch else "没有写入任何内容"
            self.headline.setText(told)
            cells = f"；改动了库里已有的 {result.cells:,} 格" if result.cells else ""
            self.told.setText(f"读了 {len(result.planned.plan.decisions):,} 行，每一行都有着落{cells}：")
        self.told.setVisible(bool(self.told.text()))
        for count in self.counts.values():
            count.setVisible(undone is None)
        reasons = result.reasons if undone is None else []
        self.reasons.setText("\n".join(reasons))
        self.reasons.setVisible(bool(reasons))
        self.undo.setVisible(undone is None and bool(result.batch))
        self.again.setVisible(undone is not None)
        self._offer_next_sheet()
        self.altered.emit()

    def _offer_next_sheet(self) -> None:
        places = self._other_sheets()
        self.next_sheet.setVisible(bool(places))
        if places and self.session.workbook is not None:
            more = f"（还有 {len(places)} 张）" if len(places) > 1 else ""
            self.next_sheet.setText(f"接着导入工作表“{self.session.workbook.book.sheets[places[0]].title}”{more}")

    def _other_sheets(self) -> list[int]:
        """The sheets that fit the library and have not been imported, in their order."""
        found = self.session.workbook
        return sorted(set(found.sheets) - self.session.imported_sheets) if found is not None else []

    def _take_next_sheet(self) -> None:
        self.sheet_wanted.emit(self._other_sheets()[0])

    def _again(self) -> None:
        self.session.again()
        self.session.reach("stored")

    def _save_report(self) -> None:
        proposed = self.session.paths[0].with_name(f"{Path(self.session.called).stem} 导入报告.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "保存导入报告", str(proposed), "Excel 表格 (*.xlsx)")
        if name:
            self.write_report(Path(name))

    def write_report(self, path: Path) -> None:
        """The report, in the background."""
        result, found = self.session.result, self.session.workbook
        assert result is not None
        assert found is not None
        self._report = path
        sheets, plan = self.session.sheet.sources, result.result.plan

        def writing(office: Office, *, progress: Progress) -> Path:
            from zhaoshang_desktop.actions.import_report import write_import_report  # openpyxl, when it is wanted

            progress("正在写导入报告")
            write_import_report(office, path, plan, found.whole, sheets)
            return path

        self.session.run(writing, on_done=self._reported)

    def _reported(self, path: Path) -> None:
        self.session.desk.say(f"导入报告已保存：{path.name}")


class _Count(QFrame):
    """A number with what it counts; `pressed` carries its Fate."""

    pressed = Signal(object)

    def __init__(self, fate: Fate, words: str, meaning: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"看是哪些：{words}")
        self._fate, self._meaning = fate, meaning
        self.number = rich("")
        self.number.setFont(theme.sized(self.font(), theme.TITLE_PX + 4))
        label = QLabel(words, self)
        label.setProperty("role", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        column.addWidget(self.number)
        column.addWidget(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._fate)

    def show_number(self, number: int) -> None:
        colour = theme.colour(self._meaning if number else "faint").name()
        self.number.setText(f'<span style="color:{colour};font-size:24px">{number:,}</span>')
