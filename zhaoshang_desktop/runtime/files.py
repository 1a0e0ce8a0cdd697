"""Files that are there whole or not at all, folders that go with all that is in them, and what killed processes left.

Whatever is to be put in place is first written beside it, by `making`; whatever is only passing lies in `passing`. The
names of both bear the mark of the process, so that another one clears them once it is gone, and never before.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from zhaoshang_desktop.runtime import paths, process
from zhaoshang_desktop.runtime.held import refuse_held

_ENDINGS = ("", "-journal", "-wal", "-shm", ".key")
"""What SQLite and the vault of an encrypted office lay beside a file."""
_LOGS = ("-wal", "-shm", "-journal")
_PART = re.compile(rf"\.({process.PATTERN})\.[0-9a-f]{{8}}\.part({'|'.join(map(re.escape, _ENDINGS))})")
_FOLDER = re.compile(rf"({process.PATTERN})(\.[0-9a-f]{{8}})?")


@contextlib.contextmanager
def making(target: Path) -> Iterator[Path]:
    """An empty file beside the target for what is to become it; what has not got its name at the end goes. OSError
    where nothing can be written."""
    clear_parts(target.parent)
    part = target.parent / f".{process.mark()}.{os.urandom(4).hex()}.part"
    part.open("xb").close()
    try:
        yield part
    finally:
        for ending in _ENDINGS:
            with contextlib.suppress(OSError):
                part.with_name(part.name + ending).unlink(missing_ok=True)


def replace_file(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Puts what `write` writes at `path` in one step; what was there stays until then. OSError when it cannot,
    and for an office that is open."""
    refuse_held(path)
    with making(path) as part:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


@contextlib.contextmanager
def logs_set_aside(target: Path) -> Iterator[None]:
    """Around giving a new office its name: a log that lies there before is of a file that is gone, and would be read
    into this one. It may be all that is left of the other, so it gets another name; not if the naming fails, since then
    it may be the log of who was faster."""
    before = [log for ending in _LOGS if (log := target.with_name(target.name + ending)).exists()]
    yield
    for log in before:
        names = (log.with_name(f"{log.name}.{number}") for number in itertools.count(1))
        log.rename(next(name for name in names if not name.exists()))


def clear_logs(file: Path) -> None:
    """Takes away what SQLite lays beside a file. OSError when it cannot."""
    for ending in _LOGS:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def clear_parts(folder: Path) -> None:
    """Takes away what processes that are gone were writing aside in that folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _PART.fullmatch(entry.name)
            if found and process.is_gone(found[1]):
                with contextlib.suppress(OSError):
                    Path(entry).unlink()


@contextlib.contextmanager
def passing() -> Iterator[Path]:
    """A new folder that only this person may look into, for copies and drafts; it goes with all that is in it. OSError
    when it cannot be made."""
    clear_remains(paths.passing_folder())
    folder = paths.passing_folder() / f"{process.mark()}.{os.urandom(4).hex()}"
    folder.mkdir(parents=True, mode=stat.S_IRWXU)
    try:
        yield folder
    finally:
        clear_folder(folder)


def clear_folder(folder: Path) -> None:
    """Deletes a folder with its read-only files; what a program still holds open stays. Others may clear it, too."""
    with contextlib.suppress(FileNotFoundError):
        for path in folder.rglob("*"):
            with contextlib.suppress(OSError):
                path.chmod(stat.S_IREAD | stat.S_IWRITE | (stat.S_IEXEC if path.is_dir() else 0))
    shutil.rmtree(folder, ignore_errors=True)


def clear_remains(folder: Path) -> None:
    """Clears the folders in it that are named after processes which are gone: what a killed one has left."""
    if folder.is_dir():
        for path in folder.iterdir():
            found = _FOLDER.fullmatch(path.name)
            if found and process.is_gone(found[1]):
                clear_folder(path)
