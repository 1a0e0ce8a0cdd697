"""Which line of a table of policy holds on a day. Of two that both do, the one that began later counts, of equals the
one that was put in later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A line with its dates of validity, both included; an open end is for ever."""

    id: int
    valid_from: date | None
    valid_to: date | None


L = TypeVar("L", bound=Dated)


def holds(line: Dated, day: date) -> bool:
    """Whether it is in force on that day."""
    return since(line) <= day <= (line.valid_to or date.max)


def since(line: Dated) -> date:
    """Its first day."""
    return line.valid_from or date.min


def in_force(lines: Iterable[L], day: date) -> list[L]:
    """Those that hold, the one that counts most last."""
    return sorted((line for line in lines if holds(line, day)), key=lambda line: (since(line), line.id))
