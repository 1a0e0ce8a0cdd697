"""zhaoshang export: registers that come back as they went."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.exchange.reading import read_workbook

KEPT_BY_THE_OFFICE = {"id", "version", "created", "updated"}


@pytest.mark.parametrize("library", ["investors", "projects", "leads", "experts", "units", "members"])
def test_a_register_imported_again_changes_nothing(run: Run, office: Path, tmp_path: Path, library: str) -> None:
    register = tmp_path / "登记册.xlsx"
    told = run("export", library, register, "--office", office)
    assert told.code == 0
    again = run("import", library, register, "--office", office, "--json")
    assert again.code == 0, again.err
    assert again.json["unchanged"] == again.json["rows_read"] > 0
    assert len(again.json["cells"]) == (6 if library == "investors" else 0), "what was not understood still is not"


def test_an_investor_comes_back_with_its_people_in_another_office(run: Run, filled: Path, tmp_path: Path) -> None:
    register, other = tmp_path / "登记册.xlsx", tmp_path / "另一个.office"
    run("export", "investors", register, "--office", filled)
    run("import", "investors", register, "--office", other)
    name = run("search", "新材料", "--office", filled, "--library", "investors", "--json").json[0]["name"]
    before, after = (run("show", "investors", name, "--office", each, "--json").json for each in (filled, other))
    links = {"unit", "unit_name", "owner", "owner_name"}
    for key in before.keys() - KEPT_BY_THE_OFFICE - links - {"contacts", "raw"}:
        assert before[key] == after[key], key
    people = [[(one["name"], one["mobile"]) for one in each["contacts"]] for each in (before, after)]
    assert people[0] == people[1]


def test_only_what_is_found_is_exported_when_words_are_given(run: Run, filled: Path, tmp_path: Path) -> None:
    register = tmp_path / "模具.xlsx"
    told = run("export", "investors", register, "--office", filled, "--words", "模具")
    found = run("search", "模具", "--office", filled, "--library", "investors", "--json").json
    assert f"{len(found)} 条" in told.out
    assert len(read_workbook(register).sheets[0].rows) == 3 + len(found)


def test_a_masked_register_tells_no_telephone(run: Run, filled: Path, tmp_path: Path) -> None:
    open_book, masked = tmp_path / "内部.xlsx", tmp_path / "外发.xlsx"
    run("export", "experts", open_book, "--office", filled)
    run("export", "experts", masked, "--office", filled, "--masked")
    assert "1380000" in str(read_workbook(open_book).sheets[0].rows)
    assert "1380000" not in str(read_workbook(masked).sheets[0].rows)


def test_a_register_is_not_written_over_the_office(run: Run, filled: Path, tmp_path: Path) -> None:
    office = Path(shutil.copy(filled, tmp_path / "办公室.xlsx"))
    told = run("export", "investors", office, "--office", office)
    assert (told.code, "正是要读的文件" in told.err) == (1, True)
    assert run("check", "--office", office).code == 0


def test_a_csv_imported_again_changes_nothing(run: Run, office: Path, tmp_path: Path) -> None:
    register = tmp_path / "客商.csv"
    assert run("export", "investors", register, "--office", office).code == 0
    again = run("import", "investors", register, "--office", office, "--json")
    assert again.code == 0, again.err
    assert again.json["unchanged"] == again.json["rows_read"] > 0
