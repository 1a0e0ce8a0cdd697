"""The files that this process has open with locks on them, and which nobody else in it may open for whatever purpose.

To close such a file would let go of the locks (POSIX: all that the process has on it, whoever took them), and another
program could then take the log of an office away from under those who are still writing to it.
"""

from __future__ import annotations

import errno
import os
import threading
from collections import Counter
from pathlib import Path

Identity = tuple[int, int]
_BESIDE = ("-wal", "-shm")
_lock = threading.Lock()
_held: Counter[Identity] = Counter()


def identity_of(path: Path) -> Identity | None:
    """Which file stands there, whatever it is called; None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def hold(path: Path) -> Identity | None:
    """From now on this file is held, once more; gives what `let_go` wants. Where a disk numbers no files (some shares
    do not) one cannot be told from another, and none is held."""
    identity = identity_of(path)
    if identity is None or not identity[1]:
        return None
    with _lock:
        _held[identity] += 1
    return identity


def let_go(identity: Identity | None) -> None:
    """It is held once less."""
    if identity is not None:
        with _lock:
            _held[identity] -= 1


def refuse_unfit(path: Path) -> None:
    """Ask before opening a file that somebody has chosen: OSError for a pipe or a device, which may never end, and
    (EBUSY) for a file that is held."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "它不是普通的文件", str(path))
    refuse_held(path)


def is_held(path: Path) -> bool:
    """Has this process that file open with locks on it?"""
    identity = identity_of(path)
    return identity is not None and _held[identity] > 0


def refuse_held(path: Path) -> None:
    """OSError (EBUSY) for a file that is held, and for what SQLite lays beside it."""
    names = {path.name.removesuffix(ending) for ending in ("", *_BESIDE)}
    if any(is_held(path.with_name(name)) for name in names if name):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))
