"""What care for 100,000 investors costs: the quick check at the start, a backup, one that is not needed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.measures import measure
from tests.bench.search import fill
from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.repair import is_damaged
from zhaoshang_desktop.domain.backup import MERGE
from zhaoshang_desktop.store import create_office

RUNS = 3


@measure("care.quick_check_seconds_100k", bar=5, unit="s")
@measure("care.backup_seconds_100k", unit="s")
@measure("care.backup_not_needed_ms_100k", unit="ms")
@measure("care.megabytes_100k", unit="MB")
def care() -> dict[str, float]:
    """The best of three: what the disk and other work add is not the program's."""
    with tempfile.TemporaryDirectory() as folder:
        office = create_office(Path(folder) / "many.office", name="清岚县投资促进局")
        fill(office)
        figures = {
            "care.quick_check_seconds_100k": best(lambda: is_damaged(office)),
            "care.backup_seconds_100k": best(lambda: backup.make(office)),
            "care.backup_not_needed_ms_100k": 1000 * best(lambda: backup.before(office, MERGE)),
        }
        office.close()
        size = Path(office.where).stat().st_size
    return {**figures, "care.megabytes_100k": size / 1e6}


def best(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(once() for _ in range(RUNS))
