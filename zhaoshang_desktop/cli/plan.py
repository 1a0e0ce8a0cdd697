"""zhaoshang plan: the days of a trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.actions.budget import make_budget
from zhaoshang_desktop.actions.trip import plan_trip
from zhaoshang_desktop.actions.trip_book import TripBook, calendar_of, find_trip, load_trip
from zhaoshang_desktop.actions.trip_draft import PlanOutcome
from zhaoshang_desktop.actions.trip_notes import notes_of
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser, seconds
from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.meeting_times import write_times
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import Leg, goes_on
from zhaoshang_desktop.domain.visit import PLACED, Visit


def parser() -> Parser:
    parser = Parser(
        "plan",
        "给一次外出排行程：谁在哪天几点见谁，怎么走，哪些排不上、为什么；并测算预算。约定的和钉住的不动。\n"
        "退出码：0 排好了，1 一家也没有排上。",
        "  zhaoshang plan 新材料链长三角小分队 --office 清岚县.office",
    )
    parser.add_trip()
    parser.add_office()
    parser.add_argument("--seconds", metavar="S", type=seconds, help="最多算几秒（平常 2 秒）")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        trip = find_trip(office, args.trip)
        outcome = plan_trip(office, trip.id, seconds=args.seconds)
        budget, _ = make_budget(office, trip.id)
        book = load_trip(office, trip.id)
        notes = notes_of(office, book, calendar_of(office))
    if args.json:
        said = {"caution": "".join(notes) or None, "notes": list(notes)}
        print_json({**_plain(book, outcome), "budget_missing": list(budget.missing), **said})
    else:
        tell_plan(book, outcome)
        if budget.limit is not None:
            print(budget.verdict)
        for lacking in budget.missing:
            print(f"预算提示　{lacking}")
        for note in notes:
            print(f"请注意　{note}")
    return 0 if outcome.placed else FAILED


def tell_plan(book: TripBook, outcome: PlanOutcome) -> None:
    """The plan, day by day and team by team."""
    trip = book.trip
    print(f"{trip.name}　{trip.start} 至 {trip.end}　排上 {outcome.placed} 家，没排上 {len(outcome.left_out)} 家")
    names = {team.id: team.name for team in book.teams}
    for day, team in _days(book):
        print(f"{day}　{names[team]}")
        for start, line in _lines(book, day, team):
            print(f"  {write_hour(start)}  {line}")
    for left in outcome.left_out:
        ways = "；或者".join(way.text for way in left.ways)
        print(f"没排上　{left.text}{f'。可以：{ways}' if ways else ''}")
    for clash in outcome.clashes:
        print(f"有冲突　{clash.text}")
    print(f"预算合计 {_budget(book)} 元")


def _days(book: TripBook) -> list[tuple[Any, int]]:
    placed = {(visit.day, visit.team) for visit in book.visits if visit.state == PLACED}
    return sorted(placed | {(leg.day, leg.team) for leg in book.legs if leg.day})


def _lines(book: TripBook, day: Any, team: int) -> list[tuple[int, str]]:
    visits = [
        (visit.start or 0, _said(book, visit)) for visit in _placed(book) if (visit.day, visit.team) == (day, team)
    ]
    legs = [(leg.start or 0, _way(book, leg)) for leg in book.legs if (leg.day, leg.team) == (day, team)]
    return sorted(visits + legs)


def _placed(book: TripBook) -> list[Visit]:
    return [visit for visit in book.visits if visit.state == PLACED]


def _said(book: TripBook, visit: Visit) -> str:
    marks = "（已约定）" if visit.fixed else "（钉住）" if visit.pinned else "（必到）" if visit.must else ""
    return f"拜访 {book.name_of(visit)}　{place_name(visit.place)}　{visit.minutes} 分钟{marks}"


def _way(book: TripBook, leg: Leg) -> str:
    origin, destination = (place_name(place) or "（不详）" for place in (leg.origin, leg.destination))
    way = f"{origin}内" if leg.origin == leg.destination else f"{origin} → {destination}"
    end = "歇，次日接着走" if goes_on(leg, book.legs) else "到"
    return f"{leg.mode} {way}　{write_hour(leg.end or 0)} {end}"


def _budget(book: TripBook) -> str:
    return f"{sum(line.planned.fen for line in book.budget if line.planned) / 100:,.2f}"


def _plain(book: TripBook, outcome: PlanOutcome) -> dict[str, Any]:
    teams = {team.id: team.name for team in book.teams}
    return {
        "trip": str(book.trip.id),
        "name": book.trip.name,
        "placed": outcome.placed,
        "travel_minutes": outcome.travel,
        "teams": [
            {
                "name": team.name,
                "mode": team.mode,
                "members": [book.members[key].name for key in team.members],
                "experts": [book.experts[key].name for key in team.experts if key in book.experts],
            }
            for team in book.teams
        ],
        "visits": [_plain_visit(book, visit, teams.get(visit.team, "")) for visit in _placed(book)],
        "left_out": [
            {"visit": str(left.visit), "reason": left.text, "let_in": [way.text for way in left.ways]}
            for left in outcome.left_out
        ],
        "clashes": [{"visits": [str(key) for key in one.visits], "reason": one.text} for one in outcome.clashes],
        "budget": [
            {"item": line.item, "basis": line.basis, "planned": f"{line.planned.yuan:.2f}" if line.planned else None}
            for line in book.budget
        ],
    }


def _plain_visit(book: TripBook, visit: Visit, team: str) -> dict[str, Any]:
    return {
        "id": str(visit.id),
        "investor": str(visit.investor),
        "investor_name": book.investors[visit.investor].name,
        "team": team,
        "day": visit.day.isoformat() if visit.day else None,
        "start": write_hour(visit.start) if visit.start is not None else None,
        "minutes": visit.minutes,
        "place": visit.place,
        "place_name": place_name(visit.place),
        "fixed": bool(visit.fixed),
        "must": bool(visit.must),
        "pinned": bool(visit.pinned),
        "priority": visit.priority,
        "windows": write_times(visit.windows),
        "apart": [str(key) for key in visit.apart],
    }
