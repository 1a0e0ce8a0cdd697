"""What a record is found by: the texts of its entry, its children's among them, and what the index holds of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from zhaoshang_desktop.domain import kinds, pinyin
from zhaoshang_desktop.domain.libraries import CHILDREN, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.store.columns import decode
from zhaoshang_desktop.store.tables import TABLES
from zhaoshang_desktop.store.words import index_columns

Part = tuple[str, list[Any]]
"""A child's noun, and the stored values of the fields it is found by."""
Said = tuple[int, str, list[Any], list[Part]]
"""A record's key, title and values, and its children."""
Prepared = tuple[int, str, str, str, str, str]
"""Key, sort key and text of an entry; its words, initials and sounds in the index."""


def said(connection: Connection, record: type[Record], keys: Sequence[int]) -> list[Said]:
    """What the live ones of these records and their children say that they are found by."""
    table = TABLES[record.NOUN]
    columns = [table.c.id, table.c[record.TITLE], *[table.c[field.name] for field in _search_fields(record)]]
    live = select(*columns).where(table.c.id.in_(keys), table.c.removed.is_(None))
    children = _children(connection, record, keys)
    return [(key, title or "", values, children.get(key, [])) for key, title, *values in connection.execute(live)]


def _children(connection: Connection, record: type[Record], keys: Sequence[int]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for child in CHILDREN.get(record, ()):
        fields = _search_fields(child)
        if not fields:
            continue
        table = TABLES[child.NOUN]
        owner = table.c[child.OWNER]
        rows = select(owner, *[table.c[field.name] for field in fields])
        for key, *values in connection.execute(rows.where(owner.in_(keys), table.c.removed.is_(None))):
            found.setdefault(key, []).append((child.NOUN, values))
    return found


def rows(record: type[Record], told: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """The entries of what is said, as rows of their table."""
    lines_of = _lines_of(record.NOUN)
    for key, title, values, children in told:
        lines = [*lines_of(values), *(line for noun, said in children for line in _lines_of(noun)(said))]
        yield {"id": key, "sort_key": pinyin.sort_key(title), "text": "\n".join(dict.fromkeys(lines))}


def prepared(task: tuple[str, Sequence[Said]]) -> list[Prepared]:
    """The same with what SQLite's index holds of each, for the noun and what is said; in whichever process."""
    noun, told = task
    made = rows(RECORDS[noun], told)
    return [(row["id"], row["sort_key"], row["text"], *index_columns(row["text"])) for row in made]


@cache
def matters(noun: str) -> frozenset[str]:
    """The stored fields of a record of which its entry, or its owner's, is made: a change of others leaves it alone."""
    record = RECORDS[noun]
    return frozenset({record.TITLE, record.OWNER, "removed", *(field.name for field in _search_fields(record))})


def _search_fields(record: type[Record]) -> list[Field]:
    return [field for field in fields_of(record) if field.spec.search]


@cache
def _lines_of(noun: str) -> Callable[[Iterable[Any]], Iterator[str]]:
    """What gives the lines of an entry for the stored values of a record's fields."""
    fields = _search_fields(RECORDS[noun])
    shown = [_shown(field) for field in fields]

    def lines(values: Iterable[Any]) -> Iterator[str]:
        for show, value in zip(shown, values, strict=True):
            if value is not None:
                yield from filter(None, folded(show(value)).split("、"))

    return lines


def _shown(field: Field) -> Callable[[Any], str]:
    if isinstance(field.kind, kinds.Text):
        return str
    return lambda stored: field.kind.write(decode(field, stored))
