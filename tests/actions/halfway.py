"""A process that stands still in the middle of what it does, to be killed there: `python -m tests.actions.halfway WHAT
FOLDER`. It says a line on standard output once it has begun to write."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.encryption import decrypt
from zhaoshang_desktop.actions.homecoming import look_into
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.actions.pack import pack_out, unlocking
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.store import open_office

SECRET = "清水出芙蓉-2026"


def _back_up(folder: Path, progress: Progress) -> None:
    backup.make(open_office(folder / "清岚.office"), progress=progress)


def _pack_out(folder: Path, progress: Progress) -> None:
    office = open_office(folder / "清岚.office")
    firms = office.ids(Query(Investor))
    pack_out(office, folder / "又一个.pack", {Investor: firms}, SECRET, progress=progress)


def _pack_home(folder: Path, progress: Progress) -> None:
    look_into(open_office(folder / "清岚.office"), folder / "带出.pack", unlocking(SECRET), progress=progress).close()


def _decrypt(folder: Path, progress: Progress) -> None:
    decrypt(folder / "密.office", SECRET, progress=progress)


def _move(folder: Path, progress: Progress) -> None:
    move_office(open_office(folder / "清岚.office"), folder / "搬来.office", progress=progress)


WORK: dict[str, tuple[Callable[[Path, Progress], None], str]] = {
    "back up": (_back_up, "正在备份"),
    "pack out": (_pack_out, "打开核对"),
    "pack home": (_pack_home, "核对出差包"),
    "decrypt": (_decrypt, "正在解除加密"),
    "move": (_move, "正在逐条核对客商"),
}
"""What is done, and at which words it stands still."""


def stop_at(words: str) -> Progress:
    """Says so and waits until somebody ends the process."""

    def tell(said: str, _done: int = 0, _total: int = 0) -> None:
        if said == words:
            print("halfway", flush=True)  # noqa: T201 - whoever started it listens
            sys.stdin.read()

    return tell


if __name__ == "__main__":
    act, at = WORK[sys.argv[1]]
    act(Path(sys.argv[2]), stop_at(at))
