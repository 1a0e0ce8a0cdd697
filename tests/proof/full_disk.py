"""A disk of a few megabytes that is full at another place in every run (Linux, as root: a file system in memory)."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.measures import measure
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.writing import write_register
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check

RUNS = 150
DISK = 8 << 20
ROWS = 400
ENOUGH = 3 << 19


@measure("full_disk.runs", unit="runs")
@measure("full_disk.refused", unit="runs")
@measure("full_disk.faults", bar=0)
def full_disks() -> dict[str, float]:
    """Each run fills all but a drawn number of bytes, imports, and makes room again."""
    dice = random.Random(20261123)
    refused, faults = 0, []
    with small_disk() as disk, tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "名录.xlsx"
        write_register(
            book, Investor, [Investor(name=f"公司{n}", note="字" * 100) for n in range(ROWS)], title="客商名录"
        )
        office = disk / "清岚.office"
        for run in range(RUNS):
            was_refused, wrong = one_run(office, book, dice.randrange(ENOUGH))
            refused += was_refused
            faults += wrong
            for fault in wrong:
                print(f"run {run}: {fault}")
    return {"full_disk.runs": RUNS, "full_disk.refused": refused, "full_disk.faults": len(faults)}


def one_run(where: Path, book: Path, room: int) -> tuple[bool, list[str]]:
    """Whether the import was refused for want of room, and what is wrong then and after there is room again."""
    create_office(where, name="清岚县投资促进局").close()
    office = open_office(where)
    refusal = ""
    with ballast(where.with_name("ballast"), room):
        try:
            import_file(office, Investor, book)
        except KnownError as error:
            refusal = error.sentence
    wrong = [f"{fault} (room {room})" for fault in check(office).wrong]
    if refusal and "磁盘" not in refusal:
        wrong.append(f"another sentence: {refusal}")
    if office.count(Query(Investor)) != (0 if refusal else ROWS):
        wrong.append(f"{office.count(Query(Investor))} records after {refusal or 'an import'}")
    import_file(office, Investor, book)
    if office.count(Query(Investor)) != ROWS:
        wrong.append("the office could not be used afterwards")
    office.close()
    where.unlink()
    return bool(refusal), wrong


@contextmanager
def ballast(path: Path, room: int) -> Iterator[None]:
    """A file that leaves so many bytes of the disk free."""
    with path.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(b"\0" * 65_536)
        file.truncate(max(file.tell() - room, 0))
    yield
    path.unlink()


@contextmanager
def small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place], check=True)
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
