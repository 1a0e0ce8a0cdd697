"""Processes that the program starts of itself: a fresh Python that runs one function of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import zhaoshang_desktop


def start(flag: str, module: str) -> subprocess.Popen[bytes]:
    """Runs `module.main()`; the frozen program calls itself with `flag`.

    Without site-packages' start-up files it is ready in a few hundredths of a second.
    """
    if getattr(sys, "frozen", False):
        command = [sys.executable, flag]
    else:
        root = str(Path(zhaoshang_desktop.__file__).parent.parent)
        ways = [root, *(way for way in sys.path if way and way != root)]
        command = [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {ways!r}; from {module} import main; main()",
        ]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "RUST_BACKTRACE": "0"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
