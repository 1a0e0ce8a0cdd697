"""Which records score highest: the shares of `domain/ranking.py` as SQL; a library is weighed where it lies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Table,
    and_,
    case,
    cast,
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
    for weight, share in terms:
        score = score + weight * weighing.column(share)
    inner = select(table.c.id, score.label("score")).select_from(weighing.source).where(table.c.removed.is_(None))
    inner = inner.where(*query.conditions(question))
    if question.words.strip():
        found = query.ids(connection, Query(question.record, words=question.words))
        inner = inner.where(table.c.id.in_(select(weighing.members(found))))
    scored = inner.subquery()
    wanted = select(scored.c.id, scored.c.score).order_by(scored.c.score.desc(), scored.c.id).limit(limit)
    if positive:
        wanted = wanted.where(scored.c.score > 0)
    return [(key, int(points)) for key, points in connection.execute(wanted)]


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

    def members(self, keys: list[int]) -> Column:
        """The keys as rows of one column."""
        text = literal(json.dumps(keys))
        if self._server:
            return cast(func.jsonb_array_elements_text(cast(text, JSONB)), BigInteger())
        listed = func.json_each(text).table_valued("value")
        return listed.c.value

    def _by_value(self, share: ByValue) -> Column:
        return self._looked_up(self._table.c[share.field], {str(key): value for key, value in share.shares.items()})

    def _by_key(self, share: ByKey) -> Column:
        return self._looked_up(self._table.c.id, {str(key): value for key, value in share.shares.items()}, whole=True)

    def _looked_up(self, column: Column, shares: Mapping[str, int], whole: bool = False) -> Column:
        if not shares:
            return literal(0, Integer())
        text = literal(json.dumps(shares, ensure_ascii=False))
        each = func.jsonb_each_text(cast(text, JSONB)) if self._server else func.json_each(text)
        pairs = each.table_valued("key", "value")
        key = cast(pairs.c.key, BigInteger()) if whole else pairs.c.key
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
