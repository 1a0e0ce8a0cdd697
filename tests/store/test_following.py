"""What one program writes the others hear; a connection that is cut comes back and misses nothing."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from tests.store.test_engine import other
from tests.wire import wired
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office

SECONDS = 10

__all__ = ["other"]


class Heard:
    """What a window would be told."""

    def __init__(self, office: Office) -> None:
        self.changes: queue.Queue[Changes] = queue.Queue()
        self.lost: queue.Queue[KnownError] = queue.Queue()
        self.back: queue.Queue[bool] = queue.Queue()
        self.following = office.follow(self.changes.put, self.lost.put, self._back)

    def _back(self) -> None:
        self.back.put(True)


@pytest.fixture
def heard(office: Office) -> Iterator[Heard]:
    found = Heard(office)
    yield found
    found.following.stop()


def save(office: Office, *records: Investor | Visit) -> int:
    with office.transaction("保存") as tx:
        tx.save_all(records)
    return tx.changes.batch


def test_what_another_program_writes_is_told(office: Office, other: Office, heard: Heard) -> None:
    made = Investor(name="甲公司")
    batch = save(other, made)
    changes = heard.changes.get(timeout=SECONDS)
    assert (changes.batch, changes.of("investor")) == (batch, {made.id})


def test_what_this_program_writes_is_not_told_again(office: Office, other: Office, heard: Heard) -> None:
    save(office, Investor(name="甲公司"))
    batch = save(other, Investor(name="乙公司"))
    assert heard.changes.get(timeout=SECONDS).batch == batch
    assert heard.changes.empty()


def test_what_is_derived_from_it_is_told_too(office: Office, other: Office, heard: Heard) -> None:
    made = Investor(name="甲公司")
    save(office, made)
    save(other, Visit(investor=made.id, state="已完成", day=date(2026, 11, 19)))
    changes = heard.changes.get(timeout=SECONDS)
    assert changes.of("investor") == {made.id}
    assert office.get(Investor, made.id).last_contact == date(2026, 11, 19)


def test_a_server_that_was_out_of_reach_is_found_again_and_nothing_is_missed(
    office: Office, other: Office, heard: Heard
) -> None:
    if office.engine.dialect.name != "postgresql":
        pytest.skip("a file is always there")
    save(other, Investor(name="甲公司"))
    heard.changes.get(timeout=SECONDS)
    cut(other)
    assert "断" in str(heard.lost.get(timeout=SECONDS))
    batch = save(other, Investor(name="乙公司"))
    assert heard.back.get(timeout=SECONDS)
    assert heard.changes.get(timeout=SECONDS).batch == batch


def test_a_server_is_looked_for_as_long_as_it_is_out_of_reach(postgres_database: str) -> None:
    """No connection that was open before is left to try with."""
    colleague = create_office(postgres_database, name="清岚县投资促进局")
    with wired(postgres_database) as (wire, url):
        office = open_office(url)
        heard = Heard(office)
        office.engine.dispose()
        wire.cut()
        assert "断" in str(heard.lost.get(timeout=SECONDS))
        for _ in range(3):
            assert wire.refused.acquire(timeout=SECONDS)
        wire.mend()
        assert heard.back.get(timeout=SECONDS)
        batch = save(colleague, Investor(name="乙公司"))
        assert heard.changes.get(timeout=SECONDS).batch == batch
        heard.following.stop()
        office.close()
    colleague.close()


def cut(office: Office) -> None:
    """Ends every connection to the office's database but this one."""
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with office.engine.connect() as connection:
        connection.execute(text(end))
