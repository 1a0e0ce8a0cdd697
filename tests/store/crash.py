"""Killing a writing process, and asking what it left."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.tables import BATCH, JOURNAL

HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Left:
    """After a kill: how much was said to be committed, and a sentence for everything that is wrong."""

    committed: int
    wrong: tuple[str, ...]


def kill_while_writing(where: Path | str, key: bytes | None, seed: int, seconds: float) -> Left:
    """Starts a writer, kills it so long after its first commit, and opens what it has left."""
    command = [sys.executable, "-m", "tests.store.writer", str(where), str(seed), *([key.hex()] if key else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        told = first + process.stdout.read()
    lines = [line for line in told.splitlines(keepends=True) if line.endswith("\n")]
    committed = {int(batch): int(count) for batch, count in (line.split() for line in lines)}
    return Left(len(committed), tuple(_faults(where, key, committed)))


def _faults(where: Path | str, key: bytes | None, committed: dict[int, int]) -> list[str]:
    office = open_office(where, key=key)
    try:
        with office.engine.connect() as connection:
            counted = select(JOURNAL.c.batch, func.count()).group_by(JOURNAL.c.batch)
            lines: dict[int, int] = dict(connection.execute(counted).all())
            batches = set(connection.execute(select(BATCH.c.id)).scalars())
        found = [f"batch {batch} is lost" for batch, count in committed.items() if lines.get(batch) != count]
        found += [f"batch {batch} has lines and no name" for batch in lines.keys() - batches]
        if not committed:
            found.append("the writer had not committed anything")
        return found + check(office).wrong
    finally:
        office.close()
