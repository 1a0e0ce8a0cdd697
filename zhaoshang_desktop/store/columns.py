"""How each kind of value lies in the database: one map from kind to columns.

Every stored value is a JSON scalar (money: a pair of them), so that a row, a journal line and
a pack say the same thing in the same words. None is empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text
from sqlalchemy.types import TypeEngine

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.meeting_times import read_times, write_times
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.domain.text import storable

BIG = BigInteger().with_variant(Integer(), "sqlite")
NUMBER_SCALE = 10**6

Stored = Any


@dataclass(frozen=True)
class Form:
    """A kind's stored form: column type, and the way there and back for a non-empty value."""

    type: TypeEngine[Any]
    encode: Callable[[Any], Stored]
    decode: Callable[[Stored], Any]


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _dump_names(names: Iterable[str]) -> str:
    return f"[{','.join([encode_basestring(storable(name)) for name in names])}]"


def _load_names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _load_honours(text: str) -> tuple[tuple[str, int | None], ...]:
    return tuple((name, year) for name, year in json.loads(text))


def _decode_when(text: str) -> When:
    return When(*map(int, text.split("-")))


def _encode_period(period: Period) -> str:
    return f"{period.start or ''}/{period.end or ''}"


def _decode_period(text: str) -> Period:
    start, end = text.split("/")
    return Period(_decode_when(start) if start else None, _decode_when(end) if end else None)


def _dump_honours(value: tuple[tuple[str, int | None], ...]) -> str:
    return _dump([[storable(name), year] for name, year in value])


_TEXT = Form(Text(), storable, str)
_NAMES = Form(Text(), _dump_names, _load_names)

FORMS: dict[type[kinds.Kind], Form] = {
    kinds.Text: _TEXT,
    kinds.Note: _TEXT,
    kinds.CreditCode: _TEXT,
    kinds.Phone: _TEXT,
    kinds.Choice: _TEXT,
    kinds.Place: _TEXT,
    kinds.Amount: Form(BIG, lambda m: [m.fen, m.currency], lambda pair: Money(int(pair[0]), pair[1])),
    kinds.Number: Form(BIG, lambda d: int((d * NUMBER_SCALE).to_integral_value()), lambda n: Decimal(n) / NUMBER_SCALE),
    kinds.Whole: Form(BIG, int, int),
    kinds.Day: Form(Text(), lambda d: d.isoformat(), date.fromisoformat),
    kinds.When: Form(Text(), str, _decode_when),
    kinds.Period: Form(Text(), _encode_period, _decode_period),
    kinds.Hour: Form(Integer(), int, int),
    kinds.Times: Form(Text(), write_times, read_times),
    kinds.Choices: _NAMES,
    kinds.Tags: _NAMES,
    kinds.Honours: Form(Text(), _dump_honours, _load_honours),
    kinds.Flag: Form(Integer(), int, bool),
    kinds.Point: Form(Text(), lambda p: _dump(list(p)), lambda text: tuple(json.loads(text))),
    kinds.Link: Form(BIG, int, int),
    kinds.Links: Form(Text(), lambda keys: _dump([str(key) for key in keys]), lambda t: tuple(map(int, json.loads(t)))),
}


def form_of(field: Field) -> Form:
    """The stored form of a field's kind."""
    return FORMS[type(field.kind)]


def columns_of(field: Field) -> list[Column[Any]]:
    """The field's columns: one, or two for money (分 and currency)."""
    form = form_of(field)
    if isinstance(field.kind, kinds.Link):
        target = ForeignKey(f"{field.kind.noun}.id", deferrable=True, initially="DEFERRED")
        return [Column(field.name, form.type, target, index=True)]
    if isinstance(field.kind, kinds.Amount):
        return [Column(field.name, form.type), Column(f"{field.name}_currency", Text())]
    return [Column(field.name, form.type)]


def encode(field: Field, value: Any) -> Stored:
    """The stored form of a value; None when it is empty."""
    if value is None or value == field.kind.empty:
        return None
    return form_of(field).encode(value)


def decoder(field: Field) -> Callable[[Stored], Any]:
    """What makes the value of a stored form, for many of them."""
    empty, read = field.kind.empty, form_of(field).decode
    return lambda stored: empty if stored is None else read(stored)


def decode(field: Field, stored: Stored) -> Any:
    """The value of a stored form."""
    return decoder(field)(stored)
