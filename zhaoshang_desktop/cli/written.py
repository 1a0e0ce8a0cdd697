"""The files that commands write: how they must end, and what they must not replace."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.runtime.files import making

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise


def written_path(*endings: str) -> Callable[[str], Path]:
    """What argparse calls to make a path; one that ends otherwise is wrong usage."""

    def made(text: str) -> Path:
        path = Path(text)
        if path.suffix.lower() not in endings:
            raise argparse.ArgumentTypeError(f"“{path.name}”要以 {' 或 '.join(endings)} 结尾")
        return path

    return made


def refuse_replacing(path: Path, *needed: str | Path) -> None:
    """Before anything is done: the file to be written is none of those that are read."""
    try:
        if any(Path(one).exists() and path.exists() and path.samefile(one) for one in needed):
            raise KnownError(f"“{path.name}”正是要读的文件，写在上面会毁掉它。", "请换一个文件名。")
    except OSError as reason:
        raise not_written(path, reason) from None


def warn(promises: Sequence[Promise]) -> None:
    """Of promises in what was written that the law does not allow; the file is there all the same."""
    if promises:
        print(f"公平竞争提示 {len(promises)} 处，请改后再印：", file=sys.stderr)
    for one in promises:
        print(f"  {one.sentence}", file=sys.stderr)


def refuse_unwritable(path: Path) -> None:
    """Before anything is done: its folder takes another file."""
    if path.is_dir():
        raise not_written(path, IsADirectoryError())
    try:
        with making(path):
            pass
    except OSError as reason:
        raise not_written(path, reason) from None
