"""The first page."""

from __future__ import annotations

from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.flow import Plate, Text
from zhaoshang_desktop.papers.look import ACCENT, Type
from zhaoshang_desktop.papers.sketch import Lines

NOTICE = Type("label", 11, 16)
OFFICE = Type("title", 19, 28, align="center", colour=ACCENT)
TITLE = Type("title", 30, 45, align="center")
SUBTITLE = Type("kai", 17, 26, align="center")
LABEL = Type("heading", 12.5, 22)
FACT = Type("body", 12.5, 22)
DATE = Type("body", 14, 22, align="center")
LABEL_WIDTH = 86.0


def cover(block: b.Cover, setter: Lines) -> Plate:
    """Everything at its place; what is too long for it is cut short with an ellipsis."""
    texts: list[tuple[float, Text]] = []
    width, room = setter.look.measure, setter.look.room

    def place(words: str, kind: Type, down: float, most: int, x: float = 0.0) -> float:
        lines = setter.lines(words, kind, width, x)
        if len(lines) > most:
            kept = int(most * (width - x) / kind.size) - 3
            lines = setter.lines(" ".join(words.split())[:kept] + "……", kind, width, x)[:most]
        texts.append((down, Text(lines=lines, kind=kind)))
        return down + len(lines) * kind.leading

    place(block.notice, NOTICE, 0, 1)
    rule = place(block.office, OFFICE, room * 0.14, 2) + 8
    at = place(block.title, TITLE, max(room * 0.30, rule + 30), 3)
    at = place(block.subtitle, SUBTITLE, at + 12, 1)
    at = max(room * 0.54, at + 30)
    left = width * 0.14
    for label, value in block.facts:
        if at > room - 90:
            break
        place(label, LABEL, at, 1, left)
        at = place(value, FACT, at, 3, left + LABEL_WIDTH) + 3
    place(block.date, DATE, room - 24, 1)
    return Plate(texts=texts, rule=(rule, width * 0.12, width * 0.88) if block.office else None, room=room)
