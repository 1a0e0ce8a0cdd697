"""Prints a paper as PDF: fonts embedded, contents filled in, bookmarks set, written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from zhaoshang_desktop.domain.errors import not_written
from zhaoshang_desktop.papers.blocks import Heading, Paper
from zhaoshang_desktop.papers.flow import ASIDE, Line, Text
from zhaoshang_desktop.papers.fonts import Fonts, fonts_of_this_pc
from zhaoshang_desktop.papers.look import GREY, INK, LINE, OFFICIAL, READING, WATERMARK, Colour, Look, Type
from zhaoshang_desktop.papers.pages import Page, paginate
from zhaoshang_desktop.papers.setting import Setter
from zhaoshang_desktop.runtime.files import replace_file

rl_config.useA85 = 0  # type: ignore[attr-defined]  # pages as plain bytes: a quarter smaller and faster
PROGRAM = "招商桌面"
ASCENT = 0.88  # of the size: where the top of a Chinese character stands above the baseline


@dataclass(frozen=True)
class Printed:
    """What came out; `missing` are the characters that no font here has."""

    pages: int
    missing: tuple[str, ...]


def write_pdf(paper: Paper, path: Path, fonts: Fonts | None = None) -> Printed:
    """Prints the paper to `path`; an older file there stays as it was unless all went well."""
    data, printed = pdf_bytes(paper, fonts or fonts_of_this_pc())
    try:
        replace_file(path, lambda file: file.write(data))
    except OSError as reason:
        raise not_written(path, reason) from reason
    return printed


def pdf_bytes(paper: Paper, fonts: Fonts) -> tuple[bytes, Printed]:
    """The paper as the bytes of a PDF file."""
    look = OFFICIAL if paper.official else READING
    setter = Setter(fonts, look)
    pages = paginate(setter.items(paper), look.room)
    out = io.BytesIO()
    first_font = fonts.typeface(look.number.role).first.name
    canvas = Canvas(out, pagesize=(look.width, look.height), pageCompression=1, initialFontName=first_font)
    _describe(canvas, paper, fonts)
    press = Press(canvas, setter, pages)
    for index in range(len(pages)):
        press.print(index, paper)
    canvas.save()
    return out.getvalue(), Printed(len(pages), tuple(sorted(setter.missing)))


def _describe(canvas: Canvas, paper: Paper, fonts: Fonts) -> None:
    canvas.setTitle(fonts.clean(paper.title))
    canvas.setAuthor(fonts.clean(paper.author) or PROGRAM)
    canvas.setCreator(PROGRAM)
    canvas.setSubject(fonts.clean(paper.header))
    canvas.setCatalogEntry("Lang", "zh-CN")
    if sum(isinstance(block, Heading) for block in paper.blocks) > 1:
        canvas.showOutline()


class Press:
    """Draws pages on a canvas; it is the Pen of the items."""

    def __init__(self, canvas: Canvas, setter: Setter, pages: Sequence[Page]) -> None:
        self._canvas = canvas
        self._setter = setter
        self._look: Look = setter.look
        self._pages = pages
        self._covers = 1 if pages[0].cover else 0
        self._page_of = {
            item.heading: index
            for index, page in enumerate(pages)
            for _, item in page.items
            if isinstance(item, Text) and item.heading >= 0
        }
        self._level = -1
        self._filled: Colour | None = None

    def print(self, index: int, paper: Paper) -> None:
        page, look = self._pages[index], self._look
        self._filled = None
        if paper.watermark:
            self._watermark(paper.watermark)
        for down, item in page.items:
            item.draw(self, look.left, look.height - look.top - down)
        if not page.cover:
            self._running(paper, index)
        self._canvas.showPage()

    def _number(self, index: int) -> int:
        """The number printed on a page; a cover is not counted."""
        return index + 1 - self._covers

    def _running(self, paper: Paper, index: int) -> None:
        look = self._look
        if (paper.header or paper.notice) and not look.duplex:
            top = look.height - look.top + 26
            self._aside(paper.header, top)
            self._aside(paper.notice, top, right=True)
            y = top - look.running.leading - 2
            self.rule(look.left, y, look.left + look.measure, y, LINE, 0.4)
        self._aside(paper.footer, look.bottom - 24)
        number = self._number(index)
        line = self._setter.lines(f"— {number} —", look.number, look.measure)[0]
        x = look.left + (look.measure - line.width) / 2
        if look.duplex:
            odd = number % 2 == 1
            x = look.left + (look.measure - line.width - look.number.size if odd else look.number.size)
        self.text((line,), look.number, x, look.bottom - 20)

    def _watermark(self, words: str) -> None:
        """Three times across the page, so that no part of it can be copied without."""
        look = self._look
        line = self._setter.lines(words, WATERMARK, look.height)[0]
        for share in (0.2, 0.5, 0.8):
            self._canvas.saveState()
            self._canvas.translate(look.width / 2, look.height * share)
            self._canvas.rotate(30)
            self._filled = None
            self.text((line,), WATERMARK, -line.width / 2, WATERMARK.leading / 2)
            self._canvas.restoreState()
        self._filled = None

    def _aside(self, words: str, top: float, *, right: bool = False) -> None:
        """One line of small type at an edge of the page."""
        look = self._look
        for line in self._setter.lines(words, look.running, look.measure * 0.7)[:1]:
            x = look.left + (look.measure - line.width if right else 0)
            self.text((line,), look.running, x, top)

    def text(self, lines: Sequence[Line], kind: Type, x: float, top: float) -> None:
        self._ink(kind.colour)
        out: PDFTextObject = self._canvas.beginText()
        baseline = top - (kind.leading - kind.size) / 2 - ASCENT * kind.size
        shown, spacing = ("", False), 0.0
        for line in lines:
            out.setTextOrigin(x + line.x, baseline)
            if line.spacing != spacing:
                spacing = line.spacing
                out.setCharSpace(spacing)
            for font, stretch, small in line.pieces:
                if (font, small) != shown:
                    if small != shown[1]:
                        out.setFillColorRGB(*(GREY if small else kind.colour))
                    shown = (font, small)
                    out.setFont(font, kind.size * ASIDE if small else kind.size)
                out.textOut(stretch)
            baseline -= kind.leading
        if spacing:
            out.setCharSpace(0)
        if shown[1]:
            out.setFillColorRGB(*kind.colour)
        self._canvas.drawText(out)

    def turned(self, lines: Sequence[Line], kind: Type, right: float, foot: float) -> None:
        """The same upside down: what is its upper left corner lies at the lower right."""
        self._canvas.saveState()
        self._canvas.translate(right, foot)
        self._canvas.rotate(180)
        self._filled = None
        self.text(lines, kind, 0, 0)
        self._canvas.restoreState()
        self._filled = None

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: Colour, width: float = 0.5) -> None:
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(width)
        self._canvas.line(x1, y1, x2, y2)

    def rules(self, rules: Sequence[tuple[float, float, float, float]], colour: Colour) -> None:
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(0.5)
        self._canvas.lines(rules)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self._ink(colour)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self._ink(colour)
        self._canvas.circle(x, y, radius, stroke=0, fill=1)

    def _ink(self, colour: Colour) -> None:
        if colour != self._filled:
            self._filled = colour
            self._canvas.setFillColorRGB(*colour)

    def target(self, number: int, top: float) -> None:
        heading = self._setter.headings[number]
        key = f"h{number}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=top + 4, zoom=0)
        self._level = min(heading.level - 1, self._level + 1)
        self._canvas.addOutlineEntry(self._setter.fonts.clean(heading.text), key, self._level, closed=True)

    def reference(self, number: int, line: Line, kind: Type, x: float, width: float, top: float) -> None:
        if number not in self._page_of:
            return
        page = self._setter.lines(str(self._number(self._page_of[number])), kind, width)[0]
        self.text((page,), kind, x + width - page.width, top)
        y = top - (kind.leading - kind.size) / 2 - ASCENT * kind.size + kind.size * 0.3
        self._dots(x + line.x + line.width + 6, x + width - page.width - 6, y)
        self._canvas.linkAbsolute("", f"h{number}", (x, top - kind.leading, x + width, top))

    def _dots(self, start: float, end: float, y: float) -> None:
        if end > start:
            self._canvas.saveState()
            self._canvas.setStrokeColorRGB(*INK)
            self._canvas.setLineWidth(0.8)
            self._canvas.setLineCap(1)
            self._canvas.setDash(0, 4)
            self._canvas.line(end, y, start, y)
            self._canvas.restoreState()
