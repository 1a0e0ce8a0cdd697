"""收回下发表: the files, what each is taken for, and every cell that would change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.gathered import Gathered, carry_out
from zhaoshang_desktop.actions.gathering import GatherPlan, plan_gathering
from zhaoshang_desktop.actions.returned_file import Fate
from zhaoshang_desktop.actions.settling import Choices as RowChoices
from zhaoshang_desktop.actions.settling import settle_rows
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.busy import BusyBar
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.sending.choice_table import ChoiceTable
from zhaoshang_desktop.ui.sending.findings import (
    CONFLICTS,
    EXPLAINED,
    GROUPS,
    HEADS,
    TAKEN,
    Choices,
    file_words,
    rows_of,
)

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

_COLOURS = {Fate.GATHERED: "green", Fate.TWICE: "secondary"}
_FILES_WIDTH = 300


class GatherPage(Page):
    """Laid over the window; `sending` is the one to gather, 0 for the one that most of the files are of."""

    def __init__(self, desk: Desk, paths: Sequence[Path], sending: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._paths, self._sending = tuple(paths), sending
        self.plan: GatherPlan | None = None
        self.choices = Choices()
        self._group = ""
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._said = QuietLabel(self)
        self.busy = BusyBar(self)
        self.take = QPushButton("采用并存入", self)
        self.take.setProperty("kind", "primary")
        self._back = QPushButton("取消", self)
        self.files = QListWidget(self)
        self.table = ChoiceTable(self, "收回的内容")
        self.empty = EmptyHint(self.table.viewport())
        self.chips = {name: QPushButton(name, self) for name in GROUPS}
        self._explained = QuietLabel(self)
        self._all_ours, self._all_theirs = QPushButton("全部用本局的", self), QPushButton("全部用交回的", self)
        self._lay_out()
        self._connect()
        self._ask()

    def status(self) -> str:
        return "存入以后可以整批撤销"

    def back(self) -> bool:
        return False

    def office_opened(self) -> None:
        """Another office knows nothing of these files."""

    @property
    def group(self) -> str:
        """Which of the findings are shown."""
        return self._group

    def show_group(self, name: str) -> None:
        """The rows of one group."""
        self._group = name
        for other, chip in self.chips.items():
            theme.restyle(chip, "active", other == name)
        self._explained.say(EXPLAINED[name])
        for button in (self._all_ours, self._all_theirs):
            button.setVisible(name == CONFLICTS)
        if self.plan is None:
            return
        rows, chosen = rows_of(self.plan, name, self.choices)
        self.table.show_rows(HEADS[name], rows, chosen)
        if rows:
            self.empty.hide()
        else:
            self.empty.say("这一类没有。" if self.plan.gathered else "没有一份收成，原因见左边。")

    def store(self) -> None:
        """Carry the plan out as the clerk has chosen."""
        plan, choices = self.plan, self.choices
        if plan is None or not self.take.isEnabled():
            return
        theirs, removed, rows = frozenset(choices.theirs), tuple(choices.removed), dict(choices.rows)

        def storing(office: Office, *, progress: Progress) -> Gathered:
            if plan.new is not None:
                settle_rows(plan.new, RowChoices(rows=rows))
            return carry_out(office, plan, theirs=theirs, removed=removed, progress=progress)

        self.take.setEnabled(False)
        self.desk.run(storing, on_done=self._stored, on_error=self._refused, words="正在存入", steps=True)

    def _ask(self) -> None:
        """Read and compare, in the background."""
        paths, sending = self._paths, self._sending
        self._title.setText("收回下发表")
        self.take.setEnabled(False)

        def reading(office: Office, *, progress: Progress) -> GatherPlan:
            return plan_gathering(office, paths, sending=sending, progress=progress)

        self.busy.say(f"正在读取 {len(paths)} 份")
        self.desk.run(reading, on_done=self._show, on_error=self._refused, words="正在读取收回的表", steps=True)

    def _show(self, plan: GatherPlan) -> None:
        self.plan = plan
        self.busy.say("")
        if plan.sending is not None:
            self._title.setText(f"收回：{plan.sending.title}")
        self._show_files(plan)
        counts = {name: len(rows_of(plan, name, self.choices)[0]) for name in GROUPS}
        for name, chip in self.chips.items():
            chip.setText(f"{name} {counts[name]:,}")
        said = [f"收到 {len(plan.gathered)} 份，比较了 {plan.cells:,} 格"]
        said += [f"没有收 {len(plan.refused)} 份"] if plan.refused else []
        self._said.say("，".join(said))
        self.take.setEnabled(plan.sending is not None)
        self.take.setText("采用并存入" if plan.gathered else "记下没有收成")
        first = next((name for name in GROUPS if counts[name]), TAKEN)
        self.show_group(first)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_changed.emit(self.status())

    def _show_files(self, plan: GatherPlan) -> None:
        self.files.clear()
        for file in sorted(plan.files, key=lambda one: (one.fate is Fate.GATHERED, one.name)):
            sign, words = file_words(file)
            item = QListWidgetItem(f"{sign} {file.name}\n{words}")
            item.setForeground(theme.colour(_COLOURS.get(file.fate, "red")))
            item.setToolTip(hover(words))
            self.files.addItem(item)

    def _stored(self, done: Gathered) -> None:
        parts = [f"采用 {done.taken + done.settled:,} 格"]
        parts += [f"新建 {done.created:,} 条"] if done.created else []
        parts += [f"补充 {done.filled:,} 条"] if done.filled else []
        parts += [f"移到回收站 {done.removed:,} 条"] if done.removed else []
        self.desk.say(f"汇总完成：{'，'.join(parts)}。", done.batch)
        self.closed.emit()

    def _refused(self, error: KnownError) -> None:
        """Nothing was stored; what somebody else saved meanwhile is looked at anew."""
        self.busy.say("")
        self.desk.complained.emit(error)
        if self.plan is not None:
            self._ask()

    def _choose(self, places: list[int], option: int) -> None:
        if self.plan is not None:
            self.choices.take(self.plan, self._group, places, option)

    def _pick(self) -> None:
        for name, chip in self.chips.items():
            if chip is self.sender():
                self.show_group(name)

    def _keep_all(self) -> None:
        self.table.choose_all(0)

    def _take_all(self) -> None:
        self.table.choose_all(1)

    def _cancel(self) -> None:
        if self.desk.is_open and self.plan is None:
            self.desk.worker.cancel()
        self.closed.emit()

    def _connect(self) -> None:
        self.take.clicked.connect(self.store)
        self._back.clicked.connect(self._cancel)
        self.busy.cancelled.connect(self._cancel)
        self.table.chosen.connect(self._choose)
        self._all_ours.clicked.connect(self._keep_all)
        self._all_theirs.clicked.connect(self._take_all)
        for chip in self.chips.values():
            chip.clicked.connect(self._pick)
        if self.desk.is_open:
            self.desk.worker.working.connect(self._tell_work)

    def _tell_work(self, words: str) -> None:
        if words and self.plan is None:
            self.busy.say(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        self.files.setWordWrap(True)
        self.files.setSpacing(4)
        self.files.setAccessibleName("收回的文件")
        self.files.setFrameShape(QFrame.Shape.NoFrame)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        split.addWidget(self.files)
        right = QWidget(split)
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._bar(right))
        inner.addWidget(self.table, 1)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_FILES_WIDTH, 1066])
        column.addWidget(split, 1)

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("toolbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        font = QFont(self._title.font())
        font.setPixelSize(theme.HEADING_PX)
        self._title.setFont(font)
        texts.addWidget(self._title)
        texts.addWidget(self._said)
        row.addLayout(texts, 1)
        row.addWidget(self.busy)
        row.addWidget(self._back)
        row.addWidget(self.take)
        return head

    def _bar(self, parent: QWidget) -> QFrame:
        bar = QFrame(parent)
        bar.setObjectName("toolbar")
        column = QVBoxLayout(bar)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        for chip in self.chips.values():
            chip.setProperty("kind", "chip")
            row.addWidget(chip)
        row.addStretch(1)
        for button in (self._all_ours, self._all_theirs):
            button.setProperty("kind", "link")
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self._explained)
        return bar
