"""A briefing pack of about sixty pages against the same paragraphs and tables handed to platypus."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from reportlab.platypus.flowables import Flowable, PageBreak

from tests.bench.measures import measure
from tests.papers.packs import large_pack
from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.brief import briefing_pack
from zhaoshang_desktop.papers.fonts import Fonts
from zhaoshang_desktop.papers.look import READING
from zhaoshang_desktop.papers.pdf import pdf_bytes

TARGETS = 13
GRID = [("GRID", (0, 0), (-1, -1), 0.5, (0.6, 0.6, 0.6)), ("VALIGN", (0, 0), (-1, -1), "TOP")]


@measure("papers.pack_60_pages_to_platypus", bar=1.5)
@measure("papers.pack_60_pages_ms", unit="ms")
@measure("papers.pack_60_pages_platypus_ms", unit="ms")
@measure("papers.pack_60_pages_count", unit="pages")
def pack_of_sixty_pages() -> dict[str, float]:
    """Both in one process with fonts already read; medians of three, in turns."""
    fonts = Fonts(())
    pack = large_pack(TARGETS)
    pages = pdf_bytes(briefing_pack(pack), fonts)[1].pages
    names = {role: fonts.typeface(role).first.name for role in ("body", "heading", "label")}
    paper = briefing_pack(pack)
    platypus(paper, names)
    ours, theirs = [], []
    for _ in range(3):
        ours.append(milliseconds(lambda: pdf_bytes(briefing_pack(pack), fonts)))
        theirs.append(milliseconds(lambda: platypus(paper, names)))
    own, plain = statistics.median(ours), statistics.median(theirs)
    return {
        "papers.pack_60_pages_to_platypus": own / plain,
        "papers.pack_60_pages_ms": own,
        "papers.pack_60_pages_platypus_ms": plain,
        "papers.pack_60_pages_count": pages,
    }


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def platypus(paper: b.Paper, names: dict[str, str]) -> None:
    """The texts and tables of the paper in one build, without contents, bookmarks and rules of line breaking."""
    look = READING
    margins = {
        "leftMargin": look.left,
        "rightMargin": look.right,
        "topMargin": look.top,
        "bottomMargin": look.bottom,
    }
    SimpleDocTemplate(io.BytesIO(), pagesize=(look.width, look.height), **margins).build(list(flowables(paper, names)))


def flowables(paper: b.Paper, names: dict[str, str]) -> Iterator[Flowable]:
    plain = Platypus(names)
    for block in paper.blocks:
        if isinstance(block, b.PageBreak) or (isinstance(block, b.Heading) and block.new_page):
            yield PageBreak()
        yield from plain.flowables(block)


class Platypus:
    """Blocks as plain flowables."""

    def __init__(self, names: dict[str, str]) -> None:
        look = READING

        def style(role: str, size: float, leading: float, **more: object) -> ParagraphStyle:
            return ParagraphStyle(role, fontName=names[role], fontSize=size, leading=leading, wordWrap="CJK", **more)

        self.body = style("body", look.body.size, look.body.leading, firstLineIndent=24, alignment=TA_JUSTIFY)
        self.item = style("body", look.item.size, look.item.leading, leftIndent=20, spaceAfter=3)
        self.cell = style("body", look.cell.size, look.cell.leading)
        self.label = style("label", look.label.size, look.label.leading)
        self.heading = style("heading", 14, 22, spaceBefore=10, spaceAfter=5, keepWithNext=1)

    def flowables(self, block: b.Block) -> Iterator[Flowable]:
        match block:
            case b.Heading():
                yield words(block.text, self.heading)
            case b.Paragraph():
                yield words(block.words, self.cell if block.note else self.body)
            case b.Items():
                yield from (words(item, self.item) for item in block.items)
            case b.FieldTable():
                pairs: list[list[Flowable | str]] = []
                for label, value in block.pairs:
                    pairs.append([words(label, self.label), words(value, self.cell)])
                pairs += [["", ""]] * (len(pairs) % 2)
                halves = [first + second for first, second in zip(pairs[::2], pairs[1::2], strict=True)]
                yield Table(halves, colWidths=[87, READING.measure / 2 - 87] * 2, style=GRID)
            case b.DataTable():
                total = sum(column.width for column in block.columns)
                widths = [column.width * READING.measure / total for column in block.columns]
                rows = [[words(column.title, self.label) for column in block.columns]]
                rows += [[words(text, self.cell) for text in row] for row in block.rows]
                yield Table(rows, colWidths=widths, style=GRID, repeatRows=1)
            case b.FormLines():
                yield from (self.form_row(row) for row in block.rows)

    def form_row(self, row: b.FormRow) -> Flowable:
        fields = [words(text, self.cell) for field in row.fields for text in field]
        widths = [87, READING.measure / len(row.fields) - 87] * len(row.fields)
        return Table([fields], colWidths=widths, rowHeights=[row.lines * 24.4], style=GRID)


def words(text: b.Words, kind: ParagraphStyle) -> Paragraph:
    plain = text if isinstance(text, str) else "".join(run.text for run in text)
    return Paragraph(escape(plain).replace("\n", "<br/>"), kind)
