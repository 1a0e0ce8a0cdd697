"""A save, an import and a merge, refused at every single one of their writes: by a full disk, by a read-only one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.measures import measure
from tests.store.broken_disk import FULL, WRITE_FAILED, is_possible
from tests.store.refusals import ACTS, faults_of, make_ground, writes_of


@measure("refusals.writes", unit="writes")
@measure("refusals.faults", bar=0)
def refusals() -> dict[str, float]:
    """Faults are halves, unsound offices, other sentences, and offices that do not go on afterwards."""
    writes, faults = 0, 0
    if not is_possible():
        print("SQLite's file calls cannot be replaced here.")
        return {"refusals.writes": 0, "refusals.faults": 0}
    with tempfile.TemporaryDirectory() as place:
        ground = make_ground(Path(place) / "ground")
        to = Path(place) / "try"
        for name, act in ACTS.items():
            count = writes_of(ground, act, to)
            print(f"{name}: {count} writes")
            for code in (FULL, WRITE_FAILED):
                for after in range(count):
                    writes += 1
                    for fault in faults_of(ground, act, to, after, code):
                        faults += 1
                        print(f"{name}, refused at write {after} with {code}: {fault}")
    return {"refusals.writes": writes, "refusals.faults": faults}
