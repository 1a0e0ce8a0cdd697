"""What somebody can, read from their record: what is stated, and what unit, authority and experience tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.region import parents
from zhaoshang_desktop.domain.unit import Member

LEADING = "带队"
SIGNS: dict[str, tuple[str, ...]] = {
    "谈判": ("谈判", "洽谈"),
    "产业技术": ("产业技术", "工程师", "研发", "技术主管", "产业研究"),
    "项目审批": ("审批", "立项", "项目备案", "核准"),
    "环评能评": ("环评", "能评", "环境影响", "节能审查"),
    "经营主体登记": ("主体登记", "注册登记", "工商登记", "营业执照"),
    "法律": ("法律", "法务", "律师"),
    "财税金融": ("财税", "金融", "银行", "信贷"),
    "外经贸": ("外经贸", "外贸", "海关"),
}
"""By skill the words that tell of it, in whatever field they stand."""
UNITS: dict[str, tuple[str, ...]] = {
    "项目审批": ("行政审批", "发展和改革", "发改"),
    "环评能评": ("生态环境", "环保局"),
    "经营主体登记": ("市场监管", "市场监督"),
}
_LEADERS = ("县长", "书记", "局长", "主任", "部长", "区长", "镇长", "会长", "组长")
_NO_LEADERS = ("科员", "办主任")
_HIGH_RANKS = ("一类", "二类")
STATED = ""


@dataclass(frozen=True)
class Abilities:
    """`known` has for each ability where it is known from, "" when it is stated outright."""

    known: dict[str, str] = field(default_factory=dict)

    def __contains__(self, ability: str) -> bool:
        return ability in self.known

    def said(self, ability: str) -> str:
        """The ability, with its source where that is not a plain statement."""
        source = self.known.get(ability, STATED)
        return f"{ability}（{source}）" if source else ability


def abilities_of(record: Member | Expert, unit: str = "") -> Abilities:
    """Of one of ours (with the name of the unit) or an expert; a level after a language is not asked for."""
    known: dict[str, str] = {}
    for language in record.languages:
        if language.split():
            known.setdefault(language.split()[0], STATED)
    for skill in record.skills:
        known.setdefault(skill, STATED)
    _read(known, " ".join(record.skills), STATED)
    if isinstance(record, Member):
        _read(known, record.authority, "授权事项")
        _read(known, record.experience, "经历")
        for skill, words in UNITS.items():
            if any(word in unit for word in words):
                known.setdefault(skill, unit)
        if _leads(record):
            known.setdefault(LEADING, record.duty or record.rank)
    return Abilities(known)


def same_home(one: str, other: str) -> str:
    """The city that two home places share, "" when they share none or only a province."""
    if not one or not other:
        return ""
    shared = [code for code in (*parents(one), one) if code in (*parents(other), other)]
    inside = [code for code in shared if not code.endswith("0000") or code[:2] in ("11", "12", "31", "50")]
    return inside[0] if inside else ""


def _read(known: dict[str, str], text: str, source: str) -> None:
    for skill, words in SIGNS.items():
        if any(word in text for word in words):
            known.setdefault(skill, source)


def _leads(member: Member) -> bool:
    by_duty = any(word in member.duty for word in _LEADERS) and not any(word in member.duty for word in _NO_LEADERS)
    return member.rank in _HIGH_RANKS or by_duty
