"""Columns that Excel does not show are told by every kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from zhaoshang_desktop.exchange.reading import read_workbook

XML = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table><Column/>
 <Column ss:Hidden="1" ss:Span="1"/><Row><Cell><Data ss:Type="String">企业名称</Data></Cell>
 <Cell><Data ss:Type="String">简称</Data></Cell><Cell><Data ss:Type="String">备注</Data></Cell>
 <Cell><Data ss:Type="String">地区</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_a_workbook_says_which_columns_are_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(("企业名称", "简称", "备注", "地区"))
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    book.save(tmp_path / "名单.xlsx")
    assert read_workbook(tmp_path / "名单.xlsx").sheets[0].columns_hidden == {1, 3}


def test_so_does_a_table_saved_as_xml(tmp_path: Path) -> None:
    (tmp_path / "名单.xls").write_text(XML, encoding="utf-8")
    assert read_workbook(tmp_path / "名单.xls").sheets[0].columns_hidden == {1, 2}
