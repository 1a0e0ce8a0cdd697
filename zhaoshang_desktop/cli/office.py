"""The office that --office names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.cli.secret import secret, sign_in
from zhaoshang_desktop.domain.errors import KnownError, Locked, not_read, not_written
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.runtime.files import passing
from zhaoshang_desktop.runtime.paths import real
from zhaoshang_desktop.store.engine import is_server
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.opening import take_away


def place(where: str) -> Path | str:
    """A file, or the URL of a server; KnownError for an address of another kind."""
    if is_server(where):
        return where
    scheme, mark, _ = where.partition("://")
    if mark:
        raise KnownError(
            f"“{scheme}://”这样的地址打不开。", "--office 应是一个文件，或 postgresql://用户@主机/数据库。"
        )
    try:
        path = Path(real(where))
        path.exists()
    except OSError as reason:
        raise not_read(Path(where), reason) from None
    return path


def file_of(where: str) -> Path:
    """The office as a file; KnownError when it is on a server, or not there."""
    path = place(where)
    if isinstance(path, str):
        raise KnownError("服务器上的办公室不这样加密。", "请由服务器的管理员加密它的磁盘和连接。")
    if not path.is_file():
        raise not_read(path, FileNotFoundError())
    return path


def open_asking(where: Path | str) -> Office:
    """An office that exists; the passphrase of an encrypted one is asked for. Without signing in a file with users can
    only be read."""
    try:
        office = open_office(where)
    except Locked:
        office = open_office(where, secret=secret())
    try:
        sign_in(office)
    except BaseException:
        office.close()
        raise
    return office


def name_for_admin(path: Path, given: str = "") -> str:
    """What an office is called of which the file itself is to be changed, by its passphrase; KnownError unless who
    signs in may do that."""
    with contextlib.closing(open_office(path, secret=given)) as office:
        sign_in(office)
        office.require(Right.SETTINGS)
        return office.name


@contextlib.contextmanager
def opened(where: str) -> Iterator[Office]:
    """An office that exists, given back when it is done with."""
    office = open_asking(place(where))
    try:
        yield office
    finally:
        office.close()


@contextlib.contextmanager
def opened_or_new(where: str, *, trial: bool = False) -> Iterator[tuple[Office, bool]]:
    """The office and whether it was made just now: scripts need a way to begin.

    With `trial` nothing is left behind; a new file whose first use fails is taken away again.
    """
    path = place(where)
    if isinstance(path, str):
        office, is_new = (open_asking(path), False) if trial else _on_server(path)
        with contextlib.closing(office):
            yield office, is_new
        return
    if path.exists():
        with opened(where) as office:
            yield office, False
        return
    if not path.parent.is_dir():
        raise not_written(path, FileNotFoundError())
    with contextlib.ExitStack() as stack:
        if trial:
            path = stack.enter_context(passing()) / path.name
        office, is_new = _in_file(path)
        try:
            yield office, is_new
        except BaseException:
            is_used = len(office.batches(2)) > 1
            office.close()
            if is_new and not is_used:
                take_away(path)
            raise
        office.close()


def _in_file(path: Path) -> tuple[Office, bool]:
    """The office of a file that was not there a moment ago; of two who make it at once one opens the other's."""
    try:
        return new_office(path, name=readable(path.stem)), True
    except KnownError:
        if not path.exists():
            raise
        return open_office(path), False


def called(where: str) -> str:
    """What an office's place is called in a sentence, without the password of a server."""
    if not is_server(where):
        return readable(where)
    address = urlsplit(where)
    return f"{address.hostname or ''}{address.path}"


def _on_server(where: str) -> tuple[Office, bool]:
    """The office of a database; one is made where there is none yet."""
    try:
        return open_office(where), False
    except KnownError as missing:
        try:
            return new_office(where, name=urlsplit(where).path.strip("/")), True
        except KnownError:
            with contextlib.suppress(KnownError):
                return open_office(where), False
            raise missing from None
