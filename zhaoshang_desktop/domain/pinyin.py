"""Names by their sound: readings, the order of names, and finding what was typed as pinyin.

A name is not given one reading: every reading of every character counts, so that no wrong one can
hide it (单县, 涡阳, 查先生). Letters and digits in a name stand for themselves. The sound of a
character begins with z, c, s where it is spelled zh, ch, sh; ü is typed v or u.

Measured on two cores: the table is read in 20 ms when first needed; `sort_key` takes 6 to 9 µs and
`initials` 6 to 14 µs a company's name, `Typed.search` 2 to 5 µs, making a `Typed` 0.1 to 0.2 ms.
"""

from __future__ import annotations

import string
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise, product
from typing import NamedTuple

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.readings import readings, table
from zhaoshang_desktop.domain.spelling import chunks_of, ends_of, spelled, splits

KEY_LENGTH = 24
PHRASE = 4
_PAIRED = (2, 3, 4)
"""So many letters of the second of a pair of syllables are heard: the more were typed, the fewer names are meant."""
_SURNAME_LENGTH = 3
_DIGITS = string.digits + string.ascii_lowercase
_LETTERS = frozenset(_DIGITS)


# The order of names


@cache
def _syllable_keys() -> dict[str, str]:
    """Two ASCII characters a syllable, in its order: the letter, and its place under the letter."""
    keys: dict[str, str] = {}
    for letter in string.ascii_lowercase:
        under = sorted(syllable for syllable in table().lines if syllable[0] == letter)
        keys |= {syllable: letter + chr(ord("0") + place) for place, syllable in enumerate(under)}
    return keys


def _hanzi_key(char: str, syllable: str) -> str:
    """Four ASCII characters: the syllable, and the character's place among all read so."""
    first, other = table().lines[syllable]
    place = first.find(char)
    if place < 0:
        place = len(first) + other.find(char)
    return _syllable_keys()[syllable] + _DIGITS[place // 36] + _DIGITS[place % 36]


class _Keys(dict[str, str]):
    """Character to its part of the key: punctuation, digits, capitals, other scripts, hanzi, in that order."""

    def __missing__(self, char: str) -> str:
        spoken = readings(char)
        plain = unicodedata.normalize("NFKD", char)[0].upper()
        if spoken:
            key = _hanzi_key(char, spoken[0])
        elif plain.isascii():
            key = plain if plain.isalnum() else "-"
        elif unicodedata.name(char, "").startswith("CJK"):
            key = f"~{ord(char):05x}"
        else:
            key = f"_{ord(char):05x}" if char.isalnum() else "-"
        self[char] = key
        return key


_KEYS = _Keys()


class _Words(NamedTuple):
    surnames: dict[str, str]
    by_head: dict[str, dict[str, list[str]]]


@cache
def _words() -> _Words:
    """Words whose characters are not read as they mostly are: surnames, and places by their first character."""
    rows = {row["word"]: row["readings"].split() for row in tables.rows("pinyin_words")}
    surnames = {word: spoken[0] for word, spoken in rows.items() if len(word) == 1}
    by_head: dict[str, dict[str, list[str]]] = {}
    for word, spoken in rows.items():
        if len(word) > 1:
            by_head.setdefault(word[0], {})[word] = spoken
    return _Words(surnames, by_head)


def sort_key(name: str) -> str:
    """ASCII text whose order byte by byte (SQLite's BINARY, PostgreSQL's "C") is the names' pinyin order.

    Characters of one sound stay together, in the order of tone and code point; what is no hanzi
    goes before. Only the first characters count (KEY_LENGTH). In a name of up to three characters
    the first is read as a surname.
    """
    text = unicodedata.normalize("NFKC", name).strip()[:KEY_LENGTH]
    keys = [_KEYS[char] for char in text]
    special = _words()
    if len(text) <= _SURNAME_LENGTH and text[:1] in special.surnames:
        keys[0] = _hanzi_key(text[0], special.surnames[text[0]])
    for head in special.by_head.keys() & set(text):
        for word, spoken in special.by_head[head].items():
            at = text.find(word)
            if at >= 0:
                keys[at : at + len(word)] = map(_hanzi_key, word, spoken)
    return "".join(keys)


# What a name may be found by


class _Heard(dict[str, tuple[str, ...]]):
    """Character to all it may be typed as: its readings, or itself; nothing for punctuation."""

    def __missing__(self, char: str) -> tuple[str, ...]:
        spoken = readings(char)
        if not spoken:
            plain = unicodedata.normalize("NFKC", char).lower()
            spoken = (plain,) if plain in _LETTERS else readings(plain)
        lax = [reading.replace("v", "u") for reading in spoken if len(reading) > 1 and "v" in reading]
        self[char] = heard = (*spoken, *lax)
        return heard


class _Initials(dict[str, str]):
    """Character to the letters it may begin with."""

    def __missing__(self, char: str) -> str:
        self[char] = letters = "".join(dict.fromkeys(reading[0] for reading in _HEARD[char]))
        return letters


class _Syllables(dict[str, tuple[str, ...]]):
    """Character to its readings of more than a letter."""

    def __missing__(self, char: str) -> tuple[str, ...]:
        self[char] = long = tuple(reading for reading in _HEARD[char] if len(reading) > 1)
        return long


_HEARD = _Heard()
_INITIALS = _Initials()
_SYLLABLES = _Syllables()


def initials(text: str) -> tuple[str, ...]:
    """Phrases of initials, "d x", "c x" and "s x" for 单县, that between them hold what may be typed.

    Any PHRASE neighbouring characters, in any mixture of their readings, stand in one of them as
    they are; so mostly one to four phrases are enough, where all mixtures would be hundreds.
    """
    letters = list(filter(None, map(_INITIALS.__getitem__, text)))
    several = [place for place, options in enumerate(letters) if len(options) > 1]
    if not several:
        return (" ".join(letters),) if letters else ()
    crowd = max(bisect_left(several, place + PHRASE) - before for before, place in enumerate(several))
    groups = [several[start::crowd] for start in range(crowd)]
    found = []
    for choice in product(*(range(max(len(letters[place]) for place in group)) for group in groups)):
        phrase = list(letters)
        for group, chosen in zip(groups, choice, strict=False):
            for place in group:
                phrase[place] = letters[place][chosen % len(letters[place])]
        found.append(" ".join(phrase))
    return tuple(found)


# What was typed


class Typed:
    """Letters typed as pinyin: full syllables, initials (zh, ch, sh too), and a beginning of the last one.

    A space or an apostrophe ends a syllable or its beginning. Punctuation inside a name is passed
    over; the end of a line is the end of a name. The automaton is made of what it meets.
    """

    def __init__(self, chunks: list[str]) -> None:
        self.text = "".join(chunks)
        self.ends_of = ends_of(chunks)
        self._states: dict[tuple[frozenset[int], bool], _State] = {}
        self._start = self._state(frozenset(), True)
        self._anchored = self._state(frozenset({0}), False)
        self._found = _State(self, frozenset(), False)

    def search(self, name: str) -> tuple[int, int] | None:
        """Where the name has it first to end, from and to; None when it has it nowhere."""
        state, found = self._start, self._found
        for end, char in enumerate(name):
            state = state[char]
            if state is found:
                return self._begin(name, end + 1), end + 1
        return None

    def _begin(self, name: str, end: int) -> int:
        for begin in range(end - 1, -1, -1):
            state = self._anchored
            for char in name[begin:end]:
                state = state[char]
            if state is self._found and _HEARD[name[begin]]:
                return begin
        return 0

    def _state(self, places: frozenset[int], floating: bool) -> _State:
        state = self._states.get((places, floating))
        if state is None:
            state = self._states[places, floating] = _State(self, places, floating)
        return state

    def next_state(self, state: _State, char: str) -> _State:
        """The state after one more character of a name."""
        heard = _HEARD[char]
        if not heard:
            return self._start if char == "\n" and state.floating else state
        begun = state.places | {0} if state.floating else state.places
        reached = {after for place in begun for reading in heard for after in self._after(place, reading)}
        if len(self.text) in reached:
            return self._found
        return self._state(frozenset(reached), state.floating)

    def _after(self, place: int, reading: str) -> Iterator[int]:
        """How far what was typed may go in one character read so."""
        text, end = self.text, self.ends_of[place]
        if text[place] != reading[0]:
            return
        yield place + 1
        if place + len(reading) <= end and text.startswith(reading, place):
            yield place + len(reading)
        if reading[1:2] == "h" and place + 2 <= end and text[place + 1] == "h":
            yield place + 2
        if end - place < len(reading) and reading.startswith(text[place:end]):
            yield end


class _State(dict[str, "_State"]):
    """How far a match has come, as places in what was typed; from there to the next by character."""

    __slots__ = ("floating", "places", "typed")

    def __init__(self, typed: Typed, places: frozenset[int], floating: bool) -> None:
        super().__init__()
        self.typed = typed
        self.places = places
        self.floating = floating

    def __missing__(self, char: str) -> _State:
        self[char] = state = self.typed.next_state(self, char)
        return state


@lru_cache(maxsize=64)
def query_pattern(text: str) -> Typed | None:
    """What finds the names that the typed letters may mean; None when they are no letters of pinyin."""
    chunks = chunks_of(text)
    return Typed(chunks) if chunks else None


class Sounds(NamedTuple):
    """One way to hear what was typed: the initials of neighbouring characters, and what some of them sound like.

    A part that ends with * is the beginning of a syllable, the others are whole ones. `pairs` are neighbours, as
    `sound_pairs` gives them.
    """

    initials: str
    parts: tuple[str, ...]
    pairs: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def query_sounds(text: str) -> tuple[Sounds, ...]:
    """Ways to hear what was typed, of which every name that is meant has one (up to PHRASE characters each)."""
    chunks = chunks_of(text)
    if not chunks:
        return ()
    ends = ends_of(chunks)
    cuts = splits("".join(chunks), ends, 0, PHRASE)
    found = {Sounds("".join(part[0] for part in cut), _long_parts(cut, ends), _neighbours(cut, ends)) for cut in cuts}
    kept: list[Sounds] = []
    for sounds in sorted(sorted(found), key=lambda one: (len(one.initials), len(one.parts), len(one.pairs))):
        if not any(_says_less(one, sounds) for one in kept):
            kept.append(sounds)
    return tuple(kept)


def _says_less(one: Sounds, other: Sounds) -> bool:
    """Has whatever the other finds been found by the one already?"""
    parts = {*one.parts} <= {*other.parts} and {*one.pairs} <= {*other.pairs}
    return parts and other.initials.startswith(one.initials)


def _long_parts(cut: tuple[str, ...], ends: list[int]) -> tuple[str, ...]:
    """Those parts that say more than an initial; the last of a chunk may be cut short where another begins so."""
    syllables, found = spelled(), []
    for part, end in zip(cut, accumulate(map(len, cut)), strict=True):
        if len(part) > 1:
            longer = part in syllables.longer and ends[end - 1] == end
            found.append(part if part in syllables.whole and not longer else f"{part}*")
    return tuple(dict.fromkeys(found))


def _neighbours(cut: tuple[str, ...], ends: list[int]) -> tuple[str, ...]:
    """The pairs of parts whose first is certainly a whole syllable: at the end of a chunk it may be cut short."""
    syllables, found = spelled(), []
    for before, after, end in zip(cut, cut[1:], accumulate(map(len, cut)), strict=False):
        if len(before) > 1 < len(after) and before in syllables.whole and ends[end - 1] > end:
            found.append(f"{before} {after[: _PAIRED[-1]]}")
    return tuple(dict.fromkeys(found))


def sounds(text: str) -> tuple[str, ...]:
    """Every syllable that a character of the text may be, once."""
    return tuple(dict.fromkeys(chain.from_iterable(map(_SYLLABLES.__getitem__, dict.fromkeys(text)))))


def sound_pairs(text: str) -> set[str]:
    """Every syllable with the first letters of one that its neighbour in the same line may be: "dan xi", "dan xia" and
    "dan xian" for 单县."""
    found: set[str] = set()
    for line in text.split("\n"):
        heard = [_SYLLABLES[char] for char in line if _HEARD[char]]
        for one, other in pairwise(heard):
            found.update(f"{before} {after[:length]}" for before in one for after in other for length in _PAIRED)
    return found
