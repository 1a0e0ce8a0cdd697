"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from zhaoshang_desktop.domain.errors import KnownError


def replace_file(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Puts what `write` writes at `path` in one step; what was there stays until then."""
    part = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> KnownError:
    name = path.name
    if isinstance(error, PermissionError):
        return KnownError(
            f"“{name}”写不进去：它正在 Excel 或 WPS 里打开着，或者这个文件夹不许写。", "请关闭它，或换个名字保存。"
        )
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return KnownError(f"文件夹“{path.parent}”不存在，“{name}”没有写出。", "请换一个文件夹。")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return KnownError(f"磁盘已满，“{name}”没有写出，原来的文件没有动。", "请腾出空间，或换一个磁盘。")
    return KnownError(f"“{name}”没有写出：{error.strerror or error}。", "请换一个文件夹再试。")
