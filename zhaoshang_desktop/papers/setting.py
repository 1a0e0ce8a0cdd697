"""Blocks → items: texts are set in their types, tables measured, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatchmethod
from itertools import accumulate

from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.breaking import break_lines
from zhaoshang_desktop.papers.cover import cover
from zhaoshang_desktop.papers.flow import (
    ASIDE,
    PAD_X,
    Cell,
    Chapter,
    Grid,
    Item,
    Line,
    Piece,
    Reference,
    Row,
    Text,
)
from zhaoshang_desktop.papers.fonts import MISSING, Fonts
from zhaoshang_desktop.papers.look import MM, Look, Role, Type
from zhaoshang_desktop.papers.place_cards import place_cards
from zhaoshang_desktop.papers.sketch import sketch

LABEL_WIDTH = 87.0
FORM_LINE = 8.6 * MM
DISPLAY = 17.0  # points from which a centred text is a title
NAMES_END = ("公司", "集团", "小分队", "委员会", "商会", "协会", "研究院", "研究所", "大学", "局")
LOOSEST = 0.22  # ems between characters beyond which a line stays ragged

Stretch = tuple[Role, str, bool]
"""Role, text, small."""


class Setter:
    """Sets the blocks of one paper in the types of a look."""

    def __init__(self, fonts: Fonts, look: Look) -> None:
        self.fonts = fonts
        self.look = look
        self.headings: list[b.Heading] = []
        self.missing: set[str] = set()
        self._known: dict[tuple[str, Type, float, float], list[Line]] = {}

    def items(self, paper: b.Paper) -> list[Item]:
        """The whole flow of the paper; `headings` then lists what a Reference leads to."""
        self.headings = [block for block in paper.blocks if isinstance(block, b.Heading)]
        numbers = iter(range(len(self.headings)))
        flow: list[Item] = []
        if not any(isinstance(block, b.Cover | b.PlaceCards) for block in paper.blocks):
            kind = self.look.title
            flow.append(Text(lines=self.lines(paper.title, kind, self.look.measure), kind=kind, after=kind.after))
        break_next = False
        for block in paper.blocks:
            if isinstance(block, b.PageBreak):
                break_next = True
                continue
            number = next(numbers) if isinstance(block, b.Heading) else -1
            for item in self.compose(block):
                if break_next:
                    item.new_page, break_next = True, False
                if isinstance(item, Text):
                    item.heading = number
                flow.append(item)
        return flow

    def lines(self, words: b.Words, kind: Type, width: float, hang: float = 0.0) -> list[Line]:
        """The lines of a text that may hold line feeds, `hang` points in from the left."""
        if isinstance(words, str):
            key = (words, kind, width, hang)
            known = self._known.get(key)
            if known is not None:
                return known
            lines: list[Line] = []
            for part in words.splitlines() or [""]:
                set_part = self._paragraph([(kind.role, part, False)], kind, width, hang)
                if len(set_part) > 1 and kind.align == "center" and kind.size >= DISPLAY:
                    set_part = self._balanced(part, kind, width, len(set_part))
                lines += set_part
            self._known[key] = lines
            return lines
        runs: list[Stretch] = []
        for run in words:
            runs.append(("strong" if run.bold else kind.role, " ".join(run.text.splitlines()), run.small))
        return self._paragraph(runs, kind, width, hang)

    def _balanced(self, words: str, kind: Type, width: float, count: int) -> list[Line]:
        """The title in as many lines, of lengths as even as can be; one of two lines is cut where a name ends."""
        if count == 2:
            cut = _cut(words)
            parts = (words[:cut].strip(), words[cut:])
            halves = [self._paragraph([(kind.role, part, False)], kind, width, 0) for part in parts]
            if cut and all(len(half) == 1 for half in halves):
                return [half[0] for half in halves]
        narrow = width
        best = self._paragraph([(kind.role, words, False)], kind, width, 0)
        while narrow > width / 2:
            narrow -= kind.size
            tried = self._paragraph([(kind.role, words, False)], kind, narrow, 0)
            if len(tried) > count:
                break
            best = [replace(line, x=line.x + (width - narrow) / 2) for line in tried]
        return best

    def _paragraph(self, runs: Sequence[Stretch], kind: Type, width: float, hang: float) -> list[Line]:
        faces, texts, widths = [], [], []
        for role, raw, small in runs:
            face = self.fonts.typeface(role)
            size = kind.size * ASIDE if small else kind.size
            text = self.fonts.clean(raw)
            if MISSING in text:
                self.missing |= self.fonts.missing(raw)
            faces.append(face)
            texts.append(text)
            em = face.em
            widths += [em[char] * size for char in text]
        text = "".join(texts)
        starts = [0, *accumulate(len(part) for part in texts)]
        ends = [0.0, *accumulate(widths)]
        room, indent = width - hang, kind.indent * kind.size
        spans = break_lines(text, widths, max(room - indent, kind.size), room)
        lines = []
        for number, (start, end) in enumerate(spans):
            shown = start + len(text[start:end].rstrip())
            pieces: list[Piece] = []
            for face, part, at, run in zip(faces, texts, starts, runs, strict=False):
                stretch = part[max(start - at, 0) : max(shown - at, 0)]
                if stretch:
                    pieces += [Piece(name, shown_in, run[2]) for name, shown_in in face.pieces(stretch)]
            natural = ends[shown] - ends[start]
            x = hang + (indent if number == 0 else 0.0)
            last = number == len(spans) - 1
            lines.append(_placed(tuple(pieces), kind, x, width, natural, 0 if last else shown - start - 1))
        return lines

    @singledispatchmethod
    def compose(self, block: b.Block) -> Iterator[Item]:
        raise TypeError(f"no way to print {type(block).__name__}")

    @compose.register
    def _(self, block: b.Heading) -> Iterator[Item]:
        level = min(block.level, len(self.look.headings)) - 1
        kind = self.look.headings[level]
        lines = self.lines(" ".join(block.text.split()), kind, self.look.measure)
        common = {"before": kind.before, "after": kind.after, "keep": True, "new_page": block.new_page}
        if level == 0 and not self.look.duplex:
            yield Chapter(lines=lines, kind=kind, width=self.look.measure, **common)  # type: ignore[arg-type]
        else:
            yield Text(lines=lines, kind=kind, **common)  # type: ignore[arg-type]

    @compose.register
    def _(self, block: b.Paragraph) -> Iterator[Item]:
        kind = self.look.note if block.note else self.look.body
        if block.align != "left":
            kind = replace(_aligned(kind, block.align), indent=0)
        lines = self.lines(block.words, kind, self.look.measure)
        yield Text(lines=lines, kind=kind, before=kind.before, after=kind.after, keep=block.keep)

    @compose.register
    def _(self, block: b.Items) -> Iterator[Item]:
        kind = self.look.item
        hang = kind.size * (1.9 if block.mark == "1" else 1.3)
        for number, words in enumerate(block.items, 1):
            mark = f"{number}." if block.mark == "1" else block.mark
            yield Text(
                lines=self.lines(words, kind, self.look.measure, hang),
                kind=kind,
                after=kind.after,
                mark=self.lines(mark, kind, hang)[0],
            )

    @compose.register
    def _(self, block: b.FieldTable) -> Iterator[Item]:
        share = self.look.measure / block.across
        room = share - LABEL_WIDTH - 2 * PAD_X
        rows: list[list[tuple[str, str]]] = []
        closed = True
        for label, value in block.pairs:
            short = "\n" not in value and self._width(value, self.look.cell) <= room
            if short and not closed and len(rows[-1]) < block.across:
                rows[-1].append((label, value))
            else:
                rows.append([(label, value)])
                closed = not short
        if rows:
            grid = tuple(self._field_row(row, share) for row in rows)
            yield Grid(rows=grid, before=4, after=8)

    def _field_row(self, pairs: Sequence[tuple[str, str]], share: float, lines: int = 0, signed: bool = False) -> Row:
        cells = []
        for at, (label, value) in enumerate(pairs):
            x = at * share
            end = self.look.measure if at == len(pairs) - 1 else x + share
            cells.append(self._cell(label, x, LABEL_WIDTH, self.look.label, tinted=True))
            left = x + LABEL_WIDTH
            if signed:
                kind = _aligned(self.look.cell, "right")
                cells.append(replace(self._cell(value, left, end - left, kind), at_foot=True))
            else:
                cells.append(self._cell(value, left, end - left, self.look.cell, ruled=lines))
        return Row(tuple(cells), least=lines * FORM_LINE)

    def _cell(self, text: str, x: float, width: float, kind: Type, *, tinted: bool = False, ruled: int = 0) -> Cell:
        lines = self.lines(text, kind, width - 2 * PAD_X)
        return Cell(x, width, lines, kind, tinted, ruled)

    def _width(self, text: str, kind: Type) -> float:
        em = self.fonts.typeface(kind.role).em
        return sum(em[char] for char in self.fonts.clean(text)) * kind.size

    @compose.register
    def _(self, block: b.DataTable) -> Iterator[Item]:
        total = sum(column.width for column in block.columns)
        widths = [column.width * self.look.measure / total for column in block.columns]
        places = [0.0, *accumulate(widths)]
        kinds = [_aligned(self.look.cell, column.align) for column in block.columns]
        strong = [_aligned(self.look.cell_strong, column.align) for column in block.columns]
        title = _aligned(self.look.label, "center")
        header = Row(
            tuple(
                self._cell(column.title, x, width, title, tinted=True)
                for column, x, width in zip(block.columns, places, widths, strict=False)
            )
        )
        rows = []
        groups = block.groups()
        for number, group in enumerate(groups):
            types = strong if number >= len(groups) - block.sums else kinds
            lines = [
                tuple(self._cell(*field) for field in zip(row, places, widths, types, strict=False)) for row in group
            ]
            rows.append(Row(lines[0]) if len(group) == 1 else _shared(lines, block.shared))
        yield Grid(rows=rows, header=(header,), before=4, after=8, keep=block.keep)

    @compose.register
    def _(self, block: b.FormLines) -> Iterator[Item]:
        rows = [
            self._field_row(row.fields, self.look.measure / len(row.fields), row.lines, row.signed)
            for row in block.rows
        ]
        yield Grid(rows=rows, before=4, after=8)

    @compose.register
    def _(self, block: b.Contents) -> Iterator[Item]:
        kind = self.look.contents_title
        yield Text(lines=self.lines(block.title, kind, self.look.measure), kind=kind, after=kind.after, keep=True)
        for number, heading in enumerate(self.headings):
            if heading.listed and heading.level <= block.depth:
                yield self._reference(number, heading)

    def _reference(self, number: int, heading: b.Heading) -> Reference:
        kind = self.look.contents[min(heading.level, len(self.look.contents)) - 1]
        hang = kind.size * 1.6 * (heading.level - 1)
        lines = self.lines(" ".join(heading.text.split()), kind, self.look.measure - 3.5 * kind.size, hang)[:2]
        return Reference(lines=lines, kind=kind, before=kind.before, width=self.look.measure, leads_to=number)

    @compose.register
    def _(self, block: b.Headline) -> Iterator[Item]:
        kind = self.look.title
        yield Text(lines=self.lines(block.text, kind, self.look.measure), kind=kind, after=kind.after, keep=True)

    @compose.register
    def _(self, block: b.Addressee) -> Iterator[Item]:
        kind = _aligned(replace(self.look.body, indent=0), "left")
        yield Text(lines=self.lines(f"{block.names}：", kind, self.look.measure), kind=kind, keep=True)

    @compose.register
    def _(self, block: b.Signature) -> Iterator[Item]:
        kind = _aligned(replace(self.look.body, indent=0), "left")
        office, date = self._width(block.office, kind), self._width(block.date, kind)
        aside = max(self.look.measure - 4 * kind.size - date, 0)
        above = min(max(aside + (date - office) / 2, 0), max(self.look.measure - office, 0))
        for words, x in ((block.office, above), (block.date, aside)):
            lines = [replace(line, x=x) for line in self.lines(words, kind, self.look.measure)[:1]]
            first = words == block.office
            yield Text(lines=lines, kind=kind, before=kind.leading if first else 0, keep=first)

    @compose.register
    def _(self, block: b.Annexes) -> Iterator[Item]:
        kind = replace(self.look.body, indent=0, align="left")
        for number, name in enumerate(block.names, 1):
            mark = "附件：" if number == 1 else ""
            counted = f"{number}．" if len(block.names) > 1 else ""
            hang = kind.size * (6.6 if counted else 5)
            text = Text(lines=self.lines(name, kind, self.look.measure, hang), kind=kind, keep=number > 1)
            text.mark = replace(self.lines(f"{mark}{counted}", kind, hang)[0], x=kind.size * (2 if mark else 5))
            text.before = kind.leading if number == 1 else 0
            yield text

    @compose.register
    def _(self, block: b.Annex) -> Iterator[Item]:
        head, kind = replace(self.look.headings[0], indent=0), self.look.title
        words = f"附件{block.number or ''}"
        yield Text(lines=self.lines(words, head, self.look.measure), kind=head, keep=True, new_page=True)
        lines = self.lines(block.title, kind, self.look.measure)
        yield Text(lines=lines, kind=kind, before=kind.before, after=kind.after / 2, keep=True)

    @compose.register
    def _(self, block: b.Cover) -> Iterator[Item]:
        yield cover(block, self)

    @compose.register
    def _(self, block: b.PlaceCards) -> Iterator[Item]:
        yield from place_cards(block, self)

    @compose.register
    def _(self, block: b.RouteSketch) -> Iterator[Item]:
        drawing = sketch(block, self)
        if drawing:
            yield drawing


def _cut(title: str) -> int:
    """Where a title is best cut in two: before the name of the paper, else after the name of somebody, near the
    middle; 0 where nothing like that is in it."""
    if "　" in title:
        return title.rindex("　") + 1
    ends = [at for at in range(4, len(title) - 3) if title[:at].endswith(NAMES_END)]
    return min(ends, key=lambda at: abs(at - len(title) / 2), default=0)


def _shared(lines: Sequence[tuple[Cell, ...]], shared: Sequence[int]) -> Row:
    """Lines of cells as one row, in which the shared columns stand once."""
    own = tuple(lines[0][at] for at in shared)
    parts = tuple(Row(tuple(cell for at, cell in enumerate(line) if at not in shared)) for line in lines)
    return Row(own, parts=parts)


def _aligned(kind: Type, align: b.Align) -> Type:
    return replace(kind, align=align)


def _placed(pieces: tuple[Piece, ...], kind: Type, x: float, right: float, natural: float, gaps: int) -> Line:
    """A line moved or stretched to its alignment; `gaps` is 0 where it must not be stretched."""
    spare = right - x - natural
    if kind.align == "right":
        return Line(pieces, x + spare, natural)
    if kind.align == "center":
        return Line(pieces, x + spare / 2, natural)
    if kind.align == "justify" and gaps > 0 and -kind.size < spare < LOOSEST * kind.size * gaps:
        return Line(pieces, x, natural + spare, spare / gaps)
    return Line(pieces, x, natural)
