"""Typed letters cut into syllables: every way that a run of them can be meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from zhaoshang_desktop.domain.readings import table

_QUERY = re.compile(r"[a-z0-9]+")
_BREAKS = re.compile(r"[\s'’·]+")


def chunks_of(text: str) -> list[str]:
    """The typed letters between spaces, lower case, ü as v; none when there is anything else."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ü", "v").strip()
    chunks = [chunk for chunk in _BREAKS.split(plain) if chunk]
    fit = all(map(_QUERY.fullmatch, chunks)) and any(char.isalpha() for char in plain)
    return chunks if fit else []


def splits(text: str, ends: list[int], place: int, left: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut the rest into what characters sound like, the first `left` of them only."""
    if place == len(text) or left == 0:
        yield ()
        return
    for after in {place + 1, *_cuts(text[place : ends[place]], place)}:
        for rest in splits(text, ends, after, left - 1):
            yield (text[place:after], *rest)


@lru_cache(maxsize=1024)
def _cuts(rest: str, place: int) -> tuple[int, ...]:
    """The places after a syllable, after zh, ch, sh, and the end of a beginning."""
    syllables = spelled()
    cuts = {place + length for length in range(2, min(6, len(rest)) + 1) if rest[:length] in syllables.whole}
    if rest[:2] in {"zh", "ch", "sh"}:
        cuts.add(place + 2)
    if rest in syllables.begun:
        cuts.add(place + len(rest))
    return tuple(cuts)


class Spelled(NamedTuple):
    """Syllables as they may be typed: whole ones, what begins a longer one, every beginning."""

    whole: frozenset[str]
    longer: frozenset[str]
    begun: frozenset[str]


@cache
def spelled() -> Spelled:
    """Every syllable as it may be typed, what begins a longer one, and every beginning."""
    whole = {typed for syllable in table().lines for typed in (syllable, syllable.replace("v", "u"))}
    begun = {syllable[:length] for syllable in whole for length in range(1, len(syllable) + 1)}
    longer = {syllable[:length] for syllable in whole for length in range(1, len(syllable))}
    return Spelled(frozenset(whole), frozenset(longer), frozenset(begun))


@cache
def syllables(part: str) -> tuple[str, ...]:
    """The whole syllables that a part of `Sounds` stands for: itself, or all that begin so where it ends with *."""
    if not part.endswith("*"):
        return (part,)
    return tuple(sorted(syllable for syllable in spelled().whole if syllable.startswith(part[:-1])))


def ends_of(chunks: list[str]) -> list[int]:
    """For each typed letter, where its chunk ends."""
    return [end for end, chunk in zip(accumulate(map(len, chunks)), chunks, strict=True) for _ in chunk]
