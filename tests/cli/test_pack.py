"""zhaoshang pack out and home."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.allowance import Rate
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.check import check


@pytest.fixture(autouse=True)
def passphrase() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHAOSHANG_PASSPHRASE", "青山绿水带回家")
        yield


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "清岚县.office"
    made = create_office(path, name="清岚县投资促进局", actor="张敏")
    with made.transaction("准备") as tx:
        trip = tx.save(Trip(name="新材料链小分队", start=date(2026, 11, 23), end=date(2026, 11, 27)))
        firm = tx.save(Investor(name="青禾新材料有限公司", note="旧"))
        tx.save(Visit(investor=firm.id, trip=trip.id))
    made.close()
    return path


@pytest.fixture
def pack(run: Run, office: Path, tmp_path: Path) -> Path:
    path = tmp_path / "小分队.pack"
    told = run("pack", "out", "新材料", "--office", office, "--out", path, "--with", "王强")
    assert told.code == 0, told.err
    return path


def change(path: Path, note: str, *, said: str = "", new: str = "") -> None:
    """Somebody edits the firm, logs the visit and meets another firm."""
    there = open_office(path, actor="王强", secret="青山绿水带回家")
    with there.transaction("补记") as tx:
        firm = tx.find(Query(Investor, words="青禾"))[0]
        firm.note = note
        tx.save(firm)
        if said:
            visit = tx.find(Query(Visit, order=("id",)))[0]
            visit.said = said
            tx.save(visit)
        if new:
            tx.save(Investor(name=new, level="A"))
    there.close()


def note_of(path: Path) -> str:
    office = open_office(path)
    try:
        assert check(office).wrong == []
        return str(office.find(Query(Investor, words="青禾"))[0].note)
    finally:
        office.close()


def test_a_trip_goes_out_and_is_told_what_goes(run: Run, office: Path, tmp_path: Path) -> None:
    told = run("pack", "out", "新材料", "--office", office, "--out", tmp_path / "a.pack", "--with", "王强", "--json")
    assert told.json["records"]["trip"] == 1
    assert told.json["records"]["investor"] == 1
    assert Path(told.json["file"]).exists()
    assert len(told.json["recovery"]) > 20
    again = run("pack", "out", "新材料", "--office", office, "--out", tmp_path / "a.pack")
    assert (again.code, "已经存在" in again.err) == (1, True)


def test_what_does_not_contradict_comes_home_by_itself(run: Run, office: Path, pack: Path) -> None:
    change(pack, "新", said="聊得很好")
    told = run("pack", "home", pack, "--office", office, "--json")
    assert told.code == 0
    assert told.json["people"] == ["王强"]
    assert (told.json["merged"], told.json["whole"], told.json["conflicts"]) == (True, True, [])
    assert told.json["sent"] == told.json["arrived"]
    assert note_of(office) == "新"
    again = run("pack", "home", pack, "--office", office)
    assert again.code == 0
    assert "没有新的改动" in again.out


@pytest.mark.parametrize("told_how", [(), ("--json",)], ids=["words", "json"])
def test_a_merge_that_is_not_whole_is_no_success(run: Run, office: Path, pack: Path, told_how: tuple[str, ...]) -> None:
    change(pack, "新")
    with contextlib.closing(sqlite3.connect(office)) as file:  # another program has its own mind about notes
        file.execute(
            "CREATE TRIGGER other AFTER UPDATE ON investor BEGIN UPDATE investor SET note = '' WHERE id = NEW.id; END"
        )
    told = run("pack", "home", pack, "--office", office, *told_how)
    assert told.code == 1
    assert '"whole": false' in told.out if told_how else "不一致" in told.out


def test_conflicts_are_listed_and_nothing_is_merged(run: Run, office: Path, pack: Path) -> None:
    change(pack, "笔记本上的", said="聊得很好")
    change(office, "办公室里的")
    told = run("pack", "home", pack, "--office", office)
    assert told.code == 1
    assert "冲突　客商“青禾新材料有限公司”的“备注”：包里 “笔记本上的”（王强 " in told.out
    assert "办公室 “办公室里的”（王强 " in told.out
    assert note_of(office) == "办公室里的"
    listed = run("pack", "home", pack, "--office", office, "--json", "--conflicts", "list")
    assert (listed.code, listed.json["merged"]) == (1, False)
    assert listed.json["conflicts"][0]["field"] == "note"


@pytest.mark.parametrize(("side", "note"), [("office", "办公室里的"), ("pack", "笔记本上的")])
def test_one_side_can_be_chosen_for_all_conflicts(run: Run, office: Path, pack: Path, side: str, note: str) -> None:
    change(pack, "笔记本上的", said="聊得很好")
    change(office, "办公室里的")
    told = run("pack", "home", pack, "--office", office, "--conflicts", side)
    assert told.code == 0
    assert "一致" in told.out
    assert note_of(office) == note
    opened = open_office(office)
    assert opened.find(Query(Visit, order=("id",)))[0].said == "聊得很好"
    opened.close()


def test_a_new_record_that_the_office_has_already_is_the_same_one(run: Run, office: Path, pack: Path) -> None:
    change(pack, "新", new="海珥集团有限公司")
    here = open_office(office)
    with here.transaction("新建") as tx:
        tx.save(Investor(name="海珥集团有限公司", short_name="海珥"))
    here.close()
    told = run("pack", "home", pack, "--office", office)
    assert told.code == 0
    assert "重复　客商“海珥集团有限公司”并到已有的“海珥集团有限公司”（名称相同）" in told.out
    here = open_office(office)
    found = here.find(Query(Investor, words="海珥"))
    assert [(one.short_name, one.level) for one in found] == [("海珥", "A")]
    here.close()


def test_a_wrong_passphrase_is_one_sentence(
    run: Run, office: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_PACK_PASSPHRASE", "不是这个")
    told = run("pack", "home", pack, "--office", office)
    assert (told.code, told.out) == (1, "")
    assert "密码不对" in told.err


def test_an_office_is_no_pack(run: Run, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copy(office, tmp_path / "拷来的.office")
    for file, why in ((copy, "不是出差包"), (office, "就是正开着的办公室")):
        told = run("pack", "home", file, "--office", office)
        assert (told.code, why in told.err) == (1, True)
    missing = run("pack", "home", tmp_path / "没有.pack", "--office", office)
    assert (missing.code, "找不到" in missing.err) == (1, True)
    monkeypatch.delenv("ZHAOSHANG_PASSPHRASE")
    assert "不是出差包" in run("pack", "home", copy, "--office", office).err
    assert run("pack", "out", "新材料", "--office", office, "--out", tmp_path / "b.pack").code == 1
    assert not (tmp_path / "b.pack").exists()


@pytest.mark.parametrize("arguments", [[], ["away"], ["home"], ["out", "x"], ["home", "x", "--conflicts", "both"]])
def test_wrong_usage_is_told(run: Run, arguments: list[str]) -> None:
    assert run("pack", *arguments).code == 2


@pytest.mark.parametrize("command", ["out", "home"])
def test_each_step_has_its_help(run: Run, command: str) -> None:
    told = run("pack", command, "--help")
    assert told.code == 0
    assert "退出码" in told.out


def test_a_pack_is_never_written_in_clear(run: Run, pack: Path) -> None:
    before = pack.read_bytes()
    told = run("decrypt", "--office", pack)
    assert (told.code, "总是加密的" in told.err) == (1, True)
    assert not before.startswith(b"SQLite format 3")
    assert not pack.read_bytes().startswith(b"SQLite format 3")
    assert note_of_pack(pack) == "旧"


def test_a_passphrase_changed_on_the_laptop_opens_the_pack_on_its_stick(
    run: Run, office: Path, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(pack, "在U盘上打开过")
    laptop = tmp_path / "笔记本" / pack.name
    laptop.parent.mkdir()
    shutil.copy(pack, laptop)
    monkeypatch.setenv("ZHAOSHANG_NEW_PASSPHRASE", "铁桶 青禾 月台 七")
    assert run("passphrase", "--office", laptop).code == 0
    shutil.copy(laptop, pack)
    assert run("pack", "home", pack, "--office", office).code == 1
    monkeypatch.setenv("ZHAOSHANG_PACK_PASSPHRASE", "铁桶 青禾 月台 七")
    assert run("pack", "home", pack, "--office", office).code == 0
    assert note_of(office) == "在U盘上打开过"


def note_of_pack(path: Path) -> str:
    there = open_office(path, secret="青山绿水带回家")
    try:
        return str(there.find(Query(Investor, words="青禾"))[0].note)
    finally:
        there.close()


def test_a_clerk_is_told_which_standards_stay_out_and_an_admin_gets_them(
    run: Run, office: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = open_office(pack, actor="王强", secret="青山绿水带回家")
    with there.transaction("汇率") as tx:
        tx.save(Rate(currency="USD", day=date(2026, 11, 20), cny=Decimal("7.1")))
    there.close()
    change(pack, "新")
    here = open_office(office)
    put_user(here, "张敏", Role.ADMIN, "qinglan-1")
    put_user(here, "王磊", Role.CLERK, "qinglan-2")
    here.close()
    monkeypatch.setenv("ZHAOSHANG_USER", "王磊")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-2")
    told = run("pack", "home", pack, "--office", office)
    assert told.code == 0, told.err
    assert "标准的 3 处改动（汇率）要由管理员带回，这次没有并入。" in told.out
    assert note_of(office) == "新"
    again = run("pack", "home", pack, "--office", office, "--json")
    assert (again.json["standards_held"], again.json["taken"], again.json["new"]) == (3, 0, {})
    monkeypatch.setenv("ZHAOSHANG_USER", "张敏")
    monkeypatch.setenv("ZHAOSHANG_USER_PASSWORD", "qinglan-1")
    got = run("pack", "home", pack, "--office", office, "--json")
    assert (got.json["standards_held"], got.json["new"], got.json["whole"]) == (0, {"rate": 1}, True)
