"""The ledger's table: lines are added and read, and nothing else; the database refuses the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Act, Deed, Entry, broken_seals, joined, seal_of
from zhaoshang_desktop.store.keys import DEVICES
from zhaoshang_desktop.store.tables import DEVICE, LEDGER, META, moment, stamp

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


def carry(connection: Connection, entries: Iterable[Entry]) -> int:
    """Takes in lines of another copy of the same office that this one has not; how many.

    A file that was put back by hand goes on under the device number that it had, and writes other lines under the same
    numbers: from the first such line on they become a chain of their own, under a number that no device draws.
    """
    theirs: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=attrgetter("device", "number")):
        theirs.setdefault(entry.device, []).append(entry)
    return sum(_carry(connection, chain, set(theirs)) for chain in theirs.values())


def _carry(connection: Connection, chain: Sequence[Entry], devices: set[int]) -> int:
    """One device's lines; `devices` are those of the other copy."""
    known = {0: _office(connection), **_seals(connection, chain[0].device)}
    fork = next((at for at, entry in enumerate(chain) if _is_beside(entry, known)), len(chain))
    new = [row_of(entry) for entry in chain[:fork] if entry.number not in known]
    if new:
        connection.execute(insert(LEDGER), new)
    if fork == len(chain):
        return len(new)
    return len(new) + _carry(connection, _apart(connection, known, chain[fork:], devices), devices)


def _is_beside(entry: Entry, known: Mapping[int, str]) -> bool:
    """Is it a true line, where this copy has another one? (What is merely damaged is not.)"""
    seal = known.get(entry.number, entry.seal)
    return seal != entry.seal == seal_of(known.get(entry.number - 1, ""), entry)


def _apart(
    connection: Connection, known: Mapping[int, str], entries: Sequence[Entry], devices: set[int]
) -> list[Entry]:
    """The lines as a chain of their own: the one that they became before, or one of a number that is free."""
    before, taken = known[entries[0].number - 1], devices | set(connection.execute(select(DEVICE.c.number)).scalars())
    taken |= set(connection.execute(select(LEDGER.c.device).distinct()).scalars())
    first = int(entries[0].seal[:8], 16)
    for number in range(first, first + DEVICES):
        device = number % DEVICES
        chain = joined(before, entries, device, known[0])
        if device not in taken:
            place = f"ledger:{entries[0].device}:{entries[0].seal}"
            connection.execute(insert(DEVICE), {"number": device, "place": place, "last_key": 0})
            return chain
        if _seals(connection, device).get(2) == chain[1].seal:
            return chain
    raise KnownError("这个办公室已经在太多电脑上打开过。", "请联系维护人员。")


def _seals(connection: Connection, device: int) -> dict[int, str]:
    rows = connection.execute(select(LEDGER.c.number, LEDGER.c.seal).where(LEDGER.c.device == device))
    return {row.number: row.seal for row in rows}


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
