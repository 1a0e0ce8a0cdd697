"""The program itself: the window, and the sample county. Files are named from where one stands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from steps.project import run, say, venv_python

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def has_screen() -> bool:
    """Whether a window could be seen; Windows and macOS always have somewhere to show it."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(arguments: list[str]) -> int:
    """The exit code of the sample county, with or without its window."""
    command: list[str | Path] = [venv_python(), "-m", "zhaoshang_desktop", "demo", *arguments]
    if has_screen():
        return run(command, at=Path.cwd())
    say("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo writes the briefing pack and")
    say("pictures of the main screens instead of opening the window.")
    if "--no-window" not in arguments:
        command.append("--no-window")
    return run(command, OFFSCREEN, at=Path.cwd())


def window(arguments: list[str]) -> int:
    """The exit code of the program, which takes `arguments` as `zhaoshang` does."""
    if not has_screen():
        say("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so there is no window to open.")
        return 1
    return run([venv_python(), "-m", "zhaoshang_desktop", *arguments], at=Path.cwd())
