"""Two sides changed the same record apart from each other: what becomes of each field.

Fields are as the store keeps them, `{name: stored}`, JSON scalars of which None is empty. `base` is what both sides
began with, `theirs` what came back (from a laptop, from a workbook that was sent out), `ours` what the office has now.
Whatever the order in which several came back, the office ends up with the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of

Stored = Any
Fields = Mapping[str, Stored]

RAW = "raw."
"""Before the name of a field whose text nobody understood: the text is merged by itself, field for field."""

_LISTS = (kinds.Tags, kinds.Choices, kinds.Links, kinds.Honours)
_LISTS_OF: dict[type[Record], frozenset[str]] = {}


class Fate(StrEnum):
    """What becomes of a field that they changed."""

    TAKEN = "taken"
    JOINED = "joined"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Decision:
    """A field that they changed; `value` is what the office has afterwards (in a conflict what it has now)."""

    name: str
    base: Stored
    theirs: Stored
    ours: Stored
    fate: Fate
    value: Stored

    @property
    def news(self) -> bool:
        """Does the office get another value than it has, without being asked?"""
        return self.fate in (Fate.TAKEN, Fate.JOINED) and self.value != self.ours


def lists_of(record: type[Record]) -> frozenset[str]:
    """The fields of a record type that hold several values: both sides' additions and removals are kept."""
    if record not in _LISTS_OF:
        _LISTS_OF[record] = frozenset(field.name for field in fields_of(record) if isinstance(field.kind, _LISTS))
    return _LISTS_OF[record]


def three_way(base: Fields, theirs: Fields, ours: Fields, lists: frozenset[str] = frozenset()) -> dict[str, Decision]:
    """By name, each field that they changed.

    One that we left as it was is taken, one that says the same on both sides is nothing, one of `lists` is joined,
    and any other is a conflict. What they did not change is not there, whatever we did with it.
    """
    decisions: dict[str, Decision] = {}
    for name in {**base, **theirs}:
        sides = base.get(name), theirs.get(name), ours.get(name)
        decided = _decide_list(name, *sides) if name in lists else _decide(name, *sides)
        if decided:
            decisions[name] = decided
    return decisions


def _decide(name: str, base: Stored, theirs: Stored, ours: Stored) -> Decision | None:
    if theirs == base:
        return None
    if theirs == ours:
        return Decision(name, base, theirs, ours, Fate.SAME, ours)
    if ours == base:
        return Decision(name, base, theirs, ours, Fate.TAKEN, theirs)
    return Decision(name, base, theirs, ours, Fate.CONFLICT, ours)


def _decide_list(name: str, base: Stored, theirs: Stored, ours: Stored) -> Decision | None:
    """Another order of the same members is no change: of two orders none is right."""
    old, one, other = (_members(stored).keys() for stored in (base, theirs, ours))
    if one == old:
        return None
    if theirs == ours:
        return Decision(name, base, theirs, ours, Fate.SAME, ours)
    if other == old:
        return Decision(name, base, theirs, ours, Fate.TAKEN, theirs)
    return Decision(name, base, theirs, ours, Fate.JOINED, joined(base, theirs, ours))


def joined(base: Stored, theirs: Stored, ours: Stored) -> Stored:
    """A list without what either side took out and with what either put in: first what was there, in its order,
    then what is new, in an order that does not depend on who came first."""
    old, one, other = (_members(stored) for stored in (base, theirs, ours))
    kept = [member for member in old if member in one and member in other]
    new = sorted({*one, *other} - {*old})
    members = [json.loads(member) for member in [*kept, *new]]
    return _written(members) if members else None


def _members(stored: Stored) -> dict[str, None]:
    """Each member as JSON, in order, once."""
    return dict.fromkeys(_written(member) for member in json.loads(stored)) if stored else {}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def raw_apart(stored: Fields) -> dict[str, Stored]:
    """The fields with each text that nobody understood beside them, under `RAW` and its name."""
    fields = {name: value for name, value in stored.items() if name != "raw"}
    texts = json.loads(stored["raw"]) if stored.get("raw") else {}
    return fields | {f"{RAW}{name}": text for name, text in texts.items()}


def raw_together(fields: Fields) -> dict[str, Stored]:
    """The way back from `raw_apart`: as the store keeps it."""
    stored = {name: value for name, value in fields.items() if not name.startswith(RAW)}
    texts = {name.removeprefix(RAW): text for name, text in fields.items() if name.startswith(RAW) and text}
    if texts:
        stored["raw"] = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return stored
