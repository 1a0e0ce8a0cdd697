"""Schema versions: each step from one to the next, in one transaction, behind a backup.

A step is an SQL-writing function; it runs with foreign keys off and is checked before the commit.
Native ALTER TABLE only: rebuilding tables would cascade into children.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Engine, inspect, select, update

from zhaoshang_desktop.domain.errors import Damaged, KnownError
from zhaoshang_desktop.domain.rights import Right, may
from zhaoshang_desktop.store import ledger, search, server_rights
from zhaoshang_desktop.store.engine import DAMAGE, sentences
from zhaoshang_desktop.store.tables import BATCH, JOURNAL, META, TABLES, create_tables

Step = Callable[[Connection], None]

SCHEMA = 5


def _to_2(connection: Connection) -> None:
    """The beginning of an entry is indexed by itself; attachments, the ledger, the numbers of travel, packs,
    and sheets that are sent out have their tables."""
    _add_columns(connection, BATCH.c.merged, JOURNAL.c.origin)
    create_tables(connection)
    search.rebuild(connection)
    ledger.protect(connection)


def _to_3(connection: Connection) -> None:
    """What a trip needs before and after it has its tables and columns; a server indexes pairs of syllables."""
    visit, team = TABLES["visit"].c, TABLES["team"].c
    _add_columns(connection, visit.priority, visit.windows, visit.apart, visit.reception)
    _add_columns(connection, visit.next_done_on, visit.next_note, visit.lead, visit.unplanned, visit.reason)
    _add_columns(connection, visit.unit, visit.leader, visit.host_rank, visit.guests)
    _add_columns(connection, team.origin, team.goal, team.first_day, team.last_day, team.home_nights)
    create_tables(connection)
    if connection.dialect.name == "postgresql":
        search.rebuild(connection)
    else:
        search.create(connection)


def _to_4(connection: Connection) -> None:
    """Reports say to whom they go; the classes of each travel rank have their table."""
    _add_columns(connection, TABLES["report"].c.addressee)
    create_tables(connection)


def _to_5(connection: Connection) -> None:
    """A server tells pairs of syllables apart by up to four letters of the second."""
    if connection.dialect.name == "postgresql":
        search.rebuild(connection)


def _add_columns(connection: Connection, *columns: Column[Any]) -> None:
    """Those that are not there: a table that an earlier step has made is already as it is today."""
    there = {
        name: {one["name"] for one in inspect(connection).get_columns(name)} for name in {c.table.name for c in columns}
    }
    for column in columns:
        if column.name in there[column.table.name]:
            continue
        kind = column.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {column.name} {kind}")
        for index in TABLES[column.table.name].indexes if column.index else ():
            if column in index.columns.values():
                index.create(connection)


STEPS: Mapping[int, Step] = {2: _to_2, 3: _to_3, 4: _to_4, 5: _to_5}
"""By the version a step leads to; a new office has all of it from the start."""


def bring_up_to_date(
    engine: Engine, back_up: Callable[[], object], steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA
) -> None:
    """Takes an older office to this program's schema, behind a backup; KnownError when it is newer than that, or on a
    server whose structure is not this user's to change."""
    with sentences(), engine.connect() as connection:
        found = _schema(connection, lock=False)
        server = connection.dialect.name == "postgresql"
        role = server_rights.role_of_user(connection) if server and found < schema else None
    if found > schema:
        raise KnownError(f"这个办公室由更新的程序建立（格式 {found}，本程序认识到 {schema}）。", "请先升级程序。")
    if not may(role, Right.SETTINGS):
        raise KnownError(
            f"服务器上的办公室还是旧格式（{found}，本程序用 {schema}），升级由管理员来做，什么都没有改动。",
            "请管理员用这个版本的程序打开一次，然后再打开。",
        )
    if found < schema:
        back_up()
        _migrate(engine, steps, schema)


def _migrate(engine: Engine, steps: Mapping[int, Step], schema: int) -> None:
    """Wholly or not at all. Another program may have done it while this one waited for its turn."""
    with sentences(), engine.connect().execution_options(writing=True) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                for version in range(_schema(connection) + 1, schema + 1):
                    steps[version](connection)
                if not sqlite:
                    server_rights.renew(connection)
                connection.execute(update(META).where(META.c.key == "schema").values(value=str(schema)))
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise KnownError("升级办公室文件没有成功，文件保持原样。", "请把日志发给维护人员。")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


def _schema(connection: Connection, *, lock: bool = True) -> int:
    """Without a lock for who only looks (and may have no right to more)."""
    wanted = select(META.c.value).where(META.c.key == "schema")
    said = connection.execute(wanted.with_for_update() if lock else wanted).scalar() or ""
    if not said.isdecimal():
        raise Damaged(*DAMAGE)
    return int(said)
