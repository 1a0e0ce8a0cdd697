"""Is there a server, does it let us in, what is in the database? Looked at before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store.engine import connect, reading
from zhaoshang_desktop.store.tables import META

OLDEST = 15


@dataclass(frozen=True)
class Found:
    """What a server says of itself: its version, how the connection is encrypted ("" when it is not), the name of
    the office in the database (None when there is none), whether there is anything else in it, why no office can be
    made in it ("" when one can)."""

    version: str
    encryption: str
    office: str | None
    empty: bool
    unfit: str = ""


def try_server(url: str) -> Found:
    """Connects and looks; KnownError says in words what is wrong."""
    engine = connect(url)
    try:
        with reading(engine) as connection:
            number = int(connection.execute(text("SHOW server_version_num")).scalar_one())
            version = str(connection.execute(text("SHOW server_version")).scalar_one()).split()[0]
            if number // 10_000 < OLDEST:
                raise KnownError(f"服务器上是 PostgreSQL {version}，太旧了。", f"要 {OLDEST} 或更新的。")
            encryption, office = _encryption(connection), _office(connection)
            return Found(version, encryption, office, _is_empty(connection), unfit(connection))
    finally:
        engine.dispose()


def _encryption(connection: Connection) -> str:
    used = text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
    return connection.execute(used).scalar() or ""


def _office(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "meta"):
        return None
    return connection.execute(select(META.c.value).where(META.c.key == "name")).scalar() or ""


def unfit(connection: Connection) -> str:
    """Why no office can be made in the database; "" when one can."""
    encoding = str(connection.execute(text("SHOW server_encoding")).scalar_one())
    if encoding != "UTF8":
        return f"它的编码是 {encoding}，存不全汉字，请管理员另建一个 ENCODING 'UTF8' 的。"
    may_make = text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
    if not connection.execute(may_make).scalar():
        return "这个用户没有在里面建表的权限，请改用数据库的所有者。"
    return ""


def _is_empty(connection: Connection) -> bool:
    tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
    return connection.execute(tables).scalar() == 0
