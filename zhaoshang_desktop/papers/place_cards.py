"""席签: two cards a page, each folded once."""

from __future__ import annotations

from collections.abc import Iterator

from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.flow import Card
from zhaoshang_desktop.papers.look import MM, Type
from zhaoshang_desktop.papers.sketch import Lines

HIGH = 118 * MM
"""Both faces: 163 × 59 mm each."""
LARGEST, SMALLEST = 84.0, 16.0
AROUND = 30.0


def place_cards(block: b.PlaceCards, setter: Lines) -> Iterator[Card]:
    """Each name as large as its card allows."""
    width = setter.look.measure
    for name in block.names:
        shown = spread(name)
        size = max(SMALLEST, min(LARGEST, (width - AROUND) / max(len(shown), 1)))
        kind = Type("title", size, size * 1.3, align="center")
        yield Card(line=setter.lines(shown, kind, width)[0], kind=kind, box=(width, HIGH), after=8)


def spread(name: str) -> str:
    """A name of two characters as wide as one of three: 张　敏."""
    return "　".join(name) if len(name) == 2 and not name.isascii() else name
