"""Encrypting an office that is there, and its secrets changed."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.papers.reading import page_texts
from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.actions.backup import daily, make
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.domain.errors import KnownError, WrongPassphrase
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import vault
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.encrypting import recode

NAME = "霁岚特种陶瓷有限公司"
SECRET = "青禾 2026 清岚"


KILLED = """
import os, pathlib, sys
from zhaoshang_desktop.actions import encryption
where, secret, words, percent = pathlib.Path(sys.argv[1]), *sys.argv[2:]
def die(said, done=0, total=0):
    if said == words and done >= int(percent):
        os._exit(9)
if words == "正在解除加密":
    encryption.decrypt(where, secret, progress=die)
else:
    encryption.encrypt(where, encryption.new_vault(secret), progress=die)
"""


class Stop(Exception):
    """Somebody stops it."""


@pytest.fixture(scope="module")
def made() -> encryption.NewVault:
    return encryption.new_vault(SECRET)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A closed plain office with a history, a person and a backup."""
    path = tmp_path / "局里 数据" / "清岚.office"
    with contextlib.closing(new_office(path, name="清岚县")) as office:
        with office.transaction("新建") as tx:
            firm = tx.save(Investor(name=NAME))
            tx.save(Contact(investor=firm.id, name="周远航"))
        with office.transaction("修改") as tx:
            firm.note = "改过"
            tx.save(firm)
        make(office)
    return path


def holds(path: Path, secret: str = "") -> list[str]:
    with contextlib.closing(open_office(path, secret=secret)) as office:
        assert check(office).wrong == []
        assert len(office.history(Investor, office.ids(Query(Investor, words="特种陶瓷"))[0])) == 2
        return [one.name for one in office.find(Query(Investor))]


def clear_text(folder: Path) -> list[str]:
    """The files below a folder in which the name stands."""
    return [path.name for path in folder.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]


def test_an_office_and_its_backups_are_encrypted_and_opened_again(plain: Path, made: encryption.NewVault) -> None:
    assert len(clear_text(plain.parent)) == 2
    done = encryption.encrypt(plain, made)
    assert (done.backups, done.left) == (1, ())
    assert clear_text(plain.parent) == []
    assert holds(plain, SECRET) == holds(plain, made.recovery) == [NAME]
    backup = next(plain.parent.glob("清岚-备份/*.office"))
    assert vault.is_encrypted(backup)
    assert vault.unlock_file(backup, SECRET) == made.key
    encryption.decrypt(plain, SECRET)
    assert holds(plain) == [NAME]


def test_the_clear_file_is_kept_only_where_it_is_wanted(plain: Path, tmp_path: Path, made: encryption.NewVault) -> None:
    kept = tmp_path / "U盘" / "明文.office"
    encryption.encrypt(plain, made, keep=kept)
    assert clear_text(plain.parent) == []
    assert holds(kept) == [NAME]


def test_while_the_clear_file_is_copied_nobody_writes_to_the_office(
    plain: Path, tmp_path: Path, made: encryption.NewVault
) -> None:
    kept, heard = tmp_path / "U盘" / "明文.office", []
    writer = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"

    def look(*_: object) -> None:
        if any(kept.parent.glob(".*.part")):
            done = subprocess.run([sys.executable, "-c", writer, str(plain)], capture_output=True, text=True)
            heard.append(done.stderr.rpartition(": ")[2].strip())

    encryption.encrypt(plain, made, keep=kept, progress=look)
    assert set(heard) == {"database is locked"}
    assert holds(kept) == [NAME]


def test_where_the_clear_file_cannot_be_kept_the_office_stays_as_it_was(
    plain: Path, tmp_path: Path, made: encryption.NewVault
) -> None:
    before = sorted(plain.parent.iterdir())
    with pytest.raises(KnownError, match=r"明文\.office”没有写成"):
        encryption.encrypt(plain, made, keep=plain / "明文.office")
    kept = tmp_path / "别的.office"
    kept.write_bytes(b"x")
    with pytest.raises(KnownError, match="已经存在"):
        encryption.encrypt(plain, made, keep=kept)
    assert kept.read_bytes() == b"x"
    assert sorted(plain.parent.iterdir()) == before
    assert holds(plain) == [NAME]


def test_what_is_encrypted_is_not_encrypted_again_and_the_other_way_round(
    plain: Path, made: encryption.NewVault
) -> None:
    with pytest.raises(KnownError, match="没有加密"):
        encryption.decrypt(plain, SECRET)
    encryption.encrypt(plain, made)
    with pytest.raises(KnownError, match="已经加密"):
        encryption.encrypt(plain, made)
    with pytest.raises(WrongPassphrase):
        encryption.decrypt(plain, "不对")
    assert holds(plain, SECRET) == [NAME]


@pytest.mark.parametrize("at", range(3))
def test_who_stops_it_has_the_office_as_it_was(plain: Path, made: encryption.NewVault, at: int) -> None:
    with contextlib.closing(open_office(plain)) as office, office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"{NAME}{number}") for number in range(3_000)])
    before = plain.read_bytes()
    said: list[int] = []

    def stop(_words: str, done: int, total: int) -> None:
        assert 0 <= done <= total == 100
        said.append(done)
        if len(said) > at:
            raise Stop

    with pytest.raises(Stop):
        encryption.encrypt(plain, made, progress=stop)
    assert len(said) == at + 1
    assert plain.read_bytes() == before
    assert sorted(path.name for path in plain.parent.iterdir()) == ["清岚-备份", "清岚.office"]
    assert not any(vault.is_encrypted(path) for path in plain.parent.rglob("*.office"))


@pytest.mark.parametrize(
    ("words", "percent"), [("正在加密", 50), ("正在加密备份", 0), ("正在解除加密", 50), ("正在解除加密", 95)]
)
def test_what_a_killed_one_leaves_in_clear_is_gone_after_the_next_first_use(
    plain: Path, made: encryption.NewVault, words: str, percent: int
) -> None:
    where = plain.rename(plain.with_name("清岚[1].office"))
    plain.with_name("清岚-备份").rename(plain.with_name("清岚[1]-备份"))
    for backup in plain.parent.glob("*-备份/*"):
        backup.rename(backup.with_name(backup.name.replace("清岚", "清岚[1]")))
    with contextlib.closing(open_office(where)) as office, office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"{NAME}{number}", note="很长" * 200) for number in range(1_000)])
    if words == "正在解除加密":
        encryption.encrypt(where, made)
    run = [sys.executable, "-c", KILLED, str(where), SECRET, words, str(percent)]
    assert subprocess.run(run, check=False).returncode == 9
    with contextlib.closing(open_office(where, secret=SECRET)) as office:
        assert office.count(Query(Investor)) == 1_001
        daily(office)
    assert [path.name for path in where.parent.iterdir() if path.name.startswith(".")] == []
    assert clear_text(where.parent) == [] or not vault.is_encrypted(where)


def test_copies_in_the_second_place_are_encrypted_as_well(
    plain: Path, tmp_path: Path, made: encryption.NewVault
) -> None:
    stick = tmp_path / "U盘"
    shutil.copytree(plain.with_name("清岚-备份"), stick / "清岚-备份")
    done = encryption.encrypt(plain, made, second=stick)
    assert (done.backups, done.left) == (2, ())
    assert clear_text(tmp_path) == []


def test_an_office_in_use_is_left_alone(plain: Path, made: encryption.NewVault) -> None:
    office = open_office(plain)
    with contextlib.closing(office), office.engine.connect(), pytest.raises(KnownError, match="正开着"):
        recode(plain, None, made.key, made.vault)
    assert holds(plain) == [NAME]
    assert [one.name for one in plain.parent.iterdir() if one.name.endswith((".part", ".key"))] == []


def test_a_new_passphrase_counts_at_once_while_the_office_is_in_use(plain: Path, made: encryption.NewVault) -> None:
    encryption.encrypt(plain, made)
    office = open_office(plain, secret=SECRET)
    with pytest.raises(WrongPassphrase):
        encryption.change_passphrase(plain, "不对", "新的 密码")
    encryption.change_passphrase(plain, SECRET, "新的 密码")
    office.close()
    assert holds(plain, "新的 密码") == holds(plain, made.recovery) == [NAME]
    with pytest.raises(WrongPassphrase):
        open_office(plain, secret=SECRET)


def test_a_new_recovery_key_replaces_the_old_paper(plain: Path, made: encryption.NewVault) -> None:
    encryption.encrypt(plain, made)
    fresh = encryption.new_recovery(plain, made.recovery)
    assert holds(plain, fresh) == [NAME]
    with pytest.raises(WrongPassphrase):
        open_office(plain, secret=made.recovery)


def test_the_paper_shows_the_key_and_what_to_do_with_it(tmp_path: Path, made: encryption.NewVault) -> None:
    paper = tmp_path / "恢复密钥.pdf"
    encryption.write_paper("清岚县投资促进局", made.recovery, paper)
    words = "".join(page_texts(paper.read_bytes()))
    for group in made.recovery.split("-"):
        assert group in words
    assert "清岚县投资促进局" in words
    assert "见到这张纸的人能打开整个办公室" in words


def test_a_new_recovery_key_counts_only_once_it_is_put(plain: Path, made: encryption.NewVault) -> None:
    encryption.encrypt(plain, made)
    fresh = encryption.another_recovery(plain, SECRET)
    assert holds(plain, made.recovery) == [NAME]
    with pytest.raises(WrongPassphrase):
        open_office(plain, secret=fresh.text)
    encryption.put_recovery(plain, fresh)
    assert holds(plain, fresh.text) == [NAME]
    with pytest.raises(WrongPassphrase):
        open_office(plain, secret=made.recovery)


def test_the_paper_of_a_pack_speaks_of_the_pack(tmp_path: Path, made: encryption.NewVault) -> None:
    encryption.write_paper("新材料链小分队", made.recovery, tmp_path / "钥匙.pdf", of="出差包")
    words = "".join(page_texts((tmp_path / "钥匙.pdf").read_bytes()))
    assert "出差包的恢复密钥" in words
    assert "见到这张纸的人能打开整个出差包" in words
