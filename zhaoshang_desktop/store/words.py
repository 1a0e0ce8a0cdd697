"""The words of a question and of an entry, cut into what the search index holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add

from zhaoshang_desktop.domain import pinyin
from zhaoshang_desktop.domain.text import folded, storable

RUNS = re.compile(r"[^\W_]+")
BEGIN = "⌃"
"""Marks the first pair of an entry: a symbol the tokenizer takes for a letter, and nobody's words do."""


def pairs(line: str) -> list[str]:
    """Overlapping pairs of each run of letters, the last character alone."""
    return list(itertools.chain.from_iterable(map(pairs_of_run, RUNS.findall(line))))


def pairs_of_run(run: str) -> list[str]:
    """The same of one run."""
    return [*map(add, run, run[1:]), run[-1]]


def phrase(word: str) -> list[list[str]]:
    """For each run of a word, the pairs a hit has one after another; a single character stays alone."""
    return [[run[i : i + 2] for i in range(len(run) - 1)] or [run] for run in RUNS.findall(word)]


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
        """Is the word in the entry's text, as typed or as pinyin? A line of ASCII, such as a number, is not spoken."""
        if self.text in entry:
            return True
        pattern = self.pattern
        return pattern is not None and any(pattern.search(line) for line in entry.split("\n") if not line.isascii())

    @property
    def exact(self) -> bool:
        """Does the index alone decide? (One run of letters, no pinyin.)"""
        return self.pattern is None and RUNS.fullmatch(self.text) is not None

    @property
    def indexed(self) -> bool:
        """Can the index help at all? (Punctuation alone it does not know.)"""
        return bool(phrase(self.text))


def words_of(question: str) -> tuple[Word, ...]:
    """The words of a question, separated by spaces."""
    parts = folded(storable(question)).split()
    return tuple(Word(part, pinyin.query_pattern(part), pinyin.query_sounds(part)) for part in parts)


def beginning(words: Sequence[Word]) -> list[str]:
    """What marks the entries that begin with the only word: the pairs of its one run; [] when there are several."""
    runs = phrase(words[0].text) if len(words) == 1 else []
    return runs[0] if len(runs) == 1 else []


def index_columns(entry: str) -> tuple[str, str, str]:
    """What SQLite indexes of an entry: its pairs (the first once more, marked), the initials of every reading, the
    syllables of every reading.

    Only lines with other letters than ASCII are spoken: a number or a mailbox sounds like nothing.
    """
    spoken = "\n".join([line for line in entry.split("\n") if not line.isascii()])
    initials = itertools.chain.from_iterable(map(pairs_of_run, initials_of(spoken)))
    words = pairs(entry)
    begun = [BEGIN + words[0], *words] if words else []
    return _spaced(begun), _spaced(initials), _spaced(pinyin.sounds(spoken))


def _spaced(tokens: Iterable[str]) -> str:
    return " ".join(tokens)
