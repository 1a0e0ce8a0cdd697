"""What a killed process has left is cleared at the next start; what a living one uses stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from zhaoshang_desktop.runtime.files import clear_remains, is_running


def test_only_the_folders_of_processes_that_are_gone_are_cleared(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
        gone.wait()
    for name in (str(gone.pid), str(os.getpid()), "别的"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "照片.jpg").write_bytes(b"x")
    assert is_running(os.getpid())
    clear_remains(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {str(os.getpid()), "别的"}
    clear_remains(tmp_path / "没有")
