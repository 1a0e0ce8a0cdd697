"""How much something speaks for a record, said so that a database can reckon it as well as we can.

A share is a whole number of thousandths: 1000 speaks for it fully, 0 not at all. `of(record)` is what it is for one
record; the store turns the same share into SQL (`store/ranking.py`; a test holds the two together).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhaoshang_desktop.domain.record import Record

FULL = 1000


@dataclass(frozen=True)
class Share:
    """The kinds of share are below; this one is nothing for everybody."""

    def of(self, record: Record) -> int:
        return 0


@dataclass(frozen=True)
class ByValue(Share):
    """So much for each value of a text field, nothing for others."""

    field: str
    shares: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def of(self, record: Record) -> int:
        return self.shares.get(getattr(record, self.field), 0)


@dataclass(frozen=True)
class ByKey(Share):
    """So much for each of these records."""

    shares: Mapping[int, int] = dataclasses.field(default_factory=dict)

    def of(self, record: Record) -> int:
        return self.shares.get(record.id, 0)


@dataclass(frozen=True)
class ByDay(Share):
    """By a day: the share of the first step (earliest first) that is not before it; `never` without a day."""

    field: str
    steps: tuple[tuple[date, int], ...] = ()
    never: int = 0

    def of(self, record: Record) -> int:
        day: Any = getattr(record, self.field)
        if day is None:
            return self.never
        return next((share for until, share in self.steps if day <= until), 0)


@dataclass(frozen=True)
class Flagged(Share):
    """Fully when one of these flags is set."""

    fields: tuple[str, ...]

    def of(self, record: Record) -> int:
        return FULL if any(getattr(record, name) for name in self.fields) else 0


@dataclass(frozen=True)
class Holding(Share):
    """So much when the text of a field has these words in it; with no words, when it has any text."""

    field: str
    words: str
    share: int = FULL

    def of(self, record: Record) -> int:
        text: str = getattr(record, self.field)
        return self.share if text and self.words in text else 0


@dataclass(frozen=True)
class FirstOf(Share):
    """The first of several that is not nothing."""

    shares: tuple[Share, ...]

    def of(self, record: Record) -> int:
        return next((found for share in self.shares if (found := share.of(record))), 0)


Terms = tuple[tuple[int, Share], ...]
"""Weights with their shares; a record's score is the sum of the products."""


def score_of(record: Record, terms: Terms) -> int:
    """What all that speaks for and against a record comes to."""
    return sum(weight * share.of(record) for weight, share in terms)
