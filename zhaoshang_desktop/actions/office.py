"""A new office with the tables of limits and holidays that ship, and opening one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, LodgingLimit
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import NewVault

__all__ = ["new_office", "open_office"]

SHIPPED: tuple[tuple[type[Record], str], ...] = (
    (Allowance, "allowances"),
    (LodgingLimit, "lodging_limits"),
    (CalendarDay, "calendar"),
)


def new_office(
    where: Path | str, *, name: str, actor: str = "", clock: Clock | None = None, made: NewVault | None = None
) -> Office:
    """Makes an office whose policy tables hold what ships; from then on they are the office's to change.

    With a vault just made its file is encrypted from the first byte.
    """
    first = [one for record, table in SHIPPED for one in shipped(record, table)]
    key, vault = (made.key, made.vault) if made is not None else (None, None)
    return create_office(where, name=name, actor=actor, clock=clock, key=key, vault=vault, first=first)


def shipped(record: type[Record], table: str) -> Iterator[Record]:
    """The records of a shipped table, whose columns are called like the fields."""
    fields = {field.name: field for field in fields_of(record)}
    for row in tables.rows(table):
        values: dict[str, Any] = {
            name: fields[name].kind.read(text) for name, text in row.items() if text and name in fields
        }
        yield record(**values)
