"""What care for 100,000 investors costs: the quick check at the start, a backup, one that is not needed."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.measures import measure
from tests.bench.search import fill
from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.repair import is_damaged
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.backup import MERGE
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office

RUNS = 3
FILES, FILE_BYTES = 60, 8 << 20


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


@measure("care.backup_seconds_500mb", unit="s")
@measure("care.restore_seconds_500mb", unit="s")
@measure("care.quick_check_seconds_500mb", unit="s")
def half_a_gigabyte() -> dict[str, float]:
    """An office full of photographs: one backup, checked by opening, and going back to it."""
    with tempfile.TemporaryDirectory() as folder:
        office = create_office(Path(folder) / "photos.office", name="清岚县投资促进局")
        with office.transaction("新建") as tx:
            owner = tx.save(Investor(name="青禾新材料股份有限公司"))
        for number in range(FILES):
            with office.transaction("添加文件") as tx:
                held = tx.put_blob(os.urandom(FILE_BYTES))
                photo = Attachment(owner_noun="investor", owner=owner.id, name=f"照片 {number}.jpg", size=FILE_BYTES)
                photo.sha256, photo.media_type = held, "image/jpeg"
                tx.save(photo)
        check = timed(lambda: is_damaged(office))
        made: list[Path] = []
        copied = timed(lambda: made.append(backup.make(office)))
        ready = backup.ready_to_restore(office, made[0])
        office.close()
        return {
            "care.backup_seconds_500mb": copied,
            "care.restore_seconds_500mb": timed(lambda: backup.restore(ready)),
            "care.quick_check_seconds_500mb": check,
        }


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object]) -> float:
    return min(timed(work) for _ in range(RUNS))
