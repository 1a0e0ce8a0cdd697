"""How soon fifty windows at one server know of a save: each is told by the server, and then reads what it was.

`python -m tests.bench.listening URL COUNT` is so many windows: at the end it prints the batch and the moment of all
they were told.
"""

from __future__ import annotations

import bisect
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests import postgres
from tests.bench.measures import measure
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office, open_office

HOUSE = Path(__file__).parents[2]
PROCESSES, EACH = 5, 10
SAVES, PAUSE = 200, 0.1
FIRMS = 1000
LAST = 10.0
"""Seconds that the last save may take to be told everywhere."""


@measure("server.told_p99_ms_50", bar=1000, unit="ms")
@measure("server.told_median_ms_50", unit="ms")
@measure("server.told_missed_50", bar=0)
@measure("server.save_listened_to_p99_ms_50", bar=50, unit="ms")
def fifty_windows() -> dict[str, float]:
    """A save ten times a second, from its begin to the moment each of fifty windows has read what changed."""
    with ExitStack() as stack:
        programs = postgres.binaries()
        assert programs is not None
        url = stack.enter_context(postgres.server(programs, safe=True, settings="-c max_connections=300"))
        return told(stack.enter_context(postgres.database(url, "bench")), PROCESSES, EACH, SAVES)


def told(where: str, processes: int, each: int, saves: int) -> dict[str, float]:
    """The same of so many windows in so many programs, in an empty database."""
    office = create_office(where, name="清岚县投资促进局")
    with office.transaction("准备") as tx:
        firms = [tx.save(Investor(name=f"青禾{n}新材料有限公司")) for n in range(FIRMS)]
    command = [sys.executable, "-m", "tests.bench.listening", where, str(each)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": HOUSE}
    windows = [subprocess.Popen(command, **pipes) for _ in range(processes)]  # type: ignore[call-overload]
    for window in windows:
        window.stdout.readline()
    began: list[tuple[int, float]] = []
    took: list[float] = []
    for number in range(saves):
        start = time.monotonic()
        changes = edit_record(
            office, Investor, firms[number % FIRMS].id, {"note": f"第 {number} 次"}, 1 + number // FIRMS
        )
        took.append((time.monotonic() - start) * 1000)
        began.append((changes.batch, start))
        time.sleep(max(0.0, start + PAUSE - time.monotonic()))
    time.sleep(LAST / 10)
    heard = [_heard(window.communicate("over\n")[0], each) for window in windows]
    office.close()
    waits = sorted(wait for program in heard for one in program for wait in _waits(began, one))
    return {
        "server.told_p99_ms_50": waits[int(len(waits) * 0.99)],
        "server.told_median_ms_50": waits[len(waits) // 2],
        "server.told_missed_50": processes * each * saves - len(waits),
        "server.save_listened_to_p99_ms_50": sorted(took)[int(saves * 0.99)],
    }


def _heard(said: str, each: int) -> list[list[tuple[int, float]]]:
    """What each window of a program was told: the newest batch, and when."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(each)]
    for line in said.splitlines():
        window, batch, at = line.split()
        found[int(window)].append((int(batch), float(at)))
    return found


def _waits(began: list[tuple[int, float]], heard: list[tuple[int, float]]) -> list[float]:
    """Milliseconds from each save to the moment when a window was told of it; several may be told at once."""
    batches = [batch for batch, _ in heard]
    places = [(bisect.bisect_left(batches, batch), start) for batch, start in began]
    return [(heard[place][1] - start) * 1000 for place, start in places if place < len(heard)]


class Window:
    """One window, as far as its office is concerned."""

    def __init__(self, where: str, number: int) -> None:
        self._number = number
        self.heard: list[str] = []
        self.office = open_office(where, actor=f"c{number}")
        self.following = self.office.follow(self._told)

    def _told(self, changes: Changes) -> None:
        self.heard.append(f"{self._number} {changes.batch} {time.monotonic()}")


if __name__ == "__main__":
    url, count = sys.argv[1:]
    windows = [Window(url, number) for number in range(int(count))]
    print("ready", flush=True)
    sys.stdin.readline()
    for window in windows:
        window.following.stop()
        print("\n".join(window.heard))
