"""An encrypted office against a plain one, the same things done to both in turns, in one run.

Opening is by the key: argon2id is slow by intention, is paid once a session, and stands by itself. Scans begin with
nothing in SQLite's own memory, so that every page is read and deciphered.
"""

from __future__ import annotations

import contextlib
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.firms import write_list
from tests.bench.measures import measure
from tests.bench.search import fill, page, words_to_type
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import NewVault, new_vault

SECRET = "铁桶 青禾 月台 七"
ROWS = 10_000
OPENINGS, SAVES, SCANS, IMPORTS = 15, 60, 5, 3


@measure("vault.open_ratio", bar=1.5)
@measure("vault.search_ratio", bar=1.5)
@measure("vault.save_ratio", bar=1.5)
@measure("vault.scan_ratio", bar=3)
@measure("vault.open_ms", unit="ms")
@measure("vault.save_ms", unit="ms")
@measure("vault.scan_ms", unit="ms")
@measure("vault.unlock_ms", unit="ms")
def use() -> dict[str, float]:
    """100,000 investors; each figure is the ratio of two medians."""
    made = new_vault(SECRET)
    with tempfile.TemporaryDirectory() as folder:
        sides = [_Side(Path(folder) / "plain.office", None), _Side(Path(folder) / "vault.office", made)]
        for side in sides:
            side.make()
        opened = _in_turns(sides, OPENINGS, _open)
        with contextlib.ExitStack() as stack:
            for side in sides:
                side.office = stack.enter_context(contextlib.closing(side.open()))
            words = words_to_type()
            searched = [_search(side, words) for side in sides for _ in range(2)][1::2]
            saved = _in_turns(sides, SAVES, _save)
        scanned = _in_turns(sides, SCANS, _scan)
    return {
        "vault.open_ratio": opened[1] / opened[0],
        "vault.search_ratio": searched[1] / searched[0],
        "vault.save_ratio": saved[1] / saved[0],
        "vault.scan_ratio": scanned[1] / scanned[0],
        "vault.open_ms": opened[1] * 1000,
        "vault.save_ms": saved[1] * 1000,
        "vault.scan_ms": scanned[1] * 1000,
        "vault.unlock_ms": statistics.median(_timed(lambda: made.vault.unlock(SECRET)) for _ in range(5)) * 1000,
    }


@measure("vault.import_ratio", bar=1.5)
@measure("vault.import_seconds", unit="s")
def imports() -> dict[str, float]:
    """A workbook of 10,000 rows into new offices."""
    made = new_vault(SECRET)
    taken: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        book = write_list(Path(folder) / "名录.xlsx", ROWS)
        for run, (number, vault) in itertools.product(range(IMPORTS + 1), enumerate((None, made))):
            side = _Side(Path(folder) / f"{run}-{number}.office", vault)
            with contextlib.closing(side.create()) as office:
                seconds = _timed(lambda office=office: import_file(office, Investor, book))  # type: ignore[misc]
            if run:
                taken[number].append(seconds)
    plain, encrypted = map(statistics.median, taken)
    return {"vault.import_ratio": encrypted / plain, "vault.import_seconds": encrypted}


class _Side:
    """One of the two offices."""

    office: Office

    def __init__(self, path: Path, made: NewVault | None) -> None:
        self.path = path
        self.key = made.key if made else None
        self.vault = made.vault if made else None

    def create(self) -> Office:
        return create_office(self.path, name="清岚县投资促进局", key=self.key, vault=self.vault)

    def make(self) -> None:
        with contextlib.closing(self.create()) as office:
            fill(office)

    def open(self) -> Office:
        return open_office(self.path, key=self.key)


def _in_turns(sides: Sequence[_Side], times: int, work: Callable[[_Side], float]) -> list[float]:
    """The medians of both, the first turn not counted."""
    taken: list[list[float]] = [[] for _ in sides]
    for turn in range(times + 1):
        for side, found in zip(sides, taken, strict=True):
            seconds = work(side)
            if turn:
                found.append(seconds)
    return [statistics.median(one) for one in taken]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _open(side: _Side) -> float:
    """From the file to the first rows."""
    start = time.perf_counter()
    office = side.open()
    keys = office.first_ids(Query(Investor), 40)
    office.rows(Investor, keys)
    taken = time.perf_counter() - start
    office.close()
    return taken


def _search(side: _Side, words: Sequence[str]) -> float:
    return _timed(lambda: [page(side.office, text, ()) for text in words])


def _save(side: _Side) -> float:
    def saving() -> None:
        with side.office.transaction("修改") as tx:
            one = tx.get(Investor, key)
            one.note = f"{time.perf_counter()}"
            tx.save(one)

    key = side.office.first_ids(Query(Investor), 1)[0]
    return _timed(saving)


def _scan(side: _Side) -> float:
    office = side.open()
    with contextlib.closing(office), office.engine.connect() as connection:
        start = time.perf_counter()
        connection.exec_driver_sql("SELECT count(*) FROM investor WHERE business LIKE '%没有这样的%'").scalar()
        connection.exec_driver_sql("SELECT sum(length(changes)) FROM journal").scalar()
        return time.perf_counter() - start
