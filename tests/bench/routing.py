"""The trip solver on public instances and on trips like ours.

Readers for the public TOPTW and TSPTW formats take any instance; the instances lie beside the
working copy, not in it, and without them the rows have no figure.
"""

from __future__ import annotations

import csv
import math
import re
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import mean

from tests.bench.measures import measure
from tests.planning.asking import trip_like
from tests.planning.trips import gap, trips, worth
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Hours, Pin, Place, Problem, Stop, Table, Team, Window
from zhaoshang_desktop.planning.solve import solve

INSTANCES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "routing"
SOON, LATER = 2.0, 10.0
GOOD = 0.99
TENTHS = 10
_COMMENT = re.compile(r"(?:#|//|!|%|;).*")


def read_toptw(path: Path, teams: int) -> Problem:
    """Righini & Salani's team orienteering format, in tenths: distances are cut to one decimal."""
    head, _, *rows = _figures(path)
    rows = rows[: int(head[2]) + 1]
    if len(rows) <= head[2]:
        raise ValueError(f"{path.name}: {len(rows)} of {int(head[2]) + 1} points")
    points = [(row[1], row[2]) for row in rows]
    travel = tuple(tuple(_cut(math.dist(a, b)) for b in points) for a in points)
    windows = [Window(0, *(round(TENTHS * time) for time in row[7 + int(row[6]) :][:2])) for row in rows]
    stops = tuple(
        Stop(int(row[0]), number, round(TENTHS * row[3]), prize=round(row[4]), windows=(windows[number],))
        for number, row in enumerate(rows)
        if number
    )
    return _one_day(travel, stops, teams, windows[0].opens, windows[0].closes)


def _cut(distance: float) -> int:
    """In whole tenths; what floating point has lost of a whole one is given back."""
    return math.floor(TENTHS * distance + 1e-9)


def _figures(path: Path) -> list[list[float]]:
    """The figures of each line that has any, without comments, whatever ends the lines."""
    lines = (_COMMENT.sub("", line).split() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return [[float(word) for word in line] for line in lines if line]


def read_tsptw(path: Path) -> Problem:
    """Dumas et al.'s format: one vehicle, every point within its window; node 0 is start and end."""
    size, *figures = (round(figure) for line in _figures(path) for figure in line)
    if len(figures) < size * (size + 2):
        raise ValueError(f"{path.name}: {len(figures)} of {size * (size + 2)} figures")
    travel = tuple(tuple(figures[row * size : (row + 1) * size]) for row in range(size))
    times = figures[size * size : size * size + 2 * size]
    windows = list(zip(times[::2], times[1::2], strict=True))
    stops = tuple(
        Stop(number, number, 0, must=True, windows=(Window(0, ready, due),))
        for number, (ready, due) in enumerate(windows)
        if number
    )
    return _one_day(travel, stops, 1, windows[0][0], windows[0][1])


def _one_day(travel: Table, stops: tuple[Stop, ...], teams: int, start: int, end: int) -> Problem:
    """A question in other units than minutes: one day as long as the instance, no lunch."""
    day = 2 * end + max((stop.minutes for stop in stops), default=0)
    hours = Hours(sessions=(), earliest=start, latest=end, lunch=0, lunch_minutes=0, grid=1, day=day)
    dates = (date(2026, 1, 5),)
    places = tuple(Place(str(number)) for number in range(len(travel)))
    groups = tuple(Team(number, 0, 0) for number in range(teams))
    return Problem(dates, frozenset(dates), places, {"驾车": travel}, groups, stops, hours)


def best_known(family: str) -> list[dict[str, str]]:
    """The rows of a family's table; none, and a word about it, where the folder is not there."""
    table = INSTANCES / family / "best_known.csv"
    if not table.is_file():
        print(f"absent: {family} instances", file=sys.stderr)
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@measure("routing.toptw_mean_gap_percent_2s", bar=1.5, unit="%")
@measure("routing.toptw_worst_gap_percent_2s", unit="%")
def toptw_soon() -> dict[str, float]:
    return _toptw(SOON)


@measure("routing.toptw_mean_gap_percent_10s", bar=0.5, unit="%")
@measure("routing.toptw_worst_gap_percent_10s", bar=3, unit="%")
def toptw_later() -> dict[str, float]:
    return _toptw(LATER)


def _toptw(seconds: float) -> dict[str, float]:
    gaps = []
    for row in best_known("toptw"):
        problem = read_toptw(INSTANCES / "toptw" / f"{row['instance']}.txt", int(row["teams"]))
        gaps.append(100 * (1 - solve(problem, seconds=seconds).prize / int(row["best_known"])))
    if not gaps:
        return {}
    return {
        f"routing.toptw_mean_gap_percent_{seconds:.0f}s": round(mean(gaps), 2),
        f"routing.toptw_worst_gap_percent_{seconds:.0f}s": round(max(gaps), 2),
    }


@measure("routing.tsptw_feasible_percent_10s", bar=100, unit="%", at_least=True)
@measure("routing.tsptw_best_known_percent_10s", bar=95, unit="%", at_least=True)
def tsptw() -> dict[str, float]:
    costs = []
    for row in best_known("tsptw"):
        plan = solve(read_tsptw(INSTANCES / "tsptw" / row["instance"]), seconds=LATER)
        costs.append((None if plan.left_out else plan.travel, int(row["cost"])))
    if not costs:
        return {}
    found = [cost for cost, _ in costs if cost is not None]
    best = sum(cost is not None and cost <= known for cost, known in costs)
    return {
        "routing.tsptw_feasible_percent_10s": round(100 * len(found) / len(costs), 1),
        "routing.tsptw_best_known_percent_10s": round(100 * best / len(costs), 1),
    }


@measure("routing.trips_mean_gap_percent_2s", bar=0.5, unit="%")
@measure("routing.trips_worst_gap_percent_2s", unit="%")
def ten_trips() -> dict[str, float]:
    """30 visits, 5 days, 2 teams, several windows each, against the best that was found in a minute."""
    gaps = [gap(trip, solve(trip.problem, seconds=SOON)) for trip in trips()]
    return {
        "routing.trips_mean_gap_percent_2s": round(mean(gaps), 2),
        "routing.trips_worst_gap_percent_2s": round(max(gaps), 2),
    }


@measure("routing.replan_first_good_ms", bar=1000, unit="ms")
def replan() -> float:
    """One visit of a planned trip is called off and the next is put there by hand: until there is a plan within a
    hundredth of what two seconds find, in the slowest of the trips."""
    waited = []
    for trip in trips():
        problem = _changed(trip.problem)
        seen: list[tuple[float, int]] = []
        began = time.monotonic()

        def note(plan: Plan, problem: Problem = problem, seen: list[tuple[float, int]] = seen) -> None:
            seen.append((time.monotonic(), worth(problem, plan)))

        last = worth(problem, solve(problem, seconds=SOON, on_better=note))
        waited.append(next(at for at, found in seen if found >= GOOD * last) - began)
    return round(1000 * max(waited))


def _changed(problem: Problem) -> Problem:
    """The same trip after a call from the office."""
    plan = solve(problem, seconds=SOON)
    route = next(route for route in plan.routes if len(route.calls) > 1)
    gone, moved = route.calls[0], route.calls[1]
    pin = Pin(route.day, gone.start, route.team)
    stops = (replace(stop, pin=pin) if stop.id == moved.stop else stop for stop in problem.stops)
    return replace(problem, stops=tuple(stop for stop in stops if stop.id != gone.stop))


@measure("routing.first_plan_300_visits_ms", bar=1000, unit="ms")
def crowd() -> float:
    """300 visits in three days, each with two windows: until the first plan is shown."""
    seen: list[float] = []
    began = time.monotonic()
    solve(
        trip_like(6, stops=300, days=3, windows=2),
        seconds=SOON,
        on_better=lambda plan: seen.append(time.monotonic()),
        cancelled=lambda: bool(seen),
    )
    return round(1000 * (seen[0] - began))
