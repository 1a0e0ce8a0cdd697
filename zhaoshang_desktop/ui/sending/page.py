"""下发与汇总: what was sent out, and who has not returned theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
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

from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.sending import BACK, IN_DOUBT, OUT, Sending, SendingUnit
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.sending.choice_table import ChoiceRow, ChoiceTable, Heads

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.xlsm);;所有文件 (*)"
HEADS = Heads(("状态", "单位", "条数", "收回日期", "联系人", "电话", "情况"), (84, 150, 48, 96, 80, 120, 200), 6)
_SIGNS = {OUT: "○", BACK: "●", IN_DOUBT: "▲"}
_ORDER = {OUT: 0, IN_DOUBT: 1, BACK: 2}


@dataclass(frozen=True)
class Sent:
    """A sending with its units, those that are still out first."""

    sending: Sending
    units: tuple[SendingUnit, ...]

    @property
    def out(self) -> list[SendingUnit]:
        return [one for one in self.units if one.state == OUT]


def sent(office: Office) -> list[Sent]:
    """Every sending, the latest first."""
    units: dict[int, list[SendingUnit]] = {}
    for one in office.find(Query(SendingUnit)):
        units.setdefault(one.sending, []).append(one)
    return [
        Sent(each, tuple(sorted(units.get(each.id, ()), key=lambda one: (_ORDER[one.state], one.name))))
        for each in sorted(office.find(Query(Sending)), key=lambda one: -one.id)
    ]


class SendingPage(Page):
    """At the left what was sent, at the right the board of one sending."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: list[Sent] = []
        self.list = QListWidget(self)
        self.board = ChoiceTable(self, "谁交回了")
        self.empty = EmptyHint(self.board.viewport())
        self._title, self._said = QLabel(self), QuietLabel(self)
        self.gather = QPushButton("收回填好的表…", self)
        self.copy = QPushButton("复制未回名单", self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.gather.clicked.connect(self._gather)
        self.copy.clicked.connect(self.copy_missing)
        self.empty.pressed.connect(self._press)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"sending.home": self.choose_files, "reload": self.ask}

    def arrive(self) -> None:
        self.ask()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def office_opened(self) -> None:
        self.ask()

    def office_resumed(self) -> None:
        self.ask()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("sending", "sending_unit"):
            self.ask()

    def status(self) -> str:
        waiting = sum(len(one.out) for one in self._found[:1])
        return f"共下发 {len(self._found):,} 次" + (f"　最近一次还有 {waiting} 个单位没有交回" if waiting else "")

    def ask(self) -> None:
        """Take from the office what was sent."""
        if self.desk.is_open:
            self.desk.ask((self, "sent"), sent, self._fill)

    @property
    def current(self) -> Sent | None:
        """The sending whose board is shown."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _gather(self) -> None:
        self.desk.called.emit("sending.home")

    def choose_files(self) -> None:
        """Ask for the files that came back."""
        folder = str(self.desk.settings.choices.get("sending.home", Path.home()))
        places, _ = QFileDialog.getOpenFileNames(self, "收回填好的表", folder, FILES)
        if places:
            self.desk.settings.choices["sending.home"] = str(Path(places[0]).parent)
            self.open_files([Path(place) for place in places])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Gather these for the sending in front."""
        from zhaoshang_desktop.ui.sending.gather_page import GatherPage  # made when first needed

        current = self.current
        self.desk.pushed.emit(GatherPage(self.desk, paths, current.sending.id if current else 0))

    def copy_missing(self) -> None:
        """Names and telephones of those still out, to be pasted into a message."""
        current = self.current
        if current is None:
            return
        due = f"（应于 {current.sending.due.isoformat()} 前）" if current.sending.due else ""
        lines = ["　".join(filter(None, (one.name, one.contact, one.phone))) for one in current.out]
        QApplication.clipboard().setText("\n".join([f"《{current.sending.title}》{due}还没有交回的：", *lines]))
        self.desk.say(f"已复制 {len(lines)} 个单位的名单和电话，可以直接粘贴。")

    def _fill(self, found: list[Sent]) -> None:
        kept = self.current.sending.id if self.current else 0
        self._found = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            back = len(one.units) - len(one.out)
            day = one.sending.day.isoformat() if one.sending.day else ""
            item = QListWidgetItem(f"{one.sending.title}\n{day}　交回 {back} / {len(one.units)}")
            self.list.addItem(item)
        self.list.blockSignals(False)
        keys = [one.sending.id for one in found]
        self.list.setCurrentRow(keys.index(kept) if kept in keys else 0)
        self._show()
        self.status_changed.emit(self.status())

    def _show(self, _number: int = 0) -> None:
        current = self.current
        self.gather.setEnabled(current is not None)
        self.copy.setEnabled(current is not None and bool(current.out))
        if current is None:
            self._title.setText("下发与汇总")
            self._said.say("")
            self.board.show_rows(HEADS, [], [])
            self.empty.say(
                "还没有下发过。在客商库或项目库里勾选记录（或用一个视图），按单位写成填报表发下去；"
                "填好的表拖进窗口就能收回。", "到项目库下发", "projects",
            )  # fmt: skip
            return
        self.empty.hide()
        sending = current.sending
        self._title.setText(sending.title)
        parts = [
            RECORD_TITLES[sending.library],
            f"还有 {len(current.out)} 个单位没有交回" if current.out else "全部交回了",
        ]
        parts += [f"应回 {sending.due.isoformat()}"] if sending.due else []
        self._said.say("　".join(parts))
        self.board.show_rows(
            HEADS, [_line(place, one) for place, one in enumerate(current.units)], [0] * len(current.units)
        )

    def _press(self, _command: str) -> None:
        self.desk.listed.emit("projects", "all")

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        self.list.setSpacing(4)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("下发过的表")
        split.addWidget(self.list)
        right = QWidget(split)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QFrame(right)
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 12, 8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._title.setProperty("role", "heading")
        texts.addWidget(self._title)
        texts.addWidget(self._said)
        row.addLayout(texts, 1)
        row.addWidget(self.copy)
        self.gather.setProperty("kind", "primary")
        row.addWidget(self.gather)
        column.addWidget(bar)
        column.addWidget(self.board, 1)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 1126])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)


def _line(place: int, unit: SendingUnit) -> ChoiceRow:
    day = unit.returned.isoformat() if unit.returned else ""
    state = f"{_SIGNS[unit.state]} {unit.state}"
    return ChoiceRow(place, (state, unit.name, str(len(unit.rows)), day, unit.contact, unit.phone, unit.remark))
