"""A process that backs up, restores, upgrades or repairs without pause until it is killed.

`python -m tests.store.carer WHAT FOLDER`; it says a line on standard output before each round.
"""

from __future__ import annotations

import gzip
import itertools
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.store.damaging import zero_pages
from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.repair import repair_file
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.backup import NOBODY, find_backups

OLD = Path(__file__).parents[1] / "data" / "office_1.gz"
OFFICE = "清岚.office"


def back_up(folder: Path, round_: int) -> None:
    office = open_office(folder / OFFICE)
    with office.transaction(f"第 {round_} 次") as tx:
        tx.save_all([Investor(name=f"第 {round_} 次的第 {n} 家", note="字" * 200) for n in range(50)])
    actions.daily(office)
    actions.make(office)
    office.close()


def restore(folder: Path, round_: int) -> None:
    """To and fro between the two newest states."""
    office = open_office(folder / OFFICE)
    known = [one.path for one in find_backups(folder / OFFICE, NOBODY) if one.name.why == "手动"]
    ready = actions.ready_to_restore(office, known[round_ % len(known)])
    office.close()
    actions.restore(ready)


def upgrade(folder: Path, round_: int) -> None:
    file = folder / f"旧{round_}.office"
    part = folder / "part"
    part.write_bytes(gzip.decompress(OLD.read_bytes()))
    part.replace(file)
    open_office(file).close()


def repair(folder: Path, round_: int) -> None:
    file = folder / f"坏{round_}.office"
    part = folder / "part"
    shutil.copy(folder / OFFICE, part)
    zero_pages(part, random.Random(round_), 12)
    part.replace(file)
    repair_file(file)


WORK: dict[str, Callable[[Path, int], None]] = {
    "backup": back_up,
    "restore": restore,
    "upgrade": upgrade,
    "repair": repair,
}


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2])
    for round_ in itertools.count():
        sys.stdout.write(f"{round_}\n")
        sys.stdout.flush()
        WORK[what](folder, round_)
