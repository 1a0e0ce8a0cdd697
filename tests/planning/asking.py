"""Small questions for the planner, as tests put them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, permutations
from random import Random

from hypothesis import strategies as st

from zhaoshang_desktop.planning.layout import lay_out
from zhaoshang_desktop.planning.model import Model, weights_of
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import (
    Hours,
    Pin,
    Place,
    Problem,
    Slot,
    Stop,
    Table,
    Team,
    Window,
    days_between,
)

MONDAY = date(2026, 9, 7)
NINE, TEN, ELEVEN, NOON, TWO, FOUR = 540, 600, 660, 720, 840, 960


def table(points: Sequence[int], minutes: int = 1) -> Table:
    """Places on one road, at these kilometres; a way costs so many minutes a kilometre."""
    return tuple(tuple(abs(a - b) * minutes for b in points) for a in points)


def asked(
    stops: Iterable[Stop],
    points: Sequence[int],
    *,
    days: int = 1,
    teams: int | Sequence[Team] = 1,
    start: date = MONDAY,
    off: Iterable[date] = (),
    hours: Hours | None = None,
) -> Problem:
    """Days from a Monday on, all worked but those `off`; place 0 is home."""
    dates = days_between(start, date.fromordinal(start.toordinal() + days - 1))
    groups = tuple(Team(number, 0, 0) for number in range(teams)) if isinstance(teams, int) else tuple(teams)
    places = tuple(Place(f"第{number}处") for number in range(len(points)))
    workdays = frozenset(dates) - frozenset(off)
    travel = {mode: table(points) for mode in {"驾车", *(team.mode for team in groups)}}
    return Problem(dates, workdays, places, travel, groups, tuple(stops), hours or Hours())


def put(problem: Problem, **placed: tuple[int, int] | tuple[int, int, int]) -> Plan:
    """A plan as a clerk makes it: `v3=(day, start)` or `v3=(day, start, team)`; the rest is left out knowingly."""
    pins = {int(name[1:]): Pin(at[0], at[1], at[2] if len(at) > 2 else 0) for name, at in placed.items()}
    return lay_out(problem, pins)


def placed(plan: Plan) -> dict[int, tuple[int, int, int]]:
    """Each visit's (team, day, start)."""
    return {call.stop: (route.team, route.day, call.start) for route in plan.routes for call in route.calls}


def left_out(plan: Plan) -> set[int]:
    return {left.stop for left in plan.left_out}


def trip_like(seed: int, *, stops: int = 30, days: int = 5, teams: int = 2, windows: int = 3) -> Problem:
    """Visits around a few towns, each with several half days, as a 小分队 has them."""
    random = Random(seed)
    towns = [(random.uniform(0, 400), random.uniform(0, 300)) for _ in range(7)]
    points = [(150.0, -50.0)]
    for _ in range(stops):
        x, y = random.choice(towns)
        points.append((x + random.gauss(0, 15), y + random.gauss(0, 15)))
    wishes = []
    for number in range(1, stops + 1):
        minutes = random.choice((60, 90, 90, 120))
        halves = [(day, *random.choice(((NINE, NOON), (TWO, 1050)))) for day in random.sample(range(days), windows)]
        openings = tuple(Window(day, opens, closes - minutes) for day, opens, closes in halves)
        prize, must = random.choice((1, 2, 3, 5)), random.random() < 0.1
        wishes.append(Stop(number, number, minutes, prize, must, openings))
    base = asked(wishes, [0] * (stops + 1), days=days, teams=teams)
    ways = tuple(
        tuple(0 if a == b else 20 + int(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5) for b in points)
        for a in points
    )
    return replace(base, travel={"驾车": ways})


@st.composite
def stop_lists(draw: st.DrawFn, most: int, days: int, teams: int) -> list[Stop]:
    """Up to `most` visits at places 1, 2, …; some at a fixed hour, some only for one team."""
    count = draw(st.integers(0, most))
    stops = [draw(_stops(number, days, teams)) for number in range(1, count + 1)]
    if count < 2 or not draw(st.booleans()):
        return stops
    others = st.frozensets(st.integers(1, count), max_size=2)
    return [replace(stop, apart=draw(others)) for stop in stops]


@st.composite
def _stops(draw: st.DrawFn, number: int, days: int, teams: int) -> Stop:
    minutes = draw(st.sampled_from((0, 30, 60, 90, 120)))
    team = draw(st.none() | st.integers(0, teams - 1))
    day = draw(st.integers(0, days - 1))
    hour = draw(st.sampled_from((480, NINE, 570, TEN, 690, 740, TWO, 900, 1140)))
    kind = draw(st.sampled_from(("free", "free", "windows", "appointment", "must", "pin")))
    windows: tuple[Window, ...] = ()
    if kind == "windows":
        long = draw(st.sampled_from((0, 20, 120)))
        windows = (Window(day, hour, hour + long),)
        if draw(st.booleans()):
            other = draw(st.sampled_from((NINE, NOON, FOUR)))
            windows += (Window(draw(st.integers(0, days - 1)), other, other + 60),)
    pin = Pin(day, hour, draw(st.integers(0, teams - 1))) if kind == "pin" else None
    appointment = Slot(day, hour) if kind == "appointment" else None
    prize = draw(st.integers(0, 5))
    return Stop(number, number, minutes, prize, kind == "must", windows, appointment, team, pin)


@st.composite
def problems_of(draw: st.DrawFn, most: int = 5) -> Problem:
    """Small questions of every kind: one or two teams, up to three days, near and far places."""
    days, teams = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    stops = draw(stop_lists(most, days, teams))
    points = [0, *(draw(st.integers(-400, 400)) for _ in stops)]
    home_nights = draw(st.booleans())
    end = draw(st.integers(0, len(stops)))
    groups = tuple(Team(number, 0, end, home_nights=home_nights) for number in range(teams))
    off = [MONDAY] if draw(st.booleans()) else []
    hours = Hours(grid=draw(st.sampled_from((1, 15))), lunch_minutes=draw(st.sampled_from((0, 45))))
    if draw(st.booleans()):
        spell, most_a_day = draw(st.sampled_from((0, 60, 240))), draw(st.sampled_from((0, 200, 480)))
        hours = replace(hours, drive_spell=spell, drive_rest=20, drive_day=most_a_day)
    return asked(stops, points, days=days, teams=groups, off=off, hours=hours)


def heaviest(problem: Problem) -> int:
    """The most weight that any order in any team allows, by trying them all."""
    model, weights = Model(problem), weights_of(problem)
    together = {frozenset[int]()}
    for tour in range(len(model.tours)):
        own = _possible_sets(model, tour)
        together |= {done | more for done in together for more in own if _may_be_joined(model, done, more)}
    return max(sum(weights[model.stop_of[node]] for node in group) for group in together)


def _possible_sets(model: Model, tour: int) -> list[frozenset[int]]:
    nodes = [node for stop in range(model.size) for node in model.nodes_of[stop]]
    able = [node for node in nodes if model.tours[tour].openings[node]]
    groups = chain.from_iterable(combinations(able, size) for size in range(model.size + 1))
    return [
        frozenset(group)
        for group in groups
        if _may_be_joined(model, frozenset(group), frozenset())
        and (not group or any(model.route(model.tours[tour], list(order)) for order in permutations(group)))
    ]


def _may_be_joined(model: Model, done: frozenset[int], more: frozenset[int]) -> bool:
    """Each stop once, and none on the day of one that it may not be on one day with."""
    day_of = {model.stop_of[node]: model.day_of[node] for node in done | more}
    if len(day_of) < len(done) + len(more):
        return False
    pairs = [(stop, other) for stop in day_of for other in model.mates.get(stop, ()) if other in day_of]
    return all(day_of[stop] != day_of[other] for stop, other in pairs)
