"""A network share is told from a disk by how it is mounted."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from zhaoshang_desktop.runtime.disks import mounted_as, on_network

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/share /mnt/招商\040共享 cifs rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/nfs/disk vfat rw 0 0
/dev/sdc1 /mnt/nfsdisk exfat rw 0 0
overlay /tmp overlay rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/home/张敏/清岚.office", "ext4"),
        ("/mnt/招商 共享/清岚.office", "cifs"),
        ("/mnt/招商 共享", "cifs"),
        ("/mnt/nfs/清岚.office", "nfs4"),
        ("/mnt/nfs/disk/清岚.office", "vfat"),
        ("/mnt/nfsdisk/清岚.office", "exfat"),
        ("/tmp/清岚.office", "overlay"),
    ],
)
def test_the_innermost_and_latest_mount_counts(path: str, system: str) -> None:
    assert mounted_as(PurePosixPath(path), MOUNTS) == system


def test_nothing_is_known_without_mounts() -> None:
    assert mounted_as(PurePosixPath("/home"), "") == ""


def test_a_folder_of_this_machine_is_no_share(tmp_path: Path) -> None:
    assert not on_network(tmp_path)
    assert not on_network(tmp_path / "还没有" / "清岚.office")


@pytest.mark.skipif(sys.platform != "win32", reason="names of shares are Windows' own")
def test_the_name_of_a_share_is_enough_on_windows() -> None:
    assert on_network(Path(r"\\nas\招商\清岚.office"))
