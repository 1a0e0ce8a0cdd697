"""Days as people say them from today: 明天, 下周三, +7, 12.5, 月底."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from zhaoshang_desktop.domain.day import WEEKDAYS
from zhaoshang_desktop.domain.errors import NotUnderstood

_WORDS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_LATER = re.compile(r"\+?(\d{1,3}|[一二两三四五六七八九十半]{1,2})(天|日|周|个?星期|个?月)?(?:后|以后|之后|内)?")
_WEEKDAY = re.compile(r"(下下|下|这|本)?(?:周|星期|礼拜)([一二三四五六日天])")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:[.\-/]|月)(\d{1,2})[日号]?")
_DAY = re.compile(r"(下|本|这)?个?月?(\d{1,2})[日号]")
_END = re.compile(r"(下|本|这)?个?(?:月底|月末)")
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def read_due(text: str, today: date) -> date:
    """The day somebody means who says this today; NotUnderstood when it is none.

    周三 is the next one, today included; 下周三 lies in the week after this one. A day without its year is the one
    nearest to today; a day without its month is still to come.
    """
    said = unicodedata.normalize("NFKC", text).replace(" ", "")
    try:
        found = _read(said, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise NotUnderstood(text)
    return found


def _read(said: str, today: date) -> date | None:
    if said in _WORDS:
        return today + timedelta(days=_WORDS[said])
    if match := _WEEKDAY.fullmatch(said):
        return _weekday(match[1] or "", match[2], today)
    if match := _END.fullmatch(said):
        return _in_month(today, 1 if match[1] == "下" else 0, 31)
    if match := _DAY.fullmatch(said):
        later = 1 if match[1] == "下" or (not match[1] and int(match[2]) < today.day) else 0
        return _in_month(today, later, int(match[2]), exact=True)
    if match := _MONTH_DAY.fullmatch(said):
        years = [_day(year, int(match[1]), int(match[2])) for year in (today.year - 1, today.year, today.year + 1)]
        return min((day for day in years if day), key=lambda day: abs((day - today).days), default=None)
    if match := _LATER.fullmatch(said):
        return _later(match[1], match[2] or "", today, plus=said.startswith("+"))
    return None


def _weekday(which: str, name: str, today: date) -> date:
    wanted = WEEKDAYS.index("日" if name == "天" else name)
    monday = today - timedelta(days=today.weekday())
    if which in ("下", "下下"):
        return monday + timedelta(days=7 * len(which) + wanted)
    day = monday + timedelta(days=wanted)
    return day + timedelta(days=7) if not which and day < today else day


def _later(number: str, unit: str, today: date, *, plus: bool) -> date | None:
    """+7 and 7天 are days; a bare 7 is nothing."""
    if not unit and not plus:
        return None
    if number == "半":
        return today + timedelta(days=15) if unit.endswith("月") else None
    count = int(number) if number.isdecimal() else _COUNTS.get(number)
    if count is None:
        return None
    if unit.endswith("月"):
        return _in_month(today, count, today.day)
    return today + timedelta(days=count * (7 if unit.endswith(("周", "星期")) else 1))


def _in_month(today: date, later: int, day: int, *, exact: bool = False) -> date | None:
    years, month = divmod(today.year * 12 + today.month - 1 + later, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return None if exact and day > last else date(years, month + 1, min(day, last))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
