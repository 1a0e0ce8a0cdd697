"""Disk full, or read-only all of a sudden, at the writes of a save, an import and a merge. The long version, at every
one of them, is in tests/proof."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.store.broken_disk import FULL, WRITE_FAILED, is_possible
from tests.store.refusals import ACTS, Ground, faults_of, make_ground, writes_of

pytestmark = pytest.mark.skipif(not is_possible(), reason="SQLite's file calls cannot be replaced here")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return make_ground(tmp_path_factory.mktemp("ground"))


@pytest.mark.parametrize("code", [FULL, WRITE_FAILED])
@pytest.mark.parametrize("name", ACTS)
def test_a_write_that_is_refused_leaves_nothing_half_done(ground: Ground, tmp_path: Path, name: str, code: int) -> None:
    writes = writes_of(ground, ACTS[name], tmp_path / "try")
    assert writes > 5
    dice = random.Random(5)
    for after in sorted({0, writes - 1, *dice.sample(range(writes), 2)}):
        assert faults_of(ground, ACTS[name], tmp_path / "try", after, code) == [], f"refused at write {after}"
