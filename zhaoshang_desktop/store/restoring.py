"""Putting a backup in the place of an office file: wholly or not at all, while its ledger goes on and its users stay.

The office is closed; nobody else may have it open. What lies beside the file (-wal, -shm) belongs to the old pages and
is gone before the new ones have the name: SQLite would read it into them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.domain.ledger import Deed, Entry
from zhaoshang_desktop.runtime.files import clear_logs, making
from zhaoshang_desktop.store import ledger, users
from zhaoshang_desktop.store.backup import is_sound, office_number, put_on_disk, still, still_backup
from zhaoshang_desktop.store.engine import connect, open_file, sentences, writing
from zhaoshang_desktop.store.migrations import SCHEMA
from zhaoshang_desktop.store.tables import META
from zhaoshang_desktop.store.vault import append, read_vault

_STEP = 8 << 20


@dataclass(frozen=True)
class Restorable:
    """All that putting back needs to know of an office that is then closed: `own_key` opens the backup, `key` the
    office, `before` takes the restore back."""

    where: Path
    backup: Path
    own_key: bytes | None = field(repr=False)
    key: bytes | None = field(repr=False)
    device: int
    actor: str
    before: Path | None


@dataclass(frozen=True)
class Present:
    """What an office does not go back to with a backup: its ledger, and its users as they are kept."""

    entries: list[Entry]
    users: str


def refuse_unfit(backup: Path, own_key: bytes | None, office: Path, key: bytes | None) -> None:
    """KnownError when this backup, which `own_key` opens, cannot take the office's place: damaged, another's, or of a
    newer program."""
    if office.exists() and backup.exists() and backup.samefile(office):
        raise KnownError(f"“{backup.name}”就是这个办公室，不是它的备份。", "请选一份备份。")
    with still_backup(backup, own_key) as connection:
        theirs = dict(connection.execute(select(META.c.key, META.c.value)).all())
    if int(theirs.get("schema", 0)) > SCHEMA:
        raise KnownError(f"“{backup.name}”由更新的程序备份。", "请先升级程序。")
    ours = office_number(office, key)
    if ours and theirs.get("office") != ours:
        raise KnownError(f"“{backup.name}”是另一个办公室（{theirs.get('name', '')}）的备份。", "请选这个办公室的备份。")
    if not is_sound(backup, own_key):
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


def bring(backup: Path, target: Path, own_key: bytes | None, key: bytes | None, tell: Callable[[int], None]) -> None:
    """A copy of a backup, which `own_key` opens, under the key that it is to have; `tell` is called with the percent
    done, and what it raises stops it. OSError when it cannot be read or written."""
    if own_key == key:
        whole = max(backup.stat().st_size, 1)
        with backup.open("rb") as source, target.open("wb") as copy:
            while data := source.read(_STEP):
                copy.write(data)
                tell(copy.tell() * 100 // whole)
        return
    from zhaoshang_desktop.store.encrypting import write_anew  # only encrypted offices pay for it

    write_anew(backup, target, own_key, key, tell)


def put_in_place(ready: Restorable, present: Present, deed: Deed, at: datetime, tell: Callable[[int], None]) -> bool:
    """The office is the backup from now on, under the key it has; its ledger goes on with the lines of the old file and
    this deed. True when the backup had other users than those who stay. `tell` as in `bring`."""
    office, key = ready.where, ready.key
    vault = read_vault(office) if key is not None else None
    try:
        with making(office) as part:
            bring(ready.backup, part, ready.own_key, key, tell)
            others = _go_on(part, ready, present, deed, at)
            if vault is not None:  # what is written takes away the one at the backup's end
                append(part, vault)
            put_on_disk(part)
            clear_logs(office)
            part.replace(office)
    except OSError as error:
        raise not_written(office, error) from None
    return others


def _go_on(part: Path, ready: Restorable, present: Present, deed: Deed, at: datetime) -> bool:
    engine = connect(part, ready.key)
    try:
        with writing(engine) as connection:
            if engine.dialect.has_table(connection, "ledger"):  # a backup of the first version has none yet
                ledger.carry(connection, present.entries)
                ledger.write(connection, deed, device=ready.device, actor=ready.actor, at=at)
            return users.keep(connection, present.users)
    finally:
        engine.dispose()
