"""Which record points to which: what an erasure would tear apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.tables import TABLES, links_to


def linked(connection: Connection, record: type[Record], keys: Sequence[int]) -> set[int]:
    """Those of the keys that some other record still points to."""
    found: set[int] = set()
    for column in links_to(record.NOUN):
        found |= set(connection.execute(select(column).where(column.in_(keys)).distinct()).scalars())
    files = TABLES["attachment"]
    owners = select(files.c.owner).where(files.c.owner_noun == record.NOUN, files.c.owner.in_(keys)).distinct()
    return found | set(connection.execute(owners).scalars())


def pointing(connection: Connection, record: type[Record], keys: Sequence[int]) -> dict[str, int]:
    """How many records of which noun point to any of these."""
    found: dict[str, int] = {}
    for column in links_to(record.NOUN):
        count = connection.execute(select(func.count()).where(column.in_(keys))).scalar_one()
        if count:
            found[column.table.name] = found.get(column.table.name, 0) + count
    return found


def lost(connection: Connection, record: type[Record], stored: Mapping[str, Stored]) -> list[str]:
    """Those fields of a stored record whose targets are not there any more."""
    gone = []
    for column in TABLES[record.NOUN].columns:
        value = stored.get(column.name)
        for link in column.foreign_keys if value else ():
            target = link.column.table
            if not connection.execute(select(target.c.id).where(target.c.id == value)).first():
                gone.append(column.name)
    return gone
