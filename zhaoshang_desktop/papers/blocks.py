"""What a paper is made of, as plain data; `pdf` prints it.

Texts are taken as they are: nothing in them is markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """A stretch of text; `small` is set smaller and grey, as a source behind a statement is."""

    text: str
    bold: bool = False
    small: bool = False


Words = str | tuple[Run, ...]


@dataclass(frozen=True)
class Cover:
    """The first page: who made it, what it is, the facts below it, a notice at its head."""

    office: str
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    date: str = ""


@dataclass(frozen=True)
class Heading:
    """`level` 1 opens a chapter (with `new_page`, on a page of its own); contents list levels 1 and 2
    unless `listed` is off."""

    text: str
    level: int = 1
    listed: bool = True
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line feed in it starts a new paragraph. `note` is smaller and grey, `align` "right" a
    signature; `keep` holds it to what follows, as a signature should not be alone on its page."""

    words: Words
    note: bool = False
    align: Align = "left"
    keep: bool = False


@dataclass(frozen=True)
class Items:
    """A list; `mark` stands before each item ("1" counts)."""

    items: tuple[Words, ...]
    mark: str = "·"


@dataclass(frozen=True)
class FieldTable:
    """Labels and their values, `across` pairs beside each other; a long value takes the whole width."""

    pairs: tuple[tuple[str, str], ...]
    across: int = 2


@dataclass(frozen=True)
class Column:
    """`width` is a share of the table's width."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class DataTable:
    """Rows under a header that is repeated on every page; the last `sums` rows are bold. Rows that say the same in
    all `shared` columns (numbers of columns) stand beside one cell that says it once. `keep` as of a paragraph."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: int = 0
    shared: tuple[int, ...] = ()
    keep: bool = False

    def groups(self) -> list[list[tuple[str, ...]]]:
        """The rows, those together that share a cell."""
        found: list[list[tuple[str, ...]]] = []
        for number, row in enumerate(self.rows):
            alone = not self.shared or number >= len(self.rows) - self.sums
            if found and not alone and all(row[at] == found[-1][0][at] for at in self.shared):
                found[-1].append(row)
            else:
                found.append([row])
        return found


@dataclass(frozen=True)
class Contents:
    """Where the headings are; filled in by the printer."""

    title: str = "目录"
    depth: int = 2


@dataclass(frozen=True)
class FormRow:
    """One or two labelled blanks beside each other, to be written in by hand on `lines` ruled lines, or, where
    somebody signs, in a field of that height that ends with what is in it (the date)."""

    fields: tuple[tuple[str, str], ...]
    lines: int = 1
    signed: bool = False


@dataclass(frozen=True)
class FormLines:
    """A ruled form to be filled in with a pen."""

    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class Route:
    """The way of one team through named points (longitude, latitude, in degrees)."""

    name: str
    stops: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class RouteSketch:
    """Points and routes by their true coordinates, without any boundary; says 示意图 itself."""

    routes: tuple[Route, ...]


@dataclass(frozen=True)
class PlaceCards:
    """席签: a card a name, to be cut out and folded, so that it reads from both sides; the paper has no head."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Headline:
    """A title as the paper's own, over what somebody gets as a sheet of its own."""

    text: str


@dataclass(frozen=True)
class Addressee:
    """主送机关 of an official paper: to whom it goes, flush left under the title, with a colon."""

    names: str


@dataclass(frozen=True)
class Signature:
    """署名和成文日期 of an official paper: the date four characters in from the right, the office centred above it."""

    office: str
    date: str


@dataclass(frozen=True)
class Annexes:
    """附件说明: the names of what follows behind the signature."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The head of an annex on a page of its own: 附件 and its number, 0 for the only one, and its title."""

    number: int
    title: str


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = (
    Cover
    | Heading
    | Paragraph
    | Items
    | FieldTable
    | DataTable
    | Contents
    | FormLines
    | RouteSketch
    | PlaceCards
    | Headline
    | Addressee
    | Signature
    | Annexes
    | Annex
    | PageBreak
)


@dataclass(frozen=True)
class Paper:
    """Without a Cover the title stands at the head of the first page.

    `official` is laid out by GB/T 9704; `header` stands at the head of every page after the cover with
    `notice` at its right end, `footer` beside the page number. `watermark` is set large, pale and slanting
    behind each page: whose copy it is.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    header: str = ""
    notice: str = ""
    footer: str = ""
    official: bool = False
    watermark: str = ""
