"""Which records score highest: the shares of `domain/ranking.py` as SQL; a library is weighed where it lies."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    case,
    cast,
    desc,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import FromClause

from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.ranking import FULL, ByDay, ByKey, ByValue, FirstOf, Flagged, Holding, Share, Terms
from zhaoshang_desktop.store import query
from zhaoshang_desktop.store.tables import TABLES

Column = ColumnElement[Any]


def best(
    connection: Connection, question: Query, terms: Terms, limit: int, *, positive: bool = True
) -> list[tuple[int, int]]:
    """Key and score of those of the answer that score highest, best first and of equals the older; linear in the
    number of records. `positive`: only those for whom more speaks than against."""
    table = TABLES[question.record.NOUN]
    weighing = _Weighing(connection.dialect.name == "postgresql", table)
    score: Column = literal(0, BigInteger())
    for weight, share in _merged(terms):
        score = score + weight * weighing.column(share)
    wanted = select(table.c.id, score.label("score")).select_from(weighing.source).where(table.c.removed.is_(None))
    keyed = [where for where in question.where if where.field == "id"]
    others = tuple(where for where in question.where if where.field != "id")
    wanted = wanted.where(*query.conditions(replace(question, where=others)))
    for where in keyed:
        wanted = wanted.where(table.c.id.in_(weighing.members(list(where.value))))
    wanted = wanted.order_by(desc("score"), table.c.id).limit(limit)
    if question.words.strip():
        named = query.ids(connection, Query(question.record, words=question.words))
        wanted = wanted.where(table.c.id.in_(weighing.members(named)))
    found = ((key, int(points)) for key, points in connection.execute(wanted))
    return [(key, points) for key, points in found if points > 0 or not positive]


def _merged(terms: Terms) -> Terms:
    """The same with all that is known by key in one list."""
    points: dict[int, int] = {}
    for weight, share in terms:
        if isinstance(share, ByKey):
            for key, value in share.shares.items():
                points[key] = points.get(key, 0) + weight * value
    others = tuple((weight, share) for weight, share in terms if not isinstance(share, ByKey))
    return (*others, (1, ByKey(points))) if points else others


def _listed(values: Sequence[Any]) -> Select[Any]:
    """Values as rows, for SQLite."""
    return select(func.json_each(literal(json.dumps(values, ensure_ascii=False))).table_valued("value").c.value)


def _halved(column: Column, by_share: Sequence[tuple[int, list[Any]]]) -> Column:
    """Which share the value has that is in one of these lists: one question whether it is in the first half."""
    if len(by_share) == 1:
        return literal(by_share[0][0], Integer())
    middle = len(by_share) // 2
    first = [value for _, values in by_share[:middle] for value in values]
    halves = _halved(column, by_share[:middle]), _halved(column, by_share[middle:])
    return case((column.in_(_listed(first)), halves[0]), else_=halves[1])


FEW = 4
"""So many values are compared one after the other."""


class _Weighing:
    """`source` is the table with what has to be joined to it: a list of values with their shares each."""

    def __init__(self, server: bool, table: Table) -> None:
        self._server, self._table = server, table
        self.source: FromClause = table
        self._joined = 0

    def column(self, share: Share) -> Column:
        """The share of each row, never NULL."""
        by_kind: Mapping[type[Share], Any] = {
            ByValue: self._by_value,
            ByKey: self._by_key,
            ByDay: self._by_day,
            Flagged: self._flagged,
            Holding: self._holding,
            FirstOf: self._first_of,
        }
        found: Column = by_kind[type(share)](share)
        return found

    def members(self, keys: list[int]) -> Select[Any]:
        """The keys as rows of one column."""
        if self._server:
            text = literal(json.dumps(keys))
            return select(cast(func.jsonb_array_elements_text(cast(text, JSONB)), BigInteger()))
        return _listed(keys)

    def _by_value(self, share: ByValue) -> Column:
        return self._looked_up(self._table.c[share.field], share.shares)

    def _by_key(self, share: ByKey) -> Column:
        return self._looked_up(self._table.c.id, share.shares)

    def _looked_up(self, column: Column, shares: Mapping[Any, int]) -> Column:
        """What the value of a column is worth; a server joins the list, SQLite halves it (it has no plan for several
        such joins but to read each list for each row)."""
        filled = {value: share for value, share in shares.items() if share}
        if not filled:
            return literal(0, Integer())
        if len(filled) <= FEW:
            return case(filled, value=column, else_=0)
        if self._server:
            return self._joined_to(column, filled)
        by_share: dict[int, list[Any]] = {}
        for value, share in filled.items():
            by_share.setdefault(share, []).append(value)
        inside = column.in_(_listed(list(filled)))
        return case((inside, _halved(column, sorted(by_share.items(), reverse=True))), else_=0)

    def _joined_to(self, column: Column, shares: Mapping[Any, int]) -> Column:
        text = literal(json.dumps({str(value): share for value, share in shares.items()}, ensure_ascii=False))
        pairs = func.jsonb_each_text(cast(text, JSONB)).table_valued("key", "value")
        key = cast(pairs.c.key, BigInteger()) if column is self._table.c.id else pairs.c.key
        self._joined += 1
        listed = select(key.label("key"), cast(pairs.c.value, Integer()).label("share")).subquery(f"s{self._joined}")
        self.source = self.source.outerjoin(listed, listed.c.key == column)
        return func.coalesce(listed.c.share, 0)

    def _by_day(self, share: ByDay) -> Column:
        column = self._table.c[share.field]
        steps = [(column <= until.isoformat(), points) for until, points in share.steps]
        return case((column.is_(None), share.never), *steps, else_=0)

    def _flagged(self, share: Flagged) -> Column:
        return case((or_(*[self._table.c[name] == 1 for name in share.fields]), FULL), else_=0)

    def _holding(self, share: Holding) -> Column:
        column = self._table.c[share.field]
        if not share.words:
            return case((and_(column.is_not(None), column != ""), share.share), else_=0)
        at = func.strpos(column, share.words) if self._server else func.instr(column, share.words)
        return case((at > 0, share.share), else_=0)

    def _first_of(self, share: FirstOf) -> Column:
        columns = [self.column(one) for one in share.shares]
        return func.coalesce(*[func.nullif(column, 0) for column in columns], literal(0), literal(0))
