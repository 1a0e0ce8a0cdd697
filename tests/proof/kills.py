"""A writing process is killed again and again; whatever it said was committed is there, and nothing else."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from tests.bench.measures import measure
from tests.store.conftest import KEY
from tests.store.crash import kill_while_writing
from zhaoshang_desktop.store import create_office

KILLS = 60


@measure("kills.plain_faults", bar=0)
@measure("kills.plain_batches_kept", unit="batches")
@measure("kills.encrypted_faults", bar=0)
@measure("kills.encrypted_batches_kept", unit="batches")
def kills() -> dict[str, float]:
    """So many kills of one office after another, each at a random moment within two seconds."""
    return {**_kills("plain", None), **_kills("encrypted", KEY)}


def _kills(name: str, key: bytes | None) -> dict[str, float]:
    dice = random.Random(20261123)
    faults = kept = 0
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "清岚.office"
        create_office(where, name="清岚县", key=key).close()
        for kill in range(KILLS):
            left = kill_while_writing(where, key, kill, dice.uniform(0, 2))
            faults += len(left.wrong)
            kept += left.committed
    return {f"kills.{name}_faults": faults, f"kills.{name}_batches_kept": kept}
