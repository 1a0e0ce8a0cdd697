"""A workbook as it was read: plain values in rows, and what could not be read beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

Cell = str | float | int | bool | date | datetime | time
Row = tuple[Cell, ...]
EXACT_DIGITS = 15


@dataclass(frozen=True)
class Merge:
    """A merged block; rows and columns count from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


Place = tuple[str, int, int]
"""Where a cell stands in the file: sheet, row and column, counted from 0."""


@dataclass
class Sheet:
    """`rows[0]` is the sheet's row 1, all rows are equally wide, an empty cell is "".

    `unread` holds the cells that stand for a value the file does not have: a formula that was never
    calculated, or an error such as #N/A. `hidden` are the rows that Excel does not show (filtered, or folded away).
    `columns_hidden` are the columns it does not. `pictures` are those of people, by row, and `apart` says that each
    row below the first stands for itself, as contact cards do.
    `warning` says that the file claims more than was read. Of several tables on one sheet each is a Sheet of its
    own, with `part` saying which; `origin` tells where the cells of a list made from forms stand in the file, `labels`
    which of its columns is told beside a label there, `forms` are the sheets they are on, and `named` the labels that
    somebody had to say, with the side (`forms.BESIDE`, `forms.BELOW`) on which their values stand.
    """

    name: str
    rows: list[Row]
    visible: bool = True
    merged: tuple[Merge, ...] = ()
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    warning: str = ""
    hidden: frozenset[int] = frozenset()
    columns_hidden: frozenset[int] = frozenset()
    pictures: dict[int, bytes] = field(default_factory=dict)
    apart: bool = False
    part: str = ""
    origin: dict[tuple[int, int], Place] = field(default_factory=dict)
    labels: dict[Place, int] = field(default_factory=dict)
    forms: tuple[Sheet, ...] = field(default=(), repr=False)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def title(self) -> str:
        """What a person is told which sheet, or which table on it, this is."""
        return f"{self.name} · {self.part}" if self.part else self.name

    @property
    def sources(self) -> tuple[str, ...]:
        """The sheets of the file that it is made of."""
        return tuple(dict.fromkeys(name for name, _, _ in self.origin.values())) or (self.name,)

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands in the file."""
        return self.origin.get((row, column), (self.name, row, column))


@dataclass
class Workbook:
    """`format` is what the content turned out to be ("xlsx", "xls", "csv" …); `encoding` is only known of texts."""

    name: str
    format: str
    sheets: list[Sheet]
    encoding: str = ""


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_position(reference: str) -> tuple[int, int]:
    """Row and column, counted from 0, of "B5"."""
    column = 0
    for place, sign in enumerate(reference):
        if sign.isdigit():
            return int(reference[place:]) - 1, column - 1
        column = column * 26 + ord(sign) - 64
    raise ValueError(reference)


def cell_text(cell: Cell) -> str:
    """What a person sees in the cell, as far as the value tells."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.second else "%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")
    return str(cell)


def _number_text(number: float) -> str:
    """Without exponent; with the fifteen digits Excel itself shows, so that 0.1 + 0.2 is "0.3"."""
    if number == int(number) and abs(number) < 10**EXACT_DIGITS:
        return str(int(number))
    text = f"{Decimal(f'{number:.{EXACT_DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
