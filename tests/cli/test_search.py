"""zhaoshang search and show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.domain.libraries import LIBRARIES


@pytest.fixture
def first(run: Run, filled: Path) -> dict[str, object]:
    """An investor of our own list with a plan."""
    found = run("search", "新材料", "--office", filled, "--library", "investors", "--json").json
    return next(one for one in found if one["plans"] and one["owner"])


def test_words_are_looked_for_in_all_four_libraries(run: Run, filled: Path) -> None:
    found = run("search", "复合材料", "--office", filled, "--json").json
    assert {one["library"] for one in found} >= {"investors", "projects", "leads"}
    assert all(one["id"].isdigit() for one in found)


def test_one_library_is_asked_alone(run: Run, filled: Path) -> None:
    found = run("search", "复合材料", "--office", filled, "--library", "projects", "--json").json
    assert {one["library"] for one in found} == {"projects"}
    assert all("复合材料" in one["name"] for one in found)


def test_pinyin_finds_what_chinese_finds(run: Run, filled: Path) -> None:
    chinese = run("search", "复合材料", "--office", filled, "--library", "investors", "--json").json
    pinyin = run("search", "fuhecailiao", "--office", filled, "--library", "investors", "--json").json
    assert {one["id"] for one in chinese} <= {one["id"] for one in pinyin}
    assert chinese


def test_a_persons_telephone_finds_the_firm(run: Run, filled: Path, first: dict[str, object]) -> None:
    shown = run("show", "investors", first["id"], "--office", filled, "--json").json
    found = run("search", shown["contacts"][0]["mobile"], "--office", filled, "--json").json
    assert [one["id"] for one in found] == [first["id"]]


def test_a_list_for_people_is_cut_and_says_how_many_more(run: Run, filled: Path) -> None:
    told = run("search", "公司", "--office", filled, "--library", "investors", "--limit", "5")
    assert told.out.count("\n") == 1 + 5 + 1
    assert "另有" in told.out


def test_nothing_found_is_no_error(run: Run, filled: Path) -> None:
    told = run("search", "查无此企业", "--office", filled)
    assert (told.code, told.out) == (0, "没有找到。\n")
    assert run("search", "查无此企业", "--office", filled, "--json").json == []


def test_a_record_is_shown_with_exact_money_iso_dates_and_named_places(
    run: Run, filled: Path, first: dict[str, object]
) -> None:
    shown = run("show", "investors", first["id"], "--office", filled, "--json").json
    assert shown["id"] == first["id"]
    assert shown["revenue"].endswith(".00")
    assert shown["revenue_currency"] == "CNY"
    assert shown["founded"][:2] in {"19", "20"}
    assert shown["place"].isdigit()
    assert shown["place_name"].split()[0] in {"江苏", "浙江", "上海", "安徽"}
    assert shown["owner"].isdigit()
    assert shown["owner_name"]
    assert shown["raw"] == {}
    assert shown["contacts"][0]["investor"] == shown["id"]
    assert shown["visits"] == []


def test_a_project_is_shown_with_its_stage_and_its_investor(run: Run, filled: Path) -> None:
    found = run("search", "复合材料", "--office", filled, "--library", "projects", "--json").json
    shown = [run("show", "projects", one["id"], "--office", filled, "--json").json for one in found]
    told = next(one for one in shown if one["stakes"])
    assert told["stage"]
    assert told["stakes"][0]["investor_name"].endswith("公司")
    assert told["milestones"]


def test_a_record_is_shown_in_words_by_its_name(run: Run, filled: Path, first: dict[str, object]) -> None:
    told = run("show", "investors", first["name"], "--office", filled)
    assert told.code == 0
    assert told.out.startswith(f"{first['name']}\n")
    assert f"发展战略与投资计划：{first['plans']}" in told.out
    assert "联系人 1" in told.out


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_record_that_is_not_there_is_one_sentence(run: Run, filled: Path, library: str) -> None:
    told = run("show", library, "1", "--office", filled)
    assert told.code == 1
    assert "没有编号或名称是“1”的" in told.err


@pytest.mark.parametrize("words", ["a\0b", "\ud800", "'", '"', "%", "*", "NEAR(a b)", "((((", "😀", "x" * 10_000])
def test_any_words_are_looked_for_and_not_run(run: Run, filled: Path, words: str) -> None:
    told = run("search", words, "--office", filled, "--json")
    assert (told.code, told.err) == (0, "")
