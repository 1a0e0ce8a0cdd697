"""统一社会信用代码 (GB 32100-2015) and the registration numbers before it."""

from __future__ import annotations

import re
import unicodedata
from operator import mul

from zhaoshang_desktop.domain.errors import NotUnderstood

_NOW = re.compile(r"[0-9A-Z]{18}")
_OLD = re.compile(r"\d{15}")
_COPY = re.compile(r"\(\d+[-/]\d+\)$")
_LOST = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_SIGNS = {sign: number for number, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_WEIGHTS = (*(3**place % 31 for place in range(17)), 1)


def read_credit_code(text: str) -> str:
    """Upper case without spaces: 18 characters, or the 15 digits of an old registration number.

    A wrong check digit is kept; `warning` says so.
    """
    if _NOW.fullmatch(text):
        return text
    flat = _COPY.sub("", "".join(unicodedata.normalize("NFKC", text).split()).upper().strip("'`‘’"))
    if _NOW.fullmatch(flat) or _OLD.fullmatch(flat):
        return flat
    if _LOST.fullmatch(flat):
        raise NotUnderstood("代码被表格变成了数字，后几位已经丢失")
    raise NotUnderstood(f"应为18位代码（旧注册号15位），这里是{len(flat)}位")


def warning(code: str) -> str:
    """What is doubtful about a code that was read, as a sentence; "" when nothing is."""
    if not code or _checks(code):
        return ""
    if _OLD.fullmatch(code):
        return "是15位的旧工商注册号，请补统一社会信用代码。"
    return "校验位不对，请核对有没有抄错。"


def _checks(code: str) -> bool:
    """Does the check sign fit the others? (Sum of sign × 3ⁿ, divisible by 31.)"""
    if len(code) != len(_WEIGHTS) or not code[2:8].isdigit():
        return False
    try:
        return sum(map(mul, map(_SIGNS.__getitem__, code), _WEIGHTS)) % 31 == 0
    except KeyError:
        return False
