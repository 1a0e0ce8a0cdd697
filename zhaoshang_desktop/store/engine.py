"""Connections: SQLite plain or through SQLCipher, and PostgreSQL, behind one engine.

Writers begin with BEGIN IMMEDIATE, readers with BEGIN; what the database refuses becomes a sentence.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from zhaoshang_desktop.domain.errors import Damaged, DiskFull, KnownError, LostConnection
from zhaoshang_desktop.runtime import held, passwords

APPLICATION_ID = 0x5A534F46
BUSY_SECONDS = 5.0
CONNECT_SECONDS = 10
LONGEST_ON_WINDOWS, LONGEST_ELSEWHERE, LONGEST_NAME = 248, 500, 250
"""Characters of a path on Windows, bytes elsewhere, with room for what SQLite lays beside the file; bytes of a name."""
_LIMITS = {"statement_timeout": 120, "lock_timeout": 60, "idle_in_transaction_session_timeout": 300}
"""Seconds; an import of fifty thousand rows takes a quarter of the last."""
_ROOM = 32_768
"""Bytes of the index of the log, which SQLite makes before it reads the first row."""
_SETTINGS = ("foreign_keys = ON", "synchronous = FULL", "cache_size = -32000", "temp_store = MEMORY")

_DAMAGED = (
    "malformed|fts5: (corruption|missing row)|vtable constructor failed|no such (table|column)|"
    "Could not decode to UTF-8"
)
DAMAGE = ("办公室文件已损坏。", "请从最近的备份恢复。")
_FULL = "database or disk is full"
_KINDS: dict[str, type[KnownError]] = {_DAMAGED: Damaged, _FULL: DiskFull}
_SENTENCES = (
    (_FULL, "磁盘已满，这次修改没有保存。", "请清理磁盘后再试，之前保存的都在。"),
    ("No space left", "磁盘已满，这次修改没有保存。", "请清理磁盘后再试，之前保存的都在。"),
    ("readonly database", "办公室文件是只读的，这次修改没有保存。", "请检查文件属性或所在U盘的写保护。"),
    ("disk I/O error", "磁盘读写出错，这次修改没有保存。", "请检查磁盘是否已满、U盘是否还连着。"),
    ("database is locked", "另一个程序正在写这个办公室，这次修改没有保存。", "请稍等片刻再试。"),
    ("not a database", "这不是办公室文件，或者密码不对。", ""),
    (_DAMAGED, *DAMAGE),
    ("password authentication failed", "服务器不认这个用户名或密码。", "请核对后再试。"),
    ("no password supplied", "服务器要密码。", "请输入密码。"),
    ('role ".*" does not exist', "服务器不认这个用户名或密码。", "请核对后再试。"),
    ('database ".*" does not exist', "服务器上没有这个数据库。", "请核对名称，或请管理员先建好它。"),
    ("no pg_hba.conf entry.*no encryption", "服务器只接受加密的连接。", "请在连接设置里选“必须加密”。"),
    ("no pg_hba.conf entry", "服务器不让这台电脑或这个用户连接。", "请管理员在 pg_hba.conf 里加上一行。"),
    ("server does not support SSL", "服务器没有开加密（TLS）。", "请管理员打开它，再连接。"),
    (
        "certificate verify failed|self.signed|signature failure",
        "服务器的证书不是这份证书文件签发的。",
        "请向管理员要来正确的证书文件。",
    ),
    ("does not match host name", "证书上的名称与服务器地址不一致。", "请按证书上的名称填写地址。"),
    (
        "root certificate file .* does not exist",
        "找不到证书文件。",
        "请选管理员给的 root.crt；没有的话，先选“必须加密”。",
    ),
    ("could not read root cert", "证书文件读不出来，它可能不是证书。", "请向管理员要来正确的证书文件。"),
    (
        "connection failed: .*SSL error: (?!unexpected eof)",
        "和服务器谈不成加密的连接。",
        "请管理员检查服务器的证书和 TLS 设置。",
    ),
    (
        "invalid response to SSL negotiation|expected authentication request",
        "那个端口上应答的不是 PostgreSQL。",
        "请核对端口，平常是 5432。",
    ),
    ("too many (clients|connections)|remaining connection slots", "服务器上的连接已经满了。", "请稍等片刻再试。"),
    ("statement timeout", "服务器用了太久还没有答完，这次没有做成。", "请把问题问窄一些，或稍后再试。"),
    ("lock timeout", "别人正在写很多内容，这次修改没有保存。", "请稍等片刻再试。"),
    ("deadlock detected|could not serialize", "和别人的修改撞在一起了，这次修改没有保存。", "请再试一次。"),
    (
        "permission denied|must have (admin option|CREATEROLE)|must be (owner|superuser|member)",
        "你在服务器上没有做这件事的权限。",
        "请找管理员。",
    ),
    ("read-only transaction", "服务器现在只能读，这次修改没有保存。", "请找管理员。"),
    ("NUL .0x00. bytes", "有一条记录里有服务器不收的字符（NUL）。", "请在那条记录里删掉它再试。"),
    ("FOREIGN KEY constraint", "有一条指向的记录已经不在了，这次修改没有保存。", "请刷新后再改。"),
    ("violates foreign key constraint", "有一条指向的记录已经不在了，这次修改没有保存。", "请刷新后再改。"),
    ("unable to open database", "打不开办公室文件。", "请检查文件夹是否存在、是否有权限。"),
)
_LOST = (
    ("Connection refused|timeout expired|timed out", "服务器没有应答。", "请核对地址和端口，并确认服务器开着。"),
    ("failed to resolve host|could not translate host", "找不到这台服务器。", "请核对地址，并检查网络。"),
    ("starting up|shutting down|recovery mode", "服务器正在启动或关闭。", "请稍等片刻再试。"),
    ("Network is unreachable|No route to host", "网络不通，连不上服务器。", "请检查网线或无线网络。"),
)
_CUT = ("与服务器的连接断了，这次修改没有保存。", "请检查网络后再试。")


def is_server(where: Path | str) -> bool:
    """Is this a PostgreSQL URL rather than a file?"""
    return isinstance(where, str) and where.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def connect(where: Path | str, key: bytes | None = None) -> Engine:
    """An engine on an office file (encrypted when there is a 32-byte key) or a PostgreSQL URL."""
    if is_server(where):
        return _server_engine(str(where))
    return _file_engine(Path(where), key)


def is_still(path: Path) -> bool:
    """Is this an office file to look at only: on a disk or in a folder where nobody here may write, or on a disk
    without the room for what SQLite lays beside it? (One with something left in its log is not whole by itself.)"""
    if _size(path.with_name(path.name + "-wal")):
        return False
    return not os.access(path.parent, os.W_OK) or lacks_room(path)


def lacks_room(path: Path) -> bool:
    """Is the disk so full that the file cannot even be opened, unless somebody has it open already?"""
    if _size(path.with_name(path.name + "-shm")) >= _ROOM:
        return False
    try:
        return shutil.disk_usage(path.parent).free < 2 * _ROOM
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _server_engine(url: str) -> Engine:
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise KnownError("服务器地址不对。", "应写成 postgresql://用户@主机/数据库。") from None
    if address.password is None and (password := passwords.recall(url)):
        address = address.set(password=password)
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_size=6,
        hide_parameters=True,
        connect_args=_server_arguments(address.query),
    )


def _server_arguments(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A server that has gone is noticed within half a minute, whatever the network does, and nobody waits for ever.

    What the address itself says of these counts more.
    """
    usual = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "zhaoshang",
        "client_encoding": "UTF8",
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        "options": " ".join(
            [*(f"-c {name}={seconds * 1000}" for name, seconds in _LIMITS.items()), "-c jit=off", "-c work_mem=32MB"]
        ),
    }
    return {name: value for name, value in usual.items() if name not in asked}


def open_file(path: Path, key: bytes | None = None, *, alone: bool = False, module: Any = None) -> Any:
    """A connection of the driver's own to an office file, which need not be there yet.

    With `alone` it keeps everybody else out from its first transaction on, or is refused at once. `module` is the
    driver when the key alone does not tell.
    """
    connection = (module or driver(key)).connect(
        f"{_address(path)}?mode=rwc",
        uri=True,
        timeout=0 if alone else BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for setting in (*_cipher(key), *(("locking_mode = EXCLUSIVE",) if alone else ()), *_SETTINGS):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_still(path: Path, key: bytes | None = None, *, log: bool = False, module: Any = None) -> Any:
    """A connection to a file that nobody writes to (a backup, a CD): nothing is locked or laid beside it.

    With `log` the file's own log is read as well. `module` is the driver when the key alone does not tell.
    """
    connection = (module or driver(key)).connect(
        f"{_address(path)}?mode=ro{'' if log else '&immutable=1'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    for setting in _cipher(key):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _address(path: Path) -> str:
    """The URI of an office file; KnownError for one that SQLite will not open, though the system might."""
    whole = path.resolve()
    length, longest = len(str(whole)), LONGEST_ON_WINDOWS
    if os.name != "nt":
        name, longest = len(os.fsencode(whole.name)), LONGEST_ELSEWHERE
        length = longest + 1 if name > LONGEST_NAME else len(os.fsencode(whole))
    if length > longest:
        raise KnownError(
            f"“{whole.name[:20]}”所在的路径或名称太长（共 {len(str(whole))} 个字），打不开。",
            "请放到浅一些的文件夹，或换一个短些的名称。",
        )
    return whole.as_uri()


def _cipher(key: bytes | None) -> tuple[str, ...]:
    return () if key is None else ("cipher_log_level = NONE", f"key = \"x'{key.hex()}'\"")


def driver(key: bytes | None) -> Any:
    """The module that reads the file: SQLCipher's only where there is a key."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2  # only encrypted offices pay for it

    return dbapi2


def _file_engine(path: Path, key: bytes | None) -> Engine:
    opens = open_still if is_still(path) else open_file
    engine = create_engine(
        "sqlite://",
        module=driver(key),
        creator=lambda: opens(path, key),
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,  # an error that is logged names no person and no firm
    )
    event.listen(engine, "begin", _begin)
    if opens is open_file:
        _hold(engine, path)
    return engine


def _hold(engine: Engine, path: Path) -> None:
    """As long as a connection is there nobody else in this process opens the file."""
    files: dict[int, held.Identity | None] = {}

    def begin(connection: Any, _record: Any) -> None:
        files[id(connection)] = held.hold(path)

    def end(connection: Any, _record: Any = None) -> None:
        held.let_go(files.pop(id(connection), None))

    event.listen(engine, "connect", begin)
    event.listen(engine, "close", end)
    event.listen(engine, "close_detached", end)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a write transaction: committed at a clean end, else rolled back."""
    with sentences(), engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the store throughout."""
    with sentences(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Turns what the database refuses into a KnownError; other errors are bugs and pass."""
    try:
        yield
    except DBAPIError as error:
        raise known(error.orig or error, lost=error.connection_invalidated) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes its bytes
        raise Damaged(*DAMAGE) from error
    except Exception as error:
        if not of_file(error):
            raise
        raise known(error) from error


@contextlib.contextmanager
def driver_sentences() -> Iterator[None]:
    """The same where the driver's own connection is used: what it refuses outside a statement has lost it."""
    try:
        yield
    except KnownError:
        raise
    except Exception as error:
        said = known(error, lost=of_driver(error))
        if said is error:
            raise
        raise said from error


def known(error: BaseException, lost: bool = False) -> BaseException:
    """The sentence for a database error, or the error itself when it has none."""
    text = str(error)
    for mark, sentence, way_out in _SENTENCES:
        if re.search(mark, text):
            return _KINDS.get(mark, KnownError)(sentence, way_out)
    for mark, sentence, way_out in _LOST:
        if re.search(mark, text):
            return LostConnection(sentence, way_out)
    if lost or ("connection" in text.lower() and of_driver(error)):
        return LostConnection(*_CUT)
    return error


def of_file(error: BaseException) -> bool:
    """Does SQLite or SQLCipher say so? (Their drivers have no common error.)"""
    return type(error).__module__.partition(".")[0] in ("sqlite3", "sqlcipher3")


def of_driver(error: BaseException) -> bool:
    """Does the driver say so, rather than a program's mistake? (An administrator's command ends a connection too.)"""
    return bool({"OperationalError", "InterfaceError"} & {kind.__name__ for kind in type(error).__mro__})
