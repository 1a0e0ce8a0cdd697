"""The key of an encrypted office, wrapped: once by its passphrase, once by the recovery key on paper.

The data key (32 random bytes, SQLCipher's raw key) is made once. The vault holds it wrapped twice; a new passphrase
wraps it anew and rewrites nothing of the office. A vault is clear bytes and tells nobody anything without a secret.

Where it lies. While an office is in use its vault is a small file beside it (`清岚.office.key`); that file is the truth
and is never taken away. When the last user has closed the office, a copy is put at the end of the office file, behind
the last page, where SQLite does not look: so the file alone can travel. SQLite cuts such a tail off or writes over it
whenever it likes, therefore
- the file beside is written and on the disk before the database is opened (`unlock_file` sees to that);
- the tail is put there and taken away only by who has the database all alone (`seal`, `unseal`), or before anybody
  knows the file (`append`). So a file at rest has a tail, and a file in use is plain SQLCipher.
A file that was copied to where an older vault lies brings the one that counts: each new passphrase or recovery key
raises a number in the vault, and of two for the same key the higher is the truth.

For others in the store:
- `is_encrypted(path)`; `new_vault(passphrase)` gives vault, key and recovery text; `vault.unlock(secret)` the key;
- `unlock_file(path, secret)` gives the key of a file about to be opened, and lays its vault beside it (`lay_beside`);
- `read_vault(path)` reads the vault of an office that counts, `write_vault(path, vault)` writes it beside;
- `append(path, vault)` ends a file that nobody has open yet (a backup, a pack) with its vault: that one file is whole;
- `seal(path, key)` does it for an office that was just closed, `unseal(path, key)` undoes it for one about to be
  opened: `open_office` and `Office.close` call them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import itertools
import json
import logging
import os
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import IO

from zhaoshang_desktop.domain.errors import Damaged, KnownError, Locked, WrongPassphrase, not_read, not_written
from zhaoshang_desktop.domain.recovery import read_recovery, recovery_text
from zhaoshang_desktop.runtime.files import replace_file
from zhaoshang_desktop.runtime.held import is_held
from zhaoshang_desktop.store.engine import DAMAGE, driver, is_still, known, open_file, open_still

KEY_BYTES = 32
ENDING = ".key"
_log = logging.getLogger(__name__)
_PLAIN = b"SQLite format 3\0"
_MAGIC = b"ZS-VAULT"
_CHECK, _LENGTH = 8, 4
_FOOT = _CHECK + _LENGTH + len(_MAGIC)
_LARGEST = 1 << 16
_FORMAT = 1
WRONG = ("密码不对。", "请再试一次，注意大小写和输入法；忘记了可以用恢复密钥。")
_SALT_BYTES = 16
_PASSES, _MEMORY = 6, 64 << 20
"""About 0.35 s and 64 MB on an office PC of 2020: what one guess costs who has stolen the file."""
_LEAST_MEMORY, _MOST_MEMORY, _MOST_WORK = 1 << 20, 1 << 30, 4 << 30
"""A vault that asks for less, or for more (bytes, and bytes times passes: some four seconds), was made to harm."""


@dataclass(frozen=True)
class Vault:
    """`mark` tells keys apart without telling anything of them, `changes` which of two vaults of a key is the later one
    (0 where nobody counted yet); the rest is what argon2id and secretbox need."""

    mark: bytes
    salt: bytes
    passes: int
    memory: int
    by_passphrase: bytes
    by_recovery: bytes
    changes: int = 0

    def unlock(self, secret: str) -> bytes:
        """The data key, by the passphrase or by the recovery key as it stands on the paper."""
        recovery = read_recovery(secret)
        if recovery is not None:
            with contextlib.suppress(WrongPassphrase):
                return self._opened(self.by_recovery, _from_recovery(recovery))
        return self._opened(self.by_passphrase, self._from_passphrase(secret))

    def with_passphrase(self, key: bytes, new: str) -> Vault:
        """The same key under another passphrase; the recovery key stays good."""
        salt, changes = secrets.token_bytes(_SALT_BYTES), self.changes + 1
        vault = replace(self, salt=salt, passes=_PASSES, memory=_MEMORY, changes=changes)
        return replace(vault, by_passphrase=_wrapped(key, vault._from_passphrase(_not_empty(new))))

    def with_recovery(self, key: bytes) -> tuple[Vault, str]:
        """The same key under another recovery key, whose text comes with it; the old paper opens nothing any more."""
        raw, text = recovery_text()
        return self.with_wrapped(_wrapped(key, _from_recovery(raw))), text

    def with_wrapped(self, by_recovery: bytes) -> Vault:
        """The same with a recovery key that has wrapped the data key already."""
        return replace(self, by_recovery=by_recovery, changes=self.changes + 1)

    def to_bytes(self) -> bytes:
        """What lies beside an office and at the end of its file: it is found from its end."""
        fields = {name: value.hex() if isinstance(value, bytes) else value for name, value in asdict(self).items()}
        body = json.dumps({"format": _FORMAT, **fields}).encode()
        return body + hashlib.sha256(body).digest()[:_CHECK] + len(body).to_bytes(_LENGTH, "big") + _MAGIC

    def _from_passphrase(self, passphrase: str) -> bytes:
        from nacl.pwhash import argon2id  # only encrypted offices pay for it

        sane = _LEAST_MEMORY <= self.memory <= _MOST_MEMORY and 0 < self.passes * self.memory <= _MOST_WORK
        if not sane or len(self.salt) != _SALT_BYTES:
            raise KnownError("这个文件的加密参数不正常，没有打开。", "它可能被改动过，请用备份。")
        plain = unicodedata.normalize("NFKC", passphrase).encode()
        return argon2id.kdf(KEY_BYTES, plain, self.salt, opslimit=self.passes, memlimit=self.memory)

    def _opened(self, wrapped: bytes, wrapping: bytes) -> bytes:
        from nacl.exceptions import CryptoError  # only encrypted offices pay for it
        from nacl.secret import SecretBox

        try:
            key = SecretBox(wrapping).decrypt(wrapped)
        except CryptoError:
            key = b""
        if not hmac.compare_digest(key_mark(key), self.mark):
            raise WrongPassphrase(*WRONG)
        return key


@dataclass(frozen=True)
class NewVault:
    """A vault just made; `recovery` is to be shown once and kept nowhere but on paper."""

    vault: Vault
    key: bytes = field(repr=False)
    recovery: str = field(repr=False)


def new_vault(passphrase: str) -> NewVault:
    """A fresh random key, wrapped by the passphrase and by a fresh recovery key."""
    key = secrets.token_bytes(KEY_BYTES)
    empty = Vault(key_mark(key), b"", _PASSES, _MEMORY, b"", b"")
    vault, text = empty.with_passphrase(key, passphrase).with_recovery(key)
    return NewVault(vault, key, text)


def from_bytes(data: bytes) -> Vault | None:
    """The vault at the end of these bytes; None when there is none or it is damaged."""
    length = int.from_bytes(data[-_FOOT + _CHECK : -len(_MAGIC)], "big")
    body = data[-_FOOT - length : -_FOOT]
    if not data.endswith(_MAGIC) or hashlib.sha256(body).digest()[:_CHECK] != data[-_FOOT : -_FOOT + _CHECK]:
        return None
    try:
        fields = json.loads(body)
        if fields.pop("format") != _FORMAT:
            raise KnownError("这个文件是由更新的版本加密的。", "请先升级本程序。")
        named = {name: bytes.fromhex(fields[name]) for name in ("mark", "salt", "by_passphrase", "by_recovery")}
        passes, memory, changes = int(fields["passes"]), int(fields["memory"]), int(fields.get("changes", 0))
        return Vault(passes=passes, memory=memory, changes=changes, **named)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def is_plain(path: Path) -> bool:
    """Is this a file that anybody can read? OSError when it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def is_encrypted(path: Path) -> bool:
    """Is this a file that needs a key? One that begins in clear needs none, whatever lies beside; one of which nothing
    is left had one if its vault is there. OSError when it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) != _PLAIN and (_at_end(file) is not None or beside(path).exists())


def beside(path: Path) -> Path:
    """Where the vault of an office file lies while it is in use."""
    return path.with_name(path.name + ENDING)


def read_vault(path: Path) -> Vault | None:
    """The vault of an office that counts: beside it or at the end of its file; None when there is neither."""
    return next(iter(_counting(path)), None)


def _counting(path: Path) -> list[Vault]:
    """The vaults by which an office opens: one, or two of which nothing tells which is the later; the nearer first.

    The end of a file belongs to that file, so that a vault of another key beside it is another's. The end of one that
    this process has open is not looked at: it has none, and to close the file would drop the locks on it.
    """
    near = _read(beside(path))
    far = _read(path) if near is None or not is_held(path) else None
    if near is None or far is None:
        return [vault for vault in (near, far) if vault is not None]
    if near == far:
        return [near]
    if near.mark == far.mark and near.changes == far.changes:
        return [near, far]
    return [far if near.mark != far.mark else max(near, far, key=attrgetter("changes"))]


def write_vault(path: Path, vault: Vault) -> None:
    """Lays the vault beside an office: whole, and on the disk when this returns."""
    file, data = beside(path), vault.to_bytes()
    try:
        if file.exists() and file.read_bytes() == data:
            return
        replace_file(file, lambda out: out.write(data))
        _keep_name(file.parent)
    except OSError as error:
        raise not_written(file, error) from None


def lay_beside(path: Path) -> None:
    """The vault that counts lies beside from now on, if there is one: the office is about to be opened by its key."""
    vault = read_vault(path)
    if vault is not None:
        _lay(path, vault)


def unlock_file(path: Path, secret: str) -> bytes:
    """The key of an encrypted file that is about to be opened; the vault that the secret opened then lies beside it."""
    known = _counting(path)
    if not known:
        raise Locked(f"“{path.name}”的密钥文件丢了，打不开。", f"请把“{beside(path).name}”放回它旁边，或用备份。")
    for vault in known:
        with contextlib.suppress(WrongPassphrase):
            key = vault.unlock(secret)
            _lay(path, vault)
            if not opens(path, key):
                raise Damaged(*DAMAGE)
            return key
    raise WrongPassphrase(*WRONG)


def _lay(path: Path, vault: Vault) -> None:
    """Lays a vault beside its file: over an earlier one of the same key, but one of another key is set aside, never
    thrown away. Where nobody may write the end of the file is not written over either."""
    near = _read(beside(path))
    if near == vault or is_still(path):
        return
    if near is not None and near.mark != vault.mark:
        set_aside(path)
    write_vault(path, vault)


def set_aside(path: Path) -> None:
    """Gives another name to a vault that lies where a new office is to be: it may be the only one of its own office."""
    file = beside(path)
    if file.exists():
        names = (file.with_name(f"{file.name}.{number}") for number in itertools.count(1))
        file.rename(next(name for name in names if not name.exists()))


def append(path: Path, vault: Vault) -> None:
    """Puts the vault at the end of a file that nobody has open and that has none yet."""
    with path.open("r+b") as file:
        _end_with(file, path.stat().st_size, vault.to_bytes())


def seal(path: Path, key: bytes) -> bool:
    """Puts the vault beside an office at the end of its file too; False when that cannot be: another is using the
    office, or the disk refuses. The file beside stays the truth in either case.
    """
    vault = None if is_still(path) else _read(beside(path))
    return vault is not None and _end_alone(path, key, vault.to_bytes())


def unseal(path: Path, key: bytes) -> None:
    """Takes the vault from the end of a file that is about to be opened; it lies beside, and stays there.

    SQLite would round it up to a page, which SQLCipher cannot read: VACUUM fails then.
    """
    if not is_still(path) and _read(beside(path)) is not None:
        _end_alone(path, key, b"")


def _end_alone(path: Path, key: bytes, tail: bytes) -> bool:
    """Puts that behind the last page of a file that nobody else has open; False when that cannot be."""
    try:
        with _alone(path, key) as (file, size):
            _end_with(file, size, tail)
    except (OSError, driver(key).DatabaseError) as error:
        _log.info("the end of an office file was left as it is: %s", error)
        return False
    return True


@contextlib.contextmanager
def _alone(path: Path, key: bytes) -> Iterator[tuple[IO[bytes], int]]:
    """The file of an office that is nobody else's meanwhile, and how many bytes of it are pages.

    The file is let go of only after the database: to close it earlier would drop the lock that keeps others out.
    """
    with contextlib.ExitStack() as last, contextlib.closing(open_file(path, key, alone=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise BlockingIOError(errno.EBUSY, "in use")
        count, size = (int(connection.execute(f"PRAGMA {fact}").fetchone()[0]) for fact in ("page_count", "page_size"))
        yield last.enter_context(path.open("r+b")), count * size


def _end_with(file: IO[bytes], size: int, tail: bytes) -> None:
    """Whatever stood behind so many bytes goes: an older vault may open by a passphrase that was changed.

    Only a new tail need be on the disk at once; that one is gone SQLite will see to with its next write.
    """
    file.seek(size)
    if file.read() != tail:
        file.truncate(size)
        file.seek(size)
        file.write(tail)
        file.flush()
        if tail:
            os.fsync(file.fileno())


def hidden(key: bytes, text: str) -> str:
    """A text that the PC keeps for an office, unreadable without its key."""
    from nacl.secret import SecretBox  # only encrypted offices pay for it

    return bytes(SecretBox(_own_key(key)).encrypt(text.encode())).hex()


def shown(key: bytes, text: str) -> str:
    """What `hidden` hid; "" when it was another key, or is damaged."""
    from nacl.exceptions import CryptoError  # only encrypted offices pay for it
    from nacl.secret import SecretBox

    with contextlib.suppress(CryptoError, ValueError):
        return SecretBox(_own_key(key)).decrypt(bytes.fromhex(text)).decode()
    return ""


def _own_key(key: bytes) -> bytes:
    """Another key than the database's, made from it."""
    return hashlib.blake2b(key, digest_size=KEY_BYTES, person=b"zs-hidden").digest()


def opens(path: Path, key: bytes) -> bool:
    """Is this the key of that file?"""
    try:
        with contextlib.closing((open_still if is_still(path) else open_file)(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except driver(key).DatabaseError as error:
        if "not a database" in str(error):
            return False
        raise known(error) from error
    return True


def _read(file: Path) -> Vault | None:
    try:
        with file.open("rb") as source:
            return _at_end(source)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise not_read(file, error) from None


def _at_end(file: IO[bytes]) -> Vault | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LARGEST))
    return from_bytes(file.read())


def _keep_name(folder: Path) -> None:
    """The new name itself is on the disk too, where folders can be asked for that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def key_mark(key: bytes) -> bytes:
    """The mark of a key, by which its vault is known."""
    return hashlib.blake2b(key, digest_size=16, person=b"zs-key-mark").digest()


def _from_recovery(raw: bytes) -> bytes:
    """160 random bits need no slow function."""
    return hashlib.blake2b(raw, digest_size=KEY_BYTES, person=b"zs-recovery").digest()


def _wrapped(key: bytes, wrapping: bytes) -> bytes:
    from nacl.secret import SecretBox  # only encrypted offices pay for it

    return bytes(SecretBox(wrapping).encrypt(key))


def _not_empty(passphrase: str) -> str:
    if not passphrase.strip():
        raise KnownError("密码不能是空的。", "请写一个自己记得住、别人猜不到的密码。")
    return passphrase
