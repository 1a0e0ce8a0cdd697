"""A homecoming in words: what contradicts, with both values, both times and both people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.homecoming import Homecoming, Merged, Tally
from zhaoshang_desktop.domain.changes import NAMELESS
from zhaoshang_desktop.domain.homecoming import GONE, REMOVED, Choice, Item, RecordKey
from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.merge import RAW, Decision, Fate
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.store import merge
from zhaoshang_desktop.store.columns import decode

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_EMPTY = "（空）"
_DIGITS = 8


@dataclass(frozen=True)
class Side:
    """One of two values: what it says, and who set it when (nobody knows for what was there from the beginning)."""

    text: str
    actor: str = ""
    at: datetime | None = None

    @property
    def when(self) -> str:
        """Person and time in one line; "" when nobody knows."""
        return f"{self.actor or NAMELESS} {to_local(self.at):%m-%d %H:%M}" if self.at else self.actor


@dataclass(frozen=True)
class Conflict:
    """A field that both changed, to be chosen."""

    choice: Choice
    kind: str
    record: str
    label: str
    pack: Side
    office: Side


def conflicts_of(office: Office, home: Homecoming) -> list[Conflict]:
    """All conflicts as the twins stand, in words."""
    pairs = home.conflicts()
    set_here = merge.last_set(office, [item.choice(decision) for item, decision in pairs])
    return [_conflict(office, home, item, decision, set_here) for item, decision in pairs]


def _conflict(
    office: Office, home: Homecoming, item: Item, decision: Decision, set_here: Mapping[Choice, tuple[str, datetime]]
) -> Conflict:
    choice, record = item.choice(decision), item.record
    name = "made" if decision.name == GONE else decision.name
    batch = home.cargo.batches.get(item.edit.made if name == "made" else item.edit.origin(decision.name))
    there = (batch.actor, _time(batch.at)) if batch else ("", None)
    here = set_here.get(choice, ("", None))
    texts = _texts(office, home, record, decision)
    return Conflict(
        choice,
        RECORD_TITLES[record.NOUN],
        item.title or _owner_title(office, home, item),
        label_of(record, decision.name),
        Side(texts[0], *there),
        Side(texts[1], *here),
    )


@dataclass(frozen=True)
class News:
    """What comes of one record without being asked about: what was done to which, field by field, by whom and when."""

    done: str
    record: str
    what: str
    when: str


def news_of(office: Office, home: Homecoming) -> list[News]:
    """Everything that is taken as it came, in words; what has to be chosen is not among it."""
    found = ((item, [one for one in item.decisions.values() if one.news]) for item in home.items())
    return [_news(office, home, item, decisions) for item, decisions in found if decisions]


def _news(office: Office, home: Homecoming, item: Item, decisions: Sequence[Decision]) -> News:
    record, new = item.record, item.is_new
    removed = any(one.name == REMOVED and one.theirs for one in decisions)
    told = [_field_news(office, home, record, one, new=new) for one in decisions if one.name != REMOVED]
    made = item.edit.made if item.edit.base is None else item.edit.origin(decisions[0].name)
    batch = home.cargo.batches.get(made)
    side = Side("", batch.actor, _time(batch.at)) if batch else Side("")
    verb = "移除" if removed else "补充" if item.is_twin else "新增" if new else "修改"
    title = item.title or _owner_title(office, home, item)
    return News(f"{verb}{RECORD_TITLES[record.NOUN]}", title, "；".join(told), side.when)


def _field_news(office: Office, home: Homecoming, record: type[Record], one: Decision, *, new: bool) -> str:
    before = "" if new or one.ours is None else f"（原来：{text_of(office, home, record, one.name, one.ours)}）"
    return f"{label_of(record, one.name)}：{text_of(office, home, record, one.name, one.value)}{before}"


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def label_of(record: type[Record], name: str) -> str:
    """What a person calls a field of a decision."""
    if name in (REMOVED, GONE):
        return "去留"
    if name.startswith(RAW):
        return f"{label_of(record, name.removeprefix(RAW))}（原文）"
    try:
        return field_of(record, name).label
    except KeyError:
        return name


def _texts(office: Office, home: Homecoming, record: type[Record], decision: Decision) -> tuple[str, str]:
    """What the laptop says and what the office says."""
    if decision.name == GONE:
        removed = REMOVED in (decision.theirs or {})
        return "出差时改过，又移到了回收站" if removed else "出差时还在用", "办公室已彻底删除"
    if decision.name == REMOVED:
        return tuple("移到回收站" if side else "保留，有修改" for side in (decision.theirs, decision.ours))  # type: ignore[return-value]
    pack = text_of(office, home, record, decision.name, decision.theirs)
    here = text_of(office, home, record, decision.name, decision.ours)
    if pack == here and not decision.name.startswith(RAW):
        kind = field_of(record, decision.name).kind
        if isinstance(kind, Link):  # two records of one name
            known = home.known.has(RecordKey(kind.noun, int(decision.theirs)))
            return f"{pack}（{'包里选的' if known else '包里新建'}）", f"{here}（办公室已有）"
    return pack, here


def text_of(office: Office, home: Homecoming, record: type[Record], name: str, stored: Any) -> str:
    """A stored value as a person reads it."""
    if stored is None:
        return _EMPTY
    if name.startswith(RAW):
        return str(stored)
    field = field_of(record, name)
    if isinstance(field.kind, Link):
        return title_of(office, home, RecordKey(field.kind.noun, int(stored)))
    if isinstance(field.kind, Links):
        keys = (RecordKey(field.kind.noun, int(key)) for key in json.loads(stored))
        return "、".join(title_of(office, home, key) for key in keys)
    return field.kind.write(decode(field, stored))


def title_of(office: Office, home: Homecoming, key: RecordKey) -> str:
    """What a record is called, here or on the laptop."""
    record = RECORDS[key.noun]
    found = home.known.fields.get(key) or home.cargo.states.get(key)
    if found is None:
        rows = office.rows(record, [key.key])
        return rows[0].title if rows else "（已不在）"
    return str(found.get(record.TITLE) or "")


def _owner_title(office: Office, home: Homecoming, item: Item) -> str:
    """A record without a name of its own is called after what it belongs to."""
    record = item.record
    owner = (item.ours or item.edit.theirs or {}).get(record.OWNER) if record.OWNER else None
    kind = field_of(record, record.OWNER).kind if record.OWNER else None
    return title_of(office, home, RecordKey(kind.noun, int(owner))) if owner and isinstance(kind, Link) else ""


def came(tally: Tally) -> str:
    """What a homecoming brings, in one line."""
    parts = [
        f"{verb}{RECORD_TITLES[noun]} {count} 条"
        for verb, counts in (
            ("新增", tally.new),
            ("并到已有的", tally.twins),
            ("修改", tally.changed),
            ("移除", tally.removed),
        )
        for noun, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]
    return "，".join(parts) or "没有新的改动"


def said(merged: Merged) -> list[str]:
    """What a merge did and how both sides compare, line by line."""
    lines = [
        f"带回 {merged.taken} 处改动，{merged.records} 条记录；两边一样 {merged.same} 处，按办公室 {merged.kept} 处。"
    ]
    verdict = "一致" if merged.is_whole else "不一致"
    lines.append(
        f"核对：应到 {merged.records} 条（{merged.sent[:_DIGITS]}），"
        f"实到 {merged.arrived_records} 条（{merged.arrived[:_DIGITS]}），{verdict}。"
    )
    if merged.left:
        lines.append(f"没有带回（所属记录已彻底删除）：{'、'.join(merged.left)}。")
    return lines


def fields_words(tally: Tally) -> str:
    """How many fields become what."""
    named: Sequence[tuple[Fate, str]] = (
        (Fate.TAKEN, "直接带回"),
        (Fate.JOINED, "两边合并"),
        (Fate.SAME, "两边一样"),
        (Fate.CONFLICT, "要选定"),
    )
    return "，".join(f"{words} {tally.fields[fate]} 处" for fate, words in named if tally.fields.get(fate))
