"""One talk of a reception, typed up in the form that the visits of a trip are typed up in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import Reception, ReceptionPerson
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.trip.log_form import About, LogForm, log_it
from zhaoshang_desktop.ui.trip.sight import DONE, short_day

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SEEN = ("visit", "contact", "investor")


class TalkDialog(QDialog):
    """Ctrl+Enter stores it as held and closes; what is half typed when the window closes is kept as a draft."""

    def __init__(self, desk: Desk, visit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("洽谈记录")
        self.resize(780, min(620, self.screen().availableSize().height() - 60))
        self._desk, self._visit = desk, visit
        self.form = LogForm(desk, self)
        self.form.ui.trip_files.hide()
        self.form.ui.save.setText("保存")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.saved.connect(self.save)
        desk.changed.connect(self._hear)
        self._ask()

    def save(self) -> None:
        """Store what came of the talk, and close; what is refused comes back as it was typed."""
        taken = self.form.understood() if self.form.visit is not None else None
        if taken is not None:
            self.form.touched = False
            self.hide()
            told = {**taken, "state": DONE}
            self._desk.run(log_it, Visit, self._visit, told, on_done=self._stored, on_error=self._refused)

    def _stored(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self._desk.complained.emit(error)
        self.form.touched = True
        self.open()

    def reject(self) -> None:
        self._keep()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        super().closeEvent(event)

    def _keep(self) -> None:
        visit = self.form.visit
        if self.form.touched and visit is not None:
            self.form.touched = False
            taken, raw = self.form.take()
            self._desk.run(edit_record, Visit, visit.id, {**taken, "raw": raw} if raw else taken, visit.version)

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*SEEN) and not self.form.touched:
            self._ask()

    def _ask(self) -> None:
        if self._desk.is_open:
            self._desk.ask(("talk", self._visit), _about(self._visit), self._show)

    def _show(self, about: About | None) -> None:
        if about is not None and not self.form.touched:
            first = self.form.about is None
            self.form.put(about)
            if first:
                self.form.ui.said.setFocus()


def _about(key: int) -> Callable[[Office], About | None]:
    """The question for a talk and what is known around it: those of the guests who are in the library were there,
    and ours who see to the reception."""

    def question(office: Office) -> About | None:
        found = office.rows(Visit, [key])
        if not found:
            return None
        visit = found[0]
        reception = next(iter(office.rows(Reception, [visit.reception])), None)
        investor = next(iter(office.rows(Investor, [visit.investor])), None)
        contacts = office.find(Query(Contact, where=(Where("investor", "=", visit.investor),), order=("id",)))
        ours = reception.members if reception is not None else ()
        people = {one.id: one for one in office.rows(Member, [*visit.members, *ours])}
        when = f"{short_day(visit.day)} {write_hour(visit.start)}" if visit.day and visit.start is not None else ""
        second = "　".join(filter(None, [when or (short_day(visit.day) if visit.day else ""), _name(reception)]))
        guests = _guests(office, visit.reception, contacts)
        return About(visit, investor.name if investor else "", second, investor, contacts, guests, ours, people)

    return question


def _name(reception: Reception | None) -> str:
    return reception.name if reception is not None else ""


def _guests(office: Office, reception: int, contacts: list[Contact]) -> tuple[int, ...]:
    """Who of the firm's people is on the reception's list."""
    rows = office.columns(ReceptionPerson, "contact", where=(Where("reception", "=", reception),))
    listed = {contact for _, contact in rows}
    return tuple(one.id for one in contacts if one.id in listed)
