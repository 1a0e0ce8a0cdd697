"""Workbooks the tests make themselves: by openpyxl where that can, else from bare XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
ROOT = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_LINKS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)


def styles(*codes: str) -> str:
    """A styles part with one cell style a number format; style 0 is General."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _ in enumerate(codes))
    return (
        f'<?xml version="1.0"?><styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
    )


def raw_xlsx(path: Path, rows: str, *, before: str = "", prolog: str = "", style: str = "") -> Path:
    """A workbook whose only sheet is the XML given: `rows` inside sheetData, `before` before it."""
    sheet = f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_LINKS,
        "xl/styles.xml": style or styles(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def cell(reference: str, value: object = None, attributes: str = "", formula: str = "") -> str:
    """One cell of bare XML."""
    inside = (f"<f>{formula}</f>" if formula else "") + (f"<v>{value}</v>" if value is not None else "")
    return f'<c r="{reference}"{attributes}>{inside}</c>'


def xlsx(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "名单") -> Path:
    """A workbook of one sheet, written by openpyxl; "" and None are empty cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    for block in merged:
        sheet.merge_cells(block)
    book.save(path)
    book.close()
    return path


def loaded(path: Path) -> openpyxl.Workbook:
    """The workbook as openpyxl sees it, with no file left open."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
