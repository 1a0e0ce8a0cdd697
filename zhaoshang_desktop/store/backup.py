"""Backups of an office file: made by SQLite's own call while it is in use, verified by opening, found again, read.

A backup is an office file like any other; one of an encrypted office is encrypted by the same key and ends with the
vault that its passphrase opens. They lie in a folder `清岚-备份` beside the office, and in a second place if there is
one, where those of another office whose file has the same name may lie too: whose a backup is it says itself.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.pool import NullPool

from zhaoshang_desktop.domain.backup import Named, backup_stem, named
from zhaoshang_desktop.domain.changes import Batch, End
from zhaoshang_desktop.domain.errors import Damaged, DiskFull, KnownError, not_read, not_written
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.runtime.files import making
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import journal, users
from zhaoshang_desktop.store.engine import driver, open_file, open_still, sentences
from zhaoshang_desktop.store.tables import BATCH, JOURNAL, META, TABLES, moment
from zhaoshang_desktop.store.vault import append, read_vault

STEP = 2_048
"""So many pages (8 MB) are copied between two chances to say how far it is, and to stop."""


@dataclass(frozen=True)
class Whose:
    """By what an office knows its own backups: its number, and the mark of its key if it is encrypted. Where neither
    can be read nothing is known for certain."""

    number: str = ""
    mark: bytes = b""

    def owns(self, backup: Path) -> bool | None:
        """Is this backup that office's? None when nothing proves either: it is damaged, or has another key."""
        with contextlib.suppress(KnownError):
            said = whose_file(backup)
            if said.mark:
                return True if said.mark == self.mark else None
            return said.number == self.number if said.number and self.number else None
        return None


NOBODY = Whose()
"""Of an office that is lost or damaged nothing tells which backups are its own: all that bear its name may be."""


@dataclass(frozen=True)
class Backup:
    """A backup file; `second` when it lies in the second place, `twice` when in both, `written` tells two of one second
    apart. `is_own` when it is proved to be of the office that it was asked for."""

    path: Path
    name: Named
    size: int
    second: bool = False
    written: int = 0
    twice: bool = False
    is_own: bool = False

    def is_copy_of(self, other: Backup) -> bool:
        """Is it the same backup in another place, where it may go by a later number?"""
        return self.name == other.name and self.size == other.size

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Sorts by age."""
        return self.name.at, self.written, self.path.name


@dataclass(frozen=True)
class Holds:
    """What is in a backup: whose it is, how far it goes, its users as they are kept, how many live records each of the
    four libraries has."""

    office: str
    name: str
    schema: int
    end: End
    latest: Batch | None
    batches: frozenset[int] = field(repr=False)
    users: str = field(repr=False)
    counts: dict[str, int] = field(default_factory=dict)


def back_up(
    engine: Engine,
    target: Path,
    key: bytes | None = None,
    vault_of: Path | None = None,
    progress: Progress = untold,
) -> Path:
    """Copies the whole office (whose key this is) to `target` while it is in use, or beside it if that name was taken
    meanwhile; KnownError when that fails.

    `vault_of` is the office whose vault the copy of an encrypted one ends with; a plain one has none, and to look for
    it would let go of the locks that this process has on the file.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with making(target) as part:
            _copy(engine, part, key, progress)
            vault = read_vault(vault_of) if key is not None and vault_of is not None else None
            if vault is not None:
                append(part, vault)
            put_on_disk(part)
            return _named(part, target)
    except (OSError, DiskFull) as error:
        raise not_written(target, error) from None


def _copy(engine: Engine, part: Path, key: bytes | None, progress: Progress) -> None:
    """One state of the office, held by a read transaction: whoever writes meanwhile does not make it begin anew."""

    def tell(_status: int, remaining: int, total: int) -> None:
        progress("正在备份", (total - remaining) * 100 // max(total, 1), 100)

    with sentences(), engine.connect() as connection, contextlib.closing(open_file(part, key)) as copy:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
        source: Any = connection.connection.driver_connection
        source.backup(copy, pages=STEP, progress=tell)
        _refuse_unsound(copy)


def _refuse_unsound(copy: Any) -> None:
    if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise KnownError("备份没有通过检查，已丢弃。", "请换一个磁盘再试；也请检查办公室文件是否完好。")


def put_on_disk(path: Path) -> None:
    """The file's bytes are on the disk when this returns, not only in the memory before it."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _named(part: Path, target: Path) -> Path:
    """Gives a finished backup its name, or the next that is free: another office may have taken it meanwhile."""
    for name in _names(target.parent, re.sub(r"~\d+$", "", target.stem), target.suffix):
        try:
            name.hardlink_to(part)
        except FileExistsError:
            continue
        except OSError:
            if name.exists():
                continue
            part.replace(name)  # a disk without links, such as a USB stick
        return name
    raise AssertionError("the names have no end")


def duplicate(backup: Path, folder: Path, key: bytes | None = None, progress: Progress = untold) -> Path:
    """Puts a backup into another folder too, verified there by opening; KnownError when that fails."""
    target = folder / backup.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with making(target) as part:
            with backup.open("rb") as source, part.open("wb") as copy:
                total = os.fstat(source.fileno()).st_size
                while data := source.read(STEP * 4096):
                    copy.write(data)
                    progress("正在存第二份备份", copy.tell() * 100 // total, 100)
                copy.flush()
                os.fsync(copy.fileno())
            with sentences(), contextlib.closing(open_still(part, key)) as opened:
                _refuse_unsound(opened)
            shutil.copystat(backup, part)
            return _named(part, target)
    except OSError as error:
        raise not_written(target, error) from None


def backups_folder(office: Path, place: Path | None = None) -> Path:
    """The folder of an office's backups: beside it, or in another place."""
    return (place or office.parent) / f"{office.stem}-备份"


def backup_name(office: Path, at: datetime, why: str, place: Path | None = None) -> Path:
    """Where the backup of an office made at that moment lies; a name that is taken is counted on."""
    folder, stem = backups_folder(office, place), backup_stem(office.stem, at, why)
    return next(path for path in _names(folder, stem, office.suffix) if not path.exists())


def _names(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    return (folder / f"{stem}{'' if number == 1 else f'~{number}'}{suffix}" for number in itertools.count(1))


def find_backups(office: Path, whose: Whose, place: Path | None = None) -> list[Backup]:
    """The backups of an office beside it, or in the second place; newest first. None where the place is not there.

    Those that another office of the same file name has there are left out.
    """
    found = []
    with contextlib.suppress(OSError):
        for path in backups_folder(office, place).iterdir():
            name = named(path.stem) if path.suffix == office.suffix else None
            if name is None or name.office != office.stem or (owns := whose.owns(path)) is False:
                continue
            about = path.stat()
            found.append(Backup(path, name, about.st_size, place is not None, about.st_mtime_ns, is_own=bool(owns)))
    return sorted(found, key=attrgetter("order"), reverse=True)


def named_of(path: Path) -> Named | None:
    """What the name of a backup file says; None for another file."""
    return named(path.stem)


@contextlib.contextmanager
def still(path: Path, key: bytes | None = None) -> Iterator[Connection]:
    """Reads a file that nobody writes to, and lays nothing beside it; KnownError when it is damaged or is no office."""
    if not path.is_file():
        raise not_read(path, FileNotFoundError())
    engine = create_engine(
        "sqlite://",
        module=driver(key),
        creator=lambda: open_still(path, key),
        poolclass=NullPool,
        hide_parameters=True,
    )
    with sentences(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def still_backup(path: Path, key: bytes | None = None) -> Iterator[Connection]:
    """The same of a backup: it is not the office that is damaged."""
    try:
        with still(path, key) as connection:
            yield connection
    except Damaged:
        raise KnownError(f"备份“{path.name}”已损坏，读不出来。", "请选另一份备份。") from None


def covers(path: Path, office: Connection, key: bytes | None = None) -> bool:
    """Does a backup hold all that this office does: the journal to its last line, and the users, who are in none?"""
    with contextlib.suppress(KnownError), still(path, key) as connection:
        return all(told(connection) == told(office) for told in (journal.end, users.kept))
    return False


def office_number(office: Path, key: bytes | None = None) -> str:
    """Which office a closed file or a backup is; "" when it is not there or cannot tell any more."""
    if office.is_file():
        with contextlib.suppress(KnownError), sentences(), contextlib.closing(open_still(office, key)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'office'").fetchone()
            return str(row[0]) if row else ""
    return ""


def whose_file(office: Path, key: bytes | None = None) -> Whose:
    """What a file that is closed, an office or a backup, says of whose it is: without its key an encrypted one tells
    but the mark."""
    number = office_number(office, key)
    vault = read_vault(office) if key is not None or not number else None
    return Whose(number, vault.mark if vault is not None else b"")


def end_of_backup(path: Path, key: bytes | None = None) -> End | None:
    """How far a backup goes; None when it cannot be read."""
    with contextlib.suppress(KnownError), still(path, key) as connection:
        return journal.end(connection)
    return None


def goes_on(path: Path, end: End, key: bytes | None = None) -> bool:
    """Does a backup hold all that one holds that ends so, and more?"""
    with contextlib.suppress(KnownError), still(path, key) as connection:
        line = connection.execute(select(JOURNAL.c.batch).where(JOURNAL.c.seq == end.line)).scalar()
        return line == end.batch and journal.end(connection).line > end.line
    return False


def holds(path: Path, key: bytes | None = None) -> Holds:
    """What a backup holds; KnownError when it is damaged, or is none."""
    with still_backup(path, key) as connection:
        facts = dict(connection.execute(select(META.c.key, META.c.value)).all())
        latest = _latest(connection)
        counts = {}
        for name, record in LIBRARIES.items():
            table = TABLES[record.NOUN]
            live = select(func.count()).select_from(table).where(table.c.removed.is_(None))
            counts[name] = connection.execute(live).scalar_one()
        return Holds(
            office=facts.get("office", ""),
            name=facts.get("name", ""),
            schema=int(facts.get("schema", 0)),
            end=journal.end(connection),
            latest=latest,
            batches=frozenset(connection.execute(select(BATCH.c.id)).scalars()),
            users=facts.get(users.FACT, ""),
            counts=counts,
        )


def _latest(connection: Connection) -> Batch | None:
    """By the columns that every version has."""
    columns = (BATCH.c.id, BATCH.c.at, BATCH.c.actor, BATCH.c.label, BATCH.c.undoes)
    row = connection.execute(select(*columns).order_by(BATCH.c.id.desc()).limit(1)).first()
    return Batch(row.id, moment(row.at), row.actor, row.label, row.undoes or 0) if row else None


def is_sound(path: Path, key: bytes | None = None) -> bool:
    """Does a backup open, and pass SQLite's quick check?"""
    with contextlib.suppress(KnownError), still(path, key) as connection:
        return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
    return False
