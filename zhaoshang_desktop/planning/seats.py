"""In which class somebody rides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.allowance import SeatRule
from zhaoshang_desktop.domain.validity import in_force

_FIELDS = {"一类": "first", "二类": "second", "三类": "third"}


def seat_for(table: Iterable[SeatRule], mode: str, rank: str, day: date) -> str:
    """The class that the rank may ride in on that day, by 高铁 or 飞机; what the office's table does not say is taken
    from what ships."""
    own = in_force((line for line in table if line.mode == mode), day)
    shipped = (line for line in shipped_seats() if line.mode == mode)
    return next(seat for line in (*reversed(own), *shipped) if (seat := getattr(line, _FIELDS[rank])))


@cache
def shipped_seats() -> tuple[SeatRule, ...]:
    """The classes that ship with the program."""
    return tuple(reference.records(SeatRule, "seat_rules"))
