"""A disk that refuses from the n-th write on, below SQLite: its own table of file calls is replaced by ours.

Works where Python's sqlite3 is linked to a library of its own (not on Windows, nor in a Python that has it inside).
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

FULL = 13
WRITE_FAILED = 778
"""What SQLite says of a disk that is full, and of one that turned read-only under it (EROFS at a write)."""

_OPEN_AT, _WRITE_AT, _TRUNCATE_AT, _SYNC_AT = 40, 24, 32, 40
_TABLE_SIZE = 8 * 19
_Open = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


@dataclass
class Disk:
    """`left` writes are done, then each is refused with `code`; None: none is refused. `calls` counts them all."""

    left: int | None = None
    code: int = FULL
    calls: int = 0
    refused: int = 0

    def says(self) -> int:
        """What the next write meets."""
        self.calls += 1
        if self.left is None:
            return 0
        self.left -= 1
        self.refused += self.left < 0
        return self.code if self.left < 0 else 0


_disk = Disk()
_kept: list[Any] = []


def is_possible() -> bool:
    """Can ours be put between SQLite and the disk here?"""
    if sys.platform == "win32" or not ctypes.util.find_library("sqlite3") or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    import _sqlite3

    return bool(getattr(_sqlite3, "__file__", ""))


@cache
def _opening() -> tuple[Any, int, int]:
    """Where SQLite looks up how to open a file, what stands there, and ours, which may stand there instead."""
    library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    system = library.sqlite3_vfs_find(None)
    slot = ctypes.c_void_p.from_address(system + _OPEN_AT)
    really = _Open(slot.value or 0)
    tables: dict[int, int] = {}

    def opening(vfs: int, path: int, file: int, flags: int, out: int) -> int:
        said = really(vfs, path, file, flags, out)
        methods = ctypes.c_void_p.from_address(file)
        if methods.value:
            methods.value = tables.get(methods.value) or tables.setdefault(methods.value, _ours(methods.value))
        return int(said)

    ours = _Open(opening)
    _kept.extend((library, really, ours))
    return slot, slot.value or 0, ctypes.cast(ours, ctypes.c_void_p).value or 0


def _ours(table: int) -> int:
    """A copy of a table of file calls in which writing asks the disk first."""
    copy = ctypes.create_string_buffer(ctypes.string_at(table, _TABLE_SIZE), _TABLE_SIZE)
    address = ctypes.addressof(copy)
    _kept.append(copy)
    for at, kind in ((_WRITE_AT, _Write), (_TRUNCATE_AT, _Truncate), (_SYNC_AT, _Sync)):
        slot = ctypes.c_void_p.from_address(address + at)
        asking = kind(_asking(kind(slot.value or 0)))
        _kept.append(asking)
        slot.value = ctypes.cast(asking, ctypes.c_void_p).value
    return address


def _asking(really: Any) -> Callable[..., int]:
    _kept.append(really)
    return lambda *values: _disk.says() or int(really(*values))


@contextlib.contextmanager
def refusing(after: int | None, code: int = FULL) -> Iterator[Disk]:
    """In here so many writes are done and all others refused; with None they are only counted."""
    global _disk  # noqa: PLW0603 - there is one disk, and C calls it
    _disk = Disk(after, code)
    try:
        yield _disk
    finally:
        _disk = Disk()


@contextlib.contextmanager
def between() -> Iterator[None]:
    """What SQLite opens in here it writes through us; the rest of the process never meets this disk."""
    slot, really, ours = _opening()
    slot.value = ours
    try:
        yield
    finally:
        slot.value = really
