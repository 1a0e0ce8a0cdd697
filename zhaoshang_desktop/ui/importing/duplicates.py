"""重复与合并: which rows mean a record there is already, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan
from zhaoshang_desktop.actions.settling import Choice, choices_for
from zhaoshang_desktop.domain.libraries import LIBRARY_TITLES
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.cells_pane import CellsPane
from zhaoshang_desktop.ui.importing.comparison import ComparisonTable, Known, known, lines_of
from zhaoshang_desktop.ui.importing.decision_table import DecisionTable
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import Step
from zhaoshang_desktop.ui.importing.summary import Group

_EXPLAINED = {
    Group.LIKELY: "可能是同一家。逐条选 1 只补空白、2 覆盖、3 跳过、4 另建；不选就跳过，不会写入。",
    Group.KNOWN: "",
    Group.REPEATED: "表里前面已有同一条：空着的并入前面那行，说法不同的以前面的为准。",
    Group.SAME: "库里已经有了，表里没有新内容。",
    Group.NEW: "库里没有，会新建。",
    Group.REJECTED: "缺必填的内容，不导入。",
}
_COMPARED = (Group.LIKELY, Group.REPEATED, Group.SAME)
_FIRST = (Group.LIKELY, Group.KNOWN, Group.NEW, Group.REPEATED, Group.SAME)
_GROUPS_OF = {
    Fate.CREATED: (Group.NEW,),
    Fate.UPDATED: (Group.KNOWN, Group.REPEATED),
    Fate.UNCHANGED: (Group.SAME, Group.KNOWN),
    Fate.DUPLICATE: (Group.LIKELY, Group.KNOWN),
    Fate.REJECTED: (Group.REJECTED,),
}
_LEAST_DETAIL = 200


class DuplicatesStep(Step):
    """What the library has follows the policy, cell by cell; what is only likely the same waits for the clerk."""

    title = "重复与合并"

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.table = DecisionTable(self)
        self.compared = ComparisonTable(self)
        self._places: dict[Group, list[int]] = {group: [] for group in Group}
        self._plan: ImportPlan | None = None
        self._group = Group.LIKELY
        self._known: Known | None = None
        self._current = -1
        self.chips = {group: QPushButton(group, self) for group in Group}
        self.all = QPushButton("这一类全部… ▾", self)
        self._explained = QuietLabel(self)
        self._side = QuietLabel(self, "heading")
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.table)
        self.buttons: dict[Choice, QPushButton] = {}
        self._side_by_side = self._detail()
        self._split.addWidget(self._side_by_side)
        self._split.setStretchFactor(0, 1)
        self.cells = CellsPane(session, self)
        self.cells.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._split, 1)
        column.addWidget(self.cells, 1)
        self.cells.altered.connect(self.altered)
        session.planned.connect(self._show)
        session.stored.connect(self._show)
        self.table.chosen.connect(self._choose)
        self.table.moved.connect(self._compare)
        self.all.clicked.connect(self._offer_all)

    @property
    def question(self) -> str:
        return f"和{LIBRARY_TITLES[self.session.library]}里的对一对"

    @property
    def hint(self) -> str:
        counts = [f"{name} {len(places):,}" for name, places in self._places.items() if places]
        return "，".join(counts)

    @property
    def onward(self) -> str:
        return "看结果" if self.session.result is not None else f"导入 {self._to_store():,} 条"

    @property
    def obstacle(self) -> str:
        if self._plan is None:
            return "正在和库里核对，请稍等。"
        if self.session.result is None and self.cells.counting:
            return "正在数要改的单元格，请稍等。"
        if self.session.result is None and self.cells.unanswered:
            return f"“库里已有”里还有 {self.cells.unanswered:,} 条待定：逐条选，或者换一种处理办法。"
        if self.session.result is None and not self._to_store():
            return "没有要写入的：这些内容库里都有了，或者都选了跳过。"
        return ""

    def arrive(self) -> None:
        self._share_height(len(self._places[self._group]))
        table = self.cells.table if self._group is Group.KNOWN else self.table
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        return "看到什么样就存成什么样；导入以后可以整批撤销"

    def show_group(self, name: Group) -> None:
        """The rows of one group."""
        self._group = name
        for other, chip in self.chips.items():
            theme.restyle(chip, "active", other == name)
        self._explained.say(_EXPLAINED[name])
        plan, known = self._plan, name is Group.KNOWN
        self.cells.setVisible(known)
        self._split.setVisible(not known)
        self.all.setVisible(False)
        if plan is not None and known:
            self.cells.show_places(self._changeable())
        elif plan is not None:
            places = self._places[name]
            self._current = -1
            self.table.show_places(plan, places, self.session.choices)
            self.all.setVisible(any(choices_for(plan.decisions[place]) for place in places[:1]))
            self._side_by_side.setVisible(name in _COMPARED and bool(places))
            self._share_height(len(places))

    def show_fate(self, fate: Fate) -> None:
        """The rows of that fate."""
        groups = _GROUPS_OF[fate]
        self.show_group(next((group for group in groups if self._places[group]), groups[0]))

    def _changeable(self) -> list[int]:
        """What the library has, and what is only likely the same but was chosen to go into it."""
        plan, rows = self._plan, self.session.choices.rows
        likely = [
            place
            for place in self._places[Group.LIKELY]
            if plan is not None and plan.decisions[place].match and rows.get(place) in (Choice.FILL, Choice.OVERWRITE)
        ]
        return sorted([*self._places[Group.KNOWN], *likely])

    def _share_height(self, rows: int) -> None:
        """A short list leaves its room to the comparison."""
        header, row = self.table.horizontalHeader().height(), self.table.verticalHeader().defaultSectionSize()
        most = max(self._split.height() - _LEAST_DETAIL, header + 3 * row)
        high = min(header + max(rows, 3) * row + 4, most)
        self._split.setSizes([high, max(self._split.height() - high, 0)])

    def _bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(40)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for chip in self.chips.values():
            chip.setProperty("kind", "chip")
            chip.clicked.connect(self._press)
            row.addWidget(chip)
        row.addWidget(self._explained, 1)
        row.addWidget(self.all)
        return bar

    def _detail(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._side, 1)
        for number, choice in enumerate(Choice, start=1):
            button = QPushButton(choice.value, box)
            button.setToolTip(f"按 {number}")
            button.setProperty("kind", "chip")
            button.clicked.connect(self._press_choice)
            self.buttons[choice] = button
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.compared, 1)
        return box

    def _press(self) -> None:
        for name, chip in self.chips.items():
            if chip is self.sender():
                self.show_group(name)

    def _press_choice(self) -> None:
        for choice, button in self.buttons.items():
            if button is self.sender() and self._current >= 0:
                self._choose([self._current], choice)
                self.table.viewport().update()

    def _show(self) -> None:
        found = self.session.plan
        self._plan = found.plan if found is not None else None
        if found is not None:
            self._places = found.groups
            for name, chip in self.chips.items():
                chip.setText(f"{name} {len(self._places[name]):,}")
                chip.setVisible(bool(self._places[name]))
            self.cells.show_places(self._changeable())
            self.show_group(next((name for name in _FIRST if self._places[name]), Group.REJECTED))
        self.altered.emit()

    def _to_store(self) -> int:
        """How many records will be new or changed."""
        plan = self._plan
        if plan is None:
            return 0
        choices = self.session.choices
        count = len(self._places[Group.NEW]) + (self.cells.listed.records if self.cells.listed is not None else 0)
        for place in self._places[Group.LIKELY]:
            choice = choices.rows.get(place, Choice.SKIP)
            count += choice is Choice.SEPARATE
        return count

    def _choice(self, place: int) -> Choice:
        plan = self._plan
        assert plan is not None
        return self.session.choices.of(place, plan.decisions[place]) or Choice.SKIP

    def _choose(self, places: Sequence[int], choice: Choice) -> None:
        if self.session.result is None:
            self.session.choose(places, choice)
            self._show_lines()
            self.cells.show_places(self._changeable())
            self.altered.emit()

    def _offer_all(self) -> None:
        plan, places = self._plan, self._places[self._group]
        if plan is None or not places:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in choices_for(plan.decisions[places[0]]):
            menu.addAction(f"{len(places):,} 条都{choice.value}").setData(choice.value)
        menu.triggered.connect(self._choose_all)
        menu.popup(self.all.mapToGlobal(QPoint(0, self.all.height())))

    def _choose_all(self, action: QAction) -> None:
        self._choose(self._places[self._group], Choice(action.data()))
        self.table.viewport().update()

    def _compare(self, place: int) -> None:
        """Fetch what the row may mean, and set it beside it."""
        plan = self._plan
        if plan is None or place == self._current:
            return
        self._current, self._known = place, None
        decision = plan.decisions[place]
        if decision.match:
            question = known(plan.record, decision.match, decision.draft.record)
            self.session.desk.ask((self, "known"), question, self._show_known)
        elif decision.first is not None:
            self._show_known(Known(decision.first.draft.record, {}))

    def _show_known(self, found: Known) -> None:
        self._known = found
        self._show_lines()

    def _show_lines(self) -> None:
        plan = self._plan
        if plan is None or self._known is None or self._current < 0:
            return
        decision, chosen = plan.decisions[self._current], self._choice(self._current)
        offered = choices_for(decision) if self.session.result is None else ()
        for choice, button in self.buttons.items():
            button.setVisible(choice in offered)
            button.setText(f"✓ {choice.value}" if choice is chosen else choice.value)
            theme.restyle(button, "active", choice is chosen)
        source = f"表里第 {decision.repeats} 行" if decision.repeats else "库里现有"
        self._side.say(f"{self._known.record.title}　←　第 {decision.draft.row} 行 {decision.draft.record.title}")
        self.compared.show_lines(lines_of(self._known, decision, chosen), source)
