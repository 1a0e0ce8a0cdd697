"""One definition per field: what it is called, what kind of value it holds, where it is shown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, get_origin, get_type_hints

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.kinds import Kind
    from zhaoshang_desktop.domain.record import Record


@dataclass(frozen=True)
class Spec:
    """What every layer needs to know of a field.

    `column` is its place among the list's columns (0: not shown until asked for); `sensitive`
    marks personal information, masked in what leaves the office; `derived` is computed by the
    store from other records and never typed.
    """

    label: str
    kind: Kind
    group: str = "基本"
    required: bool = False
    search: bool = False
    aliases: tuple[str, ...] = ()
    column: int = 0
    sensitive: bool = False
    derived: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a record type: its code name and its spec."""

    name: str
    spec: Spec

    @property
    def label(self) -> str:
        return self.spec.label

    @property
    def kind(self) -> Kind:
        return self.spec.kind


_FIELDS: dict[type[Record], dict[str, Field]] = {}


def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record type in the order written, without those every record has."""
    return tuple(_by_name(record).values())


def field_of(record: type[Record], name: str) -> Field:
    """The field of that code name; KeyError when there is none."""
    return _by_name(record)[name]


def _by_name(record: type[Record]) -> dict[str, Field]:
    if record not in _FIELDS:
        hints = get_type_hints(record, include_extras=True)
        _FIELDS[record] = {
            field.name: Field(field.name, part)
            for field in dataclasses.fields(record)
            if get_origin(hints[field.name]) is Annotated
            for part in hints[field.name].__metadata__
            if isinstance(part, Spec)
        }
    return _FIELDS[record]
