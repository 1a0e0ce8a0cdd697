"""An office file written anew under another key, or under none: SQLCipher's own export, checked, then put in place.

The office is closed and nobody else may have it open: the file is held alone from the first page to the last.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from zhaoshang_desktop.domain.errors import DiskFull, KnownError, not_written
from zhaoshang_desktop.runtime.files import clear_logs, making
from zhaoshang_desktop.store.backup import STEP, put_on_disk
from zhaoshang_desktop.store.engine import APPLICATION_ID, driver, known, open_file, open_still, sentences
from zhaoshang_desktop.store.vault import KEY_BYTES, Vault, append, read_vault, set_aside, write_vault

_CIPHER = driver(bytes(KEY_BYTES))
_STEP = 20_000
"""So many of SQLite's own steps between two chances to say how far it is, and to stop."""
_IN_USE = ("另一个程序正开着这个办公室，没有动它。", "请先在那边关闭它。")


def recode(
    path: Path,
    key: bytes | None,
    new_key: bytes | None,
    vault: Vault | None,
    keep: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> None:
    """Writes the file anew: from `key` to `new_key` (None is clear), ending with the vault of the new one.

    Until the new file is whole and checked nothing happens to the old one, of which `keep` is a copy if that is given.
    `tell` is called with the percent done until then; what it raises stops the work and is raised again.
    """
    try:
        with making(path) as part:
            with _Watch(tell, path, part) as watch, _held(path, key) as connection:
                _export(connection, part, new_key, watch)
                _compare(connection, part, new_key, watch)
                if keep is not None:
                    _keep(connection, keep, watch)
            if vault is not None:
                append(part, vault)
            put_on_disk(part)
            _put_in_place(part, path, vault)
    except OSError as error:
        raise not_written(path, error) from None


def write_anew(
    backup: Path, target: Path, key: bytes | None, new_key: bytes | None, tell: Callable[[int], None]
) -> None:
    """Writes what lies still (a backup) into an empty file, from `key` to `new_key`, and checks that; it ends with no
    vault yet. `tell` is as above."""
    still = contextlib.closing(open_still(backup, key, module=_CIPHER))
    with sentences(), _Watch(tell, backup, target) as watch, still as connection:
        _export(connection, target, new_key, watch)
        _compare(connection, target, new_key, watch)


@contextlib.contextmanager
def _held(path: Path, key: bytes | None) -> Iterator[Any]:
    """The file, all of it in one piece, kept from everybody else; KnownError when somebody has it open.

    A plain file is asked for by its own driver first: the two know nothing of each other's locks in one process.
    """
    own = driver(key)
    try:
        if own is not _CIPHER:
            with contextlib.closing(open_file(path, key, alone=True)) as connection:
                _take_alone(connection)
        with contextlib.closing(open_file(path, key, alone=True, module=_CIPHER)) as connection:
            _take_alone(connection)
            yield connection
    except (own.OperationalError, _CIPHER.OperationalError) as error:
        if "locked" in str(error):
            raise KnownError(*_IN_USE) from None
        raise known(error) from error


def _take_alone(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise KnownError(*_IN_USE)


class _Watch:
    """Called by SQLite now and then while it works: says how far it is by the size of what is written, and stops it.

    Writing counts for nine tenths, the check of what was written and a copy in clear for the rest.
    """

    def __init__(self, tell: Callable[[int], None] | None, path: Path, part: Path) -> None:
        self._tell, self._path, self._part = tell, path, part
        self._whole = 1
        self._stopped: BaseException | None = None

    def __enter__(self) -> Self:
        self._whole = max(self._path.stat().st_size, 1)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if error is not None and self._stopped is not None:
            raise self._stopped from None

    @contextlib.contextmanager
    def over(self, connection: Any, *, checking: bool = False) -> Iterator[None]:
        """What this connection does is watched."""
        connection.set_progress_handler(self._check if checking else self._write, _STEP)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)

    def _write(self) -> int:
        written = self._part.stat().st_size if self._part.exists() else 0
        return self._say(min(written * 90 // self._whole, 90))

    def _check(self) -> int:
        return self._say(95)

    def copying(self, _status: int, remaining: int, total: int) -> None:
        """So many pages are still to be copied."""
        if self._tell is not None:
            self._tell(100 - remaining * 5 // max(total, 1))

    def _say(self, percent: int) -> int:
        try:
            if self._tell is not None:
                self._tell(percent)
        except BaseException as reason:  # noqa: BLE001 - it is raised again at the end, past SQLite
            self._stopped = reason
        return int(self._stopped is not None)


def _export(connection: Any, part: Path, key: bytes | None, watch: _Watch) -> None:
    """Into the file `part`; the key is SQLCipher's raw form, or empty for a plain file."""
    connection.execute("ATTACH DATABASE ? AS target KEY ?", (str(part), f"x'{key.hex()}'" if key else ""))
    with watch.over(connection):
        connection.execute("SELECT sqlcipher_export('target')")
    version = connection.execute("PRAGMA main.user_version").fetchone()[0]
    connection.execute(f"PRAGMA target.user_version = {version}")
    connection.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
    connection.execute("DETACH DATABASE target")


def _compare(connection: Any, part: Path, key: bytes | None, watch: _Watch) -> None:
    """Both hold the same tables with as many rows, and the new one is sound."""
    with contextlib.closing(open_file(part, key)) as made, watch.over(made, checking=True):
        made.execute("PRAGMA journal_mode = WAL")
        sound = made.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not sound or _counts(made) != _counts(connection):
            raise KnownError("写成的新文件没有通过检查，已丢弃，原来的文件没有动。", "请换一个磁盘再试。")


def _counts(connection: Any) -> dict[str, int]:
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _keep(connection: Any, keep: Path, watch: _Watch) -> None:
    """A copy through the connection that holds the office: who wrote to it meanwhile would write in vain, and to open
    the file itself would let go of its locks."""
    try:
        keep.parent.mkdir(parents=True, exist_ok=True)
        with making(keep) as part:
            with sentences(), contextlib.closing(open_file(part, module=_CIPHER)) as copy:
                connection.backup(copy, pages=STEP, progress=watch.copying)
            put_on_disk(part)
            part.replace(keep)
    except (OSError, DiskFull) as error:
        raise not_written(keep, error) from None


def _put_in_place(part: Path, path: Path, vault: Vault | None) -> None:
    """The vault lies beside before the file that needs it has its name."""
    clear_logs(part)
    if vault is None or read_vault(path) != vault:
        set_aside(path)
    if vault is not None:
        write_vault(path, vault)
    clear_logs(path)
    part.replace(path)
