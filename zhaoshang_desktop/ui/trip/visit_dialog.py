"""One visit of a trip: when, who goes, whom to see; what was moved here is pinned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidgetItem, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import move_visit
from zhaoshang_desktop.domain.day import read_hour, write_hour
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.meeting_times import Times, read_times, write_times
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.visit import PRIORITIES, Visit
from zhaoshang_desktop.ui.forms.trip_visit import Ui_TripVisit
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.tab_order import in_order
from zhaoshang_desktop.ui.trip.apart_box import ApartBox
from zhaoshang_desktop.ui.trip.minutes_box import MinutesBox
from zhaoshang_desktop.ui.trip.sight import Sight, short_day

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

KEY = int(Qt.ItemDataRole.UserRole)
MOST_ROWS, MOST_DAYS = 4, 4


@dataclass(frozen=True)
class Place:
    """Which team, which day, which minute."""

    team: int
    day: date
    start: int


@dataclass(frozen=True)
class VisitEdit:
    """What the clerk changed of a visit: its place on the days, and other fields."""

    visit: int
    version: int
    place: Place | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.place or self.fields)


def edit_visit(office: Office, wanted: VisitEdit) -> Changes:
    """Move it if its place changed, and set the other fields: one change."""
    if wanted.place is None:
        return edit_record(office, Visit, wanted.visit, wanted.fields, wanted.version)
    at = wanted.place
    return move_visit(office, wanted.visit, at.team, at.day, at.start, wanted.fields)


class VisitDialog(QDialog):
    """`wanted` carries the VisitEdit when 保存 was pressed and everything is understood."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, sight: Sight, visit: Visit, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_TripVisit()
        self.ui.setupUi(self)
        for label in self.findChildren(QLabel):
            if not label.property("role"):
                label.setProperty("role", "label")
        self.ui.lines.setAlignment(self.ui.contactsLabel, Qt.AlignmentFlag.AlignTop)
        self.ui.lines.setRowStretch(11, 1)
        self._visit = visit
        self._days = sight.days
        self.minutes = MinutesBox()
        _fill_place(self.ui.minutes, self.minutes)
        self.apart = ApartBox(self.ui.apart)
        _fill_place(self.ui.apart, self.apart)
        self.place = editor_for(field_of(Visit, "place"), desk, self.ui.place)
        _fill_place(self.ui.place, self.place)
        self._fill_choices(sight)
        self._fill(sight)
        self.ui.team.activated.connect(self._placed_by_hand)
        self.ui.day.activated.connect(self._placed_by_hand)
        self.ui.start.textEdited.connect(self._placed_by_hand)
        self.ui.windows.textEdited.connect(self._read_back)
        self.ui.save.clicked.connect(self._save)
        self.ui.cancel.clicked.connect(self.reject)
        self._order()
        self.ui.save.setDefault(True)
        self.ui.start.setFocus()
        self.ui.start.selectAll()

    def _order(self) -> None:
        """Tab goes down the window, row by row."""
        ui = self.ui
        placed = (
            ui.team,
            ui.only,
            ui.day,
            ui.start,
            self.minutes,
            ui.priority,
            ui.windows,
            self.apart,
            self.apart.arrow,
        )
        in_order(*placed, ui.must, ui.fixed, ui.pinned, ui.contacts, self.place, ui.address, ui.save, ui.cancel)

    def _fill_choices(self, sight: Sight) -> None:
        self.ui.team.addItem("未定", 0)
        for team in sight.book.teams:
            self.ui.team.addItem(" ".join([team.name, *sight.people(team)]), team.id)
        self.ui.day.addItem("未定", None)
        for day in self._days:
            name = sight.calendar.name(day) or ("" if sight.calendar.is_workday(day) else "休息日")
            self.ui.day.addItem(" · ".join(part for part in (short_day(day), name) if part), day)
        self.ui.priority.addItem("按客商等级", "")
        for priority in PRIORITIES:
            self.ui.priority.addItem(f"优先级{priority}", priority)
        for contact in sight.book.contacts.get(self._visit.investor, []):
            item = QListWidgetItem(f"{contact.name}　{contact.post}" + ("　决策人" if contact.decides else ""))
            item.setData(KEY, str(contact.id))
            chosen = contact.id in self._visit.contacts
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.ui.contacts.addItem(item)
        rows = min(self.ui.contacts.count(), MOST_ROWS)
        self.ui.contacts.setFixedHeight(rows * (self.fontMetrics().height() + 6) + 4)
        self.ui.contacts.setVisible(self.ui.contacts.count() > 0)
        self.ui.contactsLabel.setVisible(self.ui.contacts.count() > 0)

    def _fill(self, sight: Sight) -> None:
        visit, ui = self._visit, self.ui
        investor = sight.book.investors.get(visit.investor)
        ui.title.setText(investor.name if investor else sight.book.name_of(visit))
        ui.team.setCurrentIndex(max(0, ui.team.findData(visit.team or visit.only_team)))
        ui.day.setCurrentIndex(max(0, self._days.index(visit.day) + 1 if visit.day in self._days else 0))
        ui.start.setText("" if visit.start is None else write_hour(visit.start))
        self.minutes.put(90 if visit.minutes is None else visit.minutes)
        ui.priority.setCurrentIndex(max(0, ui.priority.findData(visit.priority)))
        ui.windows.setText(write_times(visit.windows))
        self._read_back()
        others = {one.id: sight.called(one) for one in sight.targets if one.id != visit.id}
        self.apart.put(others, visit.apart)
        ui.only.setChecked(bool(visit.only_team))
        ui.must.setChecked(bool(visit.must))
        ui.fixed.setChecked(bool(visit.fixed))
        ui.pinned.setChecked(bool(visit.pinned))
        ui.address.setText(visit.address)
        self.place.put(visit.place)

    def _placed_by_hand(self) -> None:
        """Whoever says when means it."""
        self.ui.pinned.setChecked(True)
        self.ui.startNote.setText("")

    def _read_back(self) -> None:
        """What the program takes the times for: the days of the trip they are about, or why it cannot read them."""
        words, wrong = "", False
        try:
            times = read_times(self.ui.windows.text())
            words = write_times(times) + _days_meant(times, self._days) if times else ""
        except NotUnderstood as reason:
            words, wrong = str(reason), True
        note = self.ui.windowsNote
        note.setText(words)
        note.setVisible(bool(words))
        note.setProperty("role", "wrong" if wrong else "secondary")
        note.style().polish(note)

    def _refused(self) -> bool:
        """Whether something typed cannot be meant; it is said beside it."""
        self.ui.minutesNote.setText(self.minutes.wrong)
        if self.minutes.wrong:
            self.minutes.setFocus()
            return True
        try:
            read_times(self.ui.windows.text())
        except NotUnderstood:
            self.ui.windows.setFocus()
            return True
        if self.apart.wrong:
            self.ui.windowsNote.setText(self.apart.wrong)
            self.ui.windowsNote.setVisible(True)
            self.apart.line.setFocus()
            return True
        return False

    def _save(self) -> None:
        text = self.ui.start.text().strip()
        try:
            start = read_hour(text) if text else None
        except NotUnderstood as error:
            self.ui.startNote.setText(str(error))
            self.ui.start.setFocus()
            return
        if self._refused():
            return
        team, day = self.ui.team.currentData() or 0, self.ui.day.currentData()
        if self.ui.fixed.isChecked() and (day is None or start is None):
            self.ui.startNote.setText("约定要有日期和时间")
            return
        self.wanted.emit(self._edit(team, day, start))
        self.accept()

    def _edit(self, team: int, day: date | None, start: int | None) -> VisitEdit:
        visit, ui = self._visit, self.ui
        moved = (team, day, start) != (visit.team, visit.day, visit.start)
        place = Place(team, day, start) if moved and team and day and start is not None else None
        asked: dict[str, Any] = {
            "minutes": self.minutes.minutes,
            "priority": ui.priority.currentData(),
            "windows": read_times(ui.windows.text()),
            "apart": self.apart.take(),
            "only_team": team if ui.only.isChecked() else 0,
            "must": ui.must.isChecked() or None,
            "fixed": ui.fixed.isChecked() or None,
            "contacts": self._contacts(),
            "address": ui.address.text().strip(),
        }
        if self.place.touched:
            asked["place"] = self.place.take()[0]
        if place is None:
            asked |= {"day": day, "start": start, "pinned": (ui.pinned.isChecked() and team > 0) or None}
        elif not ui.pinned.isChecked():
            asked["pinned"] = None
        changed = {name: value for name, value in asked.items() if (getattr(visit, name) or None) != (value or None)}
        if place is not None:
            changed |= {name: asked[name] for name in ("fixed", "pinned") if name in asked}
        return VisitEdit(visit.id, visit.version, place, changed)

    def _contacts(self) -> tuple[int, ...]:
        items = [self.ui.contacts.item(row) for row in range(self.ui.contacts.count())]
        return tuple(int(item.data(KEY)) for item in items if item.checkState() == Qt.CheckState.Checked)


def _days_meant(times: Times, days: list[date]) -> str:
    """Which days of the trip they are about."""
    meant = [short_day(day) for day in days if any(span.is_on(day) for span in times)]
    return (
        f"　即 {'、'.join(meant[:MOST_DAYS])}{' 等' if len(meant) > MOST_DAYS else ''}"
        if meant
        else "　不在这次外出的日子里"
    )


def _fill_place(place: QWidget, widget: QWidget) -> None:
    """Put a widget where the form keeps room for it."""
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
