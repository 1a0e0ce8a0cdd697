"""Passphrases at the command line: from the variable or the terminal, never from an argument."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime import settings
from zhaoshang_desktop.store import vault

SECRET = "青禾 2026 清岚"
HOUSE = Path(__file__).parents[2]


def clear(folder: Path) -> list[str]:
    """The files below a folder in which the firm's name stands."""
    files = sorted(path for path in folder.rglob("*.office") if path.is_file())
    return [path.name for path in files if "霁岚".encode() in path.read_bytes()]


@pytest.fixture
def encrypted(run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office encrypted by its command; afterwards no variable is set."""
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("encrypt", "--office", plain).code == 0
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE")
    return plain


def test_backups_in_the_second_place_are_encrypted_where_it_is_given_or_chosen_in_the_window(
    run: Run, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, chosen = tmp_path / "U盘", tmp_path / "移动硬盘"
    for folder in (given, chosen):
        folder.mkdir()
        assert run("backup", "--to", folder, "--office", plain).code == 0
    monkeypatch.setenv("ZHAOSHANG_HOME", str(tmp_path / "家"))
    settings.save(settings.Settings(choices={settings.SECOND: str(chosen)}))
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("encrypt", "--from", tmp_path / "没有", "--office", plain).code == 1
    told = run("encrypt", "--office", plain)
    assert (told.code, "连同 1 份备份" in told.out, "U盘和其他文件夹里的旧备份" in told.out) == (0, True, True)
    assert (clear(chosen), len(clear(given))) == ([], 1)
    assert run("decrypt", "--office", plain).code == 0
    assert run("encrypt", "--from", given, "--office", plain).code == 0
    assert clear(tmp_path) == []


def test_what_lies_in_clear_beside_the_office_is_named(run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("backup", "--office", plain).code == 0
    plain = plain.rename(plain.with_name("改名.office"))
    with plain.open("r+b") as file:
        file.write(bytes(4096))
    assert run("check", "--repair", "--from", plain.parent, "--office", plain).code == 0
    shutil.copy(plain, plain.with_name("副本.office"))
    new_office(plain.with_name("别的办公室.office"), name="别的").close()
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    told = run("encrypt", "--office", plain)
    assert told.code == 1
    left = clear(plain.parent)
    assert [name[:2] for name in left] == ["副本", "改名", "清岚"]
    assert all(f"“{name}”没有加密" in told.out for name in left)
    assert "别的办公室" not in told.out


def test_an_encrypted_office_is_used_with_the_variable(
    run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert "霁岚特种陶瓷" in run("search", "陶瓷", "--office", encrypted).out
    assert "全部完好" in run("check", "--office", encrypted).out
    assert run("backup", "--office", encrypted).code == 0
    assert run("restore", "latest", "--office", encrypted).code == 0
    names = [path.name for path in tmp_path.rglob("*") if path.is_file() and "霁岚".encode() in path.read_bytes()]
    assert names == []


def test_a_passphrase_that_is_no_text_is_one_sentence(
    run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET.encode("gb18030").decode("utf-8", "surrogateescape"))
    told = run("check", "--office", encrypted)
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert "不是这台电脑的编码" in told.err


def test_without_a_passphrase_one_sentence_says_how(run: Run, encrypted: Path) -> None:
    told = run("search", "陶瓷", "--office", encrypted)
    assert (told.code, told.out) == (1, "")
    assert "ZHAOSHANG_PASSPHRASE" in told.err
    assert told.err.count("\n") == 1


def test_a_wrong_passphrase_is_one_sentence(run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "不对")
    for command in (("search", "陶瓷"), ("check",), ("decrypt",), ("passphrase", "--recovery")):
        told = run(*command, "--office", encrypted)
        assert (told.code, told.out) == (1, "")
        assert told.err.startswith("密码不对")


def test_no_command_takes_a_passphrase_as_an_argument(run: Run) -> None:
    for command in ("encrypt", "decrypt", "passphrase", "search"):
        assert "--pass" not in run(command, "--help").out


def test_the_recovery_key_is_shown_once_and_printed(
    run: Run, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    paper = tmp_path / "恢复密钥.pdf"
    told = run("encrypt", "--paper", paper, "--office", plain)
    recovery = told.out.splitlines()[2].strip()
    assert paper.read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", recovery)
    assert run("search", "陶瓷", "--office", plain).code == 0


def test_the_passphrase_is_changed(run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert "没有给出新密码" in run("passphrase", "--office", encrypted).err
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", "铁桶 青禾 月台 七")
    assert run("passphrase", "--office", encrypted).code == 0
    assert run("search", "陶瓷", "--office", encrypted).code == 1
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "铁桶 青禾 月台 七")
    assert run("search", "陶瓷", "--office", encrypted).code == 0


@pytest.mark.parametrize("recovery", [False, True])
def test_what_was_changed_counts_where_the_file_is_copied_over_an_older_one(
    run: Run, encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recovery: bool
) -> None:
    there = tmp_path / "另一台" / encrypted.name
    there.parent.mkdir()
    shutil.copy(encrypted, there)
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("search", "陶瓷", "--office", there).code == 0
    new = "铁桶 青禾 月台 七"
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", new)
    told = run("passphrase", *(["--recovery"] if recovery else []), "--office", encrypted)
    new = told.out.splitlines()[1].strip() if recovery else new
    shutil.copy(encrypted, there)
    assert run("search", "陶瓷", "--office", there).code == int(not recovery)
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", new)
    for place in (there, encrypted, there):
        assert run("search", "陶瓷", "--office", place).code == 0
    assert run("check", "--repair", "--office", there).code == 0


def test_an_office_is_decrypted(run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("decrypt", "--office", encrypted).code == 0
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE")
    assert not vault.is_encrypted(encrypted)
    assert run("search", "陶瓷", "--office", encrypted).code == 0


def test_a_plain_office_beside_a_vault_that_was_left_is_repaired_without_a_passphrase(
    run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = vault.beside(encrypted).read_bytes()
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("decrypt", "--office", encrypted).code == 0
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE")
    vault.beside(encrypted).write_bytes(left)
    told = run("check", "--repair", "--office", encrypted)
    assert (told.code, "全部完好" in told.out) == (0, True)


def test_an_encrypted_office_of_which_nothing_is_left_is_repaired_with_its_passphrase(
    run: Run, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("backup", "--office", encrypted).code == 0
    encrypted.write_bytes(b"")
    assert run("check", "--repair", "--office", encrypted).code == 0
    assert "霁岚特种陶瓷" in run("search", "陶瓷", "--office", encrypted).out


def test_wrong_usage_is_told(run: Run, plain: Path) -> None:
    assert run("encrypt").code == 2
    assert run("passphrase", "--paper", "纸.pdf", "--office", plain).code == 2
    assert "服务器" in run("encrypt", "--office", "postgresql://u@nowhere/x").err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of the system's own")
def test_at_a_terminal_the_passphrase_is_typed_unseen(encrypted: Path) -> None:
    import pty  # not on Windows

    try:
        ours, terminal = pty.openpty()
    except OSError:
        pytest.skip("there are no terminals here")
    arguments = [sys.executable, "-m", "zhaoshang_desktop", "search", "陶瓷", "--office", str(encrypted)]
    with subprocess.Popen(
        arguments, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, cwd=HOUSE
    ) as process:
        assert process.stderr is not None
        asked = process.stderr.read(len("密码：".encode()))
        os.write(ours, f"{SECRET}\n".encode())
        out, err = process.communicate()
    os.set_blocking(ours, False)
    with pytest.raises(BlockingIOError):  # nothing was echoed
        os.read(ours, 1024)
    os.close(ours)
    os.close(terminal)
    assert (asked.decode(), process.returncode) == ("密码：", 0)
    assert "霁岚特种陶瓷" in out.decode()
    assert SECRET not in out.decode() + err.decode()


def test_a_passphrase_that_is_easily_guessed_is_refused_as_in_the_window(
    run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "123456")
    told = run("encrypt", "--office", plain)
    assert (told.code, "太容易猜" in told.err) == (1, True)
    assert not vault.is_encrypted(plain)


def test_what_is_encrypted_or_is_not_is_said_before_a_passphrase_is_asked_for(
    run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE", raising=False)
    assert "没有加密" in run("decrypt", "--office", plain).err
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    run("encrypt", "--office", plain)
    assert "已经加密了" in run("encrypt", "--office", plain).err


@pytest.mark.parametrize("user", ["", "张敏"])
def test_only_an_admin_encrypts_decrypts_moves_or_changes_the_passphrase(
    run: Run, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    office = open_office(plain)
    put_user(office, "局长", Role.ADMIN, "钥匙 长一些")
    put_user(office, "张敏", Role.CLERK, "钥匙 长一些")
    office.close()
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", SECRET + " 新")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "钥匙 长一些")

    def tried(by: str) -> list[int]:
        monkeypatch.setenv("ZHAOSHANG_USER", by)
        to = tmp_path / f"{by}.office"
        deeds = (["encrypt"], ["passphrase"], ["passphrase", "--recovery"], ["decrypt"], ["move", "--to", to])
        codes = [run(*deed, "--office", plain).code for deed in deeds]
        monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
        return codes

    assert tried(user) == [1, 1, 1, 1, 1]
    assert not vault.is_encrypted(plain)
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", SECRET)
    assert tried("局长") == [0, 0, 0, 0, 0]
