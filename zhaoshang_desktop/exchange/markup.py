"""Tables that only call themselves .xls: HTML pages and Excel's XML of 2003."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.delimited import decode_text
from zhaoshang_desktop.exchange.sheet import Cell, Merge, Sheet
from zhaoshang_desktop.exchange.shown import Shown, shown_by

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_GAP = re.compile(r"[ \t\r\n\f]+")
_MOST_SPAN = 16384
_MOST_COLUMNS = 16384


class Grid:
    """Cells put down one after the other, flowing around those that reach over several rows or columns."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Merge] = []
        self.hidden: set[int] = set()
        self.columns_hidden: set[int] = set()
        self._taken: dict[int, set[int]] = {}

    def start_row(self, at: int | None = None, hidden: bool = False) -> None:
        while at is not None and len(self.rows) < at:
            self.rows.append([])
        if hidden:
            self.hidden.add(len(self.rows))
        self.rows.append([])

    def put(self, cell: Cell, across: int, down: int, at: int | None = None) -> None:
        if not self.rows:
            self.start_row()
        top, row = len(self.rows) - 1, self.rows[-1]
        taken = self._taken.get(top, set())
        left = len(row) if at is None else max(at, len(row))
        while left in taken:
            left += 1
        if left + across > _MOST_COLUMNS:
            raise KnownError("表格太宽，超过 16384 列。")
        row.extend([""] * (left - len(row)))
        row.append(cell)
        if across > 1 or down > 1:
            self.merged.append(Merge(top, left, top + down - 1, left + across - 1))
            row.extend([""] * (across - 1))
            for below in range(top + 1, top + down):
                self._taken.setdefault(below, set()).update(range(left, left + across))

    def sheet(self, name: str, visible: bool = True) -> Sheet:
        width = max(map(len, self.rows), default=0)
        rows = [tuple(row) + ("",) * (width - len(row)) for row in self.rows]
        last = len(rows) - 1
        merged = tuple(Merge(m.top, m.left, min(m.bottom, last), m.right) for m in self.merged)
        return Sheet(
            name, rows, visible, merged, hidden=frozenset(self.hidden), columns_hidden=frozenset(self.columns_hidden)
        )


class _Tables(HTMLParser):
    """Every table that lies in no other; what is nested is text of its cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.grids.append(Grid())
        elif tag == "br" and self._text is not None:
            self._text.append("\n")
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            style = "".join((dict(attributes).get("style") or "").lower().split())
            self.grids[-1].start_row(hidden="display:none" in style)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            found = dict(attributes)
            self._text, self._span = [], (_span(found.get("colspan")), _span(found.get("rowspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(_GAP.sub(" ", data))

    def _end_cell(self) -> None:
        if self._text is not None:
            lines = (line.strip(" ") for line in "".join(self._text).split("\n"))
            self.grids[-1].put("\n".join(lines).strip("\n\xa0"), *self._span)
            self._text = None


def read_html(data: bytes, name: str) -> tuple[list[Sheet], str]:
    """The tables of a page and its encoding."""
    declared = _CHARSET.search(data[:4096])
    text, encoding = _decode_page(data, declared[1].decode("ascii") if declared else "", name)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.handle_endtag("table")
    grids = [grid for grid in parser.grids if any(any(row) for row in grid.rows)]
    if not grids:
        raise KnownError(f"“{name}”是网页，里面没有表格。", "请用 Excel 打开它，另存为 .xlsx 后再导入。")
    if len(grids) == 1:
        return [grids[0].sheet("网页表格")], encoding
    return [grid.sheet(f"网页表格{number}") for number, grid in enumerate(grids, 1)], encoding


def _decode_page(data: bytes, declared: str, name: str) -> tuple[str, str]:
    """gb2312 and gbk pages are read as what they are part of, GB18030."""
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = "gb18030" if declared.lower().startswith("gb") else declared
        try:
            return data.decode(encoding), encoding.upper()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_text(data, name)


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isascii() and digits.isdigit() else 1


class _Spreadsheet2003:
    """Excel's XML of 2003, read in one pass; a DOCTYPE is refused where it begins."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._grid = Grid()
        self._name, self._visible = "", True
        self._cell: dict[str, str] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._value: Cell = ""
        self._style = ""
        self._shown: dict[str, Shown] = {}

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        tag = tag.rpartition(" ")[2]
        found = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag == "Worksheet":
            self._grid, self._name, self._visible, self._column = Grid(), found.get("Name", ""), True, 0
        elif tag == "Column":
            first = (_number(found.get("Index")) or self._column + 1) - 1
            self._column = first + (_number(found.get("Span")) or 0) + 1
            if found.get("Hidden") == "1":
                self._grid.columns_hidden.update(range(first, min(self._column, _MOST_COLUMNS)))
        elif tag == "Row":
            index = _number(found.get("Index"))
            self._grid.start_row(index - 1 if index else None, hidden=found.get("Hidden") == "1")
        elif tag == "Style":
            self._style = found.get("ID", "")
        elif tag == "NumberFormat":
            self._learn(found.get("Format", ""))
        elif tag == "Cell":
            self._cell, self._value = found, ""
        elif tag == "Data":
            self._type, self._text = found.get("Type", "String"), []
        elif tag == "Visible":
            self._type, self._text = "Visible", []

    def end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        text = "".join(self._text or [])
        if tag == "Data":
            shown = self._shown.get(self._cell.get("StyleID", ""), _as_it_is)
            self._value, self._text = shown(_typed(text, self._type)), None
        elif tag == "Visible":
            self._visible, self._text = not text.startswith("Sheet"), None
        elif tag == "Cell":
            across, down = (_number(self._cell.get(key)) + 1 for key in ("MergeAcross", "MergeDown"))
            index = _number(self._cell.get("Index"))
            self._grid.put(self._value, min(across, _MOST_SPAN), down, index - 1 if index else None)
        elif tag == "Worksheet":
            self.sheets.append(self._grid.sheet(self._name, self._visible))

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _learn(self, code: str) -> None:
        """Excel calls some formats by their English names here."""
        shown = shown_by({"Percent": "0.00%"}.get(code, code))
        if shown:
            self._shown[self._style] = shown


def read_xml_2003(data: bytes, name: str) -> list[Sheet]:
    book = _Spreadsheet2003()
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise doctype_refused(name)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.data
    parser.Parse(data, True)
    return book.sheets


def doctype_refused(name: str) -> KnownError:
    return KnownError(
        f"“{name}”里有不允许的内容（DOCTYPE 声明），正常的表格没有它，已停止读取。",
        "请向发来的人核实，或请他另存一份。",
    )


def _as_it_is(cell: Cell) -> Cell:
    return cell


def _number(text: str | None) -> int:
    return min(int(text), 2**20) if text and text.isascii() and text.isdigit() else 0


def _typed(text: str, kind: str) -> Cell:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        moment = datetime.fromisoformat(text)
        return moment.date() if moment.time().isoformat() == "00:00:00" else moment
    return text
