"""Encrypting an office, opening it to clear again, changing its passphrase, a new recovery key.

All but the last two work on a file that is closed. The old clear backups of an office are encrypted with it: clear
text that stays on the disk would make the rest worthless. Bytes that a disk has freed may still be read by who takes
it apart; the help says so.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from zhaoshang_desktop.actions.backup import encrypt_backups
from zhaoshang_desktop.domain.backup import ASIDE
from zhaoshang_desktop.domain.errors import KnownError, Locked
from zhaoshang_desktop.papers.pdf import write_pdf
from zhaoshang_desktop.papers.recovery import recovery_paper
from zhaoshang_desktop.runtime.clock import Clock, SystemClock, today
from zhaoshang_desktop.runtime.held import refuse_unfit
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import vault as vaults
from zhaoshang_desktop.store.backup import office_number, whose_file
from zhaoshang_desktop.store.encrypting import recode
from zhaoshang_desktop.store.engine import is_server, is_still
from zhaoshang_desktop.store.opening import open_office
from zhaoshang_desktop.store.vault import NewVault, Vault, new_vault

__all__ = ["NewVault", "Recoded", "change_passphrase", "decrypt", "encrypt", "new_recovery", "new_vault", "write_paper"]


@dataclass(frozen=True)
class Renewal:
    """A new recovery key before it opens anything: its text, and the data key wrapped by it."""

    text: str = field(repr=False)
    by_recovery: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Recoded:
    """How many backups were written anew with the office, and the names of the files beside it and in its places of
    backups that still hold it in clear."""

    backups: int
    left: tuple[str, ...]


def is_encrypted(where: str) -> bool:
    """Does this office need a passphrase?"""
    return not is_server(where) and vaults.is_encrypted(Path(where))


def encrypt(
    where: Path,
    made: NewVault,
    *,
    keep: Path | None = None,
    second: Path | None = None,
    progress: Progress = untold,
) -> Recoded:
    """Encrypts a plain office and its backups; with `keep` a copy in clear is left there.

    `progress` may stop it as long as the office is as it was; afterwards clear backups would be left behind.
    """
    _refuse(where, encrypted=False)
    if keep is not None and keep.exists():
        raise KnownError(f"“{keep.name}”已经存在，没有加密。", "请换一个文件名。")
    recode(where, None, made.key, made.vault, keep, _percent(progress, "正在加密"))

    def tell(words: str, done: int = 0, total: int = 0) -> None:
        with contextlib.suppress(Exception):
            progress(words, done, total)

    owner = whose_file(where, made.key)
    backups, left = encrypt_backups(where, owner, made.key, made.vault, second, progress=tell)
    places = [*where.parent.iterdir(), *where.parent.glob("*-备份/*"), *(second.glob("*-备份/*") if second else [])]
    clear = [one.name for one in places if _holds_in_clear(one, where, keep, owner.number)]
    return Recoded(backups, tuple(dict.fromkeys([*left, *clear])))


def _holds_in_clear(path: Path, where: Path, keep: Path | None, number: str) -> bool:
    """Is this a file with that office, and in clear, other than the one to keep? One that a repair has set aside need
    not tell whose it is any more, and counts."""
    try:
        refuse_unfit(path)
        if path.suffix != where.suffix or path.is_dir() or vaults.is_encrypted(path):
            return False
        if keep is not None and keep.exists() and path.samefile(keep):
            return False
    except OSError:
        return False
    whose = office_number(path)
    return whose == number if whose else ASIDE in path.name


def decrypt(where: Path, secret: str, *, progress: Progress = untold) -> None:
    """Writes an encrypted office in clear; its backups stay encrypted, and open by the secrets they were made under.
    KnownError for a 出差包, which is never in clear."""
    _refuse(where, encrypted=True)
    with contextlib.closing(open_office(where, secret=secret)) as office:
        key, is_pack = office.key, bool(office.pack)
    if is_pack:
        raise KnownError(
            f"“{where.name}”是出差包，总是加密的，没有改动。", "带回办公室以后，那里的内容照那里的设置存放。"
        )
    recode(where, key, None, None, tell=_percent(progress, "正在解除加密"))


def change_passphrase(where: Path, secret: str, new: str) -> None:
    """The office opens by the new passphrase from now on, and by its recovery key as before; it may be in use."""
    vault, key = _unlocked(where, secret)
    vaults.write_vault(where, vault.with_passphrase(key, new))
    vaults.seal(where, key)


def new_recovery(where: Path, secret: str) -> str:
    """The text of a new recovery key; the old paper opens nothing any more. The office may be in use."""
    made = another_recovery(where, secret)
    put_recovery(where, made)
    return made.text


def another_recovery(where: Path, secret: str) -> Renewal:
    """A recovery key that opens nothing until it is put: the old paper is good until the new one is written."""
    vault, key = _unlocked(where, secret)
    changed, text = vault.with_recovery(key)
    return Renewal(text, changed.by_recovery, key)


def put_recovery(where: Path, made: Renewal) -> None:
    """The new recovery key counts, the old paper opens nothing any more."""
    vault = vaults.read_vault(where)
    if vault is None:
        raise KnownError(f"“{where.name}”没有加密。", "")
    vaults.write_vault(where, vault.with_wrapped(made.by_recovery))
    vaults.seal(where, made.key)


def prove(where: Path, secret: str) -> None:
    """WrongPassphrase when the secret does not open the office; it may be in use."""
    _unlocked(where, secret)


def key_of(where: Path, secret: str) -> bytes | None:
    """The key of a file that cannot be opened, to repair it with; None for a plain one."""
    return _unlocked(where, secret)[1] if vaults.is_encrypted(where) else None


def mark_of(where: Path) -> bytes:
    """By what the key of an office is told from others; b"" for a plain one."""
    vault = vaults.read_vault(where)
    return vault.mark if vault is not None else b""


def write_paper(name: str, recovery: str, path: Path, clock: Clock | None = None, *, of: str = "办公室") -> None:
    """The page to print and to lock away; `of` is which kind of thing the key opens."""
    write_pdf(recovery_paper(name, recovery, today(clock or SystemClock()), of), path)


def _percent(progress: Progress, words: str) -> Callable[[int], None]:
    return lambda done: progress(words, done, 100)


def _unlocked(where: Path, secret: str) -> tuple[Vault, bytes]:
    vault = vaults.read_vault(where)
    if vault is None:
        raise KnownError(f"“{where.name}”没有加密。", "")
    if not secret:
        raise Locked("要先输入现在的密码。", "")
    return vault, vault.unlock(secret)


def _refuse(where: Path, *, encrypted: bool) -> None:
    if not where.is_file():
        raise KnownError(f"找不到办公室文件“{where}”。", "请检查路径。")
    if is_still(where):
        raise KnownError(f"“{where.name}”在只能读或已满的磁盘或文件夹里，没有改动。", "请先拷贝到别处。")
    if vaults.is_encrypted(where) != encrypted:
        raise KnownError(f"“{where.name}”{'没有' if encrypted else '已经'}加密。", "")
