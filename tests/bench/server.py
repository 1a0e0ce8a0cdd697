"""Searching and saving on a server while clerks work: what can be measured in minutes, at a hundred thousand investors.

`python -m tests.bench.server URL NAME SEED SECONDS` is one clerk: a search as somebody types, the page of rows, a
record opened, now and then an edit saved, a pause between. The city of five million is in tests/proof.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests import postgres
from tests.bench import city
from tests.bench.firms import FIRST, SECOND, TRADES
from tests.bench.measures import measure
from tests.bench.search import words_to_type
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.clash import EditClash
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.collector import keep_what_is_there
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office

HOUSE = Path(__file__).parents[2]
MANY = 100_000
CLERKS, SECONDS = 8, 30.0
PAGE = 81
THINKS = 5.0
"""Seconds between two things a clerk does, on average."""


@measure("server.search_p99_ms_100k", bar=100, unit="ms")
@measure("server.search_median_ms_100k", unit="ms")
@measure("server.save_p99_ms_100k", bar=50, unit="ms")
@measure("server.save_median_ms_100k", unit="ms")
def eight_clerks() -> dict[str, float]:
    """Eight clerks for half a minute."""
    with ExitStack() as stack:
        programs = postgres.binaries()
        assert programs is not None
        url = stack.enter_context(postgres.server(programs, safe=True))
        where = stack.enter_context(postgres.database(url, "bench"))
        city.fill(where, MANY, "256MB")
        return {f"server.{name}_ms_100k": value for name, value in figures(work(where, CLERKS, SECONDS)).items()}


def figures(times: dict[str, list[float]]) -> dict[str, float]:
    """p99 and median of searches and saves."""
    found = {}
    for what in ("search", "save"):
        ordered = sorted(times[what])
        found[f"{what}_p99"] = ordered[int(len(ordered) * 0.99)]
        found[f"{what}_median"] = ordered[len(ordered) // 2]
    return found


def work(where: str, clerks: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of everything that so many clerks did, by kind; the first tenth of the time is not counted.

    They begin together, when the last has the office open: starting fifty programs is not what is measured.
    """
    command = [sys.executable, "-m", "tests.bench.server", where]
    processes = [
        subprocess.Popen(
            [*command, f"c{number}", str(number), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOUSE,
            env={**os.environ, "USER": f"c{number}", "USERNAME": f"c{number}"},
        )
        for number in range(clerks)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    times: dict[str, list[float]] = {"search": [], "save": []}
    for process in processes:
        for line in process.communicate()[0].splitlines():
            what, took = json.loads(line)
            times[what].append(took)
    return times


class Clerk:
    """Types, looks, opens, edits."""

    def __init__(self, office: Office, seed: int) -> None:
        self._office = office
        self._dice = random.Random(seed)
        self._words = words_to_type()
        self._shown: list[int] = []

    def run(self, seconds: float) -> None:
        begun = time.monotonic()
        while (gone := time.monotonic() - begun) < seconds:
            deed = self._save if self._shown and self._dice.random() < 0.3 else self._search
            took = deed()
            if gone > seconds / 10:
                sys.stdout.write(json.dumps([deed.__name__.strip("_"), took]) + "\n")
            time.sleep(self._dice.expovariate(1 / THINKS))

    def _search(self) -> float:
        word = self._dice.choice(self._words) if self._dice.random() < 0.5 else self._name()
        start = time.perf_counter()
        keys = self._office.first_ids(Query(Investor, words=word), PAGE)
        self._office.rows(Investor, keys[:40])
        took = (time.perf_counter() - start) * 1000
        self._shown = keys or self._shown
        return took

    def _name(self) -> str:
        whole = self._dice.choice(FIRST) + self._dice.choice(SECOND) + self._dice.choice(TRADES)
        return whole[: self._dice.randint(1, len(whole))]

    def _save(self) -> float:
        """From 保存 to the commit; the record was on screen."""
        shown = self._office.get(Investor, self._dice.choice(self._shown))
        change: dict[str, str] = {"note": f"第 {self._dice.random()} 次"}
        if self._dice.random() < 0.2:
            change = {"short_name": f"{self._dice.choice(FIRST)}{self._dice.choice(SECOND)}"}
        start = time.perf_counter()
        with contextlib.suppress(EditClash):
            edit_record(self._office, Investor, shown.id, change, shown.version)
        return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    url, name, seed, seconds = sys.argv[1:]
    clerk = Clerk(open_office(url, actor=name), int(seed))
    keep_what_is_there()  # as the window does when it is ready
    print("ready", flush=True)
    sys.stdin.readline()
    if "ZHAOSHANG_REALTIME" in os.environ:  # what else runs on this machine is not to be measured (Linux, root)
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    clerk.run(float(seconds))
