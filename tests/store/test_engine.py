"""Several writers at once, and what readers see meanwhile."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.conftest import KEY
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.saving import StaleRecord
from zhaoshang_desktop.store.tables import JOURNAL

WRITERS, BATCHES = 4, 6


@pytest.fixture
def other(office: Office) -> Iterator[Office]:
    """The same office, opened by another program."""
    encrypted = "sqlcipher" in getattr(office.engine.dialect.dbapi, "__name__", "")
    opened = open_office(office.where, actor="王磊", key=KEY if encrypted else None)
    yield opened
    opened.close()


def save(office: Office, *records: Investor) -> None:
    with office.transaction("保存") as tx:
        tx.save_all(records)


def test_a_second_writer_waits_for_the_first(office: Office, other: Office) -> None:
    begun = threading.Event()

    def second() -> None:
        begun.set()
        save(other, Investor(name="乙公司"))

    with office.transaction("慢慢写") as tx:
        tx.save(Investor(name="甲公司"))
        thread = threading.Thread(target=second)
        thread.start()
        begun.wait()
    thread.join()
    assert {one.name for one in office.find(Query(Investor))} == {"甲公司", "乙公司"}


def test_who_has_waited_long_enough_is_told(office: Office, other: Office) -> None:
    if office.engine.dialect.name == "postgresql":
        pytest.skip("a server lets both write")
    with contextlib.closing(other.engine.raw_connection()) as connection:
        connection.driver_connection.execute("PRAGMA busy_timeout = 50")  # type: ignore[union-attr]
    with office.transaction("慢慢写") as tx:
        tx.save(Investor(name="甲公司"))
        with pytest.raises(KnownError, match="正在写"):
            save(other, Investor(name="乙公司"))
    save(other, Investor(name="乙公司"))
    assert office.count(Query(Investor)) == 2


def test_of_two_changes_to_one_record_the_later_is_refused(office: Office, other: Office) -> None:
    made = Investor(name="甲公司")
    save(office, made)
    mine, theirs = office.get(Investor, made.id), other.get(Investor, made.id)
    mine.note, theirs.note = "我改的", "他改的"
    save(office, mine)
    with pytest.raises(StaleRecord):
        save(other, theirs)
    assert (theirs.version, other.get(Investor, made.id).note) == (1, "我改的")


def test_a_link_to_what_was_erased_meanwhile_is_refused_with_a_sentence(office: Office, other: Office) -> None:
    made = Investor(name="甲公司")
    save(office, made)
    with office.transaction("彻底删除") as tx:
        tx.erase(Investor, [made.id])
    with pytest.raises(KnownError, match="不在了"), other.transaction("补联系人") as tx:
        tx.save(Contact(investor=made.id, name="周远航"))
    assert other.count(Query(Contact)) == 0


def test_a_reader_sees_what_was_committed_and_nothing_else(office: Office, other: Office) -> None:
    with office.transaction("写") as tx:
        tx.save(Investor(name="甲公司"))
        assert tx.find(Query(Investor))
        assert other.find(Query(Investor)) == []
        assert other.ids(Query(Investor, words="甲")) == []
    assert other.ids(Query(Investor, words="甲")) == office.ids(Query(Investor))


def test_many_writers_lose_nothing_and_share_no_key(office: Office, other: Office, tmp_path: Path) -> None:
    def write(number: int) -> list[int]:
        home = (office, other)[number % 2]
        made = []
        for batch in range(BATCHES):
            records = [Investor(name=f"{number}-{batch}-{n}") for n in range(3)]
            save(home, *records)
            made += [one.id for one in records]
        return made

    with ThreadPoolExecutor(WRITERS) as pool:
        keys = [key for made in pool.map(write, range(WRITERS)) for key in made]
    assert sorted(keys) == sorted(set(keys)) == sorted(office.ids(Query(Investor)))
    assert check(office).wrong == []


def test_lines_are_numbered_in_the_order_of_the_commits(office: Office) -> None:
    for name in ("甲", "乙"):
        save(office, Investor(name=name))
        with contextlib.suppress(RuntimeError), office.transaction("没成") as tx:
            tx.save(Investor(name="没成"))
            raise RuntimeError
    save(office, *[Investor(name=f"公司{n}") for n in range(5)])
    with office.engine.connect() as connection:
        lines = connection.execute(select(JOURNAL.c.seq, JOURNAL.c.record).order_by(JOURNAL.c.seq)).all()
    assert [record for _, record in lines] == sorted(office.ids(Query(Investor)))
    if office.engine.dialect.name == "sqlite":
        assert [seq for seq, _ in lines] == list(range(1, 8))
