"""记录: what came of each visit, typed up one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.log_form import About, LogForm, log_it
from zhaoshang_desktop.ui.trip.log_rows import DATA, LogRows
from zhaoshang_desktop.ui.trip.sight import DONE, Sight, city, short_day
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand


class LogStep(Step):
    """Ctrl+Enter stores a visit as held and goes to the next; what is left half typed is kept as a draft."""

    KEY = "log"
    TITLE = "记录"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName("拜访")
        self.list.setItemDelegate(LogRows(self.list))
        self.list.setMinimumWidth(180)
        self.form = LogForm(desk, self)
        self.ui, self.hosts, self.intention = self.form.ui, self.form.hosts, self.form.intention
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.addWidget(self.list)
        split.addWidget(self.form)
        split.setStretchFactor(1, 1)
        split.setSizes([280, 920])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.empty = EmptyHint(self)
        self.empty.setAutoFillBackground(True)
        self.list.currentRowChanged.connect(self._go)
        self.empty.pressed.connect(self.wanted)
        self.form.saved.connect(self.save)
        self.form.left.connect(self.keep)
        self.ui.trip_files.clicked.connect(self.open_trip_files)

    def put(self, sight: Sight) -> None:
        super().put(sight)
        wanted = self.form.visit.id if self.form.visit else 0
        visits = [visit for visit in sight.targets if visit.state in ("已排", DONE)]
        if not visits:
            self.empty.say("排好日程、见过面以后，在这里记下谈了什么、下一步做什么。", "去“日程”一步", "schedule")
            self.list.clear()
            self.form.clear()
            return
        self.empty.hide()
        self._fill(visits)
        keys = [visit.id for visit in visits]
        row = keys.index(wanted) if wanted in keys else _first_open(visits)
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)
        if not self.form.touched:
            self._show(visits[row])
        self.told.emit()

    def arrive(self) -> None:
        keys = [int(self.list.item(row).data(DATA)[0]) for row in range(self.list.count())]
        if self.hand.visit in keys:
            self.list.setCurrentRow(keys.index(self.hand.visit))
        self.hand.visit = 0
        self.ui.said.setFocus()

    def keep(self) -> None:
        """Half-typed text stays with the visit, which is not marked as held by that."""
        self._store(*self._half_typed())

    def _half_typed(self) -> tuple[Visit | None, dict[str, Any]]:
        """What has been typed since the visit was shown or stored."""
        if not self.form.touched or self.form.visit is None:
            return None, {}
        self.form.touched = False
        taken, raw = self.form.take()
        return self.form.visit, {**taken, "raw": raw} if raw else taken

    def _store(self, visit: Visit | None, taken: dict[str, Any]) -> None:
        if visit is not None:
            self.hand.edit(visit, taken)

    def save(self) -> None:
        """Store what came of this visit, and go to the next that has not been typed up."""
        taken = self.form.understood() if self.form.visit is not None else None
        if taken is not None and self.form.visit is not None:
            self.form.touched = False
            self.desk.run(log_it, Visit, self.form.visit.id, {**taken, "state": DONE})
            self._next()

    def status(self) -> str:
        if self.sight is None:
            return ""
        visits = [visit for visit in self.sight.targets if visit.state in ("已排", DONE)]
        open_ = [visit for visit in visits if visit.state != DONE]
        return f"已记录 {len(visits) - len(open_)} / {len(visits)} 家" + (f"　未记 {len(open_)} 家" if open_ else "")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.next": self._next, "record.previous": self._previous, "visit.facts": self.form.open_facts}

    @staticmethod
    def mark(sight: Sight) -> Mark:
        visits = [visit for visit in sight.targets if visit.state in ("已排", DONE)]
        done = len([visit for visit in visits if visit.state == DONE])
        state = "done" if visits and done == len(visits) else "open"
        return Mark("done" if state == "done" else "open", f"{done}/{len(visits)}" if done else "")

    def open_trip_files(self) -> None:
        """The files of the trip as a whole, in a window of their own."""
        from zhaoshang_desktop.ui.library.files_dialog import FilesDialog  # made when first needed

        if self.sight is not None:
            FilesDialog(self.desk, self.sight.book.trip, self).open()

    def _fill(self, visits: list[Visit]) -> None:
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(visits):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(visits):
            QListWidgetItem(self.list)
        assert self.sight is not None
        for row, visit in enumerate(visits):
            item = self.list.item(row)
            name = self.sight.book.name_of(visit)
            when = f"{short_day(visit.day)} {write_hour(visit.start or 0)}" if visit.day else ""
            half = bool(visit.said or visit.result) and visit.state != DONE
            item.setText(name)
            state = "已记" if visit.state == DONE else "草稿" if half else "未记"
            over = self.sight.overrun(visit, self.desk.today())
            item.setData(DATA, [str(visit.id), when, state, visit.intention, over])
            item.setData(
                Qt.ItemDataRole.AccessibleDescriptionRole, f"{when} {state}" + (f" 超期 {over} 天" if over else "")
            )
        self.list.blockSignals(blocked)

    def _visit_at(self, row: int) -> Visit | None:
        item = self.list.item(row)
        return self.sight.visit(int(item.data(DATA)[0])) if item and self.sight else None

    def _go(self, row: int) -> None:
        half_typed = self._half_typed()
        visit = self._visit_at(row)
        if visit is not None:
            self._show(visit)
        self._store(*half_typed)

    def _next(self) -> None:
        """The next visit below that is not typed up, else the next one there is."""
        rows = [*range(self.list.currentRow() + 1, self.list.count()), *range(self.list.currentRow())]
        open_ = [row for row in rows if (visit := self._visit_at(row)) and visit.state != DONE]
        if open_:
            self.list.setCurrentRow(open_[0])
        elif self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)
        self.ui.said.setFocus()

    def _previous(self) -> None:
        self.list.setCurrentRow(max(0, self.list.currentRow() - 1))

    def _show(self, visit: Visit) -> None:
        assert self.sight is not None
        book, team = self.sight.book, self.sight.team(visit.team)
        investor = book.investors.get(visit.investor)
        parts = [
            f"{short_day(visit.day)} {write_hour(visit.start or 0)}" if visit.day else "",
            city(self.sight.place(visit)),
            self.sight.host(visit),
            team.name if team else "",
        ]
        self.form.put(
            About(
                visit,
                investor.name if investor else book.name_of(visit),
                "　".join(part for part in parts if part),
                investor,
                book.contacts.get(visit.investor, []),
                self.sight.usual_hosts(visit),
                team.members if team else (),
                book.members,
            )
        )
        self.ui.save.setText("保存，下一家" if visit.state != DONE else "保存修改，下一家")


def _first_open(visits: list[Visit]) -> int:
    return next((row for row, visit in enumerate(visits) if visit.state != DONE), 0)
