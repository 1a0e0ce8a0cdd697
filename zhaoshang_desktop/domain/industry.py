"""所属行业: GB/T 4754-2017, its sections (A–T) and divisions (A01–T97), each with its 三次产业.

The sectors follow 三次产业划分规定 as of 2018: 05, 11 and 43 are services.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from zhaoshang_desktop.domain import tables

_CODE = re.compile(r"^([A-T])?(\d{2})?")
_ENDINGS = re.compile(r"(制造业|服务业|加工业|生产业|行业|产业|制造|服务|加工|业)$")
_SPOKEN = {
    "新材料": "C30",
    "化工": "C26",
    "医药": "C27",
    "生物医药": "C27",
    "食品": "C14",
    "装备制造": "C35",
    "机械": "C34",
    "电子": "C39",
    "电子信息": "C39",
    "汽车零部件": "C36",
    "新能源": "C38",
    "钢铁": "C31",
    "物流": "G59",
    "软件": "I65",
    "金融": "J",
    "旅游": "N78",
}


@dataclass(frozen=True)
class Industry:
    """A section or division; `sector` is 第一产业, 第二产业 or 第三产业 (of a section: of most of it)."""

    code: str
    name: str
    sector: str

    @property
    def label(self) -> str:
        """What a list shows: "C27 医药制造业"."""
        return f"{self.code} {self.name}"


@cache
def industries() -> dict[str, Industry]:
    """All of them by code, in the order of the standard."""
    return {row["code"]: Industry(row["code"], row["name"], row["sector"]) for row in tables.rows("industries")}


def find(text: str) -> Industry | None:
    """The industry that a text names by code or name; None when it is none or could be several.

    Codes of groups and classes ("C2710", "2710") give their division.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    coded = _by_code(plain)
    if coded is not None:
        return coded
    word = re.sub(r"[\s·\-—>/]", "", plain)
    if not word:
        return None
    exact = [industry for industry in industries().values() if industry.name == word]
    if exact:
        return exact[-1]
    if word in _SPOKEN:
        return industries()[_SPOKEN[word]]
    stem = _stem(word)
    close = [industry for industry in industries().values() if stem and _stem(industry.name) == stem]
    return close[-1] if close else None


def _by_code(text: str) -> Industry | None:
    match = _CODE.match(text.upper())
    if match is None or not match[0]:
        return None
    section, division = match.groups()
    rest = text[match.end() :].lstrip("0123456789").strip()
    if division is None:
        found = industries().get(section)
        return found if found is not None and rest in {"", found.name} else None
    return next(
        (i for i in industries().values() if i.code[1:] == division and (section is None or i.code[0] == section)), None
    )


def _stem(name: str) -> str:
    return _ENDINGS.sub("", name)
