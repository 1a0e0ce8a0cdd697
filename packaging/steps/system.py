"""What Qt and the tests need from a Debian or Ubuntu system, asked for by the libraries' names, installed with apt."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from steps.project import Stop, say

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def missing_libraries() -> list[str]:
    """Debian's packages for what Qt stands on; its wheels bring only Qt. Windows and macOS have all of that."""
    if sys.platform != "linux":
        return []
    return [package for library, package in LIBRARIES.items() if not loadable(library)]


def loadable(library: str) -> bool:
    """Whether the system has that library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_programs(packages: dict[str, str], purpose: str) -> None:
    """Programs by name, with the Debian package that brings each."""
    missing = [package for program, package in packages.items() if shutil.which(program) is None]
    if missing:
        install(missing, purpose)


def install(packages: Sequence[str], purpose: str) -> None:
    """Install Debian packages as root, else stop with the one line to run."""
    if shutil.which("apt-get") is None:
        raise Stop(f"To {purpose}, please install what Debian calls {', '.join(packages)}.")
    if os.geteuid() != 0:
        raise Stop(
            f"To {purpose}, the system lacks a few packages. Please run this line, then the same command again:\n\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}\n"
        )
    say(f"Installing with apt: {' '.join(packages)} ...")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-q", *step],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise Stop(f"{done.stdout.strip()}\n\napt-get {step[0]} failed; see above.")
