"""The ledger's table: lines are added and read, and nothing else; the database refuses the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text

from zhaoshang_desktop.domain.ledger import Act, Deed, Entry, broken_seals, seal_of
from zhaoshang_desktop.store.tables import LEDGER, META, moment, stamp

_LOCK = 0x5A54_0000_0000
_REFUSALS = ("UPDATE", "DELETE")


def protect(connection: Connection) -> None:
    """From now on the database itself refuses to change or delete a line (on a server roles have no such right)."""
    if connection.dialect.name == "sqlite":
        for verb in _REFUSALS:
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS ledger_no_{verb.lower()} BEFORE {verb} ON ledger "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END"
            )
        return
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'the ledger is only added to'; END$$"
    )
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS ledger_kept ON ledger")
    connection.exec_driver_sql(
        "CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
    )


def write(connection: Connection, deed: Deed, *, device: int, actor: str, at: datetime) -> Entry:
    """Adds a line to the device's chain."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK + device})
    wanted = select(LEDGER.c.number, LEDGER.c.seal).where(LEDGER.c.device == device)
    last = connection.execute(wanted.order_by(LEDGER.c.number.desc()).limit(1)).first()
    number, before = last or (0, _office(connection))
    entry = Entry(device, number + 1, at, actor, deed)
    sealed = Entry(device, number + 1, at, actor, deed, seal_of(before, entry))
    connection.execute(insert(LEDGER), row_of(sealed))
    return sealed


def read(connection: Connection, limit: int = 0) -> list[Entry]:
    """The lines, newest first; all of them when there is no limit."""
    wanted = select(LEDGER).order_by(LEDGER.c.at.desc(), LEDGER.c.device, LEDGER.c.number.desc())
    return [entry_of(row) for row in connection.execute(wanted.limit(limit) if limit else wanted).mappings()]


def count(connection: Connection) -> int:
    """How many lines there are."""
    return connection.execute(select(func.count()).select_from(LEDGER)).scalar_one()


def chains(connection: Connection) -> list[Entry]:
    """All lines, device by device in their order."""
    rows = connection.execute(select(LEDGER).order_by(LEDGER.c.device, LEDGER.c.number)).mappings()
    return [entry_of(row) for row in rows]


def faults(connection: Connection) -> Iterator[str]:
    """A sentence for each line that is not what was written."""
    yield from broken_seals(_office(connection), chains(connection))


def carry(connection: Connection, entries: Sequence[Entry]) -> int:
    """Takes in lines of another copy of the same office that this one has not; how many."""
    known = {(row.device, row.number) for row in connection.execute(select(LEDGER.c.device, LEDGER.c.number))}
    new = [row_of(entry) for entry in entries if (entry.device, entry.number) not in known]
    if new:
        connection.execute(insert(LEDGER), new)
    return len(new)


def row_of(entry: Entry) -> dict[str, Any]:
    """The database row of a line."""
    deed = entry.deed
    return {
        "device": entry.device,
        "number": entry.number,
        "at": stamp(entry.at),
        "actor": entry.actor,
        "act": str(deed.act),
        "count": deed.count,
        "file": deed.file,
        "note": deed.note,
        "seal": entry.seal,
    }


def entry_of(row: RowMapping | dict[str, Any]) -> Entry:
    """The line of a database row."""
    deed = Deed(Act(row["act"]), row["count"], row["file"], row["note"])
    return Entry(row["device"], row["number"], moment(row["at"]), row["actor"], deed, row["seal"])


def _office(connection: Connection) -> str:
    return connection.execute(select(META.c.value).where(META.c.key == "office")).scalar() or ""
