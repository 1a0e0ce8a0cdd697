"""The wrapped key of an encrypted office: beside it, at its end, and never lost."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.store.crash import HOUSE
from zhaoshang_desktop.domain.errors import Damaged, KnownError, Locked, WrongPassphrase
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office, vault
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import open_file
from zhaoshang_desktop.store.office import Office

SECRET = "清岚 2026 青禾"
OPENING = """
import itertools, pathlib, sys
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import open_office
print("begin", flush=True)
for round in itertools.count():
    office = open_office(sys.argv[1], key=bytes.fromhex(sys.argv[2]))
    with office.transaction("新建") as tx:
        tx.save_all([Investor(name=f"{round}-{n}", note="很长" * 500) for n in range(30)])
    office.close()
"""
IDLE = """
import sys
from zhaoshang_desktop.store import open_office
office = open_office(sys.argv[1], key=bytes.fromhex(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
office.close()
"""


@pytest.fixture(scope="module")
def made() -> vault.NewVault:
    """argon2id is slow by intention; one vault serves the tests that do not change it."""
    return vault.new_vault(SECRET)


@pytest.fixture
def path(tmp_path: Path, made: vault.NewVault) -> Path:
    """A closed encrypted office."""
    file = tmp_path / "县公所 数据" / "清岚.office"
    create_office(file, name="清岚县", key=made.key, vault=made.vault, first=[Investor(name="青禾新材料")]).close()
    return file


def alone(path: Path, folder: Path) -> Path:
    """The office file as somebody copies it onto a stick: without what lies beside."""
    folder.mkdir()
    return Path(shutil.copy(path, folder / path.name))


def names(office: Office) -> list[str]:
    with contextlib.closing(office):
        return [one.name for one in office.find(Query(Investor))]


def test_passphrase_and_recovery_key_open_and_nothing_else_does(path: Path, made: vault.NewVault) -> None:
    assert names(open_office(path, secret=SECRET)) == ["青禾新材料"]
    assert names(open_office(path, secret=made.recovery.lower().replace("-", " "))) == ["青禾新材料"]
    with pytest.raises(WrongPassphrase, match="密码不对"):
        open_office(path, secret=SECRET + "!")
    with pytest.raises(WrongPassphrase, match="密码不对"):
        open_office(path, secret=vault.new_vault("别的").recovery)
    with pytest.raises(Locked, match="已加密"):
        open_office(path)


def test_full_width_and_composed_forms_are_the_same_passphrase() -> None:
    made = vault.new_vault("Qinglan１２３é")
    assert made.vault.unlock("Qinglan123e\u0301") == made.key


def test_nothing_of_it_can_be_read_without_a_key(path: Path) -> None:
    data = path.read_bytes() + vault.beside(path).read_bytes()
    for word in ("青禾新材料", "清岚县", "CREATE TABLE", "SQLite format"):
        assert word.encode() not in data


def test_a_new_passphrase_rewraps_and_the_recovery_key_stays(path: Path, made: vault.NewVault) -> None:
    changed = made.vault.with_passphrase(made.key, "新的密码")
    vault.write_vault(path, changed)
    assert names(open_office(path, secret="新的密码")) == ["青禾新材料"]
    assert changed.unlock(made.recovery) == made.key
    with pytest.raises(WrongPassphrase):
        open_office(path, secret=SECRET)


def test_a_new_recovery_key_makes_the_old_paper_worthless(made: vault.NewVault) -> None:
    changed, fresh = made.vault.with_recovery(made.key)
    assert changed.unlock(fresh) == changed.unlock(SECRET) == made.key
    with pytest.raises(WrongPassphrase):
        changed.unlock(made.recovery)


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(KnownError, match="不能是空的"):
        vault.new_vault("  ")


def test_the_file_alone_can_travel(path: Path, tmp_path: Path) -> None:
    travelled = alone(path, tmp_path / "U盘")
    assert vault.is_encrypted(travelled)
    assert names(open_office(travelled, secret=SECRET)) == ["青禾新材料"]
    assert vault.read_vault(travelled) == vault.read_vault(path)


def test_the_vault_lies_beside_before_the_database_is_touched(path: Path, tmp_path: Path, made: vault.NewVault) -> None:
    travelled = alone(path, tmp_path / "U盘")
    office = open_office(travelled, key=made.key)
    assert vault.beside(travelled).read_bytes() == made.vault.to_bytes()
    with office.transaction("新建") as tx:
        tx.save_all([Investor(name=f"第{n}家", note="很长" * 400) for n in range(200)])
    assert not travelled.read_bytes().endswith(made.vault.to_bytes())
    office.close()
    assert travelled.read_bytes().endswith(made.vault.to_bytes())
    again = open_office(alone(travelled, tmp_path / "又一个"), secret=SECRET)
    assert check(again).wrong == []
    assert len(names(again)) == 201


def test_a_file_with_a_tail_is_whole_for_sqlite(path: Path, tmp_path: Path, made: vault.NewVault) -> None:
    assert path.stat().st_size % 4096
    with contextlib.closing(open_file(path, made.key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with contextlib.closing(open_file(tmp_path / "copy", made.key)) as copy:
            connection.backup(copy)
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    vault.unseal(path, made.key)
    with contextlib.closing(open_file(path, made.key)) as connection:
        connection.execute("VACUUM")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert vault.seal(path, made.key)
    assert path.stat().st_size % 4096


def test_sealing_again_adds_nothing(path: Path, made: vault.NewVault) -> None:
    open_office(path, key=made.key).close()
    size = path.stat().st_size
    for _ in range(2):
        office = open_office(path, key=made.key)
        with office.transaction("改") as tx:
            first = tx.find(Query(Investor))[0]
            first.note = "改" if first.note != "改" else "再改"
            tx.save(first)
        office.close()
    assert path.stat().st_size <= size + 8192
    assert path.read_bytes().count(b"ZS-VAULT") == 1


def test_nobody_seals_while_another_process_has_the_office_open(path: Path, made: vault.NewVault) -> None:
    changed = made.vault.with_passphrase(made.key, "新的密码")
    command = [sys.executable, "-c", IDLE, str(path), made.key.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        vault.write_vault(path, changed)
        open_office(path, key=made.key).close()
        assert not vault.seal(path, made.key)
        other.communicate("")
    data = path.read_bytes()
    assert data.endswith(changed.to_bytes())
    assert data.count(b"ZS-VAULT") == 1


def test_a_killed_process_leaves_an_office_that_opens(path: Path, tmp_path: Path, made: vault.NewVault) -> None:
    dice = random.Random(11)
    for kill in range(4):
        travelled = alone(path, tmp_path / f"第{kill}次")
        command = [sys.executable, "-c", OPENING, str(travelled), made.key.hex()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(dice.uniform(0, 0.6))
            process.kill()
        office = open_office(travelled, secret=SECRET)
        assert check(office).wrong == []
        assert names(office)[-1:]


def test_a_damaged_vault_beside_is_mended_from_the_end_of_the_file(path: Path, made: vault.NewVault) -> None:
    for damage in (b"", b"\0" * 300, made.vault.to_bytes()[:-5], b"x" + made.vault.to_bytes()[1:]):
        vault.beside(path).write_bytes(damage)
        assert names(open_office(path, secret=SECRET)) == ["青禾新材料"]
        assert vault.beside(path).read_bytes() == made.vault.to_bytes()


def test_where_nobody_may_write_the_file_alone_is_read(path: Path, tmp_path: Path) -> None:
    travelled = alone(path, tmp_path / "光盘")
    travelled.parent.chmod(0o555)
    try:
        if os.access(travelled.parent, os.W_OK):
            pytest.skip("this user may write everywhere")
        with contextlib.closing(open_office(travelled, secret=SECRET)) as office:
            assert [one.name for one in office.find(Query(Investor))] == ["青禾新材料"]
            with pytest.raises(KnownError, match="只读"), office.transaction("新建") as tx:
                tx.save(Investor(name="云帆"))
    finally:
        travelled.parent.chmod(0o755)
    assert [one.name for one in travelled.parent.iterdir()] == [travelled.name]


def test_with_the_right_passphrase_a_damaged_file_is_called_damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(bytes(200))
    with pytest.raises(Damaged):
        open_office(path, secret=SECRET)
    with pytest.raises(WrongPassphrase):
        open_office(path, secret="不对")


def test_an_office_copied_over_another_opens_by_its_own_passphrase(path: Path, tmp_path: Path) -> None:
    other, file = vault.new_vault("王磊的密码"), tmp_path / "王磊.office"
    create_office(file, name="王磊", key=other.key, vault=other.vault, first=[Investor(name="云帆")]).close()
    before = vault.beside(path).read_bytes()
    shutil.copy(file, path)
    assert names(open_office(path, secret="王磊的密码")) == ["云帆"]
    assert vault.beside(path).read_bytes() == other.vault.to_bytes()
    assert path.with_name(path.name + ".key.1").read_bytes() == before


def copied_over(path: Path, tmp_path: Path, at_end: vault.Vault) -> Path:
    """An office that was opened elsewhere once, and over which it was copied again, now with that vault at its end."""
    there = alone(path, tmp_path / "另一台")
    open_office(there, secret=SECRET).close()
    vault.write_vault(path, at_end)
    assert vault.seal(path, vault.read_vault(path).unlock("新的密码"))  # type: ignore[union-attr]
    return Path(shutil.copy(path, there))


def test_of_two_vaults_of_a_key_the_later_one_counts(path: Path, tmp_path: Path, made: vault.NewVault) -> None:
    there = copied_over(path, tmp_path, made.vault.with_passphrase(made.key, "新的密码"))
    assert vault.read_vault(there) == vault.read_vault(path)
    with pytest.raises(WrongPassphrase):
        open_office(there, secret=SECRET)
    assert names(open_office(there, secret="新的密码")) == ["青禾新材料"]
    assert there.read_bytes().endswith(vault.beside(path).read_bytes())
    assert sorted(one.name for one in there.parent.iterdir()) == ["清岚.office", "清岚.office.key"]


def test_who_opens_by_a_key_that_is_remembered_keeps_the_later_vault_too(
    path: Path, tmp_path: Path, made: vault.NewVault
) -> None:
    there = copied_over(path, tmp_path, made.vault.with_passphrase(made.key, "新的密码"))
    open_office(there, key=made.key).close()
    assert names(open_office(there, secret="新的密码")) == ["青禾新材料"]


def test_where_two_places_changed_the_passphrase_each_opens_and_then_counts(
    path: Path, tmp_path: Path, made: vault.NewVault
) -> None:
    there = copied_over(path, tmp_path, made.vault.with_passphrase(made.key, "新的密码"))
    vault.write_vault(there, made.vault.with_passphrase(made.key, "那边的密码"))
    other = alone(there, tmp_path / "第三台")
    shutil.copy(vault.beside(there), vault.beside(other))
    assert names(open_office(there, secret="新的密码")) == names(open_office(other, secret="那边的密码"))
    for place, refused in ((there, "那边的密码"), (other, "新的密码")):
        with pytest.raises(WrongPassphrase):
            open_office(place, secret=refused)


def test_a_vault_from_before_changes_were_counted_opens_and_gives_way(path: Path, made: vault.NewVault) -> None:
    body = made.vault.to_bytes()[:-20].replace(b', "changes": 2', b"")
    older = body + hashlib.sha256(body).digest()[:8] + len(body).to_bytes(4, "big") + b"ZS-VAULT"
    found = vault.from_bytes(older)
    assert found == replace(made.vault, changes=0)
    assert found.unlock(SECRET) == found.unlock(made.recovery) == made.key
    vault.beside(path).write_bytes(older)
    assert names(open_office(path, secret=SECRET)) == ["青禾新材料"]
    assert vault.read_vault(path) == made.vault


def test_a_vault_left_lying_is_kept_when_a_new_office_takes_the_name(path: Path) -> None:
    before = vault.beside(path).read_bytes()
    path.unlink()
    other = vault.new_vault("另一个")
    create_office(path, name="新的", key=other.key, vault=other.vault).close()
    assert path.with_name(path.name + ".key.1").read_bytes() == before
    open_office(path, secret="另一个").close()


def test_a_plain_office_is_not_taken_for_an_encrypted_one(path: Path, tmp_path: Path) -> None:
    plain = tmp_path / "明文.office"
    create_office(plain, name="明文").close()
    shutil.copy(vault.beside(path), vault.beside(plain))
    assert not vault.is_encrypted(plain)
    open_office(plain).close()


def test_without_any_vault_the_sentence_names_the_file_that_is_missing(path: Path, made: vault.NewVault) -> None:
    vault.beside(path).unlink()
    data = path.read_bytes()
    path.write_bytes(data[: -len(made.vault.to_bytes())])
    with pytest.raises(KnownError, match=r"密钥文件“清岚.office.key”不在旁边"):
        open_office(path, secret=SECRET)


@pytest.mark.parametrize(
    "odd",
    [
        {"memory": 1 << 40},
        {"memory": 1 << 30, "passes": 64},
        {"memory": 1},
        {"memory": 0, "passes": 0},
        {"memory": -(1 << 26), "passes": -6},
        {"salt": b"salz"},
    ],
)
def test_a_vault_that_asks_for_all_memory_or_for_nothing_is_refused(made: vault.NewVault, odd: dict[str, Any]) -> None:
    greedy = replace(made.vault, **odd)
    assert vault.from_bytes(greedy.to_bytes()) == greedy
    with pytest.raises(KnownError, match="加密参数不正常"):
        greedy.unlock(SECRET)


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"format": 1, "passes": Infinity, "memory": 1%s}', b"5"])
def test_a_vault_that_is_made_to_break_its_reader_is_none(made: vault.NewVault, body: bytes) -> None:
    if b"%s" in body:
        hexes = b"".join(b', "%s": "00"' % name for name in (b"mark", b"salt", b"by_passphrase", b"by_recovery"))
        body = body.replace(b"%s", hexes)
    data = body + hashlib.sha256(body).digest()[:8] + len(body).to_bytes(4, "big") + b"ZS-VAULT"
    assert vault.from_bytes(data) is None


def test_a_vault_of_a_newer_version_is_refused_with_a_sentence(made: vault.NewVault) -> None:
    body = made.vault.to_bytes()[:-20].replace(b'"format": 1', b'"format": 9')
    newer = body + hashlib.sha256(body).digest()[:8] + len(body).to_bytes(4, "big") + b"ZS-VAULT"
    with pytest.raises(KnownError, match="更新的版本"):
        vault.from_bytes(newer)


def test_what_is_no_vault_is_none(made: vault.NewVault) -> None:
    for odd in (b"", b"x", b"\0" * 5000, made.vault.to_bytes()[:-1]):
        assert vault.from_bytes(odd) is None


def test_an_office_that_somebody_holds_alone_is_said_to_be_in_use(
    path: Path, made: vault.NewVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhaoshang_desktop.store.engine.BUSY_SECONDS", 0.1)
    with contextlib.closing(open_file(path, made.key, alone=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="另一个程序"):
            open_office(path, secret=SECRET)
    with contextlib.closing(open_office(path, secret=SECRET)) as office:
        assert office.count(Query(Investor)) == 1
