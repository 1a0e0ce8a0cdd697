"""The users of an office file: names, roles, passwords as argon2id keeps them; none at all until somebody wants them.

They lie among the office's own facts and in no journal. A server knows its users itself (`server_rights`).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.store.tables import META

FACT = "users"
SHORTEST = 6


@dataclass(frozen=True)
class User:
    """Somebody who may sign in; `kept` is argon2id's own text, of no use to who reads it."""

    name: str
    role: Role
    kept: str = ""


def users(connection: Connection) -> list[User]:
    """All of them, in the order in which they were made."""
    said = kept(connection)
    return _parsed(said) if said else []


def kept(connection: Connection) -> str:
    """All of them as they are kept; "" for none."""
    return connection.execute(select(META.c.value).where(META.c.key == FACT)).scalar() or ""


def keep(connection: Connection, said: str) -> bool:
    """These are the users from now on, as another copy of the office keeps them; False when they were already."""
    if said == kept(connection):
        return False
    connection.execute(delete(META).where(META.c.key == FACT))
    if said:
        connection.execute(insert(META), {"key": FACT, "value": said})
    return True


def are_sound(said: str) -> bool:
    """Are these users as they are kept, and no text that a damage has made of them?"""
    try:
        return bool(_parsed(said))
    except (ValueError, TypeError, KeyError):
        return False


def _parsed(said: str) -> list[User]:
    return [User(one["name"], Role(one["role"]), one["kept"]) for one in json.loads(said)]


def put(connection: Connection, wanted: list[User]) -> None:
    """These are the users from now on; KnownError when nobody of them could change that again."""
    names = [one.name for one in wanted]
    if len(set(names)) < len(names):
        raise KnownError("已经有这个名字的用户。", "请换一个名字。")
    if wanted and all(one.role is not Role.ADMIN for one in wanted):
        raise KnownError("至少要有一个管理员，否则以后没有人能管用户。", "请先让另一个人做管理员。")
    said = [{"name": one.name, "role": one.role, "kept": one.kept} for one in wanted]
    keep(connection, json.dumps(said, ensure_ascii=False) if said else "")


def with_password(name: str, role: Role, password: str) -> User:
    """A user whose password it is; a tenth of a second, which is what a guess costs too."""
    from nacl.pwhash import argon2id  # only offices with users pay for it

    if not name.strip():
        raise KnownError("用户要有名字。", "请填上姓名。")
    if len(password) < SHORTEST:
        raise KnownError(f"密码至少 {SHORTEST} 个字符。", "请换一个长些的。")
    kept = argon2id.str(
        _plain(password), opslimit=argon2id.OPSLIMIT_INTERACTIVE, memlimit=argon2id.MEMLIMIT_INTERACTIVE
    ).decode()
    return User(name.strip(), role, kept)


def is_password(user: User, password: str) -> bool:
    """Is this the user's password?"""
    from nacl.exceptions import InvalidkeyError  # only offices with users pay for it
    from nacl.pwhash import argon2id

    try:
        return bool(argon2id.verify(user.kept.encode(), _plain(password)))
    except InvalidkeyError:
        return False


def _plain(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode()
