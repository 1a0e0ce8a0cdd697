"""Old workbooks (.xls) byte by byte: BIFF 2 to 5 and 8, in the compound file Excel puts them into, encrypted too.

Only what tests need: texts, numbers, whether, errors, number formats, hidden sheets and rows, merged blocks.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MOST_RECORD = 8224
_LEAST_STREAM = 4096  # a shorter one would be kept among the small streams
_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
_FIRST_OWN_FORMAT = 164
_NORMAL_STYLES = 15


@dataclass(frozen=True)
class Styled:
    """A number shown by a format: a code ("000000") or the number of one that Excel has built in (10 is 0.00%)."""

    value: float
    code: str | int


OldCell = str | float | bool | Styled | None


@dataclass
class OldSheet:
    """Rows from A1 on; None is no cell, a text such as "#N/A" an error; `merged` are (top, left, bottom, right)."""

    name: str
    rows: Sequence[Sequence[OldCell]]
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass
class OldBook:
    """`version` 5 or 8; `codepage` is that of the texts of version 5; `packed` writes neighbouring numbers as one."""

    sheets: Sequence[OldSheet]
    version: int = 8
    codepage: int = 936
    since_1904: bool = False
    password: str = ""
    packed: bool = False
    _formats: list[str] = field(default_factory=list)
    _styles: list[int] = field(default_factory=lambda: [0])

    def save(self, path: Path) -> Path:
        path.write_bytes(compound("Workbook" if self.version == 8 else "Book", self.stream()))
        return path

    def stream(self) -> bytes:
        """The workbook's stream; sheets first, since the globals tell where they begin."""
        texts: dict[str, int] = {}
        bodies = [self._sheet(sheet, texts) for sheet in self.sheets]
        head = self._globals(texts, [0] * len(bodies))
        places, place = [], len(head)
        for body in bodies:
            places.append(place)
            place += len(body)
        plain = self._globals(texts, places) + b"".join(bodies)
        if len(plain) < _LEAST_STREAM:
            plain += record(0, bytes(max(_LEAST_STREAM - len(plain) - 4, 0)))
        return encrypted(plain, self.password) if self.password else plain

    def _globals(self, texts: dict[str, int], places: list[int]) -> bytes:
        parts = [self._begin(0x0005)]
        if self.password:
            parts.append(record(0x2F, _password_block(self.password)))
        parts.append(record(0x42, struct.pack("<H", 1200 if self.version == 8 else self.codepage)))
        parts.append(record(0x22, struct.pack("<H", self.since_1904)))
        font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
        parts += [record(0x31, font + self._short("Arial"))] * 4
        for number, code in enumerate(self._formats, _FIRST_OWN_FORMAT):
            text = self._long(code) if self.version == 8 else self._short(code)
            parts.append(record(0x41E, struct.pack("<H", number) + text))
        parts += [self._style(0, 0xFFF5)] * _NORMAL_STYLES
        parts += [self._style(form, 0x0001) for form in self._styles]
        for sheet, place in zip(self.sheets, places, strict=True):
            parts.append(record(0x85, struct.pack("<IBB", place, sheet.hidden, 0) + self._short(sheet.name)))
        if self.version == 8:
            parts += _shared_strings(texts)
        return b"".join(parts) + record(0x0A)

    def _begin(self, kind: int) -> bytes:
        if self.version == 8:
            return record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 6))
        return record(0x809, struct.pack("<HHHH", 0x0500, kind, 0x096C, 0x07C9))

    def _style(self, form: int, kind: int) -> bytes:
        return record(0xE0, struct.pack("<HHH", 0, form, kind) + bytes(14 if self.version == 8 else 10))

    def _sheet(self, sheet: OldSheet, texts: dict[str, int]) -> bytes:
        width = max(map(len, sheet.rows), default=0)
        size = struct.pack("<IIHHH" if self.version == 8 else "<HHHHH", 0, len(sheet.rows), 0, width, 0)
        parts = [self._begin(0x0010), record(0x200, size)]
        for row in range(len(sheet.rows)):
            options = 0x0100 | (0x20 if row in sheet.hidden_rows else 0)
            parts.append(record(0x208, struct.pack("<HHHHHHI", row, 0, width, 0x00FF, 0, 0, options)))
        for row, cells in enumerate(sheet.rows):
            parts += self._row(row, cells, texts)
        if sheet.merged:
            blocks = b"".join(
                struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in sheet.merged
            )
            parts.append(record(0xE5, struct.pack("<H", len(sheet.merged)) + blocks))
        return b"".join(parts) + record(0x0A)

    def _row(self, row: int, cells: Sequence[OldCell], texts: dict[str, int]) -> Iterator[bytes]:
        column = 0
        while column < len(cells):
            run = 0
            while self.packed and column + run < len(cells) and _is_small(cells[column + run]):
                run += 1
            if run > 1:
                yield self._run_of_numbers(row, column, cells[column : column + run])
                column += run
                continue
            yield self._cell(row, column, cells[column], texts)
            column += 1

    def _run_of_numbers(self, row: int, first: int, cells: Sequence[OldCell]) -> bytes:
        packed = b"".join(struct.pack("<HI", self._style_of(cell), (int(_value(cell)) << 2) | 2) for cell in cells)
        return record(0xBD, struct.pack("<HH", row, first) + packed + struct.pack("<H", first + len(cells) - 1))

    def _cell(self, row: int, column: int, cell: OldCell, texts: dict[str, int]) -> bytes:
        if cell is None:
            return b""
        at = struct.pack("<HHH", row, column, self._style_of(cell))
        if isinstance(cell, str) and cell in _ERRORS:
            return record(0x205, at + bytes((_ERRORS[cell], 1)))
        if isinstance(cell, str) and self.version == 8:
            return record(0xFD, at + struct.pack("<I", texts.setdefault(cell, len(texts))))
        if isinstance(cell, str):
            data = cell.encode("gb18030")
            return record(0x204, at + struct.pack("<H", len(data)) + data)
        if isinstance(cell, bool):
            return record(0x205, at + bytes((cell, 0)))
        if self.packed and _is_small(cell):
            return record(0x27E, at + struct.pack("<I", (int(_value(cell)) << 2) | 2))
        return record(0x203, at + struct.pack("<d", _value(cell)))

    def _style_of(self, cell: OldCell) -> int:
        form = cell.code if isinstance(cell, Styled) else 0
        if isinstance(form, str):
            if form not in self._formats:
                self._formats.append(form)
            form = _FIRST_OWN_FORMAT + self._formats.index(form)
        if form not in self._styles:
            self._styles.append(form)
        return _NORMAL_STYLES + self._styles.index(form)

    def _short(self, text: str) -> bytes:
        if self.version == 8:
            return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")
        data = text.encode("gb18030")
        return bytes((len(data),)) + data

    @staticmethod
    def _long(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _value(cell: OldCell) -> float:
    return cell.value if isinstance(cell, Styled) else float(cell)  # type: ignore[arg-type]


def _is_small(cell: OldCell) -> bool:
    number = cell.value if isinstance(cell, Styled) else cell
    return isinstance(number, (int, float)) and not isinstance(number, bool) and number == int(number)


def _shared_strings(texts: dict[str, int]) -> Iterator[bytes]:
    """One SST; strings are kept whole, so that a record is continued only between two of them."""
    body = struct.pack("<II", len(texts), len(texts))
    number = 0xFC
    for text in texts:
        data = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
        if len(body) + len(data) > _MOST_RECORD:
            yield record(number, body)
            number, body = 0x3C, b""
        body += data
    yield record(number, body)


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def ancient(path: Path, version: int, rows: Sequence[Sequence[OldCell]]) -> Path:
    """A workbook of BIFF 2, 3 or 4: one sheet, no compound file."""
    parts = [
        record(
            {2: 0x009, 3: 0x209, 4: 0x409}[version], struct.pack("<HH", version << 8, 0x10) + bytes(2 * (version > 2))
        )
    ]
    parts.append(record(0x42, struct.pack("<H", 936)))
    if version > 2:
        style = bytes(12)
        parts.append(record({3: 0x243, 4: 0x443}[version], style))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            at = struct.pack("<HH", row, column) + (bytes(3) if version == 2 else bytes(2))
            if isinstance(cell, str):
                data = cell.encode("gb18030")
                size = struct.pack("<B" if version == 2 else "<H", len(data))
                parts.append(record(0x04 if version == 2 else 0x204, at + size + data))
            elif cell is not None:
                parts.append(record(0x03 if version == 2 else 0x203, at + struct.pack("<d", _value(cell))))
    path.write_bytes(b"".join(parts) + record(0x0A))
    return path


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with that one stream, which must not be a small one."""
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    fat = [_FAT] * tables + [_END] + [*range(tables + 2, tables + 1 + sectors), _END]
    fat += [_FREE] * (tables * 128 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
        + b"".join(struct.pack("<I", n if n < tables else _FREE) for n in range(109))
    )  # fmt: skip
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, tables + 1, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    data = (name + "\0").encode("utf-16-le")
    return (
        data.ljust(64, b"\0") + struct.pack("<HBBIII", len(data), kind, 1, _FREE, _FREE, child) + bytes(36)
        + struct.pack("<III", first, size, 0)
    )  # fmt: skip


_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))


def _key(password: str, block: int) -> bytes:
    """The key of a block of 1024 bytes, as Excel 97 makes it (40 bits)."""
    first = hashlib.md5(password.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    middle = hashlib.md5((first + _SALT) * 16, usedforsecurity=False).digest()[:5]
    return hashlib.md5(middle + struct.pack("<I", block), usedforsecurity=False).digest()


def _rc4(key: bytes) -> Iterator[int]:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) & 255]


def _password_block(password: str) -> bytes:
    stream = _rc4(_key(password, 0))
    proof = _VERIFIER + hashlib.md5(_VERIFIER, usedforsecurity=False).digest()
    return struct.pack("<HHH", 1, 1, 1) + _SALT + bytes(byte ^ next(stream) for byte in proof)


def encrypted(plain: bytes, password: str) -> bytes:
    """The stream with its records' contents encrypted; heads, BOF, FILEPASS and places of sheets stay as they are."""
    found, place = bytearray(plain), 0
    streams = [
        list(zip(range(1024), _rc4(_key(password, block)), strict=False)) for block in range(-(-len(plain) // 1024))
    ]
    while place + 4 <= len(plain):
        number, size = struct.unpack_from("<HH", plain, place)
        start = place + 4
        if number not in (0x809, 0x2F):
            for at in range(start + (4 if number == 0x85 else 0), start + size):
                found[at] ^= streams[at // 1024][at % 1024][1]
        place = start + size
    return bytes(found)
