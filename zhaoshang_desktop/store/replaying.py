"""Journal lines done again on a sound ground: what each record comes to by them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.keys import second_of
from zhaoshang_desktop.store.salvage import Columns, Salvage
from zhaoshang_desktop.store.tables import TABLES, insert_rows, row_of, stamp, stored_of_row

CHUNK = 500


@dataclass
class State:
    """A record on its way through the lines; `stored` is None while there is none, `torn` counts the lines that tell
    of another state before them than this."""

    stored: dict[str, Stored] | None
    version: int = 0
    created: str = ""
    updated: str = ""
    torn: int = 0


def replay(connection: Connection, record: type[Record], lines: Sequence[Columns], found: Salvage) -> dict[int, int]:
    """Does the lines of one type again and writes what comes of them; gives how often which record was torn."""
    table = TABLES[record.NOUN]
    touched = sorted({line["record"] for line in lines})
    states = {row["id"]: state for row, state in present(connection, record, touched)}
    for line in lines:
        _apply(states.setdefault(line["record"], State(None)), line, stamp_of(line["batch"], found))
    for chunk in chunks(touched):
        connection.execute(delete(table).where(table.c.id.in_(chunk)))
    rows = []
    for key, state in states.items():
        if state.stored is not None:
            times = {"version": state.version, "created": state.created, "updated": state.updated}
            rows.append({"id": key, **times, **row_of(record, state.stored)})
    if rows:
        insert_rows(connection, table, rows)
    return {key: state.torn for key, state in states.items() if state.torn}


def present(connection: Connection, record: type[Record], keys: Sequence[int]) -> Iterator[tuple[Any, State]]:
    """The rows of these keys that are there, each with its state."""
    table = TABLES[record.NOUN]
    for chunk in chunks(keys):
        for row in connection.execute(select(table).where(table.c.id.in_(chunk))).mappings():
            yield row, State(stored_of_row(record, row), row["version"], row["created"], row["updated"])


def _apply(state: State, line: Columns, at: str) -> None:
    if line["op"] == "erase":
        state.stored = None
        return
    if line["op"] == "create":
        state.stored, state.version, state.created = {}, 0, at
    if state.stored is None:
        return  # where it begins is lost: its row may still be there
    changes = json.loads(line["changes"])
    state.torn += any(state.stored.get(name) != before for name, (before, _) in changes.items())
    for name, (_, after) in changes.items():
        if after is None:
            state.stored.pop(name, None)
        else:
            state.stored[name] = after
    state.version, state.updated = state.version + 1, at


def stamp_of(batch: int, found: Salvage) -> str:
    """When a batch was; its key tells the second if its own row is lost."""
    row = found.batches.get(batch)
    return row["at"] if row else stamp(datetime.fromtimestamp(second_of(batch), UTC))


def chunks(keys: Sequence[int]) -> list[Sequence[int]]:
    """So many keys at a time as one statement takes."""
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
