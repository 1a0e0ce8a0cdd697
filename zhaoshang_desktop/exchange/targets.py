"""Where a column can go: a field of the record, a field of what belongs to it, or a few that need splitting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.kinds import Kind
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import STEPS, Milestone
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.exchange.heading import header_key

PARTS: dict[type[Record], dict[str, type[Record]]] = {
    Investor: {"contacts": Contact},
    Project: {"stakes": Stake, "milestones": Milestone},
}
"""The records that a row brings along, by the first half of their paths."""
CONTACTS = ("contacts", "contacts2", "contacts3")
"""The first half of the paths of the first, second and third person in a row."""
UNIT = "unit"
"""The first half of the paths of columns that say the unit of an amount."""

_PART_LABELS = {
    "contacts": "联系人",
    "contacts2": "联系人2",
    "contacts3": "联系人3",
    "stakes": "投资方",
    "milestones": "阶段",
}
_PERSON_WORDS = re.compile(
    r"(联系人|姓名|负责人|法人|联络人).{0,4}[及和与、/,，&+]?.{0,2}(电话|手机|方式|号码)|(电话|手机|联系方式).{0,3}[及和与、/]联系人"
)
_PLAIN_PHONE = re.compile(r"(联系人|负责人|法人)(的?联系)?(电话|手机|手机号码?|联系方式|电话号码)")
_STEP_DATE = re.compile(r"(预计|计划|拟)?(.{1,8}?)(时间|日期|年月)")
_CHILD_RANK = 0.02


@dataclass(frozen=True)
class Target:
    """`path` is "name", "contacts.mobile", "contacts.person" (name and telephone in one), "point.lon",
    "milestones.签约" (the day of a step), "milestones.计划签约" or "unit.total" (the unit of an amount)."""

    path: str
    label: str
    kind: Kind

    @property
    def part(self) -> str:
        """The first half of the path where it leads to another record, else ""."""
        first, joint, _ = self.path.partition(".")
        return first if joint and first not in ("point", UNIT) else ""


_TARGETS: dict[type[Record], dict[str, Target]] = {}
_HEADINGS: dict[type[Record], dict[str, tuple[str, float]]] = {}


def targets_of(record: type[Record]) -> dict[str, Target]:
    """Everything a column of a list of such records can be, by path, in the order to offer it."""
    if record not in _TARGETS:
        _TARGETS[record] = {target.path: target for target in _targets(record)}
    return _TARGETS[record]


def read_parts(record: type[Record]) -> dict[str, type[Record]]:
    """What a row can tell of besides its record, by the first half of the path: further people each have their own."""
    parts = PARTS.get(record, {})
    return parts | (dict.fromkeys(CONTACTS, Contact) if "contacts" in parts else {})


def known_headings(record: type[Record]) -> dict[str, tuple[str, float]]:
    """Heading (as `header_key`) → the path it means, and how surely: labels, then aliases, then those of parts."""
    if record not in _HEADINGS:
        _HEADINGS[record] = _headings(record)
    return _HEADINGS[record]


def _targets(record: type[Record]) -> list[Target]:
    found = [Target(field.name, field.label, field.kind) for field in _typed_fields(record)]
    for part, child in read_parts(record).items():
        label = _PART_LABELS[part]
        found += [
            Target(f"{part}.{field.name}", label if field.label == label else f"{label} · {field.label}", field.kind)
            for field in _typed_fields(child)
            if field.name != child.OWNER
        ]
        if child is Contact:
            found.append(Target(f"{part}.person", f"{label} · 姓名和电话（拆分）", kinds.Text()))
    if "milestones" in PARTS.get(record, {}):
        found += [Target(f"milestones.{step}", f"{step}日期", kinds.When()) for step in STEPS]
        found += [Target(f"milestones.计划{step}", f"计划{step}日期", kinds.When()) for step in STEPS]
    if any(target.path == "point" for target in found):
        found += [Target("point.lon", "坐标 · 经度", kinds.Point()), Target("point.lat", "坐标 · 纬度", kinds.Point())]
    amounts = [target for target in found if isinstance(target.kind, kinds.Amount) and not target.part]
    return found + [Target(f"{UNIT}.{one.path}", f"金额单位 · {one.label}", kinds.Text()) for one in amounts]


def _headings(record: type[Record]) -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}

    def learn(words: tuple[str, ...], path: str, rank: float) -> None:
        for word in words:
            key = header_key(word)
            if key and found.get(key, ("", 0.0))[1] < rank:
                found[key] = (path, rank)

    derived = {field.name: field for field in fields_of(record) if field.spec.derived}
    for field in _typed_fields(record):
        learn((field.label,), field.name, 1.0)
        learn(field.spec.aliases, field.name, 0.95)
    for part, child in PARTS.get(record, {}).items():
        for field in _typed_fields(child):
            if field.name != child.OWNER:
                learn((field.label, f"{_PART_LABELS[part]}{field.label}"), f"{part}.{field.name}", 1.0 - _CHILD_RANK)
                learn(field.spec.aliases, f"{part}.{field.name}", 0.95 - _CHILD_RANK)
    if "stage" in derived and "milestones" in PARTS.get(record, {}):
        learn((derived["stage"].label, *derived["stage"].spec.aliases), "milestones.step", 1.0)
    if "point" in {field.name for field in fields_of(record)}:
        learn(("经度", "东经", "lon", "lng", "longitude"), "point.lon", 1.0)
        learn(("纬度", "北纬", "lat", "latitude"), "point.lat", 1.0)
    return found


def special_heading(record: type[Record], key: str) -> str:
    """The path of a heading no list of words can hold: a person with telephone, the day of a step; "" for none."""
    parts = PARTS.get(record, {})
    if "contacts" in parts and _PERSON_WORDS.search(key) and not _PLAIN_PHONE.fullmatch(key):
        return "contacts.person"
    found = _STEP_DATE.fullmatch(key) if "milestones" in parts else None
    if found and found[2] in STEPS:
        return f"milestones.{'计划' if found[1] else ''}{found[2]}"
    return ""


def told_by(record: type[Record]) -> dict[str, str]:
    """Fields that need no column of their own where another has one: a lead without a headline has its first words."""
    return {Lead.TITLE: "content"} if record is Lead else {}


def key_of_part(record: type[Record], path: str) -> str:
    """The path that says which child a path tells of (whose role, which step's evidence); "" where it needs none.

    A contact may be told without his name, and the day of a step says itself which step it is.
    """
    part, _, name = path.rpartition(".")
    child = PARTS.get(record, {}).get(part)
    if child is None or child is Contact or name not in {field.name for field in fields_of(child)}:
        return ""
    required = (field.name for field in fields_of(child) if field.spec.required and field.name != child.OWNER)
    return f"{part}.{next(required)}"


def _typed_fields(record: type[Record]) -> list[Field]:
    return [field for field in fields_of(record) if not field.spec.derived]
