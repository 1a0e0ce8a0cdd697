"""Putting a backup in the place of an office file: wholly or not at all, while its ledger goes on and its users stay.

The office is closed; nobody else may have it open. What lies beside the file (-wal, -shm) belongs to the old pages and
is gone before the new ones have the name: SQLite would read it into them.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.domain.ledger import Deed, Entry
from zhaoshang_desktop.runtime.files import making
from zhaoshang_desktop.store import ledger, users
from zhaoshang_desktop.store.backup import is_sound, office_number, put_on_disk, still, still_backup
from zhaoshang_desktop.store.engine import connect, open_file, sentences, writing
from zhaoshang_desktop.store.migrations import SCHEMA
from zhaoshang_desktop.store.tables import META
from zhaoshang_desktop.store.vault import append, read_vault

_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Present:
    """What an office does not go back to with a backup: its ledger, and its users as they are kept."""

    entries: list[Entry]
    users: str


def refuse_unfit(backup: Path, office: Path, key: bytes | None = None) -> None:
    """KnownError when this backup cannot take the office's place: damaged, another's, or of a newer program."""
    if office.exists() and backup.exists() and backup.samefile(office):
        raise KnownError(f"“{backup.name}”就是这个办公室，不是它的备份。", "请选一份备份。")
    with still_backup(backup, key) as connection:
        theirs = dict(connection.execute(select(META.c.key, META.c.value)).all())
    if int(theirs.get("schema", 0)) > SCHEMA:
        raise KnownError(f"“{backup.name}”由更新的程序备份。", "请先升级程序。")
    ours = office_number(office, key)
    if ours and theirs.get("office") != ours:
        raise KnownError(f"“{backup.name}”是另一个办公室（{theirs.get('name', '')}）的备份。", "请选这个办公室的备份。")
    if not is_sound(backup, key):
        raise KnownError(f"备份“{backup.name}”已损坏，没有恢复。", "请选另一份备份。")


def settle(office: Path, key: bytes | None = None) -> Present:
    """Brings all of a closed office into its one file, and gives what of it stays; KnownError when somebody has it
    open."""
    with sentences(), contextlib.closing(open_file(office, key)) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except Exception as error:
            if "locked" not in str(error):
                raise
            busy = 1
        if busy:
            raise KnownError("另一个程序正开着这个办公室，没有恢复。", "请先在那边关闭它。")
    with still(office, key) as read:
        return Present(ledger.chains(read), users.kept(read))


def put_in_place(
    backup: Path,
    office: Path,
    key: bytes | None,
    present: Present,
    deed: Deed,
    *,
    device: int,
    actor: str,
    at: datetime,
) -> bool:
    """The office is the backup from now on; its ledger goes on with the lines of the old file and this deed. True when
    the backup had other users than those who stay."""
    vault = read_vault(office) if key is not None else None
    try:
        with making(office) as part:
            shutil.copyfile(backup, part)
            others = _go_on(part, key, present, deed, device, actor, at)
            if vault is not None:  # what is written takes away the one at the backup's end
                append(part, vault)
            put_on_disk(part)
            clear_beside(office)
            part.replace(office)
    except OSError as error:
        raise not_written(office, error) from None
    return others


def clear_beside(file: Path) -> None:
    """Takes away what SQLite lays beside a file."""
    for ending in _BESIDE:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _go_on(part: Path, key: bytes | None, present: Present, deed: Deed, device: int, actor: str, at: datetime) -> bool:
    engine = connect(part, key)
    try:
        with writing(engine) as connection:
            if engine.dialect.has_table(connection, "ledger"):  # a backup of the first version has none yet
                ledger.carry(connection, present.entries)
                ledger.write(connection, deed, device=device, actor=actor, at=at)
            return users.keep(connection, present.users)
    finally:
        engine.dispose()
