"""Two hundred files damaged at places drawn by lot, and repaired; with and without a backup, a log, a key."""

from __future__ import annotations

import itertools
import random
import tempfile
from pathlib import Path

from tests.bench.measures import measure
from tests.store.conftest import KEY
from tests.store.damaging import DAMAGES, Case, contents, faults_of, make_case
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store import open_office

RUNS = 200


@measure("damage.repairs", unit="files")
@measure("damage.refused", unit="files")
@measure("damage.records_back_percent", unit="%")
@measure("damage.faults", bar=0)
def repairs() -> dict[str, float]:
    """Faults are unsound results, losses that nobody is told of, and records that never were."""
    dice = random.Random(20261128)
    faults, wanted, back, refused = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as place:
        grounds = {
            "plain": make_case(made(place, "plain")),
            "log": make_case(made(place, "log"), log=True),
            "encrypted": make_case(made(place, "encrypted"), KEY),
            "alone": make_case(made(place, "alone"), backup=False),
        }
        kinds = itertools.cycle(itertools.product(DAMAGES.items(), grounds.items()))
        for run, ((damage, spoil), (ground, case)) in zip(range(RUNS), kinds, strict=False):
            copy = case.copied(Path(place) / f"run {run}")
            spoil(copy.where, dice)
            damaged = copy.where.read_bytes()
            try:
                report = copy.repaired()
            except KnownError as error:  # with no backup and an empty file there is nothing to repair from
                if ground != "alone" or copy.where.read_bytes() != damaged:
                    faults += 1
                    print(f"run {run}, {ground}, {damage}: {error}")
                refused += 1
                continue
            found = [fault for fault in faults_of(copy, report) if not (ground == "alone" and "the backup" in fault)]
            for fault in found:
                faults += 1
                print(f"run {run}, {ground}, {damage}: {fault}")
            wanted += len(case.now)
            back += records_back(copy)
    return {
        "damage.repairs": RUNS - refused,
        "damage.refused": refused,
        "damage.records_back_percent": 100 * back / wanted,
        "damage.faults": faults,
    }


def made(place: str, name: str) -> Path:
    folder = Path(place) / name
    folder.mkdir()
    return folder


def records_back(case: Case) -> int:
    """How many records are as they were just before the damage."""
    office = open_office(case.where, key=case.key, clock=case.clock)
    found = contents(office)
    office.close()
    return sum(found.get(key) == stored for key, stored in case.now.items())
