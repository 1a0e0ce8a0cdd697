"""Where things are and how a command is run. The scripts speak on stderr, so that stdout stays the program's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
SPEAKING = {"PYTHONUTF8": "1"}
"""Makes a Python whose words are caught speak UTF-8, whatever Windows' own encoding is."""


class Stop(Exception):
    """Nothing more can be done here; the text says why, and what the reader can do."""


def say(text: str) -> None:
    """To the person at the terminal, at once."""
    print(text, file=sys.stderr, flush=True)


def venv_program(name: str) -> Path:
    """Where the environment keeps a program, on Windows and elsewhere."""
    return VENV / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def venv_python() -> Path:
    """The Python of the project's environment, whether it is there already or not."""
    return venv_program("python")


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None, at: Path = ROOT) -> int:
    """The exit code of a command run with this terminal in the folder `at`; `env` is added to ours."""
    return subprocess.run([str(part) for part in command], cwd=at, env=os.environ | (env or {}), check=False).returncode


def must(command: Sequence[str | Path], what: str, env: Mapping[str, str] | None = None) -> None:
    """Run a step without which nothing else works; its chatter is shown only if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **SPEAKING, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise Stop(f"{done.stdout.strip()}\n\nCould not {what}: the command above ended with {done.returncode}.")
