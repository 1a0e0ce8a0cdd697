"""Tickets that were bought, held against the days as they stand: what is missed, and what is no longer needed."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.actions.plan_words import ClashSentence, hours
from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.day import WEEKDAYS, write_hour
from zhaoshang_desktop.domain.region import is_within, place_name
from zhaoshang_desktop.domain.trip import Leg
from zhaoshang_desktop.domain.visit import CALLED_OFF, USUAL_MINUTES, Visit
from zhaoshang_desktop.planning.travel import AIR, RAIL


def ticket_clashes(book: TripBook) -> tuple[ClashSentence, ...]:
    """Departures that a meeting makes impossible, arrivals too late for the next, journeys nobody makes any more."""
    return tuple(sentence for leg in book.legs if _is_ticket(leg) for sentence in _of(book, leg))


def _is_ticket(leg: Leg) -> bool:
    return bool(leg.ticket and leg.day and leg.start is not None) and leg.mode in (RAIL, AIR)


def _of(book: TripBook, leg: Leg) -> Iterator[ClashSentence]:
    if _is_off_the_days(book, leg):
        yield ClashSentence((), f"{_said(leg)}：不在这次外出的日子里，请改签或退票，或改日期")
        return
    own = sorted((visit for visit in book.visits if _is_there(visit, leg)), key=lambda visit: visit.start or 0)
    before, after = book.travel.around(leg.mode)
    start, end = leg.start or 0, leg.end or leg.start or 0
    for visit in own:
        begins, ends = visit.start or 0, (visit.start or 0) + (visit.minutes or USUAL_MINUTES)
        if begins < start and ends + before > start:
            gap = f"从{book.name_of(visit)}出来只有 {hours(max(0, start - ends))}，到车站上车要 {hours(before)}"
            yield ClashSentence((visit.id,), f"{_said(leg)} {write_hour(start)} 开：{gap}")
        elif begins >= start and begins < end + after:
            gap = f"到{book.name_of(visit)}只有 {hours(max(0, begins - end))}，下车过去要 {hours(after)}"
            yield ClashSentence((visit.id,), f"{_said(leg)} {write_hour(end)} 到：{gap}")
    if not _is_used(book, leg):
        way = f"{place_name(leg.origin)}→{place_name(leg.destination)}"
        yield ClashSentence((), f"{_said(leg)} {way}：现在的日程用不上这张票，请改签或退票，或改日程")


def _is_off_the_days(book: TripBook, leg: Leg) -> bool:
    first, last = book.trip.start, book.trip.end
    return leg.day is not None and first is not None and last is not None and not first <= leg.day <= last


def _is_there(visit: Visit, leg: Leg) -> bool:
    return visit.state != CALLED_OFF and visit.team == leg.team and visit.day == leg.day and visit.start is not None


def _is_used(book: TripBook, leg: Leg) -> bool:
    """Whether the team is at both ends as the days stand: there is a meeting, or its home, at where it goes to."""
    team = next((team for team in book.teams if team.id == leg.team), None)
    if team is None:
        return False
    homes = [place for place in (book.trip.base, team.origin, team.goal) if place]
    met = [visit.place for visit in book.visits if visit.team == leg.team and visit.day and visit.state != CALLED_OFF]
    return any(is_within(place, leg.destination) or is_within(leg.destination, place) for place in (*homes, *met))


def _said(leg: Leg) -> str:
    day = f"周{WEEKDAYS[leg.day.weekday()]} {leg.day:%m-%d} " if leg.day else ""
    return f"{day}{leg.ticket}"
