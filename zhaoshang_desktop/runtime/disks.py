"""What kind of disk a path lies on."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath

_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4
_REMOTE_SYSTEMS = {
    *("cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afpfs", "ceph", "glusterfs", "davfs"),
    *("fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs", "fuse.davfs2"),
}
_ESCAPED = re.compile(r"\\([0-7]{3})")


def on_network(path: Path) -> bool:
    """Is the path on a network share, where SQLite's locks cannot be trusted?"""
    if sys.platform == "win32":
        return _is_windows_share(path.absolute())
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    told = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    return mounted_as(path.resolve(), told) in _REMOTE_SYSTEMS


def _is_windows_share(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes  # Windows only

    windll = ctypes.windll  # type: ignore[attr-defined]
    return bool(windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE_DRIVE)


def mounted_as(path: PurePath, mounts: str) -> str:
    """The file system of the innermost mount that holds the path, by the text of /proc/mounts; "" for none."""
    best, system = "", ""
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        folder = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), folder)
        if len(folder) >= len(best) and path.is_relative_to(folder):
            best, system = folder, kind
    return system


def sticks() -> list[Path]:
    """The removable disks that are in, such as USB sticks."""
    if sys.platform == "win32":
        import ctypes  # Windows only

        windll = ctypes.windll  # type: ignore[attr-defined]
        drives = [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZAB"]
        return [Path(drive) for drive in drives if windll.kernel32.GetDriveTypeW(drive) == _REMOVABLE_DRIVE]
    user = os.environ.get("USER", "")
    homes = [Path("/media") / user, Path("/run/media") / user] if user else []
    return [place for home in homes if home.is_dir() for place in sorted(home.iterdir()) if os.path.ismount(place)]
