"""An office with a backup and work done since, and ways to damage its file."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.backup import WALL
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import back_up, backup_name
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.repair import Repaired, repair
from zhaoshang_desktop.store.tables import TABLES, stored_of_row

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WALL)
PAGE = 4096
FIRMS = 400
Contents = dict[tuple[str, int], dict[str, Any]]


@dataclass
class Case:
    """A closed office, its backup, and every state each of its records was ever in."""

    where: Path
    key: bytes | None
    backup: Path | None
    clock: FixedClock
    now: Contents = field(default_factory=dict)
    then: Contents = field(default_factory=dict)

    def copied(self, folder: Path) -> Case:
        """The same in another folder, to be damaged there."""
        folder.mkdir()
        for file in self.where.parent.glob(f"{self.where.name}*"):
            shutil.copy(file, folder)
        return Case(folder / self.where.name, self.key, self.backup, self.clock, self.now, self.then)

    def repaired(self) -> Repaired:
        known = [self.backup] if self.backup else []
        return repair(self.where, self.key, known, actor="张敏", clock=self.clock)


def contents(office: Office) -> Contents:
    """Every record as it is stored."""
    found: Contents = {}
    with office.engine.connect() as connection:
        for noun, record in RECORDS.items():
            for row in connection.execute(TABLES[noun].select()).mappings():
                found[noun, row["id"]] = stored_of_row(record, row)
    return found


def make_case(folder: Path, key: bytes | None = None, *, backup: bool = True, log: bool = False) -> Case:
    """With `log` the program died: all that came after the backup is still in the file's log."""
    clock = FixedClock(NOW)
    where = folder / "清岚.office"
    office = create_office(where, name="清岚县投资促进局", actor="张敏", clock=clock, key=key)
    with office.transaction("导入") as tx:
        firms = [Investor(name=f"青禾{n}新材料有限公司", note="老朋友" * 40) for n in range(FIRMS)]
        tx.save_all(firms)
        tx.save_all([Contact(investor=one.id, name="周远航", mobile="13800000000") for one in firms])
        tx.save(Attachment(owner_noun="investor", owner=firms[0].id, name="图.png", sha256=tx.put_blob(b"a" * 9000)))
    office.note(Deed(Act.EXPORT, 3, "客商.xlsx"))
    clock.advance(timedelta(hours=1))
    made = back_up(office.engine, backup_name(where, clock.now(), "每日"), key) if backup else None
    before = contents(office)
    work_on(office, clock)
    now = contents(office)
    if log:
        died(office, where)
    office.close()
    return Case(where, key, made, clock, now, before)


def work_on(office: Office, clock: FixedClock) -> None:
    """What a clerk does after the backup."""
    for n in range(40):
        clock.advance(timedelta(minutes=1))
        with office.transaction(f"新建客商 {n}") as tx:
            made = tx.save(Investor(name=f"云帆{n}智能装备有限公司", note="新来的" * 60))
            tx.save(Contact(investor=made.id, name="褚文博"))
            tx.save(Project(name=f"云帆{n}期"))
            tx.save(Visit(investor=made.id, state="已完成", said="二期要看蒸汽价格" * 30))
    for n, one in enumerate(office.find(Query(Investor, words="青禾"))[:120]):
        clock.advance(timedelta(seconds=30))
        with office.transaction("修改客商") as tx:
            one.business = f"第 {n} 次"
            tx.save(one)
    with office.transaction("清除") as tx:
        gone = office.find(Query(Contact))[:3]
        tx.erase(Contact, [one.id for one in gone])
        tx.note(Deed(Act.ERASE, 3))
        tx.save(Attachment(owner_noun="investor", owner=one.id, name="新.png", sha256=tx.put_blob(b"b" * 9000)))


def died(office: Office, where: Path) -> None:
    """Leaves file and log as they lie on the disk at this moment."""
    kept = where.parent / "kept"
    kept.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{where}{ending}", kept)
    office.close()
    for ending in ("", "-wal"):
        shutil.copy(kept / f"{where.name}{ending}", where.parent)
    shutil.rmtree(kept)


def zero_pages(file: Path, dice: random.Random, count: int, first: int = 1) -> None:
    """So many pages are nothing but zeros; the first page only if it is asked for."""
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as data:
        for page in dice.sample(range(first, pages), min(count, pages - first)):
            data.seek(page * PAGE)
            data.write(bytes(PAGE))


def zero_first_page(file: Path, dice: random.Random) -> None:
    with file.open("r+b") as data:
        data.write(bytes(PAGE))


def flip_bytes(file: Path, dice: random.Random, count: int) -> None:
    """So many bytes are others, anywhere."""
    size = file.stat().st_size
    with file.open("r+b") as data:
        for _ in range(count):
            place = dice.randrange(size)
            data.seek(place)
            old = data.read(1)[0]
            data.seek(place)
            data.write(bytes([old ^ dice.randrange(1, 256)]))


def flip_key(file: Path, dice: random.Random, *, of_row: bool, pages: int = 0) -> None:
    """One bit of one record's key is another, where it stands as the number of a row or in a line, a link or an index;
    then so many pages are zeros. What is encrypted shows no keys: there it is one byte anywhere."""
    data = file.read_bytes()
    places = list(itertools.islice(_places(file, data, dice, of_row), 1))
    if places:
        place, length = dice.choice(places[0])
        at = place + dice.randrange(length)
        file.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])
    else:
        flip_bytes(file, dice, 1)
    zero_pages(file, dice, pages)


def _places(file: Path, data: bytes, dice: random.Random, of_row: bool) -> Iterator[list[tuple[int, int]]]:
    """Of records in an order drawn by lot, where in the file their keys stand, and how long they are there."""
    if not data.startswith(b"SQLite format 3"):
        return
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as connection:
        keys = [
            key
            for noun in ("investor", "contact", "project")
            for (key,) in connection.execute(f"SELECT id FROM {noun}")
        ]
    for key in dice.sample(keys, len(keys)):
        code = _varint(key) if of_row else key.to_bytes(8, "big")
        found = [(place.start(), len(code)) for place in re.finditer(re.escape(code), data)]
        if found:
            yield found


def _varint(key: int) -> bytes:
    """The number of a row as SQLite writes one of 57 bits and more."""
    groups = [key >> 8 >> 7 * place & 0x7F | 0x80 for place in reversed(range(8))]
    return bytes([*groups, key & 0xFF])


def cut_off(file: Path, dice: random.Random) -> None:
    with file.open("r+b") as data:
        data.truncate(dice.randrange(file.stat().st_size))


def garbage(file: Path, dice: random.Random) -> None:
    """A stretch of the file is somebody else's bytes."""
    size = file.stat().st_size
    with file.open("r+b") as data:
        data.seek(dice.randrange(size))
        data.write(dice.randbytes(dice.randrange(1, size // 4)))


def empty(file: Path, _dice: random.Random) -> None:
    """Nothing is left of it."""
    file.write_bytes(b"")


Damage = Callable[[Path, random.Random], None]
DAMAGES: dict[str, Damage] = {
    "one page": lambda file, dice: zero_pages(file, dice, 1),
    "ten pages": lambda file, dice: zero_pages(file, dice, 10),
    "hundred pages": lambda file, dice: zero_pages(file, dice, 100),
    "first page": zero_first_page,
    "one byte": lambda file, dice: flip_bytes(file, dice, 1),
    "fifty bytes": lambda file, dice: flip_bytes(file, dice, 50),
    "key of a row": lambda file, dice: flip_key(file, dice, of_row=True),
    "key of a line": lambda file, dice: flip_key(file, dice, of_row=False),
    "key of a row and pages": lambda file, dice: flip_key(file, dice, of_row=True, pages=3),
    "key of a line and pages": lambda file, dice: flip_key(file, dice, of_row=False, pages=3),
    "cut off": cut_off,
    "garbage": garbage,
    "empty": empty,
}


def faults_of(case: Case, report: Repaired) -> list[str]:
    """What is wrong after a repair: an unsound office, something of the backup lost, something that never was,
    or something that is lost and not said. (A byte of a text that became another cannot be told from a word.)"""
    office = open_office(case.where, key=case.key, clock=case.clock)
    with contextlib.closing(office):
        wrong = [sentence for sentence in check(office).wrong if sentence not in report.lost]
        found = contents(office)
        ledger = {one.deed.act for one in office.ledger()}
    if (report.aside and Act.REPAIR not in ledger) or (case.backup and Act.EXPORT not in ledger):
        wrong.append(f"the ledger has only {ledger}")
    if not report.lost:
        missing = [key for key in case.now if key not in found]
        if missing:
            wrong.append(f"{len(missing)} records are lost and nobody says so")
        wrong += [f"{key} should be gone" for key in found if key not in case.now]
    if case.backup:
        wrong += [f"{key} of the backup is lost" for key in case.then if key not in found and key in case.now]
    wrong += [f"{key} never was" for key in found if key not in case.now and key not in case.then]
    return wrong
