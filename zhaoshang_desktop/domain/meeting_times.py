"""When a host can receive us, as it is said on the phone: 周二上午；周三 14:00–16:00."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from zhaoshang_desktop.domain.day import WEEKDAYS, read_hour, write_hour
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import read_numeral

MORNING, AFTERNOON = "上午", "下午"
EVERY_DAY = "每天"
_NOON, _EVENING = (12 * 60, 14 * 60), (18 * 60, 21 * 60)
_LEAP_YEAR = 2024


@dataclass(frozen=True)
class Span:
    """Part of a day, or of every day that a weekday, a date or a day of the month names.

    `part` is 上午 or 下午 of the office's hours; else from `start` to `end` (minutes since midnight), None being
    as early, as late, as one works. Without any of these it is the whole day. A date has no year: a trip is
    shorter than that.
    """

    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        day, hours = self._day(), self._hours()
        return (f"{day} {hours}" if day and hours[:1].isdigit() else f"{day}{hours}") or EVERY_DAY

    @property
    def dated(self) -> bool:
        """Whether it names one date rather than a kind of day."""
        return self.day is not None

    def is_on(self, day: date) -> bool:
        """Whether it is about that day."""
        if self.day is not None:
            return day.day == self.day and self.month in (None, day.month)
        return self.weekday in (None, day.weekday())

    def _day(self) -> str:
        if self.day is not None:
            return f"{self.month}月{self.day}日" if self.month else f"{self.day}日"
        return "" if self.weekday is None else f"周{WEEKDAYS[self.weekday]}"

    def _hours(self) -> str:
        if self.part:
            return self.part
        if self.start is not None and self.end is not None:
            return f"{write_hour(self.start)}–{write_hour(self.end)}"
        if self.start is not None:
            return f"{write_hour(self.start)} 后"
        return "" if self.end is None else f"{write_hour(self.end)} 前"


Times = tuple[Span, ...]

_FREE = frozenset({"随时", "都可以", "都行", "不限", "任何时间"})
_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_WEEK_RANGE = re.compile(rf"{_WEEK}({_DAY})\s*-\s*{_WEEK}?({_DAY})")
_WEEK_DAYS = re.compile(rf"{_WEEK}({_DAY}+|末)")
_ANY_DAY = re.compile(r"每天|天天|每日|工作日")
_DATES = re.compile(r"(?:\d{4}年)?(\d{1,2})月(\d{1,2})[日号]?(?:\s*-\s*(?:(\d{1,2})月)?(\d{1,2})[日号])?")
_DAYS = re.compile(r"(\d{1,2})[日号]?(?:\s*-\s*(\d{1,2}))?[日号]")
_SHORT = re.compile(r"(?:\d{4}[-./])?(\d{1,2})[-./](\d{1,2})(?=$|\s|[上下中早晚全整])")
_BESIDE = re.compile(rf"^\s*\(?{_WEEK}{_DAY}\)?")
_AFTER = re.compile(r"(.+?)(?:以后|之后|后|起|开始)$")
_BEFORE = re.compile(r"(.+?)(?:以前|之前|前)$")
_HALF = re.compile(r"^(上午|下午|早上|早晨|中午|晚上|傍晚)")
_NUMERAL = re.compile(r"[一二两三四五六七八九十]{1,3}(?=[点时月日号])")
_WORDS: dict[str, Span] = {
    **dict.fromkeys(("", "全天", "整天", "一天", "一整天", "都行", "都可以", "都可"), Span()),
    **dict.fromkeys((MORNING, "早上", "早晨", "上半天"), Span(part=MORNING)),
    **dict.fromkeys((AFTERNOON, "午后", "下半天"), Span(part=AFTERNOON)),
    **dict.fromkeys(("中午",), Span(start=_NOON[0], end=_NOON[1])),
    **dict.fromkeys(("晚上", "傍晚", "晚"), Span(start=_EVENING[0], end=_EVENING[1])),
}


def read_times(text: str) -> Times:
    """What the text says, in its order; nothing when any time will do."""
    flat = unicodedata.normalize("NFKC", text)
    flat = re.sub("[－—–―~至到]+", "-", flat).replace("。", ";").strip()
    if flat in _FREE:
        return ()
    flat = _NUMERAL.sub(lambda found: str(read_numeral(found[0])), flat)
    found: list[Span] = []
    for group in re.split(r"[;,\n]", flat):
        if group.strip():
            found += _group(re.split(r"、|和|及|或者?|(?<!\d)/|/(?!\d)", group.strip()))
    return tuple(dict.fromkeys(found))


def write_times(times: Times) -> str:
    """周二上午；周三 14:00–16:00"""
    return "；".join(map(str, times))


def _group(items: list[str]) -> list[Span]:
    """周二、周四上午 is both mornings; 周二上午、14点后 is one day."""
    parts = [(days, hours) for days, hours in (_split(item.strip()) for item in items if item.strip())]
    found: list[Span] = []
    before: tuple[Span, ...] = (Span(),)
    for number, (days, hours) in enumerate(parts):
        if not hours:
            later = (more for other, more in parts[number + 1 :] if more and other)
            hours = next(later, "")
        before = days or before
        found += [_on(day, _hours(hours)) for day in before]
    return found


def _on(day: Span, hours: Span) -> Span:
    return replace(hours, weekday=day.weekday, month=day.month, day=day.day)


def _split(item: str) -> tuple[tuple[Span, ...], str]:
    """The days that an item begins with (none if it names none), and what it says after them."""
    for pattern, meaning in _HEADS:
        found = pattern.match(item)
        if found:
            days = meaning(found, item)
            if days:
                return days, _BESIDE.sub("", item[found.end() :]).strip(" :的")
    return (), item


def _week_range(found: re.Match[str], _item: str) -> tuple[Span, ...]:
    first, last = (WEEKDAYS.index(name.replace("天", "日")) for name in found.groups())
    return tuple(Span(weekday=(first + step) % 7) for step in range((last - first) % 7 + 1))


def _week_days(found: re.Match[str], _item: str) -> tuple[Span, ...]:
    names = "六日" if found[1] == "末" else found[1].replace("天", "日")
    return tuple(Span(weekday=WEEKDAYS.index(name)) for name in names)


def _any_day(_found: re.Match[str], _item: str) -> tuple[Span, ...]:
    return (Span(),)


def _dates(found: re.Match[str], _item: str) -> tuple[Span, ...]:
    """One date, or all from one to another."""
    month, day = int(found[1]), int(found[2])
    first = _date(month, day)
    if not found[4]:
        return (first,)
    last = _date(int(found[3] or month), int(found[4]))
    days = [first]
    while days[-1] != last:
        days.append(_next(days[-1]))
        if len(days) > 60:
            raise NotUnderstood("日期的起止看不懂")
    return tuple(days)


def _days(found: re.Match[str], _item: str) -> tuple[Span, ...]:
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= 31:
        raise NotUnderstood("日期的起止看不懂" if found[2] else f"没有{first}日")
    return tuple(Span(day=day) for day in range(first, last + 1))


def _short(found: re.Match[str], item: str) -> tuple[Span, ...]:
    """12-08 as a date; 9-11 alone may be hours just as well."""
    alone = item[found.end() :].strip() == "" and len(found[0]) < 6
    if alone and not found[2].startswith("0") and int(found[2]) <= 24:
        raise NotUnderstood(
            f"分不清“{item}”是几月几日还是几点，请写成{found[1]}月{found[2]}日或{found[1]}点–{found[2]}点"
        )
    return (_date(int(found[1]), int(found[2])),)


_HEADS = (
    (_WEEK_RANGE, _week_range),
    (_WEEK_DAYS, _week_days),
    (_ANY_DAY, _any_day),
    (_DATES, _dates),
    (_DAYS, _days),
    (_SHORT, _short),
)


def _date(month: int, day: int) -> Span:
    if not 1 <= month <= 12:
        raise NotUnderstood(f"没有{month}月")
    if not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
        raise NotUnderstood(f"{month}月没有{day}日")
    return Span(month=month, day=day)


def _next(span: Span) -> Span:
    month, day = span.month or 1, (span.day or 0) + 1
    if day > calendar.monthrange(_LEAP_YEAR, month)[1]:
        month, day = month % 12 + 1, 1
    return Span(month=month, day=day)


def _hours(text: str) -> Span:
    """What is said after the day."""
    if text in _WORDS:
        return _WORDS[text]
    if found := _AFTER.fullmatch(text):
        return Span(start=_hour(found[1], ""))
    if found := _BEFORE.fullmatch(text):
        return Span(end=_hour(found[1], ""))
    ends = [part.strip() for part in text.split("-")]
    if len(ends) == 1:
        _hour(text, "")
        raise NotUnderstood(f"“{text}”只写了从几点，请写成 14:00–16:00 或 14点后")
    if len(ends) != 2:
        raise NotUnderstood(f"“{text}”看不懂，请写成 周二上午、周三 14:00–16:00")
    half = _HALF.match(ends[0])
    start, end = _hour(ends[0], ""), _hour(ends[1], half[1] if half else "")
    if end <= start:
        raise NotUnderstood(f"“{text}”的结束早于开始")
    return Span(start=start, end=end)


def _hour(text: str, half: str) -> int:
    """9, 9点半, 14:30; `half` is what the other end said, for one that says nothing."""
    if re.search(r"\d$", text) and ":" not in text and not re.search(r"[点时]", text):
        text += "点"
    if half and not _HALF.match(text):
        text = half + text
    try:
        return read_hour(text)
    except NotUnderstood as reason:
        raise NotUnderstood(f"“{text}”：{reason}") from None
