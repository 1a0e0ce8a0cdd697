"""Questions turned into SQL: which records, in what order, first page first."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import sqlalchemy
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, func, or_, select, text

from zhaoshang_desktop.domain.errors import Damaged
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of
from zhaoshang_desktop.store import search, server_search
from zhaoshang_desktop.store.columns import decoder, encode
from zhaoshang_desktop.store.engine import DAMAGE
from zhaoshang_desktop.store.tables import ENTRIES, TABLES, record_of_row
from zhaoshang_desktop.store.words import Word, words_of

FEW, WALKED = 1_500, 4_000
"""With fewer hits than `FEW` all are sorted; with more, so many records are walked in the hope of a page."""


Index = Literal["asked", "left"] | list[int]
"""Whether the search index is asked within the question, left aside, or has answered with these keys."""


def find(connection: Connection, query: Query) -> list[Record]:
    """The whole records of the answer."""
    return rows(connection, query.record, ids(connection, query))


def rows(connection: Connection, record: type[Record], keys: Sequence[int]) -> list[Record]:
    """The records of these keys, in their order; a key without a record is left out."""
    table = TABLES[record.NOUN]
    found: dict[int, Record] = {}
    for start in range(0, len(keys), search.CHUNK):
        chunk = select(table).where(table.c.id.in_(keys[start : start + search.CHUNK]))
        found |= {row["id"]: _record(record, row) for row in connection.execute(chunk).mappings()}
    return [found[key] for key in keys if key in found]


def _record(record: type[Record], row: RowMapping) -> Record:
    try:
        return record_of_row(record, row)
    except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
        raise Damaged(f"办公室文件已损坏：一条{RECORD_TITLES[record.NOUN]}读不出来。", DAMAGE[1]) from error


def conditions(question: Query) -> list[ColumnElement[bool]]:
    """What a record must hold, as conditions on its own table; words are not among them."""
    table = TABLES[question.record.NOUN]
    return [_condition(table, question.record, where) for where in question.where]


def columns(
    connection: Connection, record: type[Record], names: Sequence[str], where: Sequence[Where] = ()
) -> list[tuple[Any, ...]]:
    """Key and these fields of every live record, as values."""
    table = TABLES[record.NOUN]
    reads = [decoder(field_of(record, name)) for name in names]
    wanted = select(table.c.id, *[table.c[name] for name in names]).where(table.c.removed.is_(None))
    wanted = wanted.where(*[_condition(table, record, one) for one in where])
    return [
        (key, *[read(value) for read, value in zip(reads, values, strict=True)])
        for key, *values in connection.execute(wanted.order_by(table.c.id)).all()
    ]


def frequent(connection: Connection, record: type[Record], name: str, limit: int) -> list[tuple[Any, int]]:
    """The values of a field that most live records have, and how many have each."""
    table, read = TABLES[record.NOUN], decoder(field_of(record, name))
    column, number = table.c[name], func.count()
    wanted = select(column, number).where(table.c.removed.is_(None), column.is_not(None)).group_by(column)
    found = connection.execute(wanted.order_by(number.desc(), column).limit(limit))
    return [(read(value), count) for value, count in found]


def ids(connection: Connection, query: Query) -> list[int]:
    """All keys of the answer in the wanted order."""
    words = words_of(query.words)
    if _server_finds(connection, query, words):
        return list(_on_server(connection, query, words, None))
    if _index_orders(connection, query, words):
        return list(_found(connection, query, words))
    if _decided(words):
        return list(connection.execute(_select(connection, query, words, "asked")).scalars())
    return list(_walk(connection, query, words, "asked"))


def first_ids(connection: Connection, query: Query, limit: int) -> list[int]:
    """The first keys of the answer, as fast as a keystroke.

    Without an order asked for, the index itself gives the first hits. Else few hits are sorted, while for
    many the names, which have an index, are walked in their order: what is frequent is mostly met soon.
    (A server has ways of its own, `server_search.py`.)
    """
    words = words_of(query.words)
    if _server_finds(connection, query, words):
        return list(_on_server(connection, query, words, limit))
    if _index_orders(connection, query, words):
        return list(itertools.islice(_found(connection, query, words), limit))
    if words and not query.bin and query.record.NOUN in ENTRIES and connection.dialect.name == "sqlite":
        keys = search.hits(connection, query.record.NOUN, words, FEW)
        if keys is not None:
            return list(itertools.islice(_walk(connection, query, words, keys), limit))
        by_title = not query.order or query.order[0].lstrip("-") == query.record.TITLE
        met = list(itertools.islice(_walk(connection, query, words, "left", most=WALKED), limit)) if by_title else []
        if len(met) == limit:
            return met
    if _decided(words):
        return list(connection.execute(_select(connection, query, words, "asked").limit(limit)).scalars())
    return list(itertools.islice(_walk(connection, query, words, "asked"), limit))


def _index_orders(connection: Connection, query: Query, words: Sequence[Word]) -> bool:
    """Is the answer that of a search in a file, in the order of the index?"""
    asked = words and not query.order and not query.bin and query.record.NOUN in ENTRIES
    return bool(asked) and connection.dialect.name == "sqlite" and bool(search.fts_question(words))


def _found(connection: Connection, query: Query, words: Sequence[Word]) -> Iterator[int]:
    """Hits as somebody who searches wants them: what begins with the word, then the newest."""
    given: set[int] = set()
    for question in filter(None, (search.fts_beginning(words), search.fts_question(words))):
        for key in _hits(connection, query, words, question):
            if key not in given:
                given.add(key)
                yield key


def _hits(connection: Connection, query: Query, words: Sequence[Word], question: str) -> Iterator[int]:
    noun, entries, record = query.record.NOUN, ENTRIES[query.record.NOUN], TABLES[query.record.NOUN]
    index = sqlalchemy.table(f"{noun}_index", sqlalchemy.column("rowid"))
    decided = _decided(words)
    source: Any = index if decided else index.join(entries, entries.c.id == index.c.rowid)
    source = source.join(record, record.c.id == index.c.rowid) if query.where else source
    columns = [index.c.rowid] if decided else [index.c.rowid, entries.c.text]
    statement = (
        select(*columns)
        .select_from(source)
        .where(text(f"{noun}_index MATCH :question").bindparams(question=question))
        .where(*[_condition(record, query.record, where) for where in query.where])
        .order_by(index.c.rowid.desc())
        .execution_options(yield_per=200)
    )
    with connection.execute(statement) as result:
        for key, *entry in result:
            if decided or all(word.matches(entry[0]) for word in words):
                yield key


def _server_finds(connection: Connection, query: Query, words: Sequence[Word]) -> bool:
    """Is the answer that of a search on a server?"""
    return bool(words) and connection.dialect.name == "postgresql" and query.record.NOUN in ENTRIES and not query.bin


def _on_server(connection: Connection, query: Query, words: Sequence[Word], limit: int | None) -> Iterator[int]:
    record = TABLES[query.record.NOUN]
    by_entry = all(name.lstrip("-") == query.record.TITLE for name in query.order)
    wanted = server_search.Wanted(
        query.record.NOUN,
        words,
        lambda source: _order(record, source, query) if query.order else [source.c.id.desc()],
        by_entry,
        record if query.where or not by_entry else None,
        tuple(_condition(record, query.record, where) for where in query.where),
    )
    return itertools.islice(server_search.keys(connection, wanted, limit, begun_first=not query.order), limit)


def count(connection: Connection, query: Query, most: int | None = None) -> int:
    """How many records answer, counted up to `most`."""
    words = words_of(query.words)
    if _server_finds(connection, query, words):
        return sum(1 for _ in _on_server(connection, query, words, most))
    if _decided(words):
        inner = _select(connection, query, words, "asked").order_by(None).limit(most).subquery()
        return int(connection.execute(select(func.count()).select_from(inner)).scalar_one())
    return sum(1 for _ in itertools.islice(_walk(connection, query, words, "asked"), most))


def _decided(words: Sequence[Word]) -> bool:
    return all(word.exact for word in words)


def _walk(
    connection: Connection, query: Query, words: Sequence[Word], index: Index, most: int | None = None
) -> Iterator[int]:
    """Keys in order whose entries hold the words, each checked as it comes, `most` of them at the most."""
    statement = _select(connection, query, words, index, with_text=True).limit(most)
    statement = statement.execution_options(yield_per=1000)
    with connection.execute(statement) as result:
        for key, entry in result:
            if all(word.matches(entry) for word in words):
                yield key


def _select(
    connection: Connection, query: Query, words: Sequence[Word], index: Index, with_text: bool = False
) -> Select[Any]:
    record, table = query.record, TABLES[query.record.NOUN]
    entries = ENTRIES[record.NOUN].alias("e") if record.NOUN in ENTRIES else None
    own = [_condition(table, record, where) for where in query.where]
    if query.bin or entries is None:
        own.append(table.c.removed.is_not(None) if query.bin else table.c.removed.is_(None))
        if words:
            own += [table.c[record.TITLE].contains(word.text, autoescape=True) for word in words]
        return select(table.c.id).where(*own).order_by(*_order(table, None, query))
    needs_row = bool(own) or any(name.lstrip("-") != record.TITLE for name in query.order)
    source: Any = entries.join(table, table.c.id == entries.c.id) if needs_row else entries
    columns = [entries.c.id, entries.c.text] if with_text else [entries.c.id]
    order = _order(table, entries, query) if query.order or not words else [entries.c.id.desc()]
    statement = select(*columns).select_from(source).where(*own).order_by(*order)
    if not words or index == "left":
        return statement
    if index == "asked":
        return statement.where(_match(record.NOUN, words))
    return statement.where(text("e.id IN (SELECT value FROM json_each(:keys))").bindparams(keys=json.dumps(index)))


def _match(noun: str, words: Sequence[Word]) -> ColumnElement[bool]:
    question = search.fts_question(words)
    if not question:
        return text("1")  # type: ignore[return-value]
    matched = f"e.id IN (SELECT rowid FROM {noun}_index WHERE {noun}_index MATCH :question)"
    return text(matched).bindparams(question=question)  # type: ignore[return-value]


def _order(table: Table, entries: Any, query: Query) -> list[ColumnElement[Any]]:
    """Empty values come last whichever way the order runs, as in a spreadsheet."""
    order: list[ColumnElement[Any]] = []
    key = (entries if entries is not None else table).c.id
    for name in query.order or (query.record.TITLE,):
        down, field = name.startswith("-"), name.lstrip("-")
        if entries is not None and field == query.record.TITLE:
            order.append(entries.c.sort_key.desc() if down else entries.c.sort_key)
        else:
            column = table.c[field]
            order += [column.is_(None), column.desc() if down else column]
    return [*order, key.desc() if query.order and query.order[0].startswith("-") else key]


def _condition(table: Table, record: type[Record], where: Where) -> ColumnElement[bool]:
    if where.field == "id":
        return table.c.id.in_(where.value)
    column, field = table.c[where.field], field_of(record, where.field)
    if where.operator == "empty":
        return column.is_(None)
    if where.operator == "filled":
        return column.is_not(None)
    if where.operator == "has":
        member = json.dumps(str(where.value), ensure_ascii=False)
        return column.contains(member, autoescape=True)
    if where.operator == "under":
        return _under(column, where.value)
    if where.operator == "not after":
        return or_(column.is_(None), column <= _comparable(field, where.value))
    if where.operator == "in":
        wanted = [_comparable(field, value) for value in where.value]
        some = column.in_([value for value in wanted if value is not None])
        return or_(some, column.is_(None)) if None in wanted else some
    return _compare(column, where.operator, _comparable(field, where.value))


def _under(column: ColumnElement[str], places: str | tuple[str, ...]) -> ColumnElement[bool]:
    """行政区划代码 nest by pairs of digits: 320200 holds all that begin with 3202."""
    wanted = (places,) if isinstance(places, str) else places
    prefixes = [place if place.startswith("X:") else re.sub(r"(00)+$", "", place) for place in wanted]
    by_length = itertools.groupby(sorted(prefixes, key=len), key=len)
    return or_(*[func.substr(column, 1, length).in_(list(some)) for length, some in by_length])


def _comparable(field: Field, value: Any) -> Any:
    stored = encode(field, value)
    return stored[0] if isinstance(stored, list) else stored


def _equals(column: ColumnElement[Any], stored: Any) -> ColumnElement[bool]:
    return column.is_(None) if stored is None else column == stored


def _compare(column: ColumnElement[Any], operator: str, stored: Any) -> ColumnElement[bool]:
    if operator == "=":
        return _equals(column, stored)
    if operator == "!=":
        return column.is_not(None) if stored is None else or_(column != stored, column.is_(None))
    comparisons = {"<": column < stored, "<=": column <= stored, ">": column > stored, ">=": column >= stored}
    return comparisons[operator]
