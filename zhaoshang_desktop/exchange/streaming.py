"""Rows into a workbook, fast: openpyxl makes the book, its styles and first rows; the body is written beside it.

Every text is written as a text, so that nothing a person typed can become a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Any

from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.exchange.sheet import Cell, column_letter
from zhaoshang_desktop.runtime.files import replace_file

LONGEST_CELL = 32_767
BodyRow = list[tuple[int, Cell] | None]
"""For every column a style (openpyxl's `style_id`) and a value, or None for nothing at all."""

_BLOCK_ROWS = 512
_SURELY_FITS = 1_000
LINE_HEIGHT, _AROUND, _HIGHEST = 13.5, 3, 405
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_END = re.compile(rb"<sheetData\s*/>|</sheetData>")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400


def save_book(
    path: Path,
    book: Any,
    bodies: Mapping[str, Iterable[BodyRow]],
    wrapped: Mapping[str, Sequence[float]] | None = None,
) -> None:
    """Saves an openpyxl workbook at `path`, each body (by sheet title) below the rows its sheet already has.

    `wrapped` gives, by sheet title, the width in characters of every column whose texts are wrapped (0 for the
    others): its rows are made as high as these texts want, which not every program does by itself.
    Whole or not at all; KnownError when the file cannot be written or a text is too long for a cell.
    """
    shell = io.BytesIO()
    book.save(shell)
    parts = {
        f"xl/worksheets/sheet{number}.xml": _rows_xml(
            bodies[sheet.title], sum(1 for _ in sheet.iter_rows()) + 1, (wrapped or {}).get(sheet.title, ())
        )
        for number, sheet in enumerate(book.worksheets, 1)
        if sheet.title in bodies
    }

    def write(file: IO[bytes]) -> None:
        with (
            zipfile.ZipFile(shell) as source,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as target,
        ):
            for info in source.infolist():
                if info.filename in parts:
                    with target.open(info.filename, "w") as part:
                        _write_part(part, source.read(info), parts[info.filename])
                else:
                    target.writestr(info, source.read(info))

    try:
        replace_file(path, write)
    except OSError as reason:
        raise not_written(path, reason) from reason


def _write_part(part: IO[bytes], shell: bytes, rows: Iterator[str]) -> None:
    shell = _DIMENSION.sub(b"", shell)
    end = _END.search(shell)
    assert end is not None
    part.write(shell[: end.start()] + (b"<sheetData>" if end[0].endswith(b"/>") else b""))
    while block := "".join(islice(rows, _BLOCK_ROWS)):
        part.write(block.encode("utf-8"))
    part.write(b"</sheetData>" + shell[end.end() :])


def _rows_xml(rows: Iterable[BodyRow], first: int, widths: Sequence[float]) -> Iterator[str]:
    """The loop goes once over every cell of the book, so it calls nothing for a text that stands as it is."""
    openings: list[str] = []
    wrapped = [(place, width, width / 2) for place, width in enumerate(widths) if width]
    for number, row in enumerate(rows, first):
        while len(openings) < len(row):
            openings.append(f'<c r="{column_letter(len(openings))}')
        cells, at = [], f'{number}" s="'
        for opening, cell in zip(openings, row, strict=False):
            if cell is None:
                continue
            style, value = cell
            if type(value) is not str:
                cells.append(f'{opening}{at}{style}"{_value_xml(value)}')
            elif value.isalnum() and len(value) < _SURELY_FITS:
                cells.append(f'{opening}{at}{style}" t="inlineStr"><is><t>{value}</t></is></c>')
            elif value:
                text = safe_text(value)
                cells.append(f'{opening}{at}{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
            else:
                cells.append(f'{opening}{at}{style}"/>')
        lines = 1
        for place, width, half in wrapped:
            cell = row[place]
            if cell is not None and type(cell[1]) is str and (len(cell[1]) > half or "\n" in cell[1]):
                lines = max(lines, lines_of(cell[1], width))
        height = f' ht="{min(lines * LINE_HEIGHT + _AROUND, _HIGHEST)}"' if lines > 1 else ""
        yield f'<row r="{number}"{height}>{"".join(cells)}</row>'


def lines_of(text: str, width: float) -> int:
    """How many lines a wrapped text takes; a Chinese character is as wide as two letters."""
    if "\n" in text:
        return sum(lines_of(line, width) for line in text.split("\n"))
    return max(1, -int(-(len(text) + len(text.encode("utf-8", "replace"))) / 2 // width))


def _value_xml(value: Cell) -> str:
    if type(value) is bool:
        return f' t="b"><v>{int(value)}</v></c>'
    number = value if isinstance(value, (int, float)) else serial(value)
    return f"><v>{number!r}</v></c>"


def safe_text(text: str) -> str:
    """As it stands in the XML; control characters the way Excel writes them (_x0001_), so that all comes back."""
    if len(text) > LONGEST_CELL:
        raise KnownError(
            f"“{text[:12]}……”有 {len(text)} 个字，一个单元格放不下（最多 {LONGEST_CELL} 个）。",
            "请把它分成几段或缩短。",
        )
    return _SPECIAL.sub(_escaped, text) if _SPECIAL.search(text) else text


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or f"_x{ord(found[0]):04X}_"


def serial(value: Any) -> float:
    """Excel's count of days since the end of 1899, with the time as a fraction."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / _DAY_SECONDS
    days = value.toordinal() - _DAY_ZERO
    return days + serial(value.time()) if isinstance(value, datetime) else days
