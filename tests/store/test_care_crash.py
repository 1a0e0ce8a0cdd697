"""Killed while it backs up, restores, upgrades or repairs: the office is whole, and so is every backup. The long
version is in tests/proof."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.store.care_crash import kill_while_caring, make_folder
from tests.store.carer import WORK


@pytest.mark.parametrize("what", WORK)
def test_a_killed_carer_leaves_everything_whole(tmp_path: Path, what: str) -> None:
    make_folder(tmp_path)
    assert kill_while_caring(what, tmp_path, random.Random(what).uniform(0.1, 0.8)) == []
