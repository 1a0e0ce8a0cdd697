"""What the planner proposes for a visit that it left out; granted with the plan that follows, as one change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.visit import CALLED_OFF, PLACED, Visit
from zhaoshang_desktop.planning.plan import LetIn, Remedy

Change = Callable[[TripBook], list[Record]]
"""Changes the records of a trip in hand, and gives back those that are to be stored."""


def granting(visit: int, remedy: LetIn) -> Change:
    """The planner's own proposal for that visit."""

    def change(book: TripBook) -> list[Record]:
        own = _visit(book, visit)
        if remedy.remedy is Remedy.SHORTEN:
            own.minutes = remedy.minutes
        elif remedy.remedy is Remedy.GIVE_WAY:
            other = _visit(book, remedy.stop or 0)
            other.state = CALLED_OFF
            return [other]
        elif remedy.remedy is Remedy.TOGETHER:
            return _together(own, _visit(book, remedy.stop or 0))
        elif remedy.remedy is Remedy.ANY_TIME:
            own.windows = ()
        elif remedy.remedy is Remedy.ANOTHER_DAY:
            book.trip.end = (book.trip.end or date.min) + timedelta(days=1)
            return [book.trip]
        else:
            _settle(book, own, remedy)
        return [own]

    return change


def _together(own: Visit, other: Visit) -> list[Record]:
    """Neither wants to be on another day than the other any more."""
    own.apart = tuple(key for key in own.apart if key != other.id)
    other.apart = tuple(key for key in other.apart if key != own.id)
    return [own, other]


def unpinning(visit: int) -> Change:
    """The planner may move that visit again."""

    def change(book: TripBook) -> list[Record]:
        own = _visit(book, visit)
        own.pinned = None
        return [own]

    return change


def _settle(book: TripBook, own: Visit, remedy: LetIn) -> None:
    """Another time or another team: pinned there, like a visit that was dragged."""
    day = (book.trip.start or date.min) + timedelta(days=remedy.day or 0)
    if own.fixed and (own.day, own.start) != (day, remedy.start):
        own.fixed = None
    if remedy.remedy is Remedy.OTHER_TEAM:
        own.only_team = 0
    if remedy.remedy is Remedy.OTHER_TIME:
        own.windows = ()  # another time than they named is what they would agree to
    own.team, own.day, own.start = remedy.team or 0, day, remedy.start or 0
    own.state, own.pinned, own.left_out = PLACED, True, ""


def _visit(book: TripBook, key: int) -> Visit:
    for visit in book.visits:
        if visit.id == key:
            return visit
    raise KnownError("这次拜访已经不在这次外出里了。", "请刷新后再试。")
