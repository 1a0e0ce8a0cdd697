"""A process that backs up, restores, upgrades or repairs is killed a hundred times at moments drawn by lot."""

from __future__ import annotations

import itertools
import random
import tempfile
from pathlib import Path

from tests.bench.measures import measure
from tests.store.care_crash import kill_while_caring, make_folder
from tests.store.carer import WORK

KILLS = 100
LONGEST_SECONDS = 1.2


@measure("care.kills", unit="kills")
@measure("care.faults", bar=0)
def kills() -> dict[str, float]:
    """Faults are offices and backups that are not whole, and states that never were."""
    dice = random.Random(20261128)
    faults = 0
    for kill, what in zip(range(KILLS), itertools.cycle(WORK), strict=False):
        with tempfile.TemporaryDirectory() as folder:
            make_folder(Path(folder))
            for fault in kill_while_caring(what, Path(folder), dice.uniform(0, LONGEST_SECONDS)):
                faults += 1
                print(f"kill {kill}, {what}: {fault}")
    return {"care.kills": KILLS, "care.faults": faults}
