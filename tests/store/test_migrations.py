"""Schema versions: nothing changes without a step, and a step happens wholly or not at all."""

from __future__ import annotations

import contextlib
import gzip
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import back_up
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import connect, writing
from zhaoshang_desktop.store.migrations import SCHEMA, Step, bring_up_to_date
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import METADATA

DATA = Path(__file__).parents[1] / "data"
GOLDEN = DATA / f"schema_{SCHEMA}.sql"


def schema(office: Office) -> str:
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
        return "\n".join(f"{sql};" for (sql,) in rows) + "\n"


def tables(office: Office) -> dict[str, set[Any]]:
    """The columns of each table, in whatever order they came."""
    with office.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: {row[1:3] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})").all()} for name in names
        }


def everything(office: Office) -> list[str]:
    """The file as SQL, without what was opened where (that a copy has for itself)."""
    with office.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return [line for line in driver.iterdump() if 'INTO "device"' not in line]


@pytest.fixture
def made(tmp_path: Path) -> Office:
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾"))
    return office


def test_the_schema_is_the_one_of_its_version(made: Office) -> None:
    """A changed field wants a step in migrations.py and a new golden file: `python -m tests.store.test_migrations`."""
    assert schema(made) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("version", range(1, SCHEMA))
def test_an_office_of_an_older_version_becomes_one_of_today(version: int, tmp_path: Path, made: Office) -> None:
    """The files are real ones of their time."""
    file = tmp_path / "旧.office"
    file.write_bytes(gzip.decompress((DATA / f"office_{version}.gz").read_bytes()))
    office = open_office(file)
    assert tables(office) == tables(made)
    assert check(office).wrong == []
    assert office.meta("schema") == str(SCHEMA)
    qinghe = Query(Investor, words="青禾新")
    assert [one.title for one in office.find(qinghe)] == ["青禾新材料股份有限公司"]
    with office.transaction("修改") as tx:
        tx.save(replace(office.find(qinghe)[0], short_name="青禾"))
    assert office.undo()
    assert [one.title for one in office.find(Query(Investor, words="qhxcl"))] == ["青禾新材料股份有限公司"]
    assert [path.name.split("-")[-1] for path in tmp_path.glob("*-备份/*")] == ["升级前.office"]
    office.close()


@pytest.mark.parametrize("version", range(1, SCHEMA))
def test_a_server_of_an_older_version_becomes_one_of_today(
    version: int, tmp_path: Path, postgres_database: str
) -> None:
    """A server of its time is today's without what a file of its time has not."""
    file = tmp_path / "旧.office"
    file.write_bytes(gzip.decompress((DATA / f"office_{version}.gz").read_bytes()))
    with contextlib.closing(sqlite3.connect(file)) as old:
        names = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        known = {name: {row[1] for row in old.execute(f"PRAGMA table_info({name})")} | {"tokens"} for name in names}
    create_office(postgres_database, name="清岚县").close()
    engine = connect(postgres_database)
    with writing(engine) as connection:
        for table in METADATA.tables.values():
            if table.name not in known:
                connection.exec_driver_sql(f"DROP TABLE {table.name} CASCADE")
                continue
            for column in {column.name for column in table.columns} - known[table.name]:
                connection.exec_driver_sql(f"ALTER TABLE {table.name} DROP COLUMN {column}")
        connection.exec_driver_sql(f"UPDATE meta SET value = '{version}' WHERE key = 'schema'")
    engine.dispose()
    office = open_office(postgres_database)
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾新材料股份有限公司"))
    assert [one.title for one in office.find(Query(Investor, words="qhxcl"))] == ["青禾新材料股份有限公司"]
    assert (check(office).wrong, office.meta("schema")) == ([], str(SCHEMA))
    office.close()


def test_a_server_made_before_leaves_no_trace_in_a_file(postgres_database: str, tmp_path: Path) -> None:
    create_office(postgres_database, name="清岚县").close()
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    assert schema(office) == GOLDEN.read_text(encoding="utf-8")
    office.close()


def add_a_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE investor ADD COLUMN motto TEXT")


def stumble(connection: Connection) -> None:
    add_a_column(connection)
    connection.exec_driver_sql("DELETE FROM investor")
    raise RuntimeError


def orphan(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE investor SET unit = 1")


def no_backup() -> None:
    """What these tests change goes with their folder."""


def test_steps_lead_from_one_version_to_the_next(made: Office) -> None:
    steps = {SCHEMA + 1: add_a_column, SCHEMA + 2: lambda _connection: None}
    bring_up_to_date(made.engine, no_backup, steps, SCHEMA + 2)
    assert "motto" in schema(made)
    assert made.meta("schema") == str(SCHEMA + 2)
    with pytest.raises(KnownError, match="先升级程序"):
        bring_up_to_date(made.engine, no_backup)


def test_an_office_that_is_up_to_date_is_left_alone(made: Office) -> None:
    bring_up_to_date(made.engine, pytest.fail)
    assert made.meta("schema") == str(SCHEMA)


@pytest.mark.parametrize("step", [stumble, orphan])
def test_a_step_that_fails_leaves_the_office_as_it_was(made: Office, step: Step) -> None:
    before = schema(made), everything(made)
    with pytest.raises((RuntimeError, KnownError)):
        bring_up_to_date(made.engine, no_backup, {SCHEMA + 1: step}, SCHEMA + 1)
    assert (schema(made), everything(made)) == before
    assert check(made).wrong == []
    with pytest.raises(KnownError), made.transaction("指向不存在的单位") as tx:
        tx.save(Investor(name="云帆", unit=1))


def test_a_step_that_breaks_a_link_says_that_the_file_is_as_it_was(made: Office) -> None:
    with pytest.raises(KnownError, match="保持原样"):
        bring_up_to_date(made.engine, no_backup, {SCHEMA + 1: orphan}, SCHEMA + 1)


def test_a_server_is_changed_wholly_or_not_at_all_too(postgres_database: str) -> None:
    office = create_office(postgres_database, name="清岚县")
    with office.transaction("新建") as tx:
        made = tx.save(Investor(name="青禾"))
    with pytest.raises(RuntimeError):
        bring_up_to_date(office.engine, no_backup, {SCHEMA + 1: stumble}, SCHEMA + 1)
    assert (office.ids(Query(Investor)), office.meta("schema")) == ([made.id], str(SCHEMA))
    bring_up_to_date(office.engine, no_backup, {SCHEMA + 1: add_a_column}, SCHEMA + 1)
    assert office.meta("schema") == str(SCHEMA + 1)
    office.close()


def test_a_backup_is_made_before_the_first_step(made: Office, tmp_path: Path) -> None:
    copy = tmp_path / "备份" / "清岚.office"
    before = everything(made)

    def ruin(connection: Connection) -> None:
        assert copy.exists()
        connection.exec_driver_sql("DELETE FROM investor")
        connection.exec_driver_sql("DELETE FROM journal")

    bring_up_to_date(made.engine, lambda: back_up(made.engine, copy), {SCHEMA + 1: ruin}, SCHEMA + 1)
    assert made.count(Query(Investor)) == 1
    assert everything(made) != before
    kept = open_office(copy)
    assert everything(kept) == before
    assert check(kept).wrong == []
    kept.close()


def test_a_backup_that_cannot_be_made_stops_the_steps(made: Office, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(KnownError):
        bring_up_to_date(
            made.engine, lambda: back_up(made.engine, tmp_path / "文件" / "a"), {SCHEMA + 1: add_a_column}, SCHEMA + 1
        )
    assert made.meta("schema") == str(SCHEMA)


@pytest.mark.parametrize("key", [None, bytes(range(32))])
def test_a_backup_of_an_office_in_use_is_an_office(tmp_path: Path, key: bytes | None) -> None:
    office = create_office(tmp_path / "清岚.office", name="清岚县", key=key)
    with office.transaction("新建") as tx:
        tx.save_all([Investor(name=f"公司{n}") for n in range(300)])
    with office.transaction("一半") as tx:
        tx.save(Investor(name="还没写完"))
        copy = back_up(office.engine, tmp_path / "备份" / "清岚.office", key)
    kept = open_office(copy, key=key)
    assert (kept.count(Query(Investor)), office.count(Query(Investor))) == (300, 301)
    assert check(kept).wrong == []
    kept.close()
    office.close()
    assert [path.name for path in copy.parent.iterdir()] == ["清岚.office"]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(schema(create_office(Path(folder) / "a.office", name="清岚县")), encoding="utf-8")
