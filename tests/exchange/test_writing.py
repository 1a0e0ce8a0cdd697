"""Registers print as they come and are read back to the same records."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.making import loaded
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.layout import guess_layout
from zhaoshang_desktop.exchange.mapping import guess_mapping
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.exchange.writing import write_register

NAUGHTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "=cmd|'/c calc'!A1",
    "_x0041_",
    "a\rb",
    "\x01",
    "#N/A",
    "0012",
    " 空 ",
]


def read_back(path: Path, record: type[Record]) -> list[Draft]:
    sheet = read_workbook(path).sheets[0]
    layout = guess_layout(sheet)
    return list(rows_to_records(sheet, layout, guess_mapping(sheet, layout, record)))


def test_what_export_writes_import_reads_back(tmp_path: Path) -> None:
    investors = [
        Investor(
            id=n, name=f"青禾{n}有限公司", credit_code="91320211MA1XQH2P0K", registered_capital=Money(123_456_700 * n),
            revenue=Money(5 * 10**11, "USD"), staff=120 + n, founded=When(2018, 12 if n % 2 else None), place="320200",
            honours=(("专精特新", 2025),), tags=("新能源", "外资"), dishonest=False, checked_on=date(2026, 9, n),
            point=(120.301663, 31.574729), business="两行\n业务", website="http://example.invalid", level="A",
        )
        for n in range(1, 4)
    ]  # fmt: skip
    contacts = {1: [Contact(name="周远航", mobile="13800002216"), Contact(name="许厂长", mobile="13900002217")]}
    fields = [
        "name", "credit_code", "registered_capital", "revenue", "staff", "founded", "place", "honours", "tags",
        "dishonest", "checked_on", "point", "business", "website", "level", "contacts.name", "contacts.mobile",
    ]  # fmt: skip
    write_register(tmp_path / "a.xlsx", Investor, investors, fields, title="客商登记册", parts={"contacts": contacts})
    drafts = read_back(tmp_path / "a.xlsx", Investor)
    for draft, investor in zip(drafts, investors, strict=True):
        investor.id = 0
        assert draft.record == investor
        assert not [problem for problem in draft.problems if not problem.warning]
    assert [(c.name, c.mobile) for c in drafts[0].children if isinstance(c, Contact)] == [
        ("周远航", "13800002216"), ("许厂长", "13900002217"),
    ]  # fmt: skip


def test_all_fields_of_a_project_come_back(tmp_path: Path) -> None:
    project = Project(
        name="某项目", total=Money(10**12 + 1), land=Decimal("12.5"), jobs=100, marks=("四新",), note="注"
    )
    write_register(tmp_path / "a.xlsx", Project, [project], title="项目登记册")
    (draft,) = read_back(tmp_path / "a.xlsx", Project)
    assert draft.record == project


def test_text_that_could_not_be_read_is_exported_and_comes_back(tmp_path: Path) -> None:
    investor = Investor(name="青禾有限公司", raw={"staff": "很多"})
    write_register(tmp_path / "a.xlsx", Investor, [investor], ["name", "staff"], title="登记册")
    assert read_back(tmp_path / "a.xlsx", Investor)[0].record.raw == {"staff": "很多"}


def cells_written(path: Path, texts: list[str]) -> list[Any]:
    write_register(
        path, Investor, [Investor(name="x", business=text) for text in texts], ["name", "business"], title="册"
    )
    return [row[2] for row in read_workbook(path).sheets[0].rows[3:]]


def test_no_text_becomes_a_formula_and_each_comes_back(tmp_path: Path) -> None:
    assert cells_written(tmp_path / "a.xlsx", NAUGHTY) == NAUGHTY
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert not any(re.search(rb"<f[ >]", archive.read(part)) for part in archive.namelist() if "sheet" in part)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=20), min_size=1, max_size=20)
)
def test_any_text_comes_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    assert cells_written(tmp_path / "a.xlsx", texts) == texts


def test_it_prints_on_a4_with_its_header_on_every_page(tmp_path: Path) -> None:
    write_register(
        tmp_path / "a.xlsx", Investor, [Investor(name="青禾有限公司")], title="客商登记册", made_on=date(2026, 9, 1)
    )
    sheet = loaded(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet["A1"].value == "客商登记册"
    assert sheet["A2"].value == "制表日期：2026-09-01　共 1 条"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_numbers_and_dates_are_numbers_and_dates(tmp_path: Path) -> None:
    one = Investor(name="青禾有限公司", registered_capital=Money(5000 * 10**6), checked_on=date(2026, 9, 1))
    write_register(tmp_path / "a.xlsx", Investor, [one], ["name", "registered_capital", "checked_on"], title="册")
    sheet = loaded(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [sheet.cell(3, c).value for c in range(1, 5)] == ["序号", "企业名称", "注册资本（万元）", "核查日期"]
    assert sheet.cell(4, 3).value == 5000
    assert sheet.cell(4, 4).is_date


def test_personal_information_is_masked_where_asked(tmp_path: Path) -> None:
    contact = Contact(name="周远航", mobile="13800002216", diet="不吃辣")
    fields = ["name", "contacts.name", "contacts.mobile", "contacts.diet"]
    write_register(
        tmp_path / "a.xlsx", Investor, [Investor(id=1, name="青禾")], fields, title="册",
        parts={"contacts": {1: [contact]}}, masked=True,
    )  # fmt: skip
    row = read_workbook(tmp_path / "a.xlsx").sheets[0].rows[3]
    assert row[2:] == ("周远航", "138****2216", "＊＊＊")


def test_a_register_without_records_is_a_header(tmp_path: Path) -> None:
    write_register(tmp_path / "a.xlsx", Investor, [], ["name"], title="册/[2026]")
    assert read_back(tmp_path / "a.xlsx", Investor) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="不存在"):
        write_register(tmp_path / "无" / "a.xlsx", Investor, [], ["name"], title="册")


def test_what_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("旧", encoding="utf-8")
    with pytest.raises(KnownError, match="放不下"):
        write_register(
            tmp_path / "a.xlsx", Investor, [Investor(name="x", note="长" * 40_000)], ["name", "note"], title="册"
        )
    assert (tmp_path / "a.xlsx").read_text(encoding="utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows locks a file that is open")
def test_a_register_open_in_excel_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("旧", encoding="utf-8")
    with (tmp_path / "a.xlsx").open("rb"), pytest.raises(KnownError, match="被别的程序打开"):
        write_register(tmp_path / "a.xlsx", Investor, [], ["name"], title="册")
    assert (tmp_path / "a.xlsx").read_text(encoding="utf-8") == "旧"


def test_a_register_says_whose_it_is_and_a_wide_one_goes_over_several_pages(tmp_path: Path) -> None:
    made = {"title": "客商库登记册", "made_on": date(2026, 11, 28), "made_by": "清岚县投资促进局"}
    firm = Investor(id=1, name="青禾电解液添加剂及新材料股份有限公司清岚分公司筹建处", business="添加剂" * 30)
    write_register(tmp_path / "窄.xlsx", Investor, [firm], ["name", "level", "business"], **made)
    sheet = openpyxl.load_workbook(tmp_path / "窄.xlsx").worksheets[0]
    assert sheet["A2"].value == "制表单位：清岚县投资促进局　制表日期：2026-11-28　共 1 条"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (1, 0, 9)
    assert sheet.row_dimensions[4].height > 60, "as high as its longest text"
    write_register(tmp_path / "宽.xlsx", Investor, [firm], title="客商库登记册")
    sheet = openpyxl.load_workbook(tmp_path / "宽.xlsx").worksheets[0]
    assert sheet.page_setup.fitToWidth > 1
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.page_setup.orientation == "landscape"


def test_over_several_pages_the_title_stands_whole_above_the_columns_that_each_repeats(tmp_path: Path) -> None:
    path = tmp_path / "宽.xlsx"
    write_register(
        path,
        Investor,
        [],
        title="清岚县外出招商重点目标企业登记册",
        made_by="清岚县投资促进局",
        made_on=date(2026, 11, 28),
    )
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.page_setup.fitToWidth > 1
    assert {"A1:B1", "A2:B2"} <= {str(block) for block in sheet.merged_cells.ranges}
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 2 * 13
