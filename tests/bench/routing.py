"""The trip solver on public instances and on trips like ours.

Readers for the public TOPTW and TSPTW formats take any instance; the instances lie beside the
working copy, not in it, and without them the rows have no figure.
"""

from __future__ import annotations

import csv
import math
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import mean

from tests.bench.measures import measure
from tests.planning.asking import trip_like
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Hours, Place, Problem, Stop, Table, Team, Window
from zhaoshang_desktop.planning.solve import solve

INSTANCES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "routing"
SECONDS = 2.0
TENTHS = 10
TEAMS = (1, 2, 4)
TRIPS = 4


def read_toptw(path: Path, teams: int) -> Problem:
    """Righini & Salani's team orienteering format, in tenths: distances are cut to one decimal."""
    rows = [[float(word) for word in line.split()] for line in path.read_text().splitlines()[2:] if line.strip()]
    points = [(row[1], row[2]) for row in rows]
    travel = tuple(tuple(math.floor(TENTHS * math.dist(a, b)) for b in points) for a in points)
    stops = tuple(
        Stop(
            id=int(row[0]),
            place=number,
            minutes=round(TENTHS * row[3]),
            prize=round(row[4]),
            windows=(Window(0, round(TENTHS * row[-2]), round(TENTHS * row[-1])),),
        )
        for number, row in enumerate(rows)
        if number
    )
    end = round(TENTHS * rows[0][-1])
    return _one_day(travel, stops, teams, round(TENTHS * rows[0][-2]), end)


def read_tsptw(path: Path) -> Problem:
    """Dumas et al.'s format: one vehicle, every point within its window; node 0 is start and end."""
    words = path.read_text().split()
    size = int(words[0])
    figures = [round(float(word)) for word in words[1:]]
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
def toptw() -> dict[str, float]:
    gaps = []
    for row in best_known("toptw"):
        if int(row["teams"]) in TEAMS:
            problem = read_toptw(INSTANCES / "toptw" / f"{row['instance']}.txt", int(row["teams"]))
            gaps.append(100 * (1 - solve(problem, seconds=SECONDS).prize / int(row["best_known"])))
    if not gaps:
        return {}
    return {
        "routing.toptw_mean_gap_percent_2s": round(mean(gaps), 2),
        "routing.toptw_worst_gap_percent_2s": round(max(gaps), 2),
    }


@measure("routing.tsptw_feasible_percent_2s", bar=100, unit="%", at_least=True)
@measure("routing.tsptw_best_known_percent_2s", unit="%")
def tsptw() -> dict[str, float]:
    costs = []
    for row in best_known("tsptw"):
        plan = solve(read_tsptw(INSTANCES / "tsptw" / row["instance"]), seconds=SECONDS)
        costs.append((None if plan.left_out else plan.travel, int(row["cost"])))
    if not costs:
        return {}
    found = [cost for cost, _ in costs if cost is not None]
    return {
        "routing.tsptw_feasible_percent_2s": round(100 * len(found) / len(costs), 1),
        "routing.tsptw_best_known_percent_2s": round(
            100 * sum(cost is not None and cost <= best for cost, best in costs) / len(costs), 1
        ),
    }


@measure("routing.trips_mean_gap_percent_2s", unit="%")
@measure("routing.trips_worst_gap_percent_2s", unit="%")
def trips() -> dict[str, float]:
    """30 visits, 5 days, 2 teams: the prize in two seconds against that in eight times as many iterations."""
    gaps = []
    for seed in range(TRIPS):
        problem = replace(trip_like(seed), balance=0)
        short = solve(problem, seconds=SECONDS)
        long = solve(problem, iterations=8 * short.iterations)
        gaps.append(100 * (1 - _worth(problem, short) / _worth(problem, long)))
    return {
        "routing.trips_mean_gap_percent_2s": round(mean(gaps), 2),
        "routing.trips_worst_gap_percent_2s": round(max(gaps), 2),
    }


def _worth(problem: Problem, plan: Plan) -> int:
    """The prize of what is in the plan, a must counting as much as all prizes together."""
    every = sum(stop.prize for stop in problem.stops)
    absent = {left.stop for left in plan.left_out}
    return sum(every if stop.must else stop.prize for stop in problem.stops if stop.id not in absent)
