"""Reading whatever people send: the content decides, and every failure is one sentence."""

from __future__ import annotations

import datetime as dt
import io
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.making import cell, raw_xlsx, styles, xlsx
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.reading import Limits, read_workbook
from zhaoshang_desktop.exchange.sheet import Merge
from zhaoshang_desktop.exchange.transport import pack_rows, unpack_rows

STYLED = ' s="1"'
ERROR = ' t="e"'


def test_numbers_dates_and_texts_come_as_what_they_are(tmp_path: Path) -> None:
    moment = dt.datetime.combine(dt.date(2026, 9, 1), dt.time(8, 30))
    rows = [["名称", "日期", "时刻", "金额", "是否"], ["青禾", dt.date(2026, 9, 1), moment, 1.5, True]]
    sheet = read_workbook(xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.rows == [("名称", "日期", "时刻", "金额", "是否"), ("青禾", dt.date(2026, 9, 1), moment, 1.5, True)]
    assert sheet.name == "名单"
    assert sheet.visible


def test_the_first_row_and_column_are_where_excel_shows_them(tmp_path: Path) -> None:
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", f'<row r="3">{cell("C3", 7)}</row>')).sheets[0]
    assert sheet.rows == [("", "", ""), ("", "", ""), ("", "", 7.0)]


def test_merged_cells_are_told(tmp_path: Path) -> None:
    sheet = read_workbook(xlsx(tmp_path / "a.xlsx", [["标题", "", ""], [1, 2, 3]], ["A1:C1"])).sheets[0]
    assert sheet.merged == (Merge(0, 0, 0, 2),)


def test_a_hidden_sheet_is_flagged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["看得见"])  # type: ignore[union-attr]
    hidden = book.create_sheet("旧数据")
    hidden.append(["看不见"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.visible for sheet in read_workbook(tmp_path / "a.xlsx").sheets] == [True, False]


def test_a_lying_dimension_hides_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", n)}{cell(f"D{n}", n)}</row>' for n in range(1, 6))
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows, before='<dimension ref="A1:B1"/>')).sheets[0]
    assert [row[3] for row in sheet.rows] == [1, 2, 3, 4, 5]


def test_a_million_empty_rows_cost_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(f'<row r="{n}" s="0"/>' for n in range(2, 1_000_000))
    began = time.monotonic()
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert len(sheet.rows) == 1
    assert time.monotonic() - began < 10


def test_leading_zeros_shown_by_the_format_are_kept(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", 123, STYLED)}{cell("B1", 123)}</row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows, style=styles("000000"))).sheets[0]
    assert sheet.rows == [("000123", 123.0)]


def test_a_month_shown_without_its_day_stays_a_month(tmp_path: Path) -> None:
    code = "yyyy&quot;年&quot;m&quot;月&quot;"
    rows = f'<row r="1">{cell("A1", 43435, STYLED)}</row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows, style=styles(code))).sheets[0]
    assert sheet.rows == [("2018-12",)]


def test_a_percentage_is_read_as_it_is_shown(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", 0.125, STYLED)}</row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows, style=styles("0.0%"))).sheets[0]
    assert sheet.rows == [("12.5%",)]


def test_a_formula_never_calculated_is_no_zero(tmp_path: Path) -> None:
    cells = cell("A1", formula="SUM(B1:C1)") + cell("B1", "", formula="1+1") + cell("C1", 5, formula="2+3")
    rows = f'<row r="1">{cells}</row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.rows == [("=SUM(B1:C1)", "=1+1", 5.0)]
    assert sheet.unread == {(0, 0): "=SUM(B1:C1)", (0, 1): "=1+1"}


def test_a_formula_that_gave_an_empty_text_is_just_empty(tmp_path: Path) -> None:
    empty = '<c r="A1" t="str"><f>IF(B1=1,1,"")</f><v></v></c>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{empty}{cell("B1", 5)}</row>')).sheets[0]
    assert sheet.rows == [("", 5.0)]
    assert not sheet.unread


def test_an_error_cell_is_told_and_not_dropped(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", "#N/A", ERROR)}{cell("B1", 5)}</row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.rows == [("#N/A", 5.0)]
    assert sheet.unread == {(0, 0): "#N/A"}


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
    ],
)
def test_a_csv_is_read_in_whatever_encoding(tmp_path: Path, encoding: str, told: str) -> None:
    text = "name,phone\r\n青禾新材料,13800000000\r\nabcdefgh,ijklmnopqrst\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    book = read_workbook(tmp_path / "a.csv")
    assert book.sheets[0].rows[1] == ("青禾新材料", "13800000000")
    assert book.encoding == told


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_any_separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [["名称", "金额", "备注"], ["青禾", "1.5", "含,号"], ["北塘", "2", ""]]
    text = "\n".join(separator.join(f'"{v}"' if "," in v else v for v in line) for line in lines)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_workbook(tmp_path / "a.csv").sheets[0].rows == [tuple(line) for line in lines]


def test_uneven_lines_are_filled_up(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1\n2,3,4\n\n", encoding="utf-8")
    assert read_workbook(tmp_path / "a.csv").sheets[0].rows == [("a", "b", ""), ("1", "", ""), ("2", "3", "4")]


def test_a_web_page_called_xls_is_a_table(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=gb2312></head><body><table><tr><th rowspan=2>名称<th colspan=2>联系人</tr>"
        "<tr><td>姓名<td>手机</tr><tr><td>青禾<br>材料<td>周远航<td>13800000000</tr></table></body></html>"
    )
    (tmp_path / "a.xls").write_bytes(page.encode("gb18030"))
    book = read_workbook(tmp_path / "a.xls")
    assert book.format == "html"
    assert book.sheets[0].rows == [
        ("名称", "联系人", ""),
        ("", "姓名", "手机"),
        ("青禾\n材料", "周远航", "13800000000"),
    ]
    assert book.sheets[0].merged == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))


def test_a_spreadsheet_of_2003_in_xml_is_read(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="名单"><Table><Row><Cell><Data ss:Type="String">名称</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">12.5</Data></Cell><Cell>'
        '<Data ss:Type="DateTime">2026-09-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    (tmp_path / "a.xls").write_text(text, encoding="utf-8")
    sheet = read_workbook(tmp_path / "a.xls").sheets[0]
    assert sheet.rows == [("名称", "", ""), ("", "", ""), ("", 12.5, dt.date(2026, 9, 1))]


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(KnownError) as caught:
        read_workbook(path, **options)  # type: ignore[arg-type]
    return caught.value.sentence


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.xlsx") == "找不到文件“无.xlsx”。"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "是文件夹" in refusal(tmp_path)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").touch()
    assert "是空文件" in refusal(tmp_path / "空.xlsx")


def test_a_picture_is_said_to_be_a_picture(tmp_path: Path) -> None:
    (tmp_path / "名单.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert refusal(tmp_path / "名单.xlsx") == "“名单.xlsx”是一张图片（PNG），不是表格。"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 ...", "PDF 文档"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "RAR 压缩包"),
        (bytes(range(256)) * 20, "不是表格文件"),
        (b"PK\x05\x06" + bytes(18), "不是表格文件"),
        (b"PK\x03\x04" + b"\x01" * 300, "不是表格文件"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "单个文件网页"),
        (b"<html><body><p>hello</p></body></html>", "没有表格"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "名单.xlsx").write_bytes(data)
    assert told in refusal(tmp_path / "名单.xlsx")


def test_a_word_document_is_said_to_be_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert "Word 文档" in refusal(tmp_path / "a.xlsx")


def test_a_workbook_of_empty_sheets_has_no_data(tmp_path: Path) -> None:
    assert "没有数据" in refusal(xlsx(tmp_path / "a.xlsx", []))


def test_a_torn_workbook_is_damaged(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx", [["名称"], ["青禾"]]).read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        (tmp_path / "b.xlsx").write_bytes(whole[: int(len(whole) * share)])
        assert "b.xlsx" in refusal(tmp_path / "b.xlsx")


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", 1)}</row>', prolog=bomb)
    assert "DOCTYPE" in refusal(path)


def test_an_encoding_no_office_writes_is_refused(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cell("A1", 1)}</row>')
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/app.xml", "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"))
    assert "编码" in refusal(path)


def test_a_package_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" + " " * (40 << 20))
    assert "解开后超过 16 MB" in refusal(tmp_path / "a.xlsx", limits=Limits(unpacked=16 << 20))


def test_a_sheet_too_large_for_the_memory_costs_one_sentence(tmp_path: Path) -> None:
    rows = f'<row r="1">{cell("A1", 1)}</row><row r="1048576">{cell("XFD1048576", 1)}</row>'
    began = time.monotonic()
    assert "内存" in refusal(raw_xlsx(tmp_path / "a.xlsx", rows))
    assert time.monotonic() - began < 10


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["名称"]])
    assert "还没有读完" in refusal(path, limits=Limits(seconds=0, seconds_per_megabyte=0))


def test_more_cells_than_can_be_held_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [[n, n] for n in range(20)])
    assert "一次读不了" in refusal(path, limits=Limits(cells=10))


def test_a_user_can_stop_the_reading(tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_workbook(xlsx(tmp_path / "a.xlsx", [["名称"]]), waiting=stop)


def test_a_zip_bomb_of_repeated_rows_is_bounded(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
    )
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:'
        'xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="x">'
        f'{row}office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    began = time.monotonic()
    assert "a.ods" in refusal(tmp_path / "a.ods")
    assert time.monotonic() - began < 12


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30).filter(lambda t: not t or t.strip())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_table_of_texts_written_by_excel_is_read_as_written(tmp_path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text:
                sheet.cell(r, c, text).data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    (tmp_path / "t.xlsx").write_bytes(buffer.getvalue())
    width = max((n + 1 for row in rows for n, text in enumerate(row) if text), default=0)
    expected = [tuple([*row, *[""] * width][:width]) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    if not expected:
        assert "没有数据" in refusal(tmp_path / "t.xlsx")
    else:
        assert read_workbook(tmp_path / "t.xlsx").sheets[0].rows == expected


def test_a_quotation_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('企业名称,备注\n甲公司,"两行\n备注"\n乙公司,"没有关上\n丙公司,x\n', encoding="gbk", newline="\n")
    rows = read_workbook(path).sheets[0].rows
    assert rows[1:] == [("甲公司", "两行\n备注"), ("乙公司", '"没有关上'), ("丙公司", "x")]


def test_lines_that_end_as_on_an_old_mac_are_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("企业名称,备注\r甲公司,x\r乙公司,y".encode("gbk"))
    assert read_workbook(tmp_path / "a.csv").sheets[0].rows == [("企业名称", "备注"), ("甲公司", "x"), ("乙公司", "y")]


def test_the_text_of_a_formula_is_told_as_excel_shows_it(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ['=B2&"公司"', 1]])
    assert read_workbook(path).sheets[0].unread == {(1, 0): '=B2&"公司"'}


def test_cells_that_hold_an_empty_text_are_not_missed(tmp_path: Path) -> None:
    empty = "".join(f'<c r="{letter}2" t="inlineStr"><is><t></t></is></c>' for letter in "BCDEFGHIJ")
    rows = f'<row r="1">{cell("A1", 1)}</row><row r="2">{cell("A2", 2)}{empty}</row>'
    assert read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows)).sheets[0].warning == ""


def test_a_system_that_starts_no_reader_costs_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.csv"
    path.write_text("企业名称\n青禾\n", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "没有这个程序"))
    with pytest.raises(KnownError, match="没有让读表格的程序启动"):
        read_workbook(path)


def test_a_damaged_number_is_a_text() -> None:
    rows = [[1.5, float("nan"), "甲"], [float("inf"), 2.0, float("-inf")]]
    count, packed = pack_rows(rows)
    assert unpack_rows(count, packed) == [(1.5, "nan", "甲"), ("inf", 2.0, "-inf")]
