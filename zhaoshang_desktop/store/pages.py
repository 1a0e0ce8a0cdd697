"""Rows read from the pages of a damaged SQLite file one by one, past its trees: what is left when SQLite gives up.

A page that holds rows (a leaf of a table) says so itself and knows its own cells; of which table it is, nobody can
tell any more, so whoever asks has to know a row by its looks. The log (-wal) is read as SQLite does: frames of its
present generation, up to the last commit. Format: sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LEAF = 0x0D
_HEADER = 100
_SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
_USUAL = 4096
_MOST_COLUMNS = 300
_LARGEST = 1 << 30
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Row = tuple[int, list[Any]]
"""A row's number and its columns; a column that is the row's number itself is None."""


class Pages:
    """The pages of a file with its log laid over them."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()
        said = int.from_bytes(self._data[16:18], "big")
        self._size = said if said in _SIZES else 65536 if said == 1 else _USUAL
        self._newer = dict(_committed(file.with_name(file.name + "-wal"), self._size))
        self.count = max((len(self._data) + self._size - 1) // self._size, *self._newer, 0)

    def rows(self) -> Iterator[Row]:
        """Every row of every leaf of a table; what cannot be read is passed over."""
        for number in range(1, self.count + 1):
            page = self._page(number)
            start = _HEADER if number == 1 else 0
            if len(page) == self._size and page[start] == _LEAF:
                yield from self._leaf(page, start)

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self._size
        return self._newer.get(number) or self._data[start : start + self._size]

    def _leaf(self, page: bytes, start: int) -> Iterator[Row]:
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        for place in range(min(cells, self._size // 4)):
            at = start + 8 + 2 * place
            try:
                yield self._cell(page, int.from_bytes(page[at : at + 2], "big"))
            except (ValueError, IndexError, struct.error):
                continue

    def _cell(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        if number >= 1 << 63:
            number -= 1 << 64
        return number, _columns(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        if length > _LARGEST:
            raise ValueError("no such payload")
        most = self._size - 35
        if length <= most:
            here = length
        else:
            least = (self._size - 12) * 32 // 255 - 23
            here = least + (length - least) % (self._size - 4)
            here = here if here <= most else least
        parts, missing = [page[at : at + here]], length - here
        following = int.from_bytes(page[at + here : at + here + 4], "big") if missing else 0
        while missing > 0:
            more = self._page(following) if 0 < following <= self.count else b""
            if len(more) != self._size:
                raise ValueError("the rest is lost")
            parts.append(more[4 : 4 + missing])
            missing -= self._size - 4
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _columns(record: bytes) -> list[Any]:
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if at != end or len(kinds) > _MOST_COLUMNS:
        raise ValueError("no record")
    values = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    return values


def _value(record: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    size = _INTEGERS.get(kind, 8 if kind == 7 else (kind - 12) // 2)
    if kind in (10, 11) or at + size > len(record):
        raise ValueError("no value")
    data = record[at : at + size]
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True), at + size
    if kind == 7:
        return struct.unpack(">d", data)[0], at + size
    return (data.decode("utf-8") if kind % 2 else data), at + size


def _committed(log: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """The pages of a log in their order, later ones for the same number after earlier ones, up to the last commit."""
    data = log.read_bytes() if log.exists() else b""
    if len(data) < 32 or int.from_bytes(data[8:12], "big") != size:
        return
    order = ">" if data[3] & 1 else "<"
    sums, salts = _checksum(data[:24], (0, 0), order), data[16:24]
    waiting: list[tuple[int, bytes]] = []
    for at in itertools.count(32, 24 + size):
        frame = data[at : at + 24 + size]
        if len(frame) < 24 + size or frame[8:16] != salts:
            return
        sums = _checksum(frame[24:], _checksum(frame[:8], sums, order), order)
        if sums != struct.unpack(">II", frame[16:24]):
            return
        waiting.append((int.from_bytes(frame[:4], "big"), frame[24:]))
        if int.from_bytes(frame[4:8], "big"):
            yield from waiting
            waiting.clear()


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second
