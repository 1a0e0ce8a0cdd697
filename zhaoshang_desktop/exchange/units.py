"""Columns that say the unit of the amount beside them: 投资额 | 单位, 注册资本 | 币种."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.money import has_size, read_money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.heading import JOINT, header_key
from zhaoshang_desktop.exchange.layout import Column
from zhaoshang_desktop.exchange.people import DASHES
from zhaoshang_desktop.exchange.sheet import Cell, cell_text
from zhaoshang_desktop.exchange.targets import UNIT, known_headings, targets_of

_HEADING = re.compile(r"(单位|币种|币别|货币|货币单位)$")
_MOST_SAY = 0.9
CURRENCY = "currency"
"""The field of a record that says the currency of its amounts."""


def unit_columns(columns: Sequence[Column], samples: Mapping[int, list[Cell]], record: type[Record]) -> frozenset[int]:
    """The columns (by index) whose heading and cells say nothing but units of money."""
    found = (
        column.index
        for column in columns
        if _HEADING.search(key := header_key(column.header.rpartition(JOINT)[2]))
        and known_headings(record).get(key, ("", 0))[0] != CURRENCY
        and all_units(samples[column.index])
    )
    return frozenset(found)


def all_units(sample: Sequence[Cell]) -> bool:
    """Whether nearly all the cells are units of money."""
    texts = [text for cell in sample if (text := cell_text(cell).strip()) not in DASHES]
    return bool(texts) and sum(map(_is_unit, texts)) >= len(texts) * _MOST_SAY


def _is_unit(text: str) -> bool:
    try:
        read_money("1", text)
    except NotUnderstood:
        return False
    return True


def beside(columns: frozenset[int], taken: Mapping[int, str], record: type[Record]) -> dict[int, str]:
    """Column of units → its path: it belongs to the amount left of it, else to the one right behind it."""
    targets = targets_of(record)
    amounts = sorted(place for place, path in taken.items() if isinstance(targets[path].kind, kinds.Amount))
    found: dict[int, str] = {}
    for column in sorted(columns):
        left = [place for place in amounts if place < column]
        near = left[-1:] or [place for place in amounts if place == column + 1]
        path = f"{UNIT}.{taken[near[0]]}" if near else ""
        if path in targets and path not in found.values():
            found[column] = path
    return found


def sources(used: Mapping[str, int]) -> dict[str, int]:
    """Path of an amount → the column that says its unit, by the columns of all paths; 币种 says it of all others."""
    own = {path.partition(".")[2]: column for path, column in used.items() if path.startswith(f"{UNIT}.")}
    shared = used.get(CURRENCY, -1)
    return {path: column for path in used if (column := own.get(path, shared)) >= 0}


def says_size(sample: Sequence[Cell]) -> bool:
    """Whether the units say more than a currency: 万元, 亿美元."""
    return any(has_size(cell_text(cell)) for cell in sample)
