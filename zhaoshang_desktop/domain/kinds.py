"""The kinds of value a field can hold; each reads and writes its text.

`read(text, unit)` gives the value of a non-empty text or raises NotUnderstood with the reason;
`unit` is what the header said about it ("万元"). `write(value)` gives the text shown to a person.
No layer asks "which kind is this": it owns a map from kind to its own thing. What only reads texts is
imported when the first one is read: the first window does without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain import day, money
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.text import storable, tidy

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.meeting_times import Times as TimesValue


@dataclass(frozen=True)
class Kind:
    """The value's own behaviour; `empty` is what a field without a value holds."""

    def read(self, text: str, unit: str = "") -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        return str(value)

    @property
    def empty(self) -> Any:
        return None


@dataclass(frozen=True)
class Text(Kind):
    """One line (str, "" when empty); `bare` takes away what stands in it for its looks only."""

    bare: Callable[[str], str] = field(default=str, kw_only=True)

    def read(self, text: str, unit: str = "") -> str:
        return tidy(self.bare(text))

    @property
    def empty(self) -> str:
        return ""


class Note(Text):
    """Several lines (str)."""

    def read(self, text: str, unit: str = "") -> str:
        return storable(text).strip()


class CreditCode(Text):
    """统一社会信用代码 (str, upper case; GB 32100-2015); a wrong check digit is kept and warned about."""

    def read(self, text: str, unit: str = "") -> str:
        from zhaoshang_desktop.domain import code

        return code.read_credit_code(text)


class Phone(Text):
    """Telephone numbers as they are dialled (str, several joined by "、")."""

    def read(self, text: str, unit: str = "") -> str:
        from zhaoshang_desktop.domain import phone

        return phone.read_phones(text)


class Amount(Kind):
    """Money (`money.Money`: integer 分 and currency)."""

    def read(self, text: str, unit: str = "") -> money.Money:
        return money.read_money(text, unit)

    def write(self, value: money.Money) -> str:
        return money.write_money(value)


@dataclass(frozen=True)
class Number(Kind):
    """A decimal with its unit (Decimal)."""

    unit: str = ""

    def read(self, text: str, unit: str = "") -> Any:
        from zhaoshang_desktop.domain import number

        return number.read_number(text, unit, self.unit)

    def write(self, value: Any) -> str:
        from zhaoshang_desktop.domain import number

        return number.write_number(value, self.unit)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number with its unit (int)."""

    unit: str = ""

    def read(self, text: str, unit: str = "") -> int:
        from zhaoshang_desktop.domain import number

        value = number.read_number(text, unit, self.unit)
        if value != int(value):
            raise NotUnderstood("应是整数")
        return int(value)

    def write(self, value: int) -> str:
        from zhaoshang_desktop.domain import number

        return number.write_number(value, self.unit)


class Day(Kind):
    """An exact day (datetime.date)."""

    def read(self, text: str, unit: str = "") -> Any:
        return day.read_day(text)

    def write(self, value: Any) -> str:
        return str(value.isoformat())


class When(Kind):
    """A date known to the year, the month or the day (`day.When`)."""

    def read(self, text: str, unit: str = "") -> day.When:
        return day.read_when(text)


class Period(Kind):
    """From … to …, each known to the year, the month or the day (`day.Period`)."""

    def read(self, text: str, unit: str = "") -> day.Period:
        return day.read_period(text)


class Hour(Kind):
    """A time of day, local (int: minutes since midnight)."""

    def read(self, text: str, unit: str = "") -> int:
        return day.read_hour(text)

    def write(self, value: int) -> str:
        return day.write_hour(value)


class Times(Kind):
    """When somebody can be met (tuple of `meeting_times.Span`), as "周二上午；周三 14:00–16:00"."""

    def read(self, text: str, unit: str = "") -> TimesValue:
        from zhaoshang_desktop.domain import meeting_times

        return meeting_times.read_times(text)

    def write(self, value: TimesValue) -> str:
        from zhaoshang_desktop.domain import meeting_times

        return meeting_times.write_times(value)

    @property
    def empty(self) -> TimesValue:
        return ()


@dataclass(frozen=True)
class Choice(Kind):
    """One of the office's list (str); what is not on the list is not understood.

    `said` pairs what people also write with the option they mean by it ("民营", "民企").
    """

    options: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    def read(self, text: str, unit: str = "") -> str:
        wanted = tidy(text)
        if wanted not in self.options:
            wanted = dict(self.said).get(wanted, wanted)
        if wanted not in self.options:
            raise NotUnderstood(f"不在选项中：{'、'.join(self.options)}")
        return wanted

    @property
    def empty(self) -> str:
        return ""


@dataclass(frozen=True)
class Choices(Kind):
    """Several of a list (tuple[str, ...])."""

    options: tuple[str, ...] = ()

    def read(self, text: str, unit: str = "") -> tuple[str, ...]:
        parts = split_list(text)
        unknown = [part for part in parts if part not in self.options]
        if unknown:
            raise NotUnderstood(f"“{'、'.join(unknown)}”不在选项中：{'、'.join(self.options)}")
        return parts

    def write(self, value: tuple[str, ...]) -> str:
        return "、".join(value)

    @property
    def empty(self) -> tuple[str, ...]:
        return ()


class Tags(Choices):
    """Free words (tuple[str, ...])."""

    def read(self, text: str, unit: str = "") -> tuple[str, ...]:
        return split_list(text)


@dataclass(frozen=True)
class Honours(Kind):
    """Titles, each with its year or without (tuple of (str, int | None)), as "专精特新 2025、上市公司"."""

    options: tuple[str, ...] = ()

    def read(self, text: str, unit: str = "") -> tuple[tuple[str, int | None], ...]:
        return tuple(day.split_year(part) for part in split_list(text))

    def write(self, value: tuple[tuple[str, int | None], ...]) -> str:
        return "、".join(f"{name} {year}" if year else name for name, year in value)

    @property
    def empty(self) -> tuple[tuple[str, int | None], ...]:
        return ()


class Flag(Kind):
    """Yes or no (bool | None: not known)."""

    def read(self, text: str, unit: str = "") -> bool:
        word = tidy(text).lower()
        if word in {"是", "有", "√", "✓", "对", "y", "yes", "1", "true"}:
            return True
        if word in {"否", "无", "×", "✗", "没有", "不是", "n", "no", "0", "false"}:
            return False
        raise NotUnderstood("应填“是”或“否”")

    def write(self, value: bool) -> str:
        return "是" if value else "否"


class Place(Kind):
    """A place (str: 行政区划代码 of six digits, or "X:国家（地区）名" outside the mainland's table)."""

    def read(self, text: str, unit: str = "") -> str:
        from zhaoshang_desktop.domain import region

        return region.read_place(text)

    def write(self, value: str) -> str:
        from zhaoshang_desktop.domain import region

        return region.place_name(value)

    @property
    def empty(self) -> str:
        return ""


class Point(Kind):
    """Where on the earth (tuple of longitude and latitude in degrees, WGS-84 or as typed)."""

    def read(self, text: str, unit: str = "") -> tuple[float, float]:
        from zhaoshang_desktop.domain import region

        return region.read_point(text)

    def write(self, value: tuple[float, float]) -> str:
        return f"{value[0]:.6f}, {value[1]:.6f}"


@dataclass(frozen=True)
class Link(Kind):
    """Another record (int: its key, 0 for none); `noun` is that record type's NOUN."""

    noun: str = ""

    def read(self, text: str, unit: str = "") -> int:
        raise NotUnderstood("应从库里选")

    @property
    def empty(self) -> int:
        return 0


@dataclass(frozen=True)
class Links(Kind):
    """Several other records (tuple[int, ...])."""

    noun: str = ""

    def read(self, text: str, unit: str = "") -> tuple[int, ...]:
        raise NotUnderstood("应从库里选")

    @property
    def empty(self) -> tuple[int, ...]:
        return ()


def split_list(text: str) -> tuple[str, ...]:
    """The parts of "甲、乙；丙", tidied, without repeats."""
    for mark in "，,；;/|\n":
        text = text.replace(mark, "、")
    return tuple(dict.fromkeys(part for part in (tidy(part) for part in text.split("、")) if part))
