"""What can go wrong and is nobody's bug."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePath

_WRITE_PROTECTED = 19
"""What Windows calls it, which else gives the same number as for a file that is in use."""


class KnownError(Exception):
    """Something a user can understand and act on; shown as a sentence, never as a crash.

    `way_out` is a second sentence that says what to do next.
    """

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.sentence}{self.way_out}"


class LostConnection(KnownError):
    """The server is out of reach: nothing was stored, as far as this side can know.

    `attempt` names the batch that was under way (its key and time stamp), when there was one: once the server
    answers again it tells whether the batch was committed after all.
    """

    attempt: tuple[int, str] | None = None


class Locked(KnownError):
    """The office is encrypted and no passphrase was given: whoever shows this may ask for one.

    `why_not_remember` is why this PC could not remember it; "" when it could.
    """

    why_not_remember: str = ""


class WrongPassphrase(Locked):
    """A passphrase or recovery key was given and opens nothing."""


class Damaged(KnownError):
    """A file whose structure is broken: whoever shows this may offer to repair it from a backup."""


class DiskFull(KnownError):
    """SQLite had no room: whoever knows which disk that is may say so."""


class NotUnderstood(ValueError):
    """A text that a kind cannot read; the message is the reason in Chinese, for the clerk."""


def not_read(path: PurePath, reason: OSError) -> KnownError:
    """The sentence for a file that could not be read."""
    name = path.name
    if isinstance(reason, FileNotFoundError | NotADirectoryError):
        return KnownError(f"找不到文件“{name}”。", "它可能被移走或改名了，请核对路径。")
    if isinstance(reason, IsADirectoryError) or (isinstance(reason, PermissionError) and Path(path).is_dir()):
        return KnownError(f"“{name}”是文件夹，不是文件。", "请选里面的文件。")
    if isinstance(reason, PermissionError):
        return KnownError(f"“{name}”打不开：它正被别的程序占用，或者没有读取权限。", "请先在 Excel 或 WPS 里关闭它。")
    if reason.errno == errno.ENAMETOOLONG:
        return KnownError(f"“{name[:20]}……”这个名称太长，打不开。", "请换一个短些的名称。")
    if reason.errno == errno.EBUSY:
        return KnownError(f"“{name}”就是正开着的办公室，不能当作别的文件来读。", "请选别的文件。")
    if reason.errno == errno.ELOOP:
        return KnownError(f"“{name}”是一个绕回自己的链接，打不开。", "请选原来的文件。")
    return KnownError(f"“{name}”读不出来：{reason.strerror or reason}。", "请把它复制到本机硬盘后再试。")


def not_written(path: PurePath, reason: OSError | DiskFull) -> KnownError:
    """The sentence for a file that could not be written; what was there before is untouched."""
    name = path.name
    if isinstance(reason, DiskFull) or reason.errno in (errno.ENOSPC, errno.EDQUOT):
        return KnownError(f"磁盘已满，“{name}”没有写成，原来的文件没有动。", "请腾出空间，或换一个磁盘再存。")
    if reason.errno == errno.EROFS or getattr(reason, "winerror", 0) == _WRITE_PROTECTED:
        return KnownError(f"这个磁盘只能读，“{name}”没有写成。", "请解除写保护，或换一个文件夹再存。")
    if reason.errno == errno.EBUSY:
        return KnownError(f"“{name}”就是正开着的办公室，不能写在它上面。", "请换一个文件名再存。")
    if isinstance(reason, FileNotFoundError | NotADirectoryError | FileExistsError):
        return KnownError(f"文件夹“{path.parent}”不存在，“{name}”没有写成。", "请换一个文件夹再存。")
    if isinstance(reason, IsADirectoryError):
        return KnownError(f"“{path}”是文件夹，不能存成文件。", "请换一个文件名再存。")
    if isinstance(reason, PermissionError) and not _may_be_in_use(path):
        return KnownError(
            f"文件夹“{path.parent}”不许写，“{name}”没有写成。", "请换一个文件夹再存，或请管理员给这个文件夹写的权限。"
        )
    if isinstance(reason, PermissionError):
        return KnownError(
            f"“{name}”没有写成：它正被别的程序打开（Excel、WPS 或看图窗口），或者这个文件夹不许写。",
            "请关闭它再试，或换一个文件名再存。",
        )
    if reason.errno == errno.ENAMETOOLONG:
        return KnownError(f"“{name[:20]}……”这个名称太长，没有写成。", "请换一个短些的名称再存。")
    return KnownError(f"“{name}”没有写成：{reason.strerror or reason}。", "请换一个文件名或文件夹再存。")


def _may_be_in_use(path: PurePath) -> bool:
    """Is the file there already, in a folder that as far as one can tell takes others?"""
    return os.access(path, os.F_OK) and os.access(path.parent, os.W_OK)
