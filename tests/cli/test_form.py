"""zhaoshang form: the superior's table goes in once and comes out filled."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from tests.cli.conftest import Run

LINE = Side(style="thin")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A title, the unit, heads in 亿元, two prepared rows and a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "附表"
    sheet["A1"], sheet["A2"], sheet["E2"] = "重点项目调度表", "填报单位：", "填报日期："
    for place, head in enumerate(("序号", "项目名称", "总投资（亿元）", "目前进展", "责任单位", "备注"), 1):
        sheet.cell(3, place, head)
        for row in (3, 4, 5):
            sheet.cell(row, place).border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
    sheet["A6"], sheet["C6"] = "合计", "=SUM(C4:C5)"
    book.save(tmp_path / "省表.xlsx")
    return tmp_path / "省表.xlsx"


def test_a_form_is_uploaded_once_and_filled_ever_after(run: Run, office: Path, empty: Path, tmp_path: Path) -> None:
    told = run("form", "add", "projects", empty, "--office", office, "--title", "省调度表")
    assert told.code == 0, told.err
    assert "C：总投资（亿元）" in told.out
    assert "D：本期目前进展" in told.out
    empty.unlink()
    out = tmp_path / "11月.xlsx"
    filled = run("form", "fill", "省调度表", out, "--office", office, "--month", "2026-11")
    assert filled.code == 0, filled.err
    sheet = openpyxl.load_workbook(out).worksheets[0]
    count = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value == "合计") - 4
    assert f"填了 {count} 条项目" in filled.out
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == [1, 2, 3]
    assert sheet.cell(4 + count, 3).value == f"=SUM(C4:C{3 + count})"
    assert str(sheet["A2"].value).startswith("填报单位：清岚县")
    name = str(sheet["B4"].value)
    shown = run("show", "projects", name, "--office", office, "--json").json
    assert sheet["C4"].value == pytest.approx(float(shown["total"]) / 1e8)
    assert sheet["B3"].border.left.style == sheet.cell(3 + count, 2).border.left.style == "thin"
    listed = run("form", "list", "--office", office)
    assert "省调度表" in listed.out


def test_a_form_of_one_record_is_written_once_for_each(run: Run, office: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = "企业登记表", "名称", "地址"
    book.save(tmp_path / "登记表.xlsx")
    mapped = ("--map", "B2=企业名称,B3=详细地址")
    told = run("form", "add", "investors", tmp_path / "登记表.xlsx", "--office", office, *mapped)
    assert told.code == 0, told.err
    folder = tmp_path / "登记表"
    filled = run("form", "fill", "登记表", folder, "--office", office, "--words", "模具")
    found = run("search", "模具", "--office", office, "--library", "investors", "--json").json
    assert filled.code == 0, filled.err
    assert len(list(folder.iterdir())) == len(found)
    names = {openpyxl.load_workbook(path).worksheets[0]["B2"].value for path in folder.iterdir()}
    assert names == {one["name"] for one in found}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "projects", "省表.xlsx", "--map", "C=颜色"), 1, "没有“颜色”这个字段"),
        (("add", "projects", "省表.xlsx", "--map", "项目名称"), 1, "看不懂"),
        (("add", "projects", "没有.xlsx"), 1, "找不到"),
        (("fill", "没有的", "a.xlsx"), 1, "没有叫“没有的”的上级报表"),
        (("fill", "没有的"), 2, "缺少 OUT.xlsx"),
        (("print",), 2, "print"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run,
    office: Path,
    empty: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(empty.parent)
    where = ("--office", office) if arguments[0] != "print" else ()
    told = run("form", *arguments, *where)
    assert (told.code, said in told.out + told.err) == (code, True), told.out + told.err


def test_the_period_must_be_said_where_the_form_asks_for_it(run: Run, office: Path, empty: Path) -> None:
    run("form", "add", "projects", empty, "--office", office)
    told = run("form", "fill", "省表", empty.with_name("出.xlsx"), "--office", office)
    assert (told.code, "哪个月" in told.err) == (1, True)
    again = run("form", "add", "projects", empty, "--office", office)
    assert (again.code, "已经有一份" in again.err) == (1, True)
