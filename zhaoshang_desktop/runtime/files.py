"""Files that are there whole or not at all, and folders that go with all that is in them."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

_MAY_WAIT, _STILL_RUNS = 0x100000, 0x102


def replace_file(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Puts what `write` writes at `path` in one step; what was there stays until then. OSError when it cannot."""
    part = path.parent / f".{os.urandom(8).hex()}.part"
    try:
        with part.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def clear_folder(folder: Path) -> None:
    """Deletes a folder with its read-only files; what a program still holds open stays."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            with contextlib.suppress(OSError):
                path.chmod(stat.S_IREAD | stat.S_IWRITE | (stat.S_IEXEC if path.is_dir() else 0))
        shutil.rmtree(folder, ignore_errors=True)


def clear_remains(folder: Path) -> None:
    """Clears the folders in it that are named after processes which are gone: what a killed one has left."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name.isdecimal() and not is_running(int(path.name)):
                clear_folder(path)


def is_running(process: int) -> bool:
    """Is there a process of that number?"""
    if sys.platform == "win32":
        import ctypes  # Windows only

        system = ctypes.windll.kernel32
        handle = system.OpenProcess(_MAY_WAIT, False, process)
        runs = bool(handle) and system.WaitForSingleObject(handle, 0) == _STILL_RUNS
        system.CloseHandle(handle)
        return bool(runs)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
