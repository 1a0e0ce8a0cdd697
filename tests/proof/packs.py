"""Random histories on an office and three laptops, merged in every order; and merges killed at random moments."""

from __future__ import annotations

import random
import tempfile
import traceback
from pathlib import Path

from tests.actions.merge_crash import kill_while_merging, office_and_pack
from tests.actions.test_homecoming_histories import assert_any_order, some_moves
from tests.bench.measures import measure
from zhaoshang_desktop.store import create_office

HISTORIES, KILLS = 120, 60
LONGEST_SECONDS = 2.5


@measure("packs.histories", unit="histories")
@measure("packs.history_faults", bar=0)
def histories() -> dict[str, float]:
    """Each history is merged in all six orders, compared with the model, merged again, and undone."""
    faults = 0
    with tempfile.TemporaryDirectory() as home:
        empty = Path(home) / "空.office"
        create_office(empty, name="清岚县", actor="张敏").close()
        for seed in range(HISTORIES):
            folder = Path(home) / str(seed)
            folder.mkdir()
            before, here, *there = [some_moves(1_000 + 5 * seed + part) for part in range(5)]
            try:
                assert_any_order(folder, empty, before, here, there, alive=bool(seed % 2))
            except Exception:  # noqa: BLE001 - whatever it is, it is a fault of this history
                faults += 1
                print(f"history {seed}: {traceback.format_exc()}")
    return {"packs.histories": HISTORIES, "packs.history_faults": faults}


@measure("packs.kills", unit="kills")
@measure("packs.killed_after_the_commit", unit="kills")
@measure("packs.kill_faults", bar=0)
def kills() -> dict[str, float]:
    """After each kill the office is as before or wholly merged, the journal adds up, and merging again completes it."""
    dice, faults, done = random.Random(20261128), 0, 0
    with tempfile.TemporaryDirectory() as home:
        where, path = office_and_pack(Path(home))
        for kill in range(KILLS):
            was_done, wrong = kill_while_merging(where, path, dice.uniform(0, LONGEST_SECONDS))
            done += was_done
            faults += bool(wrong)
            for fault in wrong:
                print(f"kill {kill}: {fault}")
    return {"packs.kills": KILLS, "packs.killed_after_the_commit": done, "packs.kill_faults": faults}
