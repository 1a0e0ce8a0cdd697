"""The people named in one cell: 张总/李经理, 周远航 138…, 许厂长/李经理 0510-8888 7777."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import UNTOLD, plain
from zhaoshang_desktop.domain.phone import read_phones
from zhaoshang_desktop.domain.text import unstretched, words

_CORES = words(
    "董事长 董事 总裁 总经理 经理 副总 总监 厂长 主任 会长 秘书长 理事长 理事 院长 所长 校长 社长 站长 书记 镇长 县长 "
    "市长 区长 局长 处长 科长 部长 主席 行长 店长 队长 组长 馆长 教授 博士 研究员 工程师 总工 讲师 主管 专员 助理 秘书 "
    "董秘 老板 老师 合伙人 创始人 法定代表人 法人代表 法人 负责人 会计 律师 顾问 代表 CEO CTO CFO COO CMO"
)
_MODIFIERS = words(
    "常务 执行 副 高级 资深 首席 联合 名誉 总 大区 区域 华东 华南 华北 华中 西南 中国区 亚太区 销售 市场 营销 项目 "
    "投资 招商 技术 生产 行政 财务 人事 人力资源 研发 运营 采购 品牌 商务 战略 办公室 总裁 董事会 董事长 总经理 "
    "市场部 销售部 投资部 发展部 战略发展部 投资发展部 战略投资部 技术部 研发部 生产部 财务部 人事部 综合部 行政部 "
    "企划部 国际部 法务部 证券部 运营部 采购部 工程部 商务部 招商部 项目部 事业部"
)
_POST = rf"(?:{'|'.join(_MODIFIERS)})*(?:{'|'.join(_CORES)})"
_POSTS = rf"{_POST}(?:[兼、·]{_POST})*"
_POST_LAST = re.compile(rf"(?P<name>.+?)\s*\(?(?P<post>{_POSTS})\)?")
_POST_FIRST = re.compile(rf"(?P<post>{_POSTS})\s*:?\s*(?P<name>[^\s:].*)")
_SALUTED = re.compile(r"(?P<name>.{2,4})(?:先生|女士|小姐|总|工)")
_CHINESE = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_LATIN = r"[^\W\d_\u3400-\u9fff]"
_NAME = re.compile(
    rf"{_CHINESE}{{2,4}}|{_CHINESE}+(?:·{_CHINESE}+)+|{_LATIN}+\.?(?:[ .'’-]+{_LATIN}+\.?)+|{_LATIN}{{2,}}"
)
_PADDED = re.compile(rf"^({_CHINESE})\s+({_CHINESE})(?!{_CHINESE})")
_SURNAMES = frozenset(
    words("欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 长孙 宇文 鲜于 南宫 独孤 澹台 呼延")
)
_PHONE = re.compile(
    r"(?:电话|手机|Tel)?\s*:?\s*"
    r"(?P<number>[+(]?\d[\d\s()+·.‐‑‒–—―-]*\d(?:\s*(?:转接?|分机号?|ext\.?)\s*:?\s*\d{1,6})?)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[、,;/\\|\n]")
_LABEL = re.compile(r"^(?:企业)?(?:联系人|姓名)\s*:\s*")
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_MORE_THAN_NAMES = frozenset("".join([*_CORES, *UNTOLD, "先生女士小姐总工联系人姓名"]))
"""The characters without which a text has no post, no form of address and no word for what is not known."""


def split_person(text: str) -> tuple[tuple[str, str, str], ...]:
    """The people of a cell as (name, post, telephone).

    Where only the surname is told the name stays as he is called (张总, 许厂长). A number after
    several names is everybody's; as many numbers as names are dealt out in order.
    """
    if _PLAIN_NAME.fullmatch(text) and _MORE_THAN_NAMES.isdisjoint(text):
        return ((text, "", ""),)
    return _split(text)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[tuple[str, str, str], ...]:
    plain(text)
    flat = unicodedata.normalize("NFKC", text).strip()
    people: list[tuple[str, str, str]] = []
    waiting: list[tuple[str, str]] = []
    numbers: list[str] = []
    for is_number, part in _parts(_LABEL.sub("", flat)):
        if is_number:
            numbers += read_phones(part).split("、")
            continue
        if numbers:
            people += _dealt(waiting, numbers)
            waiting, numbers = [], []
        if re.fullmatch(_POSTS, part) and waiting and not waiting[-1][1]:
            waiting[-1] = (waiting[-1][0], part)
        else:
            waiting.append(_person(part))
    return (*people, *_dealt(waiting, numbers))


def _parts(flat: str) -> list[tuple[bool, str]]:
    """The names and the numbers of a cell in their order, each with whether it is a number."""
    parts: list[tuple[bool, str]] = []
    end = 0
    for found in [*_PHONE.finditer(flat), None]:
        between = flat[end : found.start()] if found else flat[end:]
        parts += [(False, name) for name in map(_bare, _BREAK.split(between)) if name]
        if found:
            parts.append((True, found["number"]))
            end = found.end()
    return parts


def _bare(part: str) -> str:
    """Without outer space and marks; a bracket stays only with its partner."""
    part = part.strip(" :-—。.")
    return part if part.count("(") == part.count(")") and part != "()" else part.strip("() ")


def _dealt(waiting: list[tuple[str, str]], numbers: list[str]) -> list[tuple[str, str, str]]:
    if not waiting:
        raise NotUnderstood("没有写姓名")
    if len(waiting) == len(numbers):
        return [(*person, number) for person, number in zip(waiting, numbers, strict=True)]
    return [(*person, "、".join(numbers)) for person in waiting]


def _person(part: str) -> tuple[str, str]:
    """One person's name and post; NotUnderstood when the words are neither."""
    if re.fullmatch(_POSTS, part):
        raise NotUnderstood("没有写姓名")
    part = _PADDED.sub(r"\1\2", unstretched(part))
    for pattern in (_POST_LAST, _POST_FIRST):
        found = pattern.fullmatch(part)
        if found:
            name, post = found["name"].strip(" ()"), found["post"]
            if len(name) == 1 or name in _SURNAMES:
                return f"{name}{post}", post
            if _NAME.fullmatch(name):
                return name, post
    saluted = _SALUTED.fullmatch(part)
    if saluted and _NAME.fullmatch(saluted["name"]) and saluted["name"] not in _SURNAMES:
        return saluted["name"], ""
    if not _NAME.fullmatch(part):
        raise NotUnderstood(f"“{part}”不像姓名")
    return part, ""
