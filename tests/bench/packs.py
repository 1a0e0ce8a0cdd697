"""A pack comes home with 10,000 changed fields: into 100,000 investors, into a quarter of them, and with a quarter of
the changes. What it costs goes with the changes and not with the office; the backup before it is aside.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.bench.firms import names
from tests.bench.measures import measure
from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.homecoming import bring_home, look_into
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.packs import Cargo, make_pack

KEY = bytes(range(32))
MANY, FEW = 100_000, 25_000
CHANGES, FEWER = 10_000, 2_500
RUNS, BATCH = 3, 10_000


@measure("packs.merge_10k_fields_s", bar=5, unit="s")
@measure("packs.merge_10k_fields_100k_to_25k", bar=1.3)
@measure("packs.merge_10k_to_2500_fields", bar=4.5)
@measure("packs.make_10k_records_s", unit="s")
def merges() -> dict[str, float]:
    """The best of three: reading and checking the pack, comparing, merging, holding it against what came."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        made = {count: filled(folder / f"{count}.office", count) for count in (MANY, FEW)}
        began = time.perf_counter()
        packs = {(count, CHANGES): pack_of(made[count], CHANGES) for count in made}
        making = (time.perf_counter() - began) / 2
        packs[MANY, FEWER] = pack_of(made[MANY], FEWER)
        seconds = {what: min(timed(made[what[0]], path) for _ in range(RUNS)) for what, path in packs.items()}
    return {
        "packs.merge_10k_fields_s": seconds[MANY, CHANGES],
        "packs.merge_10k_fields_100k_to_25k": seconds[MANY, CHANGES] / seconds[FEW, CHANGES],
        "packs.merge_10k_to_2500_fields": seconds[MANY, CHANGES] / seconds[MANY, FEWER],
        "packs.make_10k_records_s": making,
    }


def filled(where: Path, count: int) -> Path:
    """An office of so many investors."""
    office = new_office(where, name="清岚县")
    every = list(names(count))
    for start in range(0, count, BATCH):
        with office.transaction("导入") as tx:
            made = [Investor(name=name, business="研发与生产", level="B") for name in every[start : start + BATCH]]
            tx.save_all(made)
    office.close()
    return where


def pack_of(where: Path, count: int) -> Path:
    """A pack of so many of them, each of which the laptop then changed in one field."""
    office = open_office(where)
    path = where.with_name(f"{where.stem}-{count}.pack")
    keys = office.ids(Query(Investor, order=("id",)))
    chosen = keys[:: max(1, len(keys) // count)][:count]
    sent = make_pack(office, path, KEY, Cargo({"investor": chosen}), path.stem, "小分队")
    with office.transaction("带出") as tx:
        tx.save(Pack(name="小分队", since=date(2026, 11, 23), code=path.stem, digest=sent.digest))
    office.close()
    laptop = open_office(path, key=KEY, actor="王强")
    with laptop.transaction("补记") as tx:
        for record in laptop.rows(Investor, chosen):
            record.note = "谈过了"
            tx.save(record)
    laptop.close()
    return path


def timed(where: Path, path: Path) -> float:
    """One homecoming, into a copy of the office that has a backup already."""
    copy = where.with_name("copy.office")
    shutil.copy(where, copy)
    office: Office = open_office(copy, actor="张敏")
    backup.make(office)
    began = time.perf_counter()
    home = look_into(office, path, lambda _copy: KEY)
    done = bring_home(office, home)
    seconds = time.perf_counter() - began
    assert done.is_whole
    assert done.taken == len(home.edits)
    home.close()
    office.close()
    copy.unlink()
    shutil.rmtree(copy.with_name("copy-备份"), ignore_errors=True)
    return seconds
