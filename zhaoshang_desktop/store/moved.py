"""Whether an office has moved: a fact of its own in the store that stays behind, for which it refuses to be changed.

The copy in the new place never has it, and whoever may take it away makes the old office one to work in again.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select

from zhaoshang_desktop.domain.rights import MovedAway
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.store.engine import is_server
from zhaoshang_desktop.store.tables import META, moment, stamp

FACT = "moved"


def moved(connection: Connection) -> str:
    """When and where to the office has moved, in words; "" for one that is still here."""
    said = connection.execute(select(META.c.value).where(META.c.key == FACT)).scalar()
    if not said:
        return ""
    at, _, place = said.partition(" ")
    try:
        return f"{to_local(moment(at)):%Y-%m-%d %H:%M} 搬到 {place}"
    except ValueError:  # a damage has made something else of it
        return f"搬到 {place or at}"


def refuse(connection: Connection) -> None:
    """MovedAway where the office is no longer here."""
    if words := moved(connection):
        raise MovedAway(words)


def mark(connection: Connection, target: Path | str, at: datetime) -> str:
    """From the commit on the office is there, and no longer here; gives what `moved` will say."""
    place = called(target) if is_server(target) else readable(str(Path(target).resolve()))
    connection.execute(insert(META), {"key": FACT, "value": f"{stamp(at)} {place}"})
    return moved(connection)


def take_back(connection: Connection) -> bool:
    """The office is here again; False when it had not moved."""
    return bool(connection.execute(delete(META).where(META.c.key == FACT)).rowcount)


def called(target: Path | str) -> str:
    """A place in a word: a server without user and password, a file by its name."""
    address = urlsplit(str(target))
    return f"{address.hostname}{address.path}" if is_server(target) else Path(target).name
