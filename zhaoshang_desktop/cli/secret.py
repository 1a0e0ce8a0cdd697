"""Passphrases for the command line: from a variable or a prompt that shows nothing, never from an argument.

What stands in an argument is seen by everybody at the PC, and stays in the shell's history.
"""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.errors import KnownError, Locked
from zhaoshang_desktop.domain.passphrase import strength

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

VARIABLE = "ZHAOSHANG_PASSPHRASE"
USER_VARIABLE, PASSWORD_VARIABLE = "ZHAOSHANG_USER", "ZHAOSHANG_USER_PASSWORD"
NEW_VARIABLE = "ZHAOSHANG_NEW_PASSPHRASE"
PACK_VARIABLE = "ZHAOSHANG_PACK_PASSPHRASE"
"""For a pack whose passphrase is another than that of the office."""
BACKUP_VARIABLE = "ZHAOSHANG_BACKUP_PASSPHRASE"
"""For a backup from when the office had another passphrase and another key."""


def _given(variable: str) -> str:
    """What a variable says; KnownError for bytes that are no text in this PC's encoding."""
    said = os.environ.get(variable, "")
    if any("\ud800" <= sign <= "\udfff" for sign in said):
        raise KnownError(
            f"环境变量 {variable} 里的密码不是这台电脑的编码，认不出来。", "请用 UTF-8 写，或在终端里输入。"
        )
    return said


def secret(what: str = "办公室") -> str:
    """The passphrase of something encrypted, or its recovery key."""
    given = _given(VARIABLE)
    if given:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise Locked(f"这个{what}已加密，需要密码。", f"请把密码放进环境变量 {VARIABLE}，或在终端里运行再输入。")
    return getpass.getpass("密码：", stream=sys.stderr)


def sign_in(office: Office) -> None:
    """Signs in to a file with users, as whom the variable names; without it nobody is signed in, who can only read."""
    name = os.environ.get(USER_VARIABLE, "")
    if not name or not office.wants_sign_in:
        return
    password = _given(PASSWORD_VARIABLE)
    if not password and sys.stdin and sys.stdin.isatty():
        password = getpass.getpass(f"{name} 的密码：", stream=sys.stderr)
    office.sign_in(name, password)


def new_secret(variable: str) -> str:
    """A passphrase to be set: from the variable, or typed twice alike; KnownError when it is too weak."""
    given = _given(variable) or _typed_twice(variable)
    worth = strength(given)
    if not worth.level:
        raise KnownError("这个密码太容易猜，没有改动。", worth.advice)
    return given


def _typed_twice(variable: str) -> str:
    if not sys.stdin or not sys.stdin.isatty():
        raise KnownError("没有给出新密码。", f"请把它放进环境变量 {variable}，或在终端里运行再输入。")
    typed = getpass.getpass("新密码：", stream=sys.stderr)
    if getpass.getpass("再输一遍：", stream=sys.stderr) != typed:
        raise KnownError("两次输入的密码不一样，没有改动。", "请再来一次。")
    return typed


def pack_secret() -> str:
    """The passphrase of a pack that came home, or its recovery key."""
    return _given(PACK_VARIABLE) or secret("出差包")


def backup_secret() -> str:
    """The passphrase that a backup was made under, or its recovery key."""
    return _given(BACKUP_VARIABLE) or secret("备份")


def new_pack_secret() -> str:
    """The passphrase that a pack is to have."""
    return new_secret(PACK_VARIABLE if os.environ.get(PACK_VARIABLE) else VARIABLE)
