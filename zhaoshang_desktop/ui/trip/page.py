"""外出: the list of trips, and the trip that was opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.trip import TripWish, new_trip
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.ui.affair.page import AffairPage, Made
from zhaoshang_desktop.ui.trip.trip_list import TripList
from zhaoshang_desktop.ui.trip.trip_view import TripView

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

USUAL_DAYS = 5


class TripPage(AffairPage):
    """A new trip is a draft that the clerk goes on from."""

    LIST, VIEW = TripList, TripView
    LISTED = ("trip", "team", "visit", "member", "expert")

    def to_pack(self) -> dict[str, Any]:
        return {"trip": self.key}

    def new(self) -> None:
        """A draft for next week from where the last trip set out."""
        self.keep()
        start = _next_monday(self.desk.today())
        self.desk.run(_new_draft, start, start + timedelta(days=USUAL_DAYS - 1), on_done=self.made)


def _new_draft(office: Office, start: date, end: date) -> Made:
    latest = office.rows(Trip, office.first_ids(Query(Trip, order=("-id",)), 1))
    return Made(*new_trip(office, TripWish(purpose="", start=start, end=end, base=latest[0].base if latest else "")))


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
