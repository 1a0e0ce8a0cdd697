"""Whatever an office and its laptops do, every order of coming home gives what a plain dictionary says it should."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.laptops import KEY, Laptop, every_order, held, play_at, take_out
from tests.store.history import MOVES, Move, chance
from zhaoshang_desktop.store import create_office, open_office

MINE = tuple(move for move in MOVES if move not in ("batch", "older"))
"""Undoing out of turn is the store's own test; here it would only make histories that nothing comes of."""
moves = st.lists(st.tuples(st.sampled_from(MINE), st.integers(0, 11), st.integers(0, 13)), max_size=12)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office to make copies of."""
    path = tmp_path_factory.mktemp("empty") / "空.office"
    create_office(path, name="清岚县投资促进局", actor="张敏").close()
    return path


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=moves, here=moves, there=st.lists(moves, min_size=2, max_size=2), alive=st.booleans())
def test_two_laptops_come_home_in_either_order(
    before: list[Move],
    here: list[Move],
    there: list[list[Move]],
    alive: bool,
    empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("home")
    assert_any_order(folder, empty, [("new", 1, 1), ("person", 0, 2), *before], here, there, alive=alive)


@pytest.mark.parametrize("seed", [1, 2])
def test_three_laptops_with_long_histories_too(tmp_path: Path, empty: Path, seed: int) -> None:
    before, here, *there = [some_moves(10 * seed + part) for part in range(5)]
    assert_any_order(tmp_path, empty, before, here, there, alive=bool(seed % 2))


def some_moves(seed: int) -> list[Move]:
    return [move for move in chance(seed, 30) if move[0] in MINE]


def assert_any_order(
    folder: Path, empty: Path, before: list[Move], here: list[Move], there: list[list[Move]], *, alive: bool
) -> None:
    """One history in the office, then packs go out, each with a history of its own while the office has another."""
    home = folder / "县.office"
    shutil.copy(empty, home)
    play_at(home, before)
    office = open_office(home, actor="张敏")
    laptops = []
    for number, _ in enumerate(there):
        path = folder / f"{number}.pack"
        take_out(office, path, f"code{number}")
        live = {key: state for key, state in held(office).items() if "removed" not in state}
        sent = {key: state for key, state in live.items() if state.get("investor", key) in live}
        laptops.append(Laptop(path, sent, {}))
    office.close()
    for laptop, history in zip(laptops, there, strict=True):
        laptop.now = play_at(laptop.path, history, key=KEY)
    play_at(home, here)
    results = every_order(folder, home, laptops, alive=alive)
    assert all(one == results[0] for one in results)
