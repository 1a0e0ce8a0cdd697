"""A trip as the planner sees it, and the planner's answer as the office keeps it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.plan_words import Words
from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.meeting_times import write_times
from zhaoshang_desktop.domain.trip import Leg
from zhaoshang_desktop.domain.visit import CALLED_OFF, Visit
from zhaoshang_desktop.planning import asked
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Pin, Problem, days_between
from zhaoshang_desktop.planning.travel import estimate

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.calendar import Calendar


def ask(book: TripBook, calendar: Calendar) -> Problem:
    """The problem of a trip: its visits that are not called off, its teams, the ways between their places."""
    trip = book.trip
    days = days_between(trip.start, trip.end) if trip.start and trip.end else ()
    office = asked.Office(frozenset(day for day in days if calendar.is_workday(day)), rules=book.travel)
    targets = [_target(book, visit) for visit in book.visits]
    return asked.problem_of(trip, book.teams, targets, office, book.legs, book.roads)


def _target(book: TripBook, visit: Visit) -> asked.Target:
    investor = book.investors.get(visit.investor)
    prize = book.travel.prize_of(visit.priority, investor.level if investor else "", bool(visit.must))
    point = investor.point if investor and visit.place == investor.place else None
    return asked.Target(visit, prize, point, book.name_of(visit))


def placed(book: TripBook, problem: Problem) -> dict[int, Pin]:
    """Where the trip's visits stand now."""
    days = {day: number for number, day in enumerate(problem.days)}
    return {
        visit.id: Pin(days[visit.day], visit.start, visit.team)
        for visit in book.visits
        if visit.state != CALLED_OFF and visit.day in days and visit.start is not None and visit.team
    }


def words_of(book: TripBook, problem: Problem) -> Words:
    """Names for sentences about this trip."""
    names = {visit.id: book.name_of(visit) for visit in book.visits}
    teams = {team.id: team.name for team in book.teams}
    times = {visit.id: write_times(visit.windows) for visit in book.visits if visit.windows}
    longest = {visit.id: _longest(book, problem, visit) for visit in book.visits if visit.windows}
    return Words(problem, names, teams, book.travel.unknown, times, longest)


def _longest(book: TripBook, problem: Problem, visit: Visit) -> int:
    """The most minutes that the host has time for on a day of the trip."""
    spans = (
        span
        for day in problem.days
        for span in asked.hours_open(visit.windows, day, day in problem.workdays, book.travel.hours)
    )
    return max((end - start for start, end in spans), default=0)


def legs_of(book: TripBook, problem: Problem, plan: Plan) -> list[Leg]:
    """The ways of a plan as legs; one that had a ticket typed in is given back as it is."""
    modes = {team.id: team.mode for team in book.teams}
    typed = {_way(leg): leg for leg in book.legs if not leg.estimated}
    found = []
    for route in plan.routes:
        for ride in route.rides:
            origin, destination = problem.places[ride.origin], problem.places[ride.destination]
            way = estimate(origin, destination, modes[route.team], book.travel)
            part = ride.minutes / problem.travel[modes[route.team]][ride.origin][ride.destination]
            leg = Leg(
                trip=book.trip.id,
                team=route.team,
                day=problem.days[route.day],
                start=ride.depart,
                end=ride.arrive,
                origin=origin.city,
                destination=destination.city,
                mode=way.mode,
                distance=Decimal(round(way.kilometres * part)) or None,
            )
            found.append(typed.get(_way(leg), leg))
    return found


def _way(leg: Leg) -> tuple[object, ...]:
    return (leg.team, leg.day, leg.origin, leg.destination)
