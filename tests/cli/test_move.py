"""zhaoshang move: to a server, and home into a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.rights import put_user, set_up_server
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.store.tables import META


def test_an_office_goes_to_a_server_and_comes_home_into_a_file(
    run: Run, filled: Path, postgres_database: str, tmp_path: Path
) -> None:
    there = run("move", "--office", filled, "--to", postgres_database)
    assert there.code == 0, there.err
    assert "逐条核对一致" in there.out
    assert "没有动" in there.out
    assert run("check", "--office", postgres_database).code == 0
    home = tmp_path / "回家.office"
    told = run("move", "--office", postgres_database, "--to", home, "--json")
    assert told.code == 0, told.err
    told_plainly = run("move", "--office", postgres_database, "--to", tmp_path / "又一份.office")
    assert ("没有加密" in told_plainly.out, "没有加密" in there.out) == (True, False)
    assert told.json["counts"]["investor"] > 0
    words = ("search", "新材料", "--json")
    assert run(*words, "--office", home).json == run(*words, "--office", filled).json


def test_what_is_there_already_is_not_written_over(run: Run, filled: Path, postgres_database: str) -> None:
    assert run("move", "--office", filled, "--to", postgres_database).code == 0
    again = run("move", "--office", filled, "--to", postgres_database)
    assert again.code == 1
    assert "已经有一个办公室" in again.err
    onto_itself = run("move", "--office", filled, "--to", filled)
    assert onto_itself.code == 1
    assert "已经在那里" in onto_itself.err


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
