"""What the words of a cell are: a label, a note about the table, a sum, a heading that the libraries know."""

from __future__ import annotations

import re
from functools import cache

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.sheet import Cell, Row

_SUM = re.compile(
    r"(本页|全部|以上|全市|全县|各?项目?)?(合计|小计|总计|共计|累计|总和)(数|额|金额)?([（(:：].*)?|(其中|共)[:：].*"
)
_NOTE = re.compile(r"[*＊※★●]?\s*(注|备注|说明|附注|附|填表说明|填报说明|数据来源|资料来源)\s*\d*\s*[:：.．、]|[*＊※]")
_SIGNED = re.compile(r"(填表|填报|制表|审核|审批|统计|报送|经办|单位负责)人?\S{0,6}\s*[:：]")
NUMBER_HEADERS = {"序号", "编号", "序", "no", "no.", "行号", "顺序号", "#"}
_FIRM = re.compile(r".{2,}(公司|集团|厂|商会|协会|研究院|研究所|大学|学院|银行|合作社|中心|事务所)([（(].*[)）])?")
_COMMON_HEADERS = {
    "备注",
    "名称",
    "日期",
    "时间",
    "金额",
    "姓名",
    "单位",
    "电话",
    "联系人及电话",
    "联系人",
    "地址",
    "手机",
}


@cache
def vocabulary() -> frozenset[str]:
    """Every heading the libraries know."""
    words = {
        word
        for record in RECORDS.values()
        for field in fields_of(record)
        for word in (field.label, *field.spec.aliases)
    }
    return frozenset(header_key(word) for word in words | NUMBER_HEADERS | _COMMON_HEADERS)


def is_label(cell: Cell) -> bool:
    """Short, and no value: a phone, a date, a code or a sentence is none."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return (
        len(text) <= 30 and not re.search(r"\d{5}|\d+[.-]\d+|[。；！？]", text) and not re.fullmatch(r"[\d\W]+", text)
    )


def are_labels(row: Row) -> bool:
    """Whether all that a row holds are short words and no values."""
    cells = [cell for cell in row if cell != ""]
    return bool(cells) and all(is_label(cell) or is_unit_line(cell) for cell in cells)


def is_note(text: str) -> bool:
    """Whether a text is a note about the table (注：…) or says who filled it in."""
    return bool(_NOTE.match(text)) or is_signed(text)


def is_signed(text: str) -> bool:
    """填表人：…"""
    return bool(_SIGNED.match(text))


def is_firm(text: str) -> bool:
    """The name of a firm, a chamber or an institute as it stands on its seal."""
    return len(text) <= 60 and bool(_FIRM.fullmatch(text))


def is_unit_line(cell: Cell) -> bool:
    """（万元） under a heading."""
    return isinstance(cell, str) and bool(re.fullmatch(r"[（(].{1,8}[)）]", cell.strip()))


def is_sum(text: str) -> bool:
    """合计, 其中：…"""
    return ("计" in text or "和" in text or ":" in text or "：" in text) and bool(_SUM.fullmatch("".join(text.split())))
