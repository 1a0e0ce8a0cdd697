"""Twenty thousand damaged workbooks are imported: each is read or refused, whole or not at all, within ten seconds."""

from __future__ import annotations

import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.measures import measure
from tests.exchange.mutating import Outcome, fuzz
from zhaoshang_desktop.actions.office import new_office

FILES = 20_000
PORTION = 200
"""So many files go into one office."""
PROCESSES = 2


@measure("fuzz.files", bar=FILES, at_least=True, unit="files")
@measure("fuzz.read", unit="files")
@measure("fuzz.faults", bar=0)
def damaged_workbooks() -> dict[str, float]:
    """Faults are crashes, hangs, files refused after something was stored, and rows that do not add up."""
    whole = Outcome()
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=PROCESSES, mp_context=processes) as pool:
        for place, portion in enumerate(pool.map(one_portion, range(0, FILES, PORTION)), 1):
            whole.read += portion.read
            whole.refused += portion.refused
            whole.faults += portion.faults
            print(
                f"{place * PORTION} files, {whole.read} read, {len(whole.faults)} faults", *portion.faults, sep="\n  "
            )
    tried = whole.read + whole.refused + len(whole.faults)
    return {"fuzz.files": tried, "fuzz.read": whole.read, "fuzz.faults": len(whole.faults)}


def one_portion(first: int) -> Outcome:
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "清岚县.office", name="清岚县投资促进局", actor="张敏")
        fuzz(office, Path(folder), range(first, first + PORTION), outcome)
        office.close()
    return outcome
