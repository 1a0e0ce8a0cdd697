"""Dates as far as they are known, periods and hours, read as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import DIGITS, plain, read_numeral

FIRST_YEAR, LAST_YEAR = 1900, 2100


@total_ordering
@dataclass(frozen=True)
class When:
    """A date known to the year, the month or the day; the less exact sorts before what it contains."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02d}"
        return f"{self.year:04d}{month}" if self.day is None else f"{self.year:04d}{month}-{self.day:02d}"

    def __lt__(self, other: When) -> bool:
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _last_of(self.year, month))

    @classmethod
    def of(cls, day: date) -> When:
        return cls(day.year, day.month, day.day)


@dataclass(frozen=True)
class Period:
    """From the beginning of `start` to the close of `end`; None is open (至今, or from the beginning)."""

    start: When | None = None
    end: When | None = None

    def __str__(self) -> str:
        if self.start == self.end:
            return str(self.start or "")
        if self.end is None:
            return f"{self.start} 至今"
        return f"{self.start} 至 {self.end}" if self.start else f"至 {self.end}"


WEEKDAYS = "一二三四五六日"
"""By `date.weekday()`."""

_FAST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_SPELT = re.compile(r"(\d{4}|\d{2}(?=年\d))年度?(?:(\d{1,2})(?:月(?:份|(\d{1,2})[日号]?)?)?)?")
_MARKED = re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?\.?")
_SHORT = re.compile(r"(\d{2})([-./])(\d{1,2})\2(\d{1,2})")
_BARE = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_CLOCK = re.compile(r"(?:(?<=[日号])\s*|(?<=\d)(?:T|\s+))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")
_YEARLESS = re.compile(
    r"去年|今年|明年|前年|上月|本月|下月|昨天|今天|明天|上周|本周|下周|\d{1,2}月(\d{1,2}[日号])?|\d{1,2}[日号]"
)
_VAGUE = re.compile(
    r"^\d{2}年$|年(?:年?[初中底末]|[上下]半年|第?[一二三四1-4]季度|春|夏|秋|冬)|[上中下]旬|月[初中底末]|前后|左右|许|约"
)
_CHINESE_YEAR = re.compile(rf"([{''.join(DIGITS)}]{{4}})年")
_CHINESE_PART = re.compile(r"([一二三四五六七八九十廿]{1,3})(?=[月日号])")


def _last_of(year: int, month: int) -> int:
    import calendar  # the first window does without

    return calendar.monthrange(year, month)[1]


def read_day(text: str) -> date:
    """The exact day a text means."""
    if len(text) == 10 and text[4] == "-" and text.isascii():
        try:
            return _in_range(date.fromisoformat(text))
        except ValueError:
            pass
    when = read_when(text)
    if when.month is None or when.day is None:
        raise NotUnderstood("只写到月，没有写到日" if when.month else "只写到年，没有写到日")
    return date(when.year, when.month, when.day)


def read_when(text: str) -> When:
    """The date a text means, as exactly as it says; 去年 and 年底 are not dates."""
    found = _FAST.fullmatch(text)
    if found:
        year, _, month, day = found.groups()
        return _when(int(year), int(month), int(day))
    return _read_when(text)


@lru_cache(maxsize=4096)
def _read_when(text: str) -> When:
    text = unicodedata.normalize("NFKC", text).replace("－", "-").replace("—", "-").replace("–", "-").strip()
    flat = _arabic(plain(_CLOCK.sub("", text)))
    weekday = _WEEKDAY.search(flat)
    if weekday:
        flat = flat[: weekday.start()]
    for pattern, parts in ((_SPELT, (1, 2, 3)), (_MARKED, (1, 3, 4)), (_SHORT, (1, 3, 4))):
        found = pattern.fullmatch(flat)
        if found:
            year, month, day = (found[part] for part in parts)
            when = _when(_year(year), _int(month), _int(day))
            return _checked(when, weekday[1] if weekday else "")
    found = _BARE.fullmatch(flat)
    if found:
        return _bare(*found.groups())
    if _YEARLESS.match(flat):
        raise NotUnderstood("没有写明年份")
    if _VAGUE.search(flat):
        raise NotUnderstood("没有写明几月几日")
    raise NotUnderstood("日期看不懂")


def _arabic(flat: str) -> str:
    """二〇一八年十二月 as 2018年12月."""
    flat = _CHINESE_YEAR.sub(lambda found: "".join(str(DIGITS[digit]) for digit in found[1]) + "年", flat)
    return _CHINESE_PART.sub(lambda found: str(read_numeral(found[1].replace("廿", "二十"))), flat)


def _year(text: str) -> int:
    """A year of four digits, or of two where only one century can be meant."""
    year = int(text)
    if len(text) == 4:
        return year
    if 40 <= year < 70:
        raise NotUnderstood("年份请写四位数")
    return year + (2000 if year < 40 else 1900)


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _bare(year: str, month: str | None, day: str | None) -> When:
    """2018, 201812, 20181228; six digits that are a day of another year too (200512) are refused."""
    if month and not day and year[:2] in {"19", "20"} and 1 <= int(year[2:]) <= 12 and 1 <= int(month) <= 12:
        raise NotUnderstood(f"分不清是{year}年{int(month)}月还是20{year[:2]}年{int(year[2:])}月{int(month)}日")
    return _when(int(year), _int(month), _int(day))


def _when(year: int, month: int | None, day: int | None) -> When:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间")
    if month is not None and not 1 <= month <= 12:
        raise NotUnderstood(f"没有{month}月")
    if month and day is not None and not (1 <= day <= 28 or 1 <= day <= _last_of(year, month)):
        raise NotUnderstood(f"{year}年{month}月没有{day}日")
    return When(year, month, day)


def _checked(when: When, weekday: str) -> When:
    if weekday and when.day and WEEKDAYS.index(weekday.replace("天", "日")) != when.earliest.weekday():
        raise NotUnderstood("日期与星期对不上")
    return when


def _in_range(day: date) -> date:
    _when(day.year, None, None)
    return day


_TO = re.compile(r"\s*(?:至|到|~|―|—+|–|--+)\s*")
_OPEN_END = re.compile(r"(?:至今|到今|至现在|到现在|起至今|以来|起|开始)$|(?:[-~—–―]+)(?:至今|今|现在)$")
_OPEN_START = re.compile(r"^(?:至|截至|截止|截止到|截至到)(?=\d)|止$")
_FROM = re.compile(r"^[自从](?=\d)")
_LENGTH = re.compile(r"[\d一二两三四五六七八九十半]{1,3}(?:年|个月|月|周|天)")
_HALF = re.compile(r"(.+年)(?:([上下])半年|第?([一二三四1-4])季度)")
_SAME_YEAR = re.compile(r"(?:(\d{1,2})[月./-])?(\d{1,2})([月日号]?)")


def read_period(text: str) -> Period:
    """From … to …; a single date is a period of its own, 至今 leaves the end open."""
    return _read_period(text)


@lru_cache(maxsize=4096)
def _read_period(text: str) -> Period:
    flat = _FROM.sub("", _arabic(plain(text)))
    if _LENGTH.fullmatch(flat):
        raise NotUnderstood("只写了多久，没有写起止")
    half = _HALF.fullmatch(flat)
    if half:
        return _part_of_year(read_when(half[1]).year, half[2], half[3])
    if _OPEN_END.search(flat):
        return Period(read_when(_OPEN_END.sub("", flat)), None)
    if _OPEN_START.search(flat):
        return Period(None, read_when(_OPEN_START.sub("", flat)))
    parts = _TO.split(flat)
    if len(parts) == 2:
        return _period(*parts)
    if len(parts) > 2:
        raise NotUnderstood("起止时间看不懂")
    try:
        when = read_when(flat)
        return Period(when, when)
    except NotUnderstood:
        halves = flat.split("-")
        if len(halves) % 2:
            raise
    middle = len(halves) // 2
    return _period("-".join(halves[:middle]), "-".join(halves[middle:]))


def _part_of_year(year: int, half: str | None, quarter: str | None) -> Period:
    if half:
        return Period(When(year, 1), When(year, 6)) if half == "上" else Period(When(year, 7), When(year, 12))
    number = int(quarter) if quarter and quarter.isdigit() else DIGITS[quarter or "一"]
    return Period(When(year, 3 * number - 2), When(year, 3 * number))


def _period(first: str, last: str) -> Period:
    """Two dates; the second may leave out what it shares with the first (2024年1-5月, 1月5日-8日)."""
    short = _SAME_YEAR.fullmatch(last)
    if short and not re.fullmatch(r"\d{4}", last):
        month, number, mark = short.groups()
        if mark == "月" and re.fullmatch(r"\d{4}年\d{1,2}", first):
            first += "月"
        start = read_when(first)
        end = _shared(start, _int(month), int(number), mark)
    else:
        start, end = read_when(first), read_when(last)
    if end.latest < start.earliest:
        raise NotUnderstood("结束早于开始")
    return Period(start, end)


def _shared(start: When, month: int | None, number: int, mark: str) -> When:
    if month is not None:
        return _when(start.year, month, number)
    if mark == "月" or (not mark and start.month and not start.day):
        return _when(start.year, number, None)
    if start.month and start.day:
        return _when(start.year, start.month, number)
    raise NotUnderstood("起止时间看不懂")


_HOUR = re.compile(
    r"(?P<half>凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚|夜里)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::00)?|[点时](?P<spoken>半|一刻|三刻|整|\d{1,2}分?)?)(?P<meridiem>[AaPp][Mm])?"
)
_SPOKEN = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
_MORNING = {"凌晨", "清晨", "早上", "早晨", "早", "上午"}
_NIGHT = {"傍晚", "晚上", "晚", "夜里"}


@lru_cache(maxsize=4096)
def read_hour(text: str) -> int:
    """Minutes since midnight: 14:30, 下午2点半, 9时30分, 0930."""
    flat = _hours_arabic(plain(text))
    if re.fullmatch(r"\d{4}", flat):
        flat = f"{flat[:2]}:{flat[2:]}"
    found = _HOUR.fullmatch(flat)
    if not found:
        raise NotUnderstood("时间看不懂")
    spoken = (found["spoken"] or "整").rstrip("分")
    minute = int(found["minute"] or _SPOKEN.get(spoken, spoken))
    half = found["half"] or {"a": "凌晨", "p": "下午"}.get((found["meridiem"] or "")[:1].lower(), "")
    hour = _hour(int(found["hour"]), half, spoken_form=found["minute"] is None)
    if hour > 23 or minute > 59:
        raise NotUnderstood("没有这个时间")
    return hour * 60 + minute


def _hours_arabic(flat: str) -> str:
    return re.sub(r"[一二两三四五六七八九十]{1,3}(?=[点时])", lambda found: str(read_numeral(found[0])), flat)


def _hour(hour: int, half: str, spoken_form: bool) -> int:
    """The hour of 24; 2点 without 上午 or 下午 is refused, 2:00 is the night."""
    if not half and spoken_form and 1 <= hour <= 6:
        raise NotUnderstood("请写明上午还是下午")
    if (half in _MORNING and hour > 12) or (half in _NIGHT and hour == 12):
        raise NotUnderstood("没有这个时间")
    if half == "凌晨":
        return hour % 12
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    return hour + 12 if half and half not in _MORNING and hour < 12 else hour


def write_hour(minutes: int) -> str:
    """As 14:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_WORD = re.compile(r"\s*[(\[]?\s*(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?度?\s*[)\]]?\s*")


def split_year(text: str) -> tuple[str, int | None]:
    """A title and its year: "专精特新 2025", "2023年世界500强", "高新技术（2021年）"; with two years it stays whole."""
    flat = unicodedata.normalize("NFKC", text).strip()
    if len(_YEAR.findall(flat)) != 1:
        return flat, None
    found = _YEAR_WORD.search(flat)
    if not found:
        return flat, None
    name = f"{flat[: found.start()]} {flat[found.end() :]}".strip()
    return (name, int(found[1])) if name else (flat, None)
