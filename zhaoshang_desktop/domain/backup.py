"""Backups: how they are called, when one is worth making, and which are kept.

All of today; then one a day, one a week, one a month, the newest of each. What was made before something that is
hard to take back stays as long as the daily ones, whatever else that day has.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

WALL = timezone(timedelta(hours=8))
"""The clock on the wall in China, by which backups are named and days are counted."""

DAILY = "每日"
BY_HAND = "手动"
UPGRADE = "升级前"
RESTORE = "恢复前"
REPAIR = "修复前"
MERGE = "合并前"
IMPORT = "导入前"
MASS_EDIT = "批量修改前"
ASIDE = "-损坏-"
"""Stands in the name of a damaged file that a repair has set aside."""

DAYS, WEEK_DAYS, MONTH_DAYS = 14, 62, 750
"""So many days back one of each day is kept, one of each week, one of each month; the newest always."""
_PRECIOUS = (UPGRADE, RESTORE, REPAIR, MERGE)
MANY = 20
"""A change of so many records at once is a mass edit."""
SMALL = 1_000
"""An act on fewer records than this is content with today's backup: 撤销 takes it back record by record."""

_NAMED = re.compile(r"(?P<office>.+)-(?P<day>\d{4}-\d\d-\d\d)-(?P<time>\d{6})-(?P<why>[^-]+?)(?:~\d+)?")
_NAMED_ONCE = re.compile(r"(?P<office>.+)-(?P<day>\d{8})-(?P<time>\d{6})-(?P<why>[^-]+)")


@dataclass(frozen=True)
class Named:
    """What the name of a backup says: of which file, when (UTC), what for."""

    office: str
    at: datetime
    why: str


def backup_stem(office: str, at: datetime, why: str) -> str:
    """The name of a backup without its ending; the time is the one of the clock on the wall."""
    return f"{office}-{at.astimezone(WALL):%Y-%m-%d-%H%M%S}-{why}"


def named(stem: str) -> Named | None:
    """What a name says; None for what is no backup. Names of the first version (in UTC, 20261120-024200) as well."""
    zone: tzinfo
    found, zone, form = _NAMED.fullmatch(stem), WALL, "%Y-%m-%d%H%M%S"
    if found is None:
        found, zone, form = _NAMED_ONCE.fullmatch(stem), UTC, "%Y%m%d%H%M%S"
    if found is None:
        return None
    try:
        at = datetime.strptime(found["day"] + found["time"], form).replace(tzinfo=zone)
    except ValueError:
        return None
    return Named(found["office"], at.astimezone(UTC), found["why"])


def is_due(newest: datetime | None, now: datetime) -> bool:
    """Is there no backup of today yet? One of a day to come was made by a wrong clock."""
    return newest is None or newest.astimezone(WALL).date() != now.astimezone(WALL).date()


def is_ahead(at: datetime, now: datetime) -> bool:
    """Was it made by a clock that ran ahead? (A day's grace for one that was set right between.)"""
    return at > now + timedelta(days=1)


def superfluous(backups: Iterable[tuple[datetime, str]], now: datetime) -> set[tuple[datetime, str]]:
    """Of backups (when, why) those that the rule of keeping can do without."""
    newest_first = sorted(backups, reverse=True)
    today, seen, found = now.astimezone(WALL).date(), set[Hashable](), set[tuple[datetime, str]]()
    newest = next((one for one in newest_first if not is_ahead(one[0], now)), None)
    for at, why in newest_first:
        period = _period(at.astimezone(WALL).date(), today)
        if (
            (at, why) == newest
            or period is _EVERY
            or (why in _PRECIOUS and (today - at.astimezone(WALL).date()).days < DAYS)
        ):
            seen.add(period)
        elif period is None or period in seen:
            found.add((at, why))
        else:
            seen.add(period)
    return found


_EVERY = "every"


def _period(day: date, today: date) -> Hashable:
    """The stretch of time of which one is kept: `_EVERY` for all, None for nothing any more."""
    age = (today - day).days
    if age <= 0:
        return _EVERY
    if age < DAYS:
        return day
    if age < WEEK_DAYS:
        return day.isocalendar()[:2]
    return (day.year, day.month) if age < MONTH_DAYS else None
