"""The tables: one for each record type, made from its specs, and the store's own.

A record's row is wanted in four shapes: the record, the stored fields `{name: stored}` (what the
journal compares), the database row, and the entry the search index is made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, compress
from operator import attrgetter, ne
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, RowMapping, Table, Text, insert

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import storable
from zhaoshang_desktop.store.columns import BIG, Stored, columns_of, decode, form_of

METADATA = MetaData()
BINARY = Text().with_variant(Text(collation="C"), "postgresql")

META = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
DEVICE = Table(
    "device",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Text, nullable=False, unique=True),
    Column("last_key", BIG, nullable=False),
)
BATCH = Table(
    "batch",
    METADATA,
    Column("id", BIG, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("device", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", BIG),
    Column("merged", BIG),  # the batch that brought it home: it was written elsewhere and is no batch of this office
)
JOURNAL = Table(
    "journal",
    METADATA,
    Column("seq", BIG, primary_key=True, autoincrement=True),
    Column("batch", BIG, nullable=False, index=True),
    Column("noun", Text, nullable=False),
    Column("record", BIG, nullable=False, index=True),
    Column("op", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("origin", BIG),  # the batch in which it was first written, of a laptop that came home
    sqlite_autoincrement=True,
)
BLOB = Table(
    "blob",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("size", BIG, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
LEDGER = Table(
    "ledger",
    METADATA,
    Column("device", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("seal", Text, nullable=False),
)


def _record_table(record: type[Record]) -> Table:
    columns: list[Column[Any]] = [
        Column("id", BIG, primary_key=True, autoincrement=False),
        Column("version", Integer, nullable=False),
        Column("created", Text, nullable=False),
        Column("updated", Text, nullable=False),
        Column("removed", Text),
        Column("raw", Text),
    ]
    for field in fields_of(record):
        columns += columns_of(field)
    return Table(record.NOUN, METADATA, *columns)


def _entry_table(record: type[Record]) -> Table:
    table = Table(
        f"{record.NOUN}_entry",
        METADATA,
        Column("id", BIG, primary_key=True, autoincrement=False),
        Column("sort_key", BINARY, nullable=False),
        Column("text", Text, nullable=False),
    )
    Index(f"ix_{record.NOUN}_entry_sort_key", table.c.sort_key, table.c.id)
    return table


_RAW = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
LOOKED_FOR = ("member",)
"""Children that are looked for by themselves: a colleague is chosen by name, whatever unit they belong to."""


def searchable(record: type[Record]) -> bool:
    """Has this record type a search box of its own? (Most children are found through their owner.)"""
    stands_alone = not record.OWNER or record.NOUN in LOOKED_FOR
    return stands_alone and any(field.spec.search for field in fields_of(record))


TABLES = {noun: _record_table(record) for noun, record in RECORDS.items()}
ENTRIES = {noun: _entry_table(record) for noun, record in RECORDS.items() if searchable(record)}
Index("ix_attachment_owner", TABLES["attachment"].c.owner, TABLES["attachment"].c.owner_noun)
Index("ix_attachment_sha256", TABLES["attachment"].c.sha256)


_TYPED = {
    noun: tuple(field for field in fields_of(record) if not field.spec.derived) for noun, record in RECORDS.items()
}
_MONEY = {
    noun: frozenset(field.name for field in fields_of(record) if isinstance(field.kind, kinds.Amount))
    for noun, record in RECORDS.items()
}
_ENCODERS = {
    noun: (
        attrgetter(*[field.name for field in fields]),
        tuple(field.kind.empty for field in fields),
        tuple((field.name, form_of(field).encode) for field in fields),
    )
    for noun, fields in _TYPED.items()
}
"""By noun: what gives all typed values of a record at once, what they are when empty, and how each is stored."""
_DECODERS = {
    noun: tuple((field.name, field.kind.empty, form_of(field).decode) for field in fields_of(record))
    for noun, record in RECORDS.items()
}
"""By noun, of each field: what it is when empty, and how it is read."""


def create_tables(connection: Connection) -> None:
    """Makes all tables that are not there; for a server from a copy, since SQLAlchemy notes in the tables
    themselves which links it makes afterwards, and would leave those out of the next file."""
    metadata = METADATA
    if connection.dialect.name == "postgresql":
        metadata = MetaData()
        for table in METADATA.tables.values():
            table.to_metadata(metadata)
    metadata.create_all(connection)


def typed_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields a person or an import fills; the derived ones are the store's own business."""
    return _TYPED[record.NOUN]


@cache
def links_to(noun: str) -> tuple[Column[Any], ...]:
    """The columns of all tables that point to records of that noun."""
    return tuple(
        column
        for table in TABLES.values()
        for column in table.columns
        if any(key.column.table.name == noun for key in column.foreign_keys)
    )


def stored_fields(record: Record) -> dict[str, Stored]:
    """What the journal knows of a record: `{name: stored}` of what is not empty."""
    get_values, empties, encoders = _ENCODERS[record.NOUN]
    values = get_values(record)
    filled = compress(zip(values, encoders, strict=True), map(ne, values, empties))
    found: dict[str, Stored] = {
        name: value if type(value) is str and value.isprintable() else encode(value)  # such a text is stored as it is
        for value, (name, encode) in filled
        if value is not None
    }
    if record.raw:
        found["raw"] = _RAW.encode({name: storable(text) for name, text in record.raw.items()})
    if record.removed:
        found["removed"] = stamp(record.removed)
    return found


def row_of(record: type[Record], stored: Mapping[str, Stored]) -> dict[str, Any]:
    """Database columns of stored fields: money is spread over its two."""
    row = dict(stored)
    for name in _MONEY[record.NOUN]:
        if name in row:
            pair = row[name]
            row[name], row[f"{name}_currency"] = pair if pair is not None else (None, None)
    return row


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts many rows, past the work SQLAlchemy does for every parameter: four times as fast.

    A row need not have all columns; the tables' types need no processing of what `encode` gives.
    """
    told = set(chain.from_iterable(rows))
    names = [column.name for column in table.columns if column.name in told]
    insert_values(connection, table, names, [tuple(map(row.get, names)) for row in rows])


def insert_values(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """The same of rows that all have these columns, in the order of the table's."""
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(names))
    if statement.positional:
        connection.exec_driver_sql(str(statement), list(rows))
    else:
        connection.exec_driver_sql(str(statement), [dict(zip(names, row, strict=True)) for row in rows])


def stored_of_row(record: type[Record], row: RowMapping) -> dict[str, Stored]:
    """The stored fields of a database row, as `stored_fields` gives them."""
    found: dict[str, Stored] = {}
    money = _MONEY[record.NOUN]
    for field in typed_fields(record):
        value = row[field.name]
        if value is not None:
            found[field.name] = [value, row[f"{field.name}_currency"]] if field.name in money else value
    for name in ("raw", "removed"):
        if row[name] is not None:
            found[name] = row[name]
    return found


def record_of_row(record: type[Record], row: RowMapping) -> Record:
    """The record of a database row."""
    values: dict[str, Any] = {}
    money = _MONEY[record.NOUN]
    for name, empty, read in _DECODERS[record.NOUN]:
        value = row[name]
        if value is None:
            values[name] = empty
        else:
            values[name] = read((value, row[f"{name}_currency"]) if name in money else value)
    return record(
        id=row["id"],
        version=row["version"],
        created=moment(row["created"]),
        updated=moment(row["updated"]),
        removed=moment(row["removed"]) if row["removed"] else None,
        raw=json.loads(row["raw"]) if row["raw"] else {},
        **values,
    )


def record_of_stored(record: type[Record], key: int, stored: Mapping[str, Stored]) -> Record:
    """The record of stored fields alone: without version, times and derived values."""
    values = {field.name: decode(field, stored.get(field.name)) for field in typed_fields(record)}
    removed = stored.get("removed")
    raw = json.loads(stored["raw"]) if stored.get("raw") else {}
    return record(id=key, removed=moment(removed) if removed else None, raw=raw, **values)


def stamp(at: datetime) -> str:
    """A UTC moment as it is stored: sorts as text, to the microsecond."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The moment of a stamp."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
