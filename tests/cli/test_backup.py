"""zhaoshang backup and restore: what they do and say, and how they end."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.backup import LOST, USERS_STAY, make
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.repair import repair_file
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.backup import BY_HAND
from zhaoshang_desktop.domain.errors import Locked
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.vault import new_vault


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


def test_an_office_that_was_put_back_by_hand_keeps_what_was_exported_before_and_since(run: Run, tmp_path: Path) -> None:
    office, kept = tmp_path / "清岚县.office", tmp_path / "留底.office"
    create_office(office, name="清岚县投资促进局", first=[Investor(name="青禾新材料有限公司")]).close()

    def export(*names: str) -> None:
        for name in names:
            assert run("export", "investors", tmp_path / f"{name}.csv", "--office", office).code == 0

    export("起初")
    shutil.copyfile(office, kept)
    export("之前一", "之前二")
    assert run("backup", "--office", office).code == 0
    shutil.copyfile(kept, office)  # the same file for the system
    export("之后一", "之后二", "之后三")
    assert run("restore", "latest", "--office", office).code == 0
    again = open_office(office)
    exported = {one.deed.file for one in again.ledger() if one.deed.act is Act.EXPORT}
    again.close()
    assert exported == {f"{name}.csv" for name in ("起初", "之前一", "之前二", "之后一", "之后二", "之后三")}
    told = run("check", "--office", office)
    assert (told.code, told.err) == (0, "")


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


def test_an_office_is_no_backup_of_itself(run: Run, office: Path) -> None:
    told = run("restore", office, "--office", office)
    assert (told.code, "不是它的备份" in told.err) == (1, True)


def test_a_lost_office_is_there_again(run: Run, office: Path) -> None:
    made = run("backup", "--office", office, "--json").json["backup"]
    office.unlink()
    assert run("restore", "latest", "--office", office).code == 0
    again = open_office(office)
    deed = again.ledger()[0].deed
    again.close()
    assert (deed.act, deed.file, deed.note) == (Act.RESTORE, Path(made).name, LOST)
    assert run("restore", Path(made).name, "--office", office).code == 0
    assert "客商 300" in run("check", "--office", office).out


def test_latest_is_not_one_from_when_the_clock_ran_ahead(run: Run, office: Path, tmp_path: Path) -> None:
    first = Path(run("backup", "--office", office, "--json").json["backup"])
    ahead = first.rename(first.with_name("清岚县-2091-01-01-080000-每日.office"))
    book = tmp_path / "新.csv"
    book.write_text("企业名称,联系人\n云帆智能装备有限公司,周远航\n", encoding="utf-8")
    assert run("import", "investors", book, "--office", office).code == 0
    latest = Path(run("backup", "--office", office, "--json").json["backup"])
    office.unlink()
    assert "当时电脑时间快了" in run("restore", "--list", "--office", office).out.splitlines()[-1]
    assert run("restore", "latest", "--office", office, "--json").json["restored"] == str(latest)
    assert ahead.exists()
    assert "客商 301" in run("check", "--office", office).out


def test_latest_is_the_own_of_two_offices_of_one_file_name(run: Run, office: Path, tmp_path: Path) -> None:
    share, other = tmp_path / "共享", tmp_path / "另一台" / office.name
    share.mkdir()
    other.parent.mkdir()
    open_office(new_office(other, name="云溪县").where).close()
    own = run("backup", "--office", office, "--to", share, "--json").json["backup"]
    theirs = run("backup", "--office", other, "--to", share, "--json").json["backup"]
    assert own != theirs
    assert [one["backup"] for one in run("restore", "--list", "--office", other, "--from", share, "--json").json] == [
        theirs
    ]
    told = run("restore", "latest", "--office", office, "--from", share, "--json")
    assert (told.code, told.json["restored"]) == (0, own)
    office.unlink()
    shutil.rmtree(office.parent / "清岚县-备份", ignore_errors=True)
    told = run("restore", "latest", "--office", office, "--from", share)
    assert (told.code, "不止一个办公室" in told.err, office.exists()) == (1, True, False)
    assert run("restore", Path(own).name, "--office", office, "--from", share).code == 0


def test_a_damaged_backup_is_not_put_where_an_office_was(run: Run, office: Path) -> None:
    made = Path(run("backup", "--office", office, "--json").json["backup"])
    made.write_bytes(made.read_bytes()[:50_000])
    office.unlink()
    told = run("restore", "latest", "--office", office)
    assert (told.code, office.exists()) == (1, False)
    assert "损坏" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["backup"], 2, "缺少 --office"),
        (["restore", "--office", "a.office"], 2, "要恢复哪一份"),
        (["restore", "没有", "--office", "a.office"], 1, "找不到备份“没有”"),
        (["backup", "--office", "没有.office"], 1, "找不到办公室文件"),
        (["restore", "latest", "--office", "postgresql://server/office"], 1, "zhaoshang move"),
        (["backup", "--office", "没有.office", "--to", ""], 2, "--to：后面是空的"),
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


def test_a_sound_office_is_not_repaired(run: Run, office: Path) -> None:
    beside = sorted(office.parent.iterdir())
    told = run("check", "--repair", "--office", office)
    assert (told.code, "没有什么要修复的" in told.out) == (0, True)
    assert sorted(office.parent.iterdir()) == beside


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


def test_users_made_since_stay_when_the_office_goes_back(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "--office", office)
    opened = open_office(office)
    for name, role in (("张敏", Role.ADMIN), ("王磊", Role.CLERK), ("局长", Role.LEADER)):
        put_user(opened, name, role, "qinglan-1")
    opened.close()
    monkeypatch.setenv("ZHAOSHANG_USER", "张敏")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-1")
    assert USERS_STAY in run("restore", "latest", "--list", "--office", office).out
    told = run("restore", "latest", "--office", office)
    assert (told.code, USERS_STAY in told.out) == (0, True)
    monkeypatch.delenv("ZHAOSHANG_USER")
    opened = open_office(office)
    assert [(one.name, one.role) for one in opened.users()] == [
        ("张敏", Role.ADMIN),
        ("王磊", Role.CLERK),
        ("局长", Role.LEADER),
    ]
    assert not opened.may_write
    opened.close()
    told = run("restore", "latest", "--office", office)
    assert (told.code, "没有登录" in told.err) == (1, True)
    assert run("check", "--office", office).code == 0


def test_the_state_before_a_restore_has_the_users_as_they_were(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "--office", office)
    opened = open_office(office)
    put_user(opened, "张敏", Role.ADMIN, "qinglan-1")
    opened.close()
    monkeypatch.setenv("ZHAOSHANG_USER", "张敏")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-1")
    kept = run("restore", "latest", "--office", office, "--json").json["before"]
    assert run("backup", "--office", office, "--json").json["made"] is False
    office.unlink()
    assert run("restore", kept, "--office", office).code == 0
    opened = open_office(office)
    assert [one.name for one in opened.users()] == ["张敏"]
    opened.close()


def test_an_encrypted_office_is_repaired_with_its_passphrase_and_not_without(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = new_vault("清水出芙蓉-2026")
    office = create_office(tmp_path / "密.office", name="清岚县", key=new.key, vault=new.vault)
    with office.transaction("新建") as tx:
        tx.save_all([Investor(name=f"公司{n}", note="字" * 200) for n in range(200)])
    make(office)
    office.close()
    where = tmp_path / "密.office"
    with where.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(40_960))
    broken = where.read_bytes()
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE", raising=False)
    with pytest.raises(Locked):
        repair_file(where)
    assert where.read_bytes() == broken
    assert list(tmp_path.glob("*损坏*")) == []
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", "清水出芙蓉-2026")
    told = run("check", "--repair", "--office", where)
    assert (told.code, "客商 200" in told.out) == (0, True)
    assert b"SQLite format" not in where.read_bytes()[:20]


def test_a_file_in_which_nothing_can_be_read_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    where = tmp_path / "乱.office"
    where.write_bytes(bytes(50_000))
    told = run("check", "--repair", "--office", where)
    assert (told.code, "什么也读不出来" in told.err) == (1, True)
    assert [one.name for one in tmp_path.iterdir()] == ["乱.office"]


def test_an_office_on_a_server_is_backed_up_as_a_file(run: Run, postgres_database: str, tmp_path: Path) -> None:
    office = new_office(postgres_database, name="清岚县")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="青禾"))
    office.close()
    told = run("backup", "--office", postgres_database)
    assert (told.code, "--to" in told.err) == (1, True)
    told = run("backup", "--office", postgres_database, "--to", tmp_path)
    assert (told.code, "打开检查过" in told.out, "没有加密" in told.out) == (0, True, True)
    told = run("backup", "--office", postgres_database, "--to", tmp_path, "--json")
    assert (told.code, told.json["made"]) == (0, False)
    made = Path(told.json["backup"])
    assert made.parent == tmp_path / "清岚县-备份"
    assert "客商 1" in run("check", "--office", made).out
    for where in (postgres_database, made):
        copy = open_office(where)
        deed = copy.ledger()[0].deed
        assert (deed.act, deed.file, deed.note) == (Act.BACKUP, made.name, BY_HAND)
        copy.close()
