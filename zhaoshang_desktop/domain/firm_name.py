"""What is left of a firm's name when region and legal form are taken away.

A name is 行政区划＋字号＋行业＋组织形式 (企业名称登记管理规定, 2021).
Two firms whose core is the same and whose regions do not contradict each other are likely one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.text import folded

_FORMS = re.compile(
    r"(股份有限责任公司|有限责任公司|股份有限公司|集团有限公司|控股有限公司|有限公司|分公司|总公司|公司|集团|控股|厂|"
    r"合作社|合伙企业|普通合伙|有限合伙|事务所|co\.?,?ltd\.?|inc\.?|corp\.?|gmbh)+$"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_REGION = re.compile(
    r"^(?:中国)?((?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|"
    r"四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|自治区)?|[^市县区]{2,4}(?:市|县|区))"
)
_LEAST_CORE = 2


Core = tuple[str, frozenset[str]]
"""What is left of a name, and the regions that were taken away."""


@lru_cache(maxsize=4096)
def firm_core(name: str) -> Core:
    """The core of a firm's name and the regions in it: "江苏青禾新材料有限公司" → ("青禾新材料", {"江苏"})."""
    text = folded(name).replace(" ", "").replace("（", "(").replace("）", ")")
    regions: set[str] = set()
    for inside in _BRACKETS.findall(text):
        if not _FORMS.fullmatch(inside):
            regions.add(inside.rstrip("省市县区"))
    text = _FORMS.sub("", _BRACKETS.sub("", text))
    found = _REGION.match(text)
    if found and len(text) - found.end() >= _LEAST_CORE:
        regions.add(found.group(1).rstrip("省市县区"))
        text = text[found.end() :]
    return text, _together(*sorted(regions))


def spoken_name(name: str, short_name: str = "", place: str = "") -> str:
    """What a firm is called for short: its short name, else its name without region and legal form."""
    if short_name:
        return short_name
    core = firm_core(name)[0]
    for area in place_name(place).split() if place else ():
        bare = area.rstrip("省市县区")
        if len(bare) > 1 and core.startswith(bare) and len(core) - len(bare) > 1:
            core = core.removeprefix(bare)
    return core if len(core) > 1 else name


@lru_cache(maxsize=1024)
def _together(*regions: str) -> frozenset[str]:
    """One set for all names with these regions, of which there are few."""
    return frozenset(regions)


def same_core(one: Core, another: Core) -> bool:
    """Are two names with these cores likely one firm's?"""
    core, regions = one
    other_core, other_regions = another
    return (
        len(core) >= _LEAST_CORE
        and core == other_core
        and (not regions or not other_regions or bool(regions & other_regions))
    )
