"""What a laptop did to a record, and what becomes of it in the office it comes home to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.merge import (
    RAW,
    Decision,
    Fate,
    Fields,
    lists_of,
    raw_apart,
    three_way,
)
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of

REMOVED = "removed"
GONE = "gone"
"""The name under which it is asked whether a record comes back that the office has erased meanwhile."""


class RecordKey(NamedTuple):
    """A record of any type."""

    noun: str
    key: int


class Choice(NamedTuple):
    """A conflict: one field of one record (`field` may be REMOVED or GONE, or begin with RAW)."""

    noun: str
    key: int
    field: str


@dataclass(slots=True)
class Edit:
    """One record that was made, changed or taken away on the laptop since it last came home.

    `base` is what it was then, None for a new one; `theirs` what it is now, None when it was erased. `origins` says
    by field in which of the laptop's batches it was set last, `made` in which the record was made or taken away.
    """

    record: type[Record]
    key: int
    base: Fields | None
    theirs: Fields | None
    origins: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def origin(self, name: str) -> int:
        """The batch in which a field (or the text beside it) was set last."""
        return self.origins.get("raw" if name.startswith(RAW) else name, self.made)


@dataclass(slots=True)
class Item:
    """What becomes of one record; `abroad` when personal information stayed out of its pack."""

    edit: Edit
    key: int
    ours: Fields | None
    decisions: dict[str, Decision] = field(default_factory=dict)
    abroad: bool = False

    @property
    def record(self) -> type[Record]:
        return self.edit.record

    @property
    def is_new(self) -> bool:
        """Does the office get a record that it never had?"""
        return self.edit.base is None and self.ours is None

    @property
    def is_twin(self) -> bool:
        """Is it new on the laptop, and one that the office has?"""
        return self.edit.base is None and self.ours is not None

    @property
    def is_erased(self) -> bool:
        """Has the office erased what the laptop still knew?"""
        return self.edit.base is not None and self.ours is None

    @property
    def conflicts(self) -> list[Decision]:
        return [one for one in self.decisions.values() if one.fate is Fate.CONFLICT]

    @property
    def title(self) -> str:
        """What a person calls the record, as the office has it or else as the laptop has it."""
        for side in (self.ours, self.edit.theirs, self.edit.base):
            said = (side or {}).get(self.record.TITLE)
            if said:
                return str(said)
        return ""

    def choice(self, decision: Decision) -> Choice:
        return Choice(self.record.NOUN, self.key, decision.name)

    def outcome(self, choices: Mapping[Choice, str]) -> dict[str, Any] | None:
        """What the office has afterwards, the texts nobody understood apart; None for no such record.

        `choices` says "pack" where the laptop's side of a conflict is chosen; without it ours stays.
        """
        if self.is_erased and GONE not in self.decisions:
            return None
        now = dict(raw_apart(self.ours or {}))
        for decision in self.decisions.values():
            chosen = decision.fate is Fate.CONFLICT and choices.get(self.choice(decision)) == "pack"
            if decision.name == GONE:
                return dict(raw_apart(self.edit.theirs or {})) if chosen else None
            now[decision.name] = decision.theirs if chosen else decision.value
        return {name: value for name, value in now.items() if value is not None}


def compare(edit: Edit, ours: Fields | None, key: int, *, removed_at: str = "", abroad: bool = False) -> Item:
    """Decides, field by field; `removed_at` is when the laptop erased what it erased (that goes into our bin)."""
    item = Item(edit, key, ours, abroad=abroad)
    base, theirs = raw_apart(edit.base or {}), raw_apart(edit.theirs or {})
    if edit.theirs is None:
        theirs = {**base, REMOVED: base.get(REMOVED) or removed_at}
    lists = lists_of(edit.record)
    if ours is None:
        _compare_missing(item, base, theirs, lists)
        return item
    now = raw_apart(ours)
    item.decisions = three_way(base, theirs, now, lists)
    if edit.base is not None:
        _decide_removal(item, base, theirs, now)
    return item


def _compare_missing(item: Item, base: Fields, theirs: Fields, lists: frozenset[str]) -> None:
    """New, or erased here: then it is asked whether what the laptop did with it brings it back. What was changed there
    and then put into the bin is asked for too: another laptop may have brought the record back before."""
    changes = three_way(base, theirs, base, lists)
    if item.edit.base is None:
        item.decisions = changes
    elif changes.keys() - {REMOVED}:
        item.decisions = {GONE: missed(item)}


def missed(item: Item) -> Decision:
    """The question whether an erased record comes back."""
    return Decision(GONE, None, item.edit.theirs, None, Fate.CONFLICT, None)


def _decide_removal(item: Item, base: Fields, theirs: Fields, ours: Fields) -> None:
    """Taken away on one side, changed on the other: that is to be chosen, even where the change is one that the side
    that took it away had made as well (who comes home first must not matter). Taken away twice is the same."""
    here, there = ours.get(REMOVED), theirs.get(REMOVED)
    if there and not base.get(REMOVED):
        fate = Fate.SAME if here else Fate.CONFLICT if _changed_here(item, base, ours) else Fate.TAKEN
        value = there if fate is Fate.TAKEN else here
        item.decisions[REMOVED] = Decision(REMOVED, None, there, here, fate, value)
    elif here and not there and not base.get(REMOVED) and item.decisions.keys() - {REMOVED}:
        item.decisions[REMOVED] = Decision(REMOVED, None, None, here, Fate.CONFLICT, here)


def _changed_here(item: Item, base: Fields, ours: Fields) -> bool:
    """Is the record another than the laptop knew? What was left out of the pack does not count."""
    return any(
        base.get(name) != ours.get(name) and not (base.get(name) is None and _may_be_left_out(item, name))
        for name in {*base, *ours} - {REMOVED}
    )


def _may_be_left_out(item: Item, name: str) -> bool:
    field = next((one for one in fields_of(item.record) if one.name == name.removeprefix(RAW)), None)
    return field is not None and ((item.abroad and field.spec.sensitive) or isinstance(field.kind, Link | Links))


def links_of(record: type[Record], fields: Fields) -> Iterable[tuple[str, RecordKey]]:
    """The records that these stored fields point to, by field: single links, and what an attachment belongs to."""
    for name, noun in _single_links(record.NOUN):
        if fields.get(name):
            yield name, RecordKey(noun, int(fields[name]))
    if record.NOUN == "attachment" and fields.get("owner"):
        yield "owner", RecordKey(str(fields.get("owner_noun")), int(fields["owner"]))


def led_to(record: type[Record], fields: Fields | None, goes: Callable[[RecordKey], int]) -> dict[str, Any] | None:
    """The same fields with every link led to where `goes` says its record is in the office."""
    if fields is None:
        return None
    led = dict(fields)
    for name, goal in links_of(record, fields):
        led[name] = goes(goal)
    for name, noun in _list_links(record.NOUN):
        if led.get(name):
            led[name] = _led_list(noun, led[name], goes)
    return led


@cache
def _single_links(noun: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.kind.noun) for one in fields_of(RECORDS[noun]) if isinstance(one.kind, Link))


@cache
def _list_links(noun: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.kind.noun) for one in fields_of(RECORDS[noun]) if isinstance(one.kind, Links))


def _led_list(noun: str, stored: str, goes: Callable[[RecordKey], int]) -> str:
    keys = dict.fromkeys(str(goes(RecordKey(noun, int(key)))) for key in json.loads(stored))
    return json.dumps([*keys], separators=(",", ":"))


@dataclass(frozen=True)
class Known:
    """What the office has now of the records that a homecoming is about, with those its links lead to.

    A record that is not there is not in `fields`.
    """

    fields: Mapping[RecordKey, Fields]

    def has(self, goal: RecordKey) -> bool:
        return goal in self.fields


def plan(
    edits: Iterable[Edit],
    known: Known,
    *,
    twins: Mapping[RecordKey, int],
    states: Mapping[RecordKey, Fields],
    stamps: Mapping[int, str],
    abroad: bool = False,
) -> list[Item]:
    """What becomes of every record; `twins` leads new records of the laptop to those of the office that they are.

    `states` are the pack's records as they are now, `stamps` when each batch of the laptop was. A record that was
    erased here and that something of the laptop's belongs to is asked for as well.
    """

    def goes(goal: RecordKey) -> int:
        return twins.get(goal, goal.key)

    items: dict[RecordKey, Item] = {}
    for edit in edits:
        here = RecordKey(edit.record.NOUN, goes(RecordKey(edit.record.NOUN, edit.key)))
        base, theirs = led_to(edit.record, edit.base, goes), led_to(edit.record, edit.theirs, goes)
        led = Edit(edit.record, edit.key, base, theirs, edit.origins, edit.made)
        removed_at = stamps.get(edit.made, "")
        items[here] = compare(led, known.fields.get(here), here.key, removed_at=removed_at, abroad=abroad)
    _ask_for_owners(items, known, states)
    return list(items.values())


def _ask_for_owners(items: dict[RecordKey, Item], known: Known, states: Mapping[RecordKey, Fields]) -> None:
    """What something of the laptop's points to and was erased here is asked for too, and what that points to."""
    todo = list(items.values())
    while todo:
        item = todo.pop()
        for _, goal in links_of(item.record, item.outcome({}) or item.edit.theirs or {}):
            if known.has(goal) or goal not in states:
                continue
            if goal not in items:
                missing = Edit(RECORDS[goal.noun], goal.key, states[goal], states[goal])
                items[goal] = Item(missing, goal.key, None)
                todo.append(items[goal])
            if items[goal].is_erased:
                items[goal].decisions = {GONE: missed(items[goal])}


@dataclass(frozen=True)
class Outcome:
    """What is to be written: each item with all its fields as the office has them afterwards (texts that nobody
    understood apart); `left` is what cannot come home, because what it belongs to stays erased."""

    writes: list[tuple[Item, dict[str, Any]]]
    left: list[Item]


def settle(items: Iterable[Item], known: Known, choices: Mapping[Choice, str]) -> Outcome:
    """The outcome of every item; a link to a record that stays erased is not taken, and what belongs to it is left."""
    outcomes = {RecordKey(item.record.NOUN, item.key): (item, item.outcome(choices)) for item in items}
    left: list[Item] = []
    changed = True
    while changed:
        changed = False
        for key, (item, fields) in outcomes.items():
            dangling = [
                name
                for name, goal in links_of(item.record, fields or {})
                if not (outcomes[goal][1] is not None if goal in outcomes else known.has(goal))
            ]
            if dangling and fields is not None:
                outcomes[key] = (item, _without(item, fields, dangling))
                left += [item] if outcomes[key][1] is None else []
                changed = True
    writes = [(item, fields) for item, fields in outcomes.values() if fields is not None]
    return Outcome([(item, fields) for item, fields in writes if fields != raw_apart(item.ours or {})], left)


def _without(item: Item, fields: dict[str, Any], links: Iterable[str]) -> dict[str, Any] | None:
    """The fields with these links as the office has them; None for a new record that cannot be without one."""
    kept = {**fields, **{name: (item.ours or {}).get(name) for name in links}}
    if any(kept[name] is None and field_of(item.record, name).spec.required for name in links):
        return None
    return {name: value for name, value in kept.items() if value is not None}
