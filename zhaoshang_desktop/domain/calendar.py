"""Which days are worked: weekdays, changed by the yearly notice of 国务院办公厅 (调休).

Until a year's notice is out nobody knows which days are moved around its holidays, so nothing is invented for
it: but for the holidays of the law itself (元旦, 春节, 国庆 …, which no notice moves) its days are what their
weekday says, and whoever plans in it is told so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from zhaoshang_desktop.domain import tables

OFF = "休"
WORKED = "班"
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days that are not what their weekday says, as 休 or 班, and the names of the holidays."""

    days: Mapping[date, str]
    names: Mapping[date, str] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Is the day worked? In a year without notice, as the law and its weekday say."""
        kind = self.days.get(day)
        if kind is None:
            return day.weekday() < _SATURDAY and not self._statutory(day)
        return kind == WORKED

    def announced(self, year: int) -> bool:
        """Has the year's notice been entered?"""
        return any(day.year == year for day in self.days)

    def unannounced(self, start: date, end: date) -> list[int]:
        """The years from start to end of which the notice has not been entered."""
        return [year for year in range(start.year, end.year + 1) if not self.announced(year)]

    def name(self, day: date) -> str:
        """The holiday of a day off ("国庆节"), "调休上班" of a weekend worked, else ""."""
        kind = self.days.get(day)
        if kind == WORKED:
            return "调休上班"
        return self.names.get(day, "") if kind == OFF else self._statutory(day)

    def workdays(self, start: date, end: date) -> list[date]:
        """The days worked from start to end, both included."""
        count = (end - start).days + 1
        return [day for day in (start + timedelta(step) for step in range(count)) if self.is_workday(day)]

    def caution(self, start: date, end: date) -> str:
        """What a plan from start to end has to say of years without notice; "" when there is nothing."""
        years = "、".join(f"{year}年" for year in self.unannounced(start, end))
        return f"{years}放假安排尚未公布，除法定节日外暂按周一至周五上班计算。" if years else ""

    def _statutory(self, day: date) -> str:
        """The holiday of the law on a day whose year has no notice yet, else ""."""
        name = statutory_days().get(day, "")
        return name if name and not self.announced(day.year) else ""


@cache
def shipped() -> Calendar:
    """The calendar that ships; an office's own lines go over it."""
    rows = tables.rows("calendar")
    days = {date.fromisoformat(row["day"]): row["kind"] for row in rows}
    names = {date.fromisoformat(row["day"]): row["name"] for row in rows}
    return Calendar(days, names)


@cache
def statutory_days() -> Mapping[date, str]:
    """The holidays of 全国年节及纪念日放假办法 in the years to come, by their names."""
    return {date.fromisoformat(row["day"]): row["name"] for row in tables.rows("statutory_days")}
