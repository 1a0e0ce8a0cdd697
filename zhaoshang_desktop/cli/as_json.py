"""Records as plain values for JSON: keys are the code names of the fields.

Keys of records are texts (they exceed 2^53); money is a text in whole units beside its currency;
dates are ISO 8601; a place and a linked record have their name beside their code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhaoshang_desktop.actions.titles import FindTitle
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.kinds import Kind
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of

Plain = str | int | float | bool | None | list[Any] | dict[str, Any]


def as_json(record: Record, find: FindTitle) -> dict[str, Plain]:
    """The whole record; `find` names what it points to."""
    plain: dict[str, Plain] = {"id": str(record.id), "version": record.version}
    for field in fields_of(type(record)):
        value, kind = getattr(record, field.name), field.kind
        is_empty = value == kind.empty and not isinstance(value, str | tuple)
        plain[field.name] = None if is_empty else PLAIN[type(kind)](value)
        for ending, beside in BESIDE.get(type(kind), {}).items():
            plain[f"{field.name}_{ending}"] = None if value == kind.empty else beside(kind, value, find)
    return plain | {
        "raw": dict(record.raw),
        "created": _moment(record.created),
        "updated": _moment(record.updated),
        "removed": _moment(record.removed),
    }


def print_json(value: Any) -> None:
    """To stdout, in Chinese as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _same(value: Any) -> Plain:
    return value


def _number(value: Decimal) -> Plain:
    return int(value) if value == value.to_integral_value() else float(value)


def _period(value: Any) -> Plain:
    return {"start": str(value.start) if value.start else None, "end": str(value.end) if value.end else None}


def _keys(values: Iterable[int]) -> Plain:
    return [str(value) for value in values]


def _name(kind: Any, value: int, find: FindTitle) -> Plain:
    return find(kind.noun, value)


def _names(kind: Any, values: Iterable[int], find: FindTitle) -> Plain:
    return [find(kind.noun, value) for value in values]


PLAIN: dict[type[Kind], Callable[[Any], Plain]] = {
    kinds.Text: _same,
    kinds.Note: _same,
    kinds.CreditCode: _same,
    kinds.Phone: _same,
    kinds.Amount: lambda value: f"{value.yuan:.2f}",
    kinds.Number: _number,
    kinds.Whole: _same,
    kinds.Day: lambda value: value.isoformat(),
    kinds.When: str,
    kinds.Period: _period,
    kinds.Hour: lambda value: kinds.Hour().write(value),
    kinds.Times: lambda value: kinds.Times().write(value),
    kinds.Choice: _same,
    kinds.Choices: list,
    kinds.Tags: list,
    kinds.Honours: lambda value: [{"name": name, "year": year} for name, year in value],
    kinds.Flag: _same,
    kinds.Place: _same,
    kinds.Point: list,
    kinds.Link: str,
    kinds.Links: _keys,
}
"""How the value of each kind is written."""

BESIDE: dict[type[Kind], dict[str, Callable[[Any, Any, FindTitle], Plain]]] = {
    kinds.Amount: {"currency": lambda _kind, value, _find: value.currency},
    kinds.Place: {"name": lambda kind, value, _find: kind.write(value)},
    kinds.Link: {"name": _name},
    kinds.Links: {"names": _names},
}
"""What stands beside a field of that kind, under its name with this ending."""
