"""An office reached through a link: what is done is done to the file itself, and the link stays one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import vault

NAME = "霁岚特种陶瓷有限公司"
SECRET = "青禾 2026 清岚"


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A closed plain office."""
    path = tmp_path / "真的" / "清岚县.office"
    office = new_office(path, name="清岚县")
    with contextlib.closing(office), office.transaction("新建") as tx:
        tx.save(Investor(name=NAME))
    return path


@pytest.fixture
def link(real: Path, tmp_path: Path) -> Path:
    """A link to it in another folder."""
    path = tmp_path / "桌面" / "链接.office"
    path.parent.mkdir()
    try:
        path.symlink_to(Path("..") / real.parent.name / real.name)
    except OSError:
        pytest.skip("no links here")
    return path


def test_the_file_behind_a_link_is_encrypted_and_decrypted(
    run: Run, real: Path, link: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    assert run("encrypt", "--office", link).code == 0
    assert [one.name for one in tmp_path.rglob("*") if one.is_file() and NAME.encode() in one.read_bytes()] == []
    assert (link.is_symlink(), vault.is_encrypted(real)) == (True, True)
    assert run("decrypt", "--office", link).code == 0
    assert (link.is_symlink(), vault.is_encrypted(real)) == (True, False)


def test_the_file_behind_a_link_is_backed_up_restored_and_repaired(run: Run, real: Path, link: Path) -> None:
    assert run("backup", "--office", link).code == 0
    with contextlib.closing(open_office(real)) as office, office.transaction("新建") as tx:
        tx.save(Investor(name="云帆智能装备有限公司"))
    assert run("restore", "latest", "--office", link).code == 0
    assert "云帆" not in run("search", "云帆", "--office", real).out
    with real.open("r+b") as file:
        file.write(bytes(4096))
    assert run("check", "--repair", "--office", link).code == 0
    assert NAME in run("search", "陶瓷", "--office", real).out
    assert [one.name for one in link.parent.iterdir()] == [link.name]
    assert link.is_symlink()


def test_a_passphrase_that_was_changed_through_a_link_opens_the_file(
    run: Run, real: Path, link: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", "铁桶 青禾 月台 七")
    assert run("encrypt", "--office", real).code == 0
    assert run("passphrase", "--office", link).code == 0
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "铁桶 青禾 月台 七")
    for place in (real, link):
        assert run("search", "陶瓷", "--office", place).code == 0
    assert [one.name for one in link.parent.iterdir()] == [link.name]


def test_a_link_into_a_folder_that_cannot_be_written_opens_to_be_looked_at(
    run: Run, real: Path, link: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, closed = os.access, real.parent

    def access(path: Path, mode: int) -> bool:
        return may(path, mode) and not (mode & os.W_OK and closed in (path, *path.parents))

    monkeypatch.setattr(os, "access", access)
    before = sorted(closed.iterdir())
    assert NAME in run("search", "陶瓷", "--office", link).out
    assert sorted(closed.iterdir()) == before


def test_an_office_in_a_folder_that_is_a_link_lies_where_the_folder_does(
    run: Run, real: Path, link: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "文件夹"
    folder.symlink_to(real.parent)
    with contextlib.closing(open_office(folder / real.name)) as office:
        assert office.where == str(real)
    assert run("import", "investors", "没有.csv", "--office", folder / "新.office").code == 1
    with contextlib.closing(new_office(folder / "新.office", name="新")) as office:
        assert office.where == str(real.parent / "新.office")
