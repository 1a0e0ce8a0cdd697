"""Is everything there that was committed, and nothing else? The journal is replayed against the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store import blobs, ledger
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.engine import reading
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import ENTRIES, JOURNAL, TABLES, stored_of_row


@dataclass
class Findings:
    """How many records of each noun there are, and a sentence for everything that is wrong."""

    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def check(office: Office) -> Findings:
    """Reads the whole office; changes nothing."""
    findings = Findings()
    with reading(office.engine) as connection:
        findings.wrong += _file_faults(connection)
        for noun, record in RECORDS.items():
            table = TABLES[noun]
            live = select(func.count()).select_from(table).where(table.c.removed.is_(None))
            findings.counts[noun] = connection.execute(live).scalar_one()
            findings.wrong += _journal_faults(connection, record)
            if noun in ENTRIES:
                entries = connection.execute(select(func.count()).select_from(ENTRIES[noun])).scalar_one()
                if entries != findings.counts[noun]:
                    findings.wrong.append(
                        f"{RECORD_TITLES[noun]}：检索条目 {entries} 条，记录 {findings.counts[noun]} 条，两者不一致"
                    )
        findings.wrong += blobs.faults(connection)
        findings.wrong += ledger.faults(connection)
    return findings


def _file_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if line != "ok":
            yield f"文件结构：{line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{RECORD_TITLES.get(row[0], row[0])}：有一条指向不存在的{RECORD_TITLES.get(row[2], row[2])}"


def _journal_faults(connection: Connection, record: type[Record]) -> Iterator[str]:
    """Compares each record with what its journal lines add up to."""
    replayed = _replay(connection, record)
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
