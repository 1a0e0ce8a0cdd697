"""Where a line of Chinese text may end.

No line starts with a closing mark or ends with an opening one; numbers, words and codes stay whole.
The sets follow the prohibitions at line head and line end of GB/T 15834-2011, 5.1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

LONG_WORD = 24  # characters from which a web address or file name may be broken at its joints
NEVER_FIRST = "，。、；：？！…—～·）〕］｝》〉」』】〗”’％%‰℃°′″,.;:?!)]}・ーヽヾ々〻﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞￠"
NEVER_LAST = "（〔［｛《〈「『【〖“‘([{￥¥$£﹙﹛﹝"

_FIRST = re.escape(NEVER_FIRST)
_LAST = re.escape(NEVER_LAST)
_WORD = rf"[^\s\u2e80-\U0010ffff{_FIRST}{_LAST}]"
_TOKEN = re.compile(rf"(?:[{_LAST}]\s*)*(?:{_WORD}+(?:[,.:;?!%)\]’·-]+{_WORD}+)*|\S)(?:\s*[{_FIRST}])*\s*|\s+")

_JOINT = re.compile(rf"[/?&=_\-](?=[^/?&=_\-{_FIRST}])")


def break_lines(text: str, widths: Sequence[float], first: float, rest: float) -> list[tuple[int, int]]:
    """The lines of one paragraph as (start, end) in `text`; `widths` has one figure a character.

    `first` and `rest` are the room on the first and on later lines. What does not fit any line (a long
    web address) is cut where the room ends.
    """
    if not text:
        return [(0, 0)]
    ends = [0.0, *accumulate(widths)]
    breaks = list(_breaks(text))
    lines = []
    start, room = 0, first
    while start < len(text):
        fits = bisect_right(ends, ends[start] + room + 0.001) - 1
        while fits < len(text) and text[fits].isspace():
            fits += 1
        at = bisect_right(breaks, fits)
        end = breaks[at - 1] if at else 0
        if end <= start:
            end = _cut(text, start, max(fits, start + 1))
        lines.append((start, end))
        start, room = end, rest
    return lines


def _breaks(text: str) -> Iterator[int]:
    """Where a line may end, in order."""
    for token in _TOKEN.finditer(text):
        if token.end() - token.start() > LONG_WORD:
            yield from (mark.end() for mark in _JOINT.finditer(text, token.start(), token.end() - 1))
        yield token.end()


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut a word that is longer than the line: `end`, or before it if a mark would be left astray."""
    for at in range(end, max(start, end - 8), -1):
        astray = at < len(text) and text[at] in NEVER_FIRST
        if not astray and text[at - 1] not in NEVER_LAST:
            return at
    return end
