"""What an action changed: windows redraw from it, 撤销 names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Operation = Literal["create", "update", "remove", "restore", "erase"]


@dataclass(frozen=True)
class Changes:
    """The records of one batch, by noun; `batch` is 0 when nothing was changed."""

    batch: int = 0
    records: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.records.values())

    def touches(self, *nouns: str) -> bool:
        """Whether a record of one of these types is among them."""
        return any(self.records.get(noun) for noun in nouns)

    def of(self, noun: str) -> frozenset[int]:
        """The changed records of that type."""
        return self.records.get(noun, frozenset())

    def merge(self, other: Changes) -> Changes:
        """Both together, under the later batch."""
        nouns = {*self.records, *other.records}
        return Changes(max(self.batch, other.batch), {noun: self.of(noun) | other.of(noun) for noun in nouns})


@dataclass(frozen=True)
class Undone:
    """What an undo did; `skipped` says in sentences what was left, because it had been changed since."""

    changes: Changes
    label: str
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the journal: one record, changed once; `changes` is {field: (before, after)}, `at` UTC.

    What was done on a laptop has the laptop's person and time, and `carried_by` who brought it home.
    """

    seq: int
    at: datetime
    actor: str
    batch: int
    noun: str
    record: int
    op: Operation
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    carried_by: str = ""


NAMELESS = "没写姓名的人"
"""Whoever changed something and left no name."""


@dataclass(frozen=True)
class Touched:
    """That a record was changed, without saying how; `title` is what it was called in that line, if it says so."""

    noun: str
    record: int
    op: Operation
    actor: str
    at: datetime
    title: str = ""


@dataclass(frozen=True)
class Batch:
    """What one transaction did, as 撤销 lists it; `undoes` is the batch it took back, or 0."""

    id: int
    at: datetime
    actor: str
    label: str
    undoes: int = 0


@dataclass(frozen=True)
class End:
    """The journal's last line and its batch: how far an office has come, and in which history."""

    line: int = 0
    batch: int = 0
