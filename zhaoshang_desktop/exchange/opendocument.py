"""What an OpenDocument sheet (.ods) shows that the fast reader does not give: its texts beside the values.

Every cell carries the text that is seen; where that says more than the value (000123, 12.5 %, a month without
its day, a foreign currency) the text counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from xml.parsers import expat

from zhaoshang_desktop.exchange.sheet import cell_text
from zhaoshang_desktop.exchange.shown import SheetScan, Shown, as_written, per_cent

_ZEROS = re.compile(r"0\d+")
_WITH_UNIT = re.compile(r"[\d,.]+\s?[十百千]?(?:[万亿]元?|元|美元|欧元|港元|日元|亩|人|家)")
_MONTH = re.compile(r"\d{4}(?:年\s?\d{1,2}月|[-./]\d{1,2})")
_YEAR = re.compile(r"\d{4}年?")
_WHETHER = {"TRUE": True, "FALSE": False, "真": True, "假": False}
_MOST_COLUMNS = 1_024
_MOST_REPEATED = 10_000


def examine(blocks: Iterable[bytes]) -> dict[str, SheetScan]:
    """What the sheets of a content.xml hold, by their names."""
    reading = _Content()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.data
    for block in blocks:
        parser.Parse(block)
    parser.Parse(b"", True)
    return reading.sheets


class _Content:
    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self._scan = SheetScan()
        self._row = self._column = self._told = 0
        self._rows = self._columns = 1
        self._cell: dict[str, str] = {}
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "p" and self._text is not None and self._text:
            self._text.append("\n")
        elif tag in ("table", "table-column", "table-row", "table-cell", "covered-table-cell"):
            found = {key.rpartition(" ")[2]: value for key, value in reversed(attributes.items())}
            if tag == "table":
                self._scan = self.sheets[found.get("name", "")] = SheetScan()
                self._row = self._told = 0
            elif tag == "table-column":
                count = _times(found.get("number-columns-repeated"))
                if found.get("visibility") in ("collapse", "filter"):
                    self._scan.columns_hidden.update(range(self._told, self._told + min(count, _MOST_COLUMNS)))
                self._told += count
            elif tag == "table-row":
                self._column, self._rows = 0, _times(found.get("number-rows-repeated"))
                if found.get("visibility") in ("collapse", "filter"):
                    self._scan.hidden.update(range(self._row, self._row + min(self._rows, _MOST_REPEATED)))
            else:
                self._columns = _times(found.get("number-columns-repeated"))
                self._cell, self._text = _typed(attributes, found), []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "table-row":
            self._row += self._rows
        elif tag in ("table-cell", "covered-table-cell"):
            if self._cell:
                self._look("".join(self._text or []))
            self._column += self._columns
            self._text = None

    def _look(self, text: str) -> None:
        cell = self._cell
        self._scan.values += bool(cell.get("value-type") and (text or cell.get("value-type") != "string"))
        if "error" in cell or ("formula" in cell and "value-type" not in cell):
            self._note(self._scan.unread, text or cell["formula"].partition(":")[2])
        elif shown := _shown(cell, text):
            self._note(self._scan.shown, shown)

    def _note(self, found: dict[tuple[int, int], Any], what: Any) -> None:
        if self._rows * self._columns <= _MOST_REPEATED:
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    found[row, column] = what


def _typed(attributes: dict[str, Any], found: dict[str, str]) -> dict[str, str]:
    """What is known of a cell; LibreOffice tells an error by a second type of its own."""
    if any(key.endswith("value-type") and value == "error" for key, value in attributes.items()):
        return {**found, "error": "error"}
    return found if "value-type" in found or "formula" in found else {}


def _times(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1


def _shown(cell: dict[str, str], text: str) -> Shown | None:
    kind, text = cell.get("value-type"), text.strip()
    if kind == "percentage":
        return per_cent
    if kind == "currency" and cell.get("currency", "CNY") != "CNY":
        currency = cell["currency"]
        return lambda value: f"{currency}{cell_text(value)}"
    if kind == "float" and (_ZEROS.fullmatch(text) or _WITH_UNIT.fullmatch(text)):
        return as_written(text)
    if kind == "float" and text in _WHETHER:
        return lambda _value: _WHETHER[text]
    if kind == "date" and _MONTH.fullmatch(text):
        return lambda value: f"{value.year}-{value.month:02}" if isinstance(value, date) else value
    if kind == "date" and _YEAR.fullmatch(text):
        return lambda value: str(value.year) if isinstance(value, date) else value
    return None
