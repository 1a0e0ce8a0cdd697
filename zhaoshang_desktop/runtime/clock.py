"""What time it is: kept in UTC, shown in Asia/Shanghai.

China has had one time, UTC+8 without daylight saving, since 1992, so a fixed offset is exact for
everything an office records and needs no time zone files, which Windows does not have.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Passed to whatever needs the time."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved, for tests."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI).astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def advance(self, step: timedelta) -> None:
        """Move the hands."""
        self._moment += step


def to_local(moment: datetime) -> datetime:
    """A stored moment as the wall clock in China showed it; one without zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(SHANGHAI)


def today(clock: Clock) -> date:
    """The day it is in China."""
    return to_local(clock.now()).date()
