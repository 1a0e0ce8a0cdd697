"""Which process this is, in a mark for the names of what it lays on a disk: others can tell whether it still runs."""

from __future__ import annotations

import os
import platform
import sys
from binascii import crc32
from functools import cache
from pathlib import Path

PATTERN = r"[0-9a-f]{8}-[0-9]{1,9}-[0-9a-f]*"
_MAY_ASK, _DENIED, _STILL_RUNS = 0x101000, 5, 0x102
_DEAD = ("Z", "X")


@cache
def mark() -> str:
    """The PC, the number of this process, and when it began: numbers are used again."""
    return f"{_machine()}-{os.getpid()}-{_began(os.getpid()) or ''}"


def is_gone(other: str) -> bool:
    """Did the process of that mark run on this PC, and does it no more? Of other PCs nobody can tell."""
    machine, number, began = other.split("-")
    if machine != _machine():
        return False
    now = _began(int(number))
    return now is not None and (not now or now != began)


def _machine() -> str:
    return f"{crc32(platform.node().encode()):08x}"


def _began(process: int) -> str | None:
    """When a process began, in the system's own count; "" for one that is not there, None where nobody may know."""
    return _began_on_windows(process) if sys.platform == "win32" else _began_elsewhere(process)


def _began_on_windows(process: int) -> str | None:
    import ctypes  # Windows only
    from ctypes import wintypes

    system = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    system.OpenProcess.restype = wintypes.HANDLE
    handle = wintypes.HANDLE(system.OpenProcess(_MAY_ASK, False, process))
    if not handle:
        return None if ctypes.get_last_error() == _DENIED else ""  # type: ignore[attr-defined]
    try:
        times = [wintypes.FILETIME() for _ in range(4)]
        runs = system.WaitForSingleObject(handle, 0) == _STILL_RUNS
        if not runs or not system.GetProcessTimes(handle, *map(ctypes.byref, times)):
            return "" if not runs else None
        return f"{times[0].dwHighDateTime:x}{times[0].dwLowDateTime:08x}"
    finally:
        system.CloseHandle(handle)


def _began_elsewhere(process: int) -> str | None:
    try:
        os.kill(process, 0)
        told = Path(f"/proc/{process}/stat").read_bytes().rpartition(b") ")[2].decode().split()
    except ProcessLookupError:
        return ""
    except OSError:
        return None
    return "" if told[0] in _DEAD else f"{int(told[19]):x}"
