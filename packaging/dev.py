#!/usr/bin/env python3
"""Prepares this machine for 招商桌面, then runs, tests or measures it.

Needs Python 3.11 to 3.13 and nothing else: `python3 packaging/dev.py demo` on Linux, `python packaging\\dev.py demo`
on Windows. The first run makes .venv and installs what requirements.lock names; later ones start at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import NamedTuple

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"This project runs on Python 3.11, 3.12 and 3.13; this is {sys.version.split()[0]}.")

from steps import checks, environment, forms, measures, program
from steps.project import Stop


class Command(NamedTuple):
    """What carries a command out, given its arguments, and what --help says of it."""

    run: Callable[[list[str]], int]
    purpose: str


COMMANDS = {
    "demo": Command(program.demo, "make the sample county, print its briefing pack and open the window on it"),
    "run": Command(program.window, "open the window"),
    "test": Command(checks.test, "style, types, layers and tests [options of pytest]; --windows: under Wine"),
    "bench": Command(measures.bench, "how fast it is [NAME...] [--json]"),
    "proof": Command(measures.proof, "the runs that take long: kill, fuzz, soak [NAME...] [--json]"),
    "forms": Command(forms.compile_forms, "compile forms/*.ui into zhaoshang_desktop/ui/forms"),
}


def main(arguments: list[str]) -> int:
    """The exit code; 2 is wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe of Windows takes no Chinese by itself
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        for name, command in COMMANDS.items():
            print(f"  {name:<6} {command.purpose}")
        return 0 if arguments else 2
    if arguments[0] not in COMMANDS:
        print(f"There is no command {arguments[0]!r}; there are {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        environment.prepare()
        return COMMANDS[arguments[0]].run(arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
