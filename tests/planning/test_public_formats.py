"""The readers of the public instances take whatever is written in their formats."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.bench.routing import read_toptw, read_tsptw
from zhaoshang_desktop.planning.check import problems
from zhaoshang_desktop.planning.problem import Problem, Window
from zhaoshang_desktop.planning.solve import solve

TOPTW = """\
3 2 4 4
0 200
  0   4.163  13.559   0   0 0 0   0 1000
  1 -29.730  64.136   2  12 1 4 1 2 4 8 399  525
  2 -30.664   5.463   7   8 1 4 1 2 4 8 121  299
  3  51.642   5.469  21  16 1 4 1 2 4 8 389  483
  4 -13.171  69.336  24   5 1 4 1 2 4 8 204  304
"""
"""As Cordeau's: points left of and below the origin, lists of four."""
TSPTW = """\
4
0 11 45 45
11 0 42 47
45 42 0 14
45 47 14 0
0 408
62 68
181 205
306 324
"""


def with_remarks(text: str) -> str:
    lines = [f"{line}   # {number}" for number, line in enumerate(text.splitlines())]
    return "\n".join(["# 公共算例", "", *lines[:1], "  ", "// " + "-" * 20, *lines[1:], "!! end"])


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "an old Mac's": lambda text: text.replace("\n", "\r"),
    "without the last line end": lambda text: text.rstrip("\n"),
    "tabs and blanks": lambda text: "\n".join("\t " + "\t\t".join(line.split()) + " \t" for line in text.splitlines()),
    "blank lines": lambda text: "\n\n" + text.replace("\n", "\n \n") + "\n\n",
    "a mark at the head": lambda text: "\ufeff" + text,
    "remarks": with_remarks,
    "whole numbers with a point": lambda text: text.replace(" 0 ", " 0.0 "),
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Callable[[Path], Problem], str], Problem]:
    def reading(reader: Callable[[Path], Problem], text: str) -> Problem:
        file = tmp_path / "算例.txt"
        file.write_bytes(text.encode())
        return reader(file)

    return reading


def two_teams(path: Path) -> Problem:
    return read_toptw(path, 2)


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize(("reader", "text"), [(two_teams, TOPTW), (read_tsptw, TSPTW)], ids=["toptw", "tsptw"])
def test_an_instance_is_the_same_however_it_is_written(
    read: Callable[[Callable[[Path], Problem], str], Problem], way: str, reader: Callable[[Path], Problem], text: str
) -> None:
    assert read(reader, WAYS[way](text)) == read(reader, text)


def test_a_point_has_its_window_behind_a_list_of_any_length(
    read: Callable[[Callable[[Path], Problem], str], Problem],
) -> None:
    problem = read(two_teams, TOPTW)
    assert [stop.windows for stop in problem.stops][:2] == [(Window(0, 3990, 5250),), (Window(0, 1210, 2990),)]
    assert [(stop.minutes, stop.prize) for stop in problem.stops][2:] == [(210, 16), (240, 5)]
    assert problem.travel["驾车"][0][1] == 608  # the root of 33.893² and 50.577², cut after the first decimal
    plan = solve(problem, iterations=50)
    assert plan.prize == 41
    assert list(problems(problem, plan)) == []


def test_a_distance_of_whole_tenths_stays_whole(read: Callable[[Callable[[Path], Problem], str], Problem]) -> None:
    points = "\n".join(f"{number} {x} 0 0 1 1 0 0 100" for number, x in enumerate(("33.2", "35.1", "34.9", "36.0")))
    problem = read(two_teams, f"1 1 3 1\n0 0\n{points}")
    assert [problem.travel["驾车"][0][at] for at in range(4)] == [0, 19, 17, 28]


def test_the_vehicle_visits_every_point_in_its_window(
    read: Callable[[Callable[[Path], Problem], str], Problem],
) -> None:
    problem = read(read_tsptw, TSPTW)
    plan = solve(problem, iterations=50)
    assert (plan.left_out, plan.travel) == ((), 11 + 42 + 14 + 45)
    (route,) = plan.routes
    assert all(one.end <= other.start for one, other in pairwise(route.calls))


@pytest.mark.parametrize(("reader", "text"), [(two_teams, TOPTW), (read_tsptw, TSPTW)], ids=["toptw", "tsptw"])
def test_an_instance_that_is_cut_off_says_what_it_lacks(
    read: Callable[[Callable[[Path], Problem], str], Problem], reader: Callable[[Path], Problem], text: str
) -> None:
    with pytest.raises(ValueError, match=r"算例\.txt: \d+ of \d+"):
        read(reader, "\n".join(text.splitlines()[:-1]))
