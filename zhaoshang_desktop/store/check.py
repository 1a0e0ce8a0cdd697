"""Is everything there that was committed, and nothing else? The journal is replayed against the rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import Damaged, KnownError
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store import blobs, derived, ledger, search
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.engine import reading, writing
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import BATCH, ENTRIES, JOURNAL, TABLES, stored_of_row

_STEP = 200_000
"""So many steps of SQLite's machine between two chances to stop: a few milliseconds."""


@dataclass
class Findings:
    """How many records of each noun there are, and a sentence for everything that is wrong.

    What `rebuild` mends by itself (the index, derived fields) is in `stale` as well.
    """

    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def only_stale(self) -> bool:
        """Is something wrong, and nothing but what can be made anew from the records?"""
        return bool(self.wrong) and len(self.wrong) == len(self.stale)


def check(office: Office) -> Findings:
    """Reads the whole office; changes nothing."""
    return findings_of(office.engine)


def findings_of(engine: Engine) -> Findings:
    """The same for a store that nobody has opened as an office."""
    findings = Findings()
    with reading(engine) as connection:
        findings.wrong += _file_faults(connection)
        for noun, record in RECORDS.items():
            table = TABLES[noun]
            live = select(func.count()).select_from(table).where(table.c.removed.is_(None))
            findings.counts[noun] = connection.execute(live).scalar_one()
            findings.wrong += _journal_faults(connection, record)
        findings.wrong += _batch_faults(connection)
        findings.stale += _stale(connection)
        findings.wrong += blobs.faults(connection)
        findings.wrong += ledger.faults(connection)
    findings.stale += _index_faults(engine)
    findings.wrong += findings.stale
    return findings


def quick_faults(office: Office, tell: Callable[[], None] | None = None) -> list[str]:
    """What SQLite's quick check says of a file (nothing of a server): seconds where `check` takes minutes.

    `tell` is called now and then; what it raises stops the check and is raised again.
    """
    if office.engine.dialect.name != "sqlite":
        return []
    stopped: list[BaseException] = []

    def step() -> int:
        try:
            if tell is not None:
                tell()
        except BaseException as reason:  # noqa: BLE001 - it is raised again below, past SQLite
            stopped.append(reason)
        return len(stopped)

    try:
        with reading(office.engine) as connection:
            driver: Any = connection.connection.driver_connection
            driver.set_progress_handler(step, _STEP)
            try:
                return list(_structure_faults(connection, "quick_check"))
            finally:
                driver.set_progress_handler(None, 0)
    except (KnownError, DBAPIError) as error:
        if stopped:
            raise stopped[0] from None
        return [str(error)]


def rebuild(office: Office) -> Changes:
    """Makes derived fields and the search index anew from the records."""
    with writing(office.engine) as connection:
        keys = {noun: set(connection.execute(select(TABLES[noun].c.id)).scalars()) for noun in RECORDS}
        changed = derived.stale(connection)
        derived.refresh(connection, {noun: keys[noun] for noun in ("project", "investor", "expert")})
        for noun in ENTRIES:
            entries = set(connection.execute(select(ENTRIES[noun].c.id)).scalars())
            search.refresh(connection, RECORDS[noun], entries | keys[noun])
        search.rebuild(connection)
    return Changes(0, {noun: frozenset(found) for noun, found in changed.items()})


def _stale(connection: Connection) -> Iterator[str]:
    for noun in ENTRIES:
        found = search.stale(connection, RECORDS[noun])
        if found:
            yield f"{RECORD_TITLES[noun]}：检索条目与记录不一致，{len(found):,} 条"
    for noun, keys in derived.stale(connection).items():
        yield f"{RECORD_TITLES[noun]}：由其他记录算出的内容不对，{len(keys):,} 条"


def _index_faults(engine: Engine) -> Iterator[str]:
    """The search indexes of a file that are damaged in themselves. FTS5 takes this question for an insert: of a file
    that is only looked at, or is being written, it is not asked."""
    if engine.dialect.name != "sqlite":
        return
    for noun in ENTRIES:
        try:
            with writing(engine) as connection:
                connection.exec_driver_sql(f"INSERT INTO {noun}_index({noun}_index) VALUES ('integrity-check')")
        except Damaged:
            yield f"{RECORD_TITLES[noun]}：检索索引已损坏"
        except KnownError:
            return


def _structure_faults(connection: Connection, check: str) -> Iterator[str]:
    """What one of SQLite's own checks says; the quick one does not hold the indexes against their tables."""
    for (line,) in connection.exec_driver_sql(f"PRAGMA {check}"):
        if line != "ok":
            yield f"文件结构：{line}"


def _file_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    yield from _structure_faults(connection, "integrity_check")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{RECORD_TITLES.get(row[0], row[0])}：有一条指向不存在的{RECORD_TITLES.get(row[2], row[2])}"


def _batch_faults(connection: Connection) -> Iterator[str]:
    lines = select(func.count()).select_from(JOURNAL.outerjoin(BATCH, BATCH.c.id == JOURNAL.c.batch))
    if many := connection.execute(lines.where(BATCH.c.id.is_(None))).scalar_one():
        yield f"修改记录：有 {many:,} 行没有登记是哪一次修改"


def _journal_faults(connection: Connection, record: type[Record]) -> Iterator[str]:
    """Compares each record with what its journal lines add up to."""
    try:
        replayed = _replay(connection, record)
    except ValueError:
        yield f"{RECORD_TITLES[record.NOUN]}：修改记录读不出来"
        return
    for row in connection.execute(select(TABLES[record.NOUN])).mappings():
        expected = replayed.pop(row["id"], None)
        title = row[record.TITLE] if record.TITLE in row else row["id"]
        if expected is None:
            yield f"{RECORD_TITLES[record.NOUN]}“{title}”：没有登记的来历"
        elif expected != stored_of_row(record, row):
            yield f"{RECORD_TITLES[record.NOUN]}“{title}”：内容与修改记录不一致"
    for key, expected in replayed.items():
        yield f"{RECORD_TITLES[record.NOUN]}“{expected.get(record.TITLE, key)}”：应在而不在"


def _replay(connection: Connection, record: type[Record]) -> dict[int, dict[str, Stored]]:
    found: dict[int, dict[str, Any]] = {}
    lines = select(JOURNAL.c.record, JOURNAL.c.op, JOURNAL.c.changes).where(JOURNAL.c.noun == record.NOUN)
    for key, op, changes in connection.execute(lines.order_by(JOURNAL.c.seq)):
        if op == "erase":
            found.pop(key, None)
            continue
        state = found.setdefault(key, {})
        for name, (_, after) in json.loads(changes).items():
            if after is None:
                state.pop(name, None)
            else:
                state[name] = after
    return found
