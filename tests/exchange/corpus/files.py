"""Files of every kind with the same two firms in them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from tests.exchange.corpus.case import FIRMS, HEADINGS, Answer, Case, listed, sheet, table
from tests.exchange.making_book import Formula, NewBook, NewSheet, OpenCell, Shown, ods, xml_2003
from tests.exchange.making_xls import OldBook, OldSheet, Styled, ancient

_PASSWORD = "清岚2026"
_TEXTS = [[str(cell) for cell in row] for row in (HEADINGS, *FIRMS)]
_LATIN = [["name", "phone", "remark of the clerk"], ["Qinghe Ltd", "13800002216", "met at the fair in May"]]


def old(version: int, **more: object) -> Callable[[Path], object]:
    return OldBook([OldSheet("名单", table())], version=version, **more).save  # type: ignore[arg-type]


def text(separator: str, encoding: str, *, ends: str = "\r\n", before: str = "") -> Callable[[Path], object]:
    body = before + ends.join(separator.join(row) for row in _TEXTS) + ends
    return lambda path: path.write_bytes(body.encode(encoding))


def page(encoding: str, rows: str) -> Callable[[Path], object]:
    whole = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>'
    return lambda path: path.write_bytes(f"{whole}<table border=1>{rows}</table></body></html>".encode("gb18030"))


def protected(path: Path, password: str) -> None:
    """As Excel 2010 and later do it; what fills the file up keeps it from being too small for the library."""
    plain = path.with_suffix(".plain")
    seal = random.Random(7).randbytes(6000)
    NewBook([NewSheet("名单", table())], extra={"xl/media/seal.bin": seal}).save(plain)
    coded = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, coded)
    plain.unlink()
    path.write_bytes(coded.getvalue())


def _html(rows: list[list[str]], cell: str = "td") -> str:
    return "".join(f"<tr>{''.join(f'<{cell}>{one}</{cell}>' for one in row)}</tr>" for row in rows)


_SPANNED = (
    "<tr><th rowspan=2>企业名称</th><th colspan=2>联系方式</th><th rowspan=2>注册资本<br>（万元）</th></tr>"
    "<tr><th>联系人</th><th>手机</th></tr>"
)
_FORMATS = [
    ("企业名称", "邮编", "员工数", "注册资本"),
    ("青禾新材料有限公司", Shown(7.0, "000000"), 12.0, Shown(5.0, '0.0"亿元"')),
]
_FORMATS_READ = [
    {"name": "青禾新材料有限公司", "staff": "12人", "registered_capital": "5亿元"},
]
_OLD_FORMATS = [
    [Styled(c.value, c.code) if isinstance(c, Shown) else c for c in row]  # type: ignore[arg-type]
    for row in _FORMATS
]

CASES: tuple[Case, ...] = (
    listed("xlsx.xlsx", sheet(table()).save),
    listed("xlsx_macro.xlsm", NewBook([NewSheet("名单", table())], extra={"xl/vbaProject.bin": b"not run"}).save),
    listed("xlsx_strict.xlsx", NewBook([NewSheet("名单", table())], strict=True).save),
    listed("xlsx_prefix.xlsx", NewBook([NewSheet("名单", table())], prefix="x:").save),
    listed("xlsx_no_references.xlsx", NewBook([NewSheet("名单", table())], references=False).save),
    listed("xlsx_wrong_dimension.xlsx", NewBook([NewSheet("名单", table())], dimension="A1:B1").save),
    listed("xlsx_huge_dimension.xlsx", NewBook([NewSheet("名单", table())], dimension="A1:XFD1048576").save),
    listed("xlsx_inline_texts.xlsx", NewBook([NewSheet("名单", table())], inline=True).save),
    listed("xlsx_called.csv", sheet(table()).save),
    listed("xlsx_called.et", sheet(table()).save),
    listed("xls_biff8.xls", old(8)),
    listed("xls_biff8_packed.xls", old(8, packed=True)),
    listed("xls_biff5_chinese.xls", old(5)),
    listed("xls_called.xlsx", old(8)),
    listed("wps.et", old(8)),
    listed("xls_biff4.xls", partial(ancient, version=4, rows=table())),
    listed("xls_biff3.xls", partial(ancient, version=3, rows=table())),
    listed("xls_biff2.xls", partial(ancient, version=2, rows=table())),
    listed("ods.ods", partial(ods, rows=table())),
    listed("csv_utf8.csv", text(",", "utf-8")),
    listed("csv_utf8_bom.csv", text(",", "utf-8-sig")),
    listed("csv_utf16.csv", text("\t", "utf-16")),
    listed("csv_utf16_be.csv", lambda path: path.write_bytes(b"\xfe\xff" + _lines("\t").encode("utf-16-be"))),
    listed("csv_gb18030.csv", text(",", "gb18030")),
    listed("csv_semicolon.csv", text(";", "gb18030")),
    listed("csv_bar.txt", text("|", "utf-8")),
    listed("csv_fullwidth_comma.csv", text("，", "utf-8")),
    listed("csv_told_separator.csv", text(";", "utf-8-sig", before="sep=;\r\n")),
    listed("csv_old_mac_lines.csv", text(",", "gb18030", ends="\r")),
    listed("tsv.tsv", text("\t", "utf-8", ends="\n")),
    listed("csv_called.xls", text("\t", "gb18030")),
    listed("html_called.xls", page("gb2312", _html(_TEXTS))),
    listed("html_merged_header.xls", page("gbk", _SPANNED + _html(_TEXTS[1:]))),
    listed("xml2003_called.xls", partial(xml_2003, rows=table())),
    listed("password.xlsx", partial(protected, password=_PASSWORD), password=_PASSWORD),
    listed("password_old.xls", old(8, password=_PASSWORD), password=_PASSWORD),
    listed("write_protected.xlsx", partial(protected, password="VelvetSweatshop")),
    Case(
        "csv_utf16_no_bom.csv",
        lambda path: path.write_bytes("\r\n".join(",".join(row) for row in _LATIN).encode("utf-16-le")),
        Answer(refused="没有企业名称"),
    ),
    Case(
        "csv_open_quotation.csv",
        lambda path: path.write_text(
            '企业名称,备注\n甲公司,"两行\n备注"\n乙公司,"没有关上\n丙公司,x\n', encoding="gbk", newline="\n"
        ),
        Answer([{"name": "甲公司", "note": "两行\n备注"}, {"name": "乙公司", "note": '"没有关上'}, {"name": "丙公司"}]),
    ),
    Case("formats_xlsx.xlsx", sheet(_FORMATS).save, Answer(_FORMATS_READ)),
    Case("formats_xls.xls", OldBook([OldSheet("名单", _OLD_FORMATS)]).save, Answer(_FORMATS_READ)),
    Case("formats_xls5.xls", OldBook([OldSheet("名单", _OLD_FORMATS)], version=5).save, Answer(_FORMATS_READ)),
    Case("formats_xml2003.xls", partial(xml_2003, rows=_FORMATS), Answer(_FORMATS_READ)),
    Case(
        "formats_ods.ods",
        partial(
            ods,
            rows=[
                ("企业名称", "注册资本", "成立日期"),
                (
                    "青禾新材料有限公司",
                    OpenCell('office:value-type="float" office:value="5"', "5.0亿元"),
                    OpenCell('office:value-type="date" office:date-value="2018-12-01"', "2018年12月"),
                ),
                (
                    "北塘精密铸造有限公司",
                    OpenCell('office:value-type="currency" office:currency="USD" office:value="1000000"', "$1,000,000"),
                    OpenCell('office:value-type="string" calcext:value-type="error"', "#N/A"),
                ),
            ],
        ),
        Answer(
            [
                {"name": "青禾新材料有限公司", "registered_capital": "5亿元", "founded": "2018-12"},
                {"name": "北塘精密铸造有限公司", "registered_capital": "100万美元", "founded": ""},
            ],
            unread=["名单!C3"],
        ),
    ),
    Case(
        "formulas.xlsx",
        sheet(
            [
                ("企业名称", "注册资本（万元）", "员工数", "年营业收入（万元）"),
                ("青禾新材料有限公司", Formula("5*100", 500.0), Formula("SUM(B2:B9)"), Formula("1/0", "#DIV/0!")),
            ]
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "registered_capital": "500万元",
                    "raw": {"staff": "=SUM(B2:B9)", "revenue": "#DIV/0!"},
                }
            ],
            unread=["名单!C2", "名单!D2"],
        ),
    ),
    Case(
        "errors.xls",
        OldBook([OldSheet("名单", [("企业名称", "员工数"), ("青禾新材料有限公司", "#N/A")])]).save,
        Answer([{"name": "青禾新材料有限公司", "raw": {"staff": "#N/A"}}], unread=["名单!B2"]),
    ),
    Case(
        "page_without_table.xls",
        lambda path: path.write_bytes(b"<html><body>404</body></html>"),
        Answer(refused="没有表格"),
    ),
    Case(
        "really_a_picture.xlsx", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)), Answer(refused="图片")
    ),
    Case("really_a_document.xls", lambda path: path.write_bytes(b"{\\rtf1 hello}"), Answer(refused="RTF")),
)


def _lines(separator: str) -> str:
    return "".join(separator.join(row) + "\r\n" for row in _TEXTS)
