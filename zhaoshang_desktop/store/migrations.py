"""Schema versions: each step from one to the next, in one transaction, behind a backup.

A step is an SQL-writing function; it runs with foreign keys off and is checked before the commit.
Native ALTER TABLE only: rebuilding tables would cascade into children.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, select, update

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store.engine import sentences
from zhaoshang_desktop.store.tables import META

Step = Callable[[Connection], None]

SCHEMA = 1
STEPS: Mapping[int, Step] = {}
"""By the version a step leads to; version 1 is what `create_office` makes."""


def schema_of(engine: Engine) -> int:
    """The schema version of an office; KnownError when it is newer than this program."""
    with sentences(), engine.connect() as connection:
        found = int(connection.execute(select(META.c.value).where(META.c.key == "schema")).scalar_one())
    if found > SCHEMA:
        raise KnownError(f"这个办公室由更新的程序建立（格式 {found}，本程序认识到 {SCHEMA}）。", "请先升级程序。")
    return found


def migrate(engine: Engine, steps: Mapping[int, Step], start: int, end: int) -> None:
    """Takes an office from one schema to another, wholly or not at all."""
    with sentences(), engine.connect().execution_options(writing=True) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                for version in range(start + 1, end + 1):
                    steps[version](connection)
                connection.execute(update(META).where(META.c.key == "schema").values(value=str(end)))
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise KnownError("升级办公室文件没有成功，文件保持原样。", "请把日志发给维护人员。")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
