"""What stands on a page: set lines and grids that know their height, where they may be cut and how they are drawn.

Distances are points; `top` is a height above the foot of the page, as in PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, Protocol

from zhaoshang_desktop.papers.look import ACCENT, LINE, TINT, Colour, Type

PAD_X = 5.0
PAD_Y = 3.2
ASIDE = 0.78
SMALL = 170.0  # a row up to this height is not cut
KEPT = 240.0  # nor is a grid up to this one


class Piece(NamedTuple):
    """A stretch of a line in one font; a small one is set grey in ASIDE times the size."""

    font: str
    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its pieces, its place and the extra space between characters."""

    pieces: tuple[Piece, ...]
    x: float
    width: float
    spacing: float = 0.0


class Pen(Protocol):
    """What can be drawn."""

    def text(self, lines: Sequence[Line], kind: Type, x: float, top: float) -> None: ...
    def turned(self, lines: Sequence[Line], kind: Type, right: float, foot: float) -> None: ...
    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: Colour, width: float = 0.5) -> None: ...
    def rules(self, rules: Sequence[tuple[float, float, float, float]], colour: Colour) -> None: ...
    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None: ...
    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None: ...
    def target(self, number: int, top: float) -> None: ...
    def reference(self, number: int, line: Line, kind: Type, x: float, width: float, top: float) -> None: ...


@dataclass(kw_only=True)
class Item:
    """Something with a height; `keep` holds it to what follows, `new_page` puts it at the head of a page."""

    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False

    @property
    def height(self) -> float:
        raise NotImplementedError

    @property
    def least(self) -> float:
        """The smallest part of it that may stand at the foot of a page."""
        return self.height

    def split(self, room: float, force: bool = False) -> tuple[Item, Item] | None:
        """The part that fits `room` and the rest; with `force` even a single line."""
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        raise NotImplementedError


@dataclass(kw_only=True)
class Text(Item):
    """Lines of one type; `mark` stands beside the first."""

    lines: Sequence[Line]
    kind: Type
    mark: Line | None = None
    heading: int = -1

    @property
    def height(self) -> float:
        return len(self.lines) * self.kind.leading

    @property
    def least(self) -> float:
        return (len(self.lines) if len(self.lines) < 4 else 2) * self.kind.leading

    def split(self, room: float, force: bool = False) -> tuple[Item, Item] | None:
        fits = int((room + 0.01) // self.kind.leading)
        if not force:
            fits = min(fits, len(self.lines) - 2)
        if fits < (1 if force else 2) or fits >= len(self.lines):
            return None
        return (
            replace(self, lines=self.lines[:fits], after=0.0),
            replace(self, lines=self.lines[fits:], before=0.0, mark=None, heading=-1, new_page=False),
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.heading >= 0:
            pen.target(self.heading, top)
        if self.mark:
            pen.text((self.mark,), self.kind, x, top)
        pen.text(self.lines, self.kind, x, top)


@dataclass(kw_only=True)
class Chapter(Text):
    """A chapter heading with a rule under it."""

    width: float

    @property
    def height(self) -> float:
        return super().height + 5

    def split(self, room: float, force: bool = False) -> tuple[Item, Item] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        super().draw(pen, x, top)
        y = top - self.height + 1
        pen.rule(x, y, x + self.width, y, self.kind.colour, 1.1)


@dataclass(kw_only=True)
class Reference(Text):
    """A line of the contents, with dots and the page it leads to."""

    width: float
    leads_to: int

    def split(self, room: float, force: bool = False) -> tuple[Item, Item] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.text(self.lines, self.kind, x, top)
        last = top - self.height + self.kind.leading
        pen.reference(self.leads_to, self.lines[-1], self.kind, x, self.width, last)


@dataclass(frozen=True)
class Cell:
    """A part of a grid's row; `ruled` draws that many writing lines, `at_foot` sets its text at its lower edge."""

    x: float
    width: float
    lines: Sequence[Line]
    kind: Type
    tinted: bool = False
    ruled: int = 0
    at_foot: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.kind.leading + 2 * PAD_Y

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """In a row of that height."""
        left, right = x + self.x, x + self.x + self.width
        if self.tinted:
            pen.fill(left, top - height, self.width, height, TINT)
        spare = height - len(self.lines) * self.kind.leading
        down = spare - PAD_Y if self.at_foot else spare / 2 if self.tinted or self.ruled == 1 else PAD_Y
        pen.text(self.lines, self.kind, left + PAD_X, top - down)
        for number in range(1, self.ruled):
            y = top - number * height / self.ruled
            pen.rule(left + PAD_X, y, right - PAD_X, y, LINE, 0.3)


@dataclass(frozen=True)
class Row:
    """Cells side by side; `parts` are rows of their own, one below the other, between the cells they share."""

    cells: tuple[Cell, ...]
    least: float = 0.0
    parts: tuple[Row, ...] = ()

    @cached_property
    def height(self) -> float:
        own = max((cell.height for cell in self.cells), default=0.0)
        return max(self.least, own, sum(part.height for part in self.parts))

    def split(self, room: float) -> tuple[Row, Row] | None:
        """The row cut between its parts, else between lines; None if not even one line of each cell fits."""
        if self.parts:
            return self._split_parts(room)
        leading = max(cell.kind.leading for cell in self.cells)
        fits = int((room - 2 * PAD_Y + 0.01) // leading)
        if fits < 1 or fits >= max(len(cell.lines) for cell in self.cells):
            return None
        head = tuple(replace(cell, lines=cell.lines[:fits]) for cell in self.cells)
        tail = tuple(replace(cell, lines=cell.lines[fits:]) for cell in self.cells)
        return Row(head), Row(tail)

    def _split_parts(self, room: float) -> tuple[Row, Row] | None:
        """What the parts share is said again where they go on."""
        fits = sum(1 for end in accumulate(part.height for part in self.parts) if end <= room + 0.01)
        if not 0 < fits < len(self.parts) or max(cell.height for cell in self.cells) > room + 0.01:
            return None
        return replace(self, parts=self.parts[:fits]), replace(self, parts=self.parts[fits:])

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for cell in self.cells:
            cell.draw(pen, x, top, self.height)
        y = top
        for number, part in enumerate(self.parts):
            if number:
                pen.rules([(x + cell.x, y, x + cell.x + cell.width, y) for cell in part.cells], LINE)
            part.draw(pen, x, y)
            y -= part.height

    @property
    def edges(self) -> list[float]:
        """Where its vertical rules stand."""
        cells = sorted((*self.cells, *(self.parts[0].cells if self.parts else ())), key=lambda cell: cell.x)
        return [*(cell.x for cell in cells), cells[-1].x + cells[-1].width]


@dataclass(kw_only=True)
class Grid(Item):
    """Rows of cells; the header is repeated on every page."""

    rows: Sequence[Row]
    header: tuple[Row, ...] = ()
    heights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heights = self.heights or [row.height for row in self.rows]

    @property
    def header_height(self) -> float:
        return sum(row.height for row in self.header)

    @property
    def height(self) -> float:
        return self.header_height + sum(self.heights)

    @property
    def least(self) -> float:
        if self.height <= KEPT:
            return self.height
        first = self.heights[: min(2, len(self.heights) - 1)] if self.heights[0] <= SMALL / 2 else [SMALL / 2]
        return self.header_height + min(sum(first), SMALL)

    def split(self, room: float, force: bool = False) -> tuple[Item, Item] | None:
        left = room - self.header_height
        fits = 0
        while fits < len(self.rows) and self.heights[fits] <= left + 0.01:
            left -= self.heights[fits]
            fits += 1
        if fits == len(self.rows):
            return None
        if fits > 2 and fits == len(self.rows) - 1 and self.heights[-1] <= SMALL / 2:
            fits -= 1  # the last row, often the sum, is not left alone
        head, tail = list(self.rows[:fits]), list(self.rows[fits:])
        heights = list(self.heights[fits:])
        if heights[0] > SMALL or (force and not head):
            halves = tail[0].split(left)
            if halves:
                head.append(halves[0])
                tail[0] = halves[1]
                heights[0] = tail[0].height
        if not head:
            return None
        return (
            Grid(rows=head, header=self.header, before=self.before),
            Grid(rows=tail, header=self.header, after=self.after, heights=heights),
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        rules: list[tuple[float, float, float, float]] = []
        standing: dict[float, float] = {}
        width = 0.0
        for row in (*self.header, *self.rows):
            row.draw(pen, x, top)
            edges = row.edges
            width = max(width, edges[-1])
            rules.append((x, top, x + max(width, edges[-1]), top))
            for edge in set(standing) - set(edges):
                rules.append((x + edge, standing.pop(edge), x + edge, top))
            for edge in edges:
                standing.setdefault(edge, top)
            top -= row.height
        rules.append((x, top, x + width, top))
        rules += [(x + edge, start, x + edge, top) for edge, start in standing.items()]
        pen.rules(rules, LINE)


@dataclass(kw_only=True)
class Plate(Item):
    """The cover: texts at fixed places below the head of the page, and a rule (down, left, right)."""

    texts: Sequence[tuple[float, Text]]
    rule: tuple[float, float, float] | None
    room: float

    @property
    def height(self) -> float:
        return self.room

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.rule:
            down, left, right = self.rule
            pen.rule(x + left, top - down, x + right, top - down, ACCENT, 1.2)
        for down, text in self.texts:
            text.draw(pen, x, top - down)


@dataclass(kw_only=True)
class Drawing(Item):
    """Lines, dots and names inside a box; places are (right of the left edge, up from the foot)."""

    box: tuple[float, float]
    strokes: Sequence[tuple[float, float, float, float, Colour]]
    dots: Sequence[tuple[float, float, Colour]]
    names: Sequence[tuple[float, float, Line]]
    kind: Type

    @property
    def height(self) -> float:
        return self.box[1]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        foot = top - self.box[1]
        right = x + self.box[0]
        for y in (foot, top):
            pen.rule(x, y, right, y, LINE)
        for edge in (x, right):
            pen.rule(edge, foot, edge, top, LINE)
        for x1, y1, x2, y2, colour in self.strokes:
            pen.rule(x + x1, foot + y1, x + x2, foot + y2, colour, 1.2)
        for over, up, colour in self.dots:
            pen.dot(x + over, foot + up, 2.6, colour)
        for over, up, line in self.names:
            pen.text((line,), self.kind, x + over, foot + up)


@dataclass(kw_only=True)
class Card(Item):
    """A name twice, the upper one upside down: cut along the edges, folded in the middle, it stands on a table."""

    line: Line
    kind: Type
    box: tuple[float, float]

    @property
    def height(self) -> float:
        return self.box[1]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        right, foot, middle = x + self.box[0], top - self.box[1], top - self.box[1] / 2
        for y in (top, foot):
            pen.rule(x, y, right, y, LINE, 0.4)
        for edge in (x, right):
            pen.rule(edge, foot, edge, top, LINE, 0.4)
        pen.rule(x, middle, right, middle, TINT, 0.8)
        aside = (self.box[1] / 2 - self.kind.leading) / 2
        pen.text((self.line,), self.kind, x, middle - aside)
        pen.turned((self.line,), self.kind, right, middle + aside)
