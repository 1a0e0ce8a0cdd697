"""The PostgreSQL that the other tests stand on."""

from __future__ import annotations

import psycopg
import pytest

from tests import postgres


def test_a_test_gets_an_empty_database_of_a_real_server(postgres_database: str) -> None:
    with psycopg.connect(postgres_database) as connection:
        version = connection.execute("show server_version_num").fetchone()
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert version is not None
    assert int(version[0]) >= 130000
    assert tables == (0,)


def test_a_server_is_gone_when_its_tests_are_over(postgres_url: str) -> None:
    folder = postgres.binaries()
    assert folder is not None
    with postgres.server(folder) as url:
        assert url != postgres_url
        psycopg.connect(f"{url}/postgres").close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"{url}/postgres", connect_timeout=2)
