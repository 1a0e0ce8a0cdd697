"""The words above a column: joined over several rows, cleaned, and parted from their unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

JOINT = "·"
_SIZE = r"[十百千万亿]{0,3}"
_MONEY = r"(?:人民币|美元|美金|欧元|日元|港元|港币|英镑|韩元|新台币|元人民币|元)"
_MEASURES = (
    r"平方米|平米|㎡|m2|m²|亩|公顷|平方公里|吨标准煤|吨标煤|吨|千瓦时|度|立方米|公里|千米|米"
    r"|人|名|人次|家|个|次|批次|条|工作日|天|日|小时|分钟|年|岁|%|分"
)
_UNIT = re.compile(rf"{_SIZE}(?:{_MONEY}){{1,2}}|{_SIZE}(?:{_MEASURES})(?:/年|每年)?|万|亿|千元")
_BRACKETED = re.compile(r"[（(\[【]\s*(?:(?:计量|金额)?单位\s*[:：])?\s*([^（）()\[\]【】]{1,12}?)\s*[)）\]】]\s*$")
_AFTER_MARK = re.compile(r"^(.+?)\s*[:：/／,，]\s*(?:单位\s*[:：])?\s*([^:：/／,，]{1,8})$")
_ABOVE = re.compile(rf"(?:金额|计量|货币)?单\s*位\s*[:：]\s*({_SIZE}(?:{_MONEY}){{1,2}})")
_ALONE = re.compile(rf"^[（(]?\s*({_SIZE}(?:{_MONEY}){{1,2}})\s*[)）]?$")
_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_NUMBER_FIRST = re.compile(r"^\d{1,2}\s*[、.．]\s*(?=\D)")  # the questions of a form that was filled in online
_ORDINAL = re.compile(
    r"^第([一二三四1-4])(?:位|个)?(?=联系|联络|负责|姓名|电话|手机|职务)|(?<=人)([一二三四1-4])(?=\D)|[(]?([1-9一二三四])[)]?$"
)
_AGAIN = re.compile(r"\(第\d+处\)$")
_SPARE = re.compile(r"^(?:备用|其他|其它|另一)(?=.*(?:联系|联络))")
_DIGITS = str.maketrans("一二三四", "1234")
_REQUIRED = re.compile(r"^[*＊]+|[*＊]+$|[（(]\s*必填\s*[)）]$")


@dataclass(frozen=True)
class Heading:
    """`text` without the unit, `unit` as written ("万元"), "" for none."""

    text: str
    unit: str


def heading_of(parts: Iterable[str]) -> Heading:
    """The heading of a column from the cells above it, top down: "企业基本情况·统一社会信用代码"."""
    words: list[str] = []
    for part in map(clean_heading, parts):
        if part and part not in words:
            words.append(part)
    if len(words) > 1 and re.fullmatch(r"[（(].*[)）]", words[-1]):
        words[-2:] = [words[-2] + words[-1]]
    unit = ""
    for place, word in enumerate(words):
        words[place], own = split_unit(word)
        unit = own or unit
    return Heading(JOINT.join(filter(None, words)), unit)


def clean_heading(text: str) -> str:
    """Without line breaks, marks of duty and the spaces that only stretch Chinese words."""
    flat = _SPACE.sub("" if _CJK.search(text) else " ", text.replace("\u200b", "").replace("\ufeff", "")).strip()
    return _REQUIRED.sub("", flat).strip()


def split_unit(heading: str) -> tuple[str, str]:
    """("总投资", "亿元") of "总投资（亿元）"; what stands in brackets and is no unit stays."""
    if found := _BRACKETED.search(heading):
        unit = unicodedata.normalize("NFKC", found[1])
        if _UNIT.fullmatch(found[1]) or _UNIT.fullmatch(unit):
            return heading[: found.start()].rstrip(), _plain_unit(found[1])
    found = _AFTER_MARK.match(heading)
    if found and (_ALONE.match(found[2]) or found[2] in ("亩", "㎡", "平方米", "人")):
        return found[1], found[2]
    return heading, ""


def _plain_unit(unit: str) -> str:
    return {"m²": "㎡", "m2": "㎡", "平米": "平方米"}.get(unit, unit)


def unit_of_sheet(texts: Iterable[str]) -> str:
    """The amount unit said above the table ("单位：万元"); a 单位 that names an office is none."""
    for text in texts:
        if found := _ABOVE.search(text) or _ALONE.match(text.strip()):
            return found[1]
    return ""


def header_key(text: str) -> str:
    """The form in which headings are compared: NFKC, lower case, no spaces, no unit, no marks."""
    bare = split_unit(_NUMBER_FIRST.sub("", clean_heading(text)))[0]
    return re.sub(r"[\s·:：*＊]+", "", unicodedata.normalize("NFKC", bare)).lower()


def again(label: str, number: int) -> str:
    """What a label is called that stands in a form for the second time or more."""
    return f"{label}（第{number}处）"


def bare_key(key: str) -> str:
    """Such a form without the number that tells the second of its kind from the first (联系人2, 第二联系人)."""
    return _SPARE.sub("", _ORDINAL.sub("", _AGAIN.sub("", key))) or key


def ordinal_of(key: str) -> str:
    """That number, "" for none."""
    if _SPARE.match(key):
        return "2"
    found = _ORDINAL.search(key)
    return next(filter(None, found.groups()), "").translate(_DIGITS) if found else ""
