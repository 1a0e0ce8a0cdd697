"""The bars of the planner in short: by number of steps, so that a busy machine changes nothing.

The long ones, by the clock, are rows of `python -m tests.bench routing`.
"""

from __future__ import annotations

from statistics import mean

import pytest

from tests.bench.routing import INSTANCES, best_known, read_toptw, read_tsptw
from tests.planning.trips import gap, trips
from zhaoshang_desktop.planning.check import Kind, problems
from zhaoshang_desktop.planning.model import Model
from zhaoshang_desktop.planning.search import Search
from zhaoshang_desktop.planning.solve import solve

STEPS = 3000
"""A third of what two seconds make of a trip."""


def test_trips_like_ours_are_planned_to_half_a_percent_and_can_be_kept() -> None:
    gaps = []
    for trip in trips()[::3]:
        plan = solve(trip.problem, iterations=STEPS)
        gaps.append(gap(trip, plan))
        assert {clash.kind for clash in problems(trip.problem, plan)} <= {Kind.MISSING}
    assert mean(gaps) <= 0.5


def test_there_are_ten_trips_of_thirty_visits_with_several_windows_each() -> None:
    kept = [trip.problem for trip in trips()]
    assert [(len(p.stops), len(p.days), len(p.teams)) for p in kept] == [(30, 5, 2)] * 10
    assert all(len(stop.windows) > 1 for p in kept for stop in p.stops)


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the public instances are not here")
def test_a_hundred_points_come_near_the_best_known() -> None:
    gaps = []
    for row in [row for row in best_known("toptw") if row["teams"] == "2"]:
        problem = read_toptw(INSTANCES / "toptw" / f"{row['instance']}.txt", 2)
        search = Search(Model(problem), 1)
        for _ in range(1500):
            search.step()
        absent = set(search.best_absent)
        prize = sum(stop.prize for number, stop in enumerate(problem.stops) if number not in absent)
        gaps.append(100 * (1 - prize / int(row["best_known"])))
    assert mean(gaps) <= 1.5


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the public instances are not here")
def test_every_point_within_its_window_is_found_soon() -> None:
    for row in best_known("tsptw")[::5]:
        plan = solve(read_tsptw(INSTANCES / "tsptw" / row["instance"]), iterations=800)
        assert plan.left_out == ()
