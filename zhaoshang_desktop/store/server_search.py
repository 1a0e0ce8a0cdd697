"""Search on PostgreSQL: numbers for words in an array under GIN, and two ways to the first hits.

Few hits are looked up in the index and sorted. GIN cannot stop at the first page, so of a frequent word it
would bring a million hits to keep forty; there the entries are walked in the wanted order (the newest first,
or by name) and compared with the word until the page is full. Which way is shorter is reckoned from the
database's own statistics of the array. A walk that meets too little ends, and the index is asked after all.
Where the newest are wanted they are looked up in slices, the newest first: hits lie all over the table, and an
index of its blocks by their keys spares fetching the others.
A walk by name is answered by its index alone, which holds how each text begins (`head`): hits may all lie far
down that order, and the rows themselves lie in another.
"""

from __future__ import annotations

import heapq
import itertools
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, literal_column, or_, select, text

from zhaoshang_desktop.domain import pinyin
from zhaoshang_desktop.store.tables import ENTRIES
from zhaoshang_desktop.store.words import BEGIN, RUNS, Word, beginning, initials_of, pairs, phrase

CHUNK = 500
FEW = 5_000
"""So few hits are always looked up."""
FEW_SPOKEN = 30_000
"""The same of words that may be pinyin: an entry passed on a walk must be heard, too."""
WALKED, FARTHEST = 10_000, 150_000
UNLISTED = 4
"""A token that is not among the frequent ones is reckoned so much rarer than the rarest of those."""
SLICES = (2, 16)
"""About so many pages of offers the first slices hold; the last one holds the rest."""
SPOKEN_COST = 15
"""How much dearer an entry is on a walk when it is brought and heard here: that takes 20 µs, and the server, comparing
its tokens with twenty ways to hear a word, 70."""
ENOUGH = 8
"""A walk that met so many goes on as far as they promise the rest."""
HIT_COST = 20
"""How much dearer a hit is through the index than an entry passed on a walk to older ones (by name: the same), as
measured at five million: hits lie all over the table, while the newest entries are in memory."""
OFFER_COST = 0.05
"""What a hit costs in the index alone, where the others of a slice are not fetched."""
FRESH_SECONDS = 600.0
HEAD = 200
"""So many characters of a text are in the index by name: a row of an index may have 2,700 bytes. Texts that go on are
looked at themselves."""
FARTHER = 10
"""How much farther a walk by name goes when it met too little to say where the rest is."""


@dataclass(frozen=True)
class Frequencies:
    """How many entries there are, and the share that has a token; one that is not `often` is at most as `rare`, and
    mostly much rarer. `ids` cut the entries into equal parts, the oldest first."""

    rows: int
    often: Mapping[int, float]
    rare: float
    at: float
    ids: Sequence[int] = ()

    def most(self, tokens: Sequence[int]) -> float:
        """So many entries at the most have all of these, as far as that can be known."""
        return self.rows * min((self.often.get(token, self.rare / UNLISTED) for token in tokens), default=1.0)


Choice = list[list[int]]
"""The tokens of each way to take a word, of which an entry must have all of one."""

_TOKENS: ColumnElement[Any] = literal_column("e.tokens")
_KNOWN: WeakKeyDictionary[Engine, dict[str, Frequencies]] = WeakKeyDictionary()


def number(token: str) -> int:
    """A token as the array holds it. Two that share a number are told apart by the entry's text."""
    found = zlib.crc32(token.encode())
    return found - (1 << 32) if found >> 31 else found


def create(connection: Connection, noun: str) -> None:
    """The array and its index beside the entries."""
    add_array(connection, noun)
    add_index(connection, noun)


def add_array(connection: Connection, noun: str) -> None:
    """The array and the beginnings alone: many entries are put in faster before there is an index."""
    connection.execute(text(f"DROP INDEX IF EXISTS ix_{noun}_entry_sort_key"))
    connection.execute(
        text(f"ALTER TABLE {noun}_entry ADD COLUMN head text GENERATED ALWAYS AS (left(text, {HEAD})) STORED")
    )
    connection.execute(text(f"ALTER TABLE {noun}_entry ADD COLUMN tokens integer[] NOT NULL DEFAULT '{{}}'"))
    for column in ("id", "tokens"):
        connection.execute(text(f"ALTER TABLE {noun}_entry ALTER COLUMN {column} SET STATISTICS 500"))


def add_index(connection: Connection, noun: str) -> None:
    """The indexes. Without a waiting list (`fastupdate`) every save costs the same."""
    connection.execute(
        text(f"CREATE INDEX ix_{noun}_entry_tokens ON {noun}_entry USING gin (tokens) WITH (fastupdate = off)")
    )
    blocks = f"CREATE INDEX IF NOT EXISTS ix_{noun}_entry_blocks ON {noun}_entry USING brin (id)"
    connection.execute(text(f"{blocks} WITH (pages_per_range = 32)"))
    connection.execute(text(f"CREATE INDEX ix_{noun}_entry_sort_key ON {noun}_entry (sort_key, id) INCLUDE (head)"))


def rebuild(connection: Connection, noun: str) -> None:
    """The array anew, from the entries."""
    entries = ENTRIES[noun]
    connection.execute(text(f"ALTER TABLE {noun}_entry DROP COLUMN IF EXISTS tokens, DROP COLUMN IF EXISTS head"))
    add_array(connection, noun)
    keys = connection.execute(select(entries.c.id)).scalars().all()
    again = text(f"UPDATE {noun}_entry SET tokens = :tokens WHERE id = :id")
    for start in range(0, len(keys), CHUNK):
        part = select(entries.c.id, entries.c.text).where(entries.c.id.in_(keys[start : start + CHUNK]))
        rows = connection.execute(part).all()
        connection.execute(again, [{"id": key, "tokens": tokens_of(entry)} for key, entry in rows])
    add_index(connection, noun)


def put(connection: Connection, noun: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Entries with their arrays."""
    new = text(f"INSERT INTO {noun}_entry (id, sort_key, text, tokens) VALUES (:id, :sort_key, :text, :tokens)")
    connection.execute(new, [{**row, "tokens": tokens_of(row["text"])} for row in rows])


def tokens_of(entry: str) -> list[int]:
    """What is indexed of an entry: pairs and single characters, fours of digits and Latin letters, how it begins,
    initials marked with ~ (in ones, twos and threes), syllables and their beginnings with =, a whole one ended by
    a full stop, pairs of neighbouring ones too."""
    spoken = initials_of(entry)
    found, runs = pairs(entry), RUNS.findall(entry)
    typed = {*found, *itertools.chain.from_iterable(runs), *itertools.chain.from_iterable(map(_fours, runs))}
    heard = {f"~{token}" for run in spoken for token in (*run, *pairs(run), *_cut(run, 3))}
    sounds = pinyin.sounds(entry)
    begun = {f"={sound[:length]}" for sound in sounds for length in range(2, len(sound) + 1)}
    first = {BEGIN + found[0], BEGIN + found[0][0]} if found else set()
    whole = {f"={sound}." for sound in sounds} | {f"={pair}" for pair in pinyin.sound_pairs(entry)}
    return sorted(map(number, typed | heard | begun | first | whole))


def _cut(run: str, length: int) -> list[str]:
    return [run[start : start + length] for start in range(len(run) - length + 1)]


def _fours(run: str) -> list[str]:
    """Every pair of digits is in every fourth entry; four of them find one number among many."""
    return [four for four in _cut(run, 4) if four.isascii()]


def _asked_of(run: list[str]) -> list[str]:
    """The tokens for a run of a word, given as its pairs."""
    whole = run[0] + "".join(pair[-1] for pair in run[1:])
    return _fours(whole) if whole.isascii() and len(whole) >= 4 else run


@dataclass(frozen=True)
class Wanted:
    """What is asked of the entries: words, an order and, of the records behind them, conditions.

    `order` gives the order over what it is handed: the entries, a walk over them, or hits. `by_entry`: it needs
    nothing of the record, so that the entries can be walked in it.
    """

    noun: str
    words: Sequence[Word]
    order: Callable[[Any], Sequence[ColumnElement[Any]]]
    by_entry: bool = True
    record: Any = None
    conditions: tuple[ColumnElement[bool], ...] = ()


def keys(connection: Connection, wanted: Wanted, limit: int | None, *, begun_first: bool) -> Iterator[int]:
    """Keys of the entries that hold the words; `begun_first` those before all others that begin with the only word."""
    asked = [_Asked(connection, wanted, begin=False, newest_first=begun_first)]
    if begun_first and beginning(wanted.words):
        asked.insert(0, _Asked(connection, wanted, begin=True, newest_first=True))
    given: set[int] = set()
    for one in asked:
        for key in one.keys(limit and limit + len(given)):
            if key not in given:
                given.add(key)
                yield key
        if limit and len(given) >= limit:
            return


class _Asked:
    """One question to the entries: those that hold the words, or (`begin`) that begin with the only one."""

    def __init__(self, connection: Connection, wanted: Wanted, *, begin: bool, newest_first: bool) -> None:
        self._connection = connection
        self._wanted = wanted
        self._entries = ENTRIES[wanted.noun].alias("e")
        self._begin, self._newest_first = begin, newest_first
        self._exact = begin or all(word.exact for word in wanted.words)
        self._by_name = wanted.by_entry and not newest_first
        self._known = frequencies(connection, wanted.noun)
        self._choices = [choice for word in wanted.words if (choice := alternatives(word))]
        if begin:
            first, *more = beginning(wanted.words)
            self._choices = [[[number(BEGIN + first), *map(number, more)]]]
        self._sliced = newest_first and len(self._choices) == 1
        self._farthest = self._farthest_walk()

    def keys(self, limit: int | None) -> Iterator[int]:
        farthest = self._worth_walking(limit)
        while limit and farthest:
            met = list(itertools.islice(self._checked(self._walk(farthest), limit, at_once=farthest <= WALKED), limit))
            if len(met) == limit:
                yield from met
                return
            farthest = self._farther(farthest, limit, len(met))
        if limit and self._sliced:
            yield from itertools.islice(self._newest(self._choices[0], limit), limit)
        else:
            yield from self._checked(self._lookup(self._choices), limit)

    def _newest(self, choice: Choice, limit: int) -> Iterator[int]:
        """Hits of the only word, the newest first: of tokens that many entries may have in slices, else at once."""
        many = [tokens for tokens in choice if len(tokens) == 1 or self._known.most(tokens) > FEW]
        few = [tokens for tokens in choice if tokens not in many]
        ways = [self._in_slices(tokens, limit) for tokens in many]
        if few:
            ways.append(self._checked(self._lookup([few]), limit, at_once=True))
        return (key for key, _ in itertools.groupby(heapq.merge(*ways, reverse=True)))

    def _in_slices(self, tokens: list[int], limit: int) -> Iterator[int]:
        for after, upto in self._slices(tokens, limit):
            yield from self._checked(self._lookup([[tokens]], after, upto), limit, at_once=after > 0)

    def _slices(self, tokens: Sequence[int], limit: int) -> list[tuple[int, int]]:
        """The keys after which and up to which to look, the newest first; 0 is no bound."""
        ids, most = self._known.ids, self._known.most(tokens)
        found, upto = [], 0
        for pages in SLICES:
            place = len(ids) - 1 - max(int(len(ids) * pages * limit / max(most, 1)), 1)
            if place > len(ids) // 2 and ids[place] != upto:
                found.append((ids[place], upto))
                upto = ids[place]
        return [*found, (0, upto)]

    def _most(self) -> float:
        """So many entries the index may offer, as far as that can be known."""
        bounds = [sum(map(self._known.most, choice)) for choice in self._choices]
        return min(bounds, default=float(self._known.rows))

    def _farthest_walk(self) -> int:
        """So many entries are walked at the most; by name as many as cost what looking all hits up does."""
        entries = self._most() * HIT_COST if self._by_name else FARTHEST
        return int(entries if self._exact else entries / SPOKEN_COST)

    def _farther(self, farthest: int, limit: int, met: int) -> int:
        """How far to walk after a walk that met too few; 0 for no farther."""
        promised = int(farthest * limit / met * 1.5) if met >= ENOUGH else 0
        if self._by_name:
            return min(promised or farthest * FARTHER, self._farthest) if farthest < self._farthest else 0
        return promised if promised < self._farthest else 0

    def _worth_walking(self, limit: int | None) -> int:
        """How many entries to walk at first; 0 when the hits are so few that looking them up is shorter."""
        if not limit or not self._wanted.by_entry:
            return 0
        rows = self._known.rows
        most = self._most()
        walk = limit * rows / max(most, 1)
        cost = walk * (1 if self._exact else SPOKEN_COST)
        fetched = min(most, SLICES[0] * limit) if self._sliced else most
        lookup = fetched * (HIT_COST if self._newest_first or self._by_name else 1) + most * OFFER_COST
        if most < (FEW if self._exact else FEW_SPOKEN) or cost > lookup:
            return 0
        farthest = int(max(3 * walk, WALKED if self._exact else 0))
        return min(farthest, self._farthest) if self._exact or self._by_name or farthest < self._farthest else 0

    def _checked(self, statement: Select[Any], limit: int | None, *, at_once: bool = False) -> Iterator[int]:
        """The keys whose text holds the words; the database has compared what needs no pinyin.

        What is heard here comes piece by piece but where there is little of it (`at_once`)."""
        if self._exact:
            yield from self._connection.execute(statement.limit(limit)).scalars()
            return
        with self._connection.execute(statement if at_once else statement.execution_options(yield_per=500)) as result:
            for key, entry in result:
                if all(word.matches(entry) for word in self._wanted.words):
                    yield key

    def _walk(self, farthest: int) -> Select[Any]:
        entries = self._entries
        held = literal_column("e.head").label("head") if self._by_name else entries.c.text
        passed = select(entries.c.id, entries.c.sort_key, held).order_by(*self._wanted.order(entries))
        source = passed.limit(farthest).subquery("w")
        said = self._whole(source) if self._by_name else source.c.text
        return self._rest(source, said).where(self._holds(said, []))

    def _whole(self, source: Any) -> ColumnElement[str]:
        """The text of what the index by name holds; only one that goes on there is looked at itself."""
        entries = ENTRIES[self._wanted.noun].alias("t")
        longer = select(entries.c.text).where(entries.c.id == source.c.id).scalar_subquery()
        return case((func.octet_length(source.c.head) >= HEAD, longer), else_=source.c.head)

    def _lookup(self, choices: Sequence[Choice], after: int = 0, upto: int = 0) -> Select[Any]:
        entries = self._entries
        hit = select(entries.c.id, entries.c.sort_key, entries.c.text).where(self._holds(entries.c.text, choices))
        hit = hit.where(entries.c.id > after) if after else hit
        hit = hit.where(entries.c.id + 0 <= upto) if upto else hit  # nearly all are: no index is to be asked
        found = hit.cte("hit").prefix_with("MATERIALIZED", dialect="postgresql")
        return self._rest(found, found.c.text)

    def _rest(self, source: Any, said: ColumnElement[str]) -> Select[Any]:
        """The rest of the question over a walk or over hits, in the wanted order, with their texts `said`."""
        record = self._wanted.record
        joined = source if record is None else source.join(record, record.c.id == source.c.id)
        columns = [source.c.id] if self._exact else [source.c.id, said]
        statement = select(*columns).select_from(joined).where(*self._wanted.conditions)
        return statement.order_by(*self._wanted.order(source))

    def _holds(self, said: ColumnElement[str], choices: Sequence[Choice]) -> ColumnElement[bool]:
        """The words as these tokens and, where no pinyin is meant, in what is `said`."""
        parts = [or_(*map(_contains, choice)) for choice in choices]
        for word in self._wanted.words:
            if self._begin:
                parts.append(said.startswith(word.text, autoescape=True))
            elif word.pattern is None:
                parts.append(said.contains(word.text, autoescape=True))
        return and_(literal_column("true"), *parts)


def _contains(wanted: Sequence[int]) -> ColumnElement[bool]:
    """Numbers only: they stand in the statement, so that it is planned for them."""
    return _TOKENS.op("@>", is_comparison=True)(literal_column(f"'{{{','.join(map(str, wanted))}}}'::integer[]"))


def alternatives(word: Word) -> Choice:
    """The tokens an entry must have for a word: as it is typed, or as one of the ways it may sound; [] for any."""
    if not word.indexed:
        return []
    typed = [token for run in phrase(word.text) for token in _asked_of(run)]
    return [[number(token) for token in tokens] for tokens in [typed, *map(_spoken, word.sounds)]]


def _spoken(sounds: pinyin.Sounds) -> list[str]:
    """What a pair of neighbours says is not asked by itself, too: frequent syllables are dear to look for."""
    said = {part for pair in sounds.pairs for part in pair.split()}
    runs = RUNS.findall(sounds.initials)
    initials = [f"~{token}" for run in runs for token in (_cut(run, 3) or ([] if said else [run]))]
    left = [part for part in sounds.parts if said.isdisjoint((part, part.rstrip("*")[:4]))]
    parts = [f"={part.rstrip('*')}{'' if part.endswith('*') else '.'}" for part in left]
    return [*initials, *parts, *(f"={pair}" for pair in sounds.pairs)]


def frequencies(connection: Connection, noun: str) -> Frequencies:
    """What the database knows of the tokens since it last looked; asked anew every ten minutes."""
    kept = _KNOWN.setdefault(connection.engine, {})
    found = kept.get(noun)
    if found is None or time.monotonic() - found.at > FRESH_SECONDS:
        found = kept[noun] = _frequencies(connection, noun)
    return found


def _frequencies(connection: Connection, noun: str) -> Frequencies:
    table = {"table": f"{noun}_entry"}
    counted = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:table)")
    rows = max(int(connection.execute(counted, table).scalar() or 0), 0)
    stats = text(
        "SELECT most_common_elems::text::integer[], most_common_elem_freqs FROM pg_stats "
        "WHERE schemaname = current_schema() AND tablename = :table AND attname = 'tokens'"
    )
    known = connection.execute(stats, table).first()
    if known is None or known[0] is None:
        return Frequencies(rows, {}, 0.0, time.monotonic())
    tokens, shares = known
    often = dict(zip(tokens, shares, strict=False))
    ids = connection.execute(text(_BOUNDS), table).scalar() or ()
    return Frequencies(rows, often, min(often.values(), default=0.0), time.monotonic(), ids)


_BOUNDS = (
    "SELECT histogram_bounds::text::bigint[] FROM pg_stats "
    "WHERE schemaname = current_schema() AND tablename = :table AND attname = 'id'"
)
