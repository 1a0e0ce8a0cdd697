"""结算: planned, allowed and spent, typed in line by line after the trip, until no receipt is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.settlement import (
    export_settlement,
    fill_known,
    finish_settlement,
    settle,
    settlement_of,
    yuan,
)
from zhaoshang_desktop.domain.trip import SETTLED
from zhaoshang_desktop.planning.settlement import Settlement
from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.library.files_dialog import FilesDialog
from zhaoshang_desktop.ui.trip.settle_table import ACTUAL, Entries, SettleTable
from zhaoshang_desktop.ui.trip.sight import Sight
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.planning.settlement import Entry
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

FOLDER = "trip.pack.folder"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
Seen = tuple[int, Settlement]


class SettleStep(Step):
    """What is open is said on its line; the next one is F8 away."""

    KEY = "settle"
    TITLE = "结算"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.entries = Entries(self)
        self._fresh = self.entries.done
        self.table = SettleTable(self)
        self.table.setModel(self.entries)
        self.table.dress()
        self.empty = EmptyHint(self.table.viewport())
        self.verdict, self.people = QLabel(self), QLabel(self)
        self.verdict.setWordWrap(True)
        self.people.setProperty("role", "secondary")
        self.people.setWordWrap(True)
        self.next = QPushButton(self)
        self.next.setProperty("kind", "link")
        self.next.clicked.connect(self.go_next)
        head, foot = QFrame(self), QFrame(self)
        head.setObjectName("toolbar")
        foot.setObjectName("foot")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.next)
        below = QHBoxLayout(foot)
        below.setContentsMargins(16, 6, 16, 6)
        below.addWidget(self.people, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        self._foot = foot
        self.setFocusProxy(self.table)
        shortcut = QShortcut(QKeySequence("F8"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_next)
        self.entries.asked.connect(self._set)
        self.entries.refused.connect(desk.say)
        self.empty.pressed.connect(self.wanted)
        desk.changed.connect(self._refresh)

    def put(self, sight: Sight) -> None:
        another = self.sight is None or self.sight.key != sight.key
        super().put(sight)
        if another:
            self._fresh = Settlement(())
            self.table.when_idle(self._show)
        if sight.book.budget:
            self.empty.hide()
        else:
            self.empty.say("有了预算，回来以后在这里填实际支出和票据。", "去“预算”一步", "budget")
        self._ask()
        self.told.emit()

    def arrive(self) -> None:
        super().arrive()
        if not self.table.currentIndex().isValid() and self.entries.rowCount():
            self.table.setCurrentIndex(self.entries.index(0, ACTUAL))

    def _ask(self) -> None:
        if self.sight is not None and self.desk.is_open:
            self.desk.ask((self, "settle"), _settlement(self.sight.key), self._take)

    def _take(self, seen: Seen) -> None:
        key, done = seen
        if self.sight is not None and key == self.sight.key:
            self._fresh = done
            self.table.when_idle(self._show)

    def _show(self) -> None:
        here, scroll = self.table.currentIndex(), self.table.verticalScrollBar().value()
        row, column = here.row(), here.column()
        done = self._fresh
        self.entries.put(done)
        if self.entries.rowCount():
            place = row if 0 <= row < self.entries.rowCount() else 0
            self.table.setCurrentIndex(self.entries.index(place, column if row >= 0 else ACTUAL))
        self.table.verticalScrollBar().setValue(scroll)
        self.verdict.setText(done.verdict + "".join(f"{note}。" for note in done.notes) if done.entries else "")
        count = len(done.problems)
        self.next.setText(f"还有 {count} 处要补　下一处 F8" if count else "都填齐了" if done.entries else "")
        self.next.setEnabled(bool(count))
        told = (f"{one.name} {yuan(one.actual)} 元（补助 {yuan(one.allowance)}）" for one in done.persons)
        self.people.setText("各人合计：" + "　".join(told))
        self._foot.setVisible(bool(done.entries))
        self.told.emit()

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.sight is None or not self.sight.book.budget:
            return ()
        done = self.sight.book.trip.state == SETTLED
        finish = () if done else (("完成结算", "finish"),)
        return ("填补助和车票", "fill"), ("票据照片…", "files"), ("导出结算单…", "export"), *finish

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "fill": self.fill,
            "files": self.open_files,
            "export": self.export,
            "finish": self.finish,
            "reload": self._ask,
        }

    def status(self) -> str:
        return self.verdict.text()

    @staticmethod
    def mark(sight: Sight) -> Mark:
        return Mark("done" if sight.book.trip.state == SETTLED else "open")

    def fill(self) -> None:
        """What needs no typing: allowances by the day and tickets that were bought."""
        if self.sight is not None:
            self.desk.run(fill_known, self.sight.key, on_done=self._filled)

    def _filled(self, changes: Changes) -> None:
        count = len(changes.of("expense"))
        words = f"按标准和车票填了 {count} 项，已经填过的没有动。" if count else "没有可以自己填的了。"
        self.desk.say(words, changes.batch if count else 0)

    def finish(self) -> None:
        """The trip is settled, if nothing is open."""
        if self.sight is not None:
            self.desk.run(finish_settlement, self.sight.key, on_done=self._finished)

    def _finished(self, changes: Changes) -> None:
        self.desk.say("结算完成，外出状态改为“已结算”。", changes.batch)

    def open_files(self) -> None:
        """The receipts of the line that is current."""
        entry = self._entry(self.table.currentIndex().row())
        if entry is None:
            self.desk.say("先点一行，再放它的票据照片。")
        else:
            FilesDialog(self.desk, entry.line, self).show()

    def go_next(self) -> None:
        """To the next line with something open, round from the end to the beginning."""
        rows = [row for row, entry in enumerate(self.entries.done.entries) if entry.problems]
        if rows:
            here = self.table.currentIndex().row()
            self.table.setCurrentIndex(self.entries.index(next((row for row in rows if row > here), rows[0]), ACTUAL))
            self.table.setFocus()

    def export(self) -> None:
        """Ask where, and write the sheet or the workbook there."""
        if self.sight is None:
            return
        folder = Path(str(self.desk.settings.choices.get(FOLDER, "")) or offices_folder())
        name = _FORBIDDEN.sub("_", f"{self.sight.book.trip.name} 结算单.xlsx")
        chosen, kind = QFileDialog.getSaveFileName(
            self, "导出结算单", str(folder / name), "Excel 工作簿 (*.xlsx);;PDF (*.pdf)"
        )
        if chosen:
            ending = ".pdf" if "pdf" in kind.lower() else ".xlsx"
            self.export_to(Path(chosen if chosen.lower().endswith((".xlsx", ".pdf")) else chosen + ending))

    def export_to(self, path: Path) -> None:
        """Write the settlement into a file, as the records are now."""
        if self.sight is not None:
            self.desk.settings.choices[FOLDER] = str(path.parent)
            self.desk.run(_write, self.sight.key, path, on_done=self._exported, words="正在导出")

    def _exported(self, words: str) -> None:
        self.desk.say(words)

    def _set(self, entry: Entry, name: str, value: object) -> None:
        self.desk.run(settle, entry.line.id, entry.person, {name: value})

    def _entry(self, row: int) -> Entry | None:
        entries = self.entries.done.entries
        return entries[row] if 0 <= row < len(entries) else None

    def _refresh(self, changes: Changes) -> None:
        if changes.touches("attachment", "allowance", "lodging_limit", "travel_rule"):
            self._ask()


def _settlement(trip: int) -> Callable[[Office], Seen]:
    return lambda office: (trip, settlement_of(office, trip))


def _write(office: Office, trip: int, path: Path) -> str:
    if path.suffix.lower() == ".xlsx":
        return f"已导出 {export_settlement(office, trip, path)} 项到“{path.name}”。"
    from zhaoshang_desktop.actions.paper import write_paper  # brings the printing press with it

    return f"已保存 {write_paper(office, 'settlement', trip, path).pages} 页：{path.name}"
