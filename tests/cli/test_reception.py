"""zhaoshang reception new, check, paper and ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.reception_paper import RECEPTION_PAPERS


def written(folder: Path, **changes: Any) -> Path:
    """The file of an official reception, with some keys changed."""
    wish: dict[str, Any] = {
        "name": "市发改委调研组来访",
        "kind": "公务接待",
        "start": "2026-12-08",
        "end": "2026-12-08",
        "from_unit": "枣岭市发展和改革委员会",
        "purpose": "调研项目用地",
        "letter_number": "枣岭发改函〔2026〕31号",
        "members": ["张敏"],
        "items": [{"day": "2026-12-08", "start": "9:00", "end": "11:00", "what": "座谈"}],
        "people": ["韩维平", "罗开颜", {"name": "张敏", "side": "我方", "companion": True, "member": "张敏"}],
        "meals": [{"day": "2026-12-08", "meal": "午餐", "kind": "工作餐", "per_head": "50"}],
        "costs": [{"item": "会议材料", "planned": "120元", "actual": "115.50"}],
    }
    path = folder / "接待.json"
    path.write_text(json.dumps(wish | changes, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_reception_is_made_reckoned_and_printed(run: Run, office: Path, tmp_path: Path) -> None:
    made = run("reception", "new", written(tmp_path), "--reckon", "--office", office, "--json")
    assert made.code == 0, made.err
    told = made.json
    assert told["reception"]["kind"] == "公务接待"
    assert [(one["item"], one["planned"], one["account"]) for one in told["costs"]] == [
        ("会议材料", "120.00", "公务接待"),
        ("12-08 午餐（工作餐）", "150.00", "公务接待"),
    ]
    assert told["people"][2]["member_name"] == "张敏"
    for kind in RECEPTION_PAPERS:
        out = tmp_path / f"{kind}.pdf"
        assert run("reception", "paper", kind, "发改委", "--office", office, "--out", out).code == 0
        assert out.read_bytes().startswith(b"%PDF")
    checked = run("reception", "check", "发改委", "--office", office)
    assert (checked.code, checked.out) == (0, "请核对　票据还没收齐：会议材料。\n")


def test_what_breaks_a_rule_is_said_at_once(run: Run, office: Path, tmp_path: Path) -> None:
    meal = {"day": "2026-12-08", "kind": "工作餐", "companions": 4, "alcohol": True}
    made = run("reception", "new", written(tmp_path, letter_number="", meals=[meal, meal]), "--office", office)
    assert made.code == 0
    for sentence in ("无公函", "陪餐不超过 3 人，现在是 4 人", "不上酒", "安排了 2 次工作餐"):
        assert sentence in made.err
    checked = run("reception", "check", made.out.strip(), "--office", office, "--json")
    assert checked.code == 1
    assert {one["section"] for one in checked.json["findings"] if one["wrong"]} == {"basic", "meals"}


def test_the_ledgers_of_the_two_kinds_are_apart(run: Run, office: Path, tmp_path: Path) -> None:
    run("reception", "new", written(tmp_path), "--office", office)
    other = {"name": "青禾来访", "kind": "招商接待", "meals": [], "costs": [{"item": "宴请", "actual": "800"}]}
    run("reception", "new", written(tmp_path, **other), "--office", office)
    span = ("--from", "2026-12-01", "--to", "2026-12-31", "--office", office)
    sums = {}
    for kind in ("公务接待", "招商接待"):
        out = tmp_path / f"{kind}.xlsx"
        told = run("reception", "ledger", kind, *span, "--out", out)
        assert told.out == f"已写到 {out}，共 1 次\n"
        sheet = openpyxl.load_workbook(out).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][0] == f"{kind}台账"
        sums[kind] = rows[-1][11]
    assert sums == {"公务接待": 115.5, "招商接待": 800}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "2026-12-07"}, "结束日期早于开始日期"),
        ({"kind": "商务"}, "kind（接待类别）“商务”看不懂"),
        ({"start": ""}, "没有写 start（开始日期）"),
        ({"people": [{"unit": "市发改委"}]}, "people 第 1 行没有写 name（姓名）"),
        ({"members": ["没有这个人"]}, "没有叫“没有这个人”的招商人员"),
        ({"guests": []}, "文件里的 guests 不认识"),
        ({"costs": [{"item": "宴请", "account": "招商接待"}]}, "“宴请”是招商接待的费用，不能记到公务接待里"),
        ({"people": "甲"}, "people 应是 […]"),
        ({"items": [{"day": "2026-12-08", "what": {"a": 1}}]}, "what 应是一段文字"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(
    run: Run, office: Path, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    told = run("reception", "new", written(tmp_path, **changes), "--office", office)
    assert told.code == 1
    assert said in told.err
    assert run("check", "--office", office, "--json").json["counts"]["reception"] == 0


def test_wrong_usage_is_told(run: Run, office: Path, tmp_path: Path) -> None:
    assert run("reception", "--office", office).code == 2
    assert run("reception", "paper", "nothing", "x", "--office", office, "--out", tmp_path / "a.pdf").code == 2
    assert run("reception", "ledger", "商务接待", "--office", office).code == 2
    wrong = run("reception", "ledger", "公务接待", "--from", "明天吧", "--to", "2026-01-01", "--office", office)
    assert wrong.code == 2
