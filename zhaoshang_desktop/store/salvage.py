"""What can still be read of a damaged office file: journal lines, batches, rows, ledger, contents.

First through SQLite, over the holes: where a page cannot be read, the next key that can is looked for. Then, in a
plain file, from the pages themselves. A row is taken for what it looks like only if all of it fits.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import Table

from zhaoshang_desktop.domain.changes import Operation
from zhaoshang_desktop.domain.ledger import Act, Entry
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.sending import SHEET_SECRET
from zhaoshang_desktop.store import blobs, ledger, moved, users
from zhaoshang_desktop.store.engine import driver, open_still
from zhaoshang_desktop.store.opening import HOLDER, OPEN_STANDARDS
from zhaoshang_desktop.store.pages import Pages
from zhaoshang_desktop.store.tables import (
    BATCH,
    BLOB,
    JOURNAL,
    LEDGER,
    META,
    TABLES,
    record_of_row,
    typed_fields,
)

_LAST_KEY = (1 << 63) - 1
_HEAD = b"SQLite format 3\0"
FACTS = ("office", moved.FACT, users.FACT, SHEET_SECRET, "pack", "pack_name", HOLDER, OPEN_STANDARDS)
"""What an office says of itself and nothing else can tell: who it is, who may sign in, which pack it is."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_OPERATIONS = frozenset(get_args(Operation))

_FEWEST = 6
"""Columns of a batch in the first version."""
Columns = dict[str, Any]


@dataclass
class Salvage:
    """What was found; `holes` counts the places where SQLite had to be led around something."""

    facts: dict[str, str] = field(default_factory=dict)
    lines: dict[int, Columns] = field(default_factory=dict)
    batches: dict[int, Columns] = field(default_factory=dict)
    rows: dict[str, dict[int, Columns]] = field(default_factory=lambda: {noun: {} for noun in RECORDS})
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    holes: int = 0


def salvage(file: Path, key: bytes | None = None) -> Salvage:
    """Reads what can be read of a file that nobody writes to; its log lies beside it."""
    found = Salvage()
    try:
        if key is None and not file.read_bytes()[: len(_HEAD)] == _HEAD:
            raise OSError("SQLite would throw the log away")
        with contextlib.closing(_Opened(file, key)) as opened:
            _read(found, opened, _errors(key))
    except (OSError, sqlite3.Error, driver(key).Error, UnicodeDecodeError):
        found.holes += 1
    if found.holes and key is None:
        with contextlib.suppress(OSError, ValueError):
            _recognise(found, Pages(file))
    return found


def _errors(key: bytes | None) -> tuple[type[Exception], ...]:
    return (sqlite3.Error, driver(key).Error, UnicodeDecodeError)


class _Opened:
    """A file that is opened anew after an error: SQLCipher reads nothing more once it has met a bad page."""

    def __init__(self, file: Path, key: bytes | None) -> None:
        self._file, self._key, self._errors = file, key, _errors(key)
        self._connection: Any = None

    def rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """What a statement gives, row by row."""
        try:
            if self._connection is None:
                self._connection = open_still(self._file, self._key, log=True)
                self._connection.text_factory = _text
            yield from self._connection.execute(statement, values)
        except self._errors:
            self.close()
            raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _text(data: bytes) -> str:
    """A text with broken bytes in it is told by what stands for them; such a row is refused."""
    return data.decode("utf-8", "surrogateescape")


def _read(found: Salvage, opened: _Opened, errors: tuple[type[Exception], ...]) -> None:
    def rows(table: Any) -> Iterator[Columns]:
        there = _there(opened, table, errors)
        missing: Columns = {column.name: None for column in table.columns if column.name not in there}
        for row in _over_holes(found, opened, table.name, there, errors):
            columns = missing | dict(zip(there, row[1:], strict=True))
            if not any(isinstance(value, str) and _broken(value) for value in row):
                yield columns

    for fact in rows(META):
        found.facts[fact["key"]] = fact["value"]
    _read_end(found, opened, errors)
    for row in rows(JOURNAL):
        _take_line(found, row)
    for row in rows(BATCH):
        _take_batch(found, row)
    for noun, table in TABLES.items():
        for row in rows(table):
            _take_row(found, noun, row)
    for row in rows(LEDGER):
        _take_entry(found, row)
    for row in rows(BLOB):
        _take_content(found, row["hash"], row["data"])


def _read_end(found: Salvage, opened: _Opened, errors: tuple[type[Exception], ...]) -> None:
    """How far the journal went."""
    try:
        for (end,) in opened.rows("SELECT seq FROM sqlite_sequence WHERE name = 'journal'"):
            found.facts["journal_end"] = str(end)
    except errors:
        found.holes += 1


def _broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _over_holes(
    found: Salvage, opened: _Opened, table: str, columns: list[str], errors: tuple[type[Exception], ...]
) -> Iterator[tuple[Any, ...]]:
    """The rows that can be read, each behind its number, in order."""
    key, names = "rowid", ", ".join(f'"{column}"' for column in columns)
    at: int | None = -_LAST_KEY
    while at is not None:
        try:
            for row in opened.rows(f"SELECT {key}, {names} FROM {table} WHERE {key} >= ? ORDER BY {key}", at):
                at = row[0] + 1
                yield row
            return
        except errors as error:
            found.holes += 1
            if "no such" in str(error):
                return
            at = _beyond(opened, table, key, at, errors)


def _there(opened: _Opened, table: Table, errors: tuple[type[Exception], ...]) -> list[str]:
    """The columns that the file has: one of an older version lacks some."""
    names = [column.name for column in table.columns]
    try:
        said = {row[1] for row in opened.rows(f"PRAGMA table_info({table.name})")}
    except errors:
        return names
    return [name for name in names if name in said] or names


def _beyond(opened: _Opened, table: str, key: str, hole: int, errors: tuple[type[Exception], ...]) -> int | None:
    """The least key behind a hole from which on SQLite can go on; None when there is none.

    A row whose key can be found is itself the hole: something else of it is broken.
    """

    def first(start: int) -> int | None:
        found = opened.rows(f"SELECT {key} FROM {table} WHERE {key} >= ? ORDER BY {key} LIMIT 1", start)
        return next((int(row[0]) for row in found), None)

    def goes(start: int) -> bool:
        try:
            first(start)
        except errors:
            return False
        return True

    if goes(hole):
        broken = first(hole)
        return None if broken is None else broken + 1
    step = 1
    while not goes(hole + step):
        step *= 2
        if hole + step > _LAST_KEY:
            return None
    bad, good = hole + step // 2, hole + step
    while good - bad > 1:
        middle = (bad + good) // 2
        bad, good = (bad, middle) if goes(middle) else (middle, good)
    return good


def _recognise(found: Salvage, pages: Pages) -> None:
    """Takes rows for what they look like; journal lines first, which tell of what type a record is."""
    unknown: list[tuple[int, list[Any]]] = []
    for number, values in pages.rows():
        if not _is_known(found, number, values):
            unknown.append((number, values))
    kinds = {line["record"]: line["noun"] for line in found.lines.values()}
    for number, values in unknown:
        wide = [noun for noun, table in TABLES.items() if len(table.c) == len(values)]
        noun = kinds.get(number) or (wide[0] if len(wide) == 1 else "")
        if noun and len(values) <= len(TABLES[noun].c):
            _take_row(found, noun, _named(TABLES[noun], [number, *values[1:]]))


def _is_known(found: Salvage, number: int, values: list[Any]) -> bool:
    """Takes a row of the store's own tables; False for a record's."""
    if len(values) == len(JOURNAL.c) and _take_line(found, _named(JOURNAL, [number, *values[1:]])):
        return True
    if _FEWEST <= len(values) <= len(BATCH.c) and _take_batch(found, _named(BATCH, [number, *values[1:]])):
        return True
    if len(values) == len(LEDGER.c):
        return _take_entry(found, _named(LEDGER, values))
    if len(values) == len(BLOB.c):
        return _take_content(found, *values[::2])
    if len(values) == len(META.c):
        name, value = values
        if name in (*FACTS, "name") and isinstance(value, str):
            found.facts.setdefault(name, value)
        elif name == "journal" and isinstance(value, int):
            found.facts["journal_end"] = str(max(value, int(found.facts.get("journal_end", 0))))
        return True
    return False


def _named(table: Table, values: list[Any]) -> Columns:
    """A row written before its table got more columns is shorter."""
    return dict(zip(table.c.keys(), [*values, *[None] * (len(table.c) - len(values))], strict=True))


def _take_line(found: Salvage, row: Columns) -> bool:
    if row["seq"] in found.lines:
        return True
    whole = (
        isinstance(row["batch"], int)
        and isinstance(row["record"], int)
        and row["noun"] in RECORDS
        and row["op"] in _OPERATIONS
        and _is_changes(row["noun"], row["changes"])
    )
    if whole:
        found.lines[row["seq"]] = row
    return whole


def _is_changes(noun: str, text: Any) -> bool:
    """Before and after of fields that a record of that type has: a flipped byte may have hit a name as well."""
    try:
        changes = json.loads(text)
    except (ValueError, TypeError):
        return False
    if not isinstance(changes, dict) or not _field_names(noun).issuperset(changes):
        return False
    return all(isinstance(pair, list) and len(pair) == 2 for pair in changes.values())


@cache
def _field_names(noun: str) -> frozenset[str]:
    return frozenset(field.name for field in typed_fields(RECORDS[noun])) | {"raw", "removed"}


def _take_batch(found: Salvage, row: Columns) -> bool:
    whole = _is_stamp(row["at"]) and isinstance(row["actor"], str) and isinstance(row["device"], int)
    if whole and isinstance(row["label"], str):
        found.batches.setdefault(row["id"], row)
    return whole


def _take_row(found: Salvage, noun: str, row: Columns) -> bool:
    """A row counts only if every value of it can be read as what it should be."""
    if not (_is_stamp(row["created"]) and _is_stamp(row["updated"]) and isinstance(row["version"], int)):
        return False
    known = found.rows[noun].get(row["id"])
    if known is not None and known["version"] >= row["version"]:
        return True
    try:
        record_of_row(RECORDS[noun], row)  # type: ignore[arg-type]
    except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError):
        return False
    found.rows[noun][row["id"]] = row
    return True


def _take_entry(found: Salvage, row: Columns) -> bool:
    try:
        entry = ledger.entry_of({**row, "act": Act(row["act"])})
    except (ValueError, TypeError, AttributeError):
        return False
    found.entries.setdefault((entry.device, entry.number), entry)
    return True


def _take_content(found: Salvage, name: Any, data: Any) -> bool:
    """What it holds proves its name."""
    if isinstance(data, bytes) and blobs.hash_of(data) == name:
        found.contents[name] = data
        return True
    return False


def _is_stamp(value: Any) -> bool:
    return isinstance(value, str) and _STAMP.fullmatch(value) is not None
