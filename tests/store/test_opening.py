"""Opening what is an office, and refusing with a sentence what is none."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.keys import device_of
from zhaoshang_desktop.store.opening import take_away

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


def test_an_office_that_cannot_be_written_is_there_to_look_at(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "光盘.office"
    shutil.copy(path, copied)
    before = copied.read_bytes(), sorted(tmp_path.iterdir())
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    office = open_office(copied)
    assert [one.name for one in office.find(Query(Investor, words="qh"))] == ["青禾"]
    assert check(office).wrong == []
    with pytest.raises(KnownError, match="只读"), office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    office.close()
    assert (copied.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_an_office_made_in_vain_goes_unless_somebody_has_opened_it(path: Path) -> None:
    office = open_office(path)
    take_away(path)
    with office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    office.close()
    again = open_office(path)
    assert again.count(Query(Investor)) == 2
    again.close()
    take_away(path)
    assert list(path.parent.iterdir()) == []


def test_a_file_that_is_there_already_is_not_made_again(path: Path) -> None:
    with pytest.raises(KnownError, match="已经存在"):
        create_office(path, name="另一个")


def test_the_log_of_a_file_that_is_gone_is_not_read_into_a_new_one(path: Path) -> None:
    """Somebody has deleted an office after a crash, and not what lay beside it."""
    log = path.with_name(f"{path.name}-wal")
    with contextlib.closing(open_office(path)) as office:
        with office.transaction("录入") as tx:
            tx.save(Investor(name="旧的"))
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)
    with contextlib.closing(create_office(path, name="邻县")) as office:
        assert (office.name, office.count(Query(Investor))) == ("邻县", 0)
        assert check(office).wrong == []
    assert log.with_name(f"{log.name}.1").read_bytes() == left


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


@pytest.fixture
def locked(path: Path) -> Iterator[Path]:
    """The office in a folder where we may read and not write; root becomes somebody who may not."""
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(path, folder))
        copied.chmod(0o444)
        Path(folder).chmod(0o555)
        if root:
            os.seteuid(65534)
        try:
            yield copied
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways to forbid writing")
def test_what_may_not_be_written_is_a_sentence(locked: Path) -> None:
    with pytest.raises(KnownError, match="只读"):
        open_office(locked)
    with pytest.raises(KnownError, match="不许写"):
        create_office(locked.with_name("新.office"), name="清岚县")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete a file that is open")
def test_nothing_is_written_into_a_file_that_is_gone(path: Path) -> None:
    office = open_office(path)
    aside = path.with_suffix(".aside")
    path.rename(aside)
    with pytest.raises(KnownError, match="不在原来的地方"), office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    aside.rename(path)
    assert office.count(Query(Investor, words="云帆")) == 0
    with office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    office.close()


def test_nothing_is_written_into_a_file_that_another_was_put_in_the_place_of(path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows lets nobody take an open file's place")
    older = shutil.copy(path, path.with_suffix(".older"))
    office = open_office(path)
    Path(older).replace(path)
    with pytest.raises(KnownError, match="被换成了另一个"), office.transaction("新建") as tx:
        tx.save(Investor(name="云帆"))
    office.close()
    again = open_office(path)
    assert again.count(Query(Investor)) == 1
    assert check(again).wrong == []
    again.close()


def test_a_folder_that_is_a_file_is_a_sentence(path: Path) -> None:
    with pytest.raises(KnownError, match="不存在"):
        create_office(path / "新.office", name="清岚县")


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.95])
def test_an_office_that_was_cut_off_is_damaged(path: Path, kept: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(KnownError, match="已损坏"):
        open_office(path)


def test_an_encrypted_office_that_is_no_office_is_refused(tmp_path: Path) -> None:
    (tmp_path / "乱.office").write_bytes(os.urandom(20_000))
    for key in (None, KEY):
        with pytest.raises(KnownError, match="不是办公室文件"):
            open_office(tmp_path / "乱.office", key=key)


@pytest.mark.parametrize(
    ("where", "words"),
    [("postgresql://127.0.0.1:1/office", "没有应答"), ("postgresql://[::bad/office", "服务器地址不对")],
)
def test_a_server_that_is_none_is_a_sentence(where: str, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        open_office(where)


def test_a_database_without_an_office_and_one_with_are_told_apart(postgres_database: str) -> None:
    with pytest.raises(KnownError, match="还没有办公室"):
        open_office(postgres_database)
    create_office(postgres_database, name="清岚县").close()
    with pytest.raises(KnownError, match="已经有一个办公室"):
        create_office(postgres_database, name="清岚县")
    office = open_office(postgres_database)
    assert office.name == "清岚县"
    office.close()


def test_a_long_write_elsewhere_keeps_nobody_from_opening_and_reading(path: Path) -> None:
    open_office(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office = open_office(path)
        assert office.count(Query(Investor)) == 1
        office.close()


def test_an_office_is_made_once_however_many_try_at_once(tmp_path: Path) -> None:
    path = tmp_path / "清岚.office"

    def attempt(number: int) -> str:
        try:
            create_office(path, name=f"第{number}个", first=[Investor(name=f"第{number}家")]).close()
        except KnownError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(attempt, range(4)))
    assert [sentence for sentence in told if sentence and "已经存在" not in sentence] == []
    assert told.count("") == 1
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    office = open_office(path)
    assert [one.name for one in office.find(Query(Investor))] == [f"第{told.index('')}家"]
    office.close()


def test_undo_reaches_what_is_done_here_though_another_clock_runs_ahead(path: Path, tmp_path: Path) -> None:
    ahead = FixedClock(datetime(2040, 1, 1, tzinfo=UTC))
    elsewhere = Path(shutil.move(path, tmp_path / "别处.office"))
    with contextlib.closing(open_office(elsewhere, clock=ahead)) as office, office.transaction("别处") as tx:
        tx.save(Investor(name="云帆"))
    here = Path(shutil.copy(elsewhere, tmp_path / "这里.office"))
    with contextlib.closing(open_office(here, clock=FixedClock(datetime(2026, 1, 1, tzinfo=UTC)))) as office:
        with office.transaction("这里") as tx:
            tx.save(Investor(name="海拓"))
        undone = office.undo()
        assert undone is not None
        assert undone.label == "这里"


def test_a_path_that_is_too_long_for_the_store_is_said_rather_than_blamed_on_rights(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*[f"{number}{'深' * 60}" for number in range(6)])
    if os.name == "nt":
        pytest.skip("Windows makes no such folder")
    deep.mkdir(parents=True)
    with pytest.raises(KnownError, match="路径或名称太长"):
        create_office(deep / "县.office", name="清岚县")
    with pytest.raises(KnownError, match="名称太长"):
        create_office(tmp_path / f"{'县' * 82}.office", name="清岚县")
    assert [*deep.iterdir()] == []


def test_a_path_of_three_hundred_characters_is_no_obstacle(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows takes 260")
    folder = tmp_path
    while len(str(folder)) < 300:
        folder /= "zhaoshang office 2026"
    create_office(folder / "清岚 县.office", name="清岚县").close()
    open_office(folder / "清岚 县.office").close()
