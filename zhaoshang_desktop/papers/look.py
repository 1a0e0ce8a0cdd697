"""How papers look: the page and its types, as data.

`READING` is for papers that are read (会见参考, 行程单, 登记册); `OFFICIAL` follows GB/T 9704-2012
(A4, margins 37/35/28/26 mm, body 仿宋 3号 in 22 lines of 28 characters: 15.75 pt so that 28 fit 156 mm).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

MM = 72 / 25.4
Role = Literal["body", "strong", "heading", "label", "title", "kai", "number"]
Colour = tuple[float, float, float]

INK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.33, 0.35, 0.38)
LINE: Colour = (0.55, 0.57, 0.60)
TINT: Colour = (0.945, 0.95, 0.96)
ACCENT: Colour = (0.60, 0.11, 0.09)


@dataclass(frozen=True)
class Type:
    """Sizes and spaces in points; `indent` in characters, on the first line only."""

    role: Role
    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    align: Literal["left", "center", "right", "justify"] = "left"
    colour: Colour = INK


@dataclass(frozen=True)
class Look:
    """The page (points) and the type of each thing on it; `duplex` sets odd page numbers right, even left."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    duplex: bool
    title: Type
    body: Type
    note: Type
    item: Type
    headings: tuple[Type, ...]
    cell: Type
    cell_strong: Type
    label: Type
    contents: tuple[Type, ...]
    contents_title: Type
    running: Type
    number: Type

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.width - self.left - self.right

    @property
    def room(self) -> float:
        """The height of the text block."""
        return self.height - self.top - self.bottom


READING = Look(
    width=210 * MM,
    height=297 * MM,
    top=27 * MM,
    bottom=24 * MM,
    left=25 * MM,
    right=22 * MM,
    duplex=False,
    title=Type("title", 20, 30, after=14, align="center"),
    body=Type("body", 12, 20.5, after=3, indent=2, align="justify"),
    note=Type("body", 10, 15.5, before=1, after=4, colour=GREY),
    item=Type("body", 12, 19, after=3, align="justify"),
    headings=(
        Type("heading", 18, 27, before=16, after=10),
        Type("heading", 14.5, 23, before=14, after=6),
        Type("heading", 12, 19, before=10, after=4),
    ),
    cell=Type("body", 10.5, 15.5),
    cell_strong=Type("strong", 10.5, 15.5),
    label=Type("label", 9.5, 15.5),
    contents=(Type("label", 12, 20, before=3), Type("body", 11, 17.5)),
    contents_title=Type("heading", 17, 26, after=14, align="center"),
    running=Type("label", 8.5, 12, colour=GREY),
    number=Type("number", 10.5, 14),
)

WATERMARK = Type("label", 30, 40, colour=(0.90, 0.91, 0.92))
_TEXT = Type("body", 15.75, 28.99, indent=2, align="justify")
OFFICIAL = replace(
    READING,
    top=37 * MM,
    bottom=35 * MM,
    left=28 * MM,
    right=26 * MM,
    duplex=True,
    title=Type("title", 22, 32, before=28.99, after=28.99, align="center"),
    body=_TEXT,
    item=_TEXT,
    headings=(
        Type("heading", 15.75, 28.99, indent=2),
        Type("kai", 15.75, 28.99, indent=2),
        Type("body", 15.75, 28.99, indent=2),
    ),
    number=Type("number", 14, 18),
)
