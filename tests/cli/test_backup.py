"""zhaoshang backup and restore: what they do and say, and how they end."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.rights import Role


def test_a_backup_is_made_once_for_the_same_state(run: Run, office: Path) -> None:
    told = run("backup", "--office", office)
    assert told.code == 0
    assert "打开检查过" in told.out
    again = run("backup", "--office", office, "--json")
    assert (again.code, again.json["made"]) == (0, False)
    assert Path(again.json["backup"]).parent.name == "清岚县-备份"


def test_a_backup_goes_where_it_is_sent_and_only_there(run: Run, office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    told = run("backup", "--office", office, "--to", stick)
    assert (told.code, "不在" in told.err) == (1, True)
    stick.mkdir()
    told = run("backup", "--office", office, "--to", stick, "--json")
    assert Path(told.json["backup"]).parent == stick / "清岚县-备份"
    assert not (office.parent / "清岚县-备份").exists()


def test_backups_are_listed_looked_into_and_put_back(run: Run, office: Path, books: dict[str, Path]) -> None:
    assert run("restore", "--list", "--office", office).out == "还没有备份。\n"
    run("backup", "--office", office)
    run("import", "members", books["花名册"], "--office", office)
    extra = run("export", "investors", office.with_name("册.xlsx"), "--office", office)
    assert extra.code == 0
    run("search", "清岚", "--office", office)
    listed = run("restore", "--list", "--office", office, "--json")
    assert [one["why"] for one in listed.json] == ["手动"]
    looked = run("restore", "latest", "--list", "--office", office)
    assert "客商库 300" in looked.out
    told = run("restore", "latest", "--office", office)
    assert told.code == 0
    assert "已恢复到" in told.out
    assert run("check", "--office", office).code == 0


def test_a_restore_can_be_taken_back_by_another(run: Run, office: Path, tmp_path: Path) -> None:
    run("backup", "--office", office)
    book = tmp_path / "新.csv"
    book.write_text("企业名称,联系人\n云帆智能装备有限公司,周远航\n", encoding="utf-8")
    assert run("import", "investors", book, "--office", office).code == 0
    told = run("restore", "latest", "--office", office, "--json")
    assert told.code == 0
    assert "客商 300" in run("check", "--office", office).out
    assert run("restore", told.json["before"], "--office", office).code == 0
    assert "客商 301" in run("check", "--office", office).out


def test_a_lost_office_is_there_again(run: Run, office: Path) -> None:
    made = run("backup", "--office", office, "--json").json["backup"]
    office.unlink()
    assert run("restore", "latest", "--office", office).code == 0
    assert run("restore", Path(made).name, "--office", office).code == 0
    assert "客商 300" in run("check", "--office", office).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["backup"], 2, "缺少 --office"),
        (["restore", "--office", "a.office"], 2, "要恢复哪一份"),
        (["restore", "没有", "--office", "a.office"], 1, "找不到备份“没有”"),
        (["backup", "--office", "没有.office"], 1, "找不到办公室文件"),
        (["restore", "latest", "--office", "postgresql://server/office"], 1, "服务器自己的备份"),
    ],
)
def test_wrong_usage_is_told(run: Run, arguments: list[str], code: int, said: str) -> None:
    told = run(*arguments)
    assert told.code == code
    assert said in told.err


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_help_has_an_example(run: Run, command: str) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert f"zhaoshang {command}" in told.out.split("例子")[1]


def test_a_damaged_office_is_repaired_and_says_how(run: Run, office: Path, tmp_path: Path) -> None:
    run("backup", "--office", office)
    book = tmp_path / "新.csv"
    book.write_text("企业名称,联系人\n云帆智能装备有限公司,周远航\n", encoding="utf-8")
    assert run("import", "investors", book, "--office", office).code == 0
    with office.open("r+b") as file:
        file.write(bytes(4096))
    told = run("check", "--office", office)
    assert (told.code, told.err.count("\n")) == (1, 1)
    told = run("check", "--repair", "--office", office)
    assert told.code == 0
    assert "的备份为底" in told.out
    assert "没有发现丢失" in told.out
    assert "客商 301" in told.out
    assert len(list(office.parent.glob("清岚县-损坏-*.office"))) == 1
    again = run("check", "--repair", "--office", office, "--json")
    assert again.json["wrong"] == []


def test_a_wrong_index_is_rebuilt(run: Run, office: Path) -> None:
    with sqlite3.connect(office) as file:
        file.execute("UPDATE investor_entry SET text = '别的'")
    file.close()
    told = run("check", "--office", office)
    assert told.code == 1
    assert "加 --rebuild 就能重建" in told.out
    assert run("check", "--rebuild", "--office", office).code == 0
    assert run("check", "--office", office).code == 0


def test_a_script_signs_in_where_there_are_users(run: Run, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_office(office)
    put_user(opened, "张敏", Role.ADMIN, "qinglan-1")
    opened.close()
    book = office.with_name("新.csv")
    book.write_text("企业名称\n云帆智能装备有限公司\n", encoding="utf-8")
    told = run("import", "investors", book, "--office", office)
    assert (told.code, "没有登录只能看" in told.err) == (1, True)
    assert run("search", "清岚", "--office", office).code == 0
    monkeypatch.setenv("ZHAOSHANG_USER", "张敏")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "falsch")
    told = run("import", "investors", book, "--office", office)
    assert (told.code, "用户名或密码不对" in told.err) == (1, True)
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-1")
    assert run("import", "investors", book, "--office", office).code == 0
