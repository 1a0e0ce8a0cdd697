"""The numerals of amounts and dates: 12,000.50, 3千5百万, 壹仟万, 二〇一八."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.text import words

DIGITS = {
    **dict(zip("零〇○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True)),
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
NUMERAL_CHARS = "0-9.," + "".join((*DIGITS, *SMALL, *LARGE))

UNTOLD = frozenset(
    words(
        "未透露 未公开 未披露 未明确 未知 不详 不明 不清楚 保密 面议 待定 待确定 未定 待议 暂无 暂不明确 无 无数据 "
        "没有 略 未提供 未填 未填写 - -- — —— / . * ? N/A n/a NA na # #N/A #VALUE! #REF! #DIV/0!"
    )
)
"""What stands in a cell whose value nobody told."""
_HEDGES = re.compile(
    r"(?:大约|大概|约为|约合|约|将近|近)(?=[0-9零一二三四五六七八九两十百千壹贰叁肆伍陆柒捌玖拾])"
    r"|^(?:大约|大概|约为|约合|约|将近|近)|(?:左右|上下)$|(?<=[0-9十百千万亿])[余多](?!少)"
)
_BOUNDS = re.compile(r"超过|超|逾|不低于|不少于|不超过|至少|最多|最高|最低|以上|以下|以内|大于|小于|高于|低于|[<>≥≤]")
_RANGE = re.compile(r"\d[^\d]{0,4}(?:[-~—–―至到])+[^\d-]{0,3}\d")
_TOKEN = re.compile(rf"(\d[\d,]*(?:\.\d+)?)|([{''.join(DIGITS)}])|([{''.join(SMALL)}])|([{''.join(LARGE)}])")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def plain(text: str) -> str:
    """NFKC without any space; NotUnderstood when it only says that nothing is known."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    if flat in UNTOLD:
        raise NotUnderstood("未透露")
    return flat


def unhedged(flat: str) -> str:
    """Without 约, 近, 余, 左右: the figure stands for what is meant. A bound or a range is not a figure."""
    if _RANGE.search(flat):
        raise NotUnderstood("是一个范围，不是一个数")
    if _BOUNDS.search(flat):
        raise NotUnderstood("只说了上限或下限")
    return _HEDGES.sub("", flat)


def read_numeral(text: str) -> Decimal:
    """12,000.50, 3亿5000万, 壹仟万, 二十五; a digit whose unit is left to the reader (三万五) is refused."""
    total = section = Decimal(0)
    number: Decimal | None = None
    last, end = 0, 0
    zero = bridged = False
    for token in _TOKEN.finditer(text):
        if token.start() != end:
            break
        end = token.end()
        figure, digit, small, large = token.groups()
        if digit and DIGITS[digit] == 0 and number is None and end < len(text):
            zero = bridged = True
        elif figure or digit:
            if number is not None:
                raise NotUnderstood("数字看不懂")
            number = _figure(figure) if figure else Decimal(DIGITS[digit])
        elif small:
            if number is None and (small not in "十拾" or section or zero):
                raise NotUnderstood("数字看不懂")
            if last and SMALL[small] >= last and section:
                raise NotUnderstood("数字看不懂")
            section += (Decimal(1) if number is None else number) * SMALL[small]
            number, last, zero = None, SMALL[small], False
        else:
            total, section = _close(total, section, number, LARGE[large])
            number, last, zero, bridged = None, LARGE[large], False, False
    if end != len(text) or not text:
        raise NotUnderstood("数字看不懂")
    rest = section + (number or 0)
    digit_alone = number is not None and last > 10 and number < 10
    thousands_alone = rest and total >= 10**8 and total % 10**8 == 0
    if (digit_alone and not zero) or (thousands_alone and not bridged):
        raise NotUnderstood("最后的数字没有写明单位")
    return total + rest


def _close(total: Decimal, section: Decimal, number: Decimal | None, size: int) -> tuple[Decimal, Decimal]:
    """The sums after a 万 or 亿: 1万亿 multiplies what stands before, 3亿5000万 adds to it."""
    part = section + (number or 0)
    if part == 0 and (total == 0 or size != 10**8) and number is None:
        raise NotUnderstood("数字看不懂")
    if size == 10**8:
        if total >= size:
            raise NotUnderstood("数字看不懂")
        return (total + part) * size, Decimal(0)
    if total and total < 10**8:
        raise NotUnderstood("数字看不懂")
    return total + part * size, Decimal(0)


def _figure(text: str) -> Decimal:
    if not _GROUPED.fullmatch(text):
        raise NotUnderstood("逗号的位置不对")
    if len(text) > 25:
        raise NotUnderstood("数字太长")
    return Decimal(text.replace(",", ""))


def trimmed(value: Decimal) -> str:
    """Without exponent and without zeros that say nothing."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def chinese_number(number: int) -> str:
    """一, 十二, 二十, 一百零三: how official papers number their parts; 1 to 999."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    middle = ("零" if hundreds and ones else "") if not tens else f"{digits[tens] if tens > 1 or hundreds else ''}十"
    return f"{head}{middle}{digits[ones] if ones or not number else ''}"
