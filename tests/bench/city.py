"""A city's register on PostgreSQL: as many investors as wanted, each with a person, an entry and its journal lines.

Rows go in through COPY, keys and indexes come afterwards: five million take three quarters of an hour on two cores.
Frequencies are those of real lists: every name ends in 有限公司, one in ten is of 江苏无锡, one 字号 in fourteen
thousand.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
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
BEGUN = datetime(2022, 1, 4, tzinfo=UTC)
Row = tuple[Any, ...]


def name(number: int, count: int) -> tuple[str, int]:
    """A firm's name and the number of its place: different for each number below a million times seven."""
    parts = (PLACES, FIRST, SECOND, GIVEN, TRADES, FORMS)
    every = len(PLACES) * len(FIRST) * len(SECOND) * len(GIVEN) * len(TRADES) * len(FORMS)
    rest, chosen = number * 2_654_435_761 % every, []
    for part in reversed(parts):
        rest, place = divmod(rest, len(part))
        chosen.append(place)
    return "".join(part[place] for part, place in zip(parts, reversed(chosen), strict=True)), chosen[-1]


def rows(count: int, device: int) -> Iterator[dict[str, Sequence[Row]]]:
    """Batch by batch the rows of each table."""
    dice = random.Random(20261128)
    keys = Keys(device, 0)
    for start in range(0, count, BATCH):
        now = BEGUN + timedelta(minutes=start // 500)
        found: dict[str, list[Row]] = {table: [] for table in TABLES}
        batch = keys.draw(now)
        found["batch"].append((batch, stamp(now), "张敏", device, "导入"))
        for number in range(start, min(start + BATCH, count)):
            _add(found, dice, number, (keys.draw(now), keys.draw(now)), batch, stamp(now))
        yield found


def _add(
    found: dict[str, list[Row]], dice: random.Random, number: int, keys: tuple[int, int], batch: int, at: str
) -> None:
    firm, city = name(number, 0)
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
        for number, batch in enumerate(rows(count, device)):
            with connection.transaction():
                for table, statement in copying.items():
                    with connection.cursor() as cursor, cursor.copy(statement) as copy:
                        for row in batch[table]:
                            copy.write_row(row)
            if number % 10 == 9:
                print(f"{(number + 1) * BATCH:,} investors", flush=True)
        connection.execute(f"SET maintenance_work_mem = '{work_mem}'")
        for statement in indexes:
            print(statement, flush=True)
            connection.execute(statement)  # type: ignore[arg-type]
        connection.execute("UPDATE device SET last_key = (SELECT max(id) FROM contact)")
        connection.execute("VACUUM ANALYZE")
    open_office(url).close()


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
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')  # type: ignore[arg-type]
        found.append(f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {definition}')
    found.sort(key=lambda statement: "FOREIGN KEY" in statement)
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%(tables)s)",
        named,
    ).fetchall()
    for index, definition in indexes:
        connection.execute(f'DROP INDEX "{index}"')  # type: ignore[arg-type]
        found.insert(len(found), definition)
    return found
