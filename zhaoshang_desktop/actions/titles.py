"""What linked records are called, fetched once for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

FindTitle = Callable[[str, int], str]
"""(noun, key) → what a person calls that record; "" when it is gone."""


def titles_of(office: Office, records: Iterable[Record]) -> FindTitle:
    """The titles of everything that these records point to."""
    wanted: dict[str, set[int]] = {}
    for record in records:
        for noun, key in links_of(record):
            wanted.setdefault(noun, set()).add(key)
    known = {(noun, one.id): one.title for noun, keys in wanted.items() for one in office.rows(RECORDS[noun], [*keys])}
    return lambda noun, key: known.get((noun, key), "")


def links_of(record: Record) -> Iterable[tuple[str, int]]:
    """Every (noun, key) that the record points to."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if isinstance(field.kind, Link) and value:
            yield field.kind.noun, value
        elif isinstance(field.kind, Links):
            yield from ((field.kind.noun, key) for key in value)
