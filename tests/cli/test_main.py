"""What every command keeps: help in Chinese, exit codes, one sentence on an error."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.cli.main import COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese_with_an_example(run: Run, command: str) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert told.out.startswith(f"用法：zhaoshang {command}")
    assert f"例子：\n  zhaoshang {command}" in told.out
    assert "usage" not in told.out


def test_the_overview_names_every_command(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    assert all(f"  {command} " in told.out for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("impotr",), "没有“impotr”这个命令"),
        (("import",), "缺少 LIBRARY, FILE, --office"),
        (("import", "customers", "a.xlsx", "--office", "a.office"), "不能是“customers”"),
        (("import", "investors", "a.xlsx"), "缺少 --office"),
        (("search", "青禾", "--office"), "后面要有一个值"),
        (("search", "青禾", "--office", "a.office", "--limit", "many"), "应是整数"),
        (("check", "--office", "a.office", "--fast"), "不认识 --fast"),
        (("export", "investors", "a.pdf", "--office", "a.office"), "要以 .xlsx 或 .csv 结尾"),
        (("brief", "小分队", "--office", "a.office", "--out", "a.doc"), "要以 .pdf 结尾"),
        (("check", "--office", ""), "--office：后面是空的"),
        (("search", "青禾", "--office", "a.office", "--limit", "-1"), "应是整数"),
        (("plan", "小分队", "--office", "a.office", "--seconds", "nan"), "不能是“nan”"),
        (("plan", "小分队", "--office", "a.office", "--seconds", "0"), "不能是“0”"),
        (("trip", "old", "a.json", "--office", "a.office"), "不能是“old”"),
        (("paper", "x", "小分队", "--office", "a.office", "--out", "a.pdf"), "可以是 brief、approval、itinerary"),
        (("reception", "guide", "--office", "a.office"), "用法不对：不能是“guide”，可以是 new、check、paper、ledger"),
    ],
)
def test_wrong_usage_is_told_in_chinese_and_ends_with_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert "用法不对" in told.err
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "investors", "a.xlsx"),
        ("search", "青禾"),
        ("show", "investors", "1"),
        ("plan", "小分队"),
        ("check",),
    ],
)
def test_an_office_that_is_not_there_is_one_sentence_and_is_not_made(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    missing = tmp_path / "没有.office"
    told = run(*arguments, "--office", missing)
    assert told.code == 1
    assert told.err.count("\n") == 1
    assert "没有.office" in told.err
    assert not missing.exists()


def test_a_file_that_is_no_office_is_refused(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "别的.office"
    other.write_bytes(b"PK\x03\x04")
    told = run("check", "--office", other)
    assert (told.code, "不是办公室文件" in told.err) == (1, True)


def test_a_sound_office_is_found_sound(run: Run, filled: Path) -> None:
    told = run("check", "--office", filled)
    assert told.code == 0
    assert "客商 300" in told.out
    assert "全部完好" in told.out


def test_what_was_changed_behind_the_journal_is_found(run: Run, office: Path) -> None:
    with sqlite3.connect(office) as file:
        file.execute("UPDATE investor SET level = 'A' WHERE level = 'C'")
    file.close()
    told = run("check", "--office", office, "--json")
    assert told.code == 1
    assert any("内容与修改记录不一致" in sentence for sentence in told.json["wrong"])
    assert told.json["counts"]["investor"] == 300


def test_a_damaged_office_is_one_sentence(run: Run, office: Path) -> None:
    with office.open("r+b") as file:
        file.truncate(office.stat().st_size // 3)
    told = run("check", "--office", office)
    assert told.code == 1
    assert told.err.count("\n") == 1
    assert "损坏" in told.err


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("mysql://server/office", "“mysql://”这样的地址打不开"),
        ("postgresql://127.0.0.1:1/office", "服务器没有应答"),
        ("postgresql://server.invalid/office", "找不到这台服务器"),
    ],
)
def test_an_address_where_no_office_answers_is_one_sentence(run: Run, where: str, said: str) -> None:
    told = run("check", "--office", where)
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert said in told.err


def test_a_name_too_long_for_the_disk_is_one_sentence(run: Run) -> None:
    told = run("check", "--office", "长" * 200 + ".office")
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert "太长" in told.err or "找不到" in told.err


def test_a_disk_too_full_for_the_answer_is_one_sentence(filled: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no disk here is always full")
    command = [sys.executable, "-m", "zhaoshang_desktop", "check", "--office", str(filled)]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60)
    assert (told.returncode, told.stderr) == (1, "磁盘已满，结果没有写完。请腾出空间再试。\n")


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE meta SET value = 'zwei' WHERE key = 'schema'",
        "DELETE FROM meta",
        "PRAGMA foreign_keys = OFF; DROP TABLE investor",
        "UPDATE investor SET founded = 'x'",
        "UPDATE investor SET raw = '{' ",
        "UPDATE investor SET name = CAST(x'ff' AS TEXT)",
    ],
)
def test_what_a_damaged_office_no_longer_holds_is_one_sentence(run: Run, office: Path, harm: str) -> None:
    with contextlib.closing(sqlite3.connect(office)) as file:
        file.executescript(harm)
        file.commit()
    for command in (("search", "新材料"), ("export", "investors", office.with_suffix(".xlsx"))):
        told = run(*command, "--office", office)
        assert (told.code, told.err.count("\n"), "办公室文件已损坏" in told.err) == (1, 1, True)
    assert run("check", "--office", office).code == 1


def test_a_search_index_that_is_gone_is_found_and_made_anew(run: Run, office: Path) -> None:
    with contextlib.closing(sqlite3.connect(office)) as file:
        file.execute("DROP TABLE investor_index")
        file.commit()
    told = run("check", "--office", office)
    assert (told.code, "客商：检索条目与记录不一致，300 条" in told.out) == (1, True)
    assert run("check", "--rebuild", "--office", office).code == 0
    assert "客商库" in run("search", "新材料", "--office", office).out
