"""Making and opening an office: what kind of file it is, its schema, its device number."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import random
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, text

from zhaoshang_desktop import __version__
from zhaoshang_desktop.domain.backup import UPGRADE
from zhaoshang_desktop.domain.errors import DiskFull, KnownError, Locked, not_written
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.runtime import passwords
from zhaoshang_desktop.runtime.clock import Clock, SystemClock
from zhaoshang_desktop.runtime.disks import on_network
from zhaoshang_desktop.runtime.files import logs_set_aside, making
from zhaoshang_desktop.runtime.held import identity_of
from zhaoshang_desktop.runtime.paths import real
from zhaoshang_desktop.store import ledger, migrations, moved, search, users
from zhaoshang_desktop.store.backup import back_up, backup_name
from zhaoshang_desktop.store.engine import (
    APPLICATION_ID,
    connect,
    is_server,
    lacks_room,
    open_file,
    reading,
    sentences,
    writing,
)
from zhaoshang_desktop.store.keys import DEVICES, NO_DEVICE
from zhaoshang_desktop.store.office import HOW_TO_WRITE, Office
from zhaoshang_desktop.store.server_rights import role_of_user, user_of
from zhaoshang_desktop.store.tables import BATCH, DEVICE, META, create_tables
from zhaoshang_desktop.store.trying import unfit
from zhaoshang_desktop.store.vault import (
    Vault,
    append,
    beside,
    is_encrypted,
    lay_beside,
    set_aside,
    unlock_file,
    unseal,
)

_MAKING_LOCK = 0x5A54
OPEN_STANDARDS = "standards"
"""The fact of a pack whose carrier may change the office's standards on the road too."""
HOLDER = "pack_holder"
"""The fact of a pack that says who carries it."""


def create_office(
    where: Path | str,
    *,
    name: str,
    actor: str = "",
    clock: Clock | None = None,
    key: bytes | None = None,
    vault: Vault | None = None,
    first: Sequence[Record] = (),
) -> Office:
    """A new office in a file that is not there yet, or in an empty PostgreSQL database.

    `first` is in it from the beginning: a file has it or is not there at all, and no undo reaches it. With a key the
    file is encrypted, and whoever has the secrets of the `vault` can open it.
    """
    if is_server(where):
        _fill(where, name, key)
        _put_first(where, actor, clock, key, first)
        return open_office(where, actor=actor, clock=clock)
    path = Path(real(str(where)))
    with new_file(path, vault) as part:
        _fill(part, name, key)
        _put_first(part, actor, clock, key, first)
    return open_office(path, actor=actor, clock=clock, key=key)


@contextlib.contextmanager
def new_file(path: Path, vault: Vault | None = None) -> Iterator[Path]:
    """A place to make an office file in, which gets its name at a clean end and else is gone.

    An encrypted one ends with its vault, so that it is whole from the first moment.
    """
    if path.exists():
        raise KnownError(f"“{path.name}”已经存在。", "请换一个文件名，或直接打开它。")
    _refuse_network(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if lacks_room(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with making(path) as part:
            yield part
            if vault is not None:
                append(part, vault)
                set_aside(path)
            with logs_set_aside(path):
                _move_in(part, path)
    except (OSError, DiskFull) as error:
        raise not_written(path, error) from None


def refuse_used(connection: Connection) -> None:
    """A database that holds an office already takes no other, nor one that cannot hold any; of two who make one at
    once the second is told so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING_LOCK})
        if why := unfit(connection):
            raise KnownError("这个数据库放不了办公室。", why)
    if connection.dialect.has_table(connection, "meta"):
        raise KnownError("这个数据库里已经有一个办公室。", "请直接打开它，或换一个空的数据库。")


def _put_first(where: Path | str, actor: str, clock: Clock | None, key: bytes | None, first: Sequence[Record]) -> None:
    if first:
        office = open_office(where, actor=actor, clock=clock, key=key)
        with contextlib.closing(office), office.transaction("建立办公室") as tx:
            tx.save_all(first)


def _move_in(part: Path, path: Path) -> None:
    """Gives the file its name, which nobody else may have taken meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise KnownError(f"“{path.name}”已经存在。", "请换一个文件名，或直接打开它。") from None
    except OSError:
        part.replace(path)  # a disk without links, such as a USB stick


def take_away(path: Path) -> None:
    """Deletes an office file that was made in vain, unless somebody else has opened it meanwhile."""
    with contextlib.closing(open_file(path)) as connection:
        try:
            is_alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            is_alone = False
    if is_alone:
        path.unlink()


def empty_office(path: Path, name: str, key: bytes | None = None) -> None:
    """A file with all tables and nothing in them: the ground of a repair without a backup."""
    _fill(path, name, key)


def _fill(where: Path | str, name: str, key: bytes | None) -> None:
    """Tables, index and the office's own facts, in one transaction."""
    engine = connect(where, key)
    try:
        if not is_server(where):
            prepare_file(engine)
        with writing(engine) as connection:
            refuse_used(connection)
            create_tables(connection)
            search.create(connection)
            ledger.protect(connection)
            facts = {"name": name, "office": uuid.uuid4().hex, "schema": str(migrations.SCHEMA), "made_by": __version__}
            connection.execute(insert(META), [{"key": fact, "value": value} for fact, value in facts.items()])
    finally:
        engine.dispose()


def open_office(
    where: Path | str, *, actor: str = "", clock: Clock | None = None, key: bytes | None = None, secret: str = ""
) -> Office:
    """An office that exists, to look at only where it cannot be written; KnownError when it is none or is newer
    than the program.

    An encrypted file takes its key, or the passphrase or recovery key as `secret`; Locked when it gets neither.
    """
    if not is_server(where):
        where = Path(real(str(where)))
        _refuse_network(where)
        key = _unlocked(where, key, secret)
    engine = connect(where, key)
    if is_server(where):
        where = passwords.hold(str(where))
    try:
        with sentences(), engine.connect() as connection:
            if not engine.dialect.has_table(connection, "meta"):
                raise KnownError("这里还没有办公室。", "请先新建一个，或换一个位置。")
        migrations.bring_up_to_date(engine, lambda: _back_up_before(engine, where, key, clock or SystemClock()))
        office = _office(engine, where, actor, clock or SystemClock())
        office.key = key
        return office
    except BaseException:
        engine.dispose()
        raise


def _back_up_before(engine: Engine, where: Path | str, key: bytes | None, clock: Clock) -> None:
    """A server is backed up by its own means."""
    if not is_server(where):
        back_up(engine, backup_name(Path(where), clock.now(), UPGRADE), key, Path(where))


def prepare_file(engine: Engine) -> None:
    """What SQLite wants settled before the first table: WAL and whose file it is."""
    with sentences(), contextlib.closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _office(engine: Engine, where: Path | str, actor: str, clock: Clock) -> Office:
    """Where the office was opened before nothing is written, so that a long write elsewhere keeps nobody out."""
    place = _place(where)
    with reading(engine) as connection:
        device = connection.execute(select(DEVICE.c.number).where(DEVICE.c.place == place)).scalar()
        since = connection.execute(select(func.max(BATCH.c.id)).where(BATCH.c.device == device)).scalar() or 0
        role = _role(connection)
        moved_to = moved.moved(connection)
        fixed = not is_server(where) and _fixes_standards(connection)
        user = user_of(connection) if is_server(where) and role is not None else ""
    looks_at = "" if is_server(where) else _only_looked_at(Path(where))
    if device is None and not looks_at:
        with writing(engine) as connection:
            device = _device(connection, place)
    number = NO_DEVICE if device is None else device
    found = Office(engine, str(where), user or actor or user_name(), number, clock, since, role=role, user=user)
    found.fixed_standards = fixed
    found.identity = None if is_server(where) else identity_of(Path(where))
    found.looks_at, found.moved = looks_at, moved_to
    return found


def _role(connection: Connection) -> Role | None:
    """On a server who is signed in has a role; a file with users can only be read until somebody signs in."""
    if connection.dialect.name == "postgresql":
        return role_of_user(connection)
    return Role.LEADER if users.users(connection) else None


def refuse_still(path: Path) -> None:
    """KnownError as long as an office file can only be looked at."""
    if found := _only_looked_at(path):
        raise KnownError(f"这还是{found}，只能看。", HOW_TO_WRITE)


def _fixes_standards(connection: Connection) -> bool:
    """Is it a pack that does not say that its standards are open?"""
    wanted = select(META.c.key).where(META.c.key.in_(("pack", OPEN_STANDARDS)))
    return connection.execute(wanted).scalars().all() == ["pack"]


def _only_looked_at(path: Path) -> str:
    """What a file is that cannot be written, "" for any other: it needs no number of its own, and what is tried with it
    all the same the database refuses."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "只读的办公室文件"
    return "放在已满的磁盘上的办公室文件" if lacks_room(path) else ""


def user_name() -> str:
    """Who is signed in at this PC; "" when the system does not say."""
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""


def _device(connection: Connection, place: str) -> int:
    """This place's device number; a copied file is another place and draws a new one."""
    known = {row.place: row.number for row in connection.execute(select(DEVICE))}
    if place in known:
        return known[place]
    free = [
        number
        for number in random.sample(range(DEVICES), k=min(len(known) + 1, DEVICES))
        if number not in known.values()
    ]
    if not free:
        raise KnownError("这个办公室已经在太多电脑上打开过。", "请联系维护人员。")
    last = connection.execute(select(func.max(DEVICE.c.last_key))).scalar() or 0
    connection.execute(insert(DEVICE), {"number": free[0], "place": place, "last_key": last})
    return free[0]


def _place(where: Path | str) -> str:
    """Which copy of the office this is: the machine, and for a file its path and identity."""
    machine = f"{platform.node()}:{uuid.getnode():x}"
    if is_server(where):
        return f"{machine}:{user_name()}"
    path = Path(where).resolve()
    return f"{machine}:{readable(str(path))}:{path.stat().st_ino}"


def _unlocked(path: Path, key: bytes | None, secret: str) -> bytes | None:
    """The key of a file, None for a plain one; its vault lies beside it before the file is opened."""
    _refuse_missing(path)
    try:
        with path.open("rb") as file:
            head = file.read(100)
        encrypted = is_encrypted(path)
    except OSError:
        raise KnownError(
            f"打不开“{path.name}”：没有读取权限，或者它正被别的程序占用。", "请检查文件权限，或关闭那个程序。"
        ) from None
    plain = head.startswith(b"SQLite format 3\0")
    if plain and int.from_bytes(head[68:72], "big") == APPLICATION_ID:
        return None
    if plain or not (encrypted or key):
        perhaps = "" if plain or not head else f"，或者它加了密，而密钥文件“{beside(path).name}”不在旁边"
        raise KnownError(f"“{path.name}”不是办公室文件{perhaps}。", "请选择招商桌面建立的文件。")
    if key is not None:
        lay_beside(path)
    elif not secret:
        raise Locked(f"“{path.name}”已加密。", "请输入密码。")
    else:
        key = unlock_file(path, secret)
    unseal(path, key)
    return key


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise KnownError(f"找不到办公室文件“{path}”。", "请检查路径，或新建一个。")
    if path.is_dir():
        raise KnownError(f"“{path}”是文件夹，不是办公室文件。")
    if not path.is_file():
        raise KnownError(f"“{path}”不是普通的文件，不是办公室。")


def _refuse_network(path: Path) -> None:
    if on_network(path):
        raise KnownError(
            "办公室文件在网络共享上，多人同时写会损坏它。", "请放在本机磁盘；多台电脑共用请用 PostgreSQL。"
        )
