"""zhaoshang trip new, plan and brief."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.wine import ON_WINE
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.cli.trip_file import split_into_teams
from zhaoshang_desktop.domain.trip import Trip


@pytest.fixture
def wish(run: Run, filled: Path) -> dict[str, Any]:
    """A five-day trip of two teams to six firms near each other, one of them at a fixed hour."""
    found = run("search", "新材料", "--office", filled, "--library", "investors", "--json").json
    near = [one for one in found if one["place"][:2] in {"31", "32"}][:6]
    fixed = {"investor": near[0]["id"], "must": True, "minutes": 60, "fixed": "2026-12-08 09:30", "team": "一队"}
    return {
        "name": "新材料链小分队",
        "purpose": "走访新材料链目标企业",
        "start": "2026-12-07",
        "end": "2026-12-11",
        "base": "山东枣庄",
        "chain": "新材料",
        "targets": [fixed, *(one["name"] for one in near[1:])],
        "teams": [
            {"name": "一队", "mode": "驾车", "members": ["张敏", "王磊"]},
            {"name": "二队", "mode": "高铁", "members": ["李想", "陈燕"]},
        ],
    }


def written(folder: Path, wish: Any) -> Path:
    path = folder / "外出.json"
    path.write_text(json.dumps(wish, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_trip_is_made_planned_and_printed(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    made = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert made.code == 0, made.err
    assert made.out.strip().isdigit()
    planned = run("plan", made.out.strip(), "--office", office, "--seconds", "0.5", "--json")
    assert planned.code == 0
    assert planned.json["placed"] == 6
    assert planned.json["left_out"] == planned.json["clashes"] == []
    agreed = next(one for one in planned.json["visits"] if one["fixed"])
    assert (agreed["day"], agreed["start"], agreed["team"]) == ("2026-12-08", "09:30", "一队")
    assert {one["team"] for one in planned.json["visits"]} <= {"一队", "二队"}
    assert planned.json["budget"]
    pack = tmp_path / "资料.pdf"
    told = run("brief", "新材料链", "--office", office, "--out", pack)
    assert told.code == 0
    assert pack.read_bytes().startswith(b"%PDF")
    assert "页" in told.out
    assert run("check", "--office", office).code == 0


def test_the_experts_of_a_team_are_in_its_plan(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    name = run("search", "大学", "--office", office, "--library", "experts", "--json").json[0]["name"]
    wish["teams"][1]["experts"] = [name]
    made = run("trip", "new", written(tmp_path, wish), "--office", office)
    planned = run("plan", made.out.strip(), "--office", office, "--seconds", "0.5", "--json")
    assert [team["experts"] for team in planned.json["teams"]] == [[], [name]]


def test_the_plan_is_told_day_by_day(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    run("trip", "new", written(tmp_path, wish), "--office", office)
    told = run("plan", "小分队", "--office", office, "--seconds", "0.5").out
    assert "2026-12-08　一队" in told
    assert "09:30  拜访" in told
    assert "预算合计" in told


def test_members_without_teams_are_dealt_out(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    del wish["teams"]
    del wish["targets"][0]["team"]
    wish["members"] = ["张敏", "王磊", "李想", "陈燕"]
    made = run("trip", "new", written(tmp_path, wish), "--office", office)
    planned = run("plan", made.out.strip(), "--office", office, "--seconds", "0.5", "--json").json
    assert [(team["name"], team["members"]) for team in planned["teams"]] == [
        ("一队", ["张敏", "王磊"]),
        ("二队", ["李想", "陈燕"]),
    ]


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (10, [5, 5]), (11, [4, 4, 3])]
)
def test_a_team_has_two_to_five_people(count: int, sizes: list[int]) -> None:
    teams = split_into_teams(range(count))
    assert [len(team) for team in teams] == sizes
    assert [key for team in teams for key in team] == list(range(count))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": ""}, "没有 purpose"),
        ({"targets": []}, "没有 targets"),
        ({"start": "下周一"}, "start 的“下周一”不是日期"),
        ({"end": "2026-12-01"}, "返回日期早于出发日期"),
        ({"base": "清岚县"}, "base 的“清岚县”不是地区"),
        ({"targets": ["查无此企业"]}, "没有叫“查无此企业”的客商"),
        ({"targets": ["新材料"]}, "个客商叫“新材料”"),
        ({"targets": [{"investor": "1", "when": "x"}]}, "when 不认识"),
        ({"teams": [{"name": "一队", "members": ["路人甲"]}]}, "没有叫“路人甲”的招商人员"),
        ({"teams": [{"name": "一队", "members": [], "mode": "步行"}]}, "mode 的“步行”不认识"),
        ({"teams": [{"name": "三队", "members": ["张敏"]}]}, "没有叫“一队”的队"),
        ({"budget": 1}, "budget 不认识"),
        ({"purpose": ["走访"]}, "purpose 应是一段文字"),
        ({"base": "日本"}, "base 的“日本”在境外"),
        ({"targets": [9 * 10**30]}, "没有叫“9000"),
        ({"targets": ["²"]}, "没有叫“²”的客商"),
        ({"targets": [None]}, "不是名称，也不是编号"),
        ({"members": ["张敏"]}, "members 和 teams 只能写一个"),
        ({"teams": [{"name": "一队", "members": ["张敏", "张敏"]}]}, "“张敏”写了两次"),
        ({"teams": [{"members": ["张敏"]}, {"members": ["张敏"]}]}, "一个人只能在一个队里"),
        ({"teams": [{"name": "一队", "members": ["张敏"]}, {"name": "一队"}]}, "有两个队叫“一队”"),
        ({"teams": [{"name": "一队", "official_car": "是"}]}, "official_car 的“是”应是 true 或 false"),
        ({"start": "2026-12-09"}, "fixed 的 2026-12-08 不在外出的日子里"),
        ({"purpose": "  "}, "没有 purpose"),
        ({"purpose": float("nan")}, "NaN 不是 JSON 里的值"),
        ({"targets": ["长" * 5_000]}, "太长，不像名称"),
        ({"targets": [{"investor": "1", "fixed": {}}]}, "fixed 的“{}”不是时间"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_sentence_and_no_trip(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    told = run("trip", "new", written(tmp_path, wish | change), "--office", office)
    assert told.code == 1
    assert said in told.err
    assert told.out == ""
    assert run("check", "--office", office, "--json").json["counts"]["trip"] == 0


def test_a_file_that_is_no_json_says_where(run: Run, office: Path, tmp_path: Path) -> None:
    path = tmp_path / "外出.json"
    path.write_text('{\n"purpose": "走访",\n"start" 2026\n}', encoding="utf-8")
    told = run("trip", "new", path, "--office", office)
    assert (told.code, "第 3 行不是 JSON" in told.err) == (1, True)


def test_a_trip_that_two_names_could_mean_is_asked_for_exactly(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    run("trip", "new", written(tmp_path, wish), "--office", office)
    run("trip", "new", written(tmp_path, wish | {"name": "新材料链第二小分队"}), "--office", office)
    told = run("plan", "新材料链", "--office", office)
    assert told.code == 1
    assert "第二小分队" in told.err


def test_the_same_investor_is_not_asked_for_twice(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    wish["targets"].append(wish["targets"][-1])
    told = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert (told.code, "写了两次" in told.err) == (1, True)


def test_nobody_is_apart_from_itself(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    last = wish["targets"].pop()
    name = last["investor"] if isinstance(last, dict) else last
    wish["targets"].append({"investor": name, "apart": [name]})
    told = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert (told.code, "写了它自己" in told.err) == (1, True)


def test_apart_names_somebody_who_is_seen(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    last = wish["targets"].pop()
    name = last["investor"] if isinstance(last, dict) else last
    first = wish["targets"].pop(0)
    other = first["investor"] if isinstance(first, dict) else first
    wish["targets"].append({"investor": name, "apart": [other]})
    told = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert (told.code, "不是这次要拜访的" in told.err) == (1, True)


def test_a_team_does_not_start_before_the_trip(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    members = wish.pop("members", None) or ["张敏"]
    wish["teams"] = [{"name": "一队", "members": members[:1], "first_day": "2026-01-05"}]
    told = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert (told.code, "不在外出的日子里" in told.err) == (1, True)


def test_brackets_without_end_are_a_sentence(run: Run, office: Path, tmp_path: Path) -> None:
    path = tmp_path / "外出.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    told = run("trip", "new", path, "--office", office)
    assert (told.code, "套得太深" in told.err) == (1, True)


def test_more_than_ten_teams_have_names_too(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    people = ["张敏", "王磊", "李想", "陈燕", "周岚", "赵启航", "孙若溪", "钱景明"]
    wish["teams"] = [{"members": [name]} for name in people] + [{} for _ in range(4)]
    assert run("trip", "new", written(tmp_path, wish), "--office", office).code == 0


def test_half_a_character_in_the_file_is_told_and_not_stumbled_over(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    path = tmp_path / "外出.json"
    path.write_text(json.dumps(wish | {"base": "\ud800"}), encoding="utf-8")
    told = run("trip", "new", path, "--office", office)
    assert (told.code, "base 的“\ufffd”不是地区" in told.err) == (1, True)


def test_a_plan_in_a_year_whose_holidays_nobody_knows_says_so(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    wish |= {"start": "2030-12-30", "end": "2031-01-03", "targets": wish["targets"][1:]}
    made = run("trip", "new", written(tmp_path, wish), "--office", office)
    assert "2030年、2031年放假安排尚未公布" in run("plan", "新材料链", "--office", office, "--seconds", "0.2").out
    planned = run("plan", made.out.strip(), "--office", office, "--seconds", "0.2", "--json").json
    assert "2030年、2031年放假安排尚未公布" in planned["caution"]


def test_one_wish_that_cannot_be_kept_is_told_as_one(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    wish["targets"][0]["fixed"] = "2026-12-07 08:00"
    run("trip", "new", written(tmp_path, wish), "--office", office)
    planned = run("plan", "新材料链", "--office", office, "--seconds", "0.2", "--json").json
    assert planned["clashes"][0]["reason"].startswith("这一项做不到：")


@pytest.mark.skipif(ON_WINE, reason="Wine shortens the name instead of refusing it")
def test_a_pack_under_a_name_too_long_for_the_disk_is_one_sentence(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    run("trip", "new", written(tmp_path, wish), "--office", office)
    told = run("brief", "新材料链", "--office", office, "--out", tmp_path / ("长" * 200 + ".pdf"))
    assert (told.code, told.err.count("\n")) == (1, 1)
    assert "太长" in told.err or "没有写成" in told.err  # Windows says that it is not there


def test_a_trip_in_the_recycle_bin_is_neither_planned_nor_printed(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    key = run("trip", "new", written(tmp_path, wish), "--office", office).out.strip()
    with contextlib.closing(open_office(office)) as opened:
        remove_records(opened, Trip, [int(key)])
    told = run("plan", key, "--office", office)
    assert (told.code, "在回收站里" in told.err) == (1, True)


def test_a_trip_is_named_by_some_letters_at_least(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    run("trip", "new", written(tmp_path, wish), "--office", office)
    assert run("plan", " ", "--office", office).code == 1


def test_each_paper_of_a_trip_is_written(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    key = run("trip", "new", written(tmp_path, wish), "--office", office).out.strip()
    run("plan", key, "--office", office, "--seconds", "0.3")
    for kind, ending in (("approval", ".pdf"), ("itinerary", ".pdf"), ("contacts", ".pdf"), ("calendar", ".ics")):
        path = tmp_path / f"{kind}{ending}"
        told = run("paper", kind, key, "--office", office, "--out", path)
        assert told.code == 0, told.err
        assert told.out.startswith(f"已写到 {path}，共 ")
        assert path.stat().st_size > 500
    one = tmp_path / "张敏.pdf"
    assert run("paper", "itinerary", key, "--member", "张敏", "--office", office, "--out", one).code == 0
    nobody = run("paper", "itinerary", key, "--member", "某人", "--office", office, "--out", one)
    assert nobody.code == 1
    assert "同行的人：张敏、王磊、李想、陈燕" in nobody.err
    wrong = run("paper", "calendar", key, "--office", office, "--out", tmp_path / "x.pdf")
    assert wrong.code == 2
    assert "要以 .ics 结尾" in wrong.err


def test_who_should_go_is_said_with_reasons_and_taken_on_request(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    wish["teams"] = [{"name": "一队", "mode": "驾车", "members": []}]
    key = run("trip", "new", written(tmp_path, wish), "--office", office).out.strip()
    said = run("crew", key, "--office", office)
    assert said.code == 0, said.err
    assert "建议" in said.out
    assert "谈判" in said.out
    assert "补助和住宿约" in said.out
    taken = run("crew", "新材料链", "--office", office, "--take", "--json").json
    (team,) = taken["teams"]
    assert 2 <= len(team["people"]) <= 5
    assert all(one["new"] for one in team["people"])
    again = run("crew", key, "--office", office, "--json").json
    assert [one["new"] for one in again["teams"][0]["people"]] == [False] * len(team["people"])
    assert [gap["skill"] for gap in again["teams"][0]["lacking"]] == [gap["skill"] for gap in team["lacking"]]


def test_a_promise_in_a_paper_is_told_beside_it(run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]) -> None:
    wish["purpose"] = "洽谈合作，承诺零地价供应工业用地"
    key = run("trip", "new", written(tmp_path, wish), "--office", office).out.strip()
    for told in (
        run("brief", key, "--office", office, "--out", tmp_path / "资料.pdf"),
        run("paper", "approval", key, "--office", office, "--out", tmp_path / "审批.pdf"),
    ):
        assert told.code == 0
        assert "公平竞争提示 1 处" in told.err
        assert "《公平竞争审查条例》第十条第（三）项" in told.err
        assert "建议：" in told.err


def test_a_settlement_is_written_as_sheet_and_workbook(
    run: Run, office: Path, tmp_path: Path, wish: dict[str, Any]
) -> None:
    key = run("trip", "new", written(tmp_path, wish), "--office", office).out.strip()
    run("plan", key, "--office", office, "--seconds", "0.3")
    for ending in (".pdf", ".xlsx"):
        told = run("paper", "settlement", key, "--office", office, "--out", tmp_path / f"结算{ending}")
        assert told.code == 0, told.err
        assert (tmp_path / f"结算{ending}").stat().st_size > 1000
