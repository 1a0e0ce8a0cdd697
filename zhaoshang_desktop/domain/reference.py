"""Shipped tables as records: their columns are called like the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of

R = TypeVar("R", bound=Record)


def records(record: type[R], table: str) -> Iterator[R]:
    """The records of the table of that name, not stored anywhere yet."""
    fields = {field.name: field for field in fields_of(record)}
    for row in tables.rows(table):
        values: dict[str, Any] = {
            name: fields[name].kind.read(text) for name, text in row.items() if text and name in fields
        }
        yield record(**values)
