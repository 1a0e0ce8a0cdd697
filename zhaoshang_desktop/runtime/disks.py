"""What kind of disk a path lies on."""

from __future__ import annotations

import sys
from pathlib import Path

_REMOTE_DRIVE = 4
_REMOTE_SYSTEMS = {"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "afpfs"}


def on_network(path: Path) -> bool:
    """Is the path on a network share, where SQLite's locks cannot be trusted?"""
    if sys.platform == "win32":
        return _is_windows_share(path.absolute())
    return _mounted_as(path.absolute()) in _REMOTE_SYSTEMS


def _is_windows_share(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes  # Windows only

    windll = ctypes.windll  # type: ignore[attr-defined]
    return bool(windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE_DRIVE)


def _mounted_as(path: Path) -> str:
    """The file system of the innermost mount that holds the path; "" where the kernel does not say."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, system = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, folder, kind, *_ = line.split(" ")
        inside = folder == "/" or str(path) == folder or str(path).startswith(folder + "/")
        if inside and len(folder) >= len(best):
            best, system = folder, kind
    return system
