"""Ways as somebody knows them: minutes from door to door typed into the matrix, and tickets that were bought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.trip_book import calendar_of, hold_trip, own_of
from zhaoshang_desktop.actions.trip_draft import lay_out_again
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import Leg, Road

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office

LONGEST = 24 * 60


def set_road(office: Office, trip: int, origin: str, destination: str, mode: str, minutes: int | None) -> Changes:
    """What the way takes from now on, None for the estimate again; the days as they stand are laid out anew."""
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise KnownError("路上用时应在 1 分钟到 24 小时之间。", "更远的路请分成两段。")
    way = f"{place_name(origin)}→{place_name(destination)}"
    with office.transaction(f"路上用时：{way}") as tx:
        book = hold_trip(tx, trip)
        known = next((one for one in book.roads if _key(one) == (origin, destination, mode)), None)
        if minutes is None:
            book.roads = [one for one in book.roads if one is not known]
            tx.erase(Road, [known.id] if known else [])
        else:
            road = known or Road(trip=trip, origin=origin, destination=destination, mode=mode)
            road.minutes = minutes
            tx.save(road)
            book.roads = [*(one for one in book.roads if one is not known), road]
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def set_ticket(office: Office, leg: int, fields: Mapping[str, Any]) -> Changes:
    """What was bought for one way; it is no estimate any more, and stays when the rest is planned anew."""
    known = office.get(Leg, leg)
    bought = replace(known, **fields)
    if bought.start is not None and bought.end is not None and bought.end < bought.start:
        raise KnownError("到达早于出发。", "请检查时间；跨夜的班次请填到半夜前的部分。")
    with office.transaction(f"车票：{bought.ticket or place_name(bought.destination)}") as tx:
        book = hold_trip(tx, known.trip)
        own = own_of(book.legs, leg)
        for name, value in fields.items():
            setattr(own, name, value)
        own.estimated = False
        tx.save(own)
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def give_back_ticket(office: Office, leg: int) -> Changes:
    """The way is estimated again."""
    known = office.get(Leg, leg)
    with office.transaction(f"不用这张票：{known.ticket or place_name(known.destination)}") as tx:
        book = hold_trip(tx, known.trip)
        book.legs = [one for one in book.legs if one.id != leg]
        tx.erase(Leg, [leg])
        lay_out_again(tx, book, calendar_of(office))
    return tx.changes


def _key(road: Road) -> tuple[str, str, str]:
    return road.origin, road.destination, road.mode
