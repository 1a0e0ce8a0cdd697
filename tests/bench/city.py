"""A city's register on PostgreSQL: as many investors as wanted, each with a person, an entry and its journal lines.

The first 200,000 firms are made here and go in through COPY; the others are their branches (…有限公司12分店), which
the server makes of them: what is indexed is what the program would index. Keys and indexes come afterwards.
Frequencies are those of real lists: every name holds 有限公司, one in ten 江苏无锡, one 字号 in fourteen thousand.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.firms import CHAINS, FIRST, FORMS, GIVEN, PLACES, SECOND, SURNAMES, TRADES, credit_code
from zhaoshang_desktop.domain import pinyin
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.keys import Keys
from zhaoshang_desktop.store.server_search import tokens_of
from zhaoshang_desktop.store.tables import stamp

TABLES = ("investor", "contact", "investor_entry", "batch", "journal")
CITIES = ("320200", "320500", "330200", "330700", "310000", "440300", "441900", "110000", "120000", "370200")
BATCH = 10_000
DISTINCT = 200_000
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)
FIRST_BRANCH = 1 << 47
"""Keys of the firms themselves are below: they are all made within the first 65,536 seconds."""
Row = tuple[Any, ...]


def name(number: int) -> tuple[str, int]:
    """A firm's name and the number of its place: different for each number below a million times seven."""
    parts = (PLACES, FIRST, SECOND, GIVEN, TRADES, FORMS)
    every = len(PLACES) * len(FIRST) * len(SECOND) * len(GIVEN) * len(TRADES) * len(FORMS)
    rest, chosen = number * 2_654_435_761 % every, []
    for part in reversed(parts):
        rest, place = divmod(rest, len(part))
        chosen.append(place)
    return "".join(part[place] for part, place in zip(parts, reversed(chosen), strict=True)), chosen[-1]


def rows(count: int, device: int) -> Iterator[dict[str, list[Row]]]:
    """Batch by batch the rows of each table."""
    dice = random.Random(20261128)
    keys = Keys(device, 0)
    for start in range(0, count, BATCH):
        now = BEGUN + timedelta(seconds=start // 500)
        found: dict[str, list[Row]] = {table: [] for table in TABLES}
        batch = keys.draw(now)
        found["batch"].append((batch, stamp(now), "张敏", device, "导入"))
        for number in range(start, min(start + BATCH, count)):
            _add(found, dice, number, (keys.draw(now), keys.draw(now)), batch, stamp(now))
        yield found


def _add(
    found: dict[str, list[Row]], dice: random.Random, number: int, keys: tuple[int, int], batch: int, at: str
) -> None:
    firm, city = name(number)
    trade, person = dice.choice(TRADES), dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    code, mobile = credit_code(number), f"138{dice.randint(0, 99_999_999):08}"
    capital, tags = dice.randint(100, 90_000) * 1_000_000, '["重点"]' if dice.random() < 0.3 else None
    values = {
        "name": firm, "credit_code": code, "place": CITIES[city], "chain": dice.choice(CHAINS),
        "level": dice.choice("ABC"), "business": f"{trade}的研发与生产", "registered_capital": [capital, "CNY"],
        "tags": tags,
    }  # fmt: skip
    flat = {**values, "registered_capital": capital, "registered_capital_currency": "CNY"}
    found["investor"].append((keys[0], 1, at, at, *flat.values()))
    found["contact"].append((keys[1], 1, at, at, keys[0], person, mobile, "总经理"))
    lines = [firm, code.lower(), *(["重点"] if tags else []), person, mobile]
    text = "\n".join(lines)
    found["investor_entry"].append((keys[0], pinyin.sort_key(firm), text, tokens_of(text)))
    people = {"investor": keys[0], "name": person, "mobile": mobile, "post": "总经理"}
    for noun, key, stored in (("investor", keys[0], values), ("contact", keys[1], people)):
        changes = {field: [None, value] for field, value in stored.items() if value is not None}
        found["journal"].append((batch, noun, key, "create", json.dumps(changes, ensure_ascii=False)))


COLUMNS = {
    "investor": "id version created updated name credit_code place chain level business registered_capital tags "
    "registered_capital_currency",
    "contact": "id version created updated investor name mobile post",
    "investor_entry": "id sort_key text tokens",
    "batch": "id at actor device label",
    "journal": "batch noun record op changes",
}


def fill(url: str, count: int, work_mem: str = "1GB") -> None:
    """A new office in that empty database, with so many investors."""
    office = create_office(url, name="青岚市")
    device = office.device
    office.close()
    with psycopg.connect(url, autocommit=True) as connection:
        indexes = dropped(connection)
        copying = {
            table: sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
            )
            for table in TABLES
        }
        for number, batch in enumerate(rows(min(count, DISTINCT), device)):
            with connection.transaction():
                for table, statement in copying.items():
                    with connection.cursor() as cursor, cursor.copy(statement) as copy:
                        for row in batch[table]:
                            copy.write_row(row)
            if number % 10 == 9:
                print(f"{(number + 1) * BATCH:,} investors", flush=True)
        for branch in range(1, count // DISTINCT):
            add_branches(connection, branch)
            print(f"{(branch + 1) * DISTINCT:,} investors", flush=True)
        connection.execute(f"SET maintenance_work_mem = '{work_mem}'")
        for made in indexes:
            print(made, flush=True)
            connection.execute(made)
        connection.execute("UPDATE device SET last_key = (SELECT max(id) FROM contact)")
        connection.execute("VACUUM ANALYZE")
    open_office(url).close()


def add_branches(connection: psycopg.Connection, branch: int) -> None:
    """One more of each firm: half a day later, with its number behind the name."""
    ending = f"{branch}分店"
    values = {
        "ending": ending,
        "sorts": pinyin.sort_key(ending),
        "tokens": tokens_of(f"司{ending}"),
        "by": branch << 47,
        "first": FIRST_BRANCH,
    }
    names = {table: [column for column in COLUMNS[table].split() if column != "id"] for table in TABLES}
    changed = {
        "investor": {"name": "name || %(ending)s"},
        "contact": {"investor": "investor + %(by)s"},
        "investor_entry": {
            "sort_key": "sort_key || %(sorts)s",
            "text": "overlay(text placing split_part(text, E'\\n', 1) || %(ending)s from 1 "
            "for length(split_part(text, E'\\n', 1)))",
            "tokens": "tokens || %(tokens)s::integer[]",
        },
        "batch": {},
        "journal": {
            "batch": "batch + %(by)s",
            "record": "record + %(by)s",
            "changes": "CASE noun WHEN 'investor' THEN replace(changes, '公司\"', '公司' || %(ending)s || '\"') "
            "ELSE replace(changes, substring(changes from '\"investor\": .null, ([0-9]+)'), "
            "(substring(changes from '\"investor\": .null, ([0-9]+)')::bigint + %(by)s)::text) END",
        },
    }
    with connection.transaction():
        for table in TABLES:
            key = [] if table == "journal" else ["id"]
            columns = ", ".join([*key, *names[table]])
            made = ", ".join([*(["id + %(by)s"] if key else []), *(changed[table].get(n, n) for n in names[table])])
            original = "record < %(first)s" if table == "journal" else "id < %(first)s"
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {made} FROM {table} WHERE {original}", values)


def dropped(connection: psycopg.Connection) -> list[str]:
    """Takes the keys and indexes of the large tables away; gives what makes them again, keys first."""
    found: list[str] = []
    named = {"tables": list(TABLES)}
    constraints = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace "
        "AND (conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s)) "
        "ORDER BY contype DESC",
        named,
    ).fetchall()
    for table, constraint, definition, _ in sorted(constraints, key=lambda one: one[3] != "f"):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        found.append(f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {definition}')
    found.sort(key=lambda statement: "FOREIGN KEY" in statement)
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes "
        "WHERE schemaname = current_schema() AND tablename = ANY(%(tables)s)",
        named,
    ).fetchall()
    for index, definition in indexes:
        connection.execute(f'DROP INDEX "{index}"')
        found.append(definition)
    return found
