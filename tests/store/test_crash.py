"""A killed process leaves what it had committed, whole, and nothing else. The long version is in tests/proof."""

from __future__ import annotations

import random

from tests.store.conftest import KEY
from tests.store.crash import kill_while_writing
from zhaoshang_desktop.store.office import Office


def test_a_killed_process_leaves_whole_batches_only(office: Office) -> None:
    encrypted = "sqlcipher" in getattr(office.engine.dialect.dbapi, "__name__", "")
    dice = random.Random(7)
    for kill in range(2):
        left = kill_while_writing(office.where, KEY if encrypted else None, kill, dice.uniform(0, 0.5))
        assert left.wrong == ()
        assert left.committed
