"""What the steps of a trip look at: the trip with everything that is known of it at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip import check_book
from zhaoshang_desktop.actions.trip_book import TripBook, calendar_of, load_trip
from zhaoshang_desktop.actions.trip_notes import notes_of
from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.day import WEEKDAYS
from zhaoshang_desktop.domain.firm_name import spoken_name
from zhaoshang_desktop.domain.follow_rule import Clock, FollowRule, clock_of
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.region import place_name, point_of
from zhaoshang_desktop.domain.todo import is_open, overrun
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD
from zhaoshang_desktop.planning.budget import stays
from zhaoshang_desktop.planning.lodging import limit_for

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.plan_words import ClashSentence
    from zhaoshang_desktop.domain.investor import Investor
    from zhaoshang_desktop.domain.trip import Team, Trip
    from zhaoshang_desktop.domain.visit import Visit
    from zhaoshang_desktop.store.office import Office

OFF_THE_LIST = CALLED_OFF
DONE = HELD
_LOWEST_RANK = "三类"
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True)
class Night:
    """Where a team sleeps, or on the way where to (`underway`), and the most a bed may cost there."""

    place: str
    limit: Money | None = None
    underway: bool = False


@dataclass(frozen=True)
class Sight:
    """`nights` by team and day; `clashes` what cannot be kept as the days stand now, `notes` what else to say."""

    book: TripBook
    calendar: Calendar
    clashes: tuple[ClashSentence, ...] = ()
    nights: Mapping[tuple[int, date], Night] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    follow: Clock = field(default_factory=lambda: clock_of(()))

    @property
    def key(self) -> int:
        return self.book.trip.id

    @property
    def record(self) -> Trip:
        return self.book.trip

    @property
    def days(self) -> list[date]:
        """The days of the trip; none while its dates make no sense."""
        start, end = self.book.trip.start, self.book.trip.end
        if start is None or end is None or not self.book.has_days:
            return []
        return [date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1)]

    @property
    def targets(self) -> list[Visit]:
        """The visits that are still wanted, or were held."""
        return [visit for visit in self.book.visits if visit.state != OFF_THE_LIST]

    @property
    def placed(self) -> list[Visit]:
        """Those that have a day, an hour and a team."""
        return [visit for visit in self.targets if visit.day and visit.start is not None and visit.team]

    def visit(self, key: int) -> Visit | None:
        return next((visit for visit in self.book.visits if visit.id == key), None)

    def team(self, key: int) -> Team | None:
        return next((team for team in self.book.teams if team.id == key), None)

    def people(self, team: Team) -> list[str]:
        """The names of those who travel in a team."""
        members = [self.book.members[key].name for key in team.members if key in self.book.members]
        return members + [self.book.experts[key].name for key in team.experts if key in self.book.experts]

    def host(self, visit: Visit) -> str:
        """Whom to ask for: the contact named, else who decides, else the first; "" without one."""
        contacts = self.book.contacts.get(visit.investor, [])
        named = [contact for contact in contacts if contact.id in visit.contacts]
        found = named or sorted(contacts, key=lambda contact: not contact.decides)
        return f"{found[0].name}{found[0].post}" if found else ""

    def overrun(self, visit: Visit, today: date) -> int:
        """By how many days the next step is past its day, or the office's limit for following it up is exceeded."""
        if visit.state == DONE and is_open(visit) and visit.next_due is not None:
            return max(0, (today - visit.next_due).days)
        investor = self.book.investors.get(visit.investor)
        last = investor.last_contact if investor else None
        return overrun(visit, {visit.investor: last} if last else {}, self.follow, today) if visit.state == DONE else 0

    def usual_hosts(self, visit: Visit) -> tuple[int, ...]:
        """Who is most likely to be there, as long as nobody has said who: the one to ask for."""
        contacts = sorted(self.book.contacts.get(visit.investor, []), key=lambda contact: not contact.decides)
        return tuple(contact.id for contact in contacts[:1])

    def called(self, visit: Visit) -> str:
        """The host in as few characters as say who it is."""
        investor = self.book.investors.get(visit.investor)
        return short_name(investor) if investor else self.book.name_of(visit)

    def place(self, visit: Visit) -> str:
        """The code of where a visit is: its own place, else its investor's."""
        investor = self.book.investors.get(visit.investor)
        return visit.place or (investor.place if investor else "")

    def point(self, visit: Visit) -> tuple[float, float] | None:
        """Longitude and latitude of a visit as nearly as known."""
        investor = self.book.investors.get(visit.investor)
        own = investor.point if investor and not visit.place else None
        place = self.place(visit)
        return own or (point_of(place) if place else None)


def sight(key: int) -> Callable[[Office], Sight]:
    """The question for everything about a trip."""

    def question(office: Office) -> Sight:
        return sight_of(office, load_trip(office, key))

    return question


def sight_of(office: Office, book: TripBook) -> Sight:
    """Everything about a trip that has been read, or that is only thought of."""
    calendar = calendar_of(office)
    notes = notes_of(office, book, calendar)
    clock = clock_of(office.find(Query(FollowRule, order=("id",))))
    seen = Sight(book, calendar, notes=notes, follow=clock)
    if not seen.placed or not seen.days:
        return seen
    limits = office.find(Query(LodgingLimit))
    return Sight(book, calendar, check_book(book, calendar), nights_of(book, limits), notes, clock)


def nights_of(book: TripBook, limits: Sequence[LodgingLimit] = ()) -> dict[tuple[int, date], Night]:
    """Where each team sleeps, with the limit of these that holds there."""
    found = {}
    for team in book.teams:
        ranks = [book.members[key].rank for key in team.members if key in book.members]
        for stay in stays(book.trip, [leg for leg in book.legs if leg.team == team.id], team):
            if stay.night:
                limit = limit_for(limits, stay.night, ranks[0] if ranks else _LOWEST_RANK, stay.day)
                found[team.id, stay.day] = Night(stay.night, limit.amount if limit else None, stay.underway)
    return found


def weekday(day: date) -> str:
    """周一"""
    return f"周{WEEKDAYS[day.weekday()]}"


def short_day(day: date) -> str:
    """周一 12-07"""
    return f"{weekday(day)} {day:%m-%d}"


def city(code: str) -> str:
    """A place as people on the way say it: 无锡 for all that lies in it; 上海 stays 上海."""
    if not code:
        return ""
    names = place_name(code).split()
    return names[0] if code[:2] in _MUNICIPALITIES or len(names) < 2 else names[1]


def way(origin: str, destination: str) -> str:
    """From city to city; inside one city from district to district."""
    ends = [city(origin), city(destination)]
    if ends[0] == ends[1]:
        districts = [place_name(code).split()[-1] for code in (origin, destination) if code]
        if len(set(districts)) < 2:
            return f"{ends[0]}市内"
        ends = districts
    return " → ".join(end or "？" for end in ends)


def short_name(investor: Investor) -> str:
    """The name it goes by, else its name without region and legal form."""
    return spoken_name(investor.name, investor.short_name, investor.place)


def yuan(amount: Money) -> str:
    """9,860 or 345.50, in 元; foreign money keeps its name."""
    if amount.currency != "CNY":
        return write_money(amount)
    return f"{amount.yuan:,.2f}".removesuffix(".00")
