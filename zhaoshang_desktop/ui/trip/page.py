"""外出: the list of trips, and the trip that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.actions.trip import TripWish, new_trip
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.trip.trip_list import TripList
from zhaoshang_desktop.ui.trip.trip_view import TripView

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

USUAL_DAYS = 5


class TripPage(Page):
    """A new trip is a draft from its first moment; leaving it loses nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = TripList(desk, self)
        self._view: TripView | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self.list.opened.connect(self.open_trip)
        self.list.called.connect(self._call)
        self.list.told.connect(self._tell)

    @property
    def view(self) -> TripView:
        """One trip; made when first needed."""
        if self._view is None:
            self._view = TripView(self.desk, self)
            self._view.closed.connect(self._show_list)
            self._view.told.connect(self._tell)
            self._stack.addWidget(self._view)
        return self._view

    @property
    def in_trip(self) -> bool:
        """Whether a trip fills the page."""
        return self._view is not None and self._stack.currentWidget() is self._view

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        if not self.desk.is_open:
            return {}
        if self.in_trip:
            return {**self.view.handlers(), "trip.new": self.new}
        return {
            "trip.new": self.new,
            "record.new": self.new,
            "record.open": self._open_current,
            "record.remove": self._remove,
            "find": self._find,
            "reload": self.list.ask,
        }

    def office_opened(self) -> None:
        if self._view is not None:
            self._view.key = 0
        self._stack.setCurrentWidget(self.list)
        self.list.ask()

    def office_resumed(self) -> None:
        self.list.ask()
        if self.in_trip:
            self.view.refresh()

    def refresh(self, changes: Changes) -> None:
        if not self.desk.is_open:
            return
        if changes.touches("trip", "team", "visit", "member"):
            self.list.ask()
        if self._view is not None and self._view.touched_by(changes):
            if self._view.key in changes.of("trip"):
                self.desk.ask((self, "gone"), _still_there(self._view.key), self._check_gone)
            else:
                self._view.refresh()

    def to_pack(self) -> dict[str, Any]:
        return {"trip": self.view.key if self.in_trip else self.list.current_key}

    def status(self) -> str:
        return self.view.status() if self.in_trip else self.list.status()

    def leave(self) -> bool:
        if self._view is not None:
            self._view.rest()
        return True

    def back(self) -> bool:
        return self.view.back() if self.in_trip else self.list.clear()

    def show_record(self, key: int) -> None:
        self.open_trip(key)

    def open_trip(self, key: int, step: str = "") -> None:
        """That trip, at a step or where the work goes on."""
        self._stack.setCurrentWidget(self.view)
        self.view.show_trip(key, step)
        self._tell()

    def new(self) -> None:
        """A draft for next week from where the last trip set out; the clerk goes on from there."""
        if self._view is not None:
            self._view.keep()
        start = _next_monday(self.desk.today())
        self.desk.run(_new_draft, start, start + timedelta(days=USUAL_DAYS - 1), on_done=self._made)

    def _made(self, made: Made) -> None:
        self.desk.say("已新建外出草稿，填的每一项都会自动保存。", made.changes.batch)
        self.open_trip(made.key, "purpose")

    def _show_list(self) -> None:
        if self._view is not None:
            self.list.go_to(self._view.key)
        self._stack.setCurrentWidget(self.list)
        self.list.table.setFocus()
        self._tell()

    def _check_gone(self, there: bool) -> None:
        if there:
            self.view.refresh()
        else:
            self.view.key = 0
            self._show_list()

    def _open_current(self) -> None:
        if self.list.current_key:
            self.open_trip(self.list.current_key)

    def _remove(self) -> None:
        keys = self.list.selected()
        if keys:
            self.desk.run(remove_records, Trip, keys, on_done=self._removed)

    def _removed(self, changes: Changes) -> None:
        self.desk.say(f"已移到回收站：{len(changes.of('trip'))} 次外出。", changes.batch)

    def _find(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _call(self, name: str) -> None:
        handler = self.handlers().get(name)
        if handler is not None:
            handler()

    def _tell(self) -> None:
        self.status_changed.emit(self.status())


@dataclass(frozen=True)
class Made:
    """A new trip."""

    key: int
    changes: Changes


def _new_draft(office: Office, start: date, end: date) -> Made:
    latest = office.rows(Trip, office.first_ids(Query(Trip, order=("-id",)), 1))
    return Made(*new_trip(office, TripWish(purpose="", start=start, end=end, base=latest[0].base if latest else "")))


def _still_there(key: int) -> Callable[[Office], bool]:
    """The question whether a trip is neither gone nor in the recycle bin."""

    def question(office: Office) -> bool:
        found = office.rows(Trip, [key])
        return bool(found) and found[0].removed is None

    return question


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
