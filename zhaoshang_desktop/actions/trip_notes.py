"""What a plan has to say besides its days: clocks abroad, guesses, people in two places, hosts without a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.plan_words import hours
from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.region import country_of
from zhaoshang_desktop.domain.time_zone import ahead
from zhaoshang_desktop.domain.trip import GIVEN_UP, Team, Trip
from zhaoshang_desktop.planning.crew import unusual_size

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

MOST_NAMES = 6
Days = tuple[date, date]


def notes_of(office: Office, book: TripBook, calendar: Calendar) -> tuple[str, ...]:
    """Sentences for the clerk, the most urgent first; none when there is nothing to say."""
    start, end = book.trip.start, book.trip.end
    if start is None or end is None or end < start:
        return ()
    found = [*_gone(book), *_in_two_places(office, book, (start, end)), *_lengths(book), *_clocks(book)]
    found += [*_without_phone(book), *_sizes(book)]
    caution = calendar.caution(start, end)
    return tuple(filter(None, (*found, caution)))


def _gone(book: TripBook) -> Iterator[str]:
    """Who lies in the recycle bin and is still in a team, or still to be seen."""
    for team in book.teams:
        members = [book.members[key] for key in team.members if key in book.members]
        experts = [book.experts[key] for key in team.experts if key in book.experts]
        names = [one.name for one in members if one.removed] + [one.name for one in experts if one.removed]
        if names:
            yield f"{team.name}的{'、'.join(names)}在回收站里，请换人或先恢复。"
    hosts = [book.investors[visit.investor] for visit in book.wished if visit.investor in book.investors]
    names = list(dict.fromkeys(one.short_name or one.name for one in hosts if one.removed))
    if names:
        more = f"等 {len(names)} 家" if len(names) > MOST_NAMES else ""
        yield f"{'、'.join(names[:MOST_NAMES])}{more}在回收站里，请取消这次拜访或先恢复。"


def _in_two_places(office: Office, book: TripBook, days: Days) -> Iterator[str]:
    """Our people who are on another trip on some of these days."""
    overlapping = (Where("start", "<=", days[1]), Where("end", ">=", days[0]), Where("state", "!=", GIVEN_UP))
    others = {one.id: one for one in office.find(Query(Trip, where=overlapping)) if one.id != book.trip.id}
    if not others:
        return
    theirs = office.find(Query(Team, where=(Where("trip", "in", tuple(sorted(others))),), order=("id",)))
    people = {key: one.name for key, one in book.members.items()} | {key: e.name for key, e in book.experts.items()}
    for team in book.teams:
        for other in theirs:
            both = [key for key in (*team.members, *team.experts) if key in (*other.members, *other.experts)]
            shared = _shared(_away(team, days), _away(other, _days(others[other.trip])))
            if both and shared:
                names = "、".join(people.get(key, "（已删除）") for key in both)
                yield f"{names} {_span(shared)}还在另一次外出“{others[other.trip].name}”里，请换人或错开日子。"


def _days(trip: Trip) -> Days:
    return trip.start or date.min, trip.end or date.max


def _away(team: Team, days: Days) -> Days:
    return max(days[0], team.first_day or days[0]), min(days[1], team.last_day or days[1])


def _shared(one: Days, other: Days) -> Days | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def _span(days: Days) -> str:
    return f"{days[0]:%m-%d}" if days[0] == days[1] else f"{days[0]:%m-%d} 至 {days[1]:%m-%d}"


def _lengths(book: TripBook) -> Iterator[str]:
    """Talks of no minutes."""
    for visit in book.wished:
        if visit.minutes == 0:
            yield f"{book.name_of(visit)}的时长是 0 分钟，请改成实际要谈多久。"


def _clocks(book: TripBook) -> Iterator[str]:
    """What the clocks abroad mean for the plan, and that the way there is a guess."""
    countries = dict.fromkeys(country_of(visit.place) for visit in book.wished)
    for place in filter(None, countries):
        minutes = ahead(f"X:{place}")
        if minutes is None:
            yield f"不知道{place}的时差，按没有时差排。"
        elif minutes:
            sooner = "早" if minutes > 0 else "晚"
            said = f"{place}（按首都的标准时间，不算夏令时）比国内{sooner} {hours(abs(minutes))}"
            yield f"{said}：日程里都是当地时间，去的路上加、回的路上减这个时差。"
    if any(countries):
        guess = f"出境一程没有订票时按 {hours(book.travel.border)}估算，订好后请在“路程与车票”里改。"
        yield guess


def _sizes(book: TripBook) -> Iterator[str]:
    """Teams that are too small or too large for a 小分队."""
    for team in book.teams:
        people = len(team.members) + len(team.experts)
        if people and (words := unusual_size(people)):
            yield f"{team.name}{words}。"


def _without_phone(book: TripBook) -> Iterator[str]:
    """Whom nobody can call on the way."""
    lacking = [
        book.name_of(visit)
        for visit in book.wished
        if not any(one.mobile or one.phone for one in book.contacts.get(visit.investor, []))
    ]
    if lacking:
        more = f"等 {len(lacking)} 家" if len(lacking) > MOST_NAMES else ""
        yield f"没有联系电话：{'、'.join(lacking[:MOST_NAMES])}{more}，出发前请补上。"
