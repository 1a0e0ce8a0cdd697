"""Whether a file that nobody vouches for is built like a pack of ours, and runs no code of its own."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store import ledger, search
from zhaoshang_desktop.store.engine import open_file, reading
from zhaoshang_desktop.store.tables import create_tables

_FOREIGN = "这个出差包的内容和它自己的修改记录对不上，没有带回任何内容。"
_ASK = "它可能被别的工具改过或已损坏。请让带包人在原来的电脑上重新拷一份。"
_COMPUTES = re.compile(r"\b(check|generated|as)\b", re.IGNORECASE)
"""What makes a table compute something of its own whenever it is read or checked; no table of ours does."""


class Untrue(KnownError):
    """The pack contradicts itself or the office; `what` is where."""

    def __init__(self, what: str) -> None:
        super().__init__(_FOREIGN, f"（{what}）{_ASK}")


def refuse_strange(path: Path, key: bytes | None) -> None:
    """KnownError unless it is an office in which nothing runs by itself; the driver's own error when its structure is
    not sound. That is looked at last: to look may run what the tables compute."""
    connection = open_file(path, key)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        built = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").fetchall()
        if ("table", "meta") not in [(kind, name) for kind, name, _, _ in built]:
            raise KnownError("这不是出差包。", "请选择“带出出差包”写成的文件。")
        if any(_runs(*one) for one in built):
            raise Untrue("文件里有不认识的结构")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    finally:
        connection.close()


def _runs(kind: str, name: str, table: str, sql: str) -> bool:
    if kind == "trigger":
        return (kind, name, table, sql) not in _own_shape()
    return kind == "view" or (not sql.startswith("CREATE VIRTUAL") and _COMPUTES.search(sql) is not None)


def refuse_other_tables(engine: Engine) -> None:
    """A pack has the same tables, columns and triggers as an empty office, and nothing else."""
    with reading(engine) as connection:
        if _shape(connection) != _own_shape():
            raise Untrue("文件里有不认识的结构")


@cache
def _own_shape() -> frozenset[tuple[Any, ...]]:
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.begin() as connection:
        create_tables(connection)
        search.create(connection)
        ledger.protect(connection)
        return _shape(connection)


def _shape(connection: Connection) -> frozenset[tuple[Any, ...]]:
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    shape: set[tuple[Any, ...]] = set()
    for kind, name, table, sql in rows:
        shape.add((kind, name, table, sql if kind != "table" or sql.startswith("CREATE VIRTUAL") else ""))
        if kind == "table":
            columns = connection.exec_driver_sql("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)", (name,))
            shape |= {("column", name, *column) for column in columns}
    return frozenset(shape)
