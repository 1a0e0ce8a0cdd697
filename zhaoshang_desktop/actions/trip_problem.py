"""A trip as the planner sees it, and the planner's answer as the office keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.plan_words import Words
from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain import region
from zhaoshang_desktop.domain.trip import Leg
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning import travel
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Pin, Place, Problem, Slot, Stop, Team, days_between

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.calendar import Calendar

USUAL_MINUTES = 90
PRIZES = {"A": 30, "B": 20, "C": 10}
MUST_PRIZE = 50


@dataclass
class Asked:
    """The problem, with the code of each of its places."""

    problem: Problem
    codes: list[str] = field(default_factory=list)

    def placed(self, book: TripBook) -> dict[int, Pin]:
        """Where the trip's visits stand now."""
        days = {day: number for number, day in enumerate(self.problem.days)}
        return {
            visit.id: Pin(days[visit.day], visit.start, visit.team)
            for visit in book.wished
            if visit.day in days and visit.start is not None and visit.team
        }


def ask(book: TripBook, calendar: Calendar) -> Asked:
    """The problem of a trip: its open visits, its teams, and the ways between their places."""
    trip = book.trip
    days = days_between(trip.start, trip.end) if trip.start and trip.end else ()
    places = [Place(region.place_name(trip.base) if trip.base else "", region.point_of(trip.base), trip.base)]
    codes = [trip.base]
    stops = []
    for visit in book.wished:
        places.append(_place(book, visit, places[0]))
        codes.append(places[-1].city)
        stops.append(_stop(book, visit, len(places) - 1, days))
    points = [place.point or places[0].point for place in places]
    modes = {team.mode for team in book.teams}
    problem = Problem(
        days=days,
        workdays=frozenset(day for day in days if calendar.is_workday(day)),
        places=tuple(places),
        travel={mode: travel.minutes_table(points, mode) for mode in modes},
        teams=tuple(Team(team.id, start=0, end=0, mode=team.mode) for team in book.teams),
        stops=tuple(stops),
    )
    return Asked(problem, codes)


def _place(book: TripBook, visit: Visit, base: Place) -> Place:
    """Where a visit is: its own place, else the investor's; without any it counts as being at the base."""
    investor = book.investors.get(visit.investor)
    code = visit.place or (investor.place if investor else "")
    own_point = investor.point if investor and not visit.place else None
    return Place(book.name_of(visit), own_point or (region.point_of(code) if code else None) or base.point, code)


def _stop(book: TripBook, visit: Visit, place: int, days: tuple[object, ...]) -> Stop:
    investor = book.investors.get(visit.investor)
    day = days.index(visit.day) if visit.day in days else -1
    settled = visit.start is not None and visit.day is not None
    return Stop(
        id=visit.id,
        place=place,
        minutes=visit.minutes if visit.minutes is not None else USUAL_MINUTES,
        prize=MUST_PRIZE if visit.must else PRIZES.get(investor.level if investor else "", PRIZES["C"]),
        must=bool(visit.must),
        appointment=Slot(day, visit.start or 0) if visit.fixed and settled else None,
        team=visit.only_team or None,
        pin=Pin(day, visit.start or 0, visit.team) if visit.pinned and settled and visit.team else None,
    )


def words_of(book: TripBook, problem: Problem) -> Words:
    """Names for sentences about this trip."""
    return Words(problem, {v.id: book.name_of(v) for v in book.visits}, {team.id: team.name for team in book.teams})


def legs_of(book: TripBook, asked: Asked, plan: Plan) -> list[Leg]:
    """The ways of a plan as legs; one that had a ticket typed in keeps it, with its hours and cost."""
    modes = {team.id: team.mode for team in book.teams}
    typed = {_leg_key(leg): leg for leg in book.legs if not leg.estimated}
    found = []
    for route in plan.routes:
        for ride in route.rides:
            origin, destination = asked.problem.places[ride.origin], asked.problem.places[ride.destination]
            leg = Leg(
                trip=book.trip.id,
                team=route.team,
                day=asked.problem.days[route.day],
                start=ride.depart,
                end=ride.arrive,
                origin=asked.codes[ride.origin],
                destination=asked.codes[ride.destination],
                mode=modes[route.team],
                distance=travel.kilometres(origin.point, destination.point, modes[route.team]),
            )
            kept = typed.get(_leg_key(leg))
            found.append(kept or leg)
    return found


def _leg_key(leg: Leg) -> tuple[object, ...]:
    return (leg.team, leg.day, leg.origin, leg.destination)
