"""What a record is found by: the texts of its entry, its children's among them, and what the index holds of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from zhaoshang_desktop.domain import kinds, pinyin
from zhaoshang_desktop.domain.libraries import CHILDREN, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.store.columns import decode
from zhaoshang_desktop.store.tables import TABLES
from zhaoshang_desktop.store.words import index_columns

Said = tuple[str, list[tuple[Any, ...]], list[tuple[str, list[tuple[Any, ...]]]]]
"""A noun; of its records the key, the title and the stored values they are found by; by the noun of their children,
of each of these its owner and values."""
Prepared = tuple[list[tuple[int, str, str]], list[tuple[int, str, str, str]]]
"""Key, sort key and text of each entry; key, words, initials and sounds of each in the index."""


def said(connection: Connection, record: type[Record], keys: Sequence[int]) -> Said:
    """What the live ones of these records and their children say that they are found by."""
    table = TABLES[record.NOUN]
    columns = [table.c.id, table.c[record.TITLE], *[table.c[field.name] for field in _search_fields(record)]]
    live = select(*columns).where(table.c.id.in_(keys), table.c.removed.is_(None))
    return record.NOUN, _plain_rows(connection, live), list(_children(connection, record, keys))


def _children(
    connection: Connection, record: type[Record], keys: Sequence[int]
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for child in CHILDREN.get(record, ()):
        if fields := _search_fields(child):
            table = TABLES[child.NOUN]
            owner = table.c[child.OWNER]
            live = select(owner, *[table.c[field.name] for field in fields])
            yield child.NOUN, _plain_rows(connection, live.where(owner.in_(keys), table.c.removed.is_(None)))


def _plain_rows(connection: Connection, wanted: Select[Any]) -> list[tuple[Any, ...]]:
    """As the driver gives them, which is as they are stored: half the time for very many."""
    with connection.execute(wanted) as result:
        return list(result.cursor.fetchall()) if result.cursor is not None else []


def rows(told: Said) -> Iterator[tuple[int, str, str]]:
    """Key, sort key and text of the entries of what is said."""
    noun, own, children = told
    lines_of = _lines_of(noun)
    theirs: dict[int, list[str]] = {}
    for child, parts in children:
        lines_of_child = _lines_of(child)
        for owner, *values in parts:
            theirs.setdefault(owner, []).extend(lines_of_child(values))
    for key, title, *values in own:
        lines = [*lines_of(values), *theirs.get(key, ())]
        yield key, pinyin.sort_key(title or ""), "\n".join(dict.fromkeys(lines))


def prepared(told: Said) -> Prepared:
    """The same with what SQLite's index holds of each; in whichever process."""
    made = list(rows(told))
    return made, [(key, *index_columns(text)) for key, _, text in made]


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
