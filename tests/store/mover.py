"""A process that moves an office and says so, to be killed: `python -m tests.store.mover FROM TO KEY`."""

from __future__ import annotations

import sys

from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.store import open_office


def tell(words: str, _done: int, _total: int) -> None:
    print(words, flush=True)  # noqa: T201 - whoever started it listens


if __name__ == "__main__":
    where, target, key = sys.argv[1:]
    move_office(open_office(where, key=bytes.fromhex(key) or None), target, progress=tell)
