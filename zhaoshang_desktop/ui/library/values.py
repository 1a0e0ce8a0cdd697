"""How a stored value looks in a list: short, and alike down a column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.money import CURRENCIES, Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field

Titles = Mapping[tuple[str, int], str]
"""What linked records are called, by noun and key."""

YI, WAN = 10**10, 10**6
NEAR_DAYS = 7
UNKNOWN = "…"


def shown(record: Record, field: Field, titles: Titles) -> str:
    """The text of a field in a list; "" when it is empty."""
    value = getattr(record, field.name)
    return "" if value == field.kind.empty or value is None else written(field.kind, value, titles)


def written(kind: kinds.Kind, value: Any, titles: Titles) -> str:
    """The text of a value that is not empty."""
    special = _WRITERS.get(type(kind))
    return special(kind, value, titles) if special else kind.write(value)


def short_money(value: Money) -> str:
    """In 亿 with two decimals, in whole 万 from a hundred 万 on; foreign money keeps its name."""
    name = "" if value.currency == "CNY" else CURRENCIES.get(value.currency, value.currency)
    size = abs(value.fen)
    if size >= YI:
        return f"{Decimal(value.fen) / YI:,.2f} 亿{name}"
    if size >= 100 * WAN:
        return f"{Decimal(value.fen) / WAN:,.0f} 万{name}"
    if size >= WAN:
        return f"{Decimal(value.fen) / WAN:,.4f}".rstrip("0").rstrip(".") + f" 万{name}"
    return f"{Decimal(value.fen) / 100:,.2f} {name or '元'}"


def with_unit(text: str) -> str:
    """A sum outside a column of sums says what it counts."""
    return f"{text}元" if text.endswith((" 亿", " 万")) else text


def relative_day(day: date, today: date) -> str:
    """ "3 天前" while that is easier to grasp than the date, then 11-08, then 2025-11-08."""
    distance = (day - today).days
    names = {0: "今天", -1: "昨天", 1: "明天", -2: "前天", 2: "后天"}
    if distance in names:
        return names[distance]
    if -NEAR_DAYS <= distance < 0:
        return f"{-distance} 天前"
    if 0 < distance <= NEAR_DAYS:
        return f"{distance} 天后"
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def link_keys(record: Record, field: Field) -> list[tuple[str, int]]:
    """The records a field points to."""
    kind, value = field.kind, getattr(record, field.name)
    if isinstance(kind, kinds.Link):
        return [(kind.noun, value)] if value else []
    if isinstance(kind, kinds.Links):
        return [(kind.noun, key) for key in value]
    return []


def _link(kind: Any, value: int, titles: Titles) -> str:
    return titles.get((kind.noun, value), UNKNOWN)


def _links(kind: Any, value: tuple[int, ...], titles: Titles) -> str:
    return "、".join(titles.get((kind.noun, key), UNKNOWN) for key in value)


def _money(kind: kinds.Kind, value: Money, titles: Titles) -> str:
    return short_money(value)


def _note(kind: kinds.Kind, value: str, titles: Titles) -> str:
    return " ".join(value.split())


_WRITERS: dict[type[kinds.Kind], Any] = {
    kinds.Link: _link,
    kinds.Links: _links,
    kinds.Amount: _money,
    kinds.Note: _note,
}
