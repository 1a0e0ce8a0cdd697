"""A writing process is killed three hundred times at moments drawn by lot, on every engine in turns.

After each kill the office is opened: every batch that was reported as committed must be there with all its lines,
no other half of one, and the journal must add up to the records. The same file goes through all its kills.
"""

from __future__ import annotations

import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import postgres
from tests.bench.measures import measure
from tests.store.conftest import KEY
from tests.store.crash import kill_while_writing
from zhaoshang_desktop.store import create_office

KILLS = 300
LONGEST_SECONDS = 1.5
FRESH = 20
"""After so many kills the next office is a new one: what it holds is checked after each."""


@measure("crash.kills", unit="kills")
@measure("crash.committed_batches", unit="batches")
@measure("crash.faults", bar=0)
def kills() -> dict[str, float]:
    """Faults are committed batches that are lost or torn, and everything `check` finds wrong."""
    dice = random.Random(20261123)
    committed = 0
    faults: list[str] = []
    with ExitStack() as stack:
        offices = list(places(stack))
        for kill in range(KILLS):
            if kill % FRESH == 0:
                where, key = fresh(offices[kill // FRESH % len(offices)], stack)
            left = kill_while_writing(where, key, kill, dice.uniform(0, LONGEST_SECONDS))
            committed += left.committed
            faults += left.wrong
            for fault in left.wrong:
                print(f"kill {kill}: {fault}")
    return {"crash.kills": KILLS, "crash.committed_batches": committed, "crash.faults": len(faults)}


def places(stack: ExitStack) -> Iterator[tuple[str, bytes | None]]:
    """Where offices of each kind can be made: a folder, a folder with a key, a server."""
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    yield folder, None
    yield folder, KEY
    programs = postgres.binaries()
    if programs is not None:
        yield stack.enter_context(postgres.server(programs)), None


def fresh(place: tuple[str, bytes | None], stack: ExitStack) -> tuple[Path | str, bytes | None]:
    """A new office there."""
    home, key = place
    name = f"office_{uuid.uuid4().hex}"
    server = home.startswith("postgresql://")
    where = stack.enter_context(postgres.database(home, name)) if server else Path(home) / f"{name}.office"
    create_office(where, name="清岚县投资促进局", key=key).close()
    return where, key
