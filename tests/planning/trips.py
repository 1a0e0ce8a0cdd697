"""Ten trips like ours, kept as files: thirty visits in five days by two teams, several windows each.

`python -m tests.planning.trips make` writes them anew, the same for the same seeds, and
`python -m tests.planning.trips best SECONDS SEED…` looks for better plans and keeps the best worth found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.planning.asking import asked, trip_like
from zhaoshang_desktop.planning.check import problems
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Hours, Problem, Stop, Window
from zhaoshang_desktop.planning.solve import solve

FOLDER = Path(__file__).resolve().parents[1] / "data" / "trips"
SEEDS = range(101, 111)
PAIRS = 3
DRIVEN = Hours(drive_spell=240, drive_rest=20, drive_day=480)


@dataclass(frozen=True)
class Trip:
    """One of the files: the question, and the most that any plan was worth."""

    name: str
    problem: Problem
    best: int


def worth(problem: Problem, plan: Plan) -> int:
    """The prize of what is in the plan, a must counting as much as all prizes together."""
    every = sum(stop.prize for stop in problem.stops)
    inside = {call.stop for route in plan.routes for call in route.calls}
    return sum(every if stop.must else stop.prize for stop in problem.stops if stop.id in inside)


def trips(folder: Path = FOLDER) -> list[Trip]:
    """All that are kept, in the order of their names."""
    return [_read(path) for path in sorted(folder.glob("*.json"))]


def gap(trip: Trip, plan: Plan) -> float:
    """Percent that the plan is worth less than the best known."""
    return 100 * (1 - worth(trip.problem, plan) / trip.best)


def _read(path: Path) -> Trip:
    kept = json.loads(path.read_text(encoding="utf-8"))
    stops = [
        Stop(
            id=number,
            place=number,
            minutes=one["minutes"],
            prize=one["prize"],
            must=one.get("must", False),
            windows=tuple(Window(*window) for window in one["windows"]),
            apart=frozenset(one.get("apart", ())),
        )
        for number, one in enumerate(kept["stops"], start=1)
    ]
    hours = DRIVEN if kept["driven"] else None
    base = asked(stops, [0] * len(kept["travel"]), days=kept["days"], teams=kept["teams"], hours=hours)
    travel = {"驾车": tuple(tuple(row) for row in kept["travel"])}
    return Trip(path.stem, replace(base, travel=travel), kept["best"])


def _stop(stop: Stop) -> dict[str, object]:
    kept: dict[str, object] = {"minutes": stop.minutes, "prize": stop.prize}
    kept |= {"windows": [[w.day, w.opens, w.closes] for w in stop.windows]}
    kept |= {"must": True} if stop.must else {}
    return kept | ({"apart": sorted(stop.apart)} if stop.apart else {})


def _write(name: str, problem: Problem, best: int) -> None:
    """One line a visit and one a row of the matrix, so that a change can be read."""
    stops = ",\n  ".join(json.dumps(_stop(stop)) for stop in problem.stops)
    rows = ",\n  ".join(json.dumps(list(row)) for row in problem.travel["驾车"])
    driven = json.dumps(problem.hours.drive_day > 0)
    head = f'"best": {best}, "days": {len(problem.days)}, "teams": {len(problem.teams)}, "driven": {driven}'
    text = f'{{{head},\n "stops": [\n  {stops}\n ],\n "travel": [\n  {rows}\n ]}}\n'
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


def make() -> None:
    """Every second one with drivers' hours and pairs that may not be on one day."""
    FOLDER.mkdir(exist_ok=True)
    for seed in SEEDS:
        problem, random = trip_like(seed), Random(seed)
        if seed % 2:
            drawn = [random.sample(range(1, 31), 2) for _ in range(PAIRS)]
            pairs = {one: other for one, other in drawn}  # noqa: C416 - lists are no pairs to the types
            stops = tuple(
                replace(stop, apart=frozenset({pairs[stop.id]} if stop.id in pairs else ())) for stop in problem.stops
            )
            problem = replace(problem, stops=stops, hours=DRIVEN)
        _write(f"trip{seed}", problem, 1)


def best(seconds: float, seeds: Iterable[int]) -> None:
    """Keeps what is better than was known and passes the checker."""
    for trip in trips():
        for seed in seeds:
            plan = solve(trip.problem, seconds=seconds, seed=seed)
            found, known = worth(trip.problem, plan), _read(FOLDER / f"{trip.name}.json").best
            sound = all(clash.kind.name == "MISSING" for clash in problems(trip.problem, plan))
            sys.stdout.write(f"{trip.name} {seed}: {found} ({known}){'' if sound else ' unsound'}\n")
            if sound and found > known:
                _write(trip.name, trip.problem, found)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make()
    else:
        best(float(sys.argv[2]), [int(seed) for seed in sys.argv[3:]])
