"""The policy for what the library has already, and the preview of every cell that it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.settling import POLICY_WORDS, Choice, Choices, Policy
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.cell_listing import Listed, Wanted, field_words, list_cells
from zhaoshang_desktop.ui.importing.cell_table import CellTable
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.library.empty import EmptyHint

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_AT_ONCE = 2_000
"""So many rows are looked through before anybody notices."""
_EXPLAINED = {
    Policy.FILL: "只填库里空着的，已有的不改；另一个电话号码记作第二个。",
    Policy.OVERWRITE: "表里写了的都照表里的改；表里空着的不动。",
    Policy.SKIP: "库里已有的一律不动。",
    Policy.ASK: "一条一条决定：按 1 只补空白、2 覆盖、3 跳过，或逐格打勾。",
}


class CellsPane(QWidget):
    """`altered` when it is counted anew how many cells of how many records will change."""

    altered = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._places: Sequence[int] = ()
        self._asked_for = self._answered = 0
        self.listed: Listed | None = None
        self.policies = {policy: QPushButton(words, self) for policy, words in POLICY_WORDS.items()}
        self.search = QLineEdit(self)
        self.fields = QComboBox(self)
        self.only = QPushButton("只看会改的", self)
        self.explained = QuietLabel(self)
        self.table = CellTable(self)
        self.empty = EmptyHint(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._policy_bar())
        column.addWidget(self._filter_bar())
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(self._list)
        self.fields.currentIndexChanged.connect(self._list)
        self.only.toggled.connect(self._list)
        self.table.ticked.connect(self._count)
        self.table.chosen.connect(self._choose)

    def show_places(self, places: Sequence[int]) -> None:
        """The cells of these rows of the plan."""
        self._places = places
        self._mark_policy()
        self._list()

    @property
    def counting(self) -> bool:
        """Is it not known yet what the last choice comes to?"""
        return self._answered != self._asked_for

    @property
    def unanswered(self) -> int:
        """How many records wait for an answer."""
        return self.listed.asked if self.listed is not None else 0

    def _policy_bar(self) -> QWidget:
        bar, row = self._bar()
        label = QLabel("库里已有的", bar)
        label.setProperty("role", "label")
        row.addWidget(label)
        for button in self.policies.values():
            button.setProperty("kind", "chip")
            button.clicked.connect(self._press_policy)
            row.addWidget(button)
        row.addWidget(self.explained, 1)
        return bar

    def _filter_bar(self) -> QWidget:
        bar, row = self._bar()
        self.search.setPlaceholderText("按名称找…")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(220)
        self.fields.setAccessibleName("只看哪个字段")
        self.fields.setMinimumWidth(150)
        self.only.setProperty("kind", "chip")
        self.only.setCheckable(True)
        self.only.setChecked(True)
        self.told = QuietLabel(bar)
        for widget in (self.search, self.fields, self.only):
            row.addWidget(widget)
        row.addWidget(self.told, 1)
        return bar

    def _bar(self) -> tuple[QFrame, QHBoxLayout]:
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(40)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        return bar, row

    def _press_policy(self) -> None:
        for policy, button in self.policies.items():
            if button is self.sender() and self._session.result is None:
                self._session.choose_policy(policy)
        self._mark_policy()
        self._list()

    def _mark_policy(self) -> None:
        present = self._session.choices.policy
        for policy, button in self.policies.items():
            button.setText(f"✓ {POLICY_WORDS[policy]}" if policy is present else POLICY_WORDS[policy])
            theme.restyle(button, "active", policy is present)
        self.explained.say(_EXPLAINED[present])

    def _choose(self, places: list[int], choice: Choice) -> None:
        if self._session.result is None:
            self._session.choose(places, choice)
            self._count()

    def _list(self) -> None:
        """Looks for what is to be shown, on the import's thread; the newest question wins."""
        seen = self._session.plan
        if seen is None:
            return
        theme.restyle(self.only, "active", self.only.isChecked())
        wanted = Wanted(self.search.text().strip(), self.fields.currentData(), self.only.isChecked())
        self._ask(wanted, self._show)

    def _count(self) -> None:
        """What is shown stays, ticked or not; only the figures follow."""
        self._ask(Wanted(), self._show_figures)

    def _ask(self, wanted: Wanted, show: Callable[[tuple[int, Listed]], None]) -> None:
        seen, places, choices = self._session.plan, self._places, self._session.choices.copy()
        if seen is None:
            return
        self._asked_for += 1
        number = self._asked_for

        def listing(_office: Office | None, *, progress: Progress) -> tuple[int, Listed]:
            return number, list_cells(seen.plan, places, choices, wanted, progress=progress)

        if len(places) <= _AT_ONCE:
            show(listing(None, progress=untold))
        else:
            self._session.run(listing, on_done=show)
            self.altered.emit()

    def _show(self, found: tuple[int, Listed]) -> None:
        number, listed = found
        seen = self._session.plan
        if number != self._asked_for or seen is None:
            return
        self._offer_fields(listed)
        self.table.cells.show(seen, listed.rows, self._choices)
        self._show_figures(found)
        if listed.rows:
            self.empty.hide()
            self.table.setCurrentIndex(self.table.cells.index(0, 2))
        else:
            words = "没有符合的。" if self._is_filtered() else "这样选，库里已有的一格也不改。"
            self.empty.say(words)

    def _choices(self) -> Choices:
        return self._session.choices

    def _is_filtered(self) -> bool:
        return bool(self.search.text().strip()) or self.fields.currentData() is not None

    def _show_figures(self, found: tuple[int, Listed]) -> None:
        number, listed = found
        if number != self._asked_for:
            return
        self._answered = number
        self.listed = listed if self.listed is None else replace(listed, rows=self.listed.rows)
        left = f"，{listed.asked:,} 条待定" if listed.asked else ""
        self.told.say(f"会改 {listed.records:,} 条的 {listed.taken:,} 格{left}")
        self.altered.emit()

    def _offer_fields(self, listed: Listed) -> None:
        """The fields that differ, the most frequent first."""
        chosen = self.fields.currentData()
        self.fields.blockSignals(True)
        self.fields.clear()
        self.fields.addItem("全部字段", None)
        for key, count in sorted(listed.fields.items(), key=lambda one: -one[1]):
            self.fields.addItem(f"{field_words(key)} {count:,}", key)
        place = self.fields.findData(chosen) if chosen is not None else 0
        self.fields.setCurrentIndex(max(place, 0))
        self.fields.blockSignals(False)
