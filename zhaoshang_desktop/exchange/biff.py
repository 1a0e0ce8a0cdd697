"""What an old workbook (.xls, BIFF 8) says of itself, read beside the fast reader and without trusting it.

The fast reader loses how numbers are shown (000123, 12.5%), drops error cells and does not tell hidden rows;
all of these stand in records of a few bytes, which are walked here once.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from zhaoshang_desktop.exchange.shown import SheetScan, Shown, shown_by

_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x41E, 0xE0
_FORMULA, _BOOLEAN, _ROW, _PACKED, _LABEL = 0x06, 0x205, 0x208, 0xBD, 0xFD
_PLAIN = {0x203, 0x27E, 0x204, 0xD6, _LABEL}
_HIDDEN_ROW = 0x20
_COLUMNS, _MOST_COLUMNS = 0x7D, 255
_BIFF8 = 0x600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def stream_of(data: bytes) -> bytes:
    """The workbook's stream in a compound file; b"" when there is none or the file is broken."""
    from xlrd import compdoc

    try:
        document = compdoc.CompDoc(data, logfile=io.StringIO())
        for name in ("Workbook", "Book"):
            memory, start, size = document.locate_named_stream(name)
            if memory is not None:
                return bytes(memory[start : start + size])
    except Exception:  # noqa: BLE001 - whatever is broken there, the readers will say it
        return b""
    return b""


def is_old(stream: bytes) -> bool:
    """Whether its texts are bytes in some code page, which the fast reader takes for UTF-16."""
    return len(stream) >= 6 and struct.unpack_from("<H", stream, 4)[0] < _BIFF8


def examine(stream: bytes) -> dict[str, SheetScan]:
    """What the sheets hold, by their names."""
    own: dict[int, str] = {}
    styles: list[int] = []
    places: dict[str, int] = {}
    for number, start, size in _records(stream, 0):
        data = stream[start : start + size]
        if number == _FORMAT and size >= 5:
            own[int.from_bytes(data[:2], "little")] = _text(data[2:], wide_count=True)
        elif number == _XF and size >= 4:
            styles.append(int.from_bytes(data[2:4], "little"))
        elif number == _BOUNDSHEET and size >= 8:
            places[_text(data[6:])] = int.from_bytes(data[:4], "little")
    formats = {place: shown for place, form in enumerate(styles) if (shown := shown_by(own.get(form, ""), form))}
    return {name: _scan(stream, place, formats) for name, place in places.items()}


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and size of the records from a BOF to its EOF; charts lie inside sheets with their own."""
    depth, end = 0, len(stream)
    while place + 4 <= end:
        number, size = _HEAD.unpack_from(stream, place)
        place += 4
        if place + size > end:
            return
        if number == _BOF:
            depth += 1
        elif number == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield number, place, size
        place += size


def _text(data: bytes, wide_count: bool = False) -> str:
    """A text with its count of one or two bytes, in UTF-16 or its low halves only."""
    count, rest = (int.from_bytes(data[:2], "little"), data[2:]) if wide_count else (data[0], data[1:])
    if rest[:1] and rest[0] & 1:
        return rest[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return rest[1 : 1 + count].decode("latin-1")


def _scan(stream: bytes, place: int, formats: dict[int, Shown]) -> SheetScan:
    scan = SheetScan()
    for number, start, size in _records(stream, place):
        if number in _PLAIN and size >= 6:
            scan.values += 1
            row, column, style = _CELL.unpack_from(stream, start)
            if style in formats and number != _LABEL:
                scan.shown[row, column] = formats[style]
        elif number == _PACKED:
            _scan_packed(stream, start, size, formats, scan)
        elif number in (_FORMULA, _BOOLEAN) and size >= 8:
            _scan_result(stream, number, start, size, formats, scan)
        elif number == _ROW and size >= 16 and stream[start + 12] & _HIDDEN_ROW:
            scan.hidden.add(int.from_bytes(stream[start : start + 2], "little"))
        elif number == _COLUMNS and size >= 10 and stream[start + 8] & 1:
            first, last = (int.from_bytes(stream[at : at + 2], "little") for at in (start, start + 2))
            scan.columns_hidden.update(range(first, min(last, _MOST_COLUMNS) + 1))
    return scan


def _scan_packed(stream: bytes, start: int, size: int, formats: dict[int, Shown], scan: SheetScan) -> None:
    """Numbers side by side in one record: row, first column, (style, number) …, last column."""
    row, first = _HEAD.unpack_from(stream, start)
    count = (size - 6) // 6
    scan.values += max(count, 0)
    for step in range(count):
        style = int.from_bytes(stream[start + 4 + 6 * step : start + 6 + 6 * step], "little")
        if style in formats:
            scan.shown[row, first + step] = formats[style]


def _scan_result(stream: bytes, number: int, start: int, size: int, formats: dict[int, Shown], scan: SheetScan) -> None:
    """A formula's result, or whether or an error."""
    scan.values += 1
    row, column, style = _CELL.unpack_from(stream, start)
    if number == _BOOLEAN:
        is_error, code = bool(stream[start + 7]), stream[start + 6]
    else:
        special = size >= 14 and stream[start + 12 : start + 14] == b"\xff\xff"
        is_error, code = special and stream[start + 6] == 2, stream[start + 8] if special else 0
    if is_error:
        scan.unread[row, column] = _ERRORS.get(code, "#N/A")
    elif style in formats:
        scan.shown[row, column] = formats[style]
