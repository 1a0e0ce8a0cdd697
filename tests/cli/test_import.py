"""zhaoshang import, as scripts use it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exchange.corpus.case import FOLDER
from zhaoshang_desktop.cli.import_ import PASSWORD
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.layout import guess_layout
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.sample_book import Line, Page, write_pages
from zhaoshang_desktop.exchange.shapes import Corrections, remember, shape_of
from zhaoshang_desktop.runtime.settings import Settings, save

FATES = ("created", "updated", "unchanged", "duplicates", "rejected")


def workbook(path: Path, *rows: tuple[str | int, ...]) -> Path:
    """A sheet of these rows, the first being the header."""
    write_pages(path, [Page("名单", [Line("row", row) for row in rows])])
    return path


def test_an_import_into_a_missing_office_makes_it_and_says_so(run: Run, books: dict[str, Path], tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    told = run("import", "investors", books["名录"], "--office", office)
    assert told.code == 0
    assert "已新建办公室" in told.err
    assert "读到 220 行" in told.out
    assert "新建 220 条" in told.out
    assert run("check", "--office", office).code == 0


def test_every_row_counts_once_and_unread_cells_are_listed(run: Run, books: dict[str, Path], staffed: Path) -> None:
    told = run("import", "investors", books["名录"], "--office", staffed, "--json").json
    assert told["library"] == "investors"
    assert told["rows_read"] == 220 == sum(told[fate] for fate in FATES)
    assert len(told["cells"]) == 6
    cell = told["cells"][0]
    assert (cell["sheet"], cell["column"], cell["field"]) == ("名录", "G", "registered_capital")
    assert cell["row"] > 4
    assert cell["text"]
    assert cell["reason"]
    assert told["batch"].isdigit()
    assert {one["field"] for one in told["warnings"]} == {"credit_code"}


def test_the_text_of_an_unread_cell_stays_beside_its_field(run: Run, books: dict[str, Path], staffed: Path) -> None:
    told = run("import", "investors", books["名录"], "--office", staffed, "--json").json
    cell = told["cells"][0]
    page = next(sheet for sheet in read_workbook(books["名录"]).sheets if sheet.name == "名录")
    name = page.rows[cell["row"] - 1][1]
    shown = run("show", "investors", name, "--office", staffed, "--json").json
    assert shown["registered_capital"] is None
    assert shown["raw"] == {"registered_capital": cell["text"]}


def test_a_unit_that_the_office_does_not_know_stays_as_text(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称", "责任单位"), ("青禾新材料有限公司", "岚溪镇"))
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--json").json
    assert [(cell["field"], cell["text"]) for cell in told["cells"]] == [("unit", "岚溪镇")]
    shown = run("show", "investors", "青禾新材料有限公司", "--office", tmp_path / "新.office", "--json").json
    assert (shown["unit"], shown["raw"]) == (None, {"unit": "岚溪镇"})


def test_the_same_list_again_changes_nothing(run: Run, books: dict[str, Path], office: Path) -> None:
    told = run("import", "investors", books["名录"], "--office", office, "--json")
    assert told.code == 0
    assert told.json["unchanged"] == told.json["rows_read"] == 220
    assert told.json["batch"] is None


def test_what_is_known_is_filled_and_what_is_likely_known_is_left_to_the_clerk(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    office = tmp_path / "新.office"
    run("import", "investors", books["名录"], "--office", office)
    told = run("import", "investors", books["推荐"], "--office", office, "--json").json
    assert told["rows_read"] == 95
    assert told["created"] == 80
    assert told["updated"] + told["unchanged"] == 12
    assert told["duplicates"] == len(told["duplicate_rows"]) == 3
    likely = told["duplicate_rows"][0]
    assert likely["match"].isdigit()
    assert likely["match_name"] != likely["name"]
    found = run("search", likely["name"], "--office", office, "--library", "investors", "--json").json
    assert likely["name"] not in [one["name"] for one in found]


def test_a_trial_stores_nothing_and_leaves_no_file(run: Run, books: dict[str, Path], tmp_path: Path) -> None:
    told = run("import", "investors", books["名录"], "--office", tmp_path / "新.office", "--dry-run", "--json")
    assert told.code == 0
    assert told.json["created"] == 220
    assert told.json["batch"] is None
    assert list(tmp_path.iterdir()) == []


def test_a_trial_in_an_office_leaves_it_as_it_was(run: Run, books: dict[str, Path], office: Path) -> None:
    before = run("check", "--office", office, "--json").json
    assert run("import", "investors", books["推荐"], "--office", office, "--dry-run").code == 0
    assert run("check", "--office", office, "--json").json == before


def test_a_row_without_its_name_is_rejected_and_the_others_go_in(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称", "注册资本（万元）"), ("青禾新材料有限公司", 800), ("", 900))
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--json")
    assert told.code == 0
    assert (told.json["created"], told.json["rejected"]) == (1, 1)
    assert told.json["rejected_rows"] == [{"sheet": "名单", "row": 3, "reason": "没有企业名称"}]


def test_a_list_of_which_nothing_can_be_stored_ends_with_1(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称", "注册资本（万元）"), ("", 900), ("", 300))
    assert run("import", "investors", book, "--office", tmp_path / "新.office").code == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", None])
def test_what_is_no_workbook_is_one_sentence_and_leaves_no_office(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    book = tmp_path / "名单.xlsx"
    if content is not None:
        book.write_bytes(content)
    told = run("import", "investors", book, "--office", tmp_path / "新.office")
    assert told.code == 1
    assert "名单.xlsx" in told.err
    assert "已新建" not in told.err
    assert "Traceback" not in told.err
    assert [one.name for one in tmp_path.iterdir()] == ([book.name] if content is not None else [])


def test_the_report_shows_the_counts_and_the_cells(
    run: Run, books: dict[str, Path], staffed: Path, tmp_path: Path
) -> None:
    report = tmp_path / "结果.xlsx"
    run("import", "investors", books["名录"], "--office", staffed, "--report", report)
    sheets = {sheet.name: sheet for sheet in read_workbook(report).sheets}
    assert ("新建", 220.0) in [row[:2] for row in sheets["汇总"].rows]
    assert len(sheets["要看的单元格"].rows) == 1 + 12


def test_units_and_members_can_be_imported_too(run: Run, books: dict[str, Path], tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    run("import", "units", books["责任单位"], "--office", office)
    told = run("import", "members", books["花名册"], "--office", office, "--json").json
    assert (told["created"], told["cells"]) == (25, [])


def test_an_empty_database_becomes_an_office(run: Run, books: dict[str, Path], postgres_database: str) -> None:
    told = run("import", "experts", books["专家"], "--office", postgres_database, "--json")
    assert told.code == 0
    assert told.json["created"] == 40
    assert run("import", "experts", books["专家"], "--office", postgres_database, "--json").json["unchanged"] == 40
    assert run("check", "--office", postgres_database).code == 0


def test_a_trial_makes_no_office_of_an_empty_database(run: Run, books: dict[str, Path], postgres_database: str) -> None:
    told = run("import", "experts", books["专家"], "--office", postgres_database, "--dry-run")
    assert (told.code, "还没有办公室" in told.err) == (1, True)
    assert run("check", "--office", postgres_database).code == 1


def test_a_stage_told_again_in_general_is_not_new_and_a_finer_step_is(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    for stage, fate in (("线索", "created"), ("在谈", "unchanged"), ("框架协议", "updated"), ("框架协议", "unchanged")):
        book = workbook(tmp_path / "表.xlsx", ("项目名称", "项目阶段"), ("某新材料项目", stage))
        assert run("import", "projects", book, "--office", office, "--json").json[fate] == 1
    shown = run("show", "projects", "某新材料项目", "--office", office, "--json").json
    assert [one["step"] for one in shown["milestones"]] == ["线索", "意向/框架协议"]


def test_a_report_is_not_written_over_the_list_it_is_about(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称",), ("青禾新材料有限公司",))
    before = book.read_bytes()
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--report", book)
    assert (told.code, "正是要读的文件" in told.err) == (1, True)
    assert book.read_bytes() == before


def test_a_report_that_has_no_place_stops_the_import_before_it_begins(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称",), ("青禾新材料有限公司",))
    told = run(
        "import", "investors", book, "--office", tmp_path / "新.office", "--report", tmp_path / "没有" / "a.xlsx"
    )
    assert (told.code, "不存在" in told.err) == (1, True)
    assert not (tmp_path / "新.office").exists()


def test_a_mistyped_folder_is_not_made(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称",), ("青禾新材料有限公司",))
    told = run("import", "investors", book, "--office", tmp_path / "没有" / "新.office")
    assert (told.code, "不存在" in told.err) == (1, True)
    assert not (tmp_path / "没有").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes names in Unicode only")
def test_a_file_named_in_gbk_is_read_and_called_what_it_is_called(run: Run, tmp_path: Path) -> None:
    book = Path(os.fsdecode(os.fsencode(tmp_path) + "/名单.xlsx".encode("gbk")))
    book.write_bytes(workbook(tmp_path / "表.xlsx", ("企业名称",), ("青禾新材料有限公司",)).read_bytes())
    office = Path(os.fsdecode(os.fsencode(tmp_path) + "/清岚县.office".encode("gbk")))
    told = run("import", "investors", book, "--office", office, "--json")
    assert (told.code, told.json["file"], told.json["created"]) == (0, "名单.xlsx", 1)
    found = run("search", os.fsdecode("青禾".encode("gbk")), "--office", office, "--json").json
    assert [one["name"] for one in found] == ["青禾新材料有限公司"]


def test_a_stage_with_its_day_is_not_told_anew_by_a_list_without_days(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    dated = workbook(tmp_path / "甲.xlsx", ("项目名称", "签约时间"), ("某新材料项目", "2026.5"))
    bare = workbook(tmp_path / "乙.xlsx", ("项目名称", "项目阶段"), ("某新材料项目", "签约"))
    assert run("import", "projects", dated, "--office", office, "--json").json["created"] == 1
    assert run("import", "projects", bare, "--office", office, "--json").json["unchanged"] == 1


def test_a_number_that_no_column_holds_is_a_cell_not_understood(run: Run, tmp_path: Path) -> None:
    rows = (("企业名称", "员工数"), ("青禾新材料有限公司", "99999999999999999999"), ("云帆装备有限公司", 120))
    told = run(
        "import", "investors", workbook(tmp_path / "表.xlsx", *rows), "--office", tmp_path / "新.office", "--json"
    )
    assert (told.code, told.json["created"]) == (0, 2)
    assert [(one["row"], one["field"], one["reason"]) for one in told.json["cells"]] == [(2, "staff", "数字太大")]


def test_a_nul_in_a_cell_stops_no_import_anywhere(run: Run, tmp_path: Path, postgres_database: str) -> None:
    book = workbook(tmp_path / "表.xlsx", ("企业名称", "备注"), ("青_x0000_禾有限公司", "甲_x0000_乙"))
    for office in (tmp_path / "新.office", postgres_database):
        assert run("import", "investors", book, "--office", office, "--json").json["created"] == 1
        assert run("import", "investors", book, "--office", office, "--json").json["unchanged"] == 1
        assert run("show", "investors", "青禾有限公司", "--office", office, "--json").json["note"] == "甲乙"


def test_a_password_comes_from_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("import", "investors", FOLDER / "password_old.xls", "--office", tmp_path / "新.office", "--json")
    assert told.code == 1
    assert PASSWORD in told.err
    monkeypatch.setenv(PASSWORD, "清岚2026")
    told = run("import", "investors", FOLDER / "password_old.xls", "--office", tmp_path / "新.office", "--json")
    assert (told.code, told.json["created"]) == (0, 2)


def test_hidden_rows_are_told_and_come_in_when_asked_for(run: Run, tmp_path: Path) -> None:
    book = FOLDER / "hidden_rows.xlsx"
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--dry-run", "--json")
    assert told.json["rows_read"] == 2
    assert any("1 行隐藏着" in note for note in told.json["notes"])
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--dry-run", "--json", "--hidden")
    assert told.json["rows_read"] == 3


def test_rows_that_go_on_are_counted(run: Run, tmp_path: Path) -> None:
    book = FOLDER / "goes_on_two_people.xlsx"
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--json").json
    fates = {name: told[name] for name in ("created", "updated", "unchanged", "duplicates", "rejected")}
    assert told["rows_read"] == sum(fates.values()) == 3
    assert fates == {"created": 2, "updated": 1, "unchanged": 0, "duplicates": 0, "rejected": 0}


def test_a_policy_says_what_becomes_of_what_is_known_and_a_trial_lists_every_cell(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    first = workbook(tmp_path / "一.xlsx", ("企业名称", "关注等级", "注册资本"), ("青禾有限公司", "A", "1200万元"))
    run("import", "investors", first, "--office", office)
    second = workbook(
        tmp_path / "二.xlsx",
        ("企业名称", "关注等级", "注册资本", "主营业务"),
        ("青禾有限公司", "B", "", "添加剂"),
        ("云帆有限公司", "C", "", ""),
    )
    trial = run("import", "investors", second, "--office", office, "--policy", "overwrite", "--dry-run", "--json").json
    assert {one["field"]: (one["before"], one["after"], one["column"]) for one in trial["changes"]} == {
        "business": (None, "添加剂", "D"),
        "level": ("A", "B", "B"),
    }
    assert (
        "关注等级：A → B"
        in run("import", "investors", second, "--office", office, "--policy", "overwrite", "--dry-run").out
    )
    for policy, level, updated in (("skip", "A", 0), ("fill", "A", 1), ("overwrite", "B", 1)):
        told = run("import", "investors", second, "--office", office, "--policy", policy, "--json").json
        assert told["rows_read"] == 2 == sum(told[fate] for fate in FATES)
        assert told["updated"] == updated
        shown = run("show", "investors", "青禾有限公司", "--office", office, "--json").json
        assert (shown["level"], shown["registered_capital"]) == (level, "12000000.00")
    assert run("import", "investors", second, "--office", office, "--policy", "ask").code == 2


def test_what_was_corrected_in_the_window_counts_here_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHAOSHANG_HOME", str(tmp_path / "家"))
    rows = (("企业名称", "代号"), ("青禾有限公司", "青禾"))
    book = workbook(tmp_path / "表.xlsx", *rows)
    sheet = read_workbook(book).sheets[0]
    kept = Settings()
    remember(kept, shape_of(Investor, sheet, guess_layout(sheet)), sheet, Corrections(paths={1: "short_name"}))
    save(kept)
    told = run("import", "investors", book, "--office", tmp_path / "新.office", "--json").json
    assert told["remembered"] == [
        {"sheet": "名单", "rows": {}, "columns": {"B": "short_name"}, "units": {}, "hidden": False}
    ]
    shown = run("show", "investors", "青禾有限公司", "--office", tmp_path / "新.office", "--json").json
    assert shown["short_name"] == "青禾"
    plain = run("import", "investors", book, "--office", tmp_path / "二.office", "--plain", "--json").json
    assert (plain["remembered"], plain["unused_columns"]) == ([], ["代号"])
