"""Traditional characters as their simplified ones, to compare texts in either script."""

from __future__ import annotations

from functools import cache

from zhaoshang_desktop.domain import tables


def simplified(char: str) -> str:
    """The simplified form of one character; any other is given back as it is."""
    return _simplified().get(char, char)


@cache
def _simplified() -> dict[str, str]:
    return {line[0]: line[1] for line in tables.lines("traditional.txt")}
