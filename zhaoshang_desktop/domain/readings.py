"""How characters are read: the table that ships, without tones."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from zhaoshang_desktop.domain import tables


class Table(NamedTuple):
    """Readings by character, and by syllable the characters read so first of all and those read so too."""

    readings: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, str]]


@cache
def table() -> Table:
    """The table, read once in 20 ms."""
    readings: dict[str, tuple[str, ...]] = {}
    lines = {}
    for line in tables.lines("pinyin.txt"):
        syllable, _, rest = line.partition(" ")
        first, _, other = rest.partition("|")
        lines[syllable] = (first, other)
        readings.update(dict.fromkeys(first, (syllable,)))
    for syllable, (_, other) in lines.items():
        for character in other:
            readings[character] += (syllable,)
    return Table(readings, lines)


def readings(char: str) -> tuple[str, ...]:
    """The readings of a character without tones, the most common first; none of what is no hanzi."""
    return table().readings.get(char, ())
