"""zhaoshang move: to a server, and home into a file."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests import postgres
from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.rights import put_user, set_up_server
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.store.tables import META


@pytest.fixture
def lived_in(filled: Path, tmp_path: Path) -> Path:
    """A copy of the office with everything in it, for one test."""
    return Path(shutil.copy(filled, tmp_path / "清岚县.office"))


@pytest.fixture
def other_database(postgres_url: str) -> Iterator[str]:
    with postgres.database(postgres_url, f"other_{uuid.uuid4().hex}") as url:
        yield url


def test_an_office_goes_to_a_server_and_comes_home_into_a_file(
    run: Run, lived_in: Path, postgres_database: str, tmp_path: Path
) -> None:
    there = run("move", "--office", lived_in, "--to", postgres_database)
    assert there.code == 0, there.err
    assert "逐条核对一致" in there.out
    assert "没有动" in there.out
    assert run("check", "--office", postgres_database).code == 0
    home = tmp_path / "回家.office"
    told = run("move", "--office", postgres_database, "--to", home, "--json")
    assert told.code == 0, told.err
    assert run("move", "--office", postgres_database, "--reopen").code == 0
    told_plainly = run("move", "--office", postgres_database, "--to", tmp_path / "又一份.office")
    assert ("没有加密" in told_plainly.out, "没有加密" in there.out) == (True, False)
    assert told.json["counts"]["investor"] > 0
    words = ("search", "新材料", "--json")
    assert run(*words, "--office", home).json == run(*words, "--office", lived_in).json


def test_what_is_there_already_is_not_written_over(run: Run, lived_in: Path, postgres_database: str) -> None:
    assert run("move", "--office", lived_in, "--to", postgres_database).code == 0
    reopened = run("move", "--office", lived_in, "--reopen")
    assert reopened.code == 0, reopened.err
    again = run("move", "--office", lived_in, "--to", postgres_database)
    assert again.code == 1
    assert "已经有一个办公室" in again.err
    onto_itself = run("move", "--office", lived_in, "--to", lived_in)
    assert onto_itself.code == 1
    assert "已经在那里" in onto_itself.err


def test_an_office_that_has_moved_is_changed_by_no_command_until_it_is_reopened(
    run: Run, lived_in: Path, tmp_path: Path
) -> None:
    names = tmp_path / "名单.csv"
    names.write_text("企业名称\n云帆智能\n", encoding="utf-8")
    into = ("import", "investors", names, "--office", lived_in)
    assert run("move", "--office", lived_in, "--to", tmp_path / "新.office").code == 0
    refused = run(*into)
    assert refused.code == 1
    assert "新.office，这里只能看" in refused.err
    assert run("search", "新材料", "--office", lived_in).code == 0
    told = run("move", "--office", lived_in, "--reopen", "--json")
    assert told.json == {"reopened": True}
    assert run(*into).code == 0
    twice = run("move", "--office", lived_in, "--reopen")
    assert (twice.code, "没有搬走" in twice.err) == (1, True)
    assert run("move", "--office", lived_in).code == 2


def test_roles_of_a_server_do_not_travel_to_another_and_that_is_said(
    run: Run, lived_in: Path, postgres_database: str, other_database: str
) -> None:
    assert run("move", "--office", lived_in, "--to", postgres_database).code == 0
    server = open_office(postgres_database)
    set_up_server(server)
    server.close()
    there = run("move", "--office", postgres_database, "--to", other_database)
    assert there.code == 0, there.err
    assert "原来那里的用户和角色没有跟着搬：在新的数据库里设立角色以前谁连得上谁就能改" in there.out
    assert "文件里" not in there.out


def test_users_of_a_file_do_not_travel_and_that_is_said_both_ways(
    run: Run, office: Path, postgres_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = open_office(office)
    put_user(here, "张敏", Role.ADMIN, "qinglan-1")
    put_user(here, "王磊", Role.CLERK, "qinglan-2")
    here.close()
    monkeypatch.setenv("ZHAOSHANG_USER", "王磊")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-2")
    refused = run("move", "--office", office, "--to", postgres_database)
    assert (refused.code, "搬办公室" in refused.err) == (1, True)
    monkeypatch.setenv("ZHAOSHANG_USER", "张敏")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-1")
    there = run("move", "--office", office, "--to", postgres_database)
    assert there.code == 0, there.err
    assert "逐条核对一致" in there.out
    assert "文件里的用户和密码没有搬过去：服务器上由三种角色代替" in there.out
    server = open_office(postgres_database)
    with server.engine.connect() as connection:
        facts = dict(connection.execute(select(META.c.key, META.c.value)).all())  # type: ignore[arg-type]
    assert "users" not in facts
    assert "argon2" not in str(facts)
    set_up_server(server)
    server.close()
    back = run("move", "--office", postgres_database, "--to", tmp_path / "回家.office")
    assert back.code == 0, back.err
    assert "要分人用，请到“文件 › 用户与权限”重新建用户" in back.out
    home = open_office(tmp_path / "回家.office")
    assert home.users() == []
    home.close()
