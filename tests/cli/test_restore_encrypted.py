"""zhaoshang restore of an office that is encrypted, or was: what comes back, and what opens it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.store import vault

SECRET = "青禾 2026 清岚"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)


def test_an_encrypted_office_that_went_back_travels_alone(run: Run, plain: Path, tmp_path: Path) -> None:
    assert run("encrypt", "--office", plain).code == 0
    assert run("backup", "--office", plain).code == 0
    assert run("passphrase", "--recovery", "--office", plain).code == 0
    assert run("restore", "latest", "--office", plain).code == 0
    there = tmp_path / "另一台" / plain.name
    there.parent.mkdir()
    shutil.copy(plain, there)
    assert "霁岚特种陶瓷" in run("search", "陶瓷", "--office", there).out
    beside = plain.with_name("清岚县.office.key")
    assert there.with_name(beside.name).read_bytes() == beside.read_bytes()


def added(run: Run, office: Path, name: str) -> None:
    book = office.with_name(f"{name}.csv")
    book.write_text(f"企业名称\n{name}\n", encoding="utf-8")
    assert run("import", "investors", book, "--office", office).code == 0
    book.unlink()


def investors(run: Run, office: Path) -> int:
    return int(run("check", "--office", office, "--json").json["counts"]["investor"])


@pytest.fixture
def decrypted(run: Run, plain: Path) -> Path:
    """An office in clear with two firms, whose backup with one of them was made while it was encrypted."""
    assert run("encrypt", "--office", plain).code == 0
    assert run("backup", "--office", plain).code == 0
    assert run("decrypt", "--office", plain).code == 0
    added(run, plain, "云帆智能装备有限公司")
    return plain


def backup_of(office: Path) -> Path:
    return next(office.parent.glob("清岚县-备份/*-手动.office"))


def test_a_backup_from_before_the_office_was_decrypted_opens_by_its_own_passphrase(
    run: Run, decrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backup_of(decrypted)
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "不对")
    told = run("restore", backup, "--list", "--office", decrypted)
    assert (told.code, "用另一个密码加密" in told.err, "ZHAOSHANG_BACKUP_PASSPHRASE" in told.err) == (1, True, True)
    monkeypatch.setenv("ZHAOSHANG_BACKUP_PASSPHRASE", SECRET)
    assert "会丢掉之后的 1 批" in run("restore", backup, "--list", "--office", decrypted).out
    before = run("restore", backup, "--office", decrypted, "--json").json["before"]
    assert vault.is_plain(decrypted)
    assert investors(run, decrypted) == 1
    assert run("restore", before, "--office", decrypted).code == 0
    assert investors(run, decrypted) == 2


def test_what_an_office_encrypted_anew_goes_back_to_is_under_its_present_passphrase(
    run: Run, decrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, new = backup_of(decrypted), "铁桶 青禾 月台 七"
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", new)
    assert run("encrypt", "--office", decrypted).code == 0
    assert run("restore", backup, "--office", decrypted).code == 1
    monkeypatch.setenv("ZHAOSHANG_BACKUP_PASSPHRASE", SECRET)
    assert run("restore", backup, "--office", decrypted).code == 0
    monkeypatch.delenv("ZHAOSHANG_BACKUP_PASSPHRASE")
    assert investors(run, decrypted) == 1
    alone = tmp_path / "另一台" / decrypted.name
    alone.parent.mkdir()
    shutil.copy(decrypted, alone)
    assert investors(run, alone) == 1


def test_a_backup_in_clear_is_put_into_an_encrypted_office_and_never_beside_it(
    run: Run, plain: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    backup = Path(run("backup", "--office", plain, "--to", stick, "--json").json["backup"])
    assert run("encrypt", "--office", plain).code == 0
    added(run, plain, "云帆智能装备有限公司")
    assert run("restore", backup, "--office", plain).code == 0
    assert investors(run, plain) == 1
    clear = [path for path in tmp_path.rglob("*") if path.is_file() and "霁岚".encode() in path.read_bytes()]
    assert clear == [backup]


def test_a_lost_encrypted_office_is_there_again_whose_vault_ever_lies_in_its_place(
    run: Run, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("encrypt", "--office", plain).code == 0
    backup = Path(run("backup", "--office", plain, "--json").json["backup"])
    plain.unlink()
    other = vault.new_vault("铁桶 青禾 月台 七")
    vault.write_vault(plain, other.vault)
    monkeypatch.setenv("ZHAOSHANG_BACKUP_PASSPHRASE", SECRET)
    assert run("restore", backup, "--office", plain).code == 0
    assert investors(run, plain) == 1
    assert vault.read_vault(plain) == vault.read_vault(backup)
    assert vault.from_bytes(plain.with_name("清岚县.office.key.1").read_bytes()) == other.vault
    alone = tmp_path / "另一台" / plain.name
    alone.parent.mkdir()
    shutil.copy(plain, alone)
    assert investors(run, alone) == 1
