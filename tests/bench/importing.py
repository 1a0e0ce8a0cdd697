"""Importing 50,000 rows of 20 columns against reading the file and writing the same rows with plain sqlite3.

The plain side reads with the fastest reader, and then writes what our import has stored: the same tables and
indexes, the same records, contacts, journal lines and search entries, in one transaction as durable as ours.
What it writes is made ready before its time begins. Each side runs in a process of its own, in turns.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.bench.firms import write_list
from tests.bench.measures import measure
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store.words import index_columns

ROWS = 50_000
RUNS = 3
_WRITTEN = ("batch", "journal", "investor", "contact", "investor_entry")
_MEGABYTE = 1 << 20


@measure("import.ratio_50k_x20", bar=2)
@measure("import.seconds_50k_x20", unit="s")
@measure("import.plain_seconds_50k_x20", unit="s")
@measure("import.memory_mb", bar=400, unit="MB")
def import_of_50_000_rows() -> dict[str, float]:
    """Medians of three; the memory is the most that all our processes together had at one moment."""
    ours, plain, memory = [], [], []
    with tempfile.TemporaryDirectory() as home:
        book = write_list(Path(home) / "名录.xlsx", ROWS)
        for run in range(RUNS):
            office = Path(home) / f"{run}.office"
            seconds, most = in_a_process("own", book, office)
            ours.append(seconds)
            memory.append(most / _MEGABYTE)
            plain.append(in_a_process("plain", book, office)[0])
    return {
        "import.ratio_50k_x20": statistics.median(ours) / statistics.median(plain),
        "import.seconds_50k_x20": statistics.median(ours),
        "import.plain_seconds_50k_x20": statistics.median(plain),
        "import.memory_mb": max(memory),
    }


def in_a_process(side: str, book: Path, office: Path) -> tuple[float, int]:
    """The seconds a side took, and the most memory its processes had together."""
    command = [sys.executable, "-m", "tests.bench.importing", side, str(book), str(office)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        watch = MemoryWatch(process.pid)
        assert process.stdout is not None
        told = process.stdout.read()
        most = watch.end()
    if process.returncode:
        raise RuntimeError(f"the {side} side failed")
    return float(json.loads(told)), most


class MemoryWatch:
    """Looks twenty times a second at how much memory a process and those it started have together (Linux)."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            self._most = max(self._most, sum(map(memory_of, family(self._process))))


def family(process: int) -> Iterator[int]:
    """A process and all that it and they have started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = children.read_text().split()
        except OSError:
            continue
        for child in started:
            yield from family(int(child))


def memory_of(process: int) -> int:
    """Of one that is being started, which until then shares all its parent has, nothing."""
    if _command(process) == _command(_parent(process)):
        return 0
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def own_side(book: Path, where: Path) -> float:
    office = new_office(where, name="清岚县投资促进局", actor="张敏")
    start = time.perf_counter()
    counts = import_file(office, Investor, book).plan.counts
    seconds = time.perf_counter() - start
    office.close()
    if counts["created"] != ROWS:
        raise RuntimeError(f"not every row was imported: {counts}")
    return seconds


def plain_side(book: Path, where: Path) -> float:
    source = sqlite3.connect(where)
    target = sqlite3.connect(where.with_suffix(".plain"), isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = FULL")
    shadow = "name GLOB '*_index_*' OR name GLOB 'sqlite_*'"
    for (statement,) in source.execute(f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND NOT ({shadow})"):
        target.execute(statement)
    written = [written_rows(source, table) for table in _WRITTEN]
    entries = source.execute("SELECT id, text FROM investor_entry").fetchall()
    index = [(key, *index_columns(entry)) for key, entry in entries]
    start = time.perf_counter()
    CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    target.execute("BEGIN IMMEDIATE")
    for statement, rows in written:
        target.executemany(statement, rows)
    target.executemany("INSERT INTO investor_index(rowid, words, initials, sounds) VALUES (?, ?, ?, ?)", index)
    target.execute("COMMIT")
    return time.perf_counter() - start


def written_rows(source: sqlite3.Connection, table: str) -> tuple[str, list[Any]]:
    rows = source.execute(f"SELECT * FROM {table} WHERE rowid > 0")
    names = ", ".join(f'"{column[0]}"' for column in rows.description)
    marks = ", ".join("?" * len(rows.description))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", rows.fetchall()


if __name__ == "__main__":
    side, *paths = sys.argv[1:]
    print(json.dumps({"own": own_side, "plain": plain_side}[side](*map(Path, paths))))
