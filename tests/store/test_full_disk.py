"""Wherever a write meets the end of the disk: a sentence, nothing half stored, an office that goes on afterwards."""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import back_up
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

POINTS = (0, 1, 2, 3, 5, 8, 13, 21, 40, 80, 160)
ROOMY = 1 << 31


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one investor."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏")
    with made.transaction("新建") as tx:
        tx.save(Investor(name="青禾"))
    yield made
    made.close()


def fill(office: Office, count: int = 200) -> None:
    """An import, as far as the store is concerned."""
    with office.transaction("导入") as tx:
        made = [Investor(name=f"公司{n}", note="字" * 400) for n in range(count)]
        tx.save_all(made)
        tx.save_all([Contact(investor=one.id, name="周远航") for one in made])


@contextlib.contextmanager
def pages_left(office: Office, more: int) -> Iterator[None]:
    """The database may grow by so many pages and no more."""
    limit = scalar(office, "page_count") + more

    def confine(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    office.engine.dispose()
    event.listen(office.engine, "connect", confine)
    try:
        yield
    finally:
        event.remove(office.engine, "connect", confine)
        office.engine.dispose()


def scalar(office: Office, pragma: str) -> int:
    with office.engine.connect() as connection:
        return int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())


@contextlib.contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("more", POINTS)
def test_a_database_that_cannot_grow_takes_a_batch_wholly_or_not_at_all(office: Office, more: int) -> None:
    with pages_left(office, more), pytest.raises(KnownError, match="磁盘已满"):
        fill(office)
    unharmed(office)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("kilobytes", POINTS)
def test_a_log_that_cannot_be_written_is_the_same(office: Office, kilobytes: int) -> None:
    size = Path(f"{office.where}-wal").stat().st_size
    with files_end_at(max(size, 1) + kilobytes * 1024), pytest.raises(KnownError, match="磁盘"):
        fill(office)
    unharmed(office)


def unharmed(office: Office) -> None:
    """What was there is there, nothing else is, and there is room again."""
    assert office.count(Query(Investor)) == 1
    assert len(office.batches()) == 1
    assert check(office).wrong == []
    fill(office)
    assert office.count(Query(Investor)) == 201
    assert office.count(Query(Investor, words="公司")) == 200
    assert check(office).wrong == []
    office.undo()
    assert office.count(Query(Contact)) == 0


def test_records_of_a_batch_that_failed_can_be_saved_again(office: Office) -> None:
    known = office.find(Query(Investor))[0]
    new = Investor(name="云帆", note="字" * 40_000)
    known.note = "老朋友"
    with pages_left(office, 1), pytest.raises(KnownError), office.transaction("两条") as tx:
        tx.save(known)
        tx.save(new)
    assert (new.id, known.version) == (0, 1)
    with office.transaction("两条") as tx:
        tx.save(known)
        tx.save(new)
    assert [one.note for one in office.find(Query(Investor, order=("id",)))] == ["老朋友", new.note]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("kilobytes", [0, 4, 40, 100, 300])
def test_an_office_that_does_not_fit_on_the_disk_is_not_made(tmp_path: Path, kilobytes: int) -> None:
    with files_end_at(kilobytes * 1024), pytest.raises(KnownError, match="磁盘"):
        create_office(tmp_path / "新.office", name="清岚县")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_backup_that_does_not_fit_is_not_left_half_made(office: Office, tmp_path: Path) -> None:
    fill(office)
    with files_end_at(200 * 1024), pytest.raises(KnownError, match="磁盘"):
        back_up(office.engine, tmp_path / "备份" / "清岚.office")
    assert list((tmp_path / "备份").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_nor_is_one_of_an_encrypted_office(tmp_path: Path) -> None:
    made = create_office(tmp_path / "密.office", name="清岚县", key=bytes(32))
    fill(made)
    with contextlib.closing(made), files_end_at(200 * 1024), pytest.raises(KnownError, match="磁盘"):
        back_up(made.engine, tmp_path / "备份" / "密.office", made.key)
    assert list((tmp_path / "备份").iterdir()) == []


def test_an_office_can_be_opened_and_read_on_a_full_disk(office: Office) -> None:
    dice = random.Random(1)
    fill(office)
    office.close()
    again = open_office(office.where)
    with pages_left(again, 0):
        assert again.count(Query(Investor, words="公司")) == 200
        assert again.get(Investor, dice.choice(again.ids(Query(Investor)))).name
    again.close()


def test_an_office_on_a_disk_full_to_the_last_byte_is_there_to_look_at(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(office.where)
    office.close()
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(total=1 << 30, used=1 << 30, free=0))
    beside = sorted(path.parent.iterdir())
    with contextlib.closing(open_office(path)) as full:
        assert [one.name for one in full.find(Query(Investor))] == ["青禾"]
        with pytest.raises(KnownError, match="已满的磁盘"), full.transaction("新建") as tx:
            tx.save(Investor(name="再来一家"))
        assert sorted(path.parent.iterdir()) == beside
        with pytest.raises(KnownError, match=r"磁盘已满，“新\.office”没有写成"):
            create_office(path.with_name("新.office"), name="清岚县")
    monkeypatch.undo()
    with contextlib.closing(open_office(path)) as roomy, roomy.transaction("新建") as tx:
        tx.save(Investor(name="再来一家"))
