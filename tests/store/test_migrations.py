"""Schema versions: nothing changes without a step, and a step happens wholly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.backup import back_up
from zhaoshang_desktop.store.migrations import SCHEMA, migrate, schema_of
from zhaoshang_desktop.store.office import Office

GOLDEN = Path(__file__).parents[1] / "data" / f"schema_{SCHEMA}.sql"


def schema(office: Office) -> str:
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
        return "\n".join(f"{sql};" for (sql,) in rows) + "\n"


@pytest.fixture
def made(tmp_path: Path) -> Office:
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾"))
    return office


def test_the_schema_is_the_one_of_its_version(made: Office) -> None:
    """A changed field wants a step in migrations.py and a new golden file: `python -m tests.store.test_migrations`."""
    assert schema(made) == GOLDEN.read_text(encoding="utf-8")


def add_a_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE investor ADD COLUMN motto TEXT")


def stumble(connection: Connection) -> None:
    add_a_column(connection)
    connection.exec_driver_sql("DELETE FROM investor")
    raise RuntimeError


def orphan(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE investor SET unit = 1")


def test_steps_lead_from_one_version_to_the_next(made: Office) -> None:
    migrate(made.engine, {SCHEMA + 1: add_a_column}, SCHEMA, SCHEMA + 1)
    with pytest.raises(KnownError, match="先升级程序"):
        schema_of(made.engine)
    assert "motto" in schema(made)


def test_a_step_that_fails_leaves_the_office_as_it_was(made: Office) -> None:
    before = schema(made)
    with pytest.raises(RuntimeError):
        migrate(made.engine, {SCHEMA + 1: stumble}, SCHEMA, SCHEMA + 1)
    assert schema(made) == before
    assert schema_of(made.engine) == SCHEMA
    assert made.count(Query(Investor)) == 1


def test_a_step_that_breaks_a_link_is_taken_back(made: Office) -> None:
    with pytest.raises(KnownError, match="没有成功"):
        migrate(made.engine, {SCHEMA + 1: orphan}, SCHEMA, SCHEMA + 1)
    assert made.find(Query(Investor))[0].unit == 0


def test_a_backup_holds_what_the_office_holds(made: Office, tmp_path: Path) -> None:
    copy = back_up(made.engine, tmp_path / "备份" / "清岚.office")
    opened = Office(made.engine, str(copy), "", made.device, made.clock)
    assert opened.count(Query(Investor)) == 1
    assert [path.name for path in copy.parent.iterdir()] == ["清岚.office"]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(schema(create_office(Path(folder) / "a.office", name="清岚县")), encoding="utf-8")
