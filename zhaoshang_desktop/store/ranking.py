"""Which records score highest: the shares of `domain/ranking.py` as SQL; a library is weighed where it lies."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    Table,
    Text,
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
from sqlalchemy.types import TypeEngine

from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.ranking import FULL, ByDay, ByKey, ByValue, FirstOf, Flagged, Holding, Share, Terms
from zhaoshang_desktop.store import query
from zhaoshang_desktop.store.engine import reading
from zhaoshang_desktop.store.tables import TABLES

Column = ColumnElement[Any]


Scored = list[tuple[int, int]]
"""Keys with their scores, best first and of equals the older."""


def best(engine: Engine, question: Query, terms: Terms, limit: int, *, positive: bool = True) -> Scored:
    """Those of the answer that score highest; linear in the number of records. `positive`: only those for whom more
    speaks than against. A file of many is weighed by two cores, half of it each; a server sees to that itself."""
    with reading(engine) as connection:
        middle = _middle(connection, TABLES[question.record.NOUN])
        if question.words.strip():
            named = query.ids(connection, Query(question.record, words=question.words))
            question = replace(question, words="", where=(*question.where, Where("id", "in", tuple(named))))

    def weigh(half: Half | None) -> Scored:
        with reading(engine) as connection:
            return _best(connection, question, terms, limit, half)

    if middle is None:
        found = weigh(None)
    else:
        with ThreadPoolExecutor(2) as pool:
            halves = pool.map(weigh, (Half(middle, older=True), Half(middle, older=False)))
            found = sorted(itertools.chain(*halves), key=lambda one: (-one[1], one[0]))[:limit]
    return [(key, points) for key, points in found if points > 0 or not positive]


@dataclass(frozen=True)
class Half:
    """The records before a key, or those from it on."""

    middle: int
    older: bool

    def of(self, key: Column) -> ColumnElement[bool]:
        return key < self.middle if self.older else key >= self.middle


def _middle(connection: Connection, table: Table) -> int | None:
    """The key in the middle of a file's table; None for few records, and on a server."""
    if connection.dialect.name == "postgresql":
        return None
    many: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    middle = select(table.c.id).order_by(table.c.id).offset(many // 2).limit(1)
    return connection.execute(middle).scalar_one() if many > MANY else None


def _best(connection: Connection, question: Query, terms: Terms, limit: int, half: Half | None) -> Scored:
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
    if half:
        wanted = wanted.where(half.of(table.c.id))
    wanted = wanted.order_by(desc("score"), table.c.id).limit(limit)
    return [(key, int(points)) for key, points in connection.execute(wanted)]


def _merged(terms: Terms) -> Terms:
    """The same with all that is known by key in one list."""
    points: dict[int, int] = {}
    for weight, share in terms:
        if isinstance(share, ByKey):
            for key, value in share.shares.items():
                points[key] = points.get(key, 0) + weight * value
    others = tuple((weight, share) for weight, share in terms if not isinstance(share, ByKey))
    return (*others, (1, ByKey(points))) if points else others


FEW, MANY = 4, 20_000
"""So many values are compared one after the other; more records than that are worth a second core."""


class _Weighing:
    """`source` is the table with what has to be joined to it: a list of values with their shares each."""

    def __init__(self, server: bool, table: Table) -> None:
        self._server, self._table = server, table
        self.source: FromClause = table
        self._lists = 0

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
        return select(func.json_each(literal(json.dumps(keys))).table_valued("value").c.value)

    def _by_value(self, share: ByValue) -> Column:
        return self._looked_up(self._table.c[share.field], share.shares)

    def _by_key(self, share: ByKey) -> Column:
        return self._looked_up(self._table.c.id, share.shares)

    def _looked_up(self, column: Column, shares: Mapping[Any, int]) -> Column:
        """What the value of a column is worth. The list is a table of its own: a server joins it once; SQLite, which
        indexes one of several joined lists only, looks each value up in it."""
        filled = {value: share for value, share in shares.items() if share}
        if not filled:
            return literal(0, Integer())
        if len(filled) <= FEW:
            return case(filled, value=column, else_=0)
        text = literal(json.dumps({str(value): share for value, share in filled.items()}, ensure_ascii=False))
        listed = self._listed(text, BigInteger() if column is self._table.c.id else Text())
        if self._server:
            self.source = self.source.outerjoin(listed, listed.c.key == column)
            return func.coalesce(listed.c.share, 0)
        return func.coalesce(select(listed.c.share).where(listed.c.key == column).scalar_subquery(), 0)

    def _listed(self, text: Column, kind: TypeEngine[Any]) -> CTE:
        """A JSON object of shares by value, as rows."""
        each = func.jsonb_each_text(cast(text, JSONB)) if self._server else func.json_each(text)
        pairs = each.table_valued("key", "value")
        self._lists += 1
        rows = select(cast(pairs.c.key, kind).label("key"), cast(pairs.c.value, Integer()).label("share"))
        return rows.cte(f"s{self._lists}").prefix_with("MATERIALIZED")

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
