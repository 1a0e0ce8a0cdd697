"""Opening what is an office, and refusing with a sentence what is none."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.keys import device_of
from zhaoshang_desktop.store.office import Office

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed office in a folder as clerks name them."""
    made = tmp_path / "县公所 数据" / "清岚𠅤.office"
    office = create_office(made, name="清岚县投资促进局")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾"))
    office.close()
    return made


def test_an_office_opens_again_with_all_it_holds(path: Path) -> None:
    office = open_office(path)
    assert (office.name, office.count(Query(Investor))) == ("清岚县投资促进局", 1)
    office.close()


def test_a_copied_file_is_another_device(path: Path, tmp_path: Path) -> None:
    copied = tmp_path / "笔记本.office"
    shutil.copy(path, copied)
    home, away = open_office(path), open_office(copied)
    assert home.device != away.device
    for office in (home, away):
        with office.transaction("新建") as tx:
            made = tx.save(Investor(name="云帆"))
        assert device_of(made.id) == office.device
        office.close()
    again = open_office(path)
    assert again.device == home.device
    again.close()


def test_a_file_that_is_there_already_is_not_made_again(path: Path) -> None:
    with pytest.raises(KnownError, match="已经存在"):
        create_office(path, name="另一个")


def test_what_is_no_office_is_refused(path: Path, tmp_path: Path) -> None:
    text, database, empty = tmp_path / "a.txt", tmp_path / "b.db", tmp_path / "c.office"
    text.write_text("名单", encoding="utf-8")
    empty.touch()
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE t(i)")
    connection.close()
    for stranger, words in [
        (text, "不是办公室文件"),
        (database, "不是办公室文件"),
        (empty, "不是办公室文件"),
        (path.parent, "文件夹"),
        (tmp_path / "没有.office", "找不到"),
    ]:
        with pytest.raises(KnownError, match=words):
            open_office(stranger)


def test_an_office_of_a_newer_program_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(KnownError, match="先升级程序"):
        open_office(path)


def test_an_encrypted_office_opens_with_its_key_only(tmp_path: Path) -> None:
    path = tmp_path / "密.office"
    create_office(path, name="清岚县", key=KEY).close()
    assert b"SQLite format 3" not in path.read_bytes()
    assert "清岚县".encode() not in path.read_bytes()
    with pytest.raises(KnownError):
        open_office(path)
    with pytest.raises(KnownError, match="密码不对"):
        open_office(path, key=bytes(32))
    office = open_office(path, key=KEY)
    assert office.name == "清岚县"
    office.close()


def test_a_second_writer_waits_and_is_then_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoshang_desktop.store.engine.BUSY_SECONDS", 0.2)
    office = open_office(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownError, match="正在写"), office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    other.execute("ROLLBACK")
    other.close()
    assert written(office) == 2
    office.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may write what is read-only")
def test_a_read_only_file_is_a_sentence(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(KnownError, match="只读"):
        written(open_office(path))


def test_a_full_disk_costs_only_the_change_that_met_it(path: Path) -> None:
    office = open_office(path)
    with office.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    office.close()

    def full(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    from sqlalchemy import event

    office = open_office(path)
    event.listen(office.engine, "connect", full)
    office.engine.dispose()
    with pytest.raises(KnownError, match="磁盘已满"), office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"公司{n}", note="字" * 500) for n in range(2_000)])
    event.remove(office.engine, "connect", full)
    office.engine.dispose()
    assert office.count(Query(Investor)) == 1
    assert written(office) == 2
    office.close()


def written(office: Office) -> int:
    """How many investors there are after one more was saved."""
    with office.transaction("新建") as tx:
        tx.save(Investor(name="星罗"))
    return office.count(Query(Investor))
