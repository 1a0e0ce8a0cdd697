"""A process that brings a pack home and says on standard output how far it is, until it is killed.

`python -m tests.actions.merger OFFICE PACK`
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.actions.laptops import come_home
from zhaoshang_desktop.actions.homecoming import bring_home
from zhaoshang_desktop.store import open_office


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    office = open_office(sys.argv[1], actor="张敏")
    home = come_home(office, Path(sys.argv[2]))
    say("ready")
    home.decide_all("pack")
    bring_home(office, home, progress=lambda words, done=0, total=0: say(f"{words} {done}"))
    say("merged")
