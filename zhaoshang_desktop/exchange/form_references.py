"""What refers to cells when rows are put into a sheet: references move as Excel moves them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_SHEET = r"(?:'(?:[^']|'')+'|[\w.\u00c0-\uffff]+)!"
_QUOTED = r'"(?:[^"]|"")*"'
_CELL = r"(\$?[A-Z]{1,3}\$?)(\d{1,7})"
_REFERENCE = re.compile(
    rf"(?P<quoted>{_QUOTED})|(?P<sheet>{_SHEET})?(?<![\w.$])(?:{_CELL}(?::{_CELL})?|(\$?)(\d{{1,7}}):(\$?)(\d{{1,7}}))(?![\w(.!])"
)
_ATTRIBUTES = re.compile(r'\b(ref|sqref|activeCell|topLeftCell|r1|r2)="([^"]*)"')
_ELEMENTS = re.compile(r"<((?:\w+:)?(?:formula\d?|f|sqref))>([^<]*)</\1>")


@dataclass(frozen=True)
class Shift:
    """`count` rows are put in below row `last` of a sheet, whose prepared rows begin at `first`."""

    sheet: str
    first: int
    last: int
    count: int

    def row(self, number: int) -> int:
        """Where a row is afterwards."""
        return number + self.count if self.count and number > self.last else number

    def _end(self, start: int, end: int) -> int:
        """Where a range ends: one that ends with the prepared rows holds the new ones, too."""
        grows = self.count and start <= self.last == end and (start < end or start >= self.first)
        return end + self.count if grows else self.row(end)

    def formula(self, text: str, *, own: bool) -> str:
        """A formula; `own` when it stands in the sheet itself, so that what names no sheet means this one."""
        return _REFERENCE.sub(lambda found: self._shifted(found, own), text) if self.count else text

    def _shifted(self, found: re.Match[str], own: bool) -> str:
        named = found["sheet"] or ""
        if found["quoted"] or not (self._is_mine(named) if named else own):
            return found[0]
        column, row, last_column, last_row, mark, top, other_mark, bottom = found.groups()[2:]
        if top:
            return f"{named}{mark}{self.row(int(top))}:{other_mark}{self._end(int(top), int(bottom))}"
        if last_row is None:
            return f"{named}{column}{self.row(int(row))}"
        return f"{named}{column}{self.row(int(row))}:{last_column}{self._end(int(row), int(last_row))}"

    def _is_mine(self, named: str) -> bool:
        name = named[:-1]
        name = name[1:-1].replace("''", "'") if name.startswith("'") else name
        return name.lower() == self.sheet.lower()

    def reference(self, text: str) -> str:
        """One or several references apart by spaces, as attributes have them. A minus marks a row that is new."""
        if not self.count:
            return text
        parts = [part if "-" in part else self.formula(part, own=True) for part in text.split(" ")]
        return " ".join(parts).replace("-", "")

    def attributes(self, xml: str) -> str:
        """XML around the cells: attributes and elements that hold references."""
        if not self.count:
            return xml
        xml = _ATTRIBUTES.sub(lambda found: f'{found[1]}="{self.reference(found[2])}"', xml)
        xml = re.sub(r'(<brk\b[^>]*?\bid=")(\d+)', lambda found: found[1] + str(self.row(int(found[2]))), xml)
        return _ELEMENTS.sub(lambda found: f"<{found[1]}>{self._element(found)}</{found[1]}>", xml)

    def _element(self, found: re.Match[str]) -> str:
        return self.reference(found[2]) if found[1].endswith("sqref") else self.formula(found[2], own=True)

    def related(self, part: str) -> Callable[[str], str]:
        """What moves in a part that belongs to the sheet: a table, a drawing, comments and their shapes."""
        if not self.count:
            return str
        if "/drawings/" in part and part.endswith(".xml"):
            return self._drawing
        if part.endswith(".vml"):
            return self._shapes
        return self.attributes if part.startswith("xl/tables/") or "comments" in part else str

    def _drawing(self, xml: str) -> str:
        """Anchors count rows from 0."""
        return re.sub(
            r"(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)",
            lambda found: found[1] + str(self.row(int(found[2]) + 1) - 1) + found[3],
            xml,
        )

    def _shapes(self, xml: str) -> str:
        return re.sub(
            r"(<x:Row>)(\d+)(</x:Row>)", lambda found: found[1] + str(self.row(int(found[2]) + 1) - 1) + found[3], xml
        )
