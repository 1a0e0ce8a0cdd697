"""Whatever a clerk does and takes back, the office is what a plain dictionary says it should be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.history import MOVES, Move, chance, play
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

moves = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 11), st.integers(0, 11)), max_size=60)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office to make copies of."""
    path = tmp_path_factory.mktemp("empty") / "空.office"
    create_office(path, name="清岚县投资促进局", actor="张敏").close()
    return path


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_every_history_leaves_what_a_dictionary_would_hold(
    moves: list[Move], empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("history") / "县.office"
    shutil.copy(empty, path)
    office = open_office(path, actor="张敏")
    try:
        play_and_check(office, moves)
    finally:
        office.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_long_histories_too_on_every_engine(office: Office, seed: int) -> None:
    play_and_check(office, chance(seed, 250))


def play_and_check(office: Office, moves: list[Move]) -> None:
    model = play(office, moves)
    assert check(office).wrong == []
    live = {key: state for key, state in model.records.items() if "removed" not in state}
    for words, said in (("青禾", "青禾新材料"), ("yfzn", "云帆智能"), ("lanhai", "澜海集团"), ("138", "13800000000")):
        found = {
            state.get("investor", key) for key, state in live.items() if said in (state["name"], state.get("mobile"))
        }
        assert set(office.ids(Query(Investor, words=words))) == found & set(live)
    assert office.count(Query(Contact)) == sum("investor" in state for state in live.values())
