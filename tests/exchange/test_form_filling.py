"""A superior's form keeps everything it has; only the values asked for are put into it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.form_filling import Filling, fill_form, prepared_rows
from zhaoshang_desktop.exchange.form_references import Shift
from zhaoshang_desktop.exchange.reading import read_workbook

SHEET = "附件1"
FIRST, LAST = 5, 8


@pytest.fixture
def template(tmp_path: Path) -> bytes:
    """Title, unit, three head rows, four prepared rows, a sum, a note, a chart, a second sheet that looks into it."""
    path = tmp_path / "上级表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(SHEET)
    frame = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "yyyy/m/d"})
    red = book.add_format({"font_color": "red", "bold": True})
    sheet.merge_range("A1:F1", "重点项目进展情况表", red)
    sheet.write_rich_string("A2", "填报单位：", red, "（盖章）")
    for place, head in enumerate(("序号", "项目名称", "总投资（亿元）", "到位（亿元）", "到位率", "开工日期")):
        sheet.merge_range(2, place, 3, place, head, frame)
    for row in range(FIRST - 1, LAST):
        for place in range(6):
            sheet.write_blank(row, place, None, day if place == 5 else frame)
        sheet.write_formula(row, 4, f"=IF(C{row + 1}=0,0,D{row + 1}/C{row + 1})", frame)
    sheet.write(LAST, 0, "合计", frame)
    sheet.write_formula(LAST, 2, f"=SUM(C{FIRST}:C{LAST})", frame, 0)
    sheet.write_formula(LAST, 4, f'=IF(C{LAST + 1}=0,"A5",D{LAST + 1}/$C${LAST + 1})', frame)
    sheet.merge_range(LAST + 1, 0, LAST + 1, 5, "注：按月报送")
    sheet.conditional_format(f"C{FIRST}:C{LAST}", {"type": "cell", "criteria": ">", "value": 10, "format": red})
    sheet.data_validation(f"D{FIRST}:D{LAST}", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.data_validation("F10", {"validate": "any", "input_message": "这里"})
    chart: Any = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEET}'!$C$5:$C$8"})
    sheet.insert_chart("H14", chart)
    sheet.insert_textbox("J2", "盖章处")
    sheet.write_comment("A10", "批注")
    sheet.repeat_rows(2, 3)
    sheet.print_area("A1:F10")
    sheet.set_landscape()
    sheet.set_header("&C机密以外")
    other = book.add_worksheet("汇总")
    other.write_formula("A1", f"='{SHEET}'!C9*2", None, 0)
    other.write_formula("A2", "=C9", None, 0)
    book.close()
    return path.read_bytes()


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {"A": n, "B": f"=项目{n}", "C": n * 1.5, "D": n, "F": date(2026, 1, n % 28 + 1)} for n in range(1, count + 1)
    ]


def filled(template: bytes, count: int, **cells: Any) -> bytes:
    return fill_form(template, Filling(SHEET, FIRST, LAST, rows(count), cells))


def part(book: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(book)).read(name).decode("utf-8")


def test_as_many_rows_as_are_prepared_change_nothing_but_their_values(template: bytes) -> None:
    book = filled(template, 3)
    sheet = openpyxl.load_workbook(io.BytesIO(book))[SHEET]
    assert [cell.value for cell in sheet[5]][:4] == [1, "=项目1", 1.5, 1]
    assert sheet["B5"].data_type == "s"
    assert sheet["F5"].value.date() == date(2026, 1, 2)
    assert sheet["E6"].value == "=IF(C6=0,0,D6/C6)"
    assert sheet["C9"].value == "=SUM(C5:C8)"
    assert sheet["B8"].value is None
    before, after = part(template, "xl/worksheets/sheet1.xml"), part(book, "xl/worksheets/sheet1.xml")
    assert before[before.index("</sheetData>") :] == after[after.index("</sheetData>") :]
    untouched = [n for n in zipfile.ZipFile(io.BytesIO(template)).namelist() if "chart" in n or "styles" in n]
    assert all(part(book, name) == part(template, name) for name in untouched)
    assert untouched


def test_more_rows_are_put_in_and_everything_below_moves_along(template: bytes) -> None:
    book = filled(template, 10)
    whole = openpyxl.load_workbook(io.BytesIO(book))
    sheet = whole[SHEET]
    assert [sheet.cell(row, 1).value for row in range(5, 16)] == [*range(1, 11), "合计"]
    assert sheet["C15"].value == "=SUM(C5:C14)"
    assert sheet["E15"].value == '=IF(C15=0,"A5",D15/$C$15)', "what only looks like a cell stays"
    assert sheet["E14"].value == "=IF(C14=0,0,D14/C14)"
    assert sheet["F14"].number_format == "yyyy/m/d"
    assert "A16:F16" in [str(one) for one in sheet.merged_cells.ranges]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["C5:C14"]
    assert sorted(str(one.sqref) for one in sheet.data_validations.dataValidation) == ["D5:D14", "F16"]
    assert sheet.print_area == "'附件1'!$A$1:$F$16"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet["A16"].comment.text == "批注"
    assert whole["汇总"]["A1"].value == "='附件1'!C15*2"
    assert whole["汇总"]["A2"].value == "=C9", "their own cell is not ours"
    anchor = re.search(
        r"<xdr:from>(?:(?!</xdr:from>).)*<xdr:row>(13|19)</xdr:row>", part(book, "xl/drawings/drawing1.xml"), re.DOTALL
    )
    assert anchor is not None
    assert int(anchor[1]) == 13 + 6
    assert 'fullCalcOnLoad="1"' in part(book, "xl/workbook.xml")


def test_what_it_says_is_what_our_reader_reads(template: bytes, tmp_path: Path) -> None:
    path = tmp_path / "报出.xlsx"
    path.write_bytes(filled(template, 6, A2="填报单位：清岚县投资促进局"))
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows[1][0] == "填报单位：清岚县投资促进局"
    assert [row[1] for row in sheet.rows[4:10]] == [f"=项目{n}" for n in range(1, 7)]
    assert sheet.rows[10][0] == "合计"


def test_a_day_in_a_cell_that_shows_no_days_is_written_out(template: bytes) -> None:
    book = fill_form(template, Filling(SHEET, FIRST, LAST, [{"D": date(2026, 11, 28)}]))
    assert openpyxl.load_workbook(io.BytesIO(book))[SHEET]["D5"].value == "2026-11-28"


def test_the_prepared_rows_end_where_something_is_written(template: bytes) -> None:
    assert prepared_rows(template, SHEET, FIRST) == FIRST, "formulas stand in them"
    book = openpyxl.Workbook()
    book.active.append(["名称"])  # type: ignore[union-attr]
    for row in range(2, 6):
        book.active.cell(row, 1).border = openpyxl.styles.Border()  # type: ignore[union-attr]
    book.active["A6"] = "合计"  # type: ignore[index]
    stream = io.BytesIO()
    book.save(stream)
    assert prepared_rows(stream.getvalue(), "Sheet", 2) in (2, 5)


def test_openpyxl_alone_would_lose_text_boxes_and_the_fonts_within_a_cell(template: bytes) -> None:
    """Why the XML is patched: the evidence."""
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(template)).save(saved)
    kept = {}
    for name, book in (("openpyxl", saved.getvalue()), ("ours", filled(template, 10))):
        with zipfile.ZipFile(io.BytesIO(book)) as package:
            text = "".join(package.read(one).decode("utf-8") for one in package.namelist() if one.endswith(".xml"))
        kept[name] = "<rPr>" in text, "盖章处" in text
    assert kept == {"openpyxl": (False, False), "ours": (True, True)}


def test_what_is_no_workbook_of_this_kind_is_said() -> None:
    with pytest.raises(KnownError, match=r"只有 \.xlsx"):
        fill_form(b"\xd0\xcf\x11\xe0", Filling("a"))


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A9", "A12"),
        ("A8", "A8"),
        ("SUM(A5:A8)", "SUM(A5:A11)"),
        ("SUM(A8:A8)", "SUM(A8:A11)"),
        ("SUM(A1:A9)", "SUM(A1:A12)"),
        ("SUM(A1:A7)", "SUM(A1:A7)"),
        ("SUM($9:$10)", "SUM($12:$13)"),
        ("附件1!A9+汇总!A9", "附件1!A12+汇总!A9"),
        ('"A9"&A9', '"A9"&A12'),
        ("LOG10(A9)", "LOG10(A12)"),
        ("TAXES2026+税率2026", "TAXES2026+税率2026"),
        ("SUM(A:A)", "SUM(A:A)"),
        ("'附件1'!$A$9", "'附件1'!$A$12"),
    ],
)
def test_references_move_as_excel_moves_them(formula: str, moved: str) -> None:
    assert Shift(SHEET, FIRST, LAST, 3).formula(formula, own=True) == moved
