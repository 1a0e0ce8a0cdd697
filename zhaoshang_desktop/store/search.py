"""The search index: what a record is found by, and how words are matched.

Each searchable record has one entry: its texts folded (NFKC, lower case), one a line, its
children's among them. The index holds overlapping pairs of characters, "海珥集团" as 海珥 珥集
集团 团, so that a phrase of pairs is an exact substring at any length, in Chinese, digits and
letters alike; the same over the pinyin initials of every reading, and the syllables of every
reading in no order, which make the few hits that are then checked. SQLite keeps the pairs in
a contentless FTS5 table, PostgreSQL in an array under GIN (`server_search.py`). Hits whose words
the index cannot decide alone (pinyin, punctuation) are checked against the entry's text.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, text

from zhaoshang_desktop.domain import pinyin, spelling
from zhaoshang_desktop.domain.libraries import CHILDREN
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.runtime.second_process import SecondProcess
from zhaoshang_desktop.store import entries, server_search
from zhaoshang_desktop.store.tables import ENTRIES, TABLES, insert_rows, insert_values
from zhaoshang_desktop.store.words import BEGIN, Word, beginning, index_columns, phrase

CHUNK = 500
_FEW_SYLLABLES = 3
MANY = 4_000
"""So many entries are worth a second process."""
_BITE = 16 << 20


def fts_question(words: Iterable[Word]) -> str:
    """The FTS5 MATCH expression of the words; "" when the index can say nothing."""
    return " AND ".join(f"({_fts_word(word)})" for word in words if word.indexed)


def fts_beginning(words: Sequence[Word]) -> str:
    """The MATCH expression of entries that begin with the only word; "" when there are several."""
    found = beginning(words)
    if not found:
        return ""
    first, *more = found
    return _fts_phrase("words", [BEGIN + first, *([first, *more] if more else [])], begun=len(first) == 1)


def _fts_word(word: Word) -> str:
    typed = " AND ".join(_fts_phrase("words", run) for run in phrase(word.text))
    return " OR ".join([f"({typed})", *map(_fts_sounds, word.sounds)])


def _fts_sounds(sounds: pinyin.Sounds) -> str:
    """A beginning is asked as all syllables that begin so: the hits of a prefix FTS5 would put in order first.

    One with many syllables is not asked at all: it costs more to look for than the hits it spares to check.
    """
    spoken = [_fts_phrase("initials", run) for run in phrase(sounds.initials)]
    heard = [syllables for part in sounds.parts if len(syllables := spelling.syllables(part)) <= _FEW_SYLLABLES]
    asked = (" OR ".join(f'"{syllable}"' for syllable in syllables) for syllables in heard)
    return f"({' AND '.join([*spoken, *(f'sounds : ({syllables})' for syllables in asked)])})"


def _fts_phrase(column: str, tokens: Sequence[str], begun: bool = False) -> str:
    """Tokens one after another; one that is a single character, or `begun`, is the beginning of a pair."""
    quoted = " + ".join(f'"{token}"' for token in tokens)
    return f"{column} : {quoted}{'*' if begun or [*map(len, tokens)] == [1] else ''}"


def create(connection: Connection) -> None:
    """The index tables beside the entries."""
    for noun in ENTRIES:
        if connection.dialect.name == "postgresql":
            server_search.create(connection, noun)
        else:
            _create_index(connection, noun)


def _create_index(connection: Connection, noun: str) -> None:
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {noun}_index USING fts5(words, initials, sounds, content='', prefix='1', "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'\")"
    )


def rebuild(connection: Connection) -> None:
    """Makes the index anew from the entries, when a version of the program indexes other things of them."""
    for noun, table in ENTRIES.items():
        if connection.dialect.name == "postgresql":
            server_search.rebuild(connection, noun)
            continue
        _create_index(connection, noun)
        connection.exec_driver_sql(f"INSERT INTO {noun}_index({noun}_index) VALUES ('delete-all')")
        for rows in connection.execute(select(table.c.id, table.c.text)).partitions(CHUNK):
            _index(connection, _insert_into(noun), rows)


def owner_types() -> dict[str, type[Record]]:
    """Which entry a child's words belong to, by the child's noun."""
    return {child.NOUN: owner for owner, children in CHILDREN.items() for child in children if owner.NOUN in ENTRIES}


def refresh(connection: Connection, record: type[Record], keys: Iterable[int]) -> None:
    """Makes the entries of these records anew from their rows and their children's; most edits leave them alone."""
    wanted = set(keys)
    if len(wanted) >= MANY and connection.dialect.name == "sqlite":
        with contextlib.closing(Beside(connection)) as beside:
            wanted -= beside.enter(record, wanted)
            beside.finish()
    for chunk in _chunks(wanted):
        old, said = _stored(connection, record.NOUN, chunk), entries.said(connection, record, chunk)
        new = _by_key(entries.rows(said))
        same = {key for key, row in new.items() if old.get(key) == row}
        _drop(connection, record.NOUN, [row for key, row in old.items() if key not in same])
        _put(connection, record.NOUN, [row for key, row in new.items() if key not in same])


class Beside:
    """Makes the entries of very many new records while more are written; a second process helps (SQLite)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shared = SecondProcess(entries.prepared)
        self._entered: dict[str, set[int]] = {}

    def enter(self, record: type[Record], keys: Iterable[int]) -> set[int]:
        """Begins with those of the records that have no entry yet, and tells which."""
        if record.NOUN not in self._entered:
            self._entered[record.NOUN] = set()
            _take_large_bites(self._connection, record.NOUN)
        taken: set[int] = set()
        for chunk in _chunks(set(keys) - self._entered[record.NOUN]):
            fresh = sorted(set(chunk) - _stored(self._connection, record.NOUN, chunk).keys())
            taken.update(fresh)
            self._write(self._shared.share(entries.said(self._connection, record, fresh)))
        self._entered[record.NOUN] |= taken
        return taken

    def finish(self) -> None:
        """Until all that was begun is entered."""
        self._write(self._shared.rest())

    def close(self) -> None:
        """Lets go of the other process."""
        self._shared.close()

    def _write(self, answers: Iterable[tuple[entries.Said, entries.Prepared]]) -> None:
        """Puts in what was prepared in whichever process."""
        for (noun, *_), (rows, indexed) in answers:
            if rows:
                insert_values(self._connection, ENTRIES[noun], ("id", "sort_key", "text"), rows)
                self._connection.exec_driver_sql(_insert_into(noun), indexed)


def _by_key(rows: Iterable[tuple[int, str, str]]) -> dict[int, dict[str, Any]]:
    return {key: {"id": key, "sort_key": sort_key, "text": text} for key, sort_key, text in rows}


def _take_large_bites(connection: Connection, noun: str) -> None:
    """FTS5 gathers so many bytes before it writes and merges: entering very many takes half the time."""
    connection.exec_driver_sql(f"INSERT INTO {noun}_index({noun}_index, rank) VALUES ('hashsize', {_BITE})")


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(keys)
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))


def stale(connection: Connection, record: type[Record]) -> set[int]:
    """The keys whose entries are not what they should be: missing, too many, another text, or not in the index."""
    table, entered_in = TABLES[record.NOUN], ENTRIES[record.NOUN]
    keys = list(connection.execute(select(table.c.id)).scalars())
    entered = set(connection.execute(select(entered_in.c.id)).scalars())
    found = entered - set(keys) | entered ^ _indexed(connection, record.NOUN, entered)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        old = _stored(connection, record.NOUN, chunk)
        new = _by_key(entries.rows(entries.said(connection, record, chunk)))
        found |= {key for key in old.keys() | new.keys() if not _same(old.get(key), new.get(key))}
    return found


def _indexed(connection: Connection, noun: str, entered: set[int]) -> set[int]:
    """The keys that the index knows; on a server it is a column of the entries themselves."""
    if connection.dialect.name == "postgresql":
        return entered
    if not connection.dialect.has_table(connection, f"{noun}_index"):
        return set()
    return {key for (key,) in connection.exec_driver_sql(f"SELECT rowid FROM {noun}_index")}


def _same(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    return one is not None and other is not None and all(one[name] == other[name] for name in ("sort_key", "text"))


def _stored(connection: Connection, noun: str, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    table = ENTRIES[noun]
    rows = connection.execute(select(table).where(table.c.id.in_(keys))).mappings()
    return {row["id"]: dict(row) for row in rows}


def _drop(connection: Connection, noun: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = ENTRIES[noun]
    if connection.dialect.name == "sqlite":
        forget = f"INSERT INTO {noun}_index({noun}_index, rowid, words, initials, sounds) VALUES ('delete', ?, ?, ?, ?)"
        _index(connection, forget, [(row["id"], row["text"]) for row in rows])
    connection.execute(delete(table).where(table.c.id.in_([row["id"] for row in rows])))


def _put(connection: Connection, noun: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert_rows(connection, ENTRIES[noun], rows)
        _index(connection, _insert_into(noun), [(row["id"], row["text"]) for row in rows])
        return
    server_search.put(connection, noun, rows)


def _insert_into(noun: str) -> str:
    return f"INSERT INTO {noun}_index(rowid, words, initials, sounds) VALUES (?, ?, ?, ?)"


def _index(connection: Connection, statement: str, rows: Iterable[Any]) -> None:
    indexed = [(key, *index_columns(entry)) for key, entry in rows]
    if indexed:
        connection.exec_driver_sql(statement, indexed)


def hits(connection: Connection, noun: str, words: Sequence[Word], limit: int) -> list[int] | None:
    """The keys the index offers for the words; None when there are `limit` or more, or it cannot say (SQLite)."""
    question = fts_question(words)
    if not question:
        return None
    wanted = text(f"SELECT rowid FROM {noun}_index WHERE {noun}_index MATCH :question LIMIT :limit")
    keys = list(connection.execute(wanted, {"question": question, "limit": limit}).scalars())
    return keys if len(keys) < limit else None
