"""Places: 行政区划代码 of six digits, or "X:" with the name of a 国家（地区） abroad.

A text is read along the tree (province, city, county), each level by its full name or by what
people leave of it ("无锡", "苏州工业园区", "昌江县"). What could be several places is not guessed.
台湾, 香港 and 澳门 are in the table of divisions; the table of countries has none of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.errors import NotUnderstood

ABROAD = "X:"
_EARTH_KM = 6371.0
_GAP = re.compile(r"[\s·•/\-—,，.。>]+")
_HEAD = re.compile(r"^(中华人民共和国|中国)(?=.)")
_STREET = re.compile(r"^(大?[路街道巷]|大街|胡同)")
_FILLER = re.compile(r"^(市辖区|市辖县|省直辖县级?|自治区直辖县级?|行政区划)")
_NOTHING = frozenset(("", "省", "市", "区", "县", "州", "市辖区", "境内", "人"))  # words after a place that add nothing
_TOWN = re.compile(r"(镇|乡|街道|街道办事处)$")
_SPOKEN = {
    "内蒙": "150000",
    "博州": "652700",
    "巴州": "652800",
    "克州": "653000",
    "蓟县": "120119",
    "杨凌": "610403",
    "杨凌区": "610403",
}
_CONTESTED = {"朝阳"}  # a district of Beijing is meant at least as often as the city of Liaoning
_ZONES = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济技术开发区", "开发区"),
    ("经济开发区", "经开区"),
    ("经济开发区", "开发区"),
)


@dataclass(frozen=True)
class Region:
    """A division; `short` is its name without 省, 市, 县 and the like; the point is its seat's."""

    code: str
    name: str
    short: str
    point: tuple[float, float]

    @property
    def level(self) -> int:
        """0 province, 1 city, 2 county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2


@dataclass(frozen=True)
class Regions:
    """The tables, ready to be asked; `forms` is every way to write a name, with whose it is."""

    of: dict[str, Region]
    countries: dict[str, str]
    forms: dict[str, list[str]] = field(default_factory=dict)
    longest: int = 0


@dataclass(frozen=True)
class Reading:
    """A place that a text may mean, how many of its characters say so, and what follows them."""

    code: str
    used: int
    level: int
    rest: str


def build(divisions: Iterable[Region], countries: dict[str, str]) -> Regions:
    """The tables from their rows; `countries` is every way to write one, with its shown name."""
    of = {region.code: region for region in divisions}
    forms: dict[str, list[str]] = defaultdict(list)
    for region in of.values():
        above = [of[code] for code in _above(region.code, of)]
        for form in _forms(region, above):
            forms[form].append(region.code)
    for form, code in _SPOKEN.items():
        if code in of:
            forms[form].append(code)
    return Regions(of, countries, dict(forms), max(map(len, [*forms, *countries]), default=0))


@cache
def regions() -> Regions:
    """The shipped tables."""
    divisions = [
        Region(row["code"], row["name"], row["short"], (float(row["lon"]), float(row["lat"])))
        for row in tables.rows("regions")
    ]
    countries = {}
    for row in tables.rows("countries"):
        for written in (row["name"], *filter(None, row["also"].split("、"))):
            countries[unicodedata.normalize("NFKC", written)] = row["name"]
    return build(divisions, countries)


def read_place(text: str) -> str:
    """The code of the place written; NotUnderstood, with the places it could be, when it is not one."""
    found = candidates(text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotUnderstood(f"没有找到“{text.strip()}”这个地区，请写省、市、县的名称")
    names = "、".join(place_name(code) for code in found[:6])
    raise NotUnderstood(f"可能是{names}{'等' if len(found) > 6 else ''}，请写明上级地区")


def candidates(text: str) -> list[str]:
    """The codes the text may mean, all equally good; none when it begins with no place."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix(ABROAD)
    first, *others = re.split("[、;；]", plain)
    codes = list(_meant(first))
    for other in filter(None, map(_meant, others)):
        closer = [code for code in other if any(is_within(code, wider) for wider in codes)]
        wider = [code for code in codes if any(is_within(code, above) for above in other)]
        codes = closer or wider or [*codes, *other]
    return codes


@lru_cache(maxsize=4096)
def said_besides(text: str) -> str:
    """What a text that was read says besides the place: 首尔 of 韩国首尔, the street of an address."""
    first, *others = re.split("[、;；]", unicodedata.normalize("NFKC", text).strip().removeprefix(ABROAD))
    readings = _readings(first)
    rest = readings[0].rest.strip(" ()") if readings and not others else ""
    return "" if rest in _NOTHING else rest


def _meant(text: str) -> tuple[str, ...]:
    """The codes that one place may mean."""
    return tuple(dict.fromkeys(reading.code for reading in _readings(text)))


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[Reading, ...]:
    """The best ways to read a place; of the same word, a province goes before a city, a city before a county."""
    known = regions()
    plain = _HEAD.sub("", _GAP.sub(" ", text).strip())
    if re.fullmatch(r"\d{6}(0{6})?", plain):
        return (Reading(plain[:6], 6, 0, ""),) if plain[:6] in known.of else ()
    readings = [*_walk(known, plain, "", 0), *_abroad(known, plain)]
    most = max((reading.used for reading in readings), default=0)
    best = [reading for reading in readings if reading.used == most]
    top = 2 if plain in _CONTESTED else min((reading.level for reading in best), default=0)
    return tuple(reading for reading in best if reading.level <= top)


@lru_cache(maxsize=4096)
def with_place(place: str, address: str) -> str:
    """Where somebody is found: an address after the words of its place, unless it says them itself."""
    if place and address and place.rsplit(maxsplit=1)[-1] in address:
        return address
    return "，".join(part for part in (place, address) if part)


def place_name(code: str) -> str:
    """What a list shows: "江苏 无锡", "江苏 苏州 昆山市", "上海", "日本"; it reads back as the same code."""
    if code.startswith(ABROAD):
        return code.removeprefix(ABROAD)
    known = regions().of
    if code not in known:
        return " ".join(known[above].short for above in parents(code)) or code
    region = known[code]
    own = region.name if region.level == 2 else region.short
    if region.level == 2 and parents(code):
        nearest = known[parents(code)[-1]].short
        own = own.removeprefix(nearest) if _is_zone(own, nearest) else own
    return " ".join([*(known[above].short for above in parents(code)), own])


def full_name(code: str) -> str:
    """What a paper prints: "江苏省无锡市新吴区"."""
    known = regions().of
    if code not in known:
        return place_name(code)
    return "".join(known[each].name for each in [*parents(code), code])


def parents(code: str) -> tuple[str, ...]:
    """The divisions above, the province first; none abroad."""
    return tuple(_above(code, regions().of))


def is_within(code: str, area: str) -> bool:
    """Whether the place is the area or lies in it."""
    return code == area or area in parents(code)


def in_one_town(one: str, other: str) -> bool:
    """Whether one stays in town between them: they are the same place, or 市辖区 of one city, or it and one of them."""
    return bool(one) and (one == other or _town(one) == _town(other) != "")


def _town(code: str) -> str:
    """The city that a place is or is a district of, "" for a county and for a whole province."""
    region, above = regions().of.get(code), parents(code)
    if region is None:
        return ""
    if region.level == 2:
        return above[-1] if above and region.name.endswith("区") else ""
    return code if region.level == 1 or region.name.endswith("市") else ""


def is_overseas(code: str) -> bool:
    """境外: abroad, or 台湾, 香港, 澳门, whose capital counts so."""
    return code.startswith(ABROAD) or code[:2] in {"71", "81", "82"}


def country_of(code: str) -> str:
    """The 国家（地区） of a place abroad, "" for all of ours and for a place that is not known."""
    return code.removeprefix(ABROAD) if code.startswith(ABROAD) else ""


def point_of(code: str) -> tuple[float, float] | None:
    """Longitude and latitude of the seat, of the nearest division above when it is not known; None abroad."""
    known = regions().of
    for each in (code, *reversed(parents(code))):
        if each in known:
            return known[each].point
    return None


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Along the great circle, between two points of longitude and latitude in degrees."""
    (lon_a, lat_a), (lon_b, lat_b) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


_ANGLE = re.compile(
    r"(?P<before>[NSEWnsew]|北纬|南纬|东经|西经|纬度|经度)?[:：\s]*(?P<number>[+-]?\d+(?:\.\d+)?)\s*°?"
    r"(?:\s*(?P<minutes>\d+(?:\.\d+)?)\s*['′分])?(?:\s*(?P<seconds>\d+(?:\.\d+)?)\s*(?:[\"秒]|''|′′))?\s*(?P<after>[NSEWnsew])?"
)
_LATITUDE = {"N": 1, "S": -1, "北纬": 1, "南纬": -1, "纬度": 1}
_LONGITUDE = {"E": 1, "W": -1, "东经": 1, "西经": -1, "经度": 1}


def read_point(text: str) -> tuple[float, float]:
    """Longitude and latitude in degrees; either order where marks or China's extent tell which is which."""
    plain = re.sub(r"(?<=\d)\s*度", "°", unicodedata.normalize("NFKC", text))
    found = list(_ANGLE.finditer(plain))
    if len(found) != 2:
        raise NotUnderstood("应是经度和纬度，例如 120.301663, 31.574729")
    (first, first_mark), (second, second_mark) = (_angle(match) for match in found)
    marked_backwards = first_mark in _LATITUDE or second_mark in _LONGITUDE
    looks_backwards = not (first_mark or second_mark) and abs(first) <= 55 and abs(second) >= 73
    lon, lat = (second, first) if marked_backwards or looks_backwards else (first, second)
    if abs(lon) > 180 or abs(lat) > 90:
        raise NotUnderstood("经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间")
    return lon, lat


def _angle(match: re.Match[str]) -> tuple[float, str]:
    mark = (match["before"] or match["after"] or "").upper()
    value = float(match["number"]) + float(match["minutes"] or 0) / 60 + float(match["seconds"] or 0) / 3600
    return value * (_LATITUDE | _LONGITUDE).get(mark, 1), mark


def _above(code: str, of: dict[str, Region]) -> Iterator[str]:
    for above in (code[:2] + "0000", code[:4] + "00"):
        if above != code and above in of:
            yield above


def _forms(region: Region, above: list[Region]) -> set[str]:
    """Every way to write the name of a division."""
    forms = {region.name}
    if not _TOWN.search(region.name):
        forms.add(region.short)
    if region.name.endswith(("自治州", "自治县", "自治旗")):
        forms.add(region.short + region.name[-1])
    for upper in reversed(above):
        forms |= {form.removeprefix(head) for form in forms for head in (upper.name, upper.short)}
    for official, spoken in _ZONES:
        forms |= {form.removesuffix(official) + spoken for form in forms if form.endswith(official)}
    return {form for form in forms if len(form) > 1}


def _walk(known: Regions, text: str, area: str, used: int) -> Iterator[Reading]:
    """Every way to read the beginning of the text as divisions inside the area."""
    for length in range(2, min(known.longest, len(text)) + 1):
        for code in known.forms.get(text[:length], ()):
            region = known.of[code]
            inside = not area or area in _above(code, known.of)
            cut_short = text[:length] != region.name and _STREET.match(text[length:])
            if not inside or cut_short:
                continue
            yield Reading(code, used + length, region.level, text[length:])
            rest = _FILLER.sub("", text[length:].lstrip()).lstrip()
            rest = rest.removeprefix(region.name).lstrip()
            yield from _walk(known, rest, code, used + length)


def _abroad(known: Regions, text: str) -> Iterator[Reading]:
    for length in range(2, min(known.longest, len(text)) + 1):
        if text[:length] in known.countries:
            yield Reading(ABROAD + known.countries[text[:length]], length, 0, text[length:])


def _is_zone(name: str, city: str) -> bool:
    return name.startswith(city) and name.endswith(("开发区", "园区", "高新区", "示范区"))
