"""The search index: what a record is found by, and how words are matched.

Each searchable record has one entry: its texts folded (NFKC, lower case), one a line, its
children's among them. The index holds overlapping pairs of characters, "海珥集团" as 海珥 珥集
集团 团, so that a phrase of pairs is an exact substring at any length, in Chinese, digits and
letters alike; the same over the pinyin initials of every reading, and the syllables of every
reading in no order, which make the few hits that are then checked. SQLite keeps the pairs in
a contentless FTS5 table, PostgreSQL in an array under GIN. Hits whose words the index cannot
decide alone (pinyin, punctuation) are checked against the entry's text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

from sqlalchemy import Connection, delete, select, text

from zhaoshang_desktop.domain import kinds, pinyin
from zhaoshang_desktop.domain.libraries import CHILDREN
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.store.columns import decode
from zhaoshang_desktop.store.tables import ENTRIES, TABLES, insert_rows

_RUNS = re.compile(r"[^\W_]+")
CHUNK = 500
_BEGIN = "⌃"
"""Marks the first pair of an entry: a symbol the tokenizer takes for a letter, and nobody's words do."""


def pairs(line: str) -> list[str]:
    """Overlapping pairs of each run of letters, the last character alone."""
    return list(itertools.chain.from_iterable(map(_pairs_of_run, _RUNS.findall(line))))


def _pairs_of_run(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


def phrase(word: str) -> list[list[str]]:
    """For each run of a word, the pairs a hit has one after another; a single character stays alone."""
    return [[run[i : i + 2] for i in range(len(run) - 1)] or [run] for run in _RUNS.findall(word)]


def initials_of(lines: str) -> list[str]:
    """The pinyin initials of every reading of every line, as runs of letters."""
    spoken = (line for line in lines.split("\n") if not line.isascii())
    return [variant.replace(" ", "") for line in spoken for variant in pinyin.initials(line)]


@dataclass(frozen=True)
class Word:
    """One word of a question: its folded text, and what it may mean as pinyin."""

    text: str
    pattern: pinyin.Typed | None
    sounds: tuple[pinyin.Sounds, ...]

    def matches(self, entry: str) -> bool:
        """Is the word in the entry's text, as typed or as pinyin?"""
        return self.text in entry or (self.pattern is not None and self.pattern.search(entry) is not None)

    @property
    def exact(self) -> bool:
        """Does the index alone decide? (One run of letters, no pinyin.)"""
        return self.pattern is None and _RUNS.fullmatch(self.text) is not None

    @property
    def indexed(self) -> bool:
        """Can the index help at all? (Punctuation alone it does not know.)"""
        return bool(phrase(self.text))


def words_of(question: str) -> tuple[Word, ...]:
    """The words of a question, separated by spaces."""
    parts = folded(question).split()
    return tuple(Word(part, pinyin.query_pattern(part), pinyin.query_sounds(part)) for part in parts)


def fts_question(words: Iterable[Word]) -> str:
    """The FTS5 MATCH expression of the words; "" when the index can say nothing."""
    return " AND ".join(f"({_fts_word(word)})" for word in words if word.indexed)


def fts_beginning(words: Sequence[Word]) -> str:
    """The MATCH expression of entries that begin with the only word; "" when there are several."""
    runs = phrase(words[0].text) if len(words) == 1 else []
    if len(runs) != 1:
        return ""
    first, *more = runs[0]
    return _fts_phrase("words", [_BEGIN + first, *([first, *more] if more else [])], begun=len(first) == 1)


def _fts_word(word: Word) -> str:
    typed = " AND ".join(_fts_phrase("words", run) for run in phrase(word.text))
    return " OR ".join([f"({typed})", *map(_fts_sounds, word.sounds)])


def _fts_sounds(sounds: pinyin.Sounds) -> str:
    """A beginning is asked as all syllables that begin so: the hits of a prefix FTS5 would put in order first."""
    spoken = [_fts_phrase("initials", run) for run in phrase(sounds.initials)]
    parts = [" OR ".join(f'"{syllable}"' for syllable in pinyin.syllables(part)) for part in sounds.parts]
    return f"({' AND '.join([*spoken, *(f'sounds : ({part})' for part in parts)])})"


def _fts_phrase(column: str, tokens: Sequence[str], begun: bool = False) -> str:
    """Tokens one after another; one that is a single character, or `begun`, is the beginning of a pair."""
    quoted = " + ".join(f'"{token}"' for token in tokens)
    return f"{column} : {quoted}{'*' if begun or [*map(len, tokens)] == [1] else ''}"


def array_question(words: Iterable[Word]) -> tuple[str, dict[str, list[str]]]:
    """The same for PostgreSQL: a condition on `tokens` and its parameters."""
    conditions: list[str] = []
    parameters: dict[str, list[str]] = {}
    for word in words:
        if not word.indexed:
            continue
        typed = [token for run in phrase(word.text) for token in run]
        spoken = [_array_sounds(sounds) for sounds in word.sounds]
        names = []
        for tokens in [typed, *spoken]:
            name = f"tokens_{len(parameters)}"
            parameters[name] = tokens
            names.append(f"e.tokens @> CAST(:{name} AS text[])")
        conditions.append(f"({' OR '.join(names)})")
    return " AND ".join(conditions), parameters


def _array_sounds(sounds: pinyin.Sounds) -> list[str]:
    initials = [f"~{token}" for run in phrase(sounds.initials) for token in run]
    return [*initials, *(f"={part.rstrip('*')}{'' if part.endswith('*') else '.'}" for part in sounds.parts)]


def array_tokens(entry: str) -> list[str]:
    """What PostgreSQL indexes of an entry: pairs and single characters, initials marked with ~,
    syllables and their beginnings with =, a whole one ended by a full stop."""
    spoken = initials_of(entry)
    typed = set(pairs(entry)) | {character for run in _RUNS.findall(entry) for character in run}
    heard = {f"~{token}" for run in spoken for token in pairs(run)} | {f"~{letter}" for run in spoken for letter in run}
    sounds = pinyin.sounds(entry)
    begun = {f"={sound[:length]}" for sound in sounds for length in range(2, len(sound) + 1)}
    return sorted(typed | heard | begun | {f"={sound}." for sound in sounds})


def create(connection: Connection) -> None:
    """The index tables beside the entries."""
    for noun in ENTRIES:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {noun}_entry ADD COLUMN tokens text[] NOT NULL DEFAULT '{{}}'"))
            connection.execute(text(f"CREATE INDEX ix_{noun}_entry_tokens ON {noun}_entry USING gin (tokens)"))
        else:
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {noun}_index USING fts5(words, initials, sounds, content='', prefix='1', "
                "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co Cn Cs So Sm Sk Sc'\")"
            )


def rebuild(connection: Connection) -> None:
    """Makes what SQLite indexes anew from the entries, when a version of the program indexes other things of them."""
    if connection.dialect.name != "sqlite":
        return
    for noun, entries in ENTRIES.items():
        connection.exec_driver_sql(f"INSERT INTO {noun}_index({noun}_index) VALUES ('delete-all')")
        for rows in connection.execute(select(entries.c.id, entries.c.text)).partitions(CHUNK):
            _index(connection, _insert_into(noun), rows)


def owner_types() -> dict[str, type[Record]]:
    """Which entry a child's words belong to, by the child's noun."""
    return {child.NOUN: owner for owner, children in CHILDREN.items() for child in children if owner.NOUN in ENTRIES}


def refresh(connection: Connection, record: type[Record], keys: Iterable[int]) -> None:
    """Makes the entries of these records anew from their rows and their children's."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        _drop(connection, record.NOUN, chunk)
        _put(connection, record.NOUN, list(_entries(connection, record, chunk)))


def _entries(connection: Connection, record: type[Record], keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    table = TABLES[record.NOUN]
    fields = _search_fields(record)
    columns = [table.c.id, table.c[record.TITLE], *[table.c[field.name] for field in fields]]
    live = select(*columns).where(table.c.id.in_(keys), table.c.removed.is_(None))
    children = _child_lines(connection, record, keys)
    lines_of = _lines_of(fields)
    for key, title, *values in connection.execute(live):
        lines = [*lines_of(values), *children.get(key, ())]
        yield {"id": key, "sort_key": pinyin.sort_key(title or ""), "text": "\n".join(dict.fromkeys(lines))}


def _child_lines(connection: Connection, record: type[Record], keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for child in CHILDREN.get(record, ()):
        fields = _search_fields(child)
        if not fields:
            continue
        table = TABLES[child.NOUN]
        owner = table.c[child.OWNER]
        rows = select(owner, *[table.c[field.name] for field in fields])
        lines_of = _lines_of(fields)
        for key, *values in connection.execute(rows.where(owner.in_(keys), table.c.removed.is_(None))):
            found.setdefault(key, []).extend(lines_of(values))
    return found


def _search_fields(record: type[Record]) -> list[Field]:
    return [field for field in fields_of(record) if field.spec.search]


def _lines_of(fields: Sequence[Field]) -> Callable[[Iterable[Any]], Iterator[str]]:
    """What gives the lines of an entry for the stored values of these fields."""
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


def _drop(connection: Connection, noun: str, keys: Sequence[int]) -> None:
    entries = ENTRIES[noun]
    if connection.dialect.name == "sqlite":
        old = connection.execute(select(entries.c.id, entries.c.text).where(entries.c.id.in_(keys))).all()
        forget = f"INSERT INTO {noun}_index({noun}_index, rowid, words, initials, sounds) VALUES ('delete', ?, ?, ?, ?)"
        _index(connection, forget, old)
    connection.execute(delete(entries).where(entries.c.id.in_(keys)))


def _put(connection: Connection, noun: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert_rows(connection, ENTRIES[noun], rows)
        new = [(row["id"], row["text"]) for row in rows]
        _index(connection, _insert_into(noun), new)
        return
    put = text(f"INSERT INTO {noun}_entry (id, sort_key, text, tokens) VALUES (:id, :sort_key, :text, :tokens)")
    connection.execute(put, [{**row, "tokens": array_tokens(row["text"])} for row in rows])


def _insert_into(noun: str) -> str:
    return f"INSERT INTO {noun}_index(rowid, words, initials, sounds) VALUES (?, ?, ?, ?)"


def _index(connection: Connection, statement: str, rows: Iterable[Any]) -> None:
    indexed = [(key, *index_columns(entry)) for key, entry in rows]
    if indexed:
        connection.exec_driver_sql(statement, indexed)


def index_columns(entry: str) -> tuple[str, str, str]:
    """What SQLite indexes of an entry: its pairs (the first once more, marked), the initials of every reading, the
    syllables of every reading.

    Only lines with other letters than ASCII are spoken: a number or a mailbox sounds like nothing.
    """
    spoken = "\n".join([line for line in entry.split("\n") if not line.isascii()])
    initials = itertools.chain.from_iterable(map(_pairs_of_run, initials_of(spoken)))
    words = pairs(entry)
    begun = [_BEGIN + words[0], *words] if words else []
    return _spaced(begun), _spaced(initials), _spaced(pinyin.sounds(spoken))


def _spaced(tokens: Iterable[str]) -> str:
    return " ".join(tokens)


def hits(connection: Connection, noun: str, words: Sequence[Word], limit: int) -> list[int] | None:
    """The keys the index offers for the words; None when there are `limit` or more, or it cannot say (SQLite)."""
    question = fts_question(words)
    if not question:
        return None
    wanted = text(f"SELECT rowid FROM {noun}_index WHERE {noun}_index MATCH :question LIMIT :limit")
    keys = list(connection.execute(wanted, {"question": question, "limit": limit}).scalars())
    return keys if len(keys) < limit else None
